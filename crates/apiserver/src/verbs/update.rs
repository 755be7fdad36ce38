//! PUT: replaces an object, or a part of it, with retries where the client left the version open.
use super::{
    Request,
    create::{self, Created, Tracking, Version, Way},
    owners,
    precondition::{MODIFIED, check_uid, check_version, parse_version},
};
use crate::{
    body::Body,
    cache::Entry,
    decode::{self, Expected},
    managed::{Manager, Reset},
    options::{self, WriteOptions},
    shared,
    stack::RequestBody,
    write,
};
use http::{Response, StatusCode};
use meta::ApiError;
use resource::{AdmissionRequest, Decoded, ErasedPart, Object, Operation, RequestContext, Verb};
use std::sync::Arc;

/// Conflicts with other writers that one request rides out.
const CONFLICTS_MAX: usize = 64;

pub(crate) async fn update(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    let options = options::write_options(request.query, "UpdateOptions", false)?;
    let body = request.read(body, "update").await?;
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
    let mut object = create::placed(object, request, &mut cx)?;
    check_name(&object, &request.name)?;
    owners::dedup(&cx, object.metadata_mut(), owners::When::Sent);
    let tracking = Tracking::Update(Reset::in_json(&body));
    let part = request.cache.resource.part(&request.subresource);
    request.api.current().await?;
    let mut old = request.cache.get(&request.key());
    for _ in 0..CONFLICTS_MAX {
        let Some(entry) = &old else {
            match absent(request, &cx, &options, object.clone_object()).await? {
                Replaced::Answer(response) => return Ok(response),
                Replaced::Changed(current) => old = current,
            }
            continue;
        };
        let stored = Stored::read(request, entry).await?;
        let metadata = object.metadata();
        check_uid(request, &cx, &metadata.uid, &stored.object.metadata().uid)?;
        let new = object.clone_object();
        let replaced = replace(request, &cx, &options, stored, new, part, tracking).await?;
        match replaced.answer(request).await? {
            Replaced::Answer(response) => return Ok(response),
            Replaced::Changed(current) => old = current,
        }
    }
    Err(conflict(request, MODIFIED))
}

/// Who names no version means the stored one; a dry run answers with it.
fn name_version(new: &mut Object, entry: &Entry) {
    let version = &mut new.metadata_mut().resource_version;
    if version.is_empty() || version == "0" {
        *version = itoa::Buffer::new().format(entry.revision).into();
    }
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
    pub(crate) async fn read(
        request: &Request<'_>,
        entry: &'a Arc<Entry>,
    ) -> Result<Self, ApiError> {
        let object = request.endpoint.load(request.api, entry).await?;
        Ok(Self { entry, object })
    }
}

/// What one attempt came to.
pub(crate) enum Settled {
    /// The object as it is now, or as it would be.
    Object(Object),
    Written(Arc<Entry>),
    Changed(Option<Arc<Entry>>),
}

impl Settled {
    /// What the client gets of it.
    pub(crate) async fn answer(self, request: &Request<'_>) -> Result<Replaced, ApiError> {
        let renderer = request.renderer();
        Ok(match self {
            Self::Object(object) => Replaced::Answer(renderer.object(StatusCode::OK, &object)),
            Self::Written(entry) => {
                let shown = request.shown(&entry).await?;
                Replaced::Answer(renderer.entry(StatusCode::OK, &shown))
            }
            Self::Changed(current) => Replaced::Changed(current),
        })
    }
}

/// One attempt to replace what is stored by `new`, through all stages.
pub(crate) async fn replace(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    stored: Stored<'_>,
    mut new: Object,
    part: Option<&dyn ErasedPart>,
    tracking: Tracking,
) -> Result<Settled, ApiError> {
    let (cache, api) = (request.cache, request.api);
    let (resource, info) = (&*cache.resource, cache.resource.info());
    let Stored {
        entry: old,
        object: before,
    } = stored;
    let version = new.metadata().resource_version.clone();
    name_version(&mut new, old);
    let mut decoded = Decoded::new(cx, resource, new);
    if let Tracking::Update(reset) = tracking {
        let manager = Manager::new(request.endpoint, &cx.subresource, cx.now);
        let new = decoded.object_mut();
        let by = &cx.field_manager;
        manager.update(api, Some(&before), new, by, reset).await?;
    }
    let question = AdmissionRequest {
        operation: Operation::Update,
        resource: info,
        old: Some(&before),
    };
    let admitted = decoded
        .admit(cx, resource, &api.admission, question)
        .await?;
    check_version(request, &version, old)?;
    let new = admitted.object();
    api.admission.check_grants(cx, question, new).await?;
    let validated = admitted
        .validate_update(cx, resource, part, &api.admission, question)
        .await?;
    if options.dry_run {
        let object = request.endpoint.echo(api, validated.object()).await?;
        return Ok(Settled::Object(object));
    }
    if resource::should_remove_after_update(resource, validated.object()) {
        let mut last = validated.object().clone_object();
        last.metadata_mut().resource_version = itoa::Buffer::new().format(old.revision).into();
        return match write::remove(api, cache, old).await? {
            write::Outcome::Written(_) => {
                resource.after_delete(&last);
                Ok(Settled::Object(last))
            }
            write::Outcome::Changed(current) => Ok(Settled::Changed(current)),
        };
    }
    let endpoint = request.endpoint;
    Ok(match write::replace(api, endpoint, old, validated).await? {
        write::Outcome::Written(entry) => Settled::Written(entry),
        write::Outcome::Changed(current) => Settled::Changed(current),
    })
}

/// PUT of what does not exist: a create where the kind allows it.
async fn absent(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    object: Object,
) -> Result<Replaced, ApiError> {
    let info = request.endpoint.info();
    if !info.allow_create_on_update || !request.subresource.is_empty() {
        return Err(shared::not_found(info, &request.name));
    }
    parse_version(&object.metadata().resource_version)?;
    check_uid(request, cx, &object.metadata().uid, "")?;
    create(request, cx, options, object, Tracking::Update(Reset::No)).await
}

/// Creates for those who asked for an update, if they may.
pub(super) async fn create(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    object: Object,
    tracking: Tracking,
) -> Result<Replaced, ApiError> {
    let way = Way {
        dry_run: options.dry_run,
        tracking,
        version: Version::Ignored,
    };
    let created = create::run(request.api, request.endpoint, cx, way, object).await?;
    Ok(match created {
        Created::Exists(exists) => Replaced::Changed(exists.current),
        created => Replaced::Answer(create::answer(request, created).await?),
    })
}

/// The object is the one at the path.
pub(super) fn check_name(object: &Object, name: &str) -> Result<(), ApiError> {
    let given = &object.metadata().name;
    if given.is_empty() {
        let words = format!(
            "the name of the object ({name} based on URL) was undeterminable: name must be provided"
        );
        return Err(ApiError::bad_request(words));
    }
    if given != name {
        let words =
            format!("the name of the object ({given}) does not match the name on the URL ({name})");
        return Err(ApiError::bad_request(words));
    }
    Ok(())
}

/// The 409 of a write that came too late.
pub(crate) fn conflict(request: &Request<'_>, why: &str) -> ApiError {
    let info = request.endpoint.info();
    ApiError::conflict(&info.group, &info.plural, &request.name, why)
}
