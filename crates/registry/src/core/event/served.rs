//! The same events as group `events.k8s.io` names their fields, and what only requests of that version must hold.

use crate::{core::pod::validate::internal_form, rules};
use api::{
    core::v1::{Event, EventSeries, EventSource},
    events::v1,
};
use meta::{FieldErrors, FieldPath, Verbatim, codec};
use resource::{NameRule, Version};

/// `events.k8s.io/v1`.
pub(super) struct EventsV1;

pub(super) const API_VERSION: &str = "events.k8s.io/v1";
const TYPES: &[&str] = &["Normal", "Warning"];

impl Version<Event> for EventsV1 {
    type Served = v1::Event;
    const FIELD_LABELS: &'static [&'static str] = &[
        "regarding.kind",
        "regarding.namespace",
        "regarding.name",
        "regarding.uid",
        "regarding.apiVersion",
        "regarding.resourceVersion",
        "regarding.fieldPath",
        "reason",
        "reportingController",
        "",
        "type",
    ];

    fn to_stored(&self, event: v1::Event) -> Event {
        let series = event.series.map(|series| EventSeries {
            count: series.count,
            last_observed_time: series.last_observed_time,
        });
        Event {
            metadata: event.metadata,
            involved_object: event.regarding,
            reason: event.reason,
            message: event.note,
            source: event.deprecated_source,
            first_timestamp: event.deprecated_first_timestamp,
            last_timestamp: event.deprecated_last_timestamp,
            count: event.deprecated_count,
            type_: event.type_,
            event_time: event.event_time,
            series: series.map(Box::new),
            action: event.action,
            related: event.related,
            reporting_component: event.reporting_controller,
            reporting_instance: event.reporting_instance,
        }
    }

    fn to_served(&self, event: &Event) -> v1::Event {
        let series = event.series.as_ref().map(|series| v1::EventSeries {
            count: series.count,
            last_observed_time: series.last_observed_time,
        });
        v1::Event {
            metadata: event.metadata.clone(),
            event_time: event.event_time,
            series: series.map(Box::new),
            reporting_controller: event.reporting_component.clone(),
            reporting_instance: event.reporting_instance.clone(),
            action: event.action.clone(),
            reason: event.reason.clone(),
            regarding: event.involved_object.clone(),
            related: event.related.clone(),
            note: event.message.clone(),
            type_: event.type_.clone(),
            deprecated_source: event.source.clone(),
            deprecated_first_timestamp: event.first_timestamp,
            deprecated_last_timestamp: event.last_timestamp,
            deprecated_count: event.count,
        }
    }
}

/// Upstream `pkg/apis/core/validation.ValidateEventCreate` beyond what events of core/v1 must hold.
pub(super) fn check_create(errors: &mut FieldErrors, event: &Event) {
    let metadata = FieldPath::new("metadata");
    for (field, name, prefix) in [
        ("generateName", &event.metadata.generate_name, true),
        ("name", &event.metadata.name, false),
    ] {
        if !name.is_empty() {
            let problems = NameRule::Subdomain.check(name, prefix);
            rules::each(errors, &metadata.child(field), name, problems);
        }
    }
    resource::validate_standard_finalizers(errors, &event.metadata);
    check_series(errors, event);
    if event.event_time.is_zero() {
        errors.required(&FieldPath::new("eventTime"), "");
    }
    if !TYPES.contains(&event.type_.as_str()) {
        let words = format!("has invalid value: {}", event.type_);
        errors.invalid(&FieldPath::new("type"), "", words);
    }
    for (field, set) in [
        ("firstTimestamp", !event.first_timestamp.is_zero()),
        ("lastTimestamp", !event.last_timestamp.is_zero()),
        ("count", event.count != 0),
        ("source", event.source != EventSource::default()),
    ] {
        if set {
            errors.invalid(&FieldPath::new(field), "", "needs to be unset");
        }
    }
}

fn check_series(errors: &mut FieldErrors, event: &Event) {
    let Some(series) = &event.series else {
        return;
    };
    if series.count < 2 {
        errors.invalid(&FieldPath::new("series.count"), "", "should be at least 2");
    }
    if series.last_observed_time.is_zero() {
        errors.required(&FieldPath::new("series.lastObservedTime"), "");
    }
}

/// The same of `ValidateEventUpdate`: nothing but the series and the metadata changes.
pub(super) fn check_update(errors: &mut FieldErrors, new: &Event, old: &Event) {
    resource::validate_metadata_changes(errors, &new.metadata, &old.metadata);
    resource::validate_standard_finalizers(errors, &new.metadata);
    if new.series != old.series {
        check_series(errors, new);
    }
    let fields: [(&str, &dyn codec::Value, &dyn codec::Value); 14] = [
        ("involvedObject", &new.involved_object, &old.involved_object),
        ("reason", &new.reason, &old.reason),
        ("message", &new.message, &old.message),
        ("source", &new.source, &old.source),
        ("firstTimestamp", &new.first_timestamp, &old.first_timestamp),
        ("lastTimestamp", &new.last_timestamp, &old.last_timestamp),
        ("count", &new.count, &old.count),
        // Upstream looks at it twice.
        ("reason", &new.reason, &old.reason),
        ("type", &new.type_, &old.type_),
        ("eventTime", &new.event_time, &old.event_time),
        ("action", &new.action, &old.action),
        ("related", &new.related, &old.related),
        (
            "reportingController",
            &new.reporting_component,
            &old.reporting_component,
        ),
        (
            "reportingInstance",
            &new.reporting_instance,
            &old.reporting_instance,
        ),
    ];
    for (field, new, old) in fields {
        let shown = [new, old].map(shown);
        if shown[0] != shown[1] {
            errors.immutable(&FieldPath::new(field), Verbatim(&shown[0]));
        }
    }
}

/// Structs as upstream has them inside.
fn shown(value: &dyn codec::Value) -> String {
    if let codec::Ref::Message(message) = value.view() {
        return internal_form(message);
    }
    let mut json = Vec::new();
    codec::value_to_json(&mut json, value);
    String::from_utf8_lossy(&json).into_owned()
}
