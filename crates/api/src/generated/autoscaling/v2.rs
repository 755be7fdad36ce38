//! `autoscaling/v2`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Quantity, Scope, Slice, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `autoscaling/v2` ContainerResourceMetricSource.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerResourceMetricSource {
    /// `name`.
    pub name: Str,
    /// `target`.
    pub target: MetricTarget,
    /// `container`.
    pub container: Str,
}

impl Message for ContainerResourceMetricSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Name", "name", "v1.ResourceName", 1, 0),
            field("Target", "target", "v2.MetricTarget", 2, 0),
            field("Container", "container", "string", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerResourceMetricSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.target,
            _ => &self.container,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.target,
            _ => &mut self.container,
        }
    }
}

/// `autoscaling/v2` ContainerResourceMetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerResourceMetricStatus {
    /// `name`.
    pub name: Str,
    /// `current`.
    pub current: MetricValueStatus,
    /// `container`.
    pub container: Str,
}

impl Message for ContainerResourceMetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Name", "name", "v1.ResourceName", 1, 0),
            field("Current", "current", "v2.MetricValueStatus", 2, 0),
            field("Container", "container", "string", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerResourceMetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.current,
            _ => &self.container,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.current,
            _ => &mut self.container,
        }
    }
}

/// `autoscaling/v2` CrossVersionObjectReference.
#[derive(Clone, Default, PartialEq)]
pub struct CrossVersionObjectReference {
    /// `kind`.
    pub kind: Str,
    /// `name`.
    pub name: Str,
    /// `apiVersion`.
    pub api_version: Str,
}

impl Message for CrossVersionObjectReference {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Kind", "kind", "string", 1, 0),
            field("Name", "name", "string", 2, 0),
            field("APIVersion", "apiVersion", "string", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "CrossVersionObjectReference", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.kind,
            1 => &self.name,
            _ => &self.api_version,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.kind,
            1 => &mut self.name,
            _ => &mut self.api_version,
        }
    }
}

/// `autoscaling/v2` ExternalMetricSource.
#[derive(Clone, Default, PartialEq)]
pub struct ExternalMetricSource {
    /// `metric`.
    pub metric: MetricIdentifier,
    /// `target`.
    pub target: MetricTarget,
}

impl Message for ExternalMetricSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Metric", "metric", "v2.MetricIdentifier", 1, 0),
            field("Target", "target", "v2.MetricTarget", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ExternalMetricSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metric,
            _ => &self.target,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metric,
            _ => &mut self.target,
        }
    }
}

/// `autoscaling/v2` ExternalMetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ExternalMetricStatus {
    /// `metric`.
    pub metric: MetricIdentifier,
    /// `current`.
    pub current: MetricValueStatus,
}

impl Message for ExternalMetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Metric", "metric", "v2.MetricIdentifier", 1, 0),
            field("Current", "current", "v2.MetricValueStatus", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ExternalMetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metric,
            _ => &self.current,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metric,
            _ => &mut self.current,
        }
    }
}

/// `autoscaling/v2` HPAScalingPolicy.
#[derive(Clone, Default, PartialEq)]
pub struct HPAScalingPolicy {
    /// `type`.
    pub type_: Str,
    /// `value`.
    pub value: i32,
    /// `periodSeconds`.
    pub period_seconds: i32,
}

impl Message for HPAScalingPolicy {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Type", "type", "v2.HPAScalingPolicyType", 1, 0),
            field("Value", "value", "int32", 2, 0),
            field("PeriodSeconds", "periodSeconds", "int32", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HPAScalingPolicy", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.value,
            _ => &self.period_seconds,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.value,
            _ => &mut self.period_seconds,
        }
    }
}

/// Values of `HPAScalingPolicyType`.
#[derive(Debug)]
pub enum HPAScalingPolicyType {}

impl HPAScalingPolicyType {
    /// `Pods`.
    pub const PODS: &str = "Pods";
    /// `Percent`.
    pub const PERCENT: &str = "Percent";
}

/// `autoscaling/v2` HPAScalingRules.
#[derive(Clone, Default, PartialEq)]
pub struct HPAScalingRules {
    /// `stabilizationWindowSeconds`.
    pub stabilization_window_seconds: Option<i32>,
    /// `selectPolicy`.
    pub select_policy: Option<Str>,
    /// `policies`.
    pub policies: Slice<HPAScalingPolicy>,
    /// `tolerance`.
    pub tolerance: Option<Quantity>,
}

