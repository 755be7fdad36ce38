//! [`Value`]: what a field can hold, seen by the codecs without knowing its type.

use super::{DecodeError, ProtobufError, json, message::Message};
use crate::{ByteString, Map, Slice, Str, slice::make_room};

/// Anything that can stand in a field. Two views and nothing else, so that 700 structs stay cheap to compile.
pub trait Value: Send + Sync + 'static {
    /// What it holds.
    fn view(&self) -> Ref<'_>;
    /// Where to put what is decoded.
    fn view_mut(&mut self) -> Mut<'_>;
    /// Whether Go's `omitempty` leaves it out: false, 0, nil, and what has length 0; never a struct, never a pointer to
    /// something.
    fn is_empty(&self) -> bool {
        self.view().is_empty()
    }
}

/// A borrowed look at a value.
#[derive(Clone, Copy)]
#[expect(
    missing_debug_implementations,
    reason = "a view of dyn values; print the value itself"
)]
pub enum Ref<'a> {
    /// A nil pointer.
    Null,
    /// A string, or a named string.
    Str(&'a str),
    /// A bool.
    Bool(bool),
    /// An `int32`.
    I32(i32),
    /// An `int64`.
    I64(i64),
    /// A `float64`.
    F64(f64),
    /// A `[]byte`.
    Bytes(&'a [u8]),
    /// A struct.
    Message(&'a dyn Message),
    /// A slice.
    List(&'a dyn List),
    /// A named `[]string` that is a message of its own in protobuf.
    WrappedList(&'a dyn List),
    /// A map with string keys.
    Map(&'a dyn StringMap),
    /// A type with its own wire forms.
    Scalar(&'a dyn Scalar),
}

/// A mutable look at a value.
#[expect(
    missing_debug_implementations,
    reason = "a view of dyn values; print the value itself"
)]
pub enum Mut<'a> {
    /// A pointer.
    Optional(&'a mut dyn Optional),
    /// A string, or a named string.
    Str(&'a mut Str),
    /// A bool.
    Bool(&'a mut bool),
    /// An `int32`.
    I32(&'a mut i32),
    /// An `int64`.
    I64(&'a mut i64),
    /// A `float64`.
    F64(&'a mut f64),
    /// A `[]byte`.
    Bytes(&'a mut ByteString),
    /// A struct.
    Message(&'a mut dyn Message),
    /// A slice.
    List(&'a mut dyn List),
    /// A named `[]string` that is a message of its own in protobuf.
    WrappedList(&'a mut dyn List),
    /// A map with string keys.
    Map(&'a mut dyn StringMap),
    /// A type with its own wire forms.
    Scalar(&'a mut dyn Scalar),
}

impl Ref<'_> {
    /// See [`Value::is_empty`].
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Ref::Null => true,
            Ref::Str(value) => value.is_empty(),
            Ref::Bool(value) => !value,
            Ref::I32(value) => *value == 0,
            Ref::I64(value) => *value == 0,
            Ref::F64(value) => *value == 0.0,
            Ref::Bytes(value) => value.is_empty(),
            Ref::List(list) | Ref::WrappedList(list) => list.len() == 0,
            Ref::Map(map) => map.len() == 0,
            Ref::Message(_) | Ref::Scalar(_) => false,
        }
    }
}

/// A pointer field.
pub trait Optional {
    /// Makes it nil.
    fn set_none(&mut self);
    /// The pointee, made if absent.
    fn get_or_default(&mut self) -> &mut dyn Value;
}

/// A slice field.
pub trait List {
    /// Number of elements.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Whether it is nil rather than empty.
    fn is_nil(&self) -> bool;
    /// Element `index`; out of range is the caller's mistake.
    fn at(&self, index: usize) -> &dyn Value;
    /// Appends a default element.
    fn push_default(&mut self) -> &mut dyn Value;
    /// Makes it empty, nil or not.
    fn reset(&mut self, nil: bool);
}

/// A map field with string keys.
pub trait StringMap {
    /// Number of entries.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Whether it is nil rather than empty.
    fn is_nil(&self) -> bool;
    /// Entry `index` in key order.
    fn at(&self, index: usize) -> (&str, &dyn Value);
    /// Replaces what is at `key` by a default and gives it.
    fn insert_default(&mut self, key: Str) -> &mut dyn Value;
    /// Makes it empty, nil or not.
    fn reset(&mut self, nil: bool);
}

/// A type with its own wire forms: Quantity, Time, `IntOrString`, raw JSON.
pub trait Scalar: Send + Sync {
    /// Whether Go's `omitzero` leaves it out.
    fn is_zero(&self) -> bool;
    /// Appends its JSON.
    fn encode_json(&self, out: &mut Vec<u8>);
    /// Reads one JSON value.
    ///
    /// # Errors
    /// In the words of upstream's `UnmarshalJSON`.
    fn decode_json(&mut self, reader: &mut json::Reader<'_>) -> Result<(), DecodeError>;
    /// Appends the body of its protobuf message.
    fn encode_protobuf(&self, out: &mut Vec<u8>);
    /// Reads the body of its protobuf message.
    ///
    /// # Errors
    /// When the bytes are not such a message.
    fn decode_protobuf(&mut self, body: &[u8]) -> Result<(), ProtobufError>;
}

macro_rules! plain {
    ($($type:ty, $variant:ident;)*) => {$(
        impl Value for $type {
            fn view(&self) -> Ref<'_> {
                Ref::$variant(*self)
            }
            fn view_mut(&mut self) -> Mut<'_> {
                Mut::$variant(self)
            }
        }
    )*};
}
plain! {
    bool, Bool;
    i32, I32;
    i64, I64;
    f64, F64;
}

impl Value for Str {
    fn view(&self) -> Ref<'_> {
        Ref::Str(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Str(self)
    }
}

impl Value for ByteString {
    fn view(&self) -> Ref<'_> {
        Ref::Bytes(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Bytes(self)
    }
}

impl<T: Value> Value for Box<T> {
    fn view(&self) -> Ref<'_> {
        (**self).view()
    }
    fn view_mut(&mut self) -> Mut<'_> {
        (**self).view_mut()
    }
}

impl<T: Value + Default> Value for Option<T> {
    fn view(&self) -> Ref<'_> {
        self.as_ref().map_or(Ref::Null, Value::view)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Optional(self)
    }
    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T: Value + Default> Optional for Option<T> {
    fn set_none(&mut self) {
        *self = None;
    }
    fn get_or_default(&mut self) -> &mut dyn Value {
        self.get_or_insert_with(T::default)
    }
}

impl<T: Value + Default> Value for Vec<T> {
    fn view(&self) -> Ref<'_> {
        Ref::List(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::List(self)
    }
}

impl<T: Value + Default> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }
    fn is_nil(&self) -> bool {
        self.is_empty()
    }
    fn at(&self, index: usize) -> &dyn Value {
        &self[index]
    }
    fn push_default(&mut self) -> &mut dyn Value {
        make_room(self);
        self.push(T::default());
        self.last_mut().expect("just pushed")
    }
    fn reset(&mut self, _nil: bool) {
        self.clear();
    }
}

impl<T: Value + Default> Value for Slice<T> {
    fn view(&self) -> Ref<'_> {
        Ref::List(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::List(self)
    }
}

impl<T: Value + Default> List for Slice<T> {
    fn len(&self) -> usize {
        (**self).len()
    }
    fn is_nil(&self) -> bool {
        Slice::is_nil(self)
    }
    fn at(&self, index: usize) -> &dyn Value {
        &self[index]
    }
    fn push_default(&mut self) -> &mut dyn Value {
        self.push(T::default());
        self.last_mut().expect("just pushed")
    }
    fn reset(&mut self, nil: bool) {
        *self = if nil { Slice::nil() } else { Slice::empty() };
    }
}

impl<V: Value + Default> Value for Map<Str, V> {
    fn view(&self) -> Ref<'_> {
        Ref::Map(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Map(self)
    }
}

impl<V: Value + Default> StringMap for Map<Str, V> {
    fn len(&self) -> usize {
        Map::len(self)
    }
    fn is_nil(&self) -> bool {
        Map::is_nil(self)
    }
    fn at(&self, index: usize) -> (&str, &dyn Value) {
        let (key, value) = self.entry_at(index);
        (key, value)
    }
    fn insert_default(&mut self, key: Str) -> &mut dyn Value {
        self.insert_and_get(key, V::default())
    }
    fn reset(&mut self, nil: bool) {
        *self = if nil { Map::new() } else { Map::empty() };
    }
}
