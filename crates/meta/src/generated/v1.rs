//! `meta.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use crate::{
    self as meta, Kind, Map, RawJson, Scope, Slice, Str, StringList, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `meta.k8s.io/v1` APIGroup.
#[derive(Clone, Default, PartialEq)]
pub struct APIGroup {
    /// `name`.
    pub name: Str,
    /// `versions`.
    pub versions: Slice<GroupVersionForDiscovery>,
    /// `preferredVersion`.
    pub preferred_version: GroupVersionForDiscovery,
    /// `serverAddressByClientCIDRs`.
    pub server_address_by_client_cidrs: Vec<ServerAddressByClientCIDR>,
}

impl Message for APIGroup {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Name", "name", "string", 1, 0),
            field("Versions", "versions", "[]v1.GroupVersionForDiscovery", 2, 0),
            field("PreferredVersion", "preferredVersion", "v1.GroupVersionForDiscovery", 3, 1),
            field("ServerAddressByClientCIDRs", "serverAddressByClientCIDRs", "[]v1.ServerAddressByClientCIDR", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIGroup", api_version: "v1", kind: "APIGroup", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.versions,
            2 => &self.preferred_version,
            _ => &self.server_address_by_client_cidrs,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.versions,
            2 => &mut self.preferred_version,
            _ => &mut self.server_address_by_client_cidrs,
        }
    }
}

/// `meta.k8s.io/v1` APIGroupList.
#[derive(Clone, Default, PartialEq)]
pub struct APIGroupList {
    /// `groups`.
    pub groups: Slice<APIGroup>,
}

impl Message for APIGroupList {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Groups", "groups", "[]v1.APIGroup", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIGroupList", api_version: "v1", kind: "APIGroupList", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.groups
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.groups
    }
}

/// `meta.k8s.io/v1` APIResource.
#[derive(Clone, Default, PartialEq)]
pub struct APIResource {
    /// `name`.
    pub name: Str,
    /// `singularName`.
    pub singular_name: Str,
    /// `namespaced`.
    pub namespaced: bool,
    /// `group`.
    pub group: Str,
    /// `version`.
    pub version: Str,
    /// `kind`.
    pub kind: Str,
    /// `verbs`.
    pub verbs: StringList,
    /// `shortNames`.
    pub short_names: Vec<Str>,
    /// `categories`.
    pub categories: Vec<Str>,
    /// `storageVersionHash`.
    pub storage_version_hash: Str,
}

impl Message for APIResource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 10] = [
            field("Name", "name", "string", 1, 0),
            field("SingularName", "singularName", "string", 6, 0),
            field("Namespaced", "namespaced", "bool", 2, 0),
            field("Group", "group", "string", 8, 1),
            field("Version", "version", "string", 9, 1),
            field("Kind", "kind", "string", 3, 0),
            field("Verbs", "verbs", "v1.Verbs", 4, 0),
            field("ShortNames", "shortNames", "[]string", 5, 1),
            field("Categories", "categories", "[]string", 7, 1),
            field("StorageVersionHash", "storageVersionHash", "string", 10, 1),
        ];
        static KEYS: [u16; 10] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIResource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 5, 6, 7, 1, 8, 3, 4, 9] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.singular_name,
            2 => &self.namespaced,
            3 => &self.group,
            4 => &self.version,
            5 => &self.kind,
            6 => &self.verbs,
            7 => &self.short_names,
            8 => &self.categories,
            _ => &self.storage_version_hash,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.singular_name,
            2 => &mut self.namespaced,
            3 => &mut self.group,
            4 => &mut self.version,
            5 => &mut self.kind,
            6 => &mut self.verbs,
            7 => &mut self.short_names,
            8 => &mut self.categories,
            _ => &mut self.storage_version_hash,
        }
    }
}

/// `meta.k8s.io/v1` APIResourceList.
#[derive(Clone, Default, PartialEq)]
pub struct APIResourceList {
    /// `groupVersion`.
    pub group_version: Str,
    /// `resources`.
    pub resources: Slice<APIResource>,
}

impl Message for APIResourceList {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("GroupVersion", "groupVersion", "string", 1, 0),
            field("APIResources", "resources", "[]v1.APIResource", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIResourceList", api_version: "v1", kind: "APIResourceList", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.group_version,
            _ => &self.resources,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.group_version,
            _ => &mut self.resources,
        }
    }
}

/// `meta.k8s.io/v1` APIVersions.
#[derive(Clone, Default, PartialEq)]
pub struct APIVersions {
    /// `versions`.
    pub versions: Slice<Str>,
    /// `serverAddressByClientCIDRs`.
    pub server_address_by_client_cidrs: Slice<ServerAddressByClientCIDR>,
}

impl Message for APIVersions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Versions", "versions", "[]string", 1, 0),
            field("ServerAddressByClientCIDRs", "serverAddressByClientCIDRs", "[]v1.ServerAddressByClientCIDR", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "APIVersions", api_version: "v1", kind: "APIVersions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.versions,
            _ => &self.server_address_by_client_cidrs,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.versions,
            _ => &mut self.server_address_by_client_cidrs,
        }
    }
}

/// `meta.k8s.io/v1` ApplyOptions.
#[derive(Clone, Default, PartialEq)]
pub struct ApplyOptions {
    /// `dryRun`.
    pub dry_run: Vec<Str>,
    /// `force`.
    pub force: bool,
    /// `fieldManager`.
    pub field_manager: Str,
}

