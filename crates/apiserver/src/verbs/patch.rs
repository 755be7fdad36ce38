//! PATCH: JSON patch, merge patch, strategic merge patch and server-side apply; each ends as an update of the patched object.
pub(crate) mod asked;

use super::{
    Request,
    create::{self, Tracking},
    owners,
    precondition::{MODIFIED, parse_version},
    update::{self, Replaced, Stored, conflict},
};
use crate::{
    body::Body,
    cache::Entry,
    decode::Expected,
    managed::{Manager, Reset},
    negotiate::{media_type, unsupported_media},
    options::WriteOptions,
    render, shared,
    stack::RequestBody,
    status,
};
use asked::{Asked, Change};
use bytes::Bytes;
use http::Response;
use meta::{ApiError, Reason, codec};
use patch::merge_patch;
use resource::{Object, RequestContext, ResourceInfo, Verb};
use std::sync::Arc;

/// Conflicts with other writers that one patch rides out.
const CONFLICTS_MAX: usize = 64;

pub(crate) async fn patch(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let media = media_type(request.headers).to_owned();
    let apply = media.starts_with("application/apply-patch+");
    check_media(&media, request.endpoint.info())?;
    let body = request.read(body, "patch").await?;
    let options = request.patch_options(apply)?;
    let cx = request.context(Verb::Patch, &options);
    request.api.current().await?;
    let mut old = request.cache.get(&request.key());
    // Nobody looks into a patch of what is not there.
    if old.is_none() && !(apply && request.subresource.is_empty()) {
        return Err(shared::not_found(request.endpoint.info(), &request.name));
    }
    let asked = Asked::read(&media, &body, options.field_validation)?;
    for _ in 0..CONFLICTS_MAX {
        let tried = match &old {
            Some(entry) => attempt(request, &cx, &options, &asked, entry).await?,
            None => absent(request, &cx, &options, &asked).await?,
        };
        match tried {
            Replaced::Answer(response) => return Ok(response),
            Replaced::Changed(current) => old = current,
        }
    }
    Err(conflict(request, MODIFIED))
}

/// What has no struct has no strategic merge patch either.
pub(crate) fn check_media(media: &str, info: &ResourceInfo) -> Result<(), ApiError> {
    const ALL: [&str; 4] = [
        "application/json-patch+json",
        "application/merge-patch+json",
        "application/strategic-merge-patch+json",
        "application/apply-patch+yaml",
    ];
    const DYNAMIC: [&str; 3] = [ALL[0], ALL[1], ALL[3]];
    let known = if info.dynamic { &DYNAMIC[..] } else { &ALL };
    if known.contains(&media) {
        return Ok(());
    }
    // The route of a built-in kind passes over a space that what is behind it minds.
    if info.dynamic || known.contains(&media.trim_end()) {
        return Err(unsupported_media(known));
    }
    let error = ApiError::new(Reason::UnsupportedMediaType, "415: Unsupported Media Type");
    Err(status::with_empty_details(error))
}

/// Applies the change to one state of the object and tries to write the result.
async fn attempt(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    asked: &Asked,
    entry: &Arc<Entry>,
) -> Result<Replaced, ApiError> {
    let stored = Stored::read(request, entry).await?;
    let before = &stored.object;
    let endpoint = request.endpoint;
    let node = endpoint.node(endpoint.info());
    let patched = match &asked.change {
        Change::Apply(applied) => Manager::new(endpoint, &request.subresource, cx.now)
            .apply(
                request.api,
                Some(before),
                applied,
                &cx.field_manager,
                options.force,
            )
            .await?
            .map_err(|error| asked::apply_error(&error))
            .map(|applied| asked::converted(node, applied))?,
        Change::Merge(patch) => merge_patch::apply_to_text(&document(request, &stored), patch)
            .map_err(|_| render::undecodable(&stored.entry.key))?,
        Change::Json(patch) => patch
            .apply_to_text(&document(request, &stored))
            .map_err(|error| asked::patch_error(&error))?,
        Change::Strategic(patch) => {
            let current = codec::to_value(endpoint.served.shown(before).as_message());
            asked::laid_over(node, current, patch)?
        }
    };
    let patched = Bytes::from(patched);
    let tracking = match &asked.change {
        Change::Apply(_) => Tracking::Done,
        _ => Tracking::Update(Reset::in_json(&patched)),
    };
    let new = decoded(request, cx, asked, &patched);
    let mut new = asked.settled(cx, node, &patched, new)?;
    asked.keep_nulls(&mut new, &patched);
    let new = placed(request, cx, new)?;
    let part = request.cache.resource.part(&request.subresource);
    let replaced = update::replace(request, cx, options, stored, new, part, tracking).await?;
    replaced.answer(request).await
}

/// The stored document as text.
fn document(request: &Request<'_>, stored: &Stored<'_>) -> Vec<u8> {
    let served = &request.endpoint.served;
    if request.endpoint.is_document(stored.entry) {
        let mut document = render::head(served.info()).to_vec();
        stored.entry.write_document(&mut document);
        document
    } else {
        codec::to_json(served.shown(&stored.object).as_message())
    }
}

/// The patched document as an object.
fn decoded(
    request: &Request<'_>,
    cx: &RequestContext,
    asked: &Asked,
    body: &Bytes,
) -> Result<Object, ApiError> {
    let expected = Expected::of(request.endpoint.info());
    asked.decoded(cx, body, expected, |bytes, encoding, strictness| {
        request.endpoint.served.decode(bytes, encoding, strictness)
    })
}

/// What comes of a patch stands where the path says.
fn placed(
    request: &Request<'_>,
    cx: &RequestContext,
    mut object: Object,
) -> Result<Object, ApiError> {
    create::place(&mut object, request)?;
    update::check_name(&object, &request.name)?;
    owners::dedup(cx, object.metadata_mut(), owners::When::Admitted);
    Ok(object)
}

/// A patch of what does not exist: apply creates it.
async fn absent(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    asked: &Asked,
) -> Result<Replaced, ApiError> {
    let info = request.endpoint.info();
    let Change::Apply(applied) = &asked.change else {
        return Err(shared::not_found(info, &request.name));
    };
    if !request.subresource.is_empty() {
        return Err(shared::not_found(info, &request.name));
    }
    let manager = Manager::new(request.endpoint, "", cx.now);
    let value = manager
        .apply(request.api, None, applied, &cx.field_manager, options.force)
        .await?
        .map_err(|error| asked::apply_error(&error))?;
    let node = request.endpoint.node(request.endpoint.info());
    let value = Bytes::from(asked::converted(node, value));
    let object = decoded(request, cx, asked, &value);
    let mut object = asked.settled(cx, node, &value, object)?;
    asked.keep_nulls(&mut object, &value);
    parse_version(&object.metadata().resource_version)?;
    let uid = &object.metadata().uid;
    if !uid.is_empty() {
        let why = format!(
            "uid mismatch: the provided object specified uid {uid}, and no existing object was found"
        );
        return Err(conflict(request, &why));
    }
    let object = placed(request, cx, object)?;
    update::create(request, cx, options, object, Tracking::Done).await
}
