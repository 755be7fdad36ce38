//! `autoscaling/v1`. Written by `cargo xtask schema`; do not edit.

use meta::{
    Kind, Quantity, Scope, Str, Time,
    codec::{FieldInfo, Message, MessageInfo, Shape, Value, field, keys},
};

/// `autoscaling/v1` ContainerResourceMetricSource.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerResourceMetricSource {
    /// `name`.
    pub name: Str,
    /// `targetAverageUtilization`.
    pub target_average_utilization: Option<i32>,
    /// `targetAverageValue`.
    pub target_average_value: Option<Quantity>,
    /// `container`.
    pub container: Str,
}

impl Message for ContainerResourceMetricSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Name", "name", "v1.ResourceName", 1, 0),
            field("TargetAverageUtilization", "targetAverageUtilization", "int32", 2, 1),
            field("TargetAverageValue", "targetAverageValue", "resource.Quantity", 3, 1),
            field("Container", "container", "string", 5, 0),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerResourceMetricSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.target_average_utilization,
            2 => &self.target_average_value,
            _ => &self.container,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.target_average_utilization,
            2 => &mut self.target_average_value,
            _ => &mut self.container,
        }
    }
}

/// `autoscaling/v1` ContainerResourceMetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ContainerResourceMetricStatus {
    /// `name`.
    pub name: Str,
    /// `currentAverageUtilization`.
    pub current_average_utilization: Option<i32>,
    /// `currentAverageValue`.
    pub current_average_value: Quantity,
    /// `container`.
    pub container: Str,
}

impl Message for ContainerResourceMetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("Name", "name", "v1.ResourceName", 1, 0),
            field("CurrentAverageUtilization", "currentAverageUtilization", "int32", 2, 1),
            field("CurrentAverageValue", "currentAverageValue", "resource.Quantity", 3, 0),
            field("Container", "container", "string", 4, 0),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ContainerResourceMetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.current_average_utilization,
            2 => &self.current_average_value,
            _ => &self.container,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.current_average_utilization,
            2 => &mut self.current_average_value,
            _ => &mut self.container,
        }
    }
}

/// `autoscaling/v1` CrossVersionObjectReference.
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

/// `autoscaling/v1` ExternalMetricSource.
#[derive(Clone, Default, PartialEq)]
pub struct ExternalMetricSource {
    /// `metricName`.
    pub metric_name: Str,
    /// `metricSelector`.
    pub metric_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `targetValue`.
    pub target_value: Option<Quantity>,
    /// `targetAverageValue`.
    pub target_average_value: Option<Quantity>,
}

impl Message for ExternalMetricSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("MetricName", "metricName", "string", 1, 0),
            field("MetricSelector", "metricSelector", "v1.LabelSelector", 2, 1),
            field("TargetValue", "targetValue", "resource.Quantity", 3, 1),
            field("TargetAverageValue", "targetAverageValue", "resource.Quantity", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ExternalMetricSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metric_name,
            1 => &self.metric_selector,
            2 => &self.target_value,
            _ => &self.target_average_value,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metric_name,
            1 => &mut self.metric_selector,
            2 => &mut self.target_value,
            _ => &mut self.target_average_value,
        }
    }
}

/// `autoscaling/v1` ExternalMetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ExternalMetricStatus {
    /// `metricName`.
    pub metric_name: Str,
    /// `metricSelector`.
    pub metric_selector: Option<Box<meta::v1::LabelSelector>>,
    /// `currentValue`.
    pub current_value: Quantity,
    /// `currentAverageValue`.
    pub current_average_value: Option<Quantity>,
}

impl Message for ExternalMetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("MetricName", "metricName", "string", 1, 0),
            field("MetricSelector", "metricSelector", "v1.LabelSelector", 2, 1),
            field("CurrentValue", "currentValue", "resource.Quantity", 3, 0),
            field("CurrentAverageValue", "currentAverageValue", "resource.Quantity", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ExternalMetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metric_name,
            1 => &self.metric_selector,
            2 => &self.current_value,
            _ => &self.current_average_value,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metric_name,
            1 => &mut self.metric_selector,
            2 => &mut self.current_value,
            _ => &mut self.current_average_value,
        }
    }
}

