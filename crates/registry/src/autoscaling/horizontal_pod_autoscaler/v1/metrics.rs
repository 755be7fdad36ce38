//! Metrics of v1's annotations, and v2's: the same facts in other fields.

use super::{reference_from_stored, reference_to_stored};
use api::autoscaling::{v1, v2};
use meta::{LabelSelector, Quantity, Str};

type Selector = Option<Box<LabelSelector>>;

fn identifier(name: &Str, selector: &Selector) -> v2::MetricIdentifier {
    v2::MetricIdentifier {
        name: name.clone(),
        selector: selector.clone(),
    }
}

fn target(
    type_: &str,
    value: Option<Quantity>,
    average_value: Option<Quantity>,
    average_utilization: Option<i32>,
) -> v2::MetricTarget {
    v2::MetricTarget {
        type_: type_.into(),
        value,
        average_value,
        average_utilization,
    }
}

/// By value, unless there is an average.
fn value_target(value: Option<Quantity>, average: Option<Quantity>) -> v2::MetricTarget {
    let type_ = if average.is_some() {
        "AverageValue"
    } else {
        "Value"
    };
    target(type_, value, average, None)
}

fn resource_target(utilization: Option<i32>, average: Option<Quantity>) -> v2::MetricTarget {
    let type_ = if utilization.is_some() {
        "Utilization"
    } else {
        "AverageValue"
    };
    target(type_, None, average, utilization)
}

fn current(
    value: Option<Quantity>,
    average_value: Option<Quantity>,
    average_utilization: Option<i32>,
) -> v2::MetricValueStatus {
    v2::MetricValueStatus {
        value,
        average_value,
        average_utilization,
    }
}

pub(super) fn spec_to_stored(from: &v1::MetricSpec) -> v2::MetricSpec {
    // v1 cannot leave the value out: beside an average, zero says that there is none.
    let value = |o: &v1::ObjectMetricSource| {
        let none = o.average_value.is_some() && o.target_value.is_zero();
        (!none).then_some(o.target_value)
    };
    let object = from.object.as_deref().map(|o| v2::ObjectMetricSource {
        described_object: reference_to_stored(&o.target),
        target: value_target(value(o), o.average_value),
        metric: identifier(&o.metric_name, &o.selector),
    });
    let pods = from.pods.as_deref().map(|p| v2::PodsMetricSource {
        metric: identifier(&p.metric_name, &p.selector),
        target: target("AverageValue", None, Some(p.target_average_value), None),
    });
    let resource = from.resource.as_deref().map(|r| v2::ResourceMetricSource {
        name: r.name.clone(),
        target: resource_target(r.target_average_utilization, r.target_average_value),
    });
    let container = from.container_resource.as_deref();
    let container_resource = container.map(|r| v2::ContainerResourceMetricSource {
        name: r.name.clone(),
        target: resource_target(r.target_average_utilization, r.target_average_value),
        container: r.container.clone(),
    });
    let external = from.external.as_deref().map(|e| v2::ExternalMetricSource {
        metric: identifier(&e.metric_name, &e.metric_selector),
        target: value_target(e.target_value, e.target_average_value),
    });
    v2::MetricSpec {
        type_: from.type_.clone(),
        object: object.map(Box::new),
        pods: pods.map(Box::new),
        resource: resource.map(Box::new),
        container_resource: container_resource.map(Box::new),
        external: external.map(Box::new),
    }
}

pub(super) fn spec_from_stored(from: &v2::MetricSpec) -> v1::MetricSpec {
    let object = from.object.as_deref().map(|o| v1::ObjectMetricSource {
        target: reference_from_stored(&o.described_object),
        metric_name: o.metric.name.clone(),
        target_value: o.target.value.unwrap_or_default(),
        selector: o.metric.selector.clone(),
        average_value: o.target.average_value,
    });
    let pods = from.pods.as_deref().map(|p| v1::PodsMetricSource {
        metric_name: p.metric.name.clone(),
        target_average_value: p.target.average_value.unwrap_or_default(),
        selector: p.metric.selector.clone(),
    });
    let resource = from.resource.as_deref().map(|r| v1::ResourceMetricSource {
        name: r.name.clone(),
        target_average_utilization: r.target.average_utilization,
        target_average_value: r.target.average_value,
    });
    let container = from.container_resource.as_deref();
    let container_resource = container.map(|r| v1::ContainerResourceMetricSource {
        name: r.name.clone(),
        target_average_utilization: r.target.average_utilization,
        target_average_value: r.target.average_value,
        container: r.container.clone(),
    });
    let external = from.external.as_deref().map(|e| v1::ExternalMetricSource {
        metric_name: e.metric.name.clone(),
        metric_selector: e.metric.selector.clone(),
        target_value: e.target.value,
        target_average_value: e.target.average_value,
    });
    v1::MetricSpec {
        type_: from.type_.clone(),
        object: object.map(Box::new),
        pods: pods.map(Box::new),
        resource: resource.map(Box::new),
        container_resource: container_resource.map(Box::new),
        external: external.map(Box::new),
    }
}

