//! GET of one object: bytes from memory.
use super::{Request, list};
use crate::{body::Body, options, query, shared};
use http::{Response, StatusCode};
use meta::ApiError;
use resource::ResourceInfo;

pub(crate) async fn get(request: &Request<'_>) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    match wanted(request.query, info)? {
        None => drop(request.api.current().await?),
        Some(revision) => list::reach(request, revision).await?,
    }
    request.check_name()?;
    let entry = request
        .cache
        .get(&request.key())
        .ok_or_else(|| shared::not_found(info, &request.name))?;
    let shown = request.shown(&entry).await?;
    Ok(request.renderer().entry(StatusCode::OK, &shown))
}

/// The revision that the answer must not be older than. `None` is the newest: what is made up when it is asked for has no other.
fn wanted(query: &str, info: &ResourceInfo) -> Result<Option<u64>, ApiError> {
    if query.is_empty() {
        return Ok(None);
    }
    let exported = query::first(query, "export");
    if exported.is_some_and(|value| options::truth(&value)) {
        let words = "the export parameter, deprecated since v1.14, is no longer supported";
        return Err(ApiError::bad_request(words));
    }
    if !info.is_stored() {
        return Ok(None);
    }
    let version = query::first(query, "resourceVersion").unwrap_or_default();
    options::revision(&version).map_err(|why| {
        // The store has a reason for the refusal.
        if info.is_read_at_the_store() {
            ApiError::bad_request(format!("invalid resource version: {why}"))
        } else {
            options::unreadable_version(why)
        }
    })
}