impl Message for ApplyOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("DryRun", "dryRun", "[]string", 1, 1),
            field("Force", "force", "bool", 2, 0),
            field("FieldManager", "fieldManager", "string", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ApplyOptions", api_version: "meta.k8s.io/v1", kind: "ApplyOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.dry_run,
            1 => &self.force,
            _ => &self.field_manager,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.dry_run,
            1 => &mut self.force,
            _ => &mut self.field_manager,
        }
    }
}

/// Values of `CauseType`.
#[derive(Debug)]
pub enum CauseType {}

impl CauseType {
    /// `FieldValueNotFound`.
    pub const FIELD_VALUE_NOT_FOUND: &str = "FieldValueNotFound";
    /// `FieldValueRequired`.
    pub const FIELD_VALUE_REQUIRED: &str = "FieldValueRequired";
    /// `FieldValueDuplicate`.
    pub const FIELD_VALUE_DUPLICATE: &str = "FieldValueDuplicate";
    /// `FieldValueInvalid`.
    pub const FIELD_VALUE_INVALID: &str = "FieldValueInvalid";
    /// `FieldValueNotSupported`.
    pub const FIELD_VALUE_NOT_SUPPORTED: &str = "FieldValueNotSupported";
    /// `FieldValueForbidden`.
    pub const FIELD_VALUE_FORBIDDEN: &str = "FieldValueForbidden";
    /// `FieldValueTooLong`.
    pub const FIELD_VALUE_TOO_LONG: &str = "FieldValueTooLong";
    /// `FieldValueTooMany`.
    pub const FIELD_VALUE_TOO_MANY: &str = "FieldValueTooMany";
    /// `InternalError`.
    pub const INTERNAL_ERROR: &str = "InternalError";
    /// `FieldValueTypeInvalid`.
    pub const FIELD_VALUE_TYPE_INVALID: &str = "FieldValueTypeInvalid";
    /// `UnexpectedServerResponse`.
    pub const UNEXPECTED_SERVER_RESPONSE: &str = "UnexpectedServerResponse";
    /// `FieldManagerConflict`.
    pub const FIELD_MANAGER_CONFLICT: &str = "FieldManagerConflict";
    /// `ResourceVersionTooLarge`.
    pub const RESOURCE_VERSION_TOO_LARGE: &str = "ResourceVersionTooLarge";
}

/// `meta.k8s.io/v1` Condition.
#[derive(Clone, Default, PartialEq)]
pub struct Condition {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `lastTransitionTime`.
    pub last_transition_time: Time,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for Condition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Type", "type", "string", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("ObservedGeneration", "observedGeneration", "int64", 3, 1),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 4, 0),
            field("Reason", "reason", "string", 5, 0),
            field("Message", "message", "string", 6, 0),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Condition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.observed_generation,
            3 => &self.last_transition_time,
            4 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.observed_generation,
            3 => &mut self.last_transition_time,
            4 => &mut self.reason,
            _ => &mut self.message,
        }
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

/// `meta.k8s.io/v1` CreateOptions.
#[derive(Clone, Default, PartialEq)]
pub struct CreateOptions {
    /// `dryRun`.
    pub dry_run: Vec<Str>,
    /// `fieldManager`.
    pub field_manager: Str,
    /// `fieldValidation`.
    pub field_validation: Str,
}

impl Message for CreateOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("DryRun", "dryRun", "[]string", 1, 1),
            field("FieldManager", "fieldManager", "string", 3, 1),
            field("FieldValidation", "fieldValidation", "string", 4, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CreateOptions", api_version: "meta.k8s.io/v1", kind: "CreateOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.dry_run,
            1 => &self.field_manager,
            _ => &self.field_validation,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.dry_run,
            1 => &mut self.field_manager,
            _ => &mut self.field_validation,
        }
    }
}

/// `meta.k8s.io/v1` DeleteOptions.
#[derive(Clone, Default, PartialEq)]
pub struct DeleteOptions {
    /// `gracePeriodSeconds`.
    pub grace_period_seconds: Option<i64>,
    /// `preconditions`.
    pub preconditions: Option<Box<Preconditions>>,
    /// `orphanDependents`.
    pub orphan_dependents: Option<bool>,
    /// `propagationPolicy`.
    pub propagation_policy: Option<Str>,
    /// `dryRun`.
    pub dry_run: Vec<Str>,
    /// `ignoreStoreReadErrorWithClusterBreakingPotential`.
    pub ignore_store_read_error_with_cluster_breaking_potential: Option<bool>,
}

impl Message for DeleteOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("GracePeriodSeconds", "gracePeriodSeconds", "int64", 1, 1),
            field("Preconditions", "preconditions", "v1.Preconditions", 2, 1),
            field("OrphanDependents", "orphanDependents", "bool", 3, 1),
            field("PropagationPolicy", "propagationPolicy", "v1.DeletionPropagation", 4, 1),
            field("DryRun", "dryRun", "[]string", 5, 1),
            field("IgnoreStoreReadErrorWithClusterBreakingPotential", "ignoreStoreReadErrorWithClusterBreakingPotential", "bool", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeleteOptions", api_version: "v1", kind: "DeleteOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.grace_period_seconds,
            1 => &self.preconditions,
            2 => &self.orphan_dependents,
            3 => &self.propagation_policy,
            4 => &self.dry_run,
            _ => &self.ignore_store_read_error_with_cluster_breaking_potential,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.grace_period_seconds,
            1 => &mut self.preconditions,
            2 => &mut self.orphan_dependents,
            3 => &mut self.propagation_policy,
            4 => &mut self.dry_run,
            _ => &mut self.ignore_store_read_error_with_cluster_breaking_potential,
        }
    }
}

