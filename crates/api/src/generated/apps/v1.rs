//! `apps/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    IntOrString, Kind, RawJson, Scope, Slice, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `apps/v1` ControllerRevision.
#[derive(Clone, Default, PartialEq)]
pub struct ControllerRevision {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `data`.
    pub data: RawJson,
    /// `revision`.
    pub revision: i64,
}

impl Message for ControllerRevision {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Data", "data", "runtime.RawExtension", 2, 1),
            field("Revision", "revision", "int64", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ControllerRevision", api_version: "apps/v1", kind: "ControllerRevision", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            1 => &self.data,
            _ => &self.revision,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            1 => &mut self.data,
            _ => &mut self.revision,
        }
    }
}

impl Kind for ControllerRevision {
    const GROUP: &'static str = "apps";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "apps/v1";
    const KIND: &'static str = "ControllerRevision";
    const LIST_KIND: &'static str = "ControllerRevisionList";
    const PLURAL: &'static str = "controllerrevisions";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`ControllerRevision`].
pub type ControllerRevisionList = meta::ObjectList<ControllerRevision>;

/// `apps/v1` DaemonSet.
#[derive(Clone, Default, PartialEq)]
pub struct DaemonSet {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: DaemonSetSpec,
    /// `status`.
    pub status: DaemonSetStatus,
}

impl Message for DaemonSet {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.DaemonSetSpec", 2, 1),
            field("Status", "status", "v1.DaemonSetStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DaemonSet", api_version: "apps/v1", kind: "DaemonSet", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for DaemonSet {
    const GROUP: &'static str = "apps";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "apps/v1";
    const KIND: &'static str = "DaemonSet";
    const LIST_KIND: &'static str = "DaemonSetList";
    const PLURAL: &'static str = "daemonsets";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `apps/v1` DaemonSetCondition.
#[derive(Clone, Default, PartialEq)]
pub struct DaemonSetCondition {
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

impl Message for DaemonSetCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Type", "type", "v1.DaemonSetConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 3, 1),
            field("Reason", "reason", "string", 4, 1),
            field("Message", "message", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DaemonSetCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// List of [`DaemonSet`].
pub type DaemonSetList = meta::ObjectList<DaemonSet>;

/// `apps/v1` DaemonSetSpec.
#[derive(Clone, Default, PartialEq)]
pub struct DaemonSetSpec {
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
    /// `template`.
    pub template: crate::core::v1::PodTemplateSpec,
    /// `updateStrategy`.
    pub update_strategy: DaemonSetUpdateStrategy,
    /// `minReadySeconds`.
    pub min_ready_seconds: i32,
    /// `revisionHistoryLimit`.
    pub revision_history_limit: Option<i32>,
}

impl Message for DaemonSetSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Selector", "selector", "v1.LabelSelector", 1, 0),
            field("Template", "template", "v1.PodTemplateSpec", 2, 0),
            field("UpdateStrategy", "updateStrategy", "v1.DaemonSetUpdateStrategy", 3, 1),
            field("MinReadySeconds", "minReadySeconds", "int32", 4, 1),
            field("RevisionHistoryLimit", "revisionHistoryLimit", "int32", 6, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DaemonSetSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.selector,
            1 => &self.template,
            2 => &self.update_strategy,
            3 => &self.min_ready_seconds,
            _ => &self.revision_history_limit,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.selector,
            1 => &mut self.template,
            2 => &mut self.update_strategy,
            3 => &mut self.min_ready_seconds,
            _ => &mut self.revision_history_limit,
        }
    }
}

/// `apps/v1` DaemonSetStatus.
#[derive(Clone, Default, PartialEq)]
pub struct DaemonSetStatus {
    /// `currentNumberScheduled`.
    pub current_number_scheduled: i32,
    /// `numberMisscheduled`.
    pub number_misscheduled: i32,
    /// `desiredNumberScheduled`.
    pub desired_number_scheduled: i32,
    /// `numberReady`.
    pub number_ready: i32,
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `updatedNumberScheduled`.
    pub updated_number_scheduled: i32,
    /// `numberAvailable`.
    pub number_available: i32,
    /// `numberUnavailable`.
    pub number_unavailable: i32,
    /// `collisionCount`.
    pub collision_count: Option<i32>,
    /// `conditions`.
    pub conditions: Slice<DaemonSetCondition>,
}

impl Message for DaemonSetStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 10] = [
            field("CurrentNumberScheduled", "currentNumberScheduled", "int32", 1, 0),
            field("NumberMisscheduled", "numberMisscheduled", "int32", 2, 0),
            field("DesiredNumberScheduled", "desiredNumberScheduled", "int32", 3, 0),
            field("NumberReady", "numberReady", "int32", 4, 0),
            field("ObservedGeneration", "observedGeneration", "int64", 5, 1),
            field("UpdatedNumberScheduled", "updatedNumberScheduled", "int32", 6, 1),
            field("NumberAvailable", "numberAvailable", "int32", 7, 1),
            field("NumberUnavailable", "numberUnavailable", "int32", 8, 1),
            field("CollisionCount", "collisionCount", "int32", 9, 1),
            field("Conditions", "conditions", "[]v1.DaemonSetCondition", 10, 1),
        ];
        static KEYS: [u16; 10] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DaemonSetStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.current_number_scheduled,
            1 => &self.number_misscheduled,
            2 => &self.desired_number_scheduled,
            3 => &self.number_ready,
            4 => &self.observed_generation,
            5 => &self.updated_number_scheduled,
            6 => &self.number_available,
            7 => &self.number_unavailable,
            8 => &self.collision_count,
            _ => &self.conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.current_number_scheduled,
            1 => &mut self.number_misscheduled,
            2 => &mut self.desired_number_scheduled,
            3 => &mut self.number_ready,
            4 => &mut self.observed_generation,
            5 => &mut self.updated_number_scheduled,
            6 => &mut self.number_available,
            7 => &mut self.number_unavailable,
            8 => &mut self.collision_count,
            _ => &mut self.conditions,
        }
    }
}

