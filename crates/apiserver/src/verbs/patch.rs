//! PATCH: JSON patch, merge patch, strategic merge patch and server-side apply; each ends as an update of the patched object.
use super::{
    Request, create,
    create::Tracking,
    update::{self, Replaced, Stored, conflict},
    with_warnings,
};
use crate::{
    body::Body,
    cache::Entry,
    decode::{self, Expected},
    managed::Manager,
    negotiate::{Media, media_type, unsupported_media},
    options::{self, FieldValidation, WriteOptions},
    render, shared,
    stack::RequestBody,
    status,
};
use bytes::Bytes;
use http::Response;
use meta::{ApiError, Reason, StatusCause, StatusDetails, codec};
use patch::{JsonPatch, merge_patch, strategic};
use resource::{Object, RequestContext, ResourceInfo, Verb};
use serde_json::Value;
use std::sync::Arc;

/// Conflicts with other writers that one patch rides out.
const CONFLICTS_MAX: usize = 64;

/// A patch that has been read once and is applied to as many versions of the object as it takes.
enum Change {
    Json(JsonPatch),
    Merge(Value),
    Strategic(Value),
    Apply(Value),
}

/// A patch, and what strict field validation complains of in it, when that is asked for.
struct Asked {
    change: Change,
    complaints: Vec<String>,
}

pub(crate) async fn patch(
    request: &Request<'_>,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let media = media_type(request.headers).to_owned();
    let apply = media.starts_with("application/apply-patch+");
    check_media(&media, request.endpoint.info())?;
    let options = options::write_options(request.query, "PatchOptions", apply)?;
    let body = decode::read(body).await?;
    let cx = request.context(Verb::Patch, &options);
    let asked = read(&cx, &media, &body, options.field_validation)?;
    request.api.current().await?;
    let mut old = request.cache.get(&request.key());
    for _ in 0..CONFLICTS_MAX {
        let Some(entry) = &old else {
            return absent(request, &cx, &options, &asked.change).await;
        };
        match attempt(request, &cx, &options, &asked, entry).await? {
            Replaced::Answer(response) => return Ok(with_warnings(response, &cx)),
            Replaced::Changed(current) => old = current,
        }
    }
    Err(conflict(request, update::MODIFIED))
}

/// What has no struct has no strategic merge patch either.
pub(super) fn check_media(media: &str, info: &ResourceInfo) -> Result<(), ApiError> {
    const STRATEGIC: &str = "application/strategic-merge-patch+json";
    let mut known = vec![
        "application/json-patch+json",
        "application/merge-patch+json",
        STRATEGIC,
        "application/apply-patch+yaml",
    ];
    known.retain(|known| !info.dynamic || *known != STRATEGIC);
    match media {
        media if known.contains(&media) => Ok(()),
        "application/json" | "application/yaml" | "" => Err(status::with_empty_details(
            ApiError::new(Reason::UnsupportedMediaType, "415: Unsupported Media Type"),
        )),
        _ => Err(unsupported_media(&known)),
    }
}

fn read(
    cx: &RequestContext,
    media: &str,
    body: &Bytes,
    validation: FieldValidation,
) -> Result<Asked, ApiError> {
    let (change, complaints) = match media {
        "application/json-patch+json" => {
            let (patch, strict) = JsonPatch::decode(body).map_err(|error| patch_error(&error))?;
            (Change::Json(patch), strict)
        }
        "application/merge-patch+json" => {
            let (patch, strict) = merge_patch::decode(body).map_err(|error| patch_error(&error))?;
            (Change::Merge(patch), strict)
        }
        "application/strategic-merge-patch+json" => {
            let (patch, strict) = strategic::decode(body).map_err(|error| patch_error(&error))?;
            (Change::Strategic(patch), strict)
        }
        _ => {
            let bad = |error: &dyn std::fmt::Display| {
                ApiError::bad_request(format!("error decoding YAML: {error}"))
            };
            let text = codec::yaml::text(body).map_err(|error| bad(&error))?;
            let (json, _) = codec::yaml::to_json(text).map_err(|error| bad(&error))?;
            let applied = serde_json::from_slice(&json).map_err(|error| bad(&error))?;
            (Change::Apply(applied), Vec::new())
        }
    };
    let complaints = match validation {
        FieldValidation::Strict => complaints,
        FieldValidation::Warn => {
            complaints.into_iter().for_each(|words| cx.warn(words));
            Vec::new()
        }
        FieldValidation::Ignore => Vec::new(),
    };
    Ok(Asked { change, complaints })
}

