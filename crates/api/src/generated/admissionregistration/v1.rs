//! `admissionregistration.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    ByteString, Kind, Scope, Slice, Str,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `admissionregistration.k8s.io/v1` ApplyConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct ApplyConfiguration {
    /// `expression`.
    pub expression: Str,
}

impl Message for ApplyConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Expression", "expression", "string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ApplyConfiguration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.expression
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.expression
    }
}

/// `admissionregistration.k8s.io/v1` AuditAnnotation.
#[derive(Clone, Default, PartialEq)]
pub struct AuditAnnotation {
    /// `key`.
    pub key: Str,
    /// `valueExpression`.
    pub value_expression: Str,
}

impl Message for AuditAnnotation {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Key", "key", "string", 1, 0),
            field("ValueExpression", "valueExpression", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "AuditAnnotation", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.key,
            _ => &self.value_expression,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.key,
            _ => &mut self.value_expression,
        }
    }
}

/// `admissionregistration.k8s.io/v1` ExpressionWarning.
#[derive(Clone, Default, PartialEq)]
pub struct ExpressionWarning {
    /// `fieldRef`.
    pub field_ref: Str,
    /// `warning`.
    pub warning: Str,
}

impl Message for ExpressionWarning {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("FieldRef", "fieldRef", "string", 2, 0),
            field("Warning", "warning", "string", 3, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ExpressionWarning", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.field_ref,
            _ => &self.warning,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.field_ref,
            _ => &mut self.warning,
        }
    }
}

/// Values of `FailurePolicyType`.
#[derive(Debug)]
pub enum FailurePolicyType {}

impl FailurePolicyType {
    /// `Ignore`.
    pub const IGNORE: &str = "Ignore";
    /// `Fail`.
    pub const FAIL: &str = "Fail";
}

/// `admissionregistration.k8s.io/v1` JSONPatch.
#[derive(Clone, Default, PartialEq)]
pub struct JSONPatch {
    /// `expression`.
    pub expression: Str,
}

impl Message for JSONPatch {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Expression", "expression", "string", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "JSONPatch", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.expression
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.expression
    }
}

/// `admissionregistration.k8s.io/v1` MatchCondition.
#[derive(Clone, Default, PartialEq)]
pub struct MatchCondition {
    /// `name`.
    pub name: Str,
    /// `expression`.
    pub expression: Str,
}

impl Message for MatchCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("Expression", "expression", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MatchCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.expression,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.expression,
        }
    }
}

/// Values of `MatchPolicyType`.
#[derive(Debug)]
pub enum MatchPolicyType {}

impl MatchPolicyType {
    /// `Exact`.
    pub const EXACT: &str = "Exact";
    /// `Equivalent`.
    pub const EQUIVALENT: &str = "Equivalent";
}

/// `admissionregistration.k8s.io/v1` MatchResources.
#[derive(Clone, Default, PartialEq)]
pub struct MatchResources {
    /// `namespaceSelector`.
    pub namespace_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `objectSelector`.
    pub object_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `resourceRules`.
    pub resource_rules: Slice<NamedRuleWithOperations>,
    /// `excludeResourceRules`.
    pub exclude_resource_rules: Slice<NamedRuleWithOperations>,
    /// `matchPolicy`.
    pub match_policy: Option<Str>,
}

impl Message for MatchResources {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("NamespaceSelector", "namespaceSelector", "v1.LabelSelector", 1, 1),
            field("ObjectSelector", "objectSelector", "v1.LabelSelector", 2, 1),
            field("ResourceRules", "resourceRules", "[]v1.NamedRuleWithOperations", 3, 1),
            field("ExcludeResourceRules", "excludeResourceRules", "[]v1.NamedRuleWithOperations", 4, 1),
            field("MatchPolicy", "matchPolicy", "v1.MatchPolicyType", 7, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MatchResources", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.namespace_selector,
            1 => &self.object_selector,
            2 => &self.resource_rules,
            3 => &self.exclude_resource_rules,
            _ => &self.match_policy,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.namespace_selector,
            1 => &mut self.object_selector,
            2 => &mut self.resource_rules,
            3 => &mut self.exclude_resource_rules,
            _ => &mut self.match_policy,
        }
    }
}