/// `apps/v1` DaemonSetUpdateStrategy.
#[derive(Clone, Default, PartialEq)]
pub struct DaemonSetUpdateStrategy {
    /// `type`.
    pub type_: Str,
    /// `rollingUpdate`.
    pub rolling_update: Option<Box<RollingUpdateDaemonSet>>,
}

impl Message for DaemonSetUpdateStrategy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Type", "type", "v1.DaemonSetUpdateStrategyType", 1, 1),
            field("RollingUpdate", "rollingUpdate", "v1.RollingUpdateDaemonSet", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DaemonSetUpdateStrategy", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            _ => &self.rolling_update,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            _ => &mut self.rolling_update,
        }
    }
}

/// Values of `DaemonSetUpdateStrategyType`.
#[derive(Debug)]
pub enum DaemonSetUpdateStrategyType {}

impl DaemonSetUpdateStrategyType {
    /// `RollingUpdate`.
    pub const ROLLING_UPDATE: &str = "RollingUpdate";
    /// `OnDelete`.
    pub const ON_DELETE: &str = "OnDelete";
}

/// `apps/v1` Deployment.
#[derive(Clone, Default, PartialEq)]
pub struct Deployment {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: DeploymentSpec,
    /// `status`.
    pub status: DeploymentStatus,
}

