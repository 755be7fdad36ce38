//! Types as the checker's errors print them.

use crate::Type;
use std::fmt;

/// A type in an error: `null` for `null_type`, `timestamp` for `google.protobuf.Timestamp`.
pub(super) struct Shown<'a>(pub(super) &'a Type);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Type::Duration => f.write_str("duration"),
            Type::Null => f.write_str("null"),
            Type::Timestamp => f.write_str("timestamp"),
            Type::List(list) => write!(f, "list({})", Shown(&list.element)),
            Type::Map(map) => write!(f, "map({}, {})", Shown(&map.key), Shown(&map.value)),
            Type::Optional(of) => write!(f, "optional_type({})", Shown(of)),
            Type::Type(of) => write!(f, "type({})", Shown(of)),
            other => other.fmt(f),
        }
    }
}

/// `(int, string)`, or `string.(int)` of a call on a value.
pub(super) fn signature(arguments: &[Type], member: bool) -> String {
    let (target, rest) = match arguments.split_first() {
        Some((target, rest)) if member => (format!("{}.", Shown(target)), rest),
        _ => (String::new(), arguments),
    };
    let rest: Vec<String> = rest.iter().map(|type_| Shown(type_).to_string()).collect();
    format!("{target}({})", rest.join(", "))
}
