//! What the HTTP server answers by itself, before any layer sees the request. The parser refuses more, in words of its own.
use crate::{body::Body, status};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri, Version, header};
use hyper::ext::ReasonPhrase;

/// The answer to a request that is not one for this server.
pub(super) fn answer<B>(request: &Request<B>) -> Option<Response<Body>> {
    let (headers, uri) = (request.headers(), request.uri());
    if request.method() == Method::OPTIONS && uri.path() == "*" {
        return Some(Response::new(Body::empty()));
    }
    if !is_readable(request.method(), uri) {
        return Some(refused(StatusCode::BAD_REQUEST, None));
    }
    if request.version() == Version::HTTP_11 {
        if let Some(why) = wrong_host(headers) {
            return Some(refused(StatusCode::BAD_REQUEST, why));
        }
        if let Some(coding) = headers.get(header::TRANSFER_ENCODING)
            && !coding.as_bytes().eq_ignore_ascii_case(b"chunked")
        {
            let mut answer = refused(StatusCode::NOT_IMPLEMENTED, None);
            *answer.body_mut() = Body::from(b"Unsupported transfer encoding".to_vec());
            return Some(answer);
        }
    }
    // Streams of HTTP/2 may expect what they will.
    let expects = headers.get(header::EXPECT)?;
    let is_known = expects.as_bytes().eq_ignore_ascii_case(b"100-continue");
    if is_known || request.version() == Version::HTTP_2 {
        return None;
    }
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::EXPECTATION_FAILED;
    Some(closing(answer))
}

/// A path from the root, whose escapes are whole.
fn is_readable(method: &Method, uri: &Uri) -> bool {
    let is_hex = |byte: &u8| byte.is_ascii_hexdigit();
    let whole = |rest: &str| matches!(rest.as_bytes(), [a, b, ..] if is_hex(a) && is_hex(b));
    let path = uri.path();
    let rooted = path.starts_with('/') || path == "*" || method == Method::CONNECT;
    rooted && path.split('%').skip(1).all(whole)
}

/// What is wrong with the name of the host, where there is a word for that.
fn wrong_host(headers: &HeaderMap) -> Option<Option<&'static str>> {
    let is_valid =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"!$%&()*+,-./:;=[]'_~".contains(byte);
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => Some(Some("missing required Host header")),
        (Some(_), Some(_)) => Some(None),
        (Some(host), None) if host.as_bytes().iter().all(is_valid) => None,
        (Some(_), None) => Some(Some("malformed Host header")),
    }
}

/// Its status line says why, and so does its body.
fn refused(code: StatusCode, why: Option<&str>) -> Response<Body> {
    let name = code.canonical_reason().unwrap_or_default();
    let reason = why.map_or_else(|| name.to_owned(), |why| format!("{name}: {why}"));
    let body = format!("{} {reason}", code.as_str());
    let mut answer = status::with_body(code, status::TEXT, Body::from(body.into_bytes()));
    answer.headers_mut().remove(header::CACHE_CONTROL);
    if let Ok(reason) = ReasonPhrase::try_from(reason.into_bytes()) {
        answer.extensions_mut().insert(reason);
    }
    closing(answer)
}

fn closing(mut answer: Response<Body>) -> Response<Body> {
    let close = HeaderValue::from_static("close");
    answer.headers_mut().insert(header::CONNECTION, close);
    answer
}

#[cfg(test)]
mod tests;
