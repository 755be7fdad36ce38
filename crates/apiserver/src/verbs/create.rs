//! POST: decode, default, mutate, validate, store.
use super::{Request, owners};
use crate::{
    body::Body,
    cache::Entry,
    decode::{self, Expected},
    endpoint::Endpoint,
    managed::{Manager, Reset},
    options,
    shared::Api,
    stack::RequestBody,
    status, write,
};
use http::{Response, StatusCode};
use meta::{ApiError, Reason, Str};
use resource::{AdmissionRequest, Decoded, Object, Operation, RequestContext, Validated, Verb};
use std::sync::Arc;

/// Names that `generateName` tries before it gives up.
const GENERATED_NAMES_MAX: usize = 8;

pub(crate) async fn create(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    let options = options::write_options(request.query, "CreateOptions", false)?;
    let body = request.read(body, "create").await?;
    let mut cx = request.context(Verb::Create, &options);
    let expected = Expected::of(info);
    let object = decode::object(
        &cx,
        request.headers,
        &body,
        expected,
        options.field_validation,
        |bytes, encoding, strictness| request.endpoint.served.decode(bytes, encoding, strictness),
    )?;
    let mut object = placed(object, request, &mut cx)?;
    owners::dedup(&cx, object.metadata_mut(), owners::When::Sent);
    let way = Way {
        dry_run: options.dry_run,
        tracking: Tracking::Update(Reset::No),
        version: Version::Unset,
    };
    let created = run(request.api, request.endpoint, &cx, way, object).await?;
    let response = match created {
        Created::Exists(exists) => return Err(exists.refusal(request.endpoint)),
        created => answer(request, created).await?,
    };
    Ok(response)
}

/// Whether managed fields are to be computed, or stand in the object already (apply).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tracking {
    Update(Reset),
    Done,
}

/// Whether the object may say a version, which it cannot have yet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    Unset,
    /// It came as an update.
    Ignored,
}

/// How an object is to be created.
pub(crate) struct Way {
    pub(crate) dry_run: bool,
    pub(crate) tracking: Tracking,
    pub(crate) version: Version,
}

/// What a create made.
pub(crate) enum Created {
    Stored(Arc<Entry>),
    DryRun(Object),
    Exists(Exists),
}

/// The name is taken.
pub(crate) struct Exists {
    name: Str,
    generated: bool,
    /// By this one, if it is still there.
    pub(crate) current: Option<Arc<Entry>>,
}

impl Exists {
    pub(crate) fn refusal(&self, endpoint: &Endpoint) -> ApiError {
        let info = endpoint.info();
        let mut error = ApiError::already_exists(&info.group, &info.plural, &self.name);
        if self.generated {
            error.message += ", the server was not able to generate a unique name for the object";
            if let Some(details) = &mut error.details {
                details.retry_after_seconds = 1;
            }
        }
        let current = self
            .current
            .as_deref()
            .and_then(|entry| endpoint.cache.decode(entry));
        if current.is_some_and(|current| current.metadata().deletion_timestamp.is_some()) {
            error.message = format!("object is being deleted: {}", error.message);
        }
        error
    }
}

/// The answer for what was created.
pub(crate) async fn answer(
    request: &Request<'_>,
    created: Created,
) -> Result<Response<Body>, ApiError> {
    let renderer = request.renderer();
    Ok(match created {
        Created::Stored(entry) => {
            let shown = request.shown(&entry).await?;
            renderer.entry(StatusCode::CREATED, &shown)
        }
        Created::DryRun(object) => renderer.object(StatusCode::CREATED, &object),
        Created::Exists(exists) => {
            status::error(&exists.refusal(request.endpoint), request.accepted.media)
        }
    })
}