/// `admissionregistration.k8s.io/v1` MutatingAdmissionPolicy.
#[derive(Clone, Default, PartialEq)]
pub struct MutatingAdmissionPolicy {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: MutatingAdmissionPolicySpec,
}

impl Message for MutatingAdmissionPolicy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.MutatingAdmissionPolicySpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MutatingAdmissionPolicy", api_version: "admissionregistration.k8s.io/v1", kind: "MutatingAdmissionPolicy", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for MutatingAdmissionPolicy {
    const GROUP: &'static str = "admissionregistration.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "admissionregistration.k8s.io/v1";
    const KIND: &'static str = "MutatingAdmissionPolicy";
    const LIST_KIND: &'static str = "MutatingAdmissionPolicyList";
    const PLURAL: &'static str = "mutatingadmissionpolicies";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `admissionregistration.k8s.io/v1` MutatingAdmissionPolicyBinding.
#[derive(Clone, Default, PartialEq)]
pub struct MutatingAdmissionPolicyBinding {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: MutatingAdmissionPolicyBindingSpec,
}

impl Message for MutatingAdmissionPolicyBinding {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.MutatingAdmissionPolicyBindingSpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MutatingAdmissionPolicyBinding", api_version: "admissionregistration.k8s.io/v1", kind: "MutatingAdmissionPolicyBinding", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for MutatingAdmissionPolicyBinding {
    const GROUP: &'static str = "admissionregistration.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "admissionregistration.k8s.io/v1";
    const KIND: &'static str = "MutatingAdmissionPolicyBinding";
    const LIST_KIND: &'static str = "MutatingAdmissionPolicyBindingList";
    const PLURAL: &'static str = "mutatingadmissionpolicybindings";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`MutatingAdmissionPolicyBinding`].
pub type MutatingAdmissionPolicyBindingList = meta::ObjectList<MutatingAdmissionPolicyBinding>;

/// `admissionregistration.k8s.io/v1` MutatingAdmissionPolicyBindingSpec.
#[derive(Clone, Default, PartialEq)]
pub struct MutatingAdmissionPolicyBindingSpec {
    /// `policyName`.
    pub policy_name: Str,
    /// `paramRef`.
    pub param_ref: Option<Box<ParamRef>>,
    /// `matchResources`.
    pub match_resources: Option<Box<MatchResources>>,
}

impl Message for MutatingAdmissionPolicyBindingSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("PolicyName", "policyName", "string", 1, 1),
            field("ParamRef", "paramRef", "v1.ParamRef", 2, 1),
            field("MatchResources", "matchResources", "v1.MatchResources", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MutatingAdmissionPolicyBindingSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.policy_name,
            1 => &self.param_ref,
            _ => &self.match_resources,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.policy_name,
            1 => &mut self.param_ref,
            _ => &mut self.match_resources,
        }
    }
}

/// List of [`MutatingAdmissionPolicy`].
pub type MutatingAdmissionPolicyList = meta::ObjectList<MutatingAdmissionPolicy>;

/// `admissionregistration.k8s.io/v1` MutatingAdmissionPolicySpec.
#[derive(Clone, Default, PartialEq)]
pub struct MutatingAdmissionPolicySpec {
    /// `paramKind`.
    pub param_kind: Option<Box<ParamKind>>,
    /// `matchConstraints`.
    pub match_constraints: Option<Box<MatchResources>>,
    /// `variables`.
    pub variables: Slice<Variable>,
    /// `mutations`.
    pub mutations: Slice<Mutation>,
    /// `failurePolicy`.
    pub failure_policy: Option<Str>,
    /// `matchConditions`.
    pub match_conditions: Slice<MatchCondition>,
    /// `reinvocationPolicy`.
    pub reinvocation_policy: Str,
}

impl Message for MutatingAdmissionPolicySpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("ParamKind", "paramKind", "v1.ParamKind", 1, 1),
            field("MatchConstraints", "matchConstraints", "v1.MatchResources", 2, 1),
            field("Variables", "variables", "[]v1.Variable", 3, 1),
            field("Mutations", "mutations", "[]v1.Mutation", 4, 1),
            field("FailurePolicy", "failurePolicy", "v1.FailurePolicyType", 5, 1),
            field("MatchConditions", "matchConditions", "[]v1.MatchCondition", 6, 1),
            field("ReinvocationPolicy", "reinvocationPolicy", "v1.ReinvocationPolicyType", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MutatingAdmissionPolicySpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.param_kind,
            1 => &self.match_constraints,
            2 => &self.variables,
            3 => &self.mutations,
            4 => &self.failure_policy,
            5 => &self.match_conditions,
            _ => &self.reinvocation_policy,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.param_kind,
            1 => &mut self.match_constraints,
            2 => &mut self.variables,
            3 => &mut self.mutations,
            4 => &mut self.failure_policy,
            5 => &mut self.match_conditions,
            _ => &mut self.reinvocation_policy,
        }
    }
}

/// `admissionregistration.k8s.io/v1` MutatingWebhook.
#[derive(Clone, Default, PartialEq)]
pub struct MutatingWebhook {
    /// `name`.
    pub name: Str,
    /// `clientConfig`.
    pub client_config: WebhookClientConfig,
    /// `rules`.
    pub rules: Slice<RuleWithOperations>,
    /// `failurePolicy`.
    pub failure_policy: Option<Str>,
    /// `matchPolicy`.
    pub match_policy: Option<Str>,
    /// `namespaceSelector`.
    pub namespace_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `objectSelector`.
    pub object_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `sideEffects`.
    pub side_effects: Option<Str>,
    /// `timeoutSeconds`.
    pub timeout_seconds: Option<i32>,
    /// `admissionReviewVersions`.
    pub admission_review_versions: Slice<Str>,
    /// `reinvocationPolicy`.
    pub reinvocation_policy: Option<Str>,
    /// `matchConditions`.
    pub match_conditions: Slice<MatchCondition>,
}

impl Message for MutatingWebhook {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 12] = [
            field("Name", "name", "string", 1, 0),
            field("ClientConfig", "clientConfig", "v1.WebhookClientConfig", 2, 0),
            field("Rules", "rules", "[]v1.RuleWithOperations", 3, 1),
            field("FailurePolicy", "failurePolicy", "v1.FailurePolicyType", 4, 1),
            field("MatchPolicy", "matchPolicy", "v1.MatchPolicyType", 9, 1),
            field("NamespaceSelector", "namespaceSelector", "v1.LabelSelector", 5, 1),
            field("ObjectSelector", "objectSelector", "v1.LabelSelector", 11, 1),
            field("SideEffects", "sideEffects", "v1.SideEffectClass", 6, 0),
            field("TimeoutSeconds", "timeoutSeconds", "int32", 7, 1),
            field("AdmissionReviewVersions", "admissionReviewVersions", "[]string", 8, 0),
            field("ReinvocationPolicy", "reinvocationPolicy", "v1.ReinvocationPolicyType", 10, 1),
            field("MatchConditions", "matchConditions", "[]v1.MatchCondition", 12, 1),
        ];
        static KEYS: [u16; 12] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MutatingWebhook", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 5, 7, 8, 9, 4, 10, 6, 11] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.client_config,
            2 => &self.rules,
            3 => &self.failure_policy,
            4 => &self.match_policy,
            5 => &self.namespace_selector,
            6 => &self.object_selector,
            7 => &self.side_effects,
            8 => &self.timeout_seconds,
            9 => &self.admission_review_versions,
            10 => &self.reinvocation_policy,
            _ => &self.match_conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.client_config,
            2 => &mut self.rules,
            3 => &mut self.failure_policy,
            4 => &mut self.match_policy,
            5 => &mut self.namespace_selector,
            6 => &mut self.object_selector,
            7 => &mut self.side_effects,
            8 => &mut self.timeout_seconds,
            9 => &mut self.admission_review_versions,
            10 => &mut self.reinvocation_policy,
            _ => &mut self.match_conditions,
        }
    }
}

/// `admissionregistration.k8s.io/v1` MutatingWebhookConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct MutatingWebhookConfiguration {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `webhooks`.
    pub webhooks: Slice<MutatingWebhook>,
}

impl Message for MutatingWebhookConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Webhooks", "webhooks", "[]v1.MutatingWebhook", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MutatingWebhookConfiguration", api_version: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.webhooks,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.webhooks,
        }
    }
}