/// Applies the change to one state of the object and tries to write the result.
async fn attempt(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    asked: &Asked,
    entry: &Arc<Entry>,
) -> Result<Replaced, ApiError> {
    let change = &asked.change;
    let cache = request.cache;
    let stored = Stored::read(request, entry)?;
    let before = &stored.object;
    let patched = match change {
        Change::Apply(applied) => {
            let manager = Manager::new(request.endpoint, &request.subresource, cx.now);
            check_applied(request, applied)?;
            manager
                .apply(Some(before), applied, &cx.field_manager, options.force)
                .map_err(|error| apply_error(&error))?
                .to_string()
                .into_bytes()
        }
        Change::Merge(patch) => merged(request, &stored, patch)?,
        other => {
            let shown = request.endpoint.served.shown(before);
            changed(other, request, codec::to_value(shown.as_message()))?
                .to_string()
                .into_bytes()
        }
    };
    let tracking = if matches!(change, Change::Apply(_)) {
        Tracking::Done
    } else {
        Tracking::Update
    };
    let patched = Bytes::from(patched);
    let new = decoded(request, cx, options, patched.clone());
    let new = possible(asked, &patched, new)?;
    check_patched(request, &new, before, entry)?;
    let part = cache.resource.part(&request.subresource);
    update::replace(request, cx, options, stored, new, part, tracking).await
}

fn changed(change: &Change, request: &Request<'_>, current: Value) -> Result<Value, ApiError> {
    let result = match change {
        Change::Json(patch) => patch.apply(current),
        Change::Strategic(patch) => strategic::apply(
            request.endpoint.node(request.endpoint.info()),
            current,
            patch.clone(),
        ),
        Change::Merge(patch) | Change::Apply(patch) => {
            let mut current = current;
            merge_patch::apply(&mut current, patch.clone());
            Ok(current)
        }
    };
    result.map_err(|error| patch_error(&error))
}

/// The stored document with a merge patch laid over it, as text: what the patch does not name is copied.
fn merged(request: &Request<'_>, stored: &Stored<'_>, patch: &Value) -> Result<Vec<u8>, ApiError> {
    let served = &request.endpoint.served;
    let document = if served.is_stored() {
        let mut document = render::head(served.info()).to_vec();
        stored.entry.write_document(&mut document);
        document
    } else {
        codec::to_json(served.shown(&stored.object).as_message())
    };
    merge_patch::apply_to_text(&document, patch).map_err(|_| render::undecodable(&stored.entry.key))
}

/// The patched document as an object. Unknown fields are those that the patch brought.
fn decoded(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    body: Bytes,
) -> Result<Object, ApiError> {
    let info = request.endpoint.info();
    let expected = Expected::of(info);
    let object = decode::json_or_protobuf(
        cx,
        Media::Json,
        &body,
        expected,
        options.field_validation,
        |bytes, encoding, strictness| request.endpoint.served.decode(bytes, encoding, strictness),
    );
    let mut object = object?;
    if info.namespaced() && object.metadata().namespace.is_empty() {
        object.metadata_mut().namespace = request.namespace.clone();
    }
    Ok(object)
}

/// What comes of a patch must be such an object, and what strict validation complains of in the patch counts with what it complains of in
/// the result. Upstream shows the result, of a strategic patch the patch, and names no kind.
fn possible(
    asked: &Asked,
    patched: &Bytes,
    decoded: Result<Object, ApiError>,
) -> Result<Object, ApiError> {
    const STRICT: &str = "strict decoding error: ";
    let shown = match &asked.change {
        Change::Apply(_) => return decoded,
        Change::Json(_) | Change::Merge(_) => String::from_utf8_lossy(patched).into_owned(),
        Change::Strategic(patch) => patch::go_text(patch),
    };
    let why = match &decoded {
        Ok(_) if asked.complaints.is_empty() => return decoded,
        Ok(_) => format!("{STRICT}{}", asked.complaints.join(", ")),
        Err(error) => match decode::why_not_handled(error) {
            None => return decoded,
            Some(why) => match why.strip_prefix(STRICT) {
                None => why.to_owned(),
                Some(more) => {
                    let all: Vec<&str> = asked.complaints.iter().map(String::as_str).collect();
                    format!("{STRICT}{}", [&all[..], &[more]].concat().join(", "))
                }
            },
        },
    };
    let mut errors = meta::FieldErrors::new();
    errors.invalid(&meta::FieldPath::new("patch"), shown, why);
    Err(ApiError::invalid("", "", "", &errors))
}