pub(super) fn status_to_stored(from: &v1::MetricStatus) -> v2::MetricStatus {
    let object = from.object.as_deref().map(|o| v2::ObjectMetricStatus {
        metric: identifier(&o.metric_name, &o.selector),
        current: current(Some(o.current_value), o.average_value, None),
        described_object: reference_to_stored(&o.target),
    });
    let pods = from.pods.as_deref().map(|p| v2::PodsMetricStatus {
        metric: identifier(&p.metric_name, &p.selector),
        current: current(None, Some(p.current_average_value), None),
    });
    let resource = from.resource.as_deref().map(|r| v2::ResourceMetricStatus {
        name: r.name.clone(),
        current: current(
            None,
            Some(r.current_average_value),
            r.current_average_utilization,
        ),
    });
    let container = from.container_resource.as_deref();
    let container_resource = container.map(|r| v2::ContainerResourceMetricStatus {
        name: r.name.clone(),
        current: current(
            None,
            Some(r.current_average_value),
            r.current_average_utilization,
        ),
        container: r.container.clone(),
    });
    let external = from.external.as_deref().map(|e| v2::ExternalMetricStatus {
        metric: identifier(&e.metric_name, &e.metric_selector),
        current: current(Some(e.current_value), e.current_average_value, None),
    });
    v2::MetricStatus {
        type_: from.type_.clone(),
        object: object.map(Box::new),
        pods: pods.map(Box::new),
        resource: resource.map(Box::new),
        container_resource: container_resource.map(Box::new),
        external: external.map(Box::new),
    }
}

pub(super) fn status_from_stored(from: &v2::MetricStatus) -> v1::MetricStatus {
    let object = from.object.as_deref().map(|o| v1::ObjectMetricStatus {
        target: reference_from_stored(&o.described_object),
        metric_name: o.metric.name.clone(),
        current_value: o.current.value.unwrap_or_default(),
        selector: o.metric.selector.clone(),
        average_value: o.current.average_value,
    });
    let pods = from.pods.as_deref().map(|p| v1::PodsMetricStatus {
        metric_name: p.metric.name.clone(),
        current_average_value: p.current.average_value.unwrap_or_default(),
        selector: p.metric.selector.clone(),
    });
    let resource = from.resource.as_deref().map(|r| v1::ResourceMetricStatus {
        name: r.name.clone(),
        current_average_utilization: r.current.average_utilization,
        current_average_value: r.current.average_value.unwrap_or_default(),
    });
    let container = from.container_resource.as_deref();
    let container_resource = container.map(|r| v1::ContainerResourceMetricStatus {
        name: r.name.clone(),
        current_average_utilization: r.current.average_utilization,
        current_average_value: r.current.average_value.unwrap_or_default(),
        container: r.container.clone(),
    });
    let external = from.external.as_deref().map(|e| v1::ExternalMetricStatus {
        metric_name: e.metric.name.clone(),
        metric_selector: e.metric.selector.clone(),
        current_value: e.current.value.unwrap_or_default(),
        current_average_value: e.current.average_value,
    });
    v1::MetricStatus {
        type_: from.type_.clone(),
        object: object.map(Box::new),
        pods: pods.map(Box::new),
        resource: resource.map(Box::new),
        container_resource: container_resource.map(Box::new),
        external: external.map(Box::new),
    }
}

/// What v1's status says of the CPU, as a metric.
pub(super) fn current_cpu(percent: i32) -> v2::MetricStatus {
    let status = v2::ResourceMetricStatus {
        name: "cpu".into(),
        current: current(None, None, Some(percent)),
    };
    v2::MetricStatus {
        type_: "Resource".into(),
        resource: Some(Box::new(status)),
        ..v2::MetricStatus::default()
    }
}

/// The share of a metric that v1's status has a field for.
pub(super) fn cpu_percent(metric: &v2::MetricStatus) -> Option<i32> {
    let status = metric.resource.as_deref()?;
    let is_cpu = metric.type_ == "Resource" && status.name == "cpu";
    status.current.average_utilization.filter(|_| is_cpu)
}