impl Kind for MutatingWebhookConfiguration {
    const GROUP: &'static str = "admissionregistration.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "admissionregistration.k8s.io/v1";
    const KIND: &'static str = "MutatingWebhookConfiguration";
    const LIST_KIND: &'static str = "MutatingWebhookConfigurationList";
    const PLURAL: &'static str = "mutatingwebhookconfigurations";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`MutatingWebhookConfiguration`].
pub type MutatingWebhookConfigurationList = meta::ObjectList<MutatingWebhookConfiguration>;

/// `admissionregistration.k8s.io/v1` Mutation.
#[derive(Clone, Default, PartialEq)]
pub struct Mutation {
    /// `patchType`.
    pub patch_type: Str,
    /// `applyConfiguration`.
    pub apply_configuration: Option<Box<ApplyConfiguration>>,
    /// `jsonPatch`.
    pub json_patch: Option<Box<JSONPatch>>,
}

impl Message for Mutation {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("PatchType", "patchType", "v1.PatchType", 2, 0),
            field("ApplyConfiguration", "applyConfiguration", "v1.ApplyConfiguration", 3, 1),
            field("JSONPatch", "jsonPatch", "v1.JSONPatch", 4, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Mutation", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.patch_type,
            1 => &self.apply_configuration,
            _ => &self.json_patch,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.patch_type,
            1 => &mut self.apply_configuration,
            _ => &mut self.json_patch,
        }
    }
}

/// `admissionregistration.k8s.io/v1` NamedRuleWithOperations.
#[derive(Clone, Default, PartialEq)]
pub struct NamedRuleWithOperations {
    /// `resourceNames`.
    pub resource_names: Slice<Str>,
    /// `RuleWithOperations`.
    pub rule_with_operations: RuleWithOperations,
}

impl Message for NamedRuleWithOperations {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ResourceNames", "resourceNames", "[]string", 1, 1),
            field("RuleWithOperations", "", "v1.RuleWithOperations", 2, 2),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NamedRuleWithOperations", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.resource_names,
            _ => &self.rule_with_operations,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.resource_names,
            _ => &mut self.rule_with_operations,
        }
    }
}

/// Values of `OperationType`.
#[derive(Debug)]
pub enum OperationType {}

impl OperationType {
    /// `*`.
    pub const EMPTY: &str = "*";
    /// `CREATE`.
    pub const CREATE: &str = "CREATE";
    /// `UPDATE`.
    pub const UPDATE: &str = "UPDATE";
    /// `DELETE`.
    pub const DELETE: &str = "DELETE";
    /// `CONNECT`.
    pub const CONNECT: &str = "CONNECT";
}

/// `admissionregistration.k8s.io/v1` ParamKind.
#[derive(Clone, Default, PartialEq)]
pub struct ParamKind {
    /// `apiVersion`.
    pub api_version: Str,
    /// `kind`.
    pub kind: Str,
}

impl Message for ParamKind {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("APIVersion", "apiVersion", "string", 1, 1),
            field("Kind", "kind", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ParamKind", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.api_version,
            _ => &self.kind,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.api_version,
            _ => &mut self.kind,
        }
    }
}

/// `admissionregistration.k8s.io/v1` ParamRef.
#[derive(Clone, Default, PartialEq)]
pub struct ParamRef {
    /// `name`.
    pub name: Str,
    /// `namespace`.
    pub namespace: Str,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
    /// `parameterNotFoundAction`.
    pub parameter_not_found_action: Option<Str>,
}

impl Message for ParamRef {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Name", "name", "string", 1, 1),
            field("Namespace", "namespace", "string", 2, 1),
            field("Selector", "selector", "v1.LabelSelector", 3, 1),
            field("ParameterNotFoundAction", "parameterNotFoundAction", "v1.ParameterNotFoundActionType", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ParamRef", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.namespace,
            2 => &self.selector,
            _ => &self.parameter_not_found_action,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.namespace,
            2 => &mut self.selector,
            _ => &mut self.parameter_not_found_action,
        }
    }
}

/// Values of `ParameterNotFoundActionType`.
#[derive(Debug)]
pub enum ParameterNotFoundActionType {}

impl ParameterNotFoundActionType {
    /// `Allow`.
    pub const ALLOW: &str = "Allow";
    /// `Deny`.
    pub const DENY: &str = "Deny";
}

