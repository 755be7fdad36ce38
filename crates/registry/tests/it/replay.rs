//! The server's way of a create and an update, without a server: decode, default, admit, prepare, validate.

use crate::admission::StandIn;
use meta::{ApiError, FieldErrors, FieldPath, Time, codec};
use registry::{AddressRange, ServiceNetwork};
use resource::{
    AdmissionRequest, Decoded, Encoding, NoReader, Now, Object, Operation, RequestContext,
    ResourceInfo, ResourceType, Served, User, Validated, Verb,
};
use serde_json::{Value, json};
use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};
use telemetry::metrics::Registry;

/// Every kind that is served, as one server holds them.
pub(crate) struct Server(Vec<Served>);

/// What was answered: the object or a status, and warnings as the header has them.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) warnings: Option<String>,
    pub(crate) object: Option<Object>,
}

/// All kinds, with a range for Services.
pub(crate) fn kinds() -> Vec<Arc<dyn ResourceType>> {
    let services = ServiceNetwork {
        range: AddressRange::parse_sloppy("10.96.0.0/16").unwrap(),
        second_range: None,
        node_ports: (30000, 32767),
    };
    registry::builtin(services, registry::EVENT_TTL_SECONDS, &Registry::new())
}

impl Server {
    pub(crate) fn new() -> Self {
        Self(kinds().iter().flat_map(Served::versions_of).collect())
    }

    /// Kinds that nobody may create are the server's to refuse.
    pub(crate) fn resource(&self, input: &Value) -> Option<&Served> {
        let mut created = self
            .0
            .iter()
            .filter(|served| served.info().verbs.contains(&Verb::Create));
        created.find(|served| {
            let info = served.info();
            input["kind"] == *info.kind && input["apiVersion"] == *info.api_version
        })
    }

    pub(crate) fn create(&self, input: &Value, path: &str) -> Answer {
        let served = self.resource(input).unwrap();
        let resource = &**served.resource();
        let cx = context(served, path, Verb::Create);
        let outcome = decode(served, &cx, input).and_then(|object| {
            let question = AdmissionRequest {
                operation: Operation::Create,
                resource: resource.info(),
                old: None,
            };
            let admitted =
                now(Decoded::new(&cx, resource, object).admit(&cx, resource, &StandIn, question))?;
            now(admitted.validate_create(&cx, resource, &StandIn, question))
        });
        answer(served, &cx, outcome, 201)
    }

    pub(crate) fn update(&self, old: &Object, input: &Value, path: &str) -> Answer {
        let served = self.resource(input).unwrap();
        let resource = &**served.resource();
        let mut cx = context(served, path, Verb::Update);
        cx.name = old.metadata().name.clone();
        let outcome = decode(served, &cx, input).and_then(|object| {
            let question = AdmissionRequest {
                operation: Operation::Update,
                resource: resource.info(),
                old: Some(old),
            };
            let (given, name) = (&object.metadata().name, &cx.name);
            if given.is_empty() {
                return Err(ApiError::bad_request("name must be provided"));
            }
            if given != name {
                return Err(ApiError::bad_request(format!(
                    "the name of the object ({given}) does not match the name on the URL ({name})"
                )));
            }
            check_version(resource.info(), &object)?;
            let admitted =
                now(Decoded::new(&cx, resource, object).admit(&cx, resource, &StandIn, question))?;
            now(admitted.validate_update(&cx, resource, None, &StandIn, question))
        });
        answer(served, &cx, outcome, 200)
    }
}

/// Columns and cells of an object.
pub(crate) fn table(resource: &Served, object: &Object) -> Value {
    let columns = resource.info().columns.iter().map(|column| {
        json!({"name": *column.name, "type": *column.type_, "format": *column.format, "priority": column.priority})
    });
    json!({"columnDefinitions": columns.collect::<Value>(), "cells": [resource.resource().cells(object, &Now(time()))]})
}

fn time() -> Time {
    Time::from_unix_seconds(1_780_000_000)
}

/// Kinds that are not updated unconditionally want a version.
fn check_version(info: &ResourceInfo, object: &Object) -> Result<(), ApiError> {
    let metadata = object.metadata();
    if info.allow_unconditional_update || !metadata.resource_version.is_empty() {
        return Ok(());
    }
    let mut errors = FieldErrors::new();
    let path = FieldPath::new("metadata").child("resourceVersion");
    errors.invalid(&path, 0i64, "must be specified for an update");
    Err(ApiError::invalid(
        &info.group,
        &info.plural,
        &metadata.name,
        &errors,
    ))
}

fn context(resource: &Served, path: &str, verb: Verb) -> RequestContext {
    let mut cx = RequestContext::new(User::default(), verb, time(), 7, Arc::new(NoReader));
    if resource.info().namespaced() {
        let after = path.split("/namespaces/").nth(1).unwrap();
        cx.namespace = after.split('/').next().unwrap().into();
    }
    cx.api_version = resource.info().api_version.clone();
    cx.field_manager = "golden".into();
    cx.dry_run = true;
    cx
}

fn decode(resource: &Served, cx: &RequestContext, input: &Value) -> Result<Object, ApiError> {
    let info = resource.info();
    let refused = |why: String| {
        let (kind, version) = (&info.kind, &info.version);
        ApiError::bad_request(format!(
            "{kind} in version {version:?} cannot be handled as a {kind}: {why}"
        ))
    };
    let decoded = resource
        .decode(
            input.to_string().as_bytes(),
            Encoding::Json,
            codec::Strictness::Strict,
        )
        .map_err(|error| refused(error.to_string()))?;
    if !decoded.strict.is_empty() {
        let all: Vec<_> = decoded.strict.iter().map(ToString::to_string).collect();
        return Err(refused(format!(
            "strict decoding error: {}",
            all.join(", ")
        )));
    }
    let mut object = decoded.object;
    let metadata = object.metadata_mut();
    // Who manages what is computed by the server: what cannot be read of it is left out.
    metadata.managed_fields.clear();
    if !info.namespaced() {
        metadata.namespace = Default::default();
    } else if metadata.namespace.is_empty() {
        metadata.namespace = cx.namespace.clone();
    } else if metadata.namespace != cx.namespace {
        return Err(ApiError::bad_request(
            "the namespace of the provided object does not match the namespace sent on the request",
        ));
    }
    Ok(object)
}

fn answer(
    served: &Served,
    cx: &RequestContext,
    outcome: Result<Validated, ApiError>,
    good: u16,
) -> Answer {
    let deprecation = served.info().deprecation.as_deref().map(str::to_owned);
    let mut warnings: Vec<String> = deprecation.into_iter().collect();
    warnings.extend(cx.warnings.take());
    let warnings: Vec<_> = warnings
        .iter()
        .map(|text| format!("299 - {}", meta::go_quote(text)))
        .collect();
    let warnings = (!warnings.is_empty()).then(|| warnings.join(", "));
    match outcome {
        Ok(validated) => {
            let object = validated.object().clone_object();
            drop(validated);
            let body =
                serde_json::from_slice(&codec::to_stored_json(served.shown(&object).as_message()))
                    .unwrap();
            Answer {
                status: good,
                body,
                warnings,
                object: Some(object),
            }
        }
        Err(error) => {
            let status = error.to_status();
            Answer {
                status: error.code,
                body: codec::to_value(&status),
                warnings,
                object: None,
            }
        }
    }
}

/// Admission here never waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}
