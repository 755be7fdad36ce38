//! Expressions in fields of objects: an error of the compiler is an error of the field.

use expr::{Environment, Type};
use meta::{FieldErrors, FieldPath};

/// Compiles, and looks whether the value has exactly one of the types wanted; none wanted is any.
pub(crate) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    environment: &Environment,
    wanted: &[Type],
) {
    if let Err(words) = expr::compile_to(text, environment, wanted) {
        errors.invalid(path, text, words);
    }
}
