//! `networking.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    IntOrString, Kind, Scope, Slice, Str,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `networking.k8s.io/v1` HTTPIngressPath.
#[derive(Clone, Default, PartialEq)]
pub struct HTTPIngressPath {
    /// `path`.
    pub path: Str,
    /// `pathType`.
    pub path_type: Option<Str>,
    /// `backend`.
    pub backend: IngressBackend,
}

impl Message for HTTPIngressPath {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Path", "path", "string", 1, 1),
            field("PathType", "pathType", "v1.PathType", 3, 0),
            field("Backend", "backend", "v1.IngressBackend", 2, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HTTPIngressPath", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.path,
            1 => &self.path_type,
            _ => &self.backend,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.path,
            1 => &mut self.path_type,
            _ => &mut self.backend,
        }
    }
}

/// `networking.k8s.io/v1` HTTPIngressRuleValue.
#[derive(Clone, Default, PartialEq)]
pub struct HTTPIngressRuleValue {
    /// `paths`.
    pub paths: Slice<HTTPIngressPath>,
}

impl Message for HTTPIngressRuleValue {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Paths", "paths", "[]v1.HTTPIngressPath", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HTTPIngressRuleValue", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.paths
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.paths
    }
}

/// `networking.k8s.io/v1` IPAddress.
#[derive(Clone, Default, PartialEq)]
pub struct IPAddress {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: IPAddressSpec,
}

impl Message for IPAddress {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.IPAddressSpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IPAddress", api_version: "networking.k8s.io/v1", kind: "IPAddress", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.spec,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.spec,
        }
    }
}

impl Kind for IPAddress {
    const GROUP: &'static str = "networking.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "networking.k8s.io/v1";
    const KIND: &'static str = "IPAddress";
    const LIST_KIND: &'static str = "IPAddressList";
    const PLURAL: &'static str = "ipaddresses";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`IPAddress`].
pub type IPAddressList = meta::ObjectList<IPAddress>;

/// `networking.k8s.io/v1` IPAddressSpec.
#[derive(Clone, Default, PartialEq)]
pub struct IPAddressSpec {
    /// `parentRef`.
    pub parent_ref: Option<Box<ParentReference>>,
}

impl Message for IPAddressSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("ParentRef", "parentRef", "v1.ParentReference", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IPAddressSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.parent_ref
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.parent_ref
    }
}

/// `networking.k8s.io/v1` IPBlock.
#[derive(Clone, Default, PartialEq)]
pub struct IPBlock {
    /// `cidr`.
    pub cidr: Str,
    /// `except`.
    pub except: Slice<Str>,
}

impl Message for IPBlock {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("CIDR", "cidr", "string", 1, 0),
            field("Except", "except", "[]string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IPBlock", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.cidr,
            _ => &self.except,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.cidr,
            _ => &mut self.except,
        }
    }
}

/// `networking.k8s.io/v1` Ingress.
#[derive(Clone, Default, PartialEq)]
pub struct Ingress {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: IngressSpec,
    /// `status`.
    pub status: IngressStatus,
}

impl Message for Ingress {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.IngressSpec", 2, 1),
            field("Status", "status", "v1.IngressStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Ingress", api_version: "networking.k8s.io/v1", kind: "Ingress", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for Ingress {
    const GROUP: &'static str = "networking.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "networking.k8s.io/v1";
    const KIND: &'static str = "Ingress";
    const LIST_KIND: &'static str = "IngressList";
    const PLURAL: &'static str = "ingresses";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `networking.k8s.io/v1` IngressBackend.
#[derive(Clone, Default, PartialEq)]
pub struct IngressBackend {
    /// `service`.
    pub service: Option<Box<IngressServiceBackend>>,
    /// `resource`.
    pub resource: Option<Box<crate::core::v1::TypedLocalObjectReference>>,
}

impl Message for IngressBackend {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Service", "service", "v1.IngressServiceBackend", 4, 1),
            field("Resource", "resource", "v1.TypedLocalObjectReference", 3, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressBackend", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[1, 0] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.service,
            _ => &self.resource,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.service,
            _ => &mut self.resource,
        }
    }
}

/// `networking.k8s.io/v1` IngressClass.
#[derive(Clone, Default, PartialEq)]
pub struct IngressClass {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: IngressClassSpec,
}

impl Message for IngressClass {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.IngressClassSpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressClass", api_version: "networking.k8s.io/v1", kind: "IngressClass", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.spec,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.spec,
        }
    }
}

