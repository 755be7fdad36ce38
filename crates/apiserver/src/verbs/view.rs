//! GET, PUT and PATCH of another kind seen through the object: `scale`.
use super::{
    Request,
    create::Tracking,
    update::{self, Replaced, Stored, conflict},
    with_warnings,
};
use crate::{
    body::Body,
    decode::{self, Expected},
    managed,
    negotiate::{Media, media_type, unsupported_media},
    options::{self, WriteOptions},
    shared,
    stack::RequestBody,
    status,
};
use bytes::Bytes;
use http::{Response, StatusCode};
use meta::{ApiError, FieldErrors, codec};
use patch::{JsonPatch, merge_patch};
use resource::{ErasedView, Object, RequestContext, Verb};
use serde_json::Value;

/// Conflicts with other writers that one request rides out.
const CONFLICTS_MAX: usize = 64;

pub(crate) async fn serve(
    request: &Request<'_>,
    verb: Verb,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let view = request
        .endpoint
        .served
        .view(&request.subresource)
        .ok_or_else(status::unknown_resource)?;
    let info = request.cache.resource.info();
    request.api.current().await?;
    if verb == Verb::Get {
        let entry = request
            .cache
            .get(&request.key())
            .ok_or_else(|| shared::not_found(info, &request.name))?;
        let object = request
            .cache
            .decode(&entry)
            .ok_or_else(|| crate::render::undecodable(&entry.key))?;
        return Ok(shown(request, &view.get(&object)?));
    }
    let kind = if verb == Verb::Patch {
        "PatchOptions"
    } else {
        "UpdateOptions"
    };
    let options = options::write_options(request.query, kind, false)?;
    let body = decode::read(body).await?;
    let cx = request.context(verb, &options);
    let mut current = request.cache.get(&request.key());
    for _ in 0..CONFLICTS_MAX {
        let entry = current.ok_or_else(|| shared::not_found(info, &request.name))?;
        let stored = Stored::read(request, &entry)?;
        let object = &stored.object;
        let wanted = wanted(request, view, verb, &cx, &options, object, &body)?;
        let version = &wanted.metadata().resource_version;
        if !version.is_empty() && **version != entry.revision.to_string() {
            return Err(conflict(request, update::MODIFIED));
        }
        let mut errors = FieldErrors::new();
        view.validate(&mut errors, &wanted);
        if !errors.is_empty() {
            let (group, _, kind) = view.kind();
            return Err(ApiError::invalid(group, kind, &request.name, &errors));
        }
        let mut new = object.clone_object();
        view.set(&cx, &mut new, &wanted);
        let views = (&view.get(object)?, &wanted);
        managed::through_view(request.endpoint, view, &cx, views, &mut new);
        match update::replace(request, &cx, &options, stored, new, None, Tracking::Done).await? {
            Replaced::Answer(_) if options.dry_run => {
                return Ok(with_warnings(shown(request, &wanted), &cx));
            }
            Replaced::Answer(_) => {
                request.api.current().await?;
                let entry = request
                    .cache
                    .get(&request.key())
                    .ok_or_else(|| shared::not_found(info, &request.name))?;
                let object = request
                    .cache
                    .decode(&entry)
                    .ok_or_else(|| crate::render::undecodable(&entry.key))?;
                return Ok(with_warnings(shown(request, &view.get(&object)?), &cx));
            }
            Replaced::Changed(now) => current = now,
        }
    }
    Err(conflict(request, update::MODIFIED))
}

fn shown(request: &Request<'_>, view: &Object) -> Response<Body> {
    status::message(StatusCode::OK, view.as_message(), request.accepted.media)
}

/// The view as the client wants it: its body, or its patch over the present one.
fn wanted(
    request: &Request<'_>,
    view: &dyn ErasedView,
    verb: Verb,
    cx: &RequestContext,
    options: &WriteOptions,
    object: &Object,
    body: &Bytes,
) -> Result<Object, ApiError> {
    let (group, version, kind) = view.kind();
    let expected = Expected {
        group,
        version,
        kind,
        dynamic: false,
    };
    if verb == Verb::Update {
        return decode::object(
            cx,
            request.headers,
            body,
            expected,
            options.field_validation,
            |bytes, encoding, strictness| view.decode(bytes, encoding, strictness),
        );
    }
    let present = codec::to_value(view.get(object)?.as_message());
    let patched = Bytes::from(patched(media_type(request.headers), present, body)?.to_string());
    decode::json_or_protobuf(
        cx,
        Media::Json,
        &patched,
        expected,
        options.field_validation,
        |bytes, encoding, strictness| view.decode(bytes, encoding, strictness),
    )
}

fn patched(media: &str, mut present: Value, body: &Bytes) -> Result<Value, ApiError> {
    let failed = |error: patch::PatchError| ApiError {
        code: error.status().0,
        ..ApiError::bad_request(error.status().2)
    };
    match media {
        "application/json-patch+json" => JsonPatch::decode(body)
            .and_then(|(patch, _)| patch.apply(present))
            .map_err(failed),
        // Scale has no lists, so that strategic merge and merge are the same.
        "application/merge-patch+json"
        | "application/strategic-merge-patch+json"
        | "application/apply-patch+yaml" => {
            let (patch, _) = merge_patch::decode(body).map_err(failed)?;
            merge_patch::apply(&mut present, patch);
            Ok(present)
        }
        _ => Err(unsupported_media(&[
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml",
        ])),
    }
}