impl Message for Deployment {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.DeploymentSpec", 2, 1),
            field("Status", "status", "v1.DeploymentStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Deployment", api_version: "apps/v1", kind: "Deployment", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for Deployment {
    const GROUP: &'static str = "apps";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "apps/v1";
    const KIND: &'static str = "Deployment";
    const LIST_KIND: &'static str = "DeploymentList";
    const PLURAL: &'static str = "deployments";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `apps/v1` DeploymentCondition.
#[derive(Clone, Default, PartialEq)]
pub struct DeploymentCondition {
    /// `type`.
    pub type_: Str,
    /// `status`.
    pub status: Str,
    /// `lastUpdateTime`.
    pub last_update_time: Time,
    /// `lastTransitionTime`.
    pub last_transition_time: Time,
    /// `reason`.
    pub reason: Str,
    /// `message`.
    pub message: Str,
}

impl Message for DeploymentCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Type", "type", "v1.DeploymentConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastUpdateTime", "lastUpdateTime", "v1.Time", 6, 1),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 7, 1),
            field("Reason", "reason", "string", 4, 1),
            field("Message", "message", "string", 5, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeploymentCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 4, 5, 2, 3] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.status,
            2 => &self.last_update_time,
            3 => &self.last_transition_time,
            4 => &self.reason,
            _ => &self.message,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.status,
            2 => &mut self.last_update_time,
            3 => &mut self.last_transition_time,
            4 => &mut self.reason,
            _ => &mut self.message,
        }
    }
}

/// Values of `DeploymentConditionType`.
#[derive(Debug)]
pub enum DeploymentConditionType {}

impl DeploymentConditionType {
    /// `Available`.
    pub const AVAILABLE: &str = "Available";
    /// `Progressing`.
    pub const PROGRESSING: &str = "Progressing";
    /// `ReplicaFailure`.
    pub const REPLICA_FAILURE: &str = "ReplicaFailure";
}

/// List of [`Deployment`].
pub type DeploymentList = meta::ObjectList<Deployment>;

/// `apps/v1` DeploymentSpec.
#[derive(Clone, Default, PartialEq)]
pub struct DeploymentSpec {
    /// `replicas`.
    pub replicas: Option<i32>,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
    /// `template`.
    pub template: crate::core::v1::PodTemplateSpec,
    /// `strategy`.
    pub strategy: DeploymentStrategy,
    /// `minReadySeconds`.
    pub min_ready_seconds: i32,
    /// `revisionHistoryLimit`.
    pub revision_history_limit: Option<i32>,
    /// `paused`.
    pub paused: bool,
    /// `progressDeadlineSeconds`.
    pub progress_deadline_seconds: Option<i32>,
}

impl Message for DeploymentSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 8] = [
            field("Replicas", "replicas", "int32", 1, 1),
            field("Selector", "selector", "v1.LabelSelector", 2, 0),
            field("Template", "template", "v1.PodTemplateSpec", 3, 0),
            field("Strategy", "strategy", "v1.DeploymentStrategy", 4, 1),
            field("MinReadySeconds", "minReadySeconds", "int32", 5, 1),
            field("RevisionHistoryLimit", "revisionHistoryLimit", "int32", 6, 1),
            field("Paused", "paused", "bool", 7, 1),
            field("ProgressDeadlineSeconds", "progressDeadlineSeconds", "int32", 9, 1),
        ];
        static KEYS: [u16; 8] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeploymentSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.replicas,
            1 => &self.selector,
            2 => &self.template,
            3 => &self.strategy,
            4 => &self.min_ready_seconds,
            5 => &self.revision_history_limit,
            6 => &self.paused,
            _ => &self.progress_deadline_seconds,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.replicas,
            1 => &mut self.selector,
            2 => &mut self.template,
            3 => &mut self.strategy,
            4 => &mut self.min_ready_seconds,
            5 => &mut self.revision_history_limit,
            6 => &mut self.paused,
            _ => &mut self.progress_deadline_seconds,
        }
    }
}

/// `apps/v1` DeploymentStatus.
#[derive(Clone, Default, PartialEq)]
pub struct DeploymentStatus {
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `replicas`.
    pub replicas: i32,
    /// `updatedReplicas`.
    pub updated_replicas: i32,
    /// `readyReplicas`.
    pub ready_replicas: i32,
    /// `availableReplicas`.
    pub available_replicas: i32,
    /// `unavailableReplicas`.
    pub unavailable_replicas: i32,
    /// `terminatingReplicas`.
    pub terminating_replicas: Option<i32>,
    /// `conditions`.
    pub conditions: Slice<DeploymentCondition>,
    /// `collisionCount`.
    pub collision_count: Option<i32>,
}