impl Message for HPAScalingRules {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("StabilizationWindowSeconds", "stabilizationWindowSeconds", "int32", 3, 1),
            field("SelectPolicy", "selectPolicy", "v2.ScalingPolicySelect", 1, 1),
            field("Policies", "policies", "[]v2.HPAScalingPolicy", 2, 1),
            field("Tolerance", "tolerance", "resource.Quantity", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HPAScalingRules", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[1, 2, 0, 3] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.stabilization_window_seconds,
            1 => &self.select_policy,
            2 => &self.policies,
            _ => &self.tolerance,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.stabilization_window_seconds,
            1 => &mut self.select_policy,
            2 => &mut self.policies,
            _ => &mut self.tolerance,
        }
    }
}

/// `autoscaling/v2` HorizontalPodAutoscaler.
#[derive(Clone, Default, PartialEq)]
pub struct HorizontalPodAutoscaler {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: HorizontalPodAutoscalerSpec,
    /// `status`.
    pub status: HorizontalPodAutoscalerStatus,
}

impl Message for HorizontalPodAutoscaler {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v2.HorizontalPodAutoscalerSpec", 2, 1),
            field("Status", "status", "v2.HorizontalPodAutoscalerStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HorizontalPodAutoscaler", api_version: "autoscaling/v2", kind: "HorizontalPodAutoscaler", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for HorizontalPodAutoscaler {
    const GROUP: &'static str = "autoscaling";
    const VERSION: &'static str = "v2";
    const API_VERSION: &'static str = "autoscaling/v2";
    const KIND: &'static str = "HorizontalPodAutoscaler";
    const LIST_KIND: &'static str = "HorizontalPodAutoscalerList";
    const PLURAL: &'static str = "horizontalpodautoscalers";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `autoscaling/v2` HorizontalPodAutoscalerBehavior.
#[derive(Clone, Default, PartialEq)]
pub struct HorizontalPodAutoscalerBehavior {
    /// `scaleUp`.
    pub scale_up: Option<Box<HPAScalingRules>>,
    /// `scaleDown`.
    pub scale_down: Option<Box<HPAScalingRules>>,
}

impl Message for HorizontalPodAutoscalerBehavior {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("ScaleUp", "scaleUp", "v2.HPAScalingRules", 1, 1),
            field("ScaleDown", "scaleDown", "v2.HPAScalingRules", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HorizontalPodAutoscalerBehavior", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.scale_up,
            _ => &self.scale_down,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.scale_up,
            _ => &mut self.scale_down,
        }
    }
}

/// `autoscaling/v2` HorizontalPodAutoscalerCondition.
#[derive(Clone, Default, PartialEq)]
pub struct HorizontalPodAutoscalerCondition {
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

impl Message for HorizontalPodAutoscalerCondition {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Type", "type", "v2.HorizontalPodAutoscalerConditionType", 1, 0),
            field("Status", "status", "v1.ConditionStatus", 2, 0),
            field("LastTransitionTime", "lastTransitionTime", "v1.Time", 3, 1),
            field("Reason", "reason", "string", 4, 1),
            field("Message", "message", "string", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HorizontalPodAutoscalerCondition", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

/// Values of `HorizontalPodAutoscalerConditionType`.
#[derive(Debug)]
pub enum HorizontalPodAutoscalerConditionType {}

impl HorizontalPodAutoscalerConditionType {
    /// `ScalingActive`.
    pub const SCALING_ACTIVE: &str = "ScalingActive";
    /// `AbleToScale`.
    pub const ABLE_TO_SCALE: &str = "AbleToScale";
    /// `ScalingLimited`.
    pub const SCALING_LIMITED: &str = "ScalingLimited";
    /// `ScaledToZero`.
    pub const SCALED_TO_ZERO: &str = "ScaledToZero";
}

/// List of [`HorizontalPodAutoscaler`].
pub type HorizontalPodAutoscalerList = meta::ObjectList<HorizontalPodAutoscaler>;

/// `autoscaling/v2` HorizontalPodAutoscalerSpec.
#[derive(Clone, Default, PartialEq)]
pub struct HorizontalPodAutoscalerSpec {
    /// `scaleTargetRef`.
    pub scale_target_ref: CrossVersionObjectReference,
    /// `minReplicas`.
    pub min_replicas: Option<i32>,
    /// `maxReplicas`.
    pub max_replicas: i32,
    /// `metrics`.
    pub metrics: Slice<MetricSpec>,
    /// `behavior`.
    pub behavior: Option<Box<HorizontalPodAutoscalerBehavior>>,
}

impl Message for HorizontalPodAutoscalerSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("ScaleTargetRef", "scaleTargetRef", "v2.CrossVersionObjectReference", 1, 0),
            field("MinReplicas", "minReplicas", "int32", 2, 1),
            field("MaxReplicas", "maxReplicas", "int32", 3, 0),
            field("Metrics", "metrics", "[]v2.MetricSpec", 4, 1),
            field("Behavior", "behavior", "v2.HorizontalPodAutoscalerBehavior", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HorizontalPodAutoscalerSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.scale_target_ref,
            1 => &self.min_replicas,
            2 => &self.max_replicas,
            3 => &self.metrics,
            _ => &self.behavior,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.scale_target_ref,
            1 => &mut self.min_replicas,
            2 => &mut self.max_replicas,
            3 => &mut self.metrics,
            _ => &mut self.behavior,
        }
    }
}

/// `autoscaling/v2` HorizontalPodAutoscalerStatus.
#[derive(Clone, Default, PartialEq)]
pub struct HorizontalPodAutoscalerStatus {
    /// `observedGeneration`.
    pub observed_generation: Option<i64>,
    /// `lastScaleTime`.
    pub last_scale_time: Option<Time>,
    /// `currentReplicas`.
    pub current_replicas: i32,
    /// `desiredReplicas`.
    pub desired_replicas: i32,
    /// `currentMetrics`.
    pub current_metrics: Slice<MetricStatus>,
    /// `conditions`.
    pub conditions: Slice<HorizontalPodAutoscalerCondition>,
}

impl Message for HorizontalPodAutoscalerStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("ObservedGeneration", "observedGeneration", "int64", 1, 1),
            field("LastScaleTime", "lastScaleTime", "v1.Time", 2, 1),
            field("CurrentReplicas", "currentReplicas", "int32", 3, 1),
            field("DesiredReplicas", "desiredReplicas", "int32", 4, 0),
            field("CurrentMetrics", "currentMetrics", "[]v2.MetricStatus", 5, 0),
            field("Conditions", "conditions", "[]v2.HorizontalPodAutoscalerCondition", 6, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HorizontalPodAutoscalerStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.observed_generation,
            1 => &self.last_scale_time,
            2 => &self.current_replicas,
            3 => &self.desired_replicas,
            4 => &self.current_metrics,
            _ => &self.conditions,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.observed_generation,
            1 => &mut self.last_scale_time,
            2 => &mut self.current_replicas,
            3 => &mut self.desired_replicas,
            4 => &mut self.current_metrics,
            _ => &mut self.conditions,
        }
    }
}

/// `autoscaling/v2` MetricIdentifier.
#[derive(Clone, Default, PartialEq)]
pub struct MetricIdentifier {
    /// `name`.
    pub name: Str,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
}

impl Message for MetricIdentifier {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "string", 1, 0),
            field("Selector", "selector", "v1.LabelSelector", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MetricIdentifier", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.selector,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.selector,
        }
    }
}

