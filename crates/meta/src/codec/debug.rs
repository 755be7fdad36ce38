//! `Debug` of every struct, once.

use super::{Message, encode::Encoder};
use std::fmt;

/// Go's type name and the JSON; what a Secret holds is left out.
///
/// # Errors
/// Those of the formatter.
pub fn debug(message: &dyn Message, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let info = message.info();
    if info.go_name == "Secret" {
        return f.write_str("Secret {..}");
    }
    let mut json = Vec::new();
    Encoder::EXACT.message(&mut json, message);
    write!(f, "{} {}", info.go_name, String::from_utf8_lossy(&json))
}
