//! POST: decode, default, mutate, validate, store.
use super::{Request, with_warnings};
use crate::{
    body::Body,
    decode::{self, Expected},
    endpoint::Endpoint,
    managed::Manager,
    options::{self, WriteOptions},
    shared::Api,
    stack::RequestBody,
    write,
};
use http::{Response, StatusCode};
use meta::{ApiError, Str};
use resource::{AdmissionRequest, Decoded, Object, Operation, RequestContext, Verb};

/// Names that `generateName` tries before it gives up.
const GENERATED_NAMES_MAX: usize = 8;

pub(crate) async fn create(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    let options = options::write_options(request.query, "CreateOptions", false)?;
    let body = decode::read(body).await?;
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
    let object = placed(object, request, &mut cx)?;
    let response = stored(request, &cx, &options, object, Tracking::Update).await;
    response.map(|response| with_warnings(response, &cx))
}

/// Whether managed fields are to be computed, or stand in the object already (apply).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tracking {
    Update,
    Done,
}

/// Creates a decoded object and answers 201.
pub(crate) async fn stored(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    object: Object,
    tracking: Tracking,
) -> Result<Response<Body>, ApiError> {
    let renderer = request.renderer();
    match run(
        request.api,
        request.endpoint,
        cx,
        options.dry_run,
        object,
        tracking,
    )
    .await?
    {
        Created::Stored(entry) => Ok(renderer.entry(StatusCode::CREATED, &entry)),
        Created::DryRun(object) => Ok(renderer.object(StatusCode::CREATED, &object)),
    }
}

/// What a create made.
pub(crate) enum Created {
    Stored(std::sync::Arc<crate::cache::Entry>),
    DryRun(Object),
}

/// The whole way of a create behind decoding. Also that of bootstrap objects.
pub(crate) async fn run(
    api: &Api,
    endpoint: &Endpoint,
    cx: &RequestContext,
    dry_run: bool,
    object: Object,
    tracking: Tracking,
) -> Result<Created, ApiError> {
    let cache = &*endpoint.cache;
    let resource = &*cache.resource;
    let info = resource.info();
    let generated =
        object.metadata().name.is_empty() && !object.metadata().generate_name.is_empty();
    let mut decoded = Decoded::new(resource, object);
    if tracking == Tracking::Update {
        Manager::new(endpoint, &cx.subresource, cx.now).update(
            None,
            decoded.object_mut(),
            &cx.field_manager,
        );
    }
    for attempt in 1.. {
        let question = AdmissionRequest {
            operation: Operation::Create,
            resource: info,
            old: None,
        };
        let again =
            (generated && attempt < GENERATED_NAMES_MAX).then(|| decoded.object().clone_object());
        let admitted = decoded
            .admit(cx, resource, &api.admission, question)
            .await?;
        let validated = admitted
            .validate_create(cx, resource, &api.admission, question)
            .await?;
        let name = validated.object().metadata().name.clone();
        if dry_run {
            api.current().await?;
            let key = crate::cache::cache_key(&validated.object().metadata().namespace, &name);
            if cache.get(&key).is_some() {
                return Err(ApiError::already_exists(&info.group, &info.plural, &name));
            }
            return Ok(Created::DryRun(validated.object().clone_object()));
        }
        match (write::create(api, cache, validated).await?, again) {
            (write::Outcome::Written(entry), _) => return Ok(Created::Stored(entry)),
            (write::Outcome::Changed(_), Some(again)) => decoded = Decoded::new(resource, again),
            (write::Outcome::Changed(_), None) => {
                return Err(ApiError::already_exists(&info.group, &info.plural, &name));
            }
        }
    }
    unreachable!("the loop returns")
}

/// Puts the path's namespace into the object, or refuses another one.
pub(crate) fn placed(
    mut object: Object,
    request: &Request<'_>,
    cx: &mut RequestContext,
) -> Result<Object, ApiError> {
    let metadata = object.metadata_mut();
    if request.cache.resource.info().namespaced() {
        if metadata.namespace.is_empty() {
            metadata.namespace = request.namespace.clone();
        } else if metadata.namespace != request.namespace {
            let words = "the namespace of the provided object does not match the namespace sent on the request";
            return Err(ApiError::bad_request(words));
        }
    } else if !metadata.namespace.is_empty() {
        metadata.namespace = Str::default();
    }
    if cx.name.is_empty() {
        cx.name = metadata.name.clone();
    }
    Ok(object)
}