/// Values of `MetricSourceType`.
#[derive(Debug)]
pub enum MetricSourceType {}

impl MetricSourceType {
    /// `Object`.
    pub const OBJECT: &str = "Object";
    /// `Pods`.
    pub const PODS: &str = "Pods";
    /// `Resource`.
    pub const RESOURCE: &str = "Resource";
    /// `ContainerResource`.
    pub const CONTAINER_RESOURCE: &str = "ContainerResource";
    /// `External`.
    pub const EXTERNAL: &str = "External";
}

/// `autoscaling/v2` MetricSpec.
#[derive(Clone, Default, PartialEq)]
pub struct MetricSpec {
    /// `type`.
    pub type_: Str,
    /// `object`.
    pub object: Option<Box<ObjectMetricSource>>,
    /// `pods`.
    pub pods: Option<Box<PodsMetricSource>>,
    /// `resource`.
    pub resource: Option<Box<ResourceMetricSource>>,
    /// `containerResource`.
    pub container_resource: Option<Box<ContainerResourceMetricSource>>,
    /// `external`.
    pub external: Option<Box<ExternalMetricSource>>,
}

impl Message for MetricSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Type", "type", "v2.MetricSourceType", 1, 0),
            field("Object", "object", "v2.ObjectMetricSource", 2, 1),
            field("Pods", "pods", "v2.PodsMetricSource", 3, 1),
            field("Resource", "resource", "v2.ResourceMetricSource", 4, 1),
            field("ContainerResource", "containerResource", "v2.ContainerResourceMetricSource", 7, 1),
            field("External", "external", "v2.ExternalMetricSource", 5, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MetricSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 5, 4] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.object,
            2 => &self.pods,
            3 => &self.resource,
            4 => &self.container_resource,
            _ => &self.external,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.object,
            2 => &mut self.pods,
            3 => &mut self.resource,
            4 => &mut self.container_resource,
            _ => &mut self.external,
        }
    }
}

