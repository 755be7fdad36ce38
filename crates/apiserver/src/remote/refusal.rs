//! What an answer that is no success says. Upstream: client-go's `rest` and apimachinery's `errors`.
use http::{Method, StatusCode, header, response::Parts};
use meta::{ApiError, Reason, Status, StatusCause, StatusDetails, codec, go_quote};
use std::time::Duration;

/// Of an answer without a Status, so much of its text is looked at.
const TEXT_BYTES_MAX: usize = 2048;

/// The Status that stands in the body, or what the code means.
pub(super) fn refusal(method: &Method, head: &Parts, body: &[u8]) -> ApiError {
    status(body).unwrap_or_else(|| of_code(method, head, body))
}

fn status(body: &[u8]) -> Option<ApiError> {
    let found = codec::peek_type_meta(body).ok()?;
    if found.kind != "Status" {
        return None;
    }
    let decoded = codec::from_json::<Status>(body, codec::Strictness::Lenient).ok()?;
    (decoded.object.status != "Success").then(|| ApiError::from_status(decoded.object))
}

/// What the server asks to wait for, where it is busy or has failed.
pub(super) fn wait(head: &Parts) -> Option<Duration> {
    let is_due = head.status == StatusCode::TOO_MANY_REQUESTS || head.status.as_u16() >= 500;
    let seconds = seconds(head).filter(|_| is_due)?;
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

fn seconds(head: &Parts) -> Option<i64> {
    let value = head.headers.get(header::RETRY_AFTER)?;
    value.to_str().ok()?.parse().ok()
}

/// Whether it may be another one next time (`DefaultShouldRetry`).
pub(super) fn is_passing(refusal: &ApiError) -> bool {
    const PASSING: [Reason; 4] = [
        Reason::InternalError,
        Reason::Timeout,
        Reason::TooManyRequests,
        Reason::ServerTimeout,
    ];
    let details = refusal.details.as_deref();
    PASSING.contains(&refusal.reason)
        || refusal.code == StatusCode::TOO_MANY_REQUESTS.as_u16()
        || details.is_some_and(|details| details.retry_after_seconds > 0)
}

fn of_code(method: &Method, head: &Parts, body: &[u8]) -> ApiError {
    let kind = head.headers.get(header::CONTENT_TYPE);
    let is_text = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/"));
    let said = if is_text {
        let text = String::from_utf8_lossy(&body[..body.len().min(TEXT_BYTES_MAX)]);
        text.trim().to_owned()
    } else {
        "unknown".to_owned()
    };
    let code = head.status.as_u16();
    let (reason, message) = meaning(method, code, &said);
    let details = StatusDetails {
        causes: vec![StatusCause {
            reason: "UnexpectedServerResponse".into(),
            message: said.into(),
            ..StatusCause::default()
        }],
        retry_after_seconds: seconds(head)
            .and_then(|seconds| i32::try_from(seconds).ok())
            .unwrap_or_default(),
        ..StatusDetails::default()
    };
    ApiError {
        code,
        details: Some(Box::new(details)),
        ..ApiError::new(reason, message)
    }
}

fn meaning(method: &Method, code: u16, said: &str) -> (Reason, String) {
    let (reason, words) = match code {
        409 if method == Method::POST => (Reason::AlreadyExists, "the server reported a conflict"),
        409 => (Reason::Conflict, "the server reported a conflict"),
        404 => (
            Reason::NotFound,
            "the server could not find the requested resource",
        ),
        400 => (
            Reason::BadRequest,
            "the server rejected our request for an unknown reason",
        ),
        401 => (
            Reason::Unauthorized,
            "the server has asked for the client to provide credentials",
        ),
        403 => (Reason::Forbidden, said),
        406 if said.is_empty() || said == "unknown" => (
            Reason::NotAcceptable,
            "the server was unable to respond with a content type that the client supports",
        ),
        406 => (Reason::NotAcceptable, said),
        415 => (Reason::UnsupportedMediaType, said),
        405 => (
            Reason::MethodNotAllowed,
            "the server does not allow this method on the requested resource",
        ),
        422 => (
            Reason::Invalid,
            "the server rejected our request due to an error in our request",
        ),
        503 => (
            Reason::ServiceUnavailable,
            "the server is currently unable to handle the request",
        ),
        504 => (
            Reason::Timeout,
            "the server was unable to return a response in the time allotted, but may still be processing the request",
        ),
        429 => (
            Reason::TooManyRequests,
            "the server has received too many requests and has asked us to try again later",
        ),
        500.. => {
            let quoted = go_quote(said);
            let words = format!(
                "an error on the server ({quoted}) has prevented the request from succeeding"
            );
            return (Reason::InternalError, words);
        }
        _ => {
            let words = format!(
                "the server responded with the status code {code} but did not return more information"
            );
            return (Reason::Unknown, words);
        }
    };
    (reason, words.to_owned())
}

#[cfg(test)]
mod tests;
