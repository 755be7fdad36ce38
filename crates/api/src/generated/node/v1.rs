//! `node.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Map, Quantity, Scope, Slice, Str,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `node.k8s.io/v1` Overhead.
#[derive(Clone, Default, PartialEq)]
pub struct Overhead {
    /// `podFixed`.
    pub pod_fixed: Map<Str, Quantity>,
}

impl Message for Overhead {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("PodFixed", "podFixed", "v1.ResourceList", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Overhead", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.pod_fixed
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.pod_fixed
    }
}

/// `node.k8s.io/v1` RuntimeClass.
#[derive(Clone, Default, PartialEq)]
pub struct RuntimeClass {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `handler`.
    pub handler: Str,
    /// `overhead`.
    pub overhead: Option<Box<Overhead>>,
    /// `scheduling`.
    pub scheduling: Option<Box<Scheduling>>,
}

impl Message for RuntimeClass {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Handler", "handler", "string", 2, 0),
            field("Overhead", "overhead", "v1.Overhead", 3, 1),
            field("Scheduling", "scheduling", "v1.Scheduling", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RuntimeClass", api_version: "node.k8s.io/v1", kind: "RuntimeClass", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.handler,
            2 => &self.overhead,
            _ => &self.scheduling,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.handler,
            2 => &mut self.overhead,
            _ => &mut self.scheduling,
        }
    }
}

impl Kind for RuntimeClass {
    const GROUP: &'static str = "node.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "node.k8s.io/v1";
    const KIND: &'static str = "RuntimeClass";
    const LIST_KIND: &'static str = "RuntimeClassList";
    const PLURAL: &'static str = "runtimeclasses";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`RuntimeClass`].
pub type RuntimeClassList = meta::ObjectList<RuntimeClass>;

/// `node.k8s.io/v1` Scheduling.
#[derive(Clone, Default, PartialEq)]
pub struct Scheduling {
    /// `nodeSelector`.
    pub node_selector: Map<Str, Str>,
    /// `tolerations`.
    pub tolerations: Slice<crate::core::v1::Toleration>,
}

impl Message for Scheduling {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("NodeSelector", "nodeSelector", "map[string]string", 1, 1),
            field("Tolerations", "tolerations", "[]v1.Toleration", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Scheduling", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.node_selector,
            _ => &self.tolerations,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.node_selector,
            _ => &mut self.tolerations,
        }
    }
}

meta::codec::impl_value!(Overhead, RuntimeClass, Scheduling);