fn check_patched(
    request: &Request<'_>,
    new: &Object,
    old: &Object,
    entry: &Entry,
) -> Result<(), ApiError> {
    let (new, old) = (new.metadata(), old.metadata());
    if new.name != old.name {
        let words = format!(
            "the name of the object ({}) does not match the name on the URL ({})",
            new.name, request.name
        );
        return Err(ApiError::bad_request(words));
    }
    if !new.resource_version.is_empty() && *new.resource_version != entry.revision.to_string() {
        return Err(conflict(request, update::MODIFIED));
    }
    Ok(())
}

/// A patch of what does not exist: apply creates it.
async fn absent(
    request: &Request<'_>,
    cx: &RequestContext,
    options: &WriteOptions,
    change: &Change,
) -> Result<Response<Body>, ApiError> {
    let info = request.cache.resource.info();
    let Change::Apply(applied) = change else {
        return Err(shared::not_found(info, &request.name));
    };
    if !request.subresource.is_empty() {
        return Err(shared::not_found(info, &request.name));
    }
    check_applied(request, applied)?;
    if let Some(uid) = applied["metadata"]["uid"]
        .as_str()
        .filter(|uid| !uid.is_empty())
    {
        let why = format!(
            "uid mismatch: the provided object specified uid {uid}, and no existing object was found"
        );
        return Err(conflict(request, &why));
    }
    let manager = Manager::new(request.endpoint, "", cx.now);
    let value = manager
        .apply(None, applied, &cx.field_manager, options.force)
        .map_err(|error| apply_error(&error))?;
    let mut object = decoded(request, cx, options, value.to_string().into())?;
    if object.metadata().name.is_empty() {
        object.metadata_mut().name = request.name.clone();
    }
    let response = create::stored(request, cx, options, object, Tracking::Done).await?;
    Ok(with_warnings(response, cx))
}

/// An applied document must say what it is and must not bring managed fields.
fn check_applied(request: &Request<'_>, applied: &Value) -> Result<(), ApiError> {
    let info = request.endpoint.info();
    if !applied["metadata"]["managedFields"].is_null() {
        return Err(ApiError::bad_request("metadata.managedFields must be nil"));
    }
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let (api_version, kind) = (text(&applied["apiVersion"]), text(&applied["kind"]));
    if kind.is_empty() || api_version.is_empty() {
        let missing = if kind.is_empty() {
            "kind"
        } else {
            "apiVersion"
        };
        return Err(ApiError::bad_request(format!(
            "Object '{missing}' is missing in '{applied}'"
        )));
    }
    if api_version != info.api_version || kind != info.kind {
        let words = format!(
            "failed to merge patch: {api_version}, Kind={kind} is not {}, Kind={}",
            info.api_version, info.kind
        );
        return Err(ApiError::bad_request(words));
    }
    let name = text(&applied["metadata"]["name"]);
    if !name.is_empty() && request.name != name {
        let words = format!(
            "the name of the object ({name}) does not match the name on the URL ({})",
            request.name
        );
        return Err(ApiError::bad_request(words));
    }
    Ok(())
}

fn patch_error(error: &patch::PatchError) -> ApiError {
    let (code, reason, message) = error.status();
    let mut answer = ApiError {
        code,
        ..ApiError::new(Reason::parse(reason), message)
    };
    if reason == "Invalid" {
        answer.details = Some(Box::default());
    }
    answer
}

fn apply_error(error: &patch::ApplyError) -> ApiError {
    let (code, reason, message) = error.status();
    let causes = error.causes().into_iter().map(|cause| StatusCause {
        reason: cause.reason.to_owned().into(),
        message: cause.message.into(),
        field: cause.field.into(),
    });
    let details = StatusDetails {
        causes: causes.collect(),
        ..StatusDetails::default()
    };
    let details = (!details.causes.is_empty()).then(|| Box::new(details));
    ApiError {
        code,
        details,
        ..ApiError::new(Reason::parse(reason), message)
    }
}