/// `autoscaling/v1` HorizontalPodAutoscaler.
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
            field("Spec", "spec", "v1.HorizontalPodAutoscalerSpec", 2, 1),
            field("Status", "status", "v1.HorizontalPodAutoscalerStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HorizontalPodAutoscaler", api_version: "autoscaling/v1", kind: "HorizontalPodAutoscaler", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "autoscaling/v1";
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

/// `autoscaling/v1` HorizontalPodAutoscalerCondition.
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
            field("Type", "type", "v1.HorizontalPodAutoscalerConditionType", 1, 0),
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

/// `autoscaling/v1` HorizontalPodAutoscalerSpec.
#[derive(Clone, Default, PartialEq)]
pub struct HorizontalPodAutoscalerSpec {
    /// `scaleTargetRef`.
    pub scale_target_ref: CrossVersionObjectReference,
    /// `minReplicas`.
    pub min_replicas: Option<i32>,
    /// `maxReplicas`.
    pub max_replicas: i32,
    /// `targetCPUUtilizationPercentage`.
    pub target_cpu_utilization_percentage: Option<i32>,
}

impl Message for HorizontalPodAutoscalerSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 4] = [
            field("ScaleTargetRef", "scaleTargetRef", "v1.CrossVersionObjectReference", 1, 0),
            field("MinReplicas", "minReplicas", "int32", 2, 1),
            field("MaxReplicas", "maxReplicas", "int32", 3, 0),
            field("TargetCPUUtilizationPercentage", "targetCPUUtilizationPercentage", "int32", 4, 1),
        ];
        static KEYS: [u16; 4] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HorizontalPodAutoscalerSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.scale_target_ref,
            1 => &self.min_replicas,
            2 => &self.max_replicas,
            _ => &self.target_cpu_utilization_percentage,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.scale_target_ref,
            1 => &mut self.min_replicas,
            2 => &mut self.max_replicas,
            _ => &mut self.target_cpu_utilization_percentage,
        }
    }
}

/// `autoscaling/v1` HorizontalPodAutoscalerStatus.
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
    /// `currentCPUUtilizationPercentage`.
    pub current_cpu_utilization_percentage: Option<i32>,
}

impl Message for HorizontalPodAutoscalerStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("ObservedGeneration", "observedGeneration", "int64", 1, 1),
            field("LastScaleTime", "lastScaleTime", "v1.Time", 2, 1),
            field("CurrentReplicas", "currentReplicas", "int32", 3, 0),
            field("DesiredReplicas", "desiredReplicas", "int32", 4, 0),
            field("CurrentCPUUtilizationPercentage", "currentCPUUtilizationPercentage", "int32", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "HorizontalPodAutoscalerStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.observed_generation,
            1 => &self.last_scale_time,
            2 => &self.current_replicas,
            3 => &self.desired_replicas,
            _ => &self.current_cpu_utilization_percentage,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.observed_generation,
            1 => &mut self.last_scale_time,
            2 => &mut self.current_replicas,
            3 => &mut self.desired_replicas,
            _ => &mut self.current_cpu_utilization_percentage,
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

/// `autoscaling/v1` MetricSpec.
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
            field("Type", "type", "v1.MetricSourceType", 1, 0),
            field("Object", "object", "v1.ObjectMetricSource", 2, 1),
            field("Pods", "pods", "v1.PodsMetricSource", 3, 1),
            field("Resource", "resource", "v1.ResourceMetricSource", 4, 1),
            field("ContainerResource", "containerResource", "v1.ContainerResourceMetricSource", 7, 1),
            field("External", "external", "v1.ExternalMetricSource", 5, 1),
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

/// `autoscaling/v1` MetricStatus.
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
            field("Type", "type", "v1.MetricSourceType", 1, 0),
            field("Object", "object", "v1.ObjectMetricStatus", 2, 1),
            field("Pods", "pods", "v1.PodsMetricStatus", 3, 1),
            field("Resource", "resource", "v1.ResourceMetricStatus", 4, 1),
            field("ContainerResource", "containerResource", "v1.ContainerResourceMetricStatus", 7, 1),
            field("External", "external", "v1.ExternalMetricStatus", 5, 1),
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

/// `autoscaling/v1` ObjectMetricSource.
#[derive(Clone, Default, PartialEq)]
pub struct ObjectMetricSource {
    /// `target`.
    pub target: CrossVersionObjectReference,
    /// `metricName`.
    pub metric_name: Str,
    /// `targetValue`.
    pub target_value: Quantity,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
    /// `averageValue`.
    pub average_value: Option<Quantity>,
}

impl Message for ObjectMetricSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Target", "target", "v1.CrossVersionObjectReference", 1, 0),
            field("MetricName", "metricName", "string", 2, 0),
            field("TargetValue", "targetValue", "resource.Quantity", 3, 0),
            field("Selector", "selector", "v1.LabelSelector", 4, 1),
            field("AverageValue", "averageValue", "resource.Quantity", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ObjectMetricSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.target,
            1 => &self.metric_name,
            2 => &self.target_value,
            3 => &self.selector,
            _ => &self.average_value,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.target,
            1 => &mut self.metric_name,
            2 => &mut self.target_value,
            3 => &mut self.selector,
            _ => &mut self.average_value,
        }
    }
}

