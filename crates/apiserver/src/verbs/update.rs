//! PUT: replaces an object, or a part of it, with retries where the client left the version open.
use super::{Request, create, with_warnings};
use crate::{
    body::Body,
    cache::Entry,
    decode::{self, Expected},
    managed::{self, Manager},
    options::{self, WriteOptions},
    shared,
    stack::RequestBody,
    verbs::create::Tracking,
    write,
};
use http::{Response, StatusCode};
use meta::{ApiError, FieldErrors, FieldPath};
use resource::{AdmissionRequest, Decoded, ErasedPart, Object, Operation, RequestContext, Verb};
use std::sync::Arc;

/// Conflicts with other writers that one request rides out.
const CONFLICTS_MAX: usize = 64;

/// The words of a conflict that only a new read can solve.
pub(crate) const MODIFIED: &str =
    "the object has been modified; please apply your changes to the latest version and try again";

pub(crate) async fn update(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    let options = options::write_options(request.query, "UpdateOptions", false)?;
    let body = decode::read(body).await?;
    let mut cx = request.context(Verb::Update, &options);
    let expected = Expected::of(info);
    let object = decode::object(
        &cx,
        request.headers,
        &body,
        expected,
        options.field_validation,
        |bytes, encoding, strictness| request.endpoint.served.decode(bytes, encoding, strictness),
    )?;
    let object = create::placed(object, request, &mut cx)?;
    check_name(&object, &request.name)?;
    let fixed_version = object.metadata().resource_version.clone();
    let part = request.cache.resource.part(&request.subresource);
    request.api.current().await?;
    let mut old = request.cache.get(&request.key());
    for _ in 0..CONFLICTS_MAX {
        let Some(entry) = &old else {
            return absent(request, &cx, &options, object).await;
        };
        if !fixed_version.is_empty() && *fixed_version != entry.revision.to_string() {
            return Err(conflict(request, MODIFIED));
        }
        let stored = Stored::read(request, entry)?;
        let new = object.clone_object();
        match replace(request, &cx, &options, stored, new, part, Tracking::Update).await? {
            Replaced::Answer(response) => return Ok(with_warnings(response, &cx)),
            Replaced::Changed(current) => old = current,
        }
    }
    Err(conflict(request, MODIFIED))
}

/// How one attempt ended.
pub(crate) enum Replaced {
    Answer(Response<Body>),
    Changed(Option<Arc<Entry>>),
}

/// What an attempt starts from, as bytes and decoded.
pub(crate) struct Stored<'a> {
    pub(crate) entry: &'a Arc<Entry>,
    pub(crate) object: Object,
}

impl<'a> Stored<'a> {
    pub(crate) fn read(request: &Request<'_>, entry: &'a Arc<Entry>) -> Result<Self, ApiError> {
        let object = request.cache.decode(entry);
        let object = object.ok_or_else(|| crate::render::undecodable(&entry.key))?;
        Ok(Self { entry, object })
    }
}

/// One attempt to replace what is stored by `new`, through all stages.
pub(crate) async fn replace(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    stored: Stored<'_>,
    new: Object,
    part: Option<&dyn ErasedPart>,
    tracking: Tracking,
) -> Result<Replaced, ApiError> {
    let (cache, api) = (request.cache, request.api);
    let (resource, info) = (&*cache.resource, cache.resource.info());
    let Stored {
        entry: old,
        object: before,
    } = stored;
    check_identity(request, &new, &before)?;
    let mut decoded = Decoded::new(resource, new);
    if tracking == Tracking::Update {
        Manager::new(request.endpoint, &cx.subresource, cx.now).update(
            Some(&before),
            decoded.object_mut(),
            &cx.field_manager,
        );
    } else {
        managed::keep_times_if_unchanged(&*before, decoded.object_mut());
    }
    let question = AdmissionRequest {
        operation: Operation::Update,
        resource: info,
        old: Some(&before),
    };
    let admitted = decoded
        .admit(cx, resource, &api.admission, question)
        .await?;
    let validated = admitted
        .validate_update(cx, resource, part, &api.admission, question)
        .await?;
    let renderer = request.renderer();
    if options.dry_run {
        let object = validated.object().clone_object();
        return Ok(Replaced::Answer(renderer.object(StatusCode::OK, &object)));
    }
    if resource::should_remove_after_update(resource, validated.object()) {
        let last = validated.object().clone_object();
        return match write::remove(api, cache, old).await? {
            write::Outcome::Written(_) => {
                resource.after_delete(&last);
                Ok(Replaced::Answer(renderer.object(StatusCode::OK, &last)))
            }
            write::Outcome::Changed(current) => Ok(Replaced::Changed(current)),
        };
    }
    Ok(match write::replace(api, cache, old, validated).await? {
        write::Outcome::Written(entry) => Replaced::Answer(renderer.entry(StatusCode::OK, &entry)),
        write::Outcome::Changed(current) => Replaced::Changed(current),
    })
}

/// PUT of what does not exist: a create where the kind allows it.
async fn absent(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    object: Object,
) -> Result<Response<Body>, ApiError> {
    let info = request.cache.resource.info();
    let creates = info.allow_create_on_update && request.subresource.is_empty();
    let fixed = !object.metadata().resource_version.is_empty() || !object.metadata().uid.is_empty();
    if !creates || fixed {
        return Err(shared::not_found(info, &request.name));
    }
    create::stored(request, cx, options, object, Tracking::Update).await
}

fn check_name(object: &Object, name: &str) -> Result<(), ApiError> {
    let given = &object.metadata().name;
    if given.is_empty() {
        return Err(ApiError::bad_request("name must be provided"));
    }
    if given != name {
        let words =
            format!("the name of the object ({given}) does not match the name on the URL ({name})");
        return Err(ApiError::bad_request(words));
    }
    Ok(())
}

/// UID and version must fit what is stored.
fn check_identity(request: &Request<'_>, new: &Object, old: &Object) -> Result<(), ApiError> {
    let info = request.cache.resource.info();
    let (new, old) = (new.metadata(), old.metadata());
    if new.resource_version.is_empty() && !info.allow_unconditional_update {
        let mut errors = FieldErrors::new();
        errors.invalid(
            &FieldPath::new("metadata").child("resourceVersion"),
            0i64,
            "must be specified for an update",
        );
        // Upstream names the resource here, not the kind.
        return Err(ApiError::invalid(
            &info.group,
            &info.plural,
            &request.name,
            &errors,
        ));
    }
    if !new.uid.is_empty() && new.uid != old.uid {
        let why = format!(
            "Precondition failed: UID in precondition: {}, UID in object meta: {}",
            new.uid, old.uid
        );
        return Err(conflict(request, &why));
    }
    Ok(())
}

/// The 409 of a write that came too late.
pub(crate) fn conflict(request: &Request<'_>, why: &str) -> ApiError {
    let info = request.cache.resource.info();
    ApiError::conflict(&info.group, &info.plural, &request.name, why)
}