/// Values of `PatchType`.
#[derive(Debug)]
pub enum PatchType {}

impl PatchType {
    /// `ApplyConfiguration`.
    pub const APPLY_CONFIGURATION: &str = "ApplyConfiguration";
    /// `JSONPatch`.
    pub const JSON_PATCH: &str = "JSONPatch";
}

/// Values of `ReinvocationPolicyType`.
#[derive(Debug)]
pub enum ReinvocationPolicyType {}

impl ReinvocationPolicyType {
    /// `Never`.
    pub const NEVER: &str = "Never";
    /// `IfNeeded`.
    pub const IF_NEEDED: &str = "IfNeeded";
}

/// `admissionregistration.k8s.io/v1` Rule.
#[derive(Clone, Default, PartialEq)]
pub struct Rule {
    /// `apiGroups`.
    pub api_groups: Slice<Str>,
    /// `apiVersions`.
    pub api_versions: Slice<Str>,
    /// `resources`.
    pub resources: Slice<Str>,
    /// `scope`.
    pub scope: Option<Str>,
}

impl Message for Rule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("APIGroups", "apiGroups", "[]string", 1, 1),
            field("APIVersions", "apiVersions", "[]string", 2, 1),
            field("Resources", "resources", "[]string", 3, 1),
            field("Scope", "scope", "v1.ScopeType", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Rule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.api_groups,
            1 => &self.api_versions,
            2 => &self.resources,
            _ => &self.scope,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.api_groups,
            1 => &mut self.api_versions,
            2 => &mut self.resources,
            _ => &mut self.scope,
        }
    }
}

/// `admissionregistration.k8s.io/v1` RuleWithOperations.
#[derive(Clone, Default, PartialEq)]
pub struct RuleWithOperations {
    /// `operations`.
    pub operations: Slice<Str>,
    /// `Rule`.
    pub rule: Rule,
}

impl Message for RuleWithOperations {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Operations", "operations", "[]v1.OperationType", 1, 1),
            field("Rule", "", "v1.Rule", 2, 2),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RuleWithOperations", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.operations,
            _ => &self.rule,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.operations,
            _ => &mut self.rule,
        }
    }
}

/// Values of `ScopeType`.
#[derive(Debug)]
pub enum ScopeType {}

impl ScopeType {
    /// `Cluster`.
    pub const CLUSTER: &str = "Cluster";
    /// `Namespaced`.
    pub const NAMESPACED: &str = "Namespaced";
    /// `*`.
    pub const EMPTY: &str = "*";
}

/// `admissionregistration.k8s.io/v1` ServiceReference.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceReference {
    /// `namespace`.
    pub namespace: Str,
    /// `name`.
    pub name: Str,
    /// `path`.
    pub path: Option<Str>,
    /// `port`.
    pub port: Option<i32>,
}

impl Message for ServiceReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Namespace", "namespace", "string", 1, 0),
            field("Name", "name", "string", 2, 0),
            field("Path", "path", "string", 3, 1),
            field("Port", "port", "int32", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.namespace,
            1 => &self.name,
            2 => &self.path,
            _ => &self.port,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.namespace,
            1 => &mut self.name,
            2 => &mut self.path,
            _ => &mut self.port,
        }
    }
}

/// Values of `SideEffectClass`.
#[derive(Debug)]
pub enum SideEffectClass {}

impl SideEffectClass {
    /// `Unknown`.
    pub const UNKNOWN: &str = "Unknown";
    /// `None`.
    pub const NONE: &str = "None";
    /// `Some`.
    pub const SOME: &str = "Some";
    /// `NoneOnDryRun`.
    pub const NONE_ON_DRY_RUN: &str = "NoneOnDryRun";
}

/// `admissionregistration.k8s.io/v1` TypeChecking.
#[derive(Clone, Default, PartialEq)]
pub struct TypeChecking {
    /// `expressionWarnings`.
    pub expression_warnings: Slice<ExpressionWarning>,
}

impl Message for TypeChecking {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("ExpressionWarnings", "expressionWarnings", "[]v1.ExpressionWarning", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "TypeChecking", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.expression_warnings
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.expression_warnings
    }
}