/// Values of `DeletionPropagation`.
#[derive(Debug)]
pub enum DeletionPropagation {}

impl DeletionPropagation {
    /// `Orphan`.
    pub const ORPHAN: &str = "Orphan";
    /// `Background`.
    pub const BACKGROUND: &str = "Background";
    /// `Foreground`.
    pub const FOREGROUND: &str = "Foreground";
}

/// Values of `FieldSelectorOperator`.
#[derive(Debug)]
pub enum FieldSelectorOperator {}

impl FieldSelectorOperator {
    /// `In`.
    pub const IN: &str = "In";
    /// `NotIn`.
    pub const NOT_IN: &str = "NotIn";
    /// `Exists`.
    pub const EXISTS: &str = "Exists";
    /// `DoesNotExist`.
    pub const DOES_NOT_EXIST: &str = "DoesNotExist";
}

/// `meta.k8s.io/v1` FieldSelectorRequirement.
#[derive(Clone, Default, PartialEq)]
pub struct FieldSelectorRequirement {
    /// `key`.
    pub key: Str,
    /// `operator`.
    pub operator: Str,
    /// `values`.
    pub values: Slice<Str>,
}

impl Message for FieldSelectorRequirement {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Key", "key", "string", 1, 0),
            field("Operator", "operator", "v1.FieldSelectorOperator", 2, 0),
            field("Values", "values", "[]string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FieldSelectorRequirement", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.key,
            1 => &self.operator,
            _ => &self.values,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.key,
            1 => &mut self.operator,
            _ => &mut self.values,
        }
    }
}

/// `meta.k8s.io/v1` GetOptions.
#[derive(Clone, Default, PartialEq)]
pub struct GetOptions {
    /// `resourceVersion`.
    pub resource_version: Str,
}

impl Message for GetOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("ResourceVersion", "resourceVersion", "string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GetOptions", api_version: "meta.k8s.io/v1", kind: "GetOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.resource_version
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.resource_version
    }
}

/// `meta.k8s.io/v1` GroupKind.
#[derive(Clone, Default, PartialEq)]
pub struct GroupKind {
    /// `group`.
    pub group: Str,
    /// `kind`.
    pub kind: Str,
}

impl Message for GroupKind {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Group", "group", "string", 1, 0),
            field("Kind", "kind", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GroupKind", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.group,
            _ => &self.kind,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.group,
            _ => &mut self.kind,
        }
    }
}

/// `meta.k8s.io/v1` GroupResource.
#[derive(Clone, Default, PartialEq)]
pub struct GroupResource {
    /// `group`.
    pub group: Str,
    /// `resource`.
    pub resource: Str,
}

impl Message for GroupResource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Group", "group", "string", 1, 0),
            field("Resource", "resource", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GroupResource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.group,
            _ => &self.resource,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.group,
            _ => &mut self.resource,
        }
    }
}

/// `meta.k8s.io/v1` GroupVersion.
#[derive(Clone, Default, PartialEq)]
pub struct GroupVersion {
    /// `group`.
    pub group: Str,
    /// `version`.
    pub version: Str,
}

impl Message for GroupVersion {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Group", "group", "string", 1, 0),
            field("Version", "version", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GroupVersion", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.group,
            _ => &self.version,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.group,
            _ => &mut self.version,
        }
    }
}

/// `meta.k8s.io/v1` GroupVersionForDiscovery.
#[derive(Clone, Default, PartialEq)]
pub struct GroupVersionForDiscovery {
    /// `groupVersion`.
    pub group_version: Str,
    /// `version`.
    pub version: Str,
}

impl Message for GroupVersionForDiscovery {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("GroupVersion", "groupVersion", "string", 1, 0),
            field("Version", "version", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GroupVersionForDiscovery", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.group_version,
            _ => &self.version,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.group_version,
            _ => &mut self.version,
        }
    }
}

/// `meta.k8s.io/v1` GroupVersionKind.
#[derive(Clone, Default, PartialEq)]
pub struct GroupVersionKind {
    /// `group`.
    pub group: Str,
    /// `version`.
    pub version: Str,
    /// `kind`.
    pub kind: Str,
}

impl Message for GroupVersionKind {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Group", "group", "string", 1, 0),
            field("Version", "version", "string", 2, 0),
            field("Kind", "kind", "string", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GroupVersionKind", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.group,
            1 => &self.version,
            _ => &self.kind,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.group,
            1 => &mut self.version,
            _ => &mut self.kind,
        }
    }
}

/// `meta.k8s.io/v1` GroupVersionResource.
#[derive(Clone, Default, PartialEq)]
pub struct GroupVersionResource {
    /// `group`.
    pub group: Str,
    /// `version`.
    pub version: Str,
    /// `resource`.
    pub resource: Str,
}

impl Message for GroupVersionResource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Group", "group", "string", 1, 0),
            field("Version", "version", "string", 2, 0),
            field("Resource", "resource", "string", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GroupVersionResource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.group,
            1 => &self.version,
            _ => &self.resource,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.group,
            1 => &mut self.version,
            _ => &mut self.resource,
        }
    }
}

/// Values of `IncludeObjectPolicy`.
#[derive(Debug)]
pub enum IncludeObjectPolicy {}

impl IncludeObjectPolicy {
    /// `None`.
    pub const NONE: &str = "None";
    /// `Metadata`.
    pub const METADATA: &str = "Metadata";
    /// `Object`.
    pub const OBJECT: &str = "Object";
}

