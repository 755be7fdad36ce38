//! `flowcontrol.apiserver.k8s.io/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Scope, Slice, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

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

/// `flowcontrol.apiserver.k8s.io/v1` ExemptPriorityLevelConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct ExemptPriorityLevelConfiguration {
    /// `nominalConcurrencyShares`.
    pub nominal_concurrency_shares: Option<i32>,
    /// `lendablePercent`.
    pub lendable_percent: Option<i32>,
}

impl Message for ExemptPriorityLevelConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("NominalConcurrencyShares", "nominalConcurrencyShares", "int32", 1, 1),
            field("LendablePercent", "lendablePercent", "int32", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ExemptPriorityLevelConfiguration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.nominal_concurrency_shares,
            _ => &self.lendable_percent,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.nominal_concurrency_shares,
            _ => &mut self.lendable_percent,
        }
    }
}

/// `flowcontrol.apiserver.k8s.io/v1` FlowDistinguisherMethod.
#[derive(Clone, Default, PartialEq)]
pub struct FlowDistinguisherMethod {
    /// `type`.
    pub type_: Str,
}

impl Message for FlowDistinguisherMethod {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Type", "type", "v1.FlowDistinguisherMethodType", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FlowDistinguisherMethod", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.type_
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.type_
    }
}

/// Values of `FlowDistinguisherMethodType`.
#[derive(Debug)]
pub enum FlowDistinguisherMethodType {}

impl FlowDistinguisherMethodType {
    /// `ByUser`.
    pub const BY_USER: &str = "ByUser";
    /// `ByNamespace`.
    pub const BY_NAMESPACE: &str = "ByNamespace";
}

/// `flowcontrol.apiserver.k8s.io/v1` FlowSchema.
#[derive(Clone, Default, PartialEq)]
pub struct FlowSchema {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: FlowSchemaSpec,
    /// `status`.
    pub status: FlowSchemaStatus,
}

