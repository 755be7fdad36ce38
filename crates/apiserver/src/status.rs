//! Errors and plain answers: the one place where an [`ApiError`] becomes HTTP.
use crate::{
    body::Body,
    negotiate::{Accepted, Media, Offer},
};
use http::{HeaderValue, Response, StatusCode, header};
use hyper::ext::ReasonPhrase;
use meta::{
    ApiError,
    codec::{self, Message},
};

pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");
pub(crate) const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache, private");

/// The answer for an error, in the encoding that the client accepts.
pub(crate) fn error(error: &ApiError, media: Media) -> Response<Body> {
    let code = StatusCode::from_u16(error.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = message(code, &error.to_status(), media);
    if let Some(seconds) = error.retry_after_seconds() {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// An error for a client that wants a form in which no error can be written: JSON for people, as for whoever accepts nothing of ours.
pub(crate) fn unformed(error: &ApiError) -> Response<Body> {
    let code = StatusCode::from_u16(error.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    json(
        code,
        crate::render::pretty(&codec::to_json(&error.to_status())),
    )
}

/// A small message (`Status`, a review) as an answer.
pub(crate) fn message(code: StatusCode, message: &dyn Message, media: Media) -> Response<Body> {
    let body = match media {
        Media::Json => {
            let mut json = codec::to_json(message);
            json.push(b'\n');
            json
        }
        Media::Yaml => crate::render::yaml(&codec::to_json(message)),
        Media::Protobuf => codec::to_protobuf(message),
    };
    with_body(code, media.content_type(), Body::from(body))
}

/// An answer with its content type, not to be cached.
pub(crate) fn with_body(code: StatusCode, content_type: HeaderValue, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = code;
    if let Some(phrase) = phrase(code) {
        let phrase = ReasonPhrase::from_static(phrase.as_bytes());
        response.extensions_mut().insert(phrase);
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(header::CACHE_CONTROL, NO_CACHE);
    response
}

/// What Go's HTTP/1.1 calls a code, where RFC 9110 has another name for it.
fn phrase(code: StatusCode) -> Option<&'static str> {
    match code {
        StatusCode::PAYLOAD_TOO_LARGE => Some("Request Entity Too Large"),
        StatusCode::RANGE_NOT_SATISFIABLE => Some("Requested Range Not Satisfiable"),
        _ => None,
    }
}

/// 204, not to be cached.
pub(crate) fn no_content() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, NO_CACHE);
    response
}

/// Plain text.
pub(crate) fn text(code: StatusCode, text: impl Into<String>) -> Response<Body> {
    without_sniffing(with_body(code, TEXT, Body::from(text.into().into_bytes())))
}

/// What upstream says before it knows how to answer: not a Status, but text that cannot be taken for markup.
pub(crate) fn internal_error(uri: &http::Uri, error: &str) -> Response<Body> {
    let target = uri.path_and_query().map_or("", |target| target.as_str());
    let words = format!("Internal Server Error: {}: {error}", meta::go_quote(target));
    let words = words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text(StatusCode::INTERNAL_SERVER_ERROR, format!("{words}\n"))
}

/// Tells browsers to believe the content type.
pub(crate) fn without_sniffing(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// Plain text for paths that no one serves.
pub(crate) fn page_not_found() -> Response<Body> {
    text(StatusCode::NOT_FOUND, "404 page not found\n")
}

/// JSON that is already written.
pub(crate) fn json(code: StatusCode, json: Vec<u8>) -> Response<Body> {
    with_body(code, JSON, Body::from(json))
}

/// The error that clients see when a path names nothing that is served.
pub(crate) fn unknown_resource() -> ApiError {
    with_empty_details(ApiError::new(
        meta::Reason::NotFound,
        "the server could not find the requested resource",
    ))
}

/// The error for a method that the resource does not have.
pub(crate) fn method_not_allowed() -> ApiError {
    let words = "the server does not allow this method on the requested resource";
    with_empty_details(ApiError::new(meta::Reason::MethodNotAllowed, words))
}

/// Whether the error says that a path, its method or what its client accepts is not served.
pub(crate) fn is_unrouted(error: &ApiError) -> bool {
    *error == unknown_resource()
        || *error == method_not_allowed()
        || error.message.starts_with(crate::negotiate::UNACCEPTABLE)
}

/// Upstream's generic errors carry empty details.
pub(crate) fn with_empty_details(error: ApiError) -> ApiError {
    ApiError {
        details: Some(Box::default()),
        ..error
    }
}

/// The error in whatever the request accepts, JSON when that is nothing we have.
pub(crate) fn error_for(failure: &ApiError, headers: &http::HeaderMap) -> Response<Body> {
    error_at(failure, headers, "")
}

/// The same where the query has a say too: with `?pretty`.
pub(crate) fn error_at(
    failure: &ApiError,
    headers: &http::HeaderMap,
    query: &str,
) -> Response<Body> {
    let (media, pretty) = match Accepted::of(headers, Offer::Documents) {
        Ok(accepted) => {
            let pretty = crate::options::pretty(query).unwrap_or(accepted.pretty);
            (accepted.media, pretty)
        }
        Err(_) => (Media::Json, true),
    };
    let mut response = error(failure, media);
    if pretty && media == Media::Json {
        let json = crate::render::pretty(&codec::to_json(&failure.to_status()));
        *response.body_mut() = Body::from(json);
    }
    response
}
