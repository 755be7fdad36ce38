//! Expressions in fields of objects: an error of the compiler is an error of the field.

use expr::{Environment, Type};
use meta::{FieldErrors, FieldPath};

/// Compiles, and looks whether the value has exactly one of the types wanted; none wanted is any. What is known only when it is evaluated
/// is none of them.
pub(crate) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    text: &str,
    environment: &Environment,
    wanted: &[Type],
) {
    match expr::compile(text, environment) {
        Err(error) => errors.invalid(path, text, format!("compilation failed: {error}")),
        Ok(program) => {
            let result = program.result();
            if wanted.is_empty() || wanted.contains(result) {
                return;
            }
            let got = result;
            let words = match wanted {
                [one] => format!("must evaluate to {one} but got {got}"),
                _ => {
                    let all: Vec<_> = wanted.iter().map(ToString::to_string).collect();
                    format!("must evaluate to one of [{}] but got {got}", all.join(" "))
                }
            };
            errors.invalid(path, text, words);
        }
    }
}
