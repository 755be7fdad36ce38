//! Expressions in fields of objects: an error of the compiler is an error of the field.

use expr::{Environment, Type, Unusable};
use meta::{FieldErrors, FieldPath};

/// Compiles, and looks whether the value has exactly one of the types wanted; none wanted is any.
pub(crate) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    environment: &Environment,
    wanted: &[Type],
) {
    match expr::compile_to(text, environment, wanted) {
        Ok(_) => {}
        Err(Unusable::Refused(words)) => errors.invalid(path, text, words),
        Err(error @ Unusable::Uninstantiable(_)) => errors.internal(path, error),
    }
}
