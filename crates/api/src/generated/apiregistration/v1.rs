//! `apiregistration.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    ByteString, Kind, Scope, Slice, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `apiregistration.k8s.io/v1` APIService.
#[derive(Clone, Default, PartialEq)]
pub struct APIService {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: APIServiceSpec,
    /// `status`.
    pub status: APIServiceStatus,
}

impl Message for APIService {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.APIServiceSpec", 2, 1),
            field("Status", "status", "v1.APIServiceStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIService", api_version: "apiregistration.k8s.io/v1", kind: "APIService", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.spec,
            _ => &self.status,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.spec,
            _ => &mut self.status,
        }
    }
}

impl Kind for APIService {
    const GROUP: &'static str = "apiregistration.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "apiregistration.k8s.io/v1";
    const KIND: &'static str = "APIService";
    const LIST_KIND: &'static str = "APIServiceList";
    const PLURAL: &'static str = "apiservices";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `apiregistration.k8s.io/v1` APIServiceCondition.
#[derive(Clone, Default, PartialEq)]
pub struct APIServiceCondition {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
    /// `lastTransitionTime`.
    pub last_transition_time: Time,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for APIServiceCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Type", "type", "v1.APIServiceConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 3, 1),
            field("Reason", "reason", "string", 4, 1),
            field("Message", "message", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIServiceCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.last_transition_time,
            3 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.last_transition_time,
            3 => &mut self.reason,
            _ => &mut self.message,
        }
    }
}

/// Values of `APIServiceConditionType`.
#[derive(Debug)]
pub enum APIServiceConditionType {}

impl APIServiceConditionType {
    /// `Available`.
    pub const AVAILABLE: &str = "Available";
}

/// List of [`APIService`].
pub type APIServiceList = meta::ObjectList<APIService>;

/// `apiregistration.k8s.io/v1` APIServiceSpec.
#[derive(Clone, Default, PartialEq)]
pub struct APIServiceSpec {
    /// `service`.
    pub service: Option<Box<ServiceReference>>,
    /// `group`.
    pub group: Str,
    /// `version`.
    pub version: Str,
    /// `insecureSkipTLSVerify`.
    pub insecure_skip_tls_verify: bool,
    /// `caBundle`.
    pub ca_bundle: ByteString,
    /// `groupPriorityMinimum`.
    pub group_priority_minimum: i32,
    /// `versionPriority`.
    pub version_priority: i32,
}

impl Message for APIServiceSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("Service", "service", "v1.ServiceReference", 1, 1),
            field("Group", "group", "string", 2, 1),
            field("Version", "version", "string", 3, 1),
            field("InsecureSkipTLSVerify", "insecureSkipTLSVerify", "bool", 4, 1),
            field("CABundle", "caBundle", "[]uint8", 5, 1),
            field("GroupPriorityMinimum", "groupPriorityMinimum", "int32", 7, 0),
            field("VersionPriority", "versionPriority", "int32", 8, 0),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIServiceSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.service,
            1 => &self.group,
            2 => &self.version,
            3 => &self.insecure_skip_tls_verify,
            4 => &self.ca_bundle,
            5 => &self.group_priority_minimum,
            _ => &self.version_priority,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.service,
            1 => &mut self.group,
            2 => &mut self.version,
            3 => &mut self.insecure_skip_tls_verify,
            4 => &mut self.ca_bundle,
            5 => &mut self.group_priority_minimum,
            _ => &mut self.version_priority,
        }
    }
}

/// `apiregistration.k8s.io/v1` APIServiceStatus.
#[derive(Clone, Default, PartialEq)]
pub struct APIServiceStatus {
    /// `conditions`.
    pub conditions: Slice<APIServiceCondition>,
}

impl Message for APIServiceStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Conditions", "conditions", "[]v1.APIServiceCondition", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIServiceStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.conditions
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.conditions
    }
}

/// Values of `ConditionStatus`.
#[derive(Debug)]
pub enum ConditionStatus {}

impl ConditionStatus {
    /// `True`.
    pub const TRUE: &str = "True";
    /// `False`.
    pub const FALSE: &str = "False";
    /// `Unknown`.
    pub const UNKNOWN: &str = "Unknown";
}

/// `apiregistration.k8s.io/v1` ServiceReference.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceReference {
    /// `namespace`.
    pub namespace: Str,
    /// `name`.
    pub name: Str,
    /// `port`.
    pub port: Option<i32>,
}

impl Message for ServiceReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Namespace", "namespace", "string", 1, 1),
            field("Name", "name", "string", 2, 1),
            field("Port", "port", "int32", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.namespace,
            1 => &self.name,
            _ => &self.port,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.namespace,
            1 => &mut self.name,
            _ => &mut self.port,
        }
    }
}

meta::codec::impl_value!(
    APIService,
    APIServiceCondition,
    APIServiceSpec,
    APIServiceStatus,
    ServiceReference
);
