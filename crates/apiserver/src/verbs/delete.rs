//! DELETE: graceful, with finalizers, preconditions and propagation.
mod body;

use super::{Request, update::conflict};
use crate::{
    body::Body,
    cache::{Entry, ResourceCache},
    endpoint::Endpoint,
    options, render,
    shared::{self, Api},
    stack::RequestBody,
    status, write,
};
use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use meta::{ApiError, DeleteOptions, Status, StatusDetails, codec};
use resource::{
    Admission, AdmissionRequest, Object, Operation, PlannedDelete, RequestContext, Validated, Verb,
    plan_delete,
};
use std::sync::Arc;

/// Conflicts with other writers that one delete rides out.
const CONFLICTS_MAX: usize = 64;

pub(crate) async fn delete(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let body = request.read(body, "delete").await?;
    let options = read_options(request.headers, request.query, &body)?;
    let write = options::WriteOptions {
        dry_run: !options.dry_run.is_empty(),
        ..Default::default()
    };
    let mut cx = request.context(Verb::Delete, &write);
    cx.options.deletion = Some(Box::new(options.clone()));
    request.check_name()?;
    warn(request, &options);
    request.api.current().await?;
    let info = request.endpoint.info();
    let entry = request
        .cache
        .get(&request.key())
        .ok_or_else(|| shared::not_found(info, &request.name))?;
    let orphans_nothing = options.orphan_dependents == Some(false);
    let deleted = run(request.api, request.endpoint, &cx, options, entry).await;
    let deleted = deleted?.ok_or_else(|| conflict(request, super::precondition::MODIFIED))?;
    // Upstream says so only to those who ask in the old way.
    let code = match deleted {
        Deleted::Waits(_) | Deleted::Pending(_) if orphans_nothing => StatusCode::ACCEPTED,
        _ => StatusCode::OK,
    };
    Ok(answer(request, deleted, code))
}

/// Tells who deletes what there is to say.
pub(crate) fn warn(request: &Request<'_>, options: &DeleteOptions) {
    let resource = &request.cache.resource;
    let warnings = resource.warnings_on_delete(options).into_iter();
    warnings.for_each(|warning| request.warnings.add(warning));
}

/// How a delete ended.
pub(crate) enum Deleted {
    /// It is gone. This is its last state, at the revision of the removal.
    Gone(Object),
    /// It waits for its grace period or its finalizers.
    Waits(Object),
    /// It waited already, and this delete changes nothing.
    Pending(Object),
    /// It was gone before.
    Missing,
}

fn answer(request: &Request<'_>, deleted: Deleted, code: StatusCode) -> Response<Body> {
    let info = request.endpoint.info();
    match deleted {
        Deleted::Waits(object) => request.renderer().object(code, &object),
        Deleted::Gone(object) | Deleted::Pending(object) if info.returns_deleted_object => {
            request.renderer().object(code, &object)
        }
        Deleted::Gone(object) | Deleted::Pending(object) => {
            let details = StatusDetails {
                name: request.name.clone(),
                group: info.group.clone(),
                kind: info.plural.clone(),
                uid: object.metadata().uid.clone(),
                ..StatusDetails::default()
            };
            let success = Status {
                status: "Success".into(),
                details: Some(Box::new(details)),
                ..Status::default()
            };
            render::document(request.accepted, code, &success, codec::to_json)
        }
        Deleted::Missing => status::error(
            &shared::not_found(info, &request.name),
            request.accepted.media,
        ),
    }
}

/// The options of a delete: from its body, or from its query when there is none.
pub(crate) fn read_options(
    headers: &HeaderMap,
    query: &str,
    body: &Bytes,
) -> Result<DeleteOptions, ApiError> {
    let options = if body.is_empty() {
        options::delete_options(query)?
    } else {
        body::options(headers, body)?
    };
    options::validate_delete_options(&options)?;
    Ok(options)
}