impl Message for FlowSchema {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.FlowSchemaSpec", 2, 1),
            field("Status", "status", "v1.FlowSchemaStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FlowSchema", api_version: "flowcontrol.apiserver.k8s.io/v1", kind: "FlowSchema", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for FlowSchema {
    const GROUP: &'static str = "flowcontrol.apiserver.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "flowcontrol.apiserver.k8s.io/v1";
    const KIND: &'static str = "FlowSchema";
    const LIST_KIND: &'static str = "FlowSchemaList";
    const PLURAL: &'static str = "flowschemas";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `flowcontrol.apiserver.k8s.io/v1` FlowSchemaCondition.
#[derive(Clone, Default, PartialEq)]
pub struct FlowSchemaCondition {
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

impl Message for FlowSchemaCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Type", "type", "v1.FlowSchemaConditionType", 1, 1),
            field("Status", "status", "v1.ConditionStatus", 2, 1),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 3, 1),
            field("Reason", "reason", "string", 4, 1),
            field("Message", "message", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FlowSchemaCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// List of [`FlowSchema`].
pub type FlowSchemaList = meta::ObjectList<FlowSchema>;

/// `flowcontrol.apiserver.k8s.io/v1` FlowSchemaSpec.
#[derive(Clone, Default, PartialEq)]
pub struct FlowSchemaSpec {
    /// `priorityLevelConfiguration`.
    pub priority_level_configuration: PriorityLevelConfigurationReference,
    /// `matchingPrecedence`.
    pub matching_precedence: i32,
    /// `distinguisherMethod`.
    pub distinguisher_method: Option<Box<FlowDistinguisherMethod>>,
    /// `rules`.
    pub rules: Slice<PolicyRulesWithSubjects>,
}

impl Message for FlowSchemaSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("PriorityLevelConfiguration", "priorityLevelConfiguration", "v1.PriorityLevelConfigurationReference", 1, 0),
            field("MatchingPrecedence", "matchingPrecedence", "int32", 2, 0),
            field("DistinguisherMethod", "distinguisherMethod", "v1.FlowDistinguisherMethod", 3, 1),
            field("Rules", "rules", "[]v1.PolicyRulesWithSubjects", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FlowSchemaSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.priority_level_configuration,
            1 => &self.matching_precedence,
            2 => &self.distinguisher_method,
            _ => &self.rules,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.priority_level_configuration,
            1 => &mut self.matching_precedence,
            2 => &mut self.distinguisher_method,
            _ => &mut self.rules,
        }
    }
}

/// `flowcontrol.apiserver.k8s.io/v1` FlowSchemaStatus.
#[derive(Clone, Default, PartialEq)]
pub struct FlowSchemaStatus {
    /// `conditions`.
    pub conditions: Slice<FlowSchemaCondition>,
}

impl Message for FlowSchemaStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Conditions", "conditions", "[]v1.FlowSchemaCondition", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "FlowSchemaStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// `flowcontrol.apiserver.k8s.io/v1` GroupSubject.
#[derive(Clone, Default, PartialEq)]
pub struct GroupSubject {
    /// `name`.
    pub name: Str,
}

impl Message for GroupSubject {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Name", "name", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "GroupSubject", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// `flowcontrol.apiserver.k8s.io/v1` LimitResponse.
#[derive(Clone, Default, PartialEq)]
pub struct LimitResponse {
    /// `type`.
    pub type_: Str,
    /// `queuing`.
    pub queuing: Option<Box<QueuingConfiguration>>,
}

impl Message for LimitResponse {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Type", "type", "v1.LimitResponseType", 1, 0),
            field("Queuing", "queuing", "v1.QueuingConfiguration", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LimitResponse", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            _ => &self.queuing,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            _ => &mut self.queuing,
        }
    }
}

/// Values of `LimitResponseType`.
#[derive(Debug)]
pub enum LimitResponseType {}

impl LimitResponseType {
    /// `Queue`.
    pub const QUEUE: &str = "Queue";
    /// `Reject`.
    pub const REJECT: &str = "Reject";
}

/// `flowcontrol.apiserver.k8s.io/v1` LimitedPriorityLevelConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct LimitedPriorityLevelConfiguration {
    /// `nominalConcurrencyShares`.
    pub nominal_concurrency_shares: Option<i32>,
    /// `limitResponse`.
    pub limit_response: LimitResponse,
    /// `lendablePercent`.
    pub lendable_percent: Option<i32>,
    /// `borrowingLimitPercent`.
    pub borrowing_limit_percent: Option<i32>,
}

impl Message for LimitedPriorityLevelConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("NominalConcurrencyShares", "nominalConcurrencyShares", "int32", 1, 0),
            field("LimitResponse", "limitResponse", "v1.LimitResponse", 2, 1),
            field("LendablePercent", "lendablePercent", "int32", 3, 1),
            field("BorrowingLimitPercent", "borrowingLimitPercent", "int32", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "LimitedPriorityLevelConfiguration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.nominal_concurrency_shares,
            1 => &self.limit_response,
            2 => &self.lendable_percent,
            _ => &self.borrowing_limit_percent,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.nominal_concurrency_shares,
            1 => &mut self.limit_response,
            2 => &mut self.lendable_percent,
            _ => &mut self.borrowing_limit_percent,
        }
    }
}

/// `flowcontrol.apiserver.k8s.io/v1` NonResourcePolicyRule.
#[derive(Clone, Default, PartialEq)]
pub struct NonResourcePolicyRule {
    /// `verbs`.
    pub verbs: Slice<Str>,
    /// `nonResourceURLs`.
    pub non_resource_urls: Slice<Str>,
}

impl Message for NonResourcePolicyRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Verbs", "verbs", "[]string", 1, 0),
            field("NonResourceURLs", "nonResourceURLs", "[]string", 6, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "NonResourcePolicyRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// `flowcontrol.apiserver.k8s.io/v1` PolicyRulesWithSubjects.
#[derive(Clone, Default, PartialEq)]
pub struct PolicyRulesWithSubjects {
    /// `subjects`.
    pub subjects: Slice<Subject>,
    /// `resourceRules`.
    pub resource_rules: Slice<ResourcePolicyRule>,
    /// `nonResourceRules`.
    pub non_resource_rules: Slice<NonResourcePolicyRule>,
}

impl Message for PolicyRulesWithSubjects {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Subjects", "subjects", "[]v1.Subject", 1, 0),
            field("ResourceRules", "resourceRules", "[]v1.ResourcePolicyRule", 2, 1),
            field("NonResourceRules", "nonResourceRules", "[]v1.NonResourcePolicyRule", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PolicyRulesWithSubjects", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.subjects,
            1 => &self.resource_rules,
            _ => &self.non_resource_rules,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.subjects,
            1 => &mut self.resource_rules,
            _ => &mut self.non_resource_rules,
        }
    }
}

