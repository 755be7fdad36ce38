//! GET of one object: bytes from memory.
use super::Request;
use crate::{body::Body, shared};
use http::{Response, StatusCode};
use meta::ApiError;

pub(crate) async fn get(request: &Request<'_>) -> Result<Response<Body>, ApiError> {
    if !wants_any_version(request.query) {
        request.api.current().await?;
    }
    let info = request.cache.resource.info();
    let entry = request
        .cache
        .get(&request.key())
        .ok_or_else(|| shared::not_found(info, &request.name))?;
    Ok(request.renderer().entry(StatusCode::OK, &entry))
}

fn wants_any_version(query: &str) -> bool {
    query.contains("resourceVersion=0")
}
