//! GET, PUT and PATCH of another kind seen through the object: `scale`.
use super::{
    Request,
    create::{self, Tracking},
    patch::{
        self as patches,
        asked::{self, Asked, Change},
    },
    precondition::{MODIFIED, check_uid, check_version},
    update::{self, Settled, Stored, conflict},
};
use crate::{
    body::Body,
    cache::Entry,
    decode::{self, Expected},
    managed::ThroughView,
    negotiate::media_type,
    options::{self, WriteOptions},
    render, shared,
    stack::RequestBody,
    status,
};
use ::patch::{Node, merge_patch};
use bytes::Bytes;
use http::{Response, StatusCode};
use meta::{ApiError, FieldErrors, ManagedFieldsEntry, codec};
use resource::{ErasedView, Object, RequestContext, Verb};

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
    if verb == Verb::Get {
        return Ok(shown(request, view, &present(request, view).await?));
    }
    let info = request.cache.resource.info();
    request.api.current().await?;
    if verb == Verb::Patch {
        patches::check_media(media_type(request.headers), request.endpoint.info())?;
    }
    let options = match verb {
        Verb::Update => options::write_options(request.query, "UpdateOptions", false)?,
        _ => {
            let apply = media_type(request.headers).starts_with("application/apply-patch+");
            request.patch_options(apply)?
        }
    };
    let name = match verb {
        Verb::Update => "update",
        _ => "patch",
    };
    let body = request.read(body, name).await?;
    let cx = request.context(verb, &options);
    let mut current = request.cache.get(&request.key());
    // Nobody looks into a patch of what is not there.
    if verb == Verb::Patch && current.is_none() {
        return Err(shared::not_found(info, &request.name));
    }
    let sent = Sent::read(request, view, verb, &cx, &options, &body)?;
    for _ in 0..CONFLICTS_MAX {
        let entry = current.ok_or_else(|| shared::not_found(info, &request.name))?;
        let stored = Stored::read(request, &entry).await?;
        let object = &stored.object;
        let before = view.get(object)?;
        if let Sent::Whole(whole) = &sent {
            check_uid(request, &cx, &whole.metadata().uid, &object.metadata().uid)?;
        }
        let through = ThroughView::new(request.endpoint, &cx, view, object);
        let (wanted, entries) = wanted(request, view, &cx, &options, &sent, &before, &through)?;
        check(request, view, &wanted, object)?;
        check_version_of(request, &wanted, &entry)?;
        let mut new = object.clone_object();
        view.set(&cx, &mut new, &wanted)?;
        let entries = entries.or_else(|| {
            through
                .as_ref()
                .map(|through| through.update(&before, &wanted))
        });
        if let Some(entries) = entries {
            new.metadata_mut().managed_fields = entries;
        }
        let tracking = Tracking::Done;
        let object =
            match update::replace(request, &cx, &options, stored, new, None, tracking).await? {
                Settled::Object(object) => object,
                Settled::Written(entry) => Stored::read(request, &entry).await?.object,
                Settled::Changed(now) => {
                    current = now;
                    continue;
                }
            };
        return Ok(shown(request, view, &view.get(&object)?));
    }
    Err(conflict(request, MODIFIED))
}

/// A view without a version is of any, even where the object must have one.
fn check_version_of(request: &Request<'_>, view: &Object, entry: &Entry) -> Result<(), ApiError> {
    let version = &view.metadata().resource_version;
    if version.is_empty() {
        return Ok(());
    }
    check_version(request, version, entry)
}

/// The view of the object as it is stored.
async fn present(request: &Request<'_>, view: &dyn ErasedView) -> Result<Object, ApiError> {
    request.api.current().await?;
    let info = request.cache.resource.info();
    let entry = request
        .cache
        .get(&request.key())
        .ok_or_else(|| shared::not_found(info, &request.name))?;
    view.show(&Stored::read(request, &entry).await?.object)
}

fn shown(request: &Request<'_>, view: &dyn ErasedView, object: &Object) -> Response<Body> {
    let (group, version, kind) = view.kind();
    // Upstream knows the views of definitions by their version alone.
    let package = if request.endpoint.info().dynamic {
        version
    } else {
        group
    };
    let look = request.renderer().look();
    render::view(&look, StatusCode::OK, view, (package, kind), object)
}

/// What a client wants of a view.
enum Sent {
    Whole(Object),
    Patch(Asked),
}

