//! What `kubectl get hpa` prints.

use api::autoscaling::v2::{
    HorizontalPodAutoscaler, MetricSpec, MetricStatus, MetricTarget, MetricValueStatus,
};
use meta::Quantity;
use resource::Column;

/// Metrics that are shown; the others are counted.
const SHOWN_MAX: usize = 2;
const UNKNOWN: &str = "<unknown>";

pub(super) const COLUMNS: &[Column<HorizontalPodAutoscaler>] = &[
    Column::NAME,
    Column::text(
        "Reference",
        "The workload that is scaled.",
        |autoscaler, _| {
            let target = &autoscaler.spec.scale_target_ref;
            format!("{}/{}", target.kind, target.name).into()
        },
    ),
    Column::text(
        "Targets",
        "Each metric: what it is, and what it should be.",
        |autoscaler, _| {
            let metrics = &autoscaler.status.current_metrics;
            targets(&autoscaler.spec.metrics, metrics).into()
        },
    ),
    Column::text("MinPods", "Fewest pods.", |autoscaler, _| {
        let min = autoscaler.spec.min_replicas;
        min.map_or_else(|| "<unset>".to_owned(), |min| min.to_string())
            .into()
    }),
    Column::text("MaxPods", "Most pods.", |autoscaler, _| {
        autoscaler.spec.max_replicas.into()
    }),
    Column::text("Replicas", "Pods that there are.", |autoscaler, _| {
        autoscaler.status.current_replicas.into()
    }),
    Column::AGE,
];

fn targets(specs: &[MetricSpec], statuses: &[MetricStatus]) -> String {
    if specs.is_empty() {
        return "<none>".to_owned();
    }
    let all: Vec<String> = specs
        .iter()
        .enumerate()
        .map(|(index, spec)| target(spec, statuses.get(index)))
        .collect();
    let kept = all[..all.len().min(SHOWN_MAX)].join(", ");
    match all.len().saturating_sub(SHOWN_MAX) {
        0 => kept,
        more => format!("{kept} + {more} more..."),
    }
}

fn target(spec: &MetricSpec, status: Option<&MetricStatus>) -> String {
    match spec.type_.as_str() {
        "External" => {
            let current = status
                .and_then(|s| s.external.as_deref())
                .map(|s| &s.current);
            let wanted = spec.external.as_deref().map(|s| &s.target);
            value(current, wanted)
        }
        "Object" => {
            let current = status.and_then(|s| s.object.as_deref()).map(|s| &s.current);
            let wanted = spec.object.as_deref().map(|s| &s.target);
            value(current, wanted)
        }
        "Pods" => {
            let current = status.and_then(|s| s.pods.as_deref()).map(|s| &s.current);
            let wanted = spec.pods.as_deref().map(|s| &s.target);
            let current = current.and_then(|c| c.average_value.as_ref());
            format!(
                "{}/{}",
                quantity(current),
                quantity(wanted.and_then(|w| w.average_value.as_ref()))
            )
        }
        "Resource" => {
            let current = status
                .and_then(|s| s.resource.as_deref())
                .map(|s| &s.current);
            let source = spec.resource.as_deref();
            let name = source.map_or("", |s| s.name.as_str());
            resource(name, current, source.map(|s| &s.target))
        }
        "ContainerResource" => {
            let current = status.and_then(|s| s.container_resource.as_deref());
            let source = spec.container_resource.as_deref();
            let name = source.map_or("", |s| s.name.as_str());
            resource(name, current.map(|s| &s.current), source.map(|s| &s.target))
        }
        _ => "<unknown type>".to_owned(),
    }
}

fn quantity(value: Option<&Quantity>) -> String {
    value.map_or_else(|| UNKNOWN.to_owned(), ToString::to_string)
}

fn value(current: Option<&MetricValueStatus>, wanted: Option<&MetricTarget>) -> String {
    let average = wanted.and_then(|w| w.average_value.as_ref());
    if let Some(wanted) = average {
        let current = current.and_then(|c| c.average_value.as_ref());
        return format!("{}/{wanted} (avg)", quantity(current));
    }
    let current = current.and_then(|c| c.value.as_ref());
    let wanted = wanted.and_then(|w| w.value.as_ref());
    format!("{}/{}", quantity(current), quantity(wanted))
}

fn resource(
    name: &str,
    current: Option<&MetricValueStatus>,
    wanted: Option<&MetricTarget>,
) -> String {
    if let Some(wanted) = wanted.and_then(|w| w.average_value.as_ref()) {
        let current = current.and_then(|c| c.average_value.as_ref());
        return format!("{name}: {}/{wanted}", quantity(current));
    }
    let percent = |share: Option<i32>, none: &str| {
        share.map_or_else(|| none.to_owned(), |share| format!("{share}%"))
    };
    let current = percent(current.and_then(|c| c.average_utilization), UNKNOWN);
    let wanted = percent(wanted.and_then(|w| w.average_utilization), "<auto>");
    format!("{name}: {current}/{wanted}")
}
