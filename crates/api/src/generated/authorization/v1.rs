//! `authorization.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Map, Scope, Slice, Str, StringList,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `authorization.k8s.io/v1` FieldSelectorAttributes.
#[derive(Clone, Default, PartialEq)]
pub struct FieldSelectorAttributes {
    /// `rawSelector`.
    pub raw_selector: Str,
    /// `requirements`.
    pub requirements: Slice<meta::v1::FieldSelectorRequirement>,
}

impl Message for FieldSelectorAttributes {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("RawSelector", "rawSelector", "string", 1, 1),
            field("Requirements", "requirements", "[]v1.FieldSelectorRequirement", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FieldSelectorAttributes", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.raw_selector,
            _ => &self.requirements,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.raw_selector,
            _ => &mut self.requirements,
        }
    }
}

/// `authorization.k8s.io/v1` LabelSelectorAttributes.
#[derive(Clone, Default, PartialEq)]
pub struct LabelSelectorAttributes {
    /// `rawSelector`.
    pub raw_selector: Str,
    /// `requirements`.
    pub requirements: Slice<meta::v1::LabelSelectorRequirement>,
}

impl Message for LabelSelectorAttributes {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("RawSelector", "rawSelector", "string", 1, 1),
            field("Requirements", "requirements", "[]v1.LabelSelectorRequirement", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LabelSelectorAttributes", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.raw_selector,
            _ => &self.requirements,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.raw_selector,
            _ => &mut self.requirements,
        }
    }
}

/// `authorization.k8s.io/v1` LocalSubjectAccessReview.
#[derive(Clone, Default, PartialEq)]
pub struct LocalSubjectAccessReview {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: SubjectAccessReviewSpec,
    /// `status`.
    pub status: SubjectAccessReviewStatus,
}

impl Message for LocalSubjectAccessReview {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.SubjectAccessReviewSpec", 2, 0),
            field("Status", "status", "v1.SubjectAccessReviewStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LocalSubjectAccessReview", api_version: "authorization.k8s.io/v1", kind: "LocalSubjectAccessReview", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for LocalSubjectAccessReview {
    const GROUP: &'static str = "authorization.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "authorization.k8s.io/v1";
    const KIND: &'static str = "LocalSubjectAccessReview";
    const LIST_KIND: &'static str = "LocalSubjectAccessReviewList";
    const PLURAL: &'static str = "localsubjectaccessreviews";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `authorization.k8s.io/v1` NonResourceAttributes.
#[derive(Clone, Default, PartialEq)]
pub struct NonResourceAttributes {
    /// `path`.
    pub path: Str,
    /// `verb`.
    pub verb: Str,
}

impl Message for NonResourceAttributes {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Path", "path", "string", 1, 1),
            field("Verb", "verb", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NonResourceAttributes", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.path,
            _ => &self.verb,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.path,
            _ => &mut self.verb,
        }
    }
}

/// `authorization.k8s.io/v1` NonResourceRule.
#[derive(Clone, Default, PartialEq)]
pub struct NonResourceRule {
    /// `verbs`.
    pub verbs: Slice<Str>,
    /// `nonResourceURLs`.
    pub non_resource_urls: Slice<Str>,
}

impl Message for NonResourceRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Verbs", "verbs", "[]string", 1, 0),
            field("NonResourceURLs", "nonResourceURLs", "[]string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NonResourceRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.verbs,
            _ => &self.non_resource_urls,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.verbs,
            _ => &mut self.non_resource_urls,
        }
    }
}

/// `authorization.k8s.io/v1` ResourceAttributes.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceAttributes {
    /// `namespace`.
    pub namespace: Str,
    /// `verb`.
    pub verb: Str,
    /// `group`.
    pub group: Str,
    /// `version`.
    pub version: Str,
    /// `resource`.
    pub resource: Str,
    /// `subresource`.
    pub subresource: Str,
    /// `name`.
    pub name: Str,
    /// `fieldSelector`.
    pub field_selector: Option<Box<FieldSelectorAttributes>>,
    /// `labelSelector`.
    pub label_selector: Option<Box<LabelSelectorAttributes>>,
}

impl Message for ResourceAttributes {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 9] = [
            field("Namespace", "namespace", "string", 1, 1),
            field("Verb", "verb", "string", 2, 1),
            field("Group", "group", "string", 3, 1),
            field("Version", "version", "string", 4, 1),
            field("Resource", "resource", "string", 5, 1),
            field("Subresource", "subresource", "string", 6, 1),
            field("Name", "name", "string", 7, 1),
            field("FieldSelector", "fieldSelector", "v1.FieldSelectorAttributes", 8, 1),
            field("LabelSelector", "labelSelector", "v1.LabelSelectorAttributes", 9, 1),
        ];
        static KEYS: [u16; 9] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceAttributes", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.namespace,
            1 => &self.verb,
            2 => &self.group,
            3 => &self.version,
            4 => &self.resource,
            5 => &self.subresource,
            6 => &self.name,
            7 => &self.field_selector,
            _ => &self.label_selector,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.namespace,
            1 => &mut self.verb,
            2 => &mut self.group,
            3 => &mut self.version,
            4 => &mut self.resource,
            5 => &mut self.subresource,
            6 => &mut self.name,
            7 => &mut self.field_selector,
            _ => &mut self.label_selector,
        }
    }
}