impl Kind for IngressClass {
    const GROUP: &'static str = "networking.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "networking.k8s.io/v1";
    const KIND: &'static str = "IngressClass";
    const LIST_KIND: &'static str = "IngressClassList";
    const PLURAL: &'static str = "ingressclasses";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`IngressClass`].
pub type IngressClassList = meta::ObjectList<IngressClass>;

/// `networking.k8s.io/v1` IngressClassParametersReference.
#[derive(Clone, Default, PartialEq)]
pub struct IngressClassParametersReference {
    /// `apiGroup`.
    pub api_group: Option<Str>,
    /// `kind`.
    pub kind: Str,
    /// `name`.
    pub name: Str,
    /// `scope`.
    pub scope: Option<Str>,
    /// `namespace`.
    pub namespace: Option<Str>,
}

impl Message for IngressClassParametersReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("APIGroup", "apiGroup", "string", 1, 1),
            field("Kind", "kind", "string", 2, 0),
            field("Name", "name", "string", 3, 0),
            field("Scope", "scope", "string", 4, 0),
            field("Namespace", "namespace", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressClassParametersReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.api_group,
            1 => &self.kind,
            2 => &self.name,
            3 => &self.scope,
            _ => &self.namespace,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.api_group,
            1 => &mut self.kind,
            2 => &mut self.name,
            3 => &mut self.scope,
            _ => &mut self.namespace,
        }
    }
}

/// `networking.k8s.io/v1` IngressClassSpec.
#[derive(Clone, Default, PartialEq)]
pub struct IngressClassSpec {
    /// `controller`.
    pub controller: Str,
    /// `parameters`.
    pub parameters: Option<Box<IngressClassParametersReference>>,
}

impl Message for IngressClassSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Controller", "controller", "string", 1, 1),
            field("Parameters", "parameters", "v1.IngressClassParametersReference", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressClassSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.controller,
            _ => &self.parameters,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.controller,
            _ => &mut self.parameters,
        }
    }
}

/// List of [`Ingress`].
pub type IngressList = meta::ObjectList<Ingress>;

/// `networking.k8s.io/v1` IngressLoadBalancerIngress.
#[derive(Clone, Default, PartialEq)]
pub struct IngressLoadBalancerIngress {
    /// `ip`.
    pub ip: Str,
    /// `hostname`.
    pub hostname: Str,
    /// `ports`.
    pub ports: Slice<IngressPortStatus>,
}

impl Message for IngressLoadBalancerIngress {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("IP", "ip", "string", 1, 1),
            field("Hostname", "hostname", "string", 2, 1),
            field("Ports", "ports", "[]v1.IngressPortStatus", 4, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressLoadBalancerIngress", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.ip,
            1 => &self.hostname,
            _ => &self.ports,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.ip,
            1 => &mut self.hostname,
            _ => &mut self.ports,
        }
    }
}

/// `networking.k8s.io/v1` IngressLoadBalancerStatus.
#[derive(Clone, Default, PartialEq)]
pub struct IngressLoadBalancerStatus {
    /// `ingress`.
    pub ingress: Slice<IngressLoadBalancerIngress>,
}

impl Message for IngressLoadBalancerStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Ingress", "ingress", "[]v1.IngressLoadBalancerIngress", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressLoadBalancerStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.ingress
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.ingress
    }
}

/// `networking.k8s.io/v1` IngressPortStatus.
#[derive(Clone, Default, PartialEq)]
pub struct IngressPortStatus {
    /// `port`.
    pub port: i32,
    /// `protocol`.
    pub protocol: Str,
    /// `error`.
    pub error: Option<Str>,
}

