//! `rbac.authorization.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Scope, Slice, Str,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `rbac.authorization.k8s.io/v1` AggregationRule.
#[derive(Clone, Default, PartialEq)]
pub struct AggregationRule {
    /// `clusterRoleSelectors`.
    pub cluster_role_selectors: Slice<meta::v1::LabelSelector>,
}

impl Message for AggregationRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("ClusterRoleSelectors", "clusterRoleSelectors", "[]v1.LabelSelector", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AggregationRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.cluster_role_selectors
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.cluster_role_selectors
    }
}

/// `rbac.authorization.k8s.io/v1` ClusterRole.
#[derive(Clone, Default, PartialEq)]
pub struct ClusterRole {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `rules`.
    pub rules: Slice<PolicyRule>,
    /// `aggregationRule`.
    pub aggregation_rule: Option<Box<AggregationRule>>,
}

impl Message for ClusterRole {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Rules", "rules", "[]v1.PolicyRule", 2, 0),
            field("AggregationRule", "aggregationRule", "v1.AggregationRule", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ClusterRole", api_version: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.rules,
            _ => &self.aggregation_rule,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.rules,
            _ => &mut self.aggregation_rule,
        }
    }
}

impl Kind for ClusterRole {
    const GROUP: &'static str = "rbac.authorization.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "rbac.authorization.k8s.io/v1";
    const KIND: &'static str = "ClusterRole";
    const LIST_KIND: &'static str = "ClusterRoleList";
    const PLURAL: &'static str = "clusterroles";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `rbac.authorization.k8s.io/v1` ClusterRoleBinding.
#[derive(Clone, Default, PartialEq)]
pub struct ClusterRoleBinding {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `subjects`.
    pub subjects: Slice<Subject>,
    /// `roleRef`.
    pub role_ref: RoleRef,
}

impl Message for ClusterRoleBinding {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Subjects", "subjects", "[]v1.Subject", 2, 1),
            field("RoleRef", "roleRef", "v1.RoleRef", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ClusterRoleBinding", api_version: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.subjects,
            _ => &self.role_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.subjects,
            _ => &mut self.role_ref,
        }
    }
}

impl Kind for ClusterRoleBinding {
    const GROUP: &'static str = "rbac.authorization.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "rbac.authorization.k8s.io/v1";
    const KIND: &'static str = "ClusterRoleBinding";
    const LIST_KIND: &'static str = "ClusterRoleBindingList";
    const PLURAL: &'static str = "clusterrolebindings";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`ClusterRoleBinding`].
pub type ClusterRoleBindingList = meta::ObjectList<ClusterRoleBinding>;

/// List of [`ClusterRole`].
pub type ClusterRoleList = meta::ObjectList<ClusterRole>;

/// `rbac.authorization.k8s.io/v1` PolicyRule.
#[derive(Clone, Default, PartialEq)]
pub struct PolicyRule {
    /// `verbs`.
    pub verbs: Slice<Str>,
    /// `apiGroups`.
    pub api_groups: Slice<Str>,
    /// `resources`.
    pub resources: Slice<Str>,
    /// `resourceNames`.
    pub resource_names: Slice<Str>,
    /// `nonResourceURLs`.
    pub non_resource_urls: Slice<Str>,
}

impl Message for PolicyRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Verbs", "verbs", "[]string", 1, 0),
            field("APIGroups", "apiGroups", "[]string", 2, 1),
            field("Resources", "resources", "[]string", 3, 1),
            field("ResourceNames", "resourceNames", "[]string", 4, 1),
            field("NonResourceURLs", "nonResourceURLs", "[]string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PolicyRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.verbs,
            1 => &self.api_groups,
            2 => &self.resources,
            3 => &self.resource_names,
            _ => &self.non_resource_urls,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.verbs,
            1 => &mut self.api_groups,
            2 => &mut self.resources,
            3 => &mut self.resource_names,
            _ => &mut self.non_resource_urls,
        }
    }
}

/// `rbac.authorization.k8s.io/v1` Role.
#[derive(Clone, Default, PartialEq)]
pub struct Role {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `rules`.
    pub rules: Slice<PolicyRule>,
}

impl Message for Role {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Rules", "rules", "[]v1.PolicyRule", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Role", api_version: "rbac.authorization.k8s.io/v1", kind: "Role", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.rules,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.rules,
        }
    }
}

impl Kind for Role {
    const GROUP: &'static str = "rbac.authorization.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "rbac.authorization.k8s.io/v1";
    const KIND: &'static str = "Role";
    const LIST_KIND: &'static str = "RoleList";
    const PLURAL: &'static str = "roles";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `rbac.authorization.k8s.io/v1` RoleBinding.
#[derive(Clone, Default, PartialEq)]
pub struct RoleBinding {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `subjects`.
    pub subjects: Slice<Subject>,
    /// `roleRef`.
    pub role_ref: RoleRef,
}

impl Message for RoleBinding {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Subjects", "subjects", "[]v1.Subject", 2, 1),
            field("RoleRef", "roleRef", "v1.RoleRef", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RoleBinding", api_version: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.subjects,
            _ => &self.role_ref,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.subjects,
            _ => &mut self.role_ref,
        }
    }
}

impl Kind for RoleBinding {
    const GROUP: &'static str = "rbac.authorization.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "rbac.authorization.k8s.io/v1";
    const KIND: &'static str = "RoleBinding";
    const LIST_KIND: &'static str = "RoleBindingList";
    const PLURAL: &'static str = "rolebindings";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`RoleBinding`].
pub type RoleBindingList = meta::ObjectList<RoleBinding>;

/// List of [`Role`].
pub type RoleList = meta::ObjectList<Role>;

/// `rbac.authorization.k8s.io/v1` RoleRef.
#[derive(Clone, Default, PartialEq)]
pub struct RoleRef {
    /// `apiGroup`.
    pub api_group: Str,
    /// `kind`.
    pub kind: Str,
    /// `name`.
    pub name: Str,
}

impl Message for RoleRef {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("APIGroup", "apiGroup", "string", 1, 0),
            field("Kind", "kind", "string", 2, 0),
            field("Name", "name", "string", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RoleRef", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.api_group,
            1 => &self.kind,
            _ => &self.name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.api_group,
            1 => &mut self.kind,
            _ => &mut self.name,
        }
    }
}

/// `rbac.authorization.k8s.io/v1` Subject.
#[derive(Clone, Default, PartialEq)]
pub struct Subject {
    /// `kind`.
    pub kind: Str,
    /// `apiGroup`.
    pub api_group: Str,
    /// `name`.
    pub name: Str,
    /// `namespace`.
    pub namespace: Str,
}

impl Message for Subject {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Kind", "kind", "string", 1, 0),
            field("APIGroup", "apiGroup", "string", 2, 1),
            field("Name", "name", "string", 3, 0),
            field("Namespace", "namespace", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Subject", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.kind,
            1 => &self.api_group,
            2 => &self.name,
            _ => &self.namespace,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.kind,
            1 => &mut self.api_group,
            2 => &mut self.name,
            _ => &mut self.namespace,
        }
    }
}

meta::codec::impl_value!(
    AggregationRule,
    ClusterRole,
    ClusterRoleBinding,
    PolicyRule,
    Role,
    RoleBinding,
    RoleRef,
    Subject
);
