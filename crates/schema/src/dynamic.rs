//! Documents without structs: any kind of any version, served or not, from the table of Go's structs. The codecs see them as they see the
//! generated structs, so that JSON and protobuf, strict or not, come out alike.
//!
//! For kinds that are not served. It is slower than the structs and several times as large, and it knows no defaults.

mod table;

use meta::{
    Str,
    codec::{List, Message, MessageInfo, Mut, Optional, Ref, StringMap, Value},
};
use table::{Struct, Type};

/// An empty struct of that Go name in that version, mostly a kind's; none when no type is called that.
#[must_use]
pub fn new_message(api_version: &str, name: &str) -> Option<Box<dyn Message>> {
    let of = table::find(api_version, name)?;
    Some(Box::new(Object::new(of)))
}

type Slot = Box<dyn Value>;

/// A struct.
struct Object {
    of: &'static Struct,
    fields: Vec<Slot>,
}

impl Object {
    fn new(of: &'static Struct) -> Self {
        Self {
            of,
            fields: of.types.iter().map(zero).collect(),
        }
    }
}

/// Go's zero value.
fn zero(of: &'static Type) -> Slot {
    match of {
        Type::Plain(make) => make(),
        Type::Struct(place) => Box::new(Object::new(table::at(place))),
        Type::Pointer(of) => Box::new(Pointer { of, to: None }),
        Type::List(of) => Box::new(Items { of, items: None }),
        Type::Map(of) => Box::new(Entries { of, entries: None }),
    }
}

impl Value for Object {
    fn view(&self) -> Ref<'_> {
        Ref::Message(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Message(self)
    }
}

impl Message for Object {
    fn info(&self) -> &'static MessageInfo {
        &self.of.info
    }
    fn field(&self, index: usize) -> &dyn Value {
        &*self.fields[index]
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        &mut *self.fields[index]
    }
}

/// A pointer.
struct Pointer {
    of: &'static Type,
    to: Option<Slot>,
}

impl Value for Pointer {
    fn view(&self) -> Ref<'_> {
        self.to.as_ref().map_or(Ref::Null, |value| value.view())
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Optional(self)
    }
    fn is_empty(&self) -> bool {
        self.to.is_none()
    }
}

impl Optional for Pointer {
    fn set_none(&mut self) {
        self.to = None;
    }
    fn get_or_default(&mut self) -> &mut dyn Value {
        &mut **self.to.get_or_insert_with(|| zero(self.of))
    }
}

/// A slice; none is nil.
struct Items {
    of: &'static Type,
    items: Option<Vec<Slot>>,
}

impl Value for Items {
    fn view(&self) -> Ref<'_> {
        Ref::List(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::List(self)
    }
}

impl List for Items {
    fn len(&self) -> usize {
        self.items.as_ref().map_or(0, Vec::len)
    }
    fn is_nil(&self) -> bool {
        self.items.is_none()
    }
    fn at(&self, index: usize) -> &dyn Value {
        &*self.items.as_deref().unwrap_or_default()[index]
    }
    fn push_default(&mut self) -> &mut dyn Value {
        let items = self.items.get_or_insert_default();
        items.push(zero(self.of));
        &mut **items.last_mut().expect("just pushed")
    }
    fn reset(&mut self, nil: bool) {
        self.items = (!nil).then(Vec::new);
    }
}

/// A map, in key order; none is nil.
struct Entries {
    of: &'static Type,
    entries: Option<Vec<(Str, Slot)>>,
}

impl Value for Entries {
    fn view(&self) -> Ref<'_> {
        Ref::Map(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Map(self)
    }
}

impl StringMap for Entries {
    fn len(&self) -> usize {
        self.entries.as_ref().map_or(0, Vec::len)
    }
    fn is_nil(&self) -> bool {
        self.entries.is_none()
    }
    fn at(&self, index: usize) -> (&str, &dyn Value) {
        let (key, value) = &self.entries.as_deref().unwrap_or_default()[index];
        (key, &**value)
    }
    fn insert_default(&mut self, key: Str) -> &mut dyn Value {
        let entries = self.entries.get_or_insert_default();
        let index = match entries.binary_search_by(|(have, _)| have.cmp(&key)) {
            Ok(index) => {
                entries[index].1 = zero(self.of);
                index
            }
            Err(index) => {
                entries.insert(index, (key, zero(self.of)));
                index
            }
        };
        &mut *entries[index].1
    }
    fn reset(&mut self, nil: bool) {
        self.entries = (!nil).then(Vec::new);
    }
}