/// The whole way of a delete. `None` when other writers won too often.
pub(crate) async fn run(
    api: &Api,
    endpoint: &Endpoint,
    cx: &RequestContext,
    options: DeleteOptions,
    entry: Arc<Entry>,
) -> Result<Option<Deleted>, ApiError> {
    let mut current = entry;
    for _ in 0..CONFLICTS_MAX {
        let (outcome, shown) = attempt(api, endpoint, cx, &options, &current).await?;
        match outcome {
            None => return Ok(Some(shown)),
            Some(write::Outcome::Written(entry)) => {
                return Ok(Some(at_revision(shown, entry.revision)));
            }
            Some(write::Outcome::Changed(Some(now))) => current = now,
            Some(write::Outcome::Changed(None)) => return Ok(Some(Deleted::Missing)),
        }
    }
    Ok(None)
}

/// One attempt: what was written, if anything, and what to answer if that held.
async fn attempt(
    api: &Api,
    endpoint: &Endpoint,
    cx: &RequestContext,
    options: &DeleteOptions,
    current: &Arc<Entry>,
) -> Result<(Option<write::Outcome>, Deleted), ApiError> {
    let cache = &endpoint.cache;
    let (resource, info) = (&*cache.resource, cache.resource.info());
    let object = endpoint.load(api, current).await?;
    options::check_preconditions(
        endpoint.info(),
        options.preconditions.as_deref(),
        object.metadata(),
    )?;
    let question = AdmissionRequest {
        operation: Operation::Delete,
        resource: info,
        old: Some(&object),
    };
    api.admission.validate(cx, question, None).await?;
    let mut effective = options.clone();
    let dry_run = cx.dry_run;
    Ok(match plan_delete(cx, resource, object, &mut effective)? {
        PlannedDelete::Pending(object) => (None, Deleted::Pending(object)),
        PlannedDelete::Mark(object) if dry_run => (None, Deleted::Waits(object)),
        PlannedDelete::MarkAndRemove(object) | PlannedDelete::Remove(object) if dry_run => {
            (None, Deleted::Gone(object))
        }
        PlannedDelete::Mark(object) => {
            let shown = object.clone_object();
            let written =
                write::replace(api, endpoint, current, Validated::by_the_server(object)).await?;
            (Some(written), Deleted::Waits(shown))
        }
        PlannedDelete::MarkAndRemove(object) => {
            let shown = object.clone_object();
            let written =
                write::replace(api, endpoint, current, Validated::by_the_server(object)).await?;
            let removed = match written {
                write::Outcome::Written(marked) => remove_marked(api, cache, marked).await?,
                changed @ write::Outcome::Changed(_) => changed,
            };
            if matches!(removed, write::Outcome::Written(_)) {
                resource.after_delete(&shown);
            }
            (Some(removed), Deleted::Gone(shown))
        }
        PlannedDelete::Remove(object) => {
            let written = write::remove(api, cache, current).await?;
            if matches!(written, write::Outcome::Written(_)) {
                resource.after_delete(&object);
            }
            (Some(written), Deleted::Gone(object))
        }
    })
}

/// Removes what has been marked, whoever writes or removes it meanwhile.
async fn remove_marked(
    api: &Api,
    cache: &ResourceCache,
    marked: Arc<Entry>,
) -> Result<write::Outcome, ApiError> {
    let mut current = Arc::clone(&marked);
    for _ in 0..CONFLICTS_MAX {
        match write::remove(api, cache, &current).await? {
            write::Outcome::Changed(Some(now)) => current = now,
            write::Outcome::Changed(None) => return Ok(write::Outcome::Written(marked)),
            removed @ write::Outcome::Written(_) => return Ok(removed),
        }
    }
    Ok(write::Outcome::Changed(Some(current)))
}

fn at_revision(deleted: Deleted, revision: u64) -> Deleted {
    let with = |mut object: Object| {
        object.metadata_mut().resource_version = itoa::Buffer::new().format(revision).into();
        object
    };
    match deleted {
        Deleted::Gone(object) => Deleted::Gone(with(object)),
        Deleted::Waits(object) => Deleted::Waits(with(object)),
        Deleted::Pending(object) => Deleted::Pending(object),
        Deleted::Missing => Deleted::Missing,
    }
}
