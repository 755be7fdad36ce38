//! autoscaling/v1: one CPU target in fields, all else in annotations, so that nothing is lost on the way there and back
//! (`pkg/apis/autoscaling/v1/conversion.go`).

mod metrics;

use super::defaults::cpu;
use crate::core::pod::validate::internal_form;
use api::autoscaling::{v1, v2};
use meta::{
    Map, Str,
    codec::{self, Strictness, Value},
};
use resource::Version;

pub(super) struct V1;

const METRICS: &str = "autoscaling.alpha.kubernetes.io/metrics";
const CURRENT_METRICS: &str = "autoscaling.alpha.kubernetes.io/current-metrics";
const CONDITIONS: &str = "autoscaling.alpha.kubernetes.io/conditions";
const BEHAVIOR: &str = "autoscaling.alpha.kubernetes.io/behavior";

impl Version<v2::HorizontalPodAutoscaler> for V1 {
    type Served = v1::HorizontalPodAutoscaler;

    fn to_stored(&self, object: v1::HorizontalPodAutoscaler) -> v2::HorizontalPodAutoscaler {
        let mut stored = v2::HorizontalPodAutoscaler {
            metadata: object.metadata,
            ..v2::HorizontalPodAutoscaler::default()
        };
        let annotations = &mut stored.metadata.annotations;
        let taken = [METRICS, CURRENT_METRICS, CONDITIONS, BEHAVIOR]
            .map(|key| annotations.remove(key).filter(|text| !text.is_empty()));
        let [metrics, current_metrics, conditions, behavior] = taken;
        let spec = &mut stored.spec;
        spec.scale_target_ref = reference_to_stored(&object.spec.scale_target_ref);
        spec.min_replicas = object.spec.min_replicas;
        spec.max_replicas = object.spec.max_replicas;
        let metrics: Vec<v1::MetricSpec> = read(metrics.as_ref());
        spec.metrics = metrics.iter().map(metrics::spec_to_stored).collect();
        let cpu_target = object.spec.target_cpu_utilization_percentage;
        spec.metrics.extend(cpu_target.map(cpu));
        spec.behavior = behavior.as_deref().and_then(read_behavior).map(Box::new);
        let status = &mut stored.status;
        status.observed_generation = object.status.observed_generation;
        status.last_scale_time = object.status.last_scale_time;
        status.current_replicas = object.status.current_replicas;
        status.desired_replicas = object.status.desired_replicas;
        let current: Vec<v1::MetricStatus> = read(current_metrics.as_ref());
        status.current_metrics = current.iter().map(metrics::status_to_stored).collect();
        if current.is_empty() {
            let percent = object.status.current_cpu_utilization_percentage;
            status.current_metrics = percent.map(metrics::current_cpu).into_iter().collect();
        }
        let conditions: Vec<v1::HorizontalPodAutoscalerCondition> = read(conditions.as_ref());
        status.conditions = conditions.into_iter().map(condition_to_stored).collect();
        stored
    }

    fn to_served(&self, object: &v2::HorizontalPodAutoscaler) -> v1::HorizontalPodAutoscaler {
        let mut served = v1::HorizontalPodAutoscaler {
            metadata: object.metadata.clone(),
            ..v1::HorizontalPodAutoscaler::default()
        };
        let (spec, status) = (&object.spec, &object.status);
        served.spec = v1::HorizontalPodAutoscalerSpec {
            scale_target_ref: reference_from_stored(&spec.scale_target_ref),
            min_replicas: spec.min_replicas,
            max_replicas: spec.max_replicas,
            target_cpu_utilization_percentage: spec.metrics.iter().find_map(cpu_target),
        };
        served.status = v1::HorizontalPodAutoscalerStatus {
            observed_generation: status.observed_generation,
            last_scale_time: status.last_scale_time,
            current_replicas: status.current_replicas,
            desired_replicas: status.desired_replicas,
            current_cpu_utilization_percentage: status
                .current_metrics
                .iter()
                .find_map(metrics::cpu_percent),
        };
        write_annotations(&mut served.metadata.annotations, object);
        served
    }
}

/// The target that has a field of its own.
fn cpu_target(metric: &v2::MetricSpec) -> Option<i32> {
    let source = metric.resource.as_deref()?;
    let is_cpu = metric.type_ == "Resource" && source.name == "cpu";
    source.target.average_utilization.filter(|_| is_cpu)
}

