//! Event: what happened to an object, kept for a while.

mod served;

use crate::rules;
use api::core::v1::Event;
use meta::{FieldErrors, FieldPath, Str};
use resource::{
    Column, GarbageCollection, MetadataCheck, NameRule, Now, RequestContext, Strategy, Upstream,
    Versions,
};

pub(crate) struct Events {
    pub(crate) ttl_seconds: u32,
}

const CLUSTER_EVENTS_NAMESPACE: &str = "default";
const WORD_BYTES_MAX: usize = 128;
const MESSAGE_BYTES_MAX: usize = 1024;

impl Strategy for Events {
    type Object = Event;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[];
    const STANDARD_FINALIZERS: bool = false;
    const SHORT_NAMES: &'static [&'static str] = &["ev"];
    /// Names of events hold the names of any object.
    const NAME_RULE: NameRule = NameRule::Any;
    const GARBAGE_COLLECTION: GarbageCollection = GarbageCollection::Unsupported;
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const FIELD_LABELS: &'static [&'static str] = &[
        "involvedObject.kind",
        "involvedObject.namespace",
        "involvedObject.name",
        "involvedObject.uid",
        "involvedObject.apiVersion",
        "involvedObject.resourceVersion",
        "involvedObject.fieldPath",
        "reason",
        "reportingComponent",
        "source",
        "type",
    ];
    const COLUMNS: &'static [Column<Event>] = &[
        Column::text(
            "Last Seen",
            "The time at which the most recent occurrence of this event was recorded.",
            |event: &Event, now| last_seen(event, now).into(),
        ),
        Column::text(
            "Type",
            "Type of this event (Normal, Warning), new types could be added in the future",
            |event: &Event, _| event.type_.as_str().into(),
        ),
        Column::text(
            "Reason",
            "The machine readable reason of the event.",
            |event: &Event, _| event.reason.as_str().into(),
        ),
        Column::text(
            "Object",
            "The object that this event is about.",
            |event: &Event, _| {
                let about = &event.involved_object;
                let kind = about.kind.as_str().to_lowercase();
                if about.name.is_empty() {
                    kind.into()
                } else {
                    format!("{kind}/{}", about.name).into()
                }
            },
        ),
        Column::text(
            "Subobject",
            "The part of the object that this event is about.",
            |event: &Event, _| event.involved_object.field_path.as_str().into(),
        )
        .wide(),
        Column::text(
            "Source",
            "The component that reports this event.",
            |event: &Event, _| source(event).into(),
        )
        .wide(),
        Column::text(
            "Message",
            "What happened, for people.",
            |event: &Event, _| event.message.trim().into(),
        ),
        Column::text(
            "First Seen",
            "The time at which the event was first recorded.",
            |event: &Event, now| first_seen(event, now).into(),
        )
        .wide(),
        Column::text(
            "Count",
            "The number of times this event has occurred.",
            |event: &Event, _| count(event).into(),
        )
        .wide(),
        Column {
            format: "name",
            ..Column::text("Name", resource::descriptions::NAME, |event: &Event, _| {
                event.metadata.name.as_str().into()
            })
        }
        .wide(),
    ];
    const UPSTREAM: Upstream = Upstream {
        stored_as: Some(("", "v1")),
        ..Upstream::USUAL
    };

    fn ttl_seconds(&self) -> u32 {
        self.ttl_seconds
    }

    fn versions(&self) -> Versions<Event> {
        Versions::stored_only().and(served::EventsV1)
    }

    fn validate(&self, cx: &RequestContext, errors: &mut FieldErrors, event: &Event) {
        check(cx, errors, event);
        if is_strict(cx) {
            served::check_create(errors, event);
        }
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Event,
        old: &Event,
    ) {
        check(cx, errors, new);
        if is_strict(cx) {
            served::check_update(errors, new, old);
        }
    }

    fn selectable_field(&self, event: &Event, label: &str) -> Str {
        let about = &event.involved_object;
        match label {
            "involvedObject.kind" => about.kind.clone(),
            "involvedObject.namespace" => about.namespace.clone(),
            "involvedObject.name" => about.name.clone(),
            "involvedObject.uid" => about.uid.clone(),
            "involvedObject.apiVersion" => about.api_version.clone(),
            "involvedObject.resourceVersion" => about.resource_version.clone(),
            "involvedObject.fieldPath" => about.field_path.clone(),
            "reason" => event.reason.clone(),
            "reportingComponent" => event.reporting_component.clone(),
            "source" if event.source.component.is_empty() => event.reporting_component.clone(),
            "source" => event.source.component.clone(),
            "type" => event.type_.clone(),
            _ => Str::default(),
        }
    }
}