/// `meta.k8s.io/v1` LabelSelector.
#[derive(Clone, Default, PartialEq)]
pub struct LabelSelector {
    /// `matchLabels`.
    pub match_labels: Map<Str, Str>,
    /// `matchExpressions`.
    pub match_expressions: Slice<LabelSelectorRequirement>,
}

impl Message for LabelSelector {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("MatchLabels", "matchLabels", "map[string]string", 1, 1),
            field("MatchExpressions", "matchExpressions", "[]v1.LabelSelectorRequirement", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LabelSelector", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.match_labels,
            _ => &self.match_expressions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.match_labels,
            _ => &mut self.match_expressions,
        }
    }
}

/// Values of `LabelSelectorOperator`.
#[derive(Debug)]
pub enum LabelSelectorOperator {}

impl LabelSelectorOperator {
    /// `In`.
    pub const IN: &str = "In";
    /// `NotIn`.
    pub const NOT_IN: &str = "NotIn";
    /// `Exists`.
    pub const EXISTS: &str = "Exists";
    /// `DoesNotExist`.
    pub const DOES_NOT_EXIST: &str = "DoesNotExist";
}

/// `meta.k8s.io/v1` LabelSelectorRequirement.
#[derive(Clone, Default, PartialEq)]
pub struct LabelSelectorRequirement {
    /// `key`.
    pub key: Str,
    /// `operator`.
    pub operator: Str,
    /// `values`.
    pub values: Slice<Str>,
}

impl Message for LabelSelectorRequirement {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Key", "key", "string", 1, 0),
            field("Operator", "operator", "v1.LabelSelectorOperator", 2, 0),
            field("Values", "values", "[]string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LabelSelectorRequirement", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.key,
            1 => &self.operator,
            _ => &self.values,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.key,
            1 => &mut self.operator,
            _ => &mut self.values,
        }
    }
}

/// `meta.k8s.io/v1` List.
#[derive(Clone, Default, PartialEq)]
pub struct List {
    /// `metadata`.
    pub metadata: ListMeta,
    /// `items`.
    pub items: Slice<RawJson>,
}

impl Message for List {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ListMeta", "metadata", "v1.ListMeta", 1, 1),
            field("Items", "items", "[]runtime.RawExtension", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "List", api_version: "v1", kind: "List", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
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

/// `meta.k8s.io/v1` ListMeta.
#[derive(Clone, Default, PartialEq)]
pub struct ListMeta {
    /// `selfLink`.
    pub self_link: Str,
    /// `resourceVersion`.
    pub resource_version: Str,
    /// `continue`.
    pub continue_: Str,
    /// `remainingItemCount`.
    pub remaining_item_count: Option<i64>,
    /// `shardInfo`.
    pub shard_info: Option<Box<ShardInfo>>,
}

impl Message for ListMeta {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("SelfLink", "selfLink", "string", 1, 1),
            field("ResourceVersion", "resourceVersion", "string", 2, 1),
            field("Continue", "continue", "string", 3, 1),
            field("RemainingItemCount", "remainingItemCount", "int64", 4, 1),
            field("ShardInfo", "shardInfo", "v1.ShardInfo", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ListMeta", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.self_link,
            1 => &self.resource_version,
            2 => &self.continue_,
            3 => &self.remaining_item_count,
            _ => &self.shard_info,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.self_link,
            1 => &mut self.resource_version,
            2 => &mut self.continue_,
            3 => &mut self.remaining_item_count,
            _ => &mut self.shard_info,
        }
    }
}

/// `meta.k8s.io/v1` ListOptions.
#[derive(Clone, Default, PartialEq)]
pub struct ListOptions {
    /// `labelSelector`.
    pub label_selector: Str,
    /// `fieldSelector`.
    pub field_selector: Str,
    /// `watch`.
    pub watch: bool,
    /// `allowWatchBookmarks`.
    pub allow_watch_bookmarks: bool,
    /// `resourceVersion`.
    pub resource_version: Str,
    /// `resourceVersionMatch`.
    pub resource_version_match: Str,
    /// `timeoutSeconds`.
    pub timeout_seconds: Option<i64>,
    /// `limit`.
    pub limit: i64,
    /// `continue`.
    pub continue_: Str,
    /// `sendInitialEvents`.
    pub send_initial_events: Option<bool>,
    /// `shardSelector`.
    pub shard_selector: Str,
}

impl Message for ListOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 11] = [
            field("LabelSelector", "labelSelector", "string", 1, 1),
            field("FieldSelector", "fieldSelector", "string", 2, 1),
            field("Watch", "watch", "bool", 3, 1),
            field("AllowWatchBookmarks", "allowWatchBookmarks", "bool", 9, 1),
            field("ResourceVersion", "resourceVersion", "string", 4, 1),
            field("ResourceVersionMatch", "resourceVersionMatch", "v1.ResourceVersionMatch", 10, 1),
            field("TimeoutSeconds", "timeoutSeconds", "int64", 5, 1),
            field("Limit", "limit", "int64", 7, 1),
            field("Continue", "continue", "string", 8, 1),
            field("SendInitialEvents", "sendInitialEvents", "bool", 11, 1),
            field("ShardSelector", "shardSelector", "string", 15, 1),
        ];
        static KEYS: [u16; 11] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ListOptions", api_version: "meta.k8s.io/v1", kind: "ListOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 4, 6, 7, 8, 3, 5, 9, 10] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.label_selector,
            1 => &self.field_selector,
            2 => &self.watch,
            3 => &self.allow_watch_bookmarks,
            4 => &self.resource_version,
            5 => &self.resource_version_match,
            6 => &self.timeout_seconds,
            7 => &self.limit,
            8 => &self.continue_,
            9 => &self.send_initial_events,
            _ => &self.shard_selector,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.label_selector,
            1 => &mut self.field_selector,
            2 => &mut self.watch,
            3 => &mut self.allow_watch_bookmarks,
            4 => &mut self.resource_version,
            5 => &mut self.resource_version_match,
            6 => &mut self.timeout_seconds,
            7 => &mut self.limit,
            8 => &mut self.continue_,
            9 => &mut self.send_initial_events,
            _ => &mut self.shard_selector,
        }
    }
}

