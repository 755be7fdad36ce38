//! `policy/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    IntOrString, Kind, Map, Scope, Slice, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `policy/v1` Eviction.
#[derive(Clone, Default, PartialEq)]
pub struct Eviction {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `deleteOptions`.
    pub delete_options: Option<Box<meta::v1::DeleteOptions>>,
}

impl Message for Eviction {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("DeleteOptions", "deleteOptions", "v1.DeleteOptions", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Eviction", api_version: "policy/v1", kind: "Eviction", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metadata,
            _ => &self.delete_options,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metadata,
            _ => &mut self.delete_options,
        }
    }
}

impl Kind for Eviction {
    const GROUP: &'static str = "policy";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "policy/v1";
    const KIND: &'static str = "Eviction";
    const LIST_KIND: &'static str = "EvictionList";
    const PLURAL: &'static str = "evictions";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `policy/v1` PodDisruptionBudget.
#[derive(Clone, Default, PartialEq)]
pub struct PodDisruptionBudget {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: PodDisruptionBudgetSpec,
    /// `status`.
    pub status: PodDisruptionBudgetStatus,
}

impl Message for PodDisruptionBudget {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.PodDisruptionBudgetSpec", 2, 1),
            field("Status", "status", "v1.PodDisruptionBudgetStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodDisruptionBudget", api_version: "policy/v1", kind: "PodDisruptionBudget", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for PodDisruptionBudget {
    const GROUP: &'static str = "policy";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "policy/v1";
    const KIND: &'static str = "PodDisruptionBudget";
    const LIST_KIND: &'static str = "PodDisruptionBudgetList";
    const PLURAL: &'static str = "poddisruptionbudgets";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// List of [`PodDisruptionBudget`].
pub type PodDisruptionBudgetList = meta::ObjectList<PodDisruptionBudget>;

/// `policy/v1` PodDisruptionBudgetSpec.
#[derive(Clone, Default, PartialEq)]
pub struct PodDisruptionBudgetSpec {
    /// `minAvailable`.
    pub min_available: Option<IntOrString>,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
    /// `maxUnavailable`.
    pub max_unavailable: Option<IntOrString>,
    /// `unhealthyPodEvictionPolicy`.
    pub unhealthy_pod_eviction_policy: Option<Str>,
}

impl Message for PodDisruptionBudgetSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("MinAvailable", "minAvailable", "intstr.IntOrString", 1, 1),
            field("Selector", "selector", "v1.LabelSelector", 2, 1),
            field("MaxUnavailable", "maxUnavailable", "intstr.IntOrString", 3, 1),
            field("UnhealthyPodEvictionPolicy", "unhealthyPodEvictionPolicy", "v1.UnhealthyPodEvictionPolicyType", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodDisruptionBudgetSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.min_available,
            1 => &self.selector,
            2 => &self.max_unavailable,
            _ => &self.unhealthy_pod_eviction_policy,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.min_available,
            1 => &mut self.selector,
            2 => &mut self.max_unavailable,
            _ => &mut self.unhealthy_pod_eviction_policy,
        }
    }
}

/// `policy/v1` PodDisruptionBudgetStatus.
#[derive(Clone, Default, PartialEq)]
pub struct PodDisruptionBudgetStatus {
    /// `observedGeneration`.
    pub observed_generation: i64,
    /// `disruptedPods`.
    pub disrupted_pods: Map<Str, Time>,
    /// `disruptionsAllowed`.
    pub disruptions_allowed: i32,
    /// `currentHealthy`.
    pub current_healthy: i32,
    /// `desiredHealthy`.
    pub desired_healthy: i32,
    /// `expectedPods`.
    pub expected_pods: i32,
    /// `conditions`.
    pub conditions: Slice<meta::v1::Condition>,
}

impl Message for PodDisruptionBudgetStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 7] = [
            field("ObservedGeneration", "observedGeneration", "int64", 1, 1),
            field("DisruptedPods", "disruptedPods", "map[string]v1.Time", 2, 1),
            field("DisruptionsAllowed", "disruptionsAllowed", "int32", 3, 0),
            field("CurrentHealthy", "currentHealthy", "int32", 4, 0),
            field("DesiredHealthy", "desiredHealthy", "int32", 5, 0),
            field("ExpectedPods", "expectedPods", "int32", 6, 0),
            field("Conditions", "conditions", "[]v1.Condition", 7, 1),
        ];
        static KEYS: [u16; 7] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodDisruptionBudgetStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.observed_generation,
            1 => &self.disrupted_pods,
            2 => &self.disruptions_allowed,
            3 => &self.current_healthy,
            4 => &self.desired_healthy,
            5 => &self.expected_pods,
            _ => &self.conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.observed_generation,
            1 => &mut self.disrupted_pods,
            2 => &mut self.disruptions_allowed,
            3 => &mut self.current_healthy,
            4 => &mut self.desired_healthy,
            5 => &mut self.expected_pods,
            _ => &mut self.conditions,
        }
    }
}

/// Values of `UnhealthyPodEvictionPolicyType`.
#[derive(Debug)]
pub enum UnhealthyPodEvictionPolicyType {}

impl UnhealthyPodEvictionPolicyType {
    /// `IfHealthyBudget`.
    pub const IF_HEALTHY_BUDGET: &str = "IfHealthyBudget";
    /// `AlwaysAllow`.
    pub const ALWAYS_ALLOW: &str = "AlwaysAllow";
}

meta::codec::impl_value!(
    Eviction,
    PodDisruptionBudget,
    PodDisruptionBudgetSpec,
    PodDisruptionBudgetStatus
);
