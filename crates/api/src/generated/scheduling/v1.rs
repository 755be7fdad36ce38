//! `scheduling.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Scope, Str,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `scheduling.k8s.io/v1` PriorityClass.
#[derive(Clone, Default, PartialEq)]
pub struct PriorityClass {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `value`.
    pub value: i32,
    /// `globalDefault`.
    pub global_default: bool,
    /// `description`.
    pub description: Str,
    /// `preemptionPolicy`.
    pub preemption_policy: Option<Str>,
}

impl Message for PriorityClass {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Value", "value", "int32", 2, 0),
            field("GlobalDefault", "globalDefault", "bool", 3, 1),
            field("Description", "description", "string", 4, 1),
            field("PreemptionPolicy", "preemptionPolicy", "v1.PreemptionPolicy", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PriorityClass", api_version: "scheduling.k8s.io/v1", kind: "PriorityClass", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.value,
            2 => &self.global_default,
            3 => &self.description,
            _ => &self.preemption_policy,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.value,
            2 => &mut self.global_default,
            3 => &mut self.description,
            _ => &mut self.preemption_policy,
        }
    }
}

impl Kind for PriorityClass {
    const GROUP: &'static str = "scheduling.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "scheduling.k8s.io/v1";
    const KIND: &'static str = "PriorityClass";
    const LIST_KIND: &'static str = "PriorityClassList";
    const PLURAL: &'static str = "priorityclasses";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`PriorityClass`].
pub type PriorityClassList = meta::ObjectList<PriorityClass>;

meta::codec::impl_value!(PriorityClass);