/// `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicy.
#[derive(Clone, Default, PartialEq)]
pub struct ValidatingAdmissionPolicy {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ValidatingAdmissionPolicySpec,
    /// `status`.
    pub status: ValidatingAdmissionPolicyStatus,
}

impl Message for ValidatingAdmissionPolicy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ValidatingAdmissionPolicySpec", 2, 1),
            field("Status", "status", "v1.ValidatingAdmissionPolicyStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ValidatingAdmissionPolicy", api_version: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicy", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for ValidatingAdmissionPolicy {
    const GROUP: &'static str = "admissionregistration.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "admissionregistration.k8s.io/v1";
    const KIND: &'static str = "ValidatingAdmissionPolicy";
    const LIST_KIND: &'static str = "ValidatingAdmissionPolicyList";
    const PLURAL: &'static str = "validatingadmissionpolicies";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicyBinding.
#[derive(Clone, Default, PartialEq)]
pub struct ValidatingAdmissionPolicyBinding {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ValidatingAdmissionPolicyBindingSpec,
}

impl Message for ValidatingAdmissionPolicyBinding {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ValidatingAdmissionPolicyBindingSpec", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ValidatingAdmissionPolicyBinding", api_version: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicyBinding", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for ValidatingAdmissionPolicyBinding {
    const GROUP: &'static str = "admissionregistration.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "admissionregistration.k8s.io/v1";
    const KIND: &'static str = "ValidatingAdmissionPolicyBinding";
    const LIST_KIND: &'static str = "ValidatingAdmissionPolicyBindingList";
    const PLURAL: &'static str = "validatingadmissionpolicybindings";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`ValidatingAdmissionPolicyBinding`].
pub type ValidatingAdmissionPolicyBindingList = meta::ObjectList<ValidatingAdmissionPolicyBinding>;

/// `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicyBindingSpec.
#[derive(Clone, Default, PartialEq)]
pub struct ValidatingAdmissionPolicyBindingSpec {
    /// `policyName`.
    pub policy_name: Str,
    /// `paramRef`.
    pub param_ref: Option<Box<ParamRef>>,
    /// `matchResources`.
    pub match_resources: Option<Box<MatchResources>>,
    /// `validationActions`.
    pub validation_actions: Slice<Str>,
}

impl Message for ValidatingAdmissionPolicyBindingSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("PolicyName", "policyName", "string", 1, 1),
            field("ParamRef", "paramRef", "v1.ParamRef", 2, 1),
            field("MatchResources", "matchResources", "v1.MatchResources", 3, 1),
            field("ValidationActions", "validationActions", "[]v1.ValidationAction", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ValidatingAdmissionPolicyBindingSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.policy_name,
            1 => &self.param_ref,
            2 => &self.match_resources,
            _ => &self.validation_actions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.policy_name,
            1 => &mut self.param_ref,
            2 => &mut self.match_resources,
            _ => &mut self.validation_actions,
        }
    }
}

/// List of [`ValidatingAdmissionPolicy`].
pub type ValidatingAdmissionPolicyList = meta::ObjectList<ValidatingAdmissionPolicy>;

/// `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicySpec.
#[derive(Clone, Default, PartialEq)]
pub struct ValidatingAdmissionPolicySpec {
    /// `paramKind`.
    pub param_kind: Option<Box<ParamKind>>,
    /// `matchConstraints`.
    pub match_constraints: Option<Box<MatchResources>>,
    /// `validations`.
    pub validations: Slice<Validation>,
    /// `failurePolicy`.
    pub failure_policy: Option<Str>,
    /// `auditAnnotations`.
    pub audit_annotations: Slice<AuditAnnotation>,
    /// `matchConditions`.
    pub match_conditions: Slice<MatchCondition>,
    /// `variables`.
    pub variables: Slice<Variable>,
}

impl Message for ValidatingAdmissionPolicySpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("ParamKind", "paramKind", "v1.ParamKind", 1, 1),
            field("MatchConstraints", "matchConstraints", "v1.MatchResources", 2, 1),
            field("Validations", "validations", "[]v1.Validation", 3, 1),
            field("FailurePolicy", "failurePolicy", "v1.FailurePolicyType", 4, 1),
            field("AuditAnnotations", "auditAnnotations", "[]v1.AuditAnnotation", 5, 1),
            field("MatchConditions", "matchConditions", "[]v1.MatchCondition", 6, 1),
            field("Variables", "variables", "[]v1.Variable", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ValidatingAdmissionPolicySpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.param_kind,
            1 => &self.match_constraints,
            2 => &self.validations,
            3 => &self.failure_policy,
            4 => &self.audit_annotations,
            5 => &self.match_conditions,
            _ => &self.variables,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.param_kind,
            1 => &mut self.match_constraints,
            2 => &mut self.validations,
            3 => &mut self.failure_policy,
            4 => &mut self.audit_annotations,
            5 => &mut self.match_conditions,
            _ => &mut self.variables,
        }
    }
}

/// `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicyStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ValidatingAdmissionPolicyStatus {
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `typeChecking`.
    pub type_checking: Option<Box<TypeChecking>>,
    /// `conditions`.
    pub conditions: Slice<meta::v1::Condition>,
}

impl Message for ValidatingAdmissionPolicyStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObservedGeneration", "observedGeneration", "int64", 1, 1),
            field("TypeChecking", "typeChecking", "v1.TypeChecking", 2, 1),
            field("Conditions", "conditions", "[]v1.Condition", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ValidatingAdmissionPolicyStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.observed_generation,
            1 => &self.type_checking,
            _ => &self.conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.observed_generation,
            1 => &mut self.type_checking,
            _ => &mut self.conditions,
        }
    }
}

/// `admissionregistration.k8s.io/v1` ValidatingWebhook.
#[derive(Clone, Default, PartialEq)]
pub struct ValidatingWebhook {
    /// `name`.
    pub name: Str,
    /// `clientConfig`.
    pub client_config: WebhookClientConfig,
    /// `rules`.
    pub rules: Slice<RuleWithOperations>,
    /// `failurePolicy`.
    pub failure_policy: Option<Str>,
    /// `matchPolicy`.
    pub match_policy: Option<Str>,
    /// `namespaceSelector`.
    pub namespace_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `objectSelector`.
    pub object_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `sideEffects`.
    pub side_effects: Option<Str>,
    /// `timeoutSeconds`.
    pub timeout_seconds: Option<i32>,
    /// `admissionReviewVersions`.
    pub admission_review_versions: Slice<Str>,
    /// `matchConditions`.
    pub match_conditions: Slice<MatchCondition>,
}

impl Message for ValidatingWebhook {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 11] = [
            field("Name", "name", "string", 1, 0),
            field("ClientConfig", "clientConfig", "v1.WebhookClientConfig", 2, 0),
            field("Rules", "rules", "[]v1.RuleWithOperations", 3, 1),
            field("FailurePolicy", "failurePolicy", "v1.FailurePolicyType", 4, 1),
            field("MatchPolicy", "matchPolicy", "v1.MatchPolicyType", 9, 1),
            field("NamespaceSelector", "namespaceSelector", "v1.LabelSelector", 5, 1),
            field("ObjectSelector", "objectSelector", "v1.LabelSelector", 10, 1),
            field("SideEffects", "sideEffects", "v1.SideEffectClass", 6, 0),
            field("TimeoutSeconds", "timeoutSeconds", "int32", 7, 1),
            field("AdmissionReviewVersions", "admissionReviewVersions", "[]string", 8, 0),
            field("MatchConditions", "matchConditions", "[]v1.MatchCondition", 11, 1),
        ];
        static KEYS: [u16; 11] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ValidatingWebhook", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 5, 7, 8, 9, 4, 6, 10] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.client_config,
            2 => &self.rules,
            3 => &self.failure_policy,
            4 => &self.match_policy,
            5 => &self.namespace_selector,
            6 => &self.object_selector,
            7 => &self.side_effects,
            8 => &self.timeout_seconds,
            9 => &self.admission_review_versions,
            _ => &self.match_conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.client_config,
            2 => &mut self.rules,
            3 => &mut self.failure_policy,
            4 => &mut self.match_policy,
            5 => &mut self.namespace_selector,
            6 => &mut self.object_selector,
            7 => &mut self.side_effects,
            8 => &mut self.timeout_seconds,
            9 => &mut self.admission_review_versions,
            _ => &mut self.match_conditions,
        }
    }
}