/// `autoscaling/v2` MetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct MetricStatus {
    /// `type`.
    pub type_: Str,
    /// `object`.
    pub object: Option<Box<ObjectMetricStatus>>,
    /// `pods`.
    pub pods: Option<Box<PodsMetricStatus>>,
    /// `resource`.
    pub resource: Option<Box<ResourceMetricStatus>>,
    /// `containerResource`.
    pub container_resource: Option<Box<ContainerResourceMetricStatus>>,
    /// `external`.
    pub external: Option<Box<ExternalMetricStatus>>,
}

impl Message for MetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 6] = [
            field("Type", "type", "v2.MetricSourceType", 1, 0),
            field("Object", "object", "v2.ObjectMetricStatus", 2, 1),
            field("Pods", "pods", "v2.PodsMetricStatus", 3, 1),
            field("Resource", "resource", "v2.ResourceMetricStatus", 4, 1),
            field("ContainerResource", "containerResource", "v2.ContainerResourceMetricStatus", 7, 1),
            field("External", "external", "v2.ExternalMetricStatus", 5, 1),
        ];
        static KEYS: [u16; 6] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[0, 1, 2, 3, 5, 4] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.object,
            2 => &self.pods,
            3 => &self.resource,
            4 => &self.container_resource,
            _ => &self.external,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.object,
            2 => &mut self.pods,
            3 => &mut self.resource,
            4 => &mut self.container_resource,
            _ => &mut self.external,
        }
    }
}

/// `autoscaling/v2` MetricTarget.
#[derive(Clone, Default, PartialEq)]
pub struct MetricTarget {
    /// `type`.
    pub type_: Str,
    /// `value`.
    pub value: Option<Quantity>,
    /// `averageValue`.
    pub average_value: Option<Quantity>,
    /// `averageUtilization`.
    pub average_utilization: Option<i32>,
}

impl Message for MetricTarget {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Type", "type", "v2.MetricTargetType", 1, 0),
            field("Value", "value", "resource.Quantity", 2, 1),
            field("AverageValue", "averageValue", "resource.Quantity", 3, 1),
            field("AverageUtilization", "averageUtilization", "int32", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MetricTarget", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.type_,
            1 => &self.value,
            2 => &self.average_value,
            _ => &self.average_utilization,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.type_,
            1 => &mut self.value,
            2 => &mut self.average_value,
            _ => &mut self.average_utilization,
        }
    }
}

/// Values of `MetricTargetType`.
#[derive(Debug)]
pub enum MetricTargetType {}

impl MetricTargetType {
    /// `Utilization`.
    pub const UTILIZATION: &str = "Utilization";
    /// `Value`.
    pub const VALUE: &str = "Value";
    /// `AverageValue`.
    pub const AVERAGE_VALUE: &str = "AverageValue";
}

/// `autoscaling/v2` MetricValueStatus.
#[derive(Clone, Default, PartialEq)]
pub struct MetricValueStatus {
    /// `value`.
    pub value: Option<Quantity>,
    /// `averageValue`.
    pub average_value: Option<Quantity>,
    /// `averageUtilization`.
    pub average_utilization: Option<i32>,
}

impl Message for MetricValueStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Value", "value", "resource.Quantity", 1, 1),
            field("AverageValue", "averageValue", "resource.Quantity", 2, 1),
            field("AverageUtilization", "averageUtilization", "int32", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "MetricValueStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.value,
            1 => &self.average_value,
            _ => &self.average_utilization,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.value,
            1 => &mut self.average_value,
            _ => &mut self.average_utilization,
        }
    }
}