impl Message for DeploymentStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 9] = [
            field("ObservedGeneration", "observedGeneration", "int64", 1, 1),
            field("Replicas", "replicas", "int32", 2, 1),
            field("UpdatedReplicas", "updatedReplicas", "int32", 3, 1),
            field("ReadyReplicas", "readyReplicas", "int32", 7, 1),
            field("AvailableReplicas", "availableReplicas", "int32", 4, 1),
            field("UnavailableReplicas", "unavailableReplicas", "int32", 5, 1),
            field("TerminatingReplicas", "terminatingReplicas", "int32", 9, 1),
            field("Conditions", "conditions", "[]v1.DeploymentCondition", 6, 1),
            field("CollisionCount", "collisionCount", "int32", 8, 1),
        ];
        static KEYS: [u16; 9] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeploymentStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 4, 5, 7, 3, 8, 6] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.observed_generation,
            1 => &self.replicas,
            2 => &self.updated_replicas,
            3 => &self.ready_replicas,
            4 => &self.available_replicas,
            5 => &self.unavailable_replicas,
            6 => &self.terminating_replicas,
            7 => &self.conditions,
            _ => &self.collision_count,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.observed_generation,
            1 => &mut self.replicas,
            2 => &mut self.updated_replicas,
            3 => &mut self.ready_replicas,
            4 => &mut self.available_replicas,
            5 => &mut self.unavailable_replicas,
            6 => &mut self.terminating_replicas,
            7 => &mut self.conditions,
            _ => &mut self.collision_count,
        }
    }
}

/// `apps/v1` DeploymentStrategy.
#[derive(Clone, Default, PartialEq)]
pub struct DeploymentStrategy {
    /// `type`.
    pub type_: Str,
    /// `rollingUpdate`.
    pub rolling_update: Option<Box<RollingUpdateDeployment>>,
}

impl Message for DeploymentStrategy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Type", "type", "v1.DeploymentStrategyType", 1, 1),
            field("RollingUpdate", "rollingUpdate", "v1.RollingUpdateDeployment", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "DeploymentStrategy", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            _ => &self.rolling_update,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            _ => &mut self.rolling_update,
        }
    }
}

/// Values of `DeploymentStrategyType`.
#[derive(Debug)]
pub enum DeploymentStrategyType {}

impl DeploymentStrategyType {
    /// `Recreate`.
    pub const RECREATE: &str = "Recreate";
    /// `RollingUpdate`.
    pub const ROLLING_UPDATE: &str = "RollingUpdate";
}

/// Values of `PersistentVolumeClaimRetentionPolicyType`.
#[derive(Debug)]
pub enum PersistentVolumeClaimRetentionPolicyType {}

impl PersistentVolumeClaimRetentionPolicyType {
    /// `Retain`.
    pub const RETAIN: &str = "Retain";
    /// `Delete`.
    pub const DELETE: &str = "Delete";
}

/// Values of `PodManagementPolicyType`.
#[derive(Debug)]
pub enum PodManagementPolicyType {}

impl PodManagementPolicyType {
    /// `OrderedReady`.
    pub const ORDERED_READY: &str = "OrderedReady";
    /// `Parallel`.
    pub const PARALLEL: &str = "Parallel";
}

/// `apps/v1` ReplicaSet.
#[derive(Clone, Default, PartialEq)]
pub struct ReplicaSet {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ReplicaSetSpec,
    /// `status`.
    pub status: ReplicaSetStatus,
}

