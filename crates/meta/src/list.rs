//! [`ObjectList`]: the list of any kind.

use crate::{
    Kind, ListMeta, Slice,
    codec::{self, FieldInfo, Flags, Message, MessageInfo, Mut, Ref, Shape, Value, field},
};
use std::fmt;

/// `PodList` and its like. Items carry no type of their own.
#[derive(Clone, PartialEq)]
pub struct ObjectList<K> {
    /// Resource version and continue token.
    pub metadata: ListMeta,
    /// The objects.
    pub items: Slice<K>,
}

impl<K> Default for ObjectList<K> {
    fn default() -> Self {
        Self {
            metadata: ListMeta::default(),
            items: Slice::empty(),
        }
    }
}

impl<K: Kind> fmt::Debug for ObjectList<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        codec::debug(self, f)
    }
}

impl<K: Kind> Value for ObjectList<K> {
    fn view(&self) -> Ref<'_> {
        Ref::Message(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Message(self)
    }
}

static FIELDS: [FieldInfo; 2] = [
    field("ListMeta", "metadata", "v1.ListMeta", 1, Flags::OMIT_EMPTY),
    field("Items", "items", "[]v1.Object", 2, 0),
];

static KEYS: [u16; 2] = codec::keys(&FIELDS);

impl<K: Kind> ObjectList<K> {
    const INFO: &'static MessageInfo = &MessageInfo {
        go_name: K::LIST_KIND,
        api_version: K::API_VERSION,
        kind: K::LIST_KIND,
        shape: Shape::Struct,
        fields: &FIELDS,
        keys: &KEYS,
        protobuf_order: &[],
    };
}

impl<K: Kind> Message for ObjectList<K> {
    fn info(&self) -> &'static MessageInfo {
        Self::INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.items,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.items,
        }
    }
}
