//! What a write says of the object that it means: its UID, its version.
use super::{Request, update::conflict};
use crate::cache::Entry;
use meta::{ApiError, FieldErrors, FieldPath, Reason};
use resource::{RequestContext, ResourceInfo};

/// The words of a conflict that only a new read can solve.
pub(crate) const MODIFIED: &str =
    "the object has been modified; please apply your changes to the latest version and try again";

/// Refuses a UID that is not that of the stored object; `found` is empty when there is none.
pub(super) fn check_uid(
    request: &Request<'_>,
    cx: &RequestContext,
    wanted: &str,
    found: &str,
) -> Result<(), ApiError> {
    if wanted.is_empty() || wanted == found {
        return Ok(());
    }
    let key = stored_key(request, cx);
    let why = format!(
        "StorageError: invalid object, Code: 4, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {wanted}, UID in object meta: {found}"
    );
    Err(conflict(request, &why))
}

/// Refuses a version that is not that of the stored object, or the lack of one where the kind demands it.
pub(super) fn check_version(
    request: &Request<'_>,
    wanted: &str,
    entry: &Entry,
) -> Result<(), ApiError> {
    let info = request.endpoint.info();
    match parse_version(wanted)? {
        0 if info.allow_unconditional_update => Ok(()),
        0 => Err(must_be_specified(info, &request.name)),
        version if version == entry.revision => Ok(()),
        _ => Err(conflict(request, MODIFIED)),
    }
}

/// 0 for none.
///
/// # Errors
/// 500 as upstream for what is no number.
pub(super) fn parse_version(text: &str) -> Result<u64, ApiError> {
    if text.is_empty() {
        return Ok(0);
    }
    text.parse().map_err(|_| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let why = if digits {
            "value out of range"
        } else {
            "invalid syntax"
        };
        let message = format!("strconv.ParseUint: parsing {}: {why}", meta::go_quote(text));
        ApiError::new(Reason::Unknown, message)
    })
}

fn must_be_specified(info: &ResourceInfo, name: &str) -> ApiError {
    let mut errors = FieldErrors::new();
    errors.invalid(
        &FieldPath::new("metadata").child("resourceVersion"),
        0i64,
        "must be specified for an update",
    );
    // Upstream names the resource here, not the kind.
    ApiError::invalid(&info.group, &info.plural, name, &errors)
}

/// The key under which upstream's store has the object; in a dry run, without what its etcd client puts before it.
fn stored_key(request: &Request<'_>, cx: &RequestContext) -> String {
    let info = request.cache.resource.info();
    let (group, plural) = (&*info.group, &*info.plural);
    let by_group =
        info.dynamic || matches!(group, "apiextensions.k8s.io" | "apiregistration.k8s.io");
    let place = match info.upstream.place {
        "" if by_group => format!("{group}/{plural}"),
        "" => plural.to_owned(),
        place => place.to_owned(),
    };
    let root = if cx.dry_run { "" } else { "/registry" };
    format!("{root}/{place}/{}", request.key())
}