impl Message for ReplicaSet {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ReplicaSetSpec", 2, 1),
            field("Status", "status", "v1.ReplicaSetStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ReplicaSet", api_version: "apps/v1", kind: "ReplicaSet", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for ReplicaSet {
    const GROUP: &'static str = "apps";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "apps/v1";
    const KIND: &'static str = "ReplicaSet";
    const LIST_KIND: &'static str = "ReplicaSetList";
    const PLURAL: &'static str = "replicasets";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `apps/v1` ReplicaSetCondition.
#[derive(Clone, Default, PartialEq)]
pub struct ReplicaSetCondition {
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

impl Message for ReplicaSetCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Type", "type", "v1.ReplicaSetConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 3, 1),
            field("Reason", "reason", "string", 4, 1),
            field("Message", "message", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ReplicaSetCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// Values of `ReplicaSetConditionType`.
#[derive(Debug)]
pub enum ReplicaSetConditionType {}

impl ReplicaSetConditionType {
    /// `ReplicaFailure`.
    pub const REPLICA_FAILURE: &str = "ReplicaFailure";
}

/// List of [`ReplicaSet`].
pub type ReplicaSetList = meta::ObjectList<ReplicaSet>;

/// `apps/v1` ReplicaSetSpec.
#[derive(Clone, Default, PartialEq)]
pub struct ReplicaSetSpec {
    /// `replicas`.
    pub replicas: Option<i32>,
    /// `minReadySeconds`.
    pub min_ready_seconds: i32,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
    /// `template`.
    pub template: crate::core::v1::PodTemplateSpec,
}

impl Message for ReplicaSetSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Replicas", "replicas", "int32", 1, 1),
            field("MinReadySeconds", "minReadySeconds", "int32", 4, 1),
            field("Selector", "selector", "v1.LabelSelector", 2, 0),
            field("Template", "template", "v1.PodTemplateSpec", 3, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ReplicaSetSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 2, 3, 1] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.replicas,
            1 => &self.min_ready_seconds,
            2 => &self.selector,
            _ => &self.template,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.replicas,
            1 => &mut self.min_ready_seconds,
            2 => &mut self.selector,
            _ => &mut self.template,
        }
    }
}

/// `apps/v1` ReplicaSetStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ReplicaSetStatus {
    /// `replicas`.
    pub replicas: i32,
    /// `fullyLabeledReplicas`.
    pub fully_labeled_replicas: i32,
    /// `readyReplicas`.
    pub ready_replicas: i32,
    /// `availableReplicas`.
    pub available_replicas: i32,
    /// `terminatingReplicas`.
    pub terminating_replicas: Option<i32>,
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `conditions`.
    pub conditions: Slice<ReplicaSetCondition>,
}

impl Message for ReplicaSetStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("Replicas", "replicas", "int32", 1, 0),
            field("FullyLabeledReplicas", "fullyLabeledReplicas", "int32", 2, 1),
            field("ReadyReplicas", "readyReplicas", "int32", 4, 1),
            field("AvailableReplicas", "availableReplicas", "int32", 5, 1),
            field("TerminatingReplicas", "terminatingReplicas", "int32", 7, 1),
            field("ObservedGeneration", "observedGeneration", "int64", 3, 1),
            field("Conditions", "conditions", "[]v1.ReplicaSetCondition", 6, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ReplicaSetStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 5, 2, 3, 6, 4] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.replicas,
            1 => &self.fully_labeled_replicas,
            2 => &self.ready_replicas,
            3 => &self.available_replicas,
            4 => &self.terminating_replicas,
            5 => &self.observed_generation,
            _ => &self.conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.replicas,
            1 => &mut self.fully_labeled_replicas,
            2 => &mut self.ready_replicas,
            3 => &mut self.available_replicas,
            4 => &mut self.terminating_replicas,
            5 => &mut self.observed_generation,
            _ => &mut self.conditions,
        }
    }
}

/// `apps/v1` RollingUpdateDaemonSet.
#[derive(Clone, Default, PartialEq)]
pub struct RollingUpdateDaemonSet {
    /// `maxUnavailable`.
    pub max_unavailable: Option<IntOrString>,
    /// `maxSurge`.
    pub max_surge: Option<IntOrString>,
}