fn is_strict(cx: &RequestContext) -> bool {
    cx.api_version == served::API_VERSION
}

/// What events of every version hold.
fn check(cx: &RequestContext, errors: &mut FieldErrors, event: &Event) {
    if event.event_time.is_zero() {
        check_old(errors, event);
    } else {
        let component = if is_strict(cx) {
            "reportingController"
        } else {
            "reportingComponent"
        };
        check_new(errors, event, component);
    }
    let namespace = &event.metadata.namespace;
    rules::subdomain(errors, &FieldPath::new("namespace"), namespace);
}

/// An event of a client that knows no `eventTime`: it stands where its object is.
fn check_old(errors: &mut FieldErrors, event: &Event) {
    let about = &event.involved_object.namespace;
    let namespace = &event.metadata.namespace;
    let agrees = if about.is_empty() {
        namespace == CLUSTER_EVENTS_NAMESPACE
    } else {
        about == namespace
    };
    if !agrees {
        mismatch(errors, about);
    }
}

fn mismatch(errors: &mut FieldErrors, about: &Str) {
    let path = FieldPath::new("involvedObject").child("namespace");
    errors.invalid(&path, about, "does not match event.namespace");
}

/// `legacyValidateEvent` of an event with an `eventTime`.
fn check_new(errors: &mut FieldErrors, event: &Event, component: &str) {
    let about = &event.involved_object.namespace;
    let namespace = event.metadata.namespace.as_str();
    if about.is_empty() && ![CLUSTER_EVENTS_NAMESPACE, "kube-system"].contains(&namespace) {
        mismatch(errors, about);
    }
    let component = FieldPath::new(component);
    rules::required(errors, &component, &event.reporting_component);
    rules::qualified_name(errors, &component, &event.reporting_component);
    for (name, value) in [
        ("reportingInstance", &event.reporting_instance),
        ("action", &event.action),
        ("reason", &event.reason),
    ] {
        rules::required(errors, &FieldPath::new(name), value);
        check_length(errors, name, value, WORD_BYTES_MAX);
    }
    check_length(errors, "message", &event.message, MESSAGE_BYTES_MAX);
}

fn check_length(errors: &mut FieldErrors, name: &str, value: &str, bytes_max: usize) {
    if value.len() > bytes_max {
        let words = format!("can have at most {bytes_max} characters");
        errors.invalid(&FieldPath::new(name), "", words);
    }
}

fn first_seen(event: &Event, now: &Now) -> String {
    if event.first_timestamp.is_zero() {
        micro_age(&event.event_time, now)
    } else {
        now.age(Some(&event.first_timestamp))
    }
}

fn last_seen(event: &Event, now: &Now) -> String {
    match &event.series {
        Some(series) => micro_age(&series.last_observed_time, now),
        None if event.last_timestamp.is_zero() => first_seen(event, now),
        None => now.age(Some(&event.last_timestamp)),
    }
}

fn micro_age(time: &meta::MicroTime, now: &Now) -> String {
    if time.is_zero() {
        "<unknown>".to_owned()
    } else {
        resource::human_duration(now.0.unix_seconds() - time.unix_micros() / 1_000_000)
    }
}

fn count(event: &Event) -> i32 {
    match &event.series {
        Some(series) => series.count,
        None => event.count.max(1),
    }
}

fn source(event: &Event) -> String {
    let component = if event.source.component.is_empty() {
        &event.reporting_component
    } else {
        &event.source.component
    };
    let host = if event.source.host.is_empty() {
        &event.reporting_instance
    } else {
        &event.source.host
    };
    if host.is_empty() {
        component.to_string()
    } else {
        format!("{component}, {host}")
    }
}

#[cfg(test)]
mod tests;