/// `autoscaling/v1` ObjectMetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ObjectMetricStatus {
    /// `target`.
    pub target: CrossVersionObjectReference,
    /// `metricName`.
    pub metric_name: Str,
    /// `currentValue`.
    pub current_value: Quantity,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
    /// `averageValue`.
    pub average_value: Option<Quantity>,
}

impl Message for ObjectMetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 5] = [
            field("Target", "target", "v1.CrossVersionObjectReference", 1, 0),
            field("MetricName", "metricName", "string", 2, 0),
            field("CurrentValue", "currentValue", "resource.Quantity", 3, 0),
            field("Selector", "selector", "v1.LabelSelector", 4, 1),
            field("AverageValue", "averageValue", "resource.Quantity", 5, 1),
        ];
        static KEYS: [u16; 5] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ObjectMetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.target,
            1 => &self.metric_name,
            2 => &self.current_value,
            3 => &self.selector,
            _ => &self.average_value,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.target,
            1 => &mut self.metric_name,
            2 => &mut self.current_value,
            3 => &mut self.selector,
            _ => &mut self.average_value,
        }
    }
}

/// `autoscaling/v1` PodsMetricSource.
#[derive(Clone, Default, PartialEq)]
pub struct PodsMetricSource {
    /// `metricName`.
    pub metric_name: Str,
    /// `targetAverageValue`.
    pub target_average_value: Quantity,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
}

impl Message for PodsMetricSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("MetricName", "metricName", "string", 1, 0),
            field("TargetAverageValue", "targetAverageValue", "resource.Quantity", 2, 0),
            field("Selector", "selector", "v1.LabelSelector", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodsMetricSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metric_name,
            1 => &self.target_average_value,
            _ => &self.selector,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metric_name,
            1 => &mut self.target_average_value,
            _ => &mut self.selector,
        }
    }
}

/// `autoscaling/v1` PodsMetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct PodsMetricStatus {
    /// `metricName`.
    pub metric_name: Str,
    /// `currentAverageValue`.
    pub current_average_value: Quantity,
    /// `selector`.
    pub selector: Option<Box<meta::v1::LabelSelector>>,
}

impl Message for PodsMetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("MetricName", "metricName", "string", 1, 0),
            field("CurrentAverageValue", "currentAverageValue", "resource.Quantity", 2, 0),
            field("Selector", "selector", "v1.LabelSelector", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "PodsMetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.metric_name,
            1 => &self.current_average_value,
            _ => &self.selector,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.metric_name,
            1 => &mut self.current_average_value,
            _ => &mut self.selector,
        }
    }
}

/// `autoscaling/v1` ResourceMetricSource.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceMetricSource {
    /// `name`.
    pub name: Str,
    /// `targetAverageUtilization`.
    pub target_average_utilization: Option<i32>,
    /// `targetAverageValue`.
    pub target_average_value: Option<Quantity>,
}

impl Message for ResourceMetricSource {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Name", "name", "v1.ResourceName", 1, 0),
            field("TargetAverageUtilization", "targetAverageUtilization", "int32", 2, 1),
            field("TargetAverageValue", "targetAverageValue", "resource.Quantity", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceMetricSource", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.target_average_utilization,
            _ => &self.target_average_value,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.target_average_utilization,
            _ => &mut self.target_average_value,
        }
    }
}