/// `meta.k8s.io/v1` ManagedFieldsEntry.
#[derive(Clone, Default, PartialEq)]
pub struct ManagedFieldsEntry {
    /// `manager`.
    pub manager: Str,
    /// `operation`.
    pub operation: Str,
    /// `apiVersion`.
    pub api_version: Str,
    /// `time`.
    pub time: Option<Time>,
    /// `fieldsType`.
    pub fields_type: Str,
    /// `fieldsV1`.
    pub fields_v1: Option<RawJson>,
    /// `subresource`.
    pub subresource: Str,
}

impl Message for ManagedFieldsEntry {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("Manager", "manager", "string", 1, 1),
            field("Operation", "operation", "v1.ManagedFieldsOperationType", 2, 1),
            field("APIVersion", "apiVersion", "string", 3, 1),
            field("Time", "time", "v1.Time", 4, 1),
            field("FieldsType", "fieldsType", "string", 6, 1),
            field("FieldsV1", "fieldsV1", "v1.FieldsV1", 7, 1),
            field("Subresource", "subresource", "string", 8, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ManagedFieldsEntry", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.manager,
            1 => &self.operation,
            2 => &self.api_version,
            3 => &self.time,
            4 => &self.fields_type,
            5 => &self.fields_v1,
            _ => &self.subresource,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.manager,
            1 => &mut self.operation,
            2 => &mut self.api_version,
            3 => &mut self.time,
            4 => &mut self.fields_type,
            5 => &mut self.fields_v1,
            _ => &mut self.subresource,
        }
    }
}

/// Values of `ManagedFieldsOperationType`.
#[derive(Debug)]
pub enum ManagedFieldsOperationType {}

impl ManagedFieldsOperationType {
    /// `Apply`.
    pub const APPLY: &str = "Apply";
    /// `Update`.
    pub const UPDATE: &str = "Update";
}

/// `meta.k8s.io/v1` ObjectMeta.
#[derive(Clone, Default, PartialEq)]
pub struct ObjectMeta {
    /// `name`.
    pub name: Str,
    /// `generateName`.
    pub generate_name: Str,
    /// `namespace`.
    pub namespace: Str,
    /// `selfLink`.
    pub self_link: Str,
    /// `uid`.
    pub uid: Str,
    /// `resourceVersion`.
    pub resource_version: Str,
    /// `generation`.
    pub generation: i64,
    /// `creationTimestamp`.
    pub creation_timestamp: Time,
    /// `deletionTimestamp`.
    pub deletion_timestamp: Option<Time>,
    /// `deletionGracePeriodSeconds`.
    pub deletion_grace_period_seconds: Option<i64>,
    /// `labels`.
    pub labels: Map<Str, Str>,
    /// `annotations`.
    pub annotations: Map<Str, Str>,
    /// `ownerReferences`.
    pub owner_references: Vec<OwnerReference>,
    /// `finalizers`.
    pub finalizers: Vec<Str>,
    /// `managedFields`.
    pub managed_fields: Vec<ManagedFieldsEntry>,
}

impl Message for ObjectMeta {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 15] = [
            field("Name", "name", "string", 1, 1),
            field("GenerateName", "generateName", "string", 2, 1),
            field("Namespace", "namespace", "string", 3, 1),
            field("SelfLink", "selfLink", "string", 4, 1),
            field("UID", "uid", "types.UID", 5, 1),
            field("ResourceVersion", "resourceVersion", "string", 6, 1),
            field("Generation", "generation", "int64", 7, 1),
            field("CreationTimestamp", "creationTimestamp", "v1.Time", 8, 5),
            field("DeletionTimestamp", "deletionTimestamp", "v1.Time", 9, 1),
            field("DeletionGracePeriodSeconds", "deletionGracePeriodSeconds", "int64", 10, 1),
            field("Labels", "labels", "map[string]string", 11, 1),
            field("Annotations", "annotations", "map[string]string", 12, 1),
            field("OwnerReferences", "ownerReferences", "[]v1.OwnerReference", 13, 1),
            field("Finalizers", "finalizers", "[]string", 14, 1),
            field("ManagedFields", "managedFields", "[]v1.ManagedFieldsEntry", 17, 1),
        ];
        static KEYS: [u16; 15] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ObjectMeta", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.generate_name,
            2 => &self.namespace,
            3 => &self.self_link,
            4 => &self.uid,
            5 => &self.resource_version,
            6 => &self.generation,
            7 => &self.creation_timestamp,
            8 => &self.deletion_timestamp,
            9 => &self.deletion_grace_period_seconds,
            10 => &self.labels,
            11 => &self.annotations,
            12 => &self.owner_references,
            13 => &self.finalizers,
            _ => &self.managed_fields,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.generate_name,
            2 => &mut self.namespace,
            3 => &mut self.self_link,
            4 => &mut self.uid,
            5 => &mut self.resource_version,
            6 => &mut self.generation,
            7 => &mut self.creation_timestamp,
            8 => &mut self.deletion_timestamp,
            9 => &mut self.deletion_grace_period_seconds,
            10 => &mut self.labels,
            11 => &mut self.annotations,
            12 => &mut self.owner_references,
            13 => &mut self.finalizers,
            _ => &mut self.managed_fields,
        }
    }
}