impl Message for IngressPortStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Port", "port", "int32", 1, 0),
            field("Protocol", "protocol", "v1.Protocol", 2, 0),
            field("Error", "error", "string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressPortStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.port,
            1 => &self.protocol,
            _ => &self.error,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.port,
            1 => &mut self.protocol,
            _ => &mut self.error,
        }
    }
}

/// `networking.k8s.io/v1` IngressRule.
#[derive(Clone, Default, PartialEq)]
pub struct IngressRule {
    /// `host`.
    pub host: Str,
    /// `IngressRuleValue`.
    pub ingress_rule_value: IngressRuleValue,
}

impl Message for IngressRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Host", "host", "string", 1, 1),
            field("IngressRuleValue", "", "v1.IngressRuleValue", 2, 2),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.host,
            _ => &self.ingress_rule_value,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.host,
            _ => &mut self.ingress_rule_value,
        }
    }
}

/// `networking.k8s.io/v1` IngressRuleValue.
#[derive(Clone, Default, PartialEq)]
pub struct IngressRuleValue {
    /// `http`.
    pub http: Option<Box<HTTPIngressRuleValue>>,
}

impl Message for IngressRuleValue {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("HTTP", "http", "v1.HTTPIngressRuleValue", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressRuleValue", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.http
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.http
    }
}

/// `networking.k8s.io/v1` IngressServiceBackend.
#[derive(Clone, Default, PartialEq)]
pub struct IngressServiceBackend {
    /// `name`.
    pub name: Str,
    /// `port`.
    pub port: ServiceBackendPort,
}

impl Message for IngressServiceBackend {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("Port", "port", "v1.ServiceBackendPort", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressServiceBackend", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.port,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.port,
        }
    }
}

/// `networking.k8s.io/v1` IngressSpec.
#[derive(Clone, Default, PartialEq)]
pub struct IngressSpec {
    /// `ingressClassName`.
    pub ingress_class_name: Option<Str>,
    /// `defaultBackend`.
    pub default_backend: Option<Box<IngressBackend>>,
    /// `tls`.
    pub tls: Slice<IngressTLS>,
    /// `rules`.
    pub rules: Slice<IngressRule>,
}

impl Message for IngressSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("IngressClassName", "ingressClassName", "string", 4, 1),
            field("DefaultBackend", "defaultBackend", "v1.IngressBackend", 1, 1),
            field("TLS", "tls", "[]v1.IngressTLS", 2, 1),
            field("Rules", "rules", "[]v1.IngressRule", 3, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[1, 2, 3, 0] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.ingress_class_name,
            1 => &self.default_backend,
            2 => &self.tls,
            _ => &self.rules,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.ingress_class_name,
            1 => &mut self.default_backend,
            2 => &mut self.tls,
            _ => &mut self.rules,
        }
    }
}

/// `networking.k8s.io/v1` IngressStatus.
#[derive(Clone, Default, PartialEq)]
pub struct IngressStatus {
    /// `loadBalancer`.
    pub load_balancer: IngressLoadBalancerStatus,
}

impl Message for IngressStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("LoadBalancer", "loadBalancer", "v1.IngressLoadBalancerStatus", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.load_balancer
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.load_balancer
    }
}

/// `networking.k8s.io/v1` IngressTLS.
#[derive(Clone, Default, PartialEq)]
pub struct IngressTLS {
    /// `hosts`.
    pub hosts: Slice<Str>,
    /// `secretName`.
    pub secret_name: Str,
}

impl Message for IngressTLS {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Hosts", "hosts", "[]string", 1, 1),
            field("SecretName", "secretName", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "IngressTLS", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.hosts,
            _ => &self.secret_name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.hosts,
            _ => &mut self.secret_name,
        }
    }
}

/// `networking.k8s.io/v1` NetworkPolicy.
#[derive(Clone, Default, PartialEq)]
pub struct NetworkPolicy {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: NetworkPolicySpec,
}

impl Message for NetworkPolicy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.NetworkPolicySpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NetworkPolicy", api_version: "networking.k8s.io/v1", kind: "NetworkPolicy", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.spec,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.spec,
        }
    }
}

