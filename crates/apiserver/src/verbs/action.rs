//! POST to an action subresource (`binding`, `eviction`), or of an action's kind to a collection of its own (`bindings`).
use super::{Request, delete, update::conflict};
use crate::{
    body::Body,
    cache::Entry,
    decode::{self, Expected},
    endpoint::Endpoint,
    negotiate::{Accepted, Offer},
    options, reviews,
    shared::{self, Api},
    stack::{Call, RequestBody},
    status, write,
};
use http::{Response, StatusCode};
use meta::{ApiError, Status, Str};
use resource::{
    Admission, AdmissionRequest, DeleteAfter, ErasedAction, ErasedOutcome, Object, Operation,
    RequestContext, SubresourceInfo, SubresourceSort, Validated, Verb,
};
use schema::discovery::ResourceInfo as Row;
use std::sync::Arc;

/// Conflicts with other writers that one action rides out.
const CONFLICTS_MAX: usize = 64;

/// Where the action is whose kind a collection takes: the resource, and the name of the subresource.
pub(crate) fn place_of(api: &Api, row: &Row) -> Option<(Arc<Endpoint>, &'static str)> {
    let catalog = api.catalog();
    catalog.endpoints().iter().find_map(|endpoint| {
        let is_it = |sub: &&SubresourceInfo| {
            sub.sort == SubresourceSort::Action
                && [&*sub.group, &*sub.version, &*sub.kind] == [row.group, row.version, row.kind]
        };
        let found = endpoint.info().subresources.iter().find(is_it)?;
        Some((Arc::clone(endpoint), found.name))
    })
}