/// `meta.k8s.io/v1` OwnerReference.
#[derive(Clone, Default, PartialEq)]
pub struct OwnerReference {
    /// `apiVersion`.
    pub api_version: Str,
    /// `kind`.
    pub kind: Str,
    /// `name`.
    pub name: Str,
    /// `uid`.
    pub uid: Str,
    /// `controller`.
    pub controller: Option<bool>,
    /// `blockOwnerDeletion`.
    pub block_owner_deletion: Option<bool>,
}

impl Message for OwnerReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("APIVersion", "apiVersion", "string", 5, 0),
            field("Kind", "kind", "string", 1, 0),
            field("Name", "name", "string", 3, 0),
            field("UID", "uid", "types.UID", 4, 0),
            field("Controller", "controller", "bool", 6, 1),
            field("BlockOwnerDeletion", "blockOwnerDeletion", "bool", 7, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "OwnerReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[1, 2, 3, 0, 4, 5] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.api_version,
            1 => &self.kind,
            2 => &self.name,
            3 => &self.uid,
            4 => &self.controller,
            _ => &self.block_owner_deletion,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.api_version,
            1 => &mut self.kind,
            2 => &mut self.name,
            3 => &mut self.uid,
            4 => &mut self.controller,
            _ => &mut self.block_owner_deletion,
        }
    }
}

/// `meta.k8s.io/v1` PartialObjectMetadata.
#[derive(Clone, Default, PartialEq)]
pub struct PartialObjectMetadata {
    /// `metadata`.
    pub metadata: ObjectMeta,
}

impl Message for PartialObjectMetadata {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PartialObjectMetadata", api_version: "meta.k8s.io/v1", kind: "PartialObjectMetadata", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.metadata
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.metadata
    }
}

impl Kind for PartialObjectMetadata {
    const GROUP: &'static str = "meta.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "meta.k8s.io/v1";
    const KIND: &'static str = "PartialObjectMetadata";
    const LIST_KIND: &'static str = "PartialObjectMetadataList";
    const PLURAL: &'static str = "partialobjectmetadatas";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `meta.k8s.io/v1` PartialObjectMetadataList.
#[derive(Clone, Default, PartialEq)]
pub struct PartialObjectMetadataList {
    /// `metadata`.
    pub metadata: ListMeta,
    /// `items`.
    pub items: Slice<PartialObjectMetadata>,
}

impl Message for PartialObjectMetadataList {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ListMeta", "metadata", "v1.ListMeta", 1, 1),
            field("Items", "items", "[]v1.PartialObjectMetadata", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PartialObjectMetadataList", api_version: "meta.k8s.io/v1", kind: "PartialObjectMetadataList", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
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

/// `meta.k8s.io/v1` PatchOptions.
#[derive(Clone, Default, PartialEq)]
pub struct PatchOptions {
    /// `dryRun`.
    pub dry_run: Vec<Str>,
    /// `force`.
    pub force: Option<bool>,
    /// `fieldManager`.
    pub field_manager: Str,
    /// `fieldValidation`.
    pub field_validation: Str,
}

impl Message for PatchOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("DryRun", "dryRun", "[]string", 1, 1),
            field("Force", "force", "bool", 2, 1),
            field("FieldManager", "fieldManager", "string", 3, 1),
            field("FieldValidation", "fieldValidation", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PatchOptions", api_version: "meta.k8s.io/v1", kind: "PatchOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.dry_run,
            1 => &self.force,
            2 => &self.field_manager,
            _ => &self.field_validation,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.dry_run,
            1 => &mut self.force,
            2 => &mut self.field_manager,
            _ => &mut self.field_validation,
        }
    }
}

/// `meta.k8s.io/v1` Preconditions.
#[derive(Clone, Default, PartialEq)]
pub struct Preconditions {
    /// `uid`.
    pub uid: Option<Str>,
    /// `resourceVersion`.
    pub resource_version: Option<Str>,
}

impl Message for Preconditions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("UID", "uid", "types.UID", 1, 1),
            field("ResourceVersion", "resourceVersion", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Preconditions", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.uid,
            _ => &self.resource_version,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.uid,
            _ => &mut self.resource_version,
        }
    }
}

/// Values of `ResourceVersionMatch`.
#[derive(Debug)]
pub enum ResourceVersionMatch {}

impl ResourceVersionMatch {
    /// `NotOlderThan`.
    pub const NOT_OLDER_THAN: &str = "NotOlderThan";
    /// `Exact`.
    pub const EXACT: &str = "Exact";
}

/// `meta.k8s.io/v1` RootPaths.
#[derive(Clone, Default, PartialEq)]
pub struct RootPaths {
    /// `paths`.
    pub paths: Slice<Str>,
}

impl Message for RootPaths {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Paths", "paths", "[]string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RootPaths", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// Values of `RowConditionType`.
#[derive(Debug)]
pub enum RowConditionType {}

impl RowConditionType {
    /// `Completed`.
    pub const COMPLETED: &str = "Completed";
}

/// `meta.k8s.io/v1` ServerAddressByClientCIDR.
#[derive(Clone, Default, PartialEq)]
pub struct ServerAddressByClientCIDR {
    /// `clientCIDR`.
    pub client_cidr: Str,
    /// `serverAddress`.
    pub server_address: Str,
}

impl Message for ServerAddressByClientCIDR {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ClientCIDR", "clientCIDR", "string", 1, 0),
            field("ServerAddress", "serverAddress", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServerAddressByClientCIDR", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.client_cidr,
            _ => &self.server_address,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.client_cidr,
            _ => &mut self.server_address,
        }
    }
}

