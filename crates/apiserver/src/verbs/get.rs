//! GET of one object: bytes from memory.
use super::{Request, list};
use crate::{body::Body, options, query, shared};
use http::{Response, StatusCode};
use meta::ApiError;

pub(crate) async fn get(request: &Request<'_>) -> Result<Response<Body>, ApiError> {
    match wanted(request.query)? {
        None => drop(request.api.current().await?),
        Some(revision) => list::reach(request, revision).await?,
    }
    request.check_name()?;
    let info = request.endpoint.info();
    let entry = request
        .cache
        .get(&request.key())
        .ok_or_else(|| shared::not_found(info, &request.name))?;
    let shown = request.shown(&entry).await?;
    Ok(request.renderer().entry(StatusCode::OK, &shown))
}

/// The revision that the answer must not be older than. `None` is the newest.
fn wanted(query: &str) -> Result<Option<u64>, ApiError> {
    if query.is_empty() {
        return Ok(None);
    }
    let exported = query::first(query, "export");
    if exported.is_some_and(|value| options::truth(&value)) {
        let words = "the export parameter, deprecated since v1.14, is no longer supported";
        return Err(ApiError::bad_request(words));
    }
    let version = query::first(query, "resourceVersion").unwrap_or_default();
    options::revision(&version).map_err(options::unreadable_version)
}