/// `autoscaling/v2` ObjectMetricSource.
#[derive(Clone, Default, PartialEq)]
pub struct ObjectMetricSource {
    /// `describedObject`.
    pub described_object: CrossVersionObjectReference,
    /// `target`.
    pub target: MetricTarget,
    /// `metric`.
    pub metric: MetricIdentifier,
}

impl Message for ObjectMetricSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("DescribedObject", "describedObject", "v2.CrossVersionObjectReference", 1, 0),
            field("Target", "target", "v2.MetricTarget", 2, 0),
            field("Metric", "metric", "v2.MetricIdentifier", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ObjectMetricSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.described_object,
            1 => &self.target,
            _ => &self.metric,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.described_object,
            1 => &mut self.target,
            _ => &mut self.metric,
        }
    }
}

/// `autoscaling/v2` ObjectMetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ObjectMetricStatus {
    /// `metric`.
    pub metric: MetricIdentifier,
    /// `current`.
    pub current: MetricValueStatus,
    /// `describedObject`.
    pub described_object: CrossVersionObjectReference,
}

impl Message for ObjectMetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Metric", "metric", "v2.MetricIdentifier", 1, 0),
            field("Current", "current", "v2.MetricValueStatus", 2, 0),
            field("DescribedObject", "describedObject", "v2.CrossVersionObjectReference", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ObjectMetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metric,
            1 => &self.current,
            _ => &self.described_object,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metric,
            1 => &mut self.current,
            _ => &mut self.described_object,
        }
    }
}

/// `autoscaling/v2` PodsMetricSource.
#[derive(Clone, Default, PartialEq)]
pub struct PodsMetricSource {
    /// `metric`.
    pub metric: MetricIdentifier,
    /// `target`.
    pub target: MetricTarget,
}

impl Message for PodsMetricSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Metric", "metric", "v2.MetricIdentifier", 1, 0),
            field("Target", "target", "v2.MetricTarget", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodsMetricSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metric,
            _ => &self.target,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metric,
            _ => &mut self.target,
        }
    }
}

/// `autoscaling/v2` PodsMetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct PodsMetricStatus {
    /// `metric`.
    pub metric: MetricIdentifier,
    /// `current`.
    pub current: MetricValueStatus,
}

impl Message for PodsMetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Metric", "metric", "v2.MetricIdentifier", 1, 0),
            field("Current", "current", "v2.MetricValueStatus", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodsMetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metric,
            _ => &self.current,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metric,
            _ => &mut self.current,
        }
    }
}

/// `autoscaling/v2` ResourceMetricSource.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceMetricSource {
    /// `name`.
    pub name: Str,
    /// `target`.
    pub target: MetricTarget,
}

impl Message for ResourceMetricSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "v1.ResourceName", 1, 0),
            field("Target", "target", "v2.MetricTarget", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceMetricSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.target,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.target,
        }
    }
}

/// `autoscaling/v2` ResourceMetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceMetricStatus {
    /// `name`.
    pub name: Str,
    /// `current`.
    pub current: MetricValueStatus,
}

impl Message for ResourceMetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Name", "name", "v1.ResourceName", 1, 0),
            field("Current", "current", "v2.MetricValueStatus", 2, 0),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceMetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            _ => &self.current,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            _ => &mut self.current,
        }
    }
}

/// Values of `ScalingPolicySelect`.
#[derive(Debug)]
pub enum ScalingPolicySelect {}

impl ScalingPolicySelect {
    /// `Max`.
    pub const MAX: &str = "Max";
    /// `Min`.
    pub const MIN: &str = "Min";
    /// `Disabled`.
    pub const DISABLED: &str = "Disabled";
}

meta::codec::impl_value!(
    ContainerResourceMetricSource,
    ContainerResourceMetricStatus,
    CrossVersionObjectReference,
    ExternalMetricSource,
    ExternalMetricStatus,
    HPAScalingPolicy,
    HPAScalingRules,
    HorizontalPodAutoscaler,
    HorizontalPodAutoscalerBehavior,
    HorizontalPodAutoscalerCondition,
    HorizontalPodAutoscalerSpec,
    HorizontalPodAutoscalerStatus,
    MetricIdentifier,
    MetricSpec,
    MetricStatus,
    MetricTarget,
    MetricValueStatus,
    ObjectMetricSource,
    ObjectMetricStatus,
    PodsMetricSource,
    PodsMetricStatus,
    ResourceMetricSource,
    ResourceMetricStatus
);