/// `meta.k8s.io/v1` ShardInfo.
#[derive(Clone, Default, PartialEq)]
pub struct ShardInfo {
    /// `selector`.
    pub selector: Str,
}

impl Message for ShardInfo {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Selector", "selector", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ShardInfo", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.selector
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.selector
    }
}

/// `meta.k8s.io/v1` Status.
#[derive(Clone, Default, PartialEq)]
pub struct Status {
    /// `metadata`.
    pub metadata: ListMeta,
    /// `status`.
    pub status: Str,
    /// `message`.
    pub message: Str,
    /// `reason`.
    pub reason: Str,
    /// `details`.
    pub details: Option<Box<StatusDetails>>,
    /// `code`.
    pub code: i32,
}

impl Message for Status {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("ListMeta", "metadata", "v1.ListMeta", 1, 1),
            field("Status", "status", "string", 2, 1),
            field("Message", "message", "string", 3, 1),
            field("Reason", "reason", "v1.StatusReason", 4, 1),
            field("Details", "details", "v1.StatusDetails", 5, 1),
            field("Code", "code", "int32", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Status", api_version: "v1", kind: "Status", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.status,
            2 => &self.message,
            3 => &self.reason,
            4 => &self.details,
            _ => &self.code,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.status,
            2 => &mut self.message,
            3 => &mut self.reason,
            4 => &mut self.details,
            _ => &mut self.code,
        }
    }
}

/// `meta.k8s.io/v1` StatusCause.
#[derive(Clone, Default, PartialEq)]
pub struct StatusCause {
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
    /// `field`.
    pub field: Str,
}

impl Message for StatusCause {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Type", "reason", "v1.CauseType", 1, 1),
            field("Message", "message", "string", 2, 1),
            field("Field", "field", "string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StatusCause", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.reason,
            1 => &self.message,
            _ => &self.field,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.reason,
            1 => &mut self.message,
            _ => &mut self.field,
        }
    }
}

/// `meta.k8s.io/v1` StatusDetails.
#[derive(Clone, Default, PartialEq)]
pub struct StatusDetails {
    /// `name`.
    pub name: Str,
    /// `group`.
    pub group: Str,
    /// `kind`.
    pub kind: Str,
    /// `uid`.
    pub uid: Str,
    /// `causes`.
    pub causes: Vec<StatusCause>,
    /// `retryAfterSeconds`.
    pub retry_after_seconds: i32,
}

impl Message for StatusDetails {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Name", "name", "string", 1, 1),
            field("Group", "group", "string", 2, 1),
            field("Kind", "kind", "string", 3, 1),
            field("UID", "uid", "types.UID", 6, 1),
            field("Causes", "causes", "[]v1.StatusCause", 4, 1),
            field("RetryAfterSeconds", "retryAfterSeconds", "int32", 5, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StatusDetails", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 4, 5, 3] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.group,
            2 => &self.kind,
            3 => &self.uid,
            4 => &self.causes,
            _ => &self.retry_after_seconds,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.group,
            2 => &mut self.kind,
            3 => &mut self.uid,
            4 => &mut self.causes,
            _ => &mut self.retry_after_seconds,
        }
    }
}

/// Values of `StatusReason`.
#[derive(Debug)]
pub enum StatusReason {}

impl StatusReason {
    /// ``.
    pub const EMPTY: &str = "";
    /// `Unauthorized`.
    pub const UNAUTHORIZED: &str = "Unauthorized";
    /// `Forbidden`.
    pub const FORBIDDEN: &str = "Forbidden";
    /// `NotFound`.
    pub const NOT_FOUND: &str = "NotFound";
    /// `AlreadyExists`.
    pub const ALREADY_EXISTS: &str = "AlreadyExists";
    /// `Conflict`.
    pub const CONFLICT: &str = "Conflict";
    /// `Gone`.
    pub const GONE: &str = "Gone";
    /// `Invalid`.
    pub const INVALID: &str = "Invalid";
    /// `ServerTimeout`.
    pub const SERVER_TIMEOUT: &str = "ServerTimeout";
    /// `StorageReadError`.
    pub const STORAGE_READ_ERROR: &str = "StorageReadError";
    /// `Timeout`.
    pub const TIMEOUT: &str = "Timeout";
    /// `TooManyRequests`.
    pub const TOO_MANY_REQUESTS: &str = "TooManyRequests";
    /// `BadRequest`.
    pub const BAD_REQUEST: &str = "BadRequest";
    /// `MethodNotAllowed`.
    pub const METHOD_NOT_ALLOWED: &str = "MethodNotAllowed";
    /// `NotAcceptable`.
    pub const NOT_ACCEPTABLE: &str = "NotAcceptable";
    /// `RequestEntityTooLarge`.
    pub const REQUEST_ENTITY_TOO_LARGE: &str = "RequestEntityTooLarge";
    /// `UnsupportedMediaType`.
    pub const UNSUPPORTED_MEDIA_TYPE: &str = "UnsupportedMediaType";
    /// `InternalError`.
    pub const INTERNAL_ERROR: &str = "InternalError";
    /// `Expired`.
    pub const EXPIRED: &str = "Expired";
    /// `ServiceUnavailable`.
    pub const SERVICE_UNAVAILABLE: &str = "ServiceUnavailable";
}