impl Message for RollingUpdateDaemonSet {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("MaxUnavailable", "maxUnavailable", "intstr.IntOrString", 1, 1),
            field("MaxSurge", "maxSurge", "intstr.IntOrString", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RollingUpdateDaemonSet", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.max_unavailable,
            _ => &self.max_surge,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.max_unavailable,
            _ => &mut self.max_surge,
        }
    }
}

/// `apps/v1` RollingUpdateDeployment.
#[derive(Clone, Default, PartialEq)]
pub struct RollingUpdateDeployment {
    /// `maxUnavailable`.
    pub max_unavailable: Option<IntOrString>,
    /// `maxSurge`.
    pub max_surge: Option<IntOrString>,
}

impl Message for RollingUpdateDeployment {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("MaxUnavailable", "maxUnavailable", "intstr.IntOrString", 1, 1),
            field("MaxSurge", "maxSurge", "intstr.IntOrString", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RollingUpdateDeployment", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.max_unavailable,
            _ => &self.max_surge,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.max_unavailable,
            _ => &mut self.max_surge,
        }
    }
}

/// `apps/v1` RollingUpdateStatefulSetStrategy.
#[derive(Clone, Default, PartialEq)]
pub struct RollingUpdateStatefulSetStrategy {
    /// `partition`.
    pub partition: Option<i32>,
    /// `maxUnavailable`.
    pub max_unavailable: Option<IntOrString>,
}

impl Message for RollingUpdateStatefulSetStrategy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Partition", "partition", "int32", 1, 1),
            field("MaxUnavailable", "maxUnavailable", "intstr.IntOrString", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "RollingUpdateStatefulSetStrategy", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.partition,
            _ => &self.max_unavailable,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.partition,
            _ => &mut self.max_unavailable,
        }
    }
}

/// `apps/v1` StatefulSet.
#[derive(Clone, Default, PartialEq)]
pub struct StatefulSet {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: StatefulSetSpec,
    /// `status`.
    pub status: StatefulSetStatus,
}

