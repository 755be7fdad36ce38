//! Which answers say how long they are before they are sent: as with Go's servers, those that end in the first buffer, and those whose
//! handler knows.

#[cfg(test)]
mod tests;

use crate::body::Body;
use http::{HeaderValue, Method, Response, Version, header::CONTENT_LENGTH};

/// What Go's servers gather before they send anything.
const HTTP_1_BYTES_MAX: u64 = 2 * 1024;
const HTTP_2_BYTES_MAX: u64 = 4 * 1024;

/// The answer to a request of this version and method. That to a HEAD tells what a GET would be told, and has no body: with HTTP/2
/// nobody below takes it away.
pub(super) fn told(
    version: Version,
    method: &Method,
    mut answer: Response<Body>,
) -> Response<Body> {
    let bytes_max = match version {
        Version::HTTP_2 => HTTP_2_BYTES_MAX,
        _ => HTTP_1_BYTES_MAX,
    };
    let is_known = answer.headers().contains_key(CONTENT_LENGTH);
    let length = answer.body().exact_len();
    let length = length.filter(|length| is_known || *length <= bytes_max);
    if *method != Method::HEAD {
        return match length {
            Some(_) => answer,
            None => answer.map(Body::with_length_untold),
        };
    }
    if let Some(length) = length.filter(|length| *length > 0) {
        let headers = answer.headers_mut();
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    answer.map(|_| Body::empty().with_length_untold())
}
