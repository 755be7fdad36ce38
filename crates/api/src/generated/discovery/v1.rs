//! `discovery.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Map, Scope, Slice, Str,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `discovery.k8s.io/v1` Endpoint.
#[derive(Clone, Default, PartialEq)]
pub struct Endpoint {
    /// `addresses`.
    pub addresses: Slice<Str>,
    /// `conditions`.
    pub conditions: EndpointConditions,
    /// `hostname`.
    pub hostname: Option<Str>,
    /// `targetRef`.
    pub target_ref: Option<Box<crate::core::v1::ObjectReference>>,
    /// `deprecatedTopology`.
    pub deprecated_topology: Map<Str, Str>,
    /// `nodeName`.
    pub node_name: Option<Str>,
    /// `zone`.
    pub zone: Option<Str>,
    /// `hints`.
    pub hints: Option<Box<EndpointHints>>,
}

impl Message for Endpoint {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("Addresses", "addresses", "[]string", 1, 0),
            field("Conditions", "conditions", "v1.EndpointConditions", 2, 1),
            field("Hostname", "hostname", "string", 3, 1),
            field("TargetRef", "targetRef", "v1.ObjectReference", 4, 1),
            field("DeprecatedTopology", "deprecatedTopology", "map[string]string", 5, 1),
            field("NodeName", "nodeName", "string", 6, 1),
            field("Zone", "zone", "string", 7, 1),
            field("Hints", "hints", "v1.EndpointHints", 8, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Endpoint", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.addresses,
            1 => &self.conditions,
            2 => &self.hostname,
            3 => &self.target_ref,
            4 => &self.deprecated_topology,
            5 => &self.node_name,
            6 => &self.zone,
            _ => &self.hints,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.addresses,
            1 => &mut self.conditions,
            2 => &mut self.hostname,
            3 => &mut self.target_ref,
            4 => &mut self.deprecated_topology,
            5 => &mut self.node_name,
            6 => &mut self.zone,
            _ => &mut self.hints,
        }
    }
}

/// `discovery.k8s.io/v1` EndpointConditions.
#[derive(Clone, Default, PartialEq)]
pub struct EndpointConditions {
    /// `ready`.
    pub ready: Option<bool>,
    /// `serving`.
    pub serving: Option<bool>,
    /// `terminating`.
    pub terminating: Option<bool>,
}

impl Message for EndpointConditions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Ready", "ready", "bool", 1, 1),
            field("Serving", "serving", "bool", 2, 1),
            field("Terminating", "terminating", "bool", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EndpointConditions", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.ready,
            1 => &self.serving,
            _ => &self.terminating,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.ready,
            1 => &mut self.serving,
            _ => &mut self.terminating,
        }
    }
}

/// `discovery.k8s.io/v1` EndpointHints.
#[derive(Clone, Default, PartialEq)]
pub struct EndpointHints {
    /// `forZones`.
    pub for_zones: Slice<ForZone>,
    /// `forNodes`.
    pub for_nodes: Slice<ForNode>,
}

impl Message for EndpointHints {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ForZones", "forZones", "[]v1.ForZone", 1, 1),
            field("ForNodes", "forNodes", "[]v1.ForNode", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EndpointHints", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.for_zones,
            _ => &self.for_nodes,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.for_zones,
            _ => &mut self.for_nodes,
        }
    }
}

/// `discovery.k8s.io/v1` EndpointPort.
#[derive(Clone, Default, PartialEq)]
pub struct EndpointPort {
    /// `name`.
    pub name: Option<Str>,
    /// `protocol`.
    pub protocol: Option<Str>,
    /// `port`.
    pub port: Option<i32>,
    /// `appProtocol`.
    pub app_protocol: Option<Str>,
}

impl Message for EndpointPort {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Name", "name", "string", 1, 1),
            field("Protocol", "protocol", "v1.Protocol", 2, 1),
            field("Port", "port", "int32", 3, 1),
            field("AppProtocol", "appProtocol", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EndpointPort", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.protocol,
            2 => &self.port,
            _ => &self.app_protocol,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.protocol,
            2 => &mut self.port,
            _ => &mut self.app_protocol,
        }
    }
}

/// `discovery.k8s.io/v1` EndpointSlice.
#[derive(Clone, Default, PartialEq)]
pub struct EndpointSlice {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `addressType`.
    pub address_type: Str,
    /// `endpoints`.
    pub endpoints: Slice<Endpoint>,
    /// `ports`.
    pub ports: Slice<EndpointPort>,
}

impl Message for EndpointSlice {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("AddressType", "addressType", "v1.AddressType", 4, 0),
            field("Endpoints", "endpoints", "[]v1.Endpoint", 2, 0),
            field("Ports", "ports", "[]v1.EndpointPort", 3, 0),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "EndpointSlice", api_version: "discovery.k8s.io/v1", kind: "EndpointSlice", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 3, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.address_type,
            2 => &self.endpoints,
            _ => &self.ports,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.address_type,
            2 => &mut self.endpoints,
            _ => &mut self.ports,
        }
    }
}

impl Kind for EndpointSlice {
    const GROUP: &'static str = "discovery.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "discovery.k8s.io/v1";
    const KIND: &'static str = "EndpointSlice";
    const LIST_KIND: &'static str = "EndpointSliceList";
    const PLURAL: &'static str = "endpointslices";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`EndpointSlice`].
pub type EndpointSliceList = meta::ObjectList<EndpointSlice>;

/// `discovery.k8s.io/v1` ForNode.
#[derive(Clone, Default, PartialEq)]
pub struct ForNode {
    /// `name`.
    pub name: Str,
}

impl Message for ForNode {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Name", "name", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ForNode", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.name
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.name
    }
}

/// `discovery.k8s.io/v1` ForZone.
#[derive(Clone, Default, PartialEq)]
pub struct ForZone {
    /// `name`.
    pub name: Str,
}

impl Message for ForZone {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Name", "name", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ForZone", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.name
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.name
    }
}

meta::codec::impl_value!(
    Endpoint,
    EndpointConditions,
    EndpointHints,
    EndpointPort,
    EndpointSlice,
    ForNode,
    ForZone
);