impl Message for StatefulSet {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.StatefulSetSpec", 2, 1),
            field("Status", "status", "v1.StatefulSetStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StatefulSet", api_version: "apps/v1", kind: "StatefulSet", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for StatefulSet {
    const GROUP: &'static str = "apps";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "apps/v1";
    const KIND: &'static str = "StatefulSet";
    const LIST_KIND: &'static str = "StatefulSetList";
    const PLURAL: &'static str = "statefulsets";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `apps/v1` StatefulSetCondition.
#[derive(Clone, Default, PartialEq)]
pub struct StatefulSetCondition {
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

impl Message for StatefulSetCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Type", "type", "v1.StatefulSetConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 3, 1),
            field("Reason", "reason", "string", 4, 1),
            field("Message", "message", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StatefulSetCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// List of [`StatefulSet`].
pub type StatefulSetList = meta::ObjectList<StatefulSet>;

/// `apps/v1` StatefulSetOrdinals.
#[derive(Clone, Default, PartialEq)]
pub struct StatefulSetOrdinals {
    /// `start`.
    pub start: i32,
}

impl Message for StatefulSetOrdinals {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Start", "start", "int32", 1, 0),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StatefulSetOrdinals", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.start
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.start
    }
}

/// `apps/v1` StatefulSetPersistentVolumeClaimRetentionPolicy.
#[derive(Clone, Default, PartialEq)]
pub struct StatefulSetPersistentVolumeClaimRetentionPolicy {
    /// `whenDeleted`.
    pub when_deleted: Str,
    /// `whenScaled`.
    pub when_scaled: Str,
}

impl Message for StatefulSetPersistentVolumeClaimRetentionPolicy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("WhenDeleted", "whenDeleted", "v1.PersistentVolumeClaimRetentionPolicyType", 1, 1),
            field("WhenScaled", "whenScaled", "v1.PersistentVolumeClaimRetentionPolicyType", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StatefulSetPersistentVolumeClaimRetentionPolicy", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.when_deleted,
            _ => &self.when_scaled,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.when_deleted,
            _ => &mut self.when_scaled,
        }
    }
}

/// `apps/v1` StatefulSetSpec.
#[derive(Clone, Default, PartialEq)]
pub struct StatefulSetSpec {
    /// `replicas`.
    pub replicas: Option<i32>,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
    /// `template`.
    pub template: crate::core::v1::PodTemplateSpec,
    /// `volumeClaimTemplates`.
    pub volume_claim_templates: Slice<crate::core::v1::PersistentVolumeClaim>,
    /// `serviceName`.
    pub service_name: Str,
    /// `podManagementPolicy`.
    pub pod_management_policy: Str,
    /// `updateStrategy`.
    pub update_strategy: StatefulSetUpdateStrategy,
    /// `revisionHistoryLimit`.
    pub revision_history_limit: Option<i32>,
    /// `minReadySeconds`.
    pub min_ready_seconds: i32,
    /// `persistentVolumeClaimRetentionPolicy`.
    pub persistent_volume_claim_retention_policy:
        Option<Box<StatefulSetPersistentVolumeClaimRetentionPolicy>>,
    /// `ordinals`.
    pub ordinals: Option<Box<StatefulSetOrdinals>>,
}

impl Message for StatefulSetSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 11] = [
            field("Replicas", "replicas", "int32", 1, 1),
            field("Selector", "selector", "v1.LabelSelector", 2, 0),
            field("Template", "template", "v1.PodTemplateSpec", 3, 0),
            field("VolumeClaimTemplates", "volumeClaimTemplates", "[]v1.PersistentVolumeClaim", 4, 1),
            field("ServiceName", "serviceName", "string", 5, 0),
            field("PodManagementPolicy", "podManagementPolicy", "v1.PodManagementPolicyType", 6, 1),
            field("UpdateStrategy", "updateStrategy", "v1.StatefulSetUpdateStrategy", 7, 1),
            field("RevisionHistoryLimit", "revisionHistoryLimit", "int32", 8, 1),
            field("MinReadySeconds", "minReadySeconds", "int32", 9, 1),
            field("PersistentVolumeClaimRetentionPolicy", "persistentVolumeClaimRetentionPolicy", "v1.StatefulSetPersistentVolumeClaimRetentionPolicy", 10, 1),
            field("Ordinals", "ordinals", "v1.StatefulSetOrdinals", 11, 1),
        ];
        static KEYS: [u16; 11] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StatefulSetSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.replicas,
            1 => &self.selector,
            2 => &self.template,
            3 => &self.volume_claim_templates,
            4 => &self.service_name,
            5 => &self.pod_management_policy,
            6 => &self.update_strategy,
            7 => &self.revision_history_limit,
            8 => &self.min_ready_seconds,
            9 => &self.persistent_volume_claim_retention_policy,
            _ => &self.ordinals,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.replicas,
            1 => &mut self.selector,
            2 => &mut self.template,
            3 => &mut self.volume_claim_templates,
            4 => &mut self.service_name,
            5 => &mut self.pod_management_policy,
            6 => &mut self.update_strategy,
            7 => &mut self.revision_history_limit,
            8 => &mut self.min_ready_seconds,
            9 => &mut self.persistent_volume_claim_retention_policy,
            _ => &mut self.ordinals,
        }
    }
}

/// `apps/v1` StatefulSetStatus.
#[derive(Clone, Default, PartialEq)]
pub struct StatefulSetStatus {
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `replicas`.
    pub replicas: i32,
    /// `readyReplicas`.
    pub ready_replicas: i32,
    /// `currentReplicas`.
    pub current_replicas: i32,
    /// `updatedReplicas`.
    pub updated_replicas: i32,
    /// `currentRevision`.
    pub current_revision: Str,
    /// `updateRevision`.
    pub update_revision: Str,
    /// `collisionCount`.
    pub collision_count: Option<i32>,
    /// `conditions`.
    pub conditions: Slice<StatefulSetCondition>,
    /// `availableReplicas`.
    pub available_replicas: i32,
}