/// `admissionregistration.k8s.io/v1` ValidatingWebhookConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct ValidatingWebhookConfiguration {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `webhooks`.
    pub webhooks: Slice<ValidatingWebhook>,
}

impl Message for ValidatingWebhookConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Webhooks", "webhooks", "[]v1.ValidatingWebhook", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ValidatingWebhookConfiguration", api_version: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.webhooks,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.webhooks,
        }
    }
}

impl Kind for ValidatingWebhookConfiguration {
    const GROUP: &'static str = "admissionregistration.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "admissionregistration.k8s.io/v1";
    const KIND: &'static str = "ValidatingWebhookConfiguration";
    const LIST_KIND: &'static str = "ValidatingWebhookConfigurationList";
    const PLURAL: &'static str = "validatingwebhookconfigurations";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`ValidatingWebhookConfiguration`].
pub type ValidatingWebhookConfigurationList = meta::ObjectList<ValidatingWebhookConfiguration>;

/// `admissionregistration.k8s.io/v1` Validation.
#[derive(Clone, Default, PartialEq)]
pub struct Validation {
    /// `expression`.
    pub expression: Str,
    /// `message`.
    pub message: Str,
    /// `reason`.
    pub reason: Option<Str>,
    /// `messageExpression`.
    pub message_expression: Str,
}

impl Message for Validation {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Expression", "expression", "string", 1, 0),
            field("Message", "message", "string", 2, 1),
            field("Reason", "reason", "v1.StatusReason", 3, 1),
            field("MessageExpression", "messageExpression", "string", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Validation", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.expression,
            1 => &self.message,
            2 => &self.reason,
            _ => &self.message_expression,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.expression,
            1 => &mut self.message,
            2 => &mut self.reason,
            _ => &mut self.message_expression,
        }
    }
}

/// Values of `ValidationAction`.
#[derive(Debug)]
pub enum ValidationAction {}

impl ValidationAction {
    /// `Deny`.
    pub const DENY: &str = "Deny";
    /// `Warn`.
    pub const WARN: &str = "Warn";
    /// `Audit`.
    pub const AUDIT: &str = "Audit";
}

/// `admissionregistration.k8s.io/v1` Variable.
#[derive(Clone, Default, PartialEq)]
pub struct Variable {
    /// `name`.
    pub name: Str,
    /// `expression`.
    pub expression: Str,
}

impl Message for Variable {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("Expression", "expression", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Variable", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.expression,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.expression,
        }
    }
}

/// `admissionregistration.k8s.io/v1` WebhookClientConfig.
#[derive(Clone, Default, PartialEq)]
pub struct WebhookClientConfig {
    /// `url`.
    pub url: Option<Str>,
    /// `service`.
    pub service: Option<Box<ServiceReference>>,
    /// `caBundle`.
    pub ca_bundle: ByteString,
}

impl Message for WebhookClientConfig {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("URL", "url", "string", 3, 1),
            field("Service", "service", "v1.ServiceReference", 1, 1),
            field("CABundle", "caBundle", "[]uint8", 2, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "WebhookClientConfig", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[1, 2, 0] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.url,
            1 => &self.service,
            _ => &self.ca_bundle,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.url,
            1 => &mut self.service,
            _ => &mut self.ca_bundle,
        }
    }
}

meta::codec::impl_value!(
    ApplyConfiguration,
    AuditAnnotation,
    ExpressionWarning,
    JSONPatch,
    MatchCondition,
    MatchResources,
    MutatingAdmissionPolicy,
    MutatingAdmissionPolicyBinding,
    MutatingAdmissionPolicyBindingSpec,
    MutatingAdmissionPolicySpec,
    MutatingWebhook,
    MutatingWebhookConfiguration,
    Mutation,
    NamedRuleWithOperations,
    ParamKind,
    ParamRef,
    Rule,
    RuleWithOperations,
    ServiceReference,
    TypeChecking,
    ValidatingAdmissionPolicy,
    ValidatingAdmissionPolicyBinding,
    ValidatingAdmissionPolicyBindingSpec,
    ValidatingAdmissionPolicySpec,
    ValidatingAdmissionPolicyStatus,
    ValidatingWebhook,
    ValidatingWebhookConfiguration,
    Validation,
    Variable,
    WebhookClientConfig
);