fn write_annotations(annotations: &mut Map<Str, Str>, object: &v2::HorizontalPodAutoscaler) {
    for key in [METRICS, CURRENT_METRICS, CONDITIONS, BEHAVIOR] {
        annotations.remove(key);
    }
    let (spec, status) = (&object.spec, &object.status);
    let others = spec
        .metrics
        .iter()
        .filter(|metric| cpu_target(metric).is_none());
    let others: Vec<v1::MetricSpec> = others.map(metrics::spec_from_stored).collect();
    write(annotations, METRICS, &others);
    let current = status.current_metrics.iter();
    let current: Vec<v1::MetricStatus> = current.map(metrics::status_from_stored).collect();
    write(annotations, CURRENT_METRICS, &current);
    if let Some(behavior) = &spec.behavior {
        annotations.insert(BEHAVIOR, internal_form(&**behavior).into());
    }
    let conditions = status.conditions.iter().map(condition_from_stored);
    let conditions: Vec<v1::HorizontalPodAutoscalerCondition> = conditions.collect();
    write(annotations, CONDITIONS, &conditions);
}

fn write<T: Value + Clone + Default>(annotations: &mut Map<Str, Str>, key: &str, values: &[T])
where
    Vec<T>: Value,
{
    if values.is_empty() {
        return;
    }
    let mut json = Vec::new();
    codec::value_to_json(&mut json, &values.to_vec());
    annotations.insert(key, String::from_utf8_lossy(&json).into_owned().into());
}

/// An annotation that cannot be read counts as none.
fn read<T: codec::Message + Default>(text: Option<&Str>) -> Vec<T> {
    let items = text.and_then(|text| serde_json::from_str::<Vec<serde_json::Value>>(text).ok());
    let items = items.unwrap_or_default();
    let parse = |item: &serde_json::Value| {
        let json = item.to_string();
        let decoded = codec::from_json::<T>(json.as_bytes(), Strictness::Lenient);
        decoded.ok().map(|decoded| decoded.object)
    };
    let parsed: Option<Vec<T>> = items.iter().map(parse).collect();
    parsed.unwrap_or_default()
}

/// Upstream writes its internal type here, whose fields have Go's names.
fn read_behavior(text: &str) -> Option<v2::HorizontalPodAutoscalerBehavior> {
    let value = serde_json::from_str(text).ok()?;
    let json = lower(value).to_string();
    let decoded = codec::from_json(json.as_bytes(), Strictness::Lenient).ok()?;
    Some(decoded.object)
}

fn lower(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(fields) => {
            let field = |(name, value): (String, serde_json::Value)| {
                let mut chars = name.chars();
                let first = chars.next().map(|c| c.to_ascii_lowercase());
                let name: String = first.into_iter().chain(chars).collect();
                (name, lower(value))
            };
            fields.into_iter().map(field).collect()
        }
        serde_json::Value::Array(items) => items.into_iter().map(lower).collect(),
        other => other,
    }
}

fn reference_to_stored(from: &v1::CrossVersionObjectReference) -> v2::CrossVersionObjectReference {
    v2::CrossVersionObjectReference {
        kind: from.kind.clone(),
        name: from.name.clone(),
        api_version: from.api_version.clone(),
    }
}

fn reference_from_stored(
    from: &v2::CrossVersionObjectReference,
) -> v1::CrossVersionObjectReference {
    v1::CrossVersionObjectReference {
        kind: from.kind.clone(),
        name: from.name.clone(),
        api_version: from.api_version.clone(),
    }
}

fn condition_to_stored(
    from: v1::HorizontalPodAutoscalerCondition,
) -> v2::HorizontalPodAutoscalerCondition {
    v2::HorizontalPodAutoscalerCondition {
        type_: from.type_,
        status: from.status,
        last_transition_time: from.last_transition_time,
        reason: from.reason,
        message: from.message,
    }
}

fn condition_from_stored(
    from: &v2::HorizontalPodAutoscalerCondition,
) -> v1::HorizontalPodAutoscalerCondition {
    v1::HorizontalPodAutoscalerCondition {
        type_: from.type_.clone(),
        status: from.status.clone(),
        last_transition_time: from.last_transition_time,
        reason: from.reason.clone(),
        message: from.message.clone(),
    }
}