impl Message for StatefulSetStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 10] = [
            field("ObservedGeneration", "observedGeneration", "int64", 1, 1),
            field("Replicas", "replicas", "int32", 2, 0),
            field("ReadyReplicas", "readyReplicas", "int32", 3, 1),
            field("CurrentReplicas", "currentReplicas", "int32", 4, 1),
            field("UpdatedReplicas", "updatedReplicas", "int32", 5, 1),
            field("CurrentRevision", "currentRevision", "string", 6, 1),
            field("UpdateRevision", "updateRevision", "string", 7, 1),
            field("CollisionCount", "collisionCount", "int32", 9, 1),
            field("Conditions", "conditions", "[]v1.StatefulSetCondition", 10, 1),
            field("AvailableReplicas", "availableReplicas", "int32", 11, 0),
        ];
        static KEYS: [u16; 10] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StatefulSetStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.observed_generation,
            1 => &self.replicas,
            2 => &self.ready_replicas,
            3 => &self.current_replicas,
            4 => &self.updated_replicas,
            5 => &self.current_revision,
            6 => &self.update_revision,
            7 => &self.collision_count,
            8 => &self.conditions,
            _ => &self.available_replicas,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.observed_generation,
            1 => &mut self.replicas,
            2 => &mut self.ready_replicas,
            3 => &mut self.current_replicas,
            4 => &mut self.updated_replicas,
            5 => &mut self.current_revision,
            6 => &mut self.update_revision,
            7 => &mut self.collision_count,
            8 => &mut self.conditions,
            _ => &mut self.available_replicas,
        }
    }
}

/// `apps/v1` StatefulSetUpdateStrategy.
#[derive(Clone, Default, PartialEq)]
pub struct StatefulSetUpdateStrategy {
    /// `type`.
    pub type_: Str,
    /// `rollingUpdate`.
    pub rolling_update: Option<Box<RollingUpdateStatefulSetStrategy>>,
}

impl Message for StatefulSetUpdateStrategy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Type", "type", "v1.StatefulSetUpdateStrategyType", 1, 1),
            field("RollingUpdate", "rollingUpdate", "v1.RollingUpdateStatefulSetStrategy", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "StatefulSetUpdateStrategy", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            _ => &self.rolling_update,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            _ => &mut self.rolling_update,
        }
    }
}

/// Values of `StatefulSetUpdateStrategyType`.
#[derive(Debug)]
pub enum StatefulSetUpdateStrategyType {}

impl StatefulSetUpdateStrategyType {
    /// `RollingUpdate`.
    pub const ROLLING_UPDATE: &str = "RollingUpdate";
    /// `OnDelete`.
    pub const ON_DELETE: &str = "OnDelete";
}

meta::codec::impl_value!(
    ControllerRevision,
    DaemonSet,
    DaemonSetCondition,
    DaemonSetSpec,
    DaemonSetStatus,
    DaemonSetUpdateStrategy,
    Deployment,
    DeploymentCondition,
    DeploymentSpec,
    DeploymentStatus,
    DeploymentStrategy,
    ReplicaSet,
    ReplicaSetCondition,
    ReplicaSetSpec,
    ReplicaSetStatus,
    RollingUpdateDaemonSet,
    RollingUpdateDeployment,
    RollingUpdateStatefulSetStrategy,
    StatefulSet,
    StatefulSetCondition,
    StatefulSetOrdinals,
    StatefulSetPersistentVolumeClaimRetentionPolicy,
    StatefulSetSpec,
    StatefulSetStatus,
    StatefulSetUpdateStrategy
);