/// `meta.k8s.io/v1` Table.
#[derive(Clone, Default, PartialEq)]
pub struct Table {
    /// `metadata`.
    pub metadata: ListMeta,
    /// `columnDefinitions`.
    pub column_definitions: Slice<TableColumnDefinition>,
    /// `rows`.
    pub rows: Slice<TableRow>,
}

impl Message for Table {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ListMeta", "metadata", "v1.ListMeta", 0, 1),
            field("ColumnDefinitions", "columnDefinitions", "[]v1.TableColumnDefinition", 0, 0),
            field("Rows", "rows", "[]v1.TableRow", 0, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Table", api_version: "meta.k8s.io/v1", kind: "Table", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.column_definitions,
            _ => &self.rows,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.column_definitions,
            _ => &mut self.rows,
        }
    }
}

/// `meta.k8s.io/v1` TableColumnDefinition.
#[derive(Clone, Default, PartialEq)]
pub struct TableColumnDefinition {
    /// `name`.
    pub name: Str,
    /// `type`.
    pub type_: Str,
    /// `format`.
    pub format: Str,
    /// `description`.
    pub description: Str,
    /// `priority`.
    pub priority: i32,
}

impl Message for TableColumnDefinition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Name", "name", "string", 0, 0),
            field("Type", "type", "string", 0, 0),
            field("Format", "format", "string", 0, 0),
            field("Description", "description", "string", 0, 0),
            field("Priority", "priority", "int32", 0, 0),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TableColumnDefinition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.type_,
            2 => &self.format,
            3 => &self.description,
            _ => &self.priority,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.type_,
            2 => &mut self.format,
            3 => &mut self.description,
            _ => &mut self.priority,
        }
    }
}

/// `meta.k8s.io/v1` TableOptions.
#[derive(Clone, Default, PartialEq)]
pub struct TableOptions {
    /// `includeObject`.
    pub include_object: Str,
}

impl Message for TableOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("IncludeObject", "includeObject", "v1.IncludeObjectPolicy", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TableOptions", api_version: "meta.k8s.io/v1", kind: "TableOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.include_object
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.include_object
    }
}

/// `meta.k8s.io/v1` TableRow.
#[derive(Clone, Default, PartialEq)]
pub struct TableRow {
    /// `cells`.
    pub cells: Slice<RawJson>,
    /// `conditions`.
    pub conditions: Vec<TableRowCondition>,
    /// `object`.
    pub object: RawJson,
}

impl Message for TableRow {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Cells", "cells", "[]interface{}", 0, 0),
            field("Conditions", "conditions", "[]v1.TableRowCondition", 0, 1),
            field("Object", "object", "runtime.RawExtension", 0, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TableRow", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.cells,
            1 => &self.conditions,
            _ => &self.object,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.cells,
            1 => &mut self.conditions,
            _ => &mut self.object,
        }
    }
}

/// `meta.k8s.io/v1` TableRowCondition.
#[derive(Clone, Default, PartialEq)]
pub struct TableRowCondition {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for TableRowCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Type", "type", "v1.RowConditionType", 0, 0),
            field("Status", "status", "v1.ConditionStatus", 0, 0),
            field("Reason", "reason", "string", 0, 1),
            field("Message", "message", "string", 0, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TableRowCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.reason,
            _ => &mut self.message,
        }
    }
}

/// `meta.k8s.io/v1` UpdateOptions.
#[derive(Clone, Default, PartialEq)]
pub struct UpdateOptions {
    /// `dryRun`.
    pub dry_run: Vec<Str>,
    /// `fieldManager`.
    pub field_manager: Str,
    /// `fieldValidation`.
    pub field_validation: Str,
}

impl Message for UpdateOptions {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("DryRun", "dryRun", "[]string", 1, 1),
            field("FieldManager", "fieldManager", "string", 2, 1),
            field("FieldValidation", "fieldValidation", "string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "UpdateOptions", api_version: "meta.k8s.io/v1", kind: "UpdateOptions", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.dry_run,
            1 => &self.field_manager,
            _ => &self.field_validation,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.dry_run,
            1 => &mut self.field_manager,
            _ => &mut self.field_validation,
        }
    }
}

/// `meta.k8s.io/v1` WatchEvent.
#[derive(Clone, Default, PartialEq)]
pub struct WatchEvent {
    /// `type`.
    pub type_: Str,
    /// `object`.
    pub object: RawJson,
}

impl Message for WatchEvent {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Type", "type", "string", 1, 0),
            field("Object", "object", "runtime.RawExtension", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "WatchEvent", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            _ => &self.object,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            _ => &mut self.object,
        }
    }
}

meta::codec::impl_value!(
    APIGroup,
    APIGroupList,
    APIResource,
    APIResourceList,
    APIVersions,
    ApplyOptions,
    Condition,
    CreateOptions,
    DeleteOptions,
    FieldSelectorRequirement,
    GetOptions,
    GroupKind,
    GroupResource,
    GroupVersion,
    GroupVersionForDiscovery,
    GroupVersionKind,
    GroupVersionResource,
    LabelSelector,
    LabelSelectorRequirement,
    List,
    ListMeta,
    ListOptions,
    ManagedFieldsEntry,
    ObjectMeta,
    OwnerReference,
    PartialObjectMetadata,
    PartialObjectMetadataList,
    PatchOptions,
    Preconditions,
    RootPaths,
    ServerAddressByClientCIDR,
    ShardInfo,
    Status,
    StatusCause,
    StatusDetails,
    Table,
    TableColumnDefinition,
    TableOptions,
    TableRow,
    TableRowCondition,
    UpdateOptions,
    WatchEvent
);