/// The whole way of a create behind decoding. Also that of bootstrap objects.
pub(crate) async fn run(
    api: &Api,
    endpoint: &Endpoint,
    cx: &RequestContext,
    way: Way,
    object: Object,
) -> Result<Created, ApiError> {
    let resource = &*endpoint.cache.resource;
    let metadata = object.metadata();
    let generates = metadata.name.is_empty() && !metadata.generate_name.is_empty();
    let given_version = metadata.resource_version.clone();
    let mut decoded = Decoded::new(cx, resource, object);
    resource::forget_system_fields(decoded.object_mut().metadata_mut());
    if let Tracking::Update(reset) = way.tracking {
        let manager = Manager::new(endpoint, &cx.subresource, cx.now);
        let (new, by) = (decoded.object_mut(), &cx.field_manager);
        manager.update(api, None, new, by, reset).await?;
    }
    for attempt in 1.. {
        let again =
            (generates && attempt < GENERATED_NAMES_MAX).then(|| decoded.object().clone_object());
        let validated = validated(api, endpoint, cx, decoded).await?;
        let taken = match put(api, endpoint, &way, &given_version, validated).await? {
            Created::Exists(taken) => taken,
            created => return Ok(created),
        };
        match again {
            Some(again) => decoded = Decoded::new(cx, resource, again),
            None => return Ok(Created::Exists(taken)),
        }
    }
    unreachable!("the loop returns")
}

async fn validated(
    api: &Api,
    endpoint: &Endpoint,
    cx: &RequestContext,
    decoded: Decoded,
) -> Result<Validated, ApiError> {
    let resource = &*endpoint.cache.resource;
    let question = AdmissionRequest {
        operation: Operation::Create,
        resource: resource.info(),
        old: None,
    };
    let admission = &api.admission;
    let admitted = decoded.admit(cx, resource, admission, question).await?;
    let new = admitted.object();
    if !new.metadata().namespace.is_empty() && new.metadata().namespace != cx.namespace {
        return Err(other_namespace());
    }
    api.admission.check_grants(cx, question, new).await?;
    admitted
        .validate_create(cx, resource, admission, question)
        .await
}

/// Writes it, or only looks whether it could be written.
async fn put(
    api: &Api,
    endpoint: &Endpoint,
    way: &Way,
    given_version: &Str,
    validated: Validated,
) -> Result<Created, ApiError> {
    let metadata = validated.object().metadata();
    let (name, generated) = (metadata.name.clone(), !metadata.generate_name.is_empty());
    let exists = |current| {
        Created::Exists(Exists {
            name: name.clone(),
            generated,
            current,
        })
    };
    if way.dry_run {
        api.current().await?;
        let key = crate::cache::cache_key(&metadata.namespace, &name);
        return Ok(match endpoint.cache.get(&key) {
            Some(current) => exists(Some(current)),
            None => {
                let mut object = endpoint.echo(api, validated.object()).await?;
                // Only the store refuses it, and would overwrite it.
                object.metadata_mut().resource_version = given_version.clone();
                Created::DryRun(object)
            }
        });
    }
    let has_version = given_version
        .parse::<u64>()
        .is_ok_and(|version| version > 0);
    if has_version && way.version == Version::Unset {
        let words = "resourceVersion should not be set on objects to be created";
        return Err(ApiError::new(Reason::Unknown, words));
    }
    Ok(match write::create(api, endpoint, validated).await? {
        write::Outcome::Written(entry) => Created::Stored(entry),
        write::Outcome::Changed(current) => exists(current),
    })
}

/// Puts the path's namespace into the object, or refuses another one. The name that the path lacks is the object's.
pub(crate) fn placed(
    mut object: Object,
    request: &Request<'_>,
    cx: &mut RequestContext,
) -> Result<Object, ApiError> {
    request.sent(&object);
    place(&mut object, request)?;
    if cx.name.is_empty() {
        cx.name = object.metadata().name.clone();
    }
    Ok(object)
}

/// Puts the path's namespace into the object, or refuses another one.
pub(super) fn place(object: &mut Object, request: &Request<'_>) -> Result<(), ApiError> {
    let metadata = object.metadata_mut();
    if !request.cache.resource.info().namespaced() {
        metadata.namespace = Str::default();
    } else if metadata.namespace.is_empty() {
        metadata.namespace = request.namespace.clone();
    } else if metadata.namespace != request.namespace {
        return Err(other_namespace());
    }
    Ok(())
}

fn other_namespace() -> ApiError {
    let words =
        "the namespace of the provided object does not match the namespace sent on the request";
    ApiError::bad_request(words)
}