impl Kind for NetworkPolicy {
    const GROUP: &'static str = "networking.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "networking.k8s.io/v1";
    const KIND: &'static str = "NetworkPolicy";
    const LIST_KIND: &'static str = "NetworkPolicyList";
    const PLURAL: &'static str = "networkpolicies";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `networking.k8s.io/v1` NetworkPolicyEgressRule.
#[derive(Clone, Default, PartialEq)]
pub struct NetworkPolicyEgressRule {
    /// `ports`.
    pub ports: Slice<NetworkPolicyPort>,
    /// `to`.
    pub to: Slice<NetworkPolicyPeer>,
}

impl Message for NetworkPolicyEgressRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Ports", "ports", "[]v1.NetworkPolicyPort", 1, 1),
            field("To", "to", "[]v1.NetworkPolicyPeer", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NetworkPolicyEgressRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.ports,
            _ => &self.to,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.ports,
            _ => &mut self.to,
        }
    }
}

/// `networking.k8s.io/v1` NetworkPolicyIngressRule.
#[derive(Clone, Default, PartialEq)]
pub struct NetworkPolicyIngressRule {
    /// `ports`.
    pub ports: Slice<NetworkPolicyPort>,
    /// `from`.
    pub from: Slice<NetworkPolicyPeer>,
}

impl Message for NetworkPolicyIngressRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Ports", "ports", "[]v1.NetworkPolicyPort", 1, 1),
            field("From", "from", "[]v1.NetworkPolicyPeer", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NetworkPolicyIngressRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.ports,
            _ => &self.from,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.ports,
            _ => &mut self.from,
        }
    }
}

/// List of [`NetworkPolicy`].
pub type NetworkPolicyList = meta::ObjectList<NetworkPolicy>;

/// `networking.k8s.io/v1` NetworkPolicyPeer.
#[derive(Clone, Default, PartialEq)]
pub struct NetworkPolicyPeer {
    /// `podSelector`.
    pub pod_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `namespaceSelector`.
    pub namespace_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `ipBlock`.
    pub ip_block: Option<Box<IPBlock>>,
}

impl Message for NetworkPolicyPeer {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("PodSelector", "podSelector", "v1.LabelSelector", 1, 1),
            field("NamespaceSelector", "namespaceSelector", "v1.LabelSelector", 2, 1),
            field("IPBlock", "ipBlock", "v1.IPBlock", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NetworkPolicyPeer", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.pod_selector,
            1 => &self.namespace_selector,
            _ => &self.ip_block,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.pod_selector,
            1 => &mut self.namespace_selector,
            _ => &mut self.ip_block,
        }
    }
}

/// `networking.k8s.io/v1` NetworkPolicyPort.
#[derive(Clone, Default, PartialEq)]
pub struct NetworkPolicyPort {
    /// `protocol`.
    pub protocol: Option<Str>,
    /// `port`.
    pub port: Option<IntOrString>,
    /// `endPort`.
    pub end_port: Option<i32>,
}

impl Message for NetworkPolicyPort {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Protocol", "protocol", "v1.Protocol", 1, 1),
            field("Port", "port", "intstr.IntOrString", 2, 1),
            field("EndPort", "endPort", "int32", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NetworkPolicyPort", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.protocol,
            1 => &self.port,
            _ => &self.end_port,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.protocol,
            1 => &mut self.port,
            _ => &mut self.end_port,
        }
    }
}

/// `networking.k8s.io/v1` NetworkPolicySpec.
#[derive(Clone, Default, PartialEq)]
pub struct NetworkPolicySpec {
    /// `podSelector`.
    pub pod_selector: meta::v1::LabelSelector,
    /// `ingress`.
    pub ingress: Slice<NetworkPolicyIngressRule>,
    /// `egress`.
    pub egress: Slice<NetworkPolicyEgressRule>,
    /// `policyTypes`.
    pub policy_types: Slice<Str>,
}

