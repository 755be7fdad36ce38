//! `apidiscovery.k8s.io/v2`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Scope, Slice, Str,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `apidiscovery.k8s.io/v2` APIGroupDiscovery.
#[derive(Clone, Default, PartialEq)]
pub struct APIGroupDiscovery {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `versions`.
    pub versions: Slice<APIVersionDiscovery>,
}

impl Message for APIGroupDiscovery {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Versions", "versions", "[]v2.APIVersionDiscovery", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIGroupDiscovery", api_version: "apidiscovery.k8s.io/v2", kind: "APIGroupDiscovery", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.versions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.versions,
        }
    }
}

impl Kind for APIGroupDiscovery {
    const GROUP: &'static str = "apidiscovery.k8s.io";
    const VERSION: &'static str = "v2";
    const API_VERSION: &'static str = "apidiscovery.k8s.io/v2";
    const KIND: &'static str = "APIGroupDiscovery";
    const LIST_KIND: &'static str = "APIGroupDiscoveryList";
    const PLURAL: &'static str = "apigroupdiscoverys";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`APIGroupDiscovery`].
pub type APIGroupDiscoveryList = meta::ObjectList<APIGroupDiscovery>;

/// `apidiscovery.k8s.io/v2` APIResourceDiscovery.
#[derive(Clone, Default, PartialEq)]
pub struct APIResourceDiscovery {
    /// `resource`.
    pub resource: Str,
    /// `responseKind`.
    pub response_kind: Option<Box<meta::v1::GroupVersionKind>>,
    /// `scope`.
    pub scope: Str,
    /// `singularResource`.
    pub singular_resource: Str,
    /// `verbs`.
    pub verbs: Slice<Str>,
    /// `shortNames`.
    pub short_names: Slice<Str>,
    /// `categories`.
    pub categories: Slice<Str>,
    /// `subresources`.
    pub subresources: Slice<APISubresourceDiscovery>,
}

impl Message for APIResourceDiscovery {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("Resource", "resource", "string", 1, 0),
            field("ResponseKind", "responseKind", "v1.GroupVersionKind", 2, 1),
            field("Scope", "scope", "v2.ResourceScope", 3, 0),
            field("SingularResource", "singularResource", "string", 4, 0),
            field("Verbs", "verbs", "[]string", 5, 0),
            field("ShortNames", "shortNames", "[]string", 6, 1),
            field("Categories", "categories", "[]string", 7, 1),
            field("Subresources", "subresources", "[]v2.APISubresourceDiscovery", 8, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIResourceDiscovery", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.resource,
            1 => &self.response_kind,
            2 => &self.scope,
            3 => &self.singular_resource,
            4 => &self.verbs,
            5 => &self.short_names,
            6 => &self.categories,
            _ => &self.subresources,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.resource,
            1 => &mut self.response_kind,
            2 => &mut self.scope,
            3 => &mut self.singular_resource,
            4 => &mut self.verbs,
            5 => &mut self.short_names,
            6 => &mut self.categories,
            _ => &mut self.subresources,
        }
    }
}

/// `apidiscovery.k8s.io/v2` APISubresourceDiscovery.
#[derive(Clone, Default, PartialEq)]
pub struct APISubresourceDiscovery {
    /// `subresource`.
    pub subresource: Str,
    /// `responseKind`.
    pub response_kind: Option<Box<meta::v1::GroupVersionKind>>,
    /// `acceptedTypes`.
    pub accepted_types: Slice<meta::v1::GroupVersionKind>,
    /// `verbs`.
    pub verbs: Slice<Str>,
}

impl Message for APISubresourceDiscovery {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Subresource", "subresource", "string", 1, 0),
            field("ResponseKind", "responseKind", "v1.GroupVersionKind", 2, 1),
            field("AcceptedTypes", "acceptedTypes", "[]v1.GroupVersionKind", 3, 1),
            field("Verbs", "verbs", "[]string", 4, 0),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APISubresourceDiscovery", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.subresource,
            1 => &self.response_kind,
            2 => &self.accepted_types,
            _ => &self.verbs,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.subresource,
            1 => &mut self.response_kind,
            2 => &mut self.accepted_types,
            _ => &mut self.verbs,
        }
    }
}

/// `apidiscovery.k8s.io/v2` APIVersionDiscovery.
#[derive(Clone, Default, PartialEq)]
pub struct APIVersionDiscovery {
    /// `version`.
    pub version: Str,
    /// `resources`.
    pub resources: Slice<APIResourceDiscovery>,
    /// `freshness`.
    pub freshness: Str,
}

impl Message for APIVersionDiscovery {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Version", "version", "string", 1, 0),
            field("Resources", "resources", "[]v2.APIResourceDiscovery", 2, 1),
            field("Freshness", "freshness", "v2.DiscoveryFreshness", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIVersionDiscovery", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.version,
            1 => &self.resources,
            _ => &self.freshness,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.version,
            1 => &mut self.resources,
            _ => &mut self.freshness,
        }
    }
}

/// Values of `DiscoveryFreshness`.
#[derive(Debug)]
pub enum DiscoveryFreshness {}

impl DiscoveryFreshness {
    /// `Current`.
    pub const CURRENT: &str = "Current";
    /// `Stale`.
    pub const STALE: &str = "Stale";
}

/// Values of `ResourceScope`.
#[derive(Debug)]
pub enum ResourceScope {}

impl ResourceScope {
    /// `Cluster`.
    pub const CLUSTER: &str = "Cluster";
    /// `Namespaced`.
    pub const NAMESPACED: &str = "Namespaced";
}

meta::codec::impl_value!(
    APIGroupDiscovery,
    APIResourceDiscovery,
    APISubresourceDiscovery,
    APIVersionDiscovery
);
