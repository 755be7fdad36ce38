//! Defaults of autoscalers: the CPU metric, and how fast they scale.

use api::autoscaling::v2::{
    HPAScalingPolicy, HPAScalingRules, HorizontalPodAutoscalerSpec, MetricSpec,
    ResourceMetricSource,
};
use meta::{Slice, Str};

const CPU_PERCENT: i32 = 80;
const PERIOD_SECONDS: i32 = 15;

pub(super) fn set(spec: &mut HorizontalPodAutoscalerSpec) {
    spec.min_replicas.get_or_insert(1);
    if spec.metrics.is_empty() {
        spec.metrics.push(cpu(CPU_PERCENT));
    }
    if let Some(behavior) = &mut spec.behavior {
        let up = behavior.scale_up.get_or_insert_default();
        up.stabilization_window_seconds.get_or_insert(0);
        fill(up, &[("Pods", 4), ("Percent", 100)]);
        let down = behavior.scale_down.get_or_insert_default();
        fill(down, &[("Percent", 100)]);
    }
}

/// The share of the requested CPU that pods shall use on average.
pub(super) fn cpu(percent: i32) -> MetricSpec {
    let mut source = ResourceMetricSource {
        name: "cpu".into(),
        ..ResourceMetricSource::default()
    };
    source.target.type_ = "Utilization".into();
    source.target.average_utilization = Some(percent);
    MetricSpec {
        type_: "Resource".into(),
        resource: Some(Box::new(source)),
        ..MetricSpec::default()
    }
}

fn fill(rules: &mut HPAScalingRules, policies: &[(&str, i32)]) {
    rules.select_policy.get_or_insert_with(|| "Max".into());
    if rules.policies.is_nil() {
        let policy = |(type_, value): &(&str, i32)| HPAScalingPolicy {
            type_: Str::from(*type_),
            value: *value,
            period_seconds: PERIOD_SECONDS,
        };
        rules.policies = policies.iter().map(policy).collect::<Slice<_>>();
    }
}