impl Message for NetworkPolicySpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("PodSelector", "podSelector", "v1.LabelSelector", 1, 0),
            field("Ingress", "ingress", "[]v1.NetworkPolicyIngressRule", 2, 1),
            field("Egress", "egress", "[]v1.NetworkPolicyEgressRule", 3, 1),
            field("PolicyTypes", "policyTypes", "[]v1.PolicyType", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NetworkPolicySpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.pod_selector,
            1 => &self.ingress,
            2 => &self.egress,
            _ => &self.policy_types,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.pod_selector,
            1 => &mut self.ingress,
            2 => &mut self.egress,
            _ => &mut self.policy_types,
        }
    }
}

/// `networking.k8s.io/v1` ParentReference.
#[derive(Clone, Default, PartialEq)]
pub struct ParentReference {
    /// `group`.
    pub group: Str,
    /// `resource`.
    pub resource: Str,
    /// `namespace`.
    pub namespace: Str,
    /// `name`.
    pub name: Str,
}

impl Message for ParentReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Group", "group", "string", 1, 1),
            field("Resource", "resource", "string", 2, 1),
            field("Namespace", "namespace", "string", 3, 1),
            field("Name", "name", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ParentReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.group,
            1 => &self.resource,
            2 => &self.namespace,
            _ => &self.name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.group,
            1 => &mut self.resource,
            2 => &mut self.namespace,
            _ => &mut self.name,
        }
    }
}

/// Values of `PolicyType`.
#[derive(Debug)]
pub enum PolicyType {}

impl PolicyType {
    /// `Ingress`.
    pub const INGRESS: &str = "Ingress";
    /// `Egress`.
    pub const EGRESS: &str = "Egress";
}

/// `networking.k8s.io/v1` ServiceBackendPort.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceBackendPort {
    /// `name`.
    pub name: Str,
    /// `number`.
    pub number: i32,
}

impl Message for ServiceBackendPort {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 1),
            field("Number", "number", "int32", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceBackendPort", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.number,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.number,
        }
    }
}

/// `networking.k8s.io/v1` ServiceCIDR.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceCIDR {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ServiceCIDRSpec,
    /// `status`.
    pub status: ServiceCIDRStatus,
}

impl Message for ServiceCIDR {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ServiceCIDRSpec", 2, 1),
            field("Status", "status", "v1.ServiceCIDRStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceCIDR", api_version: "networking.k8s.io/v1", kind: "ServiceCIDR", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for ServiceCIDR {
    const GROUP: &'static str = "networking.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "networking.k8s.io/v1";
    const KIND: &'static str = "ServiceCIDR";
    const LIST_KIND: &'static str = "ServiceCIDRList";
    const PLURAL: &'static str = "servicecidrs";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`ServiceCIDR`].
pub type ServiceCIDRList = meta::ObjectList<ServiceCIDR>;

/// `networking.k8s.io/v1` ServiceCIDRSpec.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceCIDRSpec {
    /// `cidrs`.
    pub cidrs: Slice<Str>,
}

impl Message for ServiceCIDRSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("CIDRs", "cidrs", "[]string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceCIDRSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.cidrs
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.cidrs
    }
}

/// `networking.k8s.io/v1` ServiceCIDRStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceCIDRStatus {
    /// `conditions`.
    pub conditions: Slice<meta::v1::Condition>,
}

impl Message for ServiceCIDRStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Conditions", "conditions", "[]v1.Condition", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceCIDRStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

meta::codec::impl_value!(
    HTTPIngressPath,
    HTTPIngressRuleValue,
    IPAddress,
    IPAddressSpec,
    IPBlock,
    Ingress,
    IngressBackend,
    IngressClass,
    IngressClassParametersReference,
    IngressClassSpec,
    IngressLoadBalancerIngress,
    IngressLoadBalancerStatus,
    IngressPortStatus,
    IngressRule,
    IngressRuleValue,
    IngressServiceBackend,
    IngressSpec,
    IngressStatus,
    IngressTLS,
    NetworkPolicy,
    NetworkPolicyEgressRule,
    NetworkPolicyIngressRule,
    NetworkPolicyPeer,
    NetworkPolicyPort,
    NetworkPolicySpec,
    ParentReference,
    ServiceBackendPort,
    ServiceCIDR,
    ServiceCIDRSpec,
    ServiceCIDRStatus
);