/// `autoscaling/v1` ResourceMetricStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ResourceMetricStatus {
    /// `name`.
    pub name: Str,
    /// `currentAverageUtilization`.
    pub current_average_utilization: Option<i32>,
    /// `currentAverageValue`.
    pub current_average_value: Quantity,
}

impl Message for ResourceMetricStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("Name", "name", "v1.ResourceName", 1, 0),
            field("CurrentAverageUtilization", "currentAverageUtilization", "int32", 2, 1),
            field("CurrentAverageValue", "currentAverageValue", "resource.Quantity", 3, 0),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ResourceMetricStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.name,
            1 => &self.current_average_utilization,
            _ => &self.current_average_value,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.name,
            1 => &mut self.current_average_utilization,
            _ => &mut self.current_average_value,
        }
    }
}

/// `autoscaling/v1` Scale.
#[derive(Clone, Default, PartialEq)]
pub struct Scale {
    /// `metadata`.
    pub metadata: meta::v1::ObjectMeta,
    /// `spec`.
    pub spec: ScaleSpec,
    /// `status`.
    pub status: ScaleStatus,
}

impl Message for Scale {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 3] = [
            field("ObjectMeta", "metadata", "v1.ObjectMeta", 1, 1),
            field("Spec", "spec", "v1.ScaleSpec", 2, 1),
            field("Status", "status", "v1.ScaleStatus", 3, 1),
        ];
        static KEYS: [u16; 3] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "Scale", api_version: "autoscaling/v1", kind: "Scale", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
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

impl Kind for Scale {
    const GROUP: &'static str = "autoscaling";
    const VERSION: &'static str = "v1";
    const API_VERSION: &'static str = "autoscaling/v1";
    const KIND: &'static str = "Scale";
    const LIST_KIND: &'static str = "ScaleList";
    const PLURAL: &'static str = "scales";
    const SCOPE: Scope = Scope::Namespaced;
    fn metadata(&self) -> &meta::v1::ObjectMeta {
        &self.metadata
    }
    fn metadata_mut(&mut self) -> &mut meta::v1::ObjectMeta {
        &mut self.metadata
    }
}

/// `autoscaling/v1` ScaleSpec.
#[derive(Clone, Default, PartialEq)]
pub struct ScaleSpec {
    /// `replicas`.
    pub replicas: i32,
}

impl Message for ScaleSpec {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 1] = [
            field("Replicas", "replicas", "int32", 1, 1),
        ];
        static KEYS: [u16; 1] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ScaleSpec", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        let _ = index;
        &self.replicas
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        let _ = index;
        &mut self.replicas
    }
}

/// `autoscaling/v1` ScaleStatus.
#[derive(Clone, Default, PartialEq)]
pub struct ScaleStatus {
    /// `replicas`.
    pub replicas: i32,
    /// `selector`.
    pub selector: Str,
}

impl Message for ScaleStatus {
    #[rustfmt::skip]
    fn info(&self) -> &'static MessageInfo {
        static FIELDS: [FieldInfo; 2] = [
            field("Replicas", "replicas", "int32", 1, 0),
            field("Selector", "selector", "string", 2, 1),
        ];
        static KEYS: [u16; 2] = keys(&FIELDS);
        static INFO: MessageInfo = MessageInfo { go_name: "ScaleStatus", api_version: "", kind: "", shape: Shape::Struct, fields: &FIELDS, keys: &KEYS, protobuf_order: &[] };
        &INFO
    }
    fn field(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.replicas,
            _ => &self.selector,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.replicas,
            _ => &mut self.selector,
        }
    }
}

meta::codec::impl_value!(
    ContainerResourceMetricSource,
    ContainerResourceMetricStatus,
    CrossVersionObjectReference,
    ExternalMetricSource,
    ExternalMetricStatus,
    HorizontalPodAutoscaler,
    HorizontalPodAutoscalerCondition,
    HorizontalPodAutoscalerSpec,
    HorizontalPodAutoscalerStatus,
    MetricSpec,
    MetricStatus,
    ObjectMetricSource,
    ObjectMetricStatus,
    PodsMetricSource,
    PodsMetricStatus,
    ResourceMetricSource,
    ResourceMetricStatus,
    Scale,
    ScaleSpec,
    ScaleStatus
);