/// Serves a POST to the collection: the object names what it is about.
pub(crate) async fn at_collection(
    api: &Arc<Api>,
    (endpoint, subresource): (Arc<Endpoint>, &'static str),
    call: &mut Call,
) -> Result<Response<Body>, ApiError> {
    let (parts, body) = call.take_request().into_parts();
    let request = Request {
        api,
        endpoint: &endpoint,
        cache: &endpoint.cache,
        accepted: Accepted::of(&parts.headers, Offer::Unlisted)?,
        include: crate::options::IncludeObject::default(),
        headers: &parts.headers,
        query: parts.uri.query().unwrap_or(""),
        namespace: call.info.namespace.clone(),
        name: Str::default(),
        subresource: subresource.into(),
        user: call.user.clone(),
        annotations: call.annotations(),
        record: call.record.clone(),
        warnings: Arc::clone(&call.warnings),
        watching: None,
    };
    act(request, body).await
}

pub(crate) async fn act(
    mut request: Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let action = request
        .cache
        .resource
        .action(&request.subresource)
        .ok_or_else(status::unknown_resource)?;
    let options = options::write_options(request.query, "CreateOptions", false)?;
    let body = request.read(body, "create").await?;
    let mut cx = request.context(Verb::Create, &options);
    let (group, version, kind) = action.kind();
    let expected = Expected {
        older: action.older(),
        ..Expected::built_in((group, version, kind))
    };
    let mut asked = decode::object(
        &cx,
        request.headers,
        &body,
        expected,
        options.field_validation,
        |bytes, encoding, strictness| action.decode(bytes, encoding, strictness),
    )?;
    if let Some(record) = &request.record {
        record.unstored((group, version, kind), &asked);
    }
    if request.name.is_empty() {
        reviews::place(&cx, true, asked.metadata_mut())?;
        request.name = asked.metadata().name.clone();
        cx.name = request.name.clone();
    } else {
        reviews::same_namespace(&cx, asked.metadata_mut())?;
    }
    let question = AdmissionRequest {
        operation: Operation::Create,
        resource: request.cache.resource.info(),
        old: None,
    };
    let admission = &request.api.admission;
    admission.mutate(&cx, question, &mut asked).await?;
    action.check(&cx, &asked)?;
    admission.validate(&cx, question, Some(&asked)).await?;
    if request.name.is_empty() {
        return Err(ApiError::bad_request("Name parameter required."));
    }
    request.check_name()?;
    repeat(&request, &cx, action, &asked).await
}

/// Acts on what is stored until nothing else has been written meanwhile.
async fn repeat(
    request: &Request<'_>,
    cx: &RequestContext,
    action: &dyn ErasedAction,
    asked: &Object,
) -> Result<Response<Body>, ApiError> {
    let (api, cache) = (request.api, request.cache);
    let info = cache.resource.info();
    api.current().await?;
    let mut current = cache.get(&request.key());
    for _ in 0..CONFLICTS_MAX {
        let entry = current.ok_or_else(|| shared::not_found(info, &request.name))?;
        let object = cache
            .decode(&entry)
            .ok_or_else(|| crate::render::undecodable(&entry.key))?;
        let outcome = action.act(cx, &object, asked)?;
        if let ErasedOutcome::DeleteAfter(after) = &outcome {
            options::validate_delete_options(&after.options)?;
            // A version that the client wants is looked at before anything is written.
            let wanted = after.options.preconditions.as_deref();
            options::check_preconditions(info, wanted, object.metadata())?;
        }
        let outcome = match outcome {
            ErasedOutcome::Nothing => return Ok(success(request)),
            _ if cx.dry_run => return Ok(success(request)),
            ErasedOutcome::Update(new) => {
                write::replace(api, request.endpoint, &entry, Validated::by_the_server(new)).await?
            }
            ErasedOutcome::DeleteAfter(after) if !after.options.dry_run.is_empty() => {
                return Ok(success(request));
            }
            ErasedOutcome::DeleteAfter(after) => {
                if let Some(response) = delete_after(request, cx, &entry, *after).await? {
                    return Ok(response);
                }
                api.current().await?;
                current = cache.get(&request.key());
                continue;
            }
            ErasedOutcome::Delete(options) => {
                let deleted = delete::run(api, request.endpoint, cx, *options, entry).await?;
                return match deleted {
                    Some(delete::Deleted::Missing) => Err(shared::not_found(info, &request.name)),
                    Some(_) => Ok(success(request)),
                    None => Err(conflict(request, super::precondition::MODIFIED)),
                };
            }
        };
        match outcome {
            write::Outcome::Written(_) => return Ok(success(request)),
            write::Outcome::Changed(now) => current = now,
        }
    }
    Err(conflict(request, super::precondition::MODIFIED))
}

/// Writes what comes before the deletion, then deletes. `None` when something else was written meanwhile.
async fn delete_after(
    request: &Request<'_>,
    cx: &RequestContext,
    entry: &Arc<Entry>,
    after: DeleteAfter<Object>,
) -> Result<Option<Response<Body>>, ApiError> {
    let (api, cache) = (request.api, request.cache);
    let mut options = after.options;
    if let Some(other) = after.other
        && !write::status(api, cx.now, other).await?
    {
        return Ok(None);
    }
    let validated = Validated::by_the_server(after.object);
    let write::Outcome::Written(entry) =
        write::replace(api, request.endpoint, entry, validated).await?
    else {
        return Ok(None);
    };
    let version = options
        .preconditions
        .as_mut()
        .and_then(|wanted| wanted.resource_version.as_mut());
    if let Some(version) = version {
        *version = itoa::Buffer::new().format(entry.revision).into();
    }
    let deleted = delete::run(api, request.endpoint, cx, options, entry).await?;
    match deleted {
        Some(delete::Deleted::Missing) => {
            Err(shared::not_found(cache.resource.info(), &request.name))
        }
        Some(_) => Ok(Some(success(request))),
        None => Err(conflict(request, super::precondition::MODIFIED)),
    }
}

fn success(request: &Request<'_>) -> Response<Body> {
    let success = Status {
        status: "Success".into(),
        code: 201,
        ..Status::default()
    };
    status::message(StatusCode::CREATED, &success, request.accepted.media)
}