impl Sent {
    fn read(
        request: &Request<'_>,
        view: &dyn ErasedView,
        verb: Verb,
        cx: &RequestContext,
        options: &WriteOptions,
        body: &Bytes,
    ) -> Result<Self, ApiError> {
        if verb == Verb::Patch {
            let media = media_type(request.headers);
            return Asked::read(media, body, options.field_validation).map(Self::Patch);
        }
        let mut whole = decode::object(
            cx,
            request.headers,
            body,
            expected(view),
            options.field_validation,
            |bytes, encoding, strictness| view.decode(bytes, encoding, strictness),
        )?;
        if let Some(record) = &request.record {
            record.unstored(view.kind(), &whole);
        }
        whole.metadata_mut().managed_fields = Vec::new();
        create::place(&mut whole, request)?;
        update::check_name(&whole, &request.name)?;
        Ok(Self::Whole(whole))
    }
}

fn expected(view: &dyn ErasedView) -> Expected<'static> {
    Expected::built_in(view.kind())
}

/// The view as the client wants it, and of an apply the managers.
fn wanted(
    request: &Request<'_>,
    view: &dyn ErasedView,
    cx: &RequestContext,
    options: &WriteOptions,
    sent: &Sent,
    before: &Object,
    through: &Option<ThroughView<'_>>,
) -> Result<(Object, Option<Vec<ManagedFieldsEntry>>), ApiError> {
    let asked = match sent {
        Sent::Whole(whole) => return Ok((whole.clone_object(), None)),
        Sent::Patch(asked) => asked,
    };
    let node = through.as_ref().map_or(Node::untyped(), ThroughView::node);
    let (patched, entries) = match (&asked.change, through) {
        (Change::Apply(applied), Some(through)) => {
            let applied = if request.endpoint.info().dynamic {
                through.apply_dynamic(before, applied, options.force)
            } else {
                through.apply(before, applied, options.force)
            };
            let (new, entries) = applied.map_err(|error| asked::apply_error(&error))?;
            (asked::converted(node, new), Some(entries))
        }
        _ => (patched(asked, before, through)?, None),
    };
    let patched = Bytes::from(patched);
    let decoded = asked.decoded(
        cx,
        &patched,
        expected(view),
        |bytes, encoding, strictness| view.decode(bytes, encoding, strictness),
    );
    let mut new = asked.settled(cx, node, &patched, decoded)?;
    new.metadata_mut().managed_fields = Vec::new();
    create::place(&mut new, request)?;
    update::check_name(&new, &request.name)?;
    Ok((new, entries))
}

/// The view with its managers, and a patch laid over it.
fn patched(
    asked: &Asked,
    before: &Object,
    through: &Option<ThroughView<'_>>,
) -> Result<Vec<u8>, ApiError> {
    let mut before = before.clone_object();
    if let Some(through) = through {
        before.metadata_mut().managed_fields = through.entries();
    }
    let document = || codec::to_json(before.as_message());
    match &asked.change {
        Change::Merge(patch) | Change::Apply(patch) => {
            let patched = merge_patch::apply_to_text(&document(), patch);
            patched.map_err(|error| ApiError::internal(error.to_string()))
        }
        Change::Json(patch) => {
            let patched = patch.apply_to_text(&document());
            patched.map_err(|error| asked::patch_error(&error))
        }
        Change::Strategic(patch) => {
            let node = through.as_ref().map_or(Node::untyped(), ThroughView::node);
            asked::laid_over(node, codec::to_value(before.as_message()), patch)
        }
    }
}

/// What is wrong with the view as it is wanted.
fn check(
    request: &Request<'_>,
    view: &dyn ErasedView,
    wanted: &Object,
    object: &Object,
) -> Result<(), ApiError> {
    let mut errors = FieldErrors::new();
    view.validate(&mut errors, wanted);
    if !errors.is_empty() {
        let (group, _, kind) = view.kind();
        return Err(ApiError::invalid(group, kind, &request.name, &errors));
    }
    let info = request.cache.resource.info();
    let (wanted, found) = (&wanted.metadata().uid, &object.metadata().uid);
    // Upstream lets patches of custom resources' views name any.
    if !info.dynamic && !wanted.is_empty() && wanted != found {
        let resource = format!("{}/{}", info.plural, request.subresource);
        let why = format!(
            "Precondition failed: UID in precondition: {wanted}, UID in object meta: {found}"
        );
        return Err(ApiError::conflict(
            &info.group,
            &resource,
            &request.name,
            &why,
        ));
    }
    Ok(())
}
