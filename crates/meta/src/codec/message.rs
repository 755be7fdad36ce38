//! [`Message`]: a struct as a table of fields.

use super::value::Value;
use std::any::Any;

/// A struct of the API. Generated: one static [`MessageInfo`] and two small `match`es.
pub trait Message: Value + Any {
    /// The table.
    fn info(&self) -> &'static MessageInfo;
    /// Field `index` of the table; an index out of range is the caller's mistake.
    fn field(&self, index: usize) -> &dyn Value;
    /// Field `index` of the table; an index out of range is the caller's mistake.
    fn field_mut(&mut self, index: usize) -> &mut dyn Value;
}

/// The facts of a struct that the codecs need.
#[derive(Debug)]
pub struct MessageInfo {
    /// Go's name of the type, without package.
    pub go_name: &'static str,
    /// `apiVersion` that the codec writes at the root; empty when the struct has no `TypeMeta`.
    pub api_version: &'static str,
    /// `kind` that the codec writes at the root; empty when the struct has no `TypeMeta`.
    pub kind: &'static str,
    /// How its JSON looks.
    pub shape: Shape,
    /// In Go's order.
    pub fields: &'static [FieldInfo],
    /// [`keys`] of `fields`, for looking up names.
    pub keys: &'static [u16],
    /// Indices of `fields` by ascending protobuf number; empty when that is their order.
    pub protobuf_order: &'static [u8],
}

/// How the JSON of a struct looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An object.
    Struct,
    /// `JSONSchemaPropsOrArray`: field 0 is the schema, field 1 the array.
    SchemaOrArray,
    /// `JSONSchemaPropsOrBool`: field 0 is the bool, field 1 the schema.
    SchemaOrBool,
    /// `JSONSchemaPropsOrStringArray`: field 0 is the schema, field 1 the array.
    SchemaOrStringArray,
}

/// The facts of a field.
#[derive(Debug)]
pub struct FieldInfo {
    /// Go's name; for an inlined field the name of its type.
    pub go_name: &'static str,
    /// JSON name; empty when inlined.
    pub json_name: &'static str,
    /// Go's type as `reflect` prints it, without the pointer: `[]v1.Container`.
    pub go_type: &'static str,
    /// Protobuf number; 0 when it is not in protobuf.
    pub number: u16,
    /// How it is left out.
    pub flags: Flags,
}

/// Set of field flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags(pub u8);

impl Flags {
    /// Go's `omitempty`.
    pub const OMIT_EMPTY: u8 = 1;
    /// Its fields stand among ours in JSON.
    pub const INLINE: u8 = 2;
    /// Go's `omitzero`.
    pub const OMIT_ZERO: u8 = 4;

    /// Whether its fields stand among ours in JSON.
    #[must_use]
    pub const fn inline(self) -> bool {
        self.0 & Self::INLINE != 0
    }
    /// Whether an empty value is left out.
    #[must_use]
    pub const fn omit_empty(self) -> bool {
        self.0 & Self::OMIT_EMPTY != 0
    }
    /// Whether a zero value is left out.
    #[must_use]
    pub const fn omit_zero(self) -> bool {
        self.0 & Self::OMIT_ZERO != 0
    }
}

/// A line of a generated table.
#[must_use]
pub const fn field(
    go_name: &'static str,
    json_name: &'static str,
    go_type: &'static str,
    number: u16,
    flags: u8,
) -> FieldInfo {
    FieldInfo {
        go_name,
        json_name,
        go_type,
        number,
        flags: Flags(flags),
    }
}

/// A hash of a JSON name that is good enough to tell most fields of a struct apart.
#[must_use]
pub const fn key(name: &[u8]) -> u16 {
    match name {
        [] => 0,
        [first, ..] => {
            let len = name.len();
            let (middle, last) = (name[len / 2], name[len - 1]);
            // The middle tells `hostIP` from `hostPort`, the length most others.
            let low = first.wrapping_mul(5) ^ middle.wrapping_mul(3) ^ last;
            u16::from_be_bytes([low_byte(len), low])
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "no field has a name of 256 bytes or more"
)]
const fn low_byte(len: usize) -> u8 {
    (len & 0xff) as u8
}

/// [`key`] of every field.
#[must_use]
pub const fn keys<const N: usize>(fields: &[FieldInfo; N]) -> [u16; N] {
    let mut keys = [0; N];
    let mut index = 0;
    while index < N {
        keys[index] = key(fields[index].json_name.as_bytes());
        index += 1;
    }
    keys
}

/// A struct without fields has none at any index.
///
/// # Panics
/// Always: an index comes from the table of the same struct.
pub fn no_field() -> ! {
    unreachable!("a struct without fields was asked for one")
}

/// The views and `Debug` of structs.
#[macro_export]
#[doc(hidden)]
macro_rules! impl_value {
    ($($type:ident),* $(,)?) => {$(
        impl meta::codec::Value for $type {
            fn view(&self) -> meta::codec::Ref<'_> {
                meta::codec::Ref::Message(self)
            }
            fn view_mut(&mut self) -> meta::codec::Mut<'_> {
                meta::codec::Mut::Message(self)
            }
        }
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                meta::codec::debug(self, f)
            }
        }
    )*};
}