/// `flowcontrol.apiserver.k8s.io/v1` PriorityLevelConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct PriorityLevelConfiguration {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: PriorityLevelConfigurationSpec,
    /// `status`.
    pub status: PriorityLevelConfigurationStatus,
}

impl Message for PriorityLevelConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.PriorityLevelConfigurationSpec", 2, 1),
            field("Status", "status", "v1.PriorityLevelConfigurationStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PriorityLevelConfiguration", api_version: "flowcontrol.apiserver.k8s.io/v1", kind: "PriorityLevelConfiguration", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for PriorityLevelConfiguration {
    const GROUP: &'static str = "flowcontrol.apiserver.k8s.io";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "flowcontrol.apiserver.k8s.io/v1";
    const KIND: &'static str = "PriorityLevelConfiguration";
    const LIST_KIND: &'static str = "PriorityLevelConfigurationList";
    const PLURAL: &'static str = "prioritylevelconfigurations";
    const SCOPE: Scope = Scope::Cluster;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `flowcontrol.apiserver.k8s.io/v1` PriorityLevelConfigurationCondition.
#[derive(Clone, Default, PartialEq)]
pub struct PriorityLevelConfigurationCondition {
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

impl Message for PriorityLevelConfigurationCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Type", "type", "v1.PriorityLevelConfigurationConditionType", 1, 1),
            field("Status", "status", "v1.ConditionStatus", 2, 1),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 3, 1),
            field("Reason", "reason", "string", 4, 1),
            field("Message", "message", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PriorityLevelConfigurationCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// List of [`PriorityLevelConfiguration`].
pub type PriorityLevelConfigurationList = meta::ObjectList<PriorityLevelConfiguration>;

/// `flowcontrol.apiserver.k8s.io/v1` PriorityLevelConfigurationReference.
#[derive(Clone, Default, PartialEq)]
pub struct PriorityLevelConfigurationReference {
    /// `name`.
    pub name: Str,
}

impl Message for PriorityLevelConfigurationReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Name", "name", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PriorityLevelConfigurationReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// `flowcontrol.apiserver.k8s.io/v1` PriorityLevelConfigurationSpec.
#[derive(Clone, Default, PartialEq)]
pub struct PriorityLevelConfigurationSpec {
    /// `type`.
    pub type_: Str,
    /// `limited`.
    pub limited: Option<Box<LimitedPriorityLevelConfiguration>>,
    /// `exempt`.
    pub exempt: Option<Box<ExemptPriorityLevelConfiguration>>,
}

impl Message for PriorityLevelConfigurationSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Type", "type", "v1.PriorityLevelEnablement", 1, 0),
            field("Limited", "limited", "v1.LimitedPriorityLevelConfiguration", 2, 1),
            field("Exempt", "exempt", "v1.ExemptPriorityLevelConfiguration", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PriorityLevelConfigurationSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.limited,
            _ => &self.exempt,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.limited,
            _ => &mut self.exempt,
        }
    }
}

/// `flowcontrol.apiserver.k8s.io/v1` PriorityLevelConfigurationStatus.
#[derive(Clone, Default, PartialEq)]
pub struct PriorityLevelConfigurationStatus {
    /// `conditions`.
    pub conditions: Slice<PriorityLevelConfigurationCondition>,
}

impl Message for PriorityLevelConfigurationStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Conditions", "conditions", "[]v1.PriorityLevelConfigurationCondition", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PriorityLevelConfigurationStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// Values of `PriorityLevelEnablement`.
#[derive(Debug)]
pub enum PriorityLevelEnablement {}

impl PriorityLevelEnablement {
    /// `Exempt`.
    pub const EXEMPT: &str = "Exempt";
    /// `Limited`.
    pub const LIMITED: &str = "Limited";
}

/// `flowcontrol.apiserver.k8s.io/v1` QueuingConfiguration.
#[derive(Clone, Default, PartialEq)]
pub struct QueuingConfiguration {
    /// `queues`.
    pub queues: i32,
    /// `handSize`.
    pub hand_size: i32,
    /// `queueLengthLimit`.
    pub queue_length_limit: i32,
}

impl Message for QueuingConfiguration {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Queues", "queues", "int32", 1, 0),
            field("HandSize", "handSize", "int32", 2, 0),
            field("QueueLengthLimit", "queueLengthLimit", "int32", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "QueuingConfiguration", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.queues,
            1 => &self.hand_size,
            _ => &self.queue_length_limit,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.queues,
            1 => &mut self.hand_size,
            _ => &mut self.queue_length_limit,
        }
    }
}