/// `authorization.k8s.io/v1` ResourceRule.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceRule {
    /// `verbs`.
    pub verbs: Slice<Str>,
    /// `apiGroups`.
    pub api_groups: Slice<Str>,
    /// `resources`.
    pub resources: Slice<Str>,
    /// `resourceNames`.
    pub resource_names: Slice<Str>,
}

impl Message for ResourceRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Verbs", "verbs", "[]string", 1, 0),
            field("APIGroups", "apiGroups", "[]string", 2, 1),
            field("Resources", "resources", "[]string", 3, 1),
            field("ResourceNames", "resourceNames", "[]string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.verbs,
            1 => &self.api_groups,
            2 => &self.resources,
            _ => &self.resource_names,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.verbs,
            1 => &mut self.api_groups,
            2 => &mut self.resources,
            _ => &mut self.resource_names,
        }
    }
}

/// `authorization.k8s.io/v1` SelfSubjectAccessReview.
#[derive(Clone, Default, PartialEq)]
pub struct SelfSubjectAccessReview {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: SelfSubjectAccessReviewSpec,
    /// `status`.
    pub status: SubjectAccessReviewStatus,
}

impl Message for SelfSubjectAccessReview {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.SelfSubjectAccessReviewSpec", 2, 0),
            field("Status", "status", "v1.SubjectAccessReviewStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SelfSubjectAccessReview", api_version: "authorization.k8s.io/v1", kind: "SelfSubjectAccessReview", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for SelfSubjectAccessReview {
    const GROUP: &'static str = "authorization.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "authorization.k8s.io/v1";
    const KIND: &'static str = "SelfSubjectAccessReview";
    const LIST_KIND: &'static str = "SelfSubjectAccessReviewList";
    const PLURAL: &'static str = "selfsubjectaccessreviews";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `authorization.k8s.io/v1` SelfSubjectAccessReviewSpec.
#[derive(Clone, Default, PartialEq)]
pub struct SelfSubjectAccessReviewSpec {
    /// `resourceAttributes`.
    pub resource_attributes: Option<Box<ResourceAttributes>>,
    /// `nonResourceAttributes`.
    pub non_resource_attributes: Option<Box<NonResourceAttributes>>,
}

impl Message for SelfSubjectAccessReviewSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ResourceAttributes", "resourceAttributes", "v1.ResourceAttributes", 1, 1),
            field("NonResourceAttributes", "nonResourceAttributes", "v1.NonResourceAttributes", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SelfSubjectAccessReviewSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.resource_attributes,
            _ => &self.non_resource_attributes,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.resource_attributes,
            _ => &mut self.non_resource_attributes,
        }
    }
}

/// `authorization.k8s.io/v1` SelfSubjectRulesReview.
#[derive(Clone, Default, PartialEq)]
pub struct SelfSubjectRulesReview {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: SelfSubjectRulesReviewSpec,
    /// `status`.
    pub status: SubjectRulesReviewStatus,
}

impl Message for SelfSubjectRulesReview {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.SelfSubjectRulesReviewSpec", 2, 0),
            field("Status", "status", "v1.SubjectRulesReviewStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SelfSubjectRulesReview", api_version: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for SelfSubjectRulesReview {
    const GROUP: &'static str = "authorization.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "authorization.k8s.io/v1";
    const KIND: &'static str = "SelfSubjectRulesReview";
    const LIST_KIND: &'static str = "SelfSubjectRulesReviewList";
    const PLURAL: &'static str = "selfsubjectrulesreviews";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `authorization.k8s.io/v1` SelfSubjectRulesReviewSpec.
#[derive(Clone, Default, PartialEq)]
pub struct SelfSubjectRulesReviewSpec {
    /// `namespace`.
    pub namespace: Str,
}

impl Message for SelfSubjectRulesReviewSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Namespace", "namespace", "string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SelfSubjectRulesReviewSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.namespace
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.namespace
    }
}

/// `authorization.k8s.io/v1` SubjectAccessReview.
#[derive(Clone, Default, PartialEq)]
pub struct SubjectAccessReview {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: SubjectAccessReviewSpec,
    /// `status`.
    pub status: SubjectAccessReviewStatus,
}

impl Message for SubjectAccessReview {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.SubjectAccessReviewSpec", 2, 0),
            field("Status", "status", "v1.SubjectAccessReviewStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SubjectAccessReview", api_version: "authorization.k8s.io/v1", kind: "SubjectAccessReview", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for SubjectAccessReview {
    const GROUP: &'static str = "authorization.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "authorization.k8s.io/v1";
    const KIND: &'static str = "SubjectAccessReview";
    const LIST_KIND: &'static str = "SubjectAccessReviewList";
    const PLURAL: &'static str = "subjectaccessreviews";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `authorization.k8s.io/v1` SubjectAccessReviewSpec.
#[derive(Clone, Default, PartialEq)]
pub struct SubjectAccessReviewSpec {
    /// `resourceAttributes`.
    pub resource_attributes: Option<Box<ResourceAttributes>>,
    /// `nonResourceAttributes`.
    pub non_resource_attributes: Option<Box<NonResourceAttributes>>,
    /// `user`.
    pub user: Str,
    /// `groups`.
    pub groups: Slice<Str>,
    /// `extra`.
    pub extra: Map<Str, StringList>,
    /// `uid`.
    pub uid: Str,
}

impl Message for SubjectAccessReviewSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("ResourceAttributes", "resourceAttributes", "v1.ResourceAttributes", 1, 1),
            field("NonResourceAttributes", "nonResourceAttributes", "v1.NonResourceAttributes", 2, 1),
            field("User", "user", "string", 3, 1),
            field("Groups", "groups", "[]string", 4, 1),
            field("Extra", "extra", "map[string]v1.ExtraValue", 5, 1),
            field("UID", "uid", "string", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SubjectAccessReviewSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.resource_attributes,
            1 => &self.non_resource_attributes,
            2 => &self.user,
            3 => &self.groups,
            4 => &self.extra,
            _ => &self.uid,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.resource_attributes,
            1 => &mut self.non_resource_attributes,
            2 => &mut self.user,
            3 => &mut self.groups,
            4 => &mut self.extra,
            _ => &mut self.uid,
        }
    }
}

/// `authorization.k8s.io/v1` SubjectAccessReviewStatus.
#[derive(Clone, Default, PartialEq)]
pub struct SubjectAccessReviewStatus {
    /// `allowed`.
    pub allowed: bool,
    /// `denied`.
    pub denied: bool,
    /// `reason`.
    pub reason: Str,
    /// `evaluationError`.
    pub evaluation_error: Str,
}

impl Message for SubjectAccessReviewStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Allowed", "allowed", "bool", 1, 0),
            field("Denied", "denied", "bool", 4, 1),
            field("Reason", "reason", "string", 2, 1),
            field("EvaluationError", "evaluationError", "string", 3, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SubjectAccessReviewStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 3, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.allowed,
            1 => &self.denied,
            2 => &self.reason,
            _ => &self.evaluation_error,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.allowed,
            1 => &mut self.denied,
            2 => &mut self.reason,
            _ => &mut self.evaluation_error,
        }
    }
}

/// `authorization.k8s.io/v1` SubjectRulesReviewStatus.
#[derive(Clone, Default, PartialEq)]
pub struct SubjectRulesReviewStatus {
    /// `resourceRules`.
    pub resource_rules: Slice<ResourceRule>,
    /// `nonResourceRules`.
    pub non_resource_rules: Slice<NonResourceRule>,
    /// `incomplete`.
    pub incomplete: bool,
    /// `evaluationError`.
    pub evaluation_error: Str,
}

impl Message for SubjectRulesReviewStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("ResourceRules", "resourceRules", "[]v1.ResourceRule", 1, 0),
            field("NonResourceRules", "nonResourceRules", "[]v1.NonResourceRule", 2, 0),
            field("Incomplete", "incomplete", "bool", 3, 0),
            field("EvaluationError", "evaluationError", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "SubjectRulesReviewStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.resource_rules,
            1 => &self.non_resource_rules,
            2 => &self.incomplete,
            _ => &self.evaluation_error,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.resource_rules,
            1 => &mut self.non_resource_rules,
            2 => &mut self.incomplete,
            _ => &mut self.evaluation_error,
        }
    }
}

meta::codec::impl_value!(
    FieldSelectorAttributes,
    LabelSelectorAttributes,
    LocalSubjectAccessReview,
    NonResourceAttributes,
    NonResourceRule,
    ResourceAttributes,
    ResourceRule,
    SelfSubjectAccessReview,
    SelfSubjectAccessReviewSpec,
    SelfSubjectRulesReview,
    SelfSubjectRulesReviewSpec,
    SubjectAccessReview,
    SubjectAccessReviewSpec,
    SubjectAccessReviewStatus,
    SubjectRulesReviewStatus
);