/// `flowcontrol.apiserver.k8s.io/v1` ResourcePolicyRule.
#[derive(Clone, Default, PartialEq)]
pub struct ResourcePolicyRule {
    /// `verbs`.
    pub verbs: Slice<Str>,
    /// `apiGroups`.
    pub api_groups: Slice<Str>,
    /// `resources`.
    pub resources: Slice<Str>,
    /// `clusterScope`.
    pub cluster_scope: bool,
    /// `namespaces`.
    pub namespaces: Slice<Str>,
}

impl Message for ResourcePolicyRule {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Verbs", "verbs", "[]string", 1, 0),
            field("APIGroups", "apiGroups", "[]string", 2, 0),
            field("Resources", "resources", "[]string", 3, 0),
            field("ClusterScope", "clusterScope", "bool", 4, 1),
            field("Namespaces", "namespaces", "[]string", 5, 0),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourcePolicyRule", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.verbs,
            1 => &self.api_groups,
            2 => &self.resources,
            3 => &self.cluster_scope,
            _ => &self.namespaces,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.verbs,
            1 => &mut self.api_groups,
            2 => &mut self.resources,
            3 => &mut self.cluster_scope,
            _ => &mut self.namespaces,
        }
    }
}

/// `flowcontrol.apiserver.k8s.io/v1` ServiceAccountSubject.
#[derive(Clone, Default, PartialEq)]
pub struct ServiceAccountSubject {
    /// `namespace`.
    pub namespace: Str,
    /// `name`.
    pub name: Str,
}

impl Message for ServiceAccountSubject {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Namespace", "namespace", "string", 1, 0),
            field("Name", "name", "string", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ServiceAccountSubject", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.namespace,
            _ => &self.name,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.namespace,
            _ => &mut self.name,
        }
    }
}

/// `flowcontrol.apiserver.k8s.io/v1` Subject.
#[derive(Clone, Default, PartialEq)]
pub struct Subject {
    /// `kind`.
    pub kind: Str,
    /// `user`.
    pub user: Option<Box<UserSubject>>,
    /// `group`.
    pub group: Option<Box<GroupSubject>>,
    /// `serviceAccount`.
    pub service_account: Option<Box<ServiceAccountSubject>>,
}

impl Message for Subject {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Kind", "kind", "v1.SubjectKind", 1, 0),
            field("User", "user", "v1.UserSubject", 2, 1),
            field("Group", "group", "v1.GroupSubject", 3, 1),
            field("ServiceAccount", "serviceAccount", "v1.ServiceAccountSubject", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Subject", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.kind,
            1 => &self.user,
            2 => &self.group,
            _ => &self.service_account,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.kind,
            1 => &mut self.user,
            2 => &mut self.group,
            _ => &mut self.service_account,
        }
    }
}

/// Values of `SubjectKind`.
#[derive(Debug)]
pub enum SubjectKind {}

impl SubjectKind {
    /// `User`.
    pub const USER: &str = "User";
    /// `Group`.
    pub const GROUP: &str = "Group";
    /// `ServiceAccount`.
    pub const SERVICE_ACCOUNT: &str = "ServiceAccount";
}

/// `flowcontrol.apiserver.k8s.io/v1` UserSubject.
#[derive(Clone, Default, PartialEq)]
pub struct UserSubject {
    /// `name`.
    pub name: Str,
}

impl Message for UserSubject {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Name", "name", "string", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "UserSubject", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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
    ExemptPriorityLevelConfiguration,
    FlowDistinguisherMethod,
    FlowSchema,
    FlowSchemaCondition,
    FlowSchemaSpec,
    FlowSchemaStatus,
    GroupSubject,
    LimitResponse,
    LimitedPriorityLevelConfiguration,
    NonResourcePolicyRule,
    PolicyRulesWithSubjects,
    PriorityLevelConfiguration,
    PriorityLevelConfigurationCondition,
    PriorityLevelConfigurationReference,
    PriorityLevelConfigurationSpec,
    PriorityLevelConfigurationStatus,
    QueuingConfiguration,
    ResourcePolicyRule,
    ServiceAccountSubject,
    Subject,
    UserSubject
);
