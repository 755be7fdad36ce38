//! The seam between the typed client and whatever carries HTTP.
//!
//! A transport moves one request and one streamed answer. It knows nothing of kinds.

mod connector;
mod dial;
mod https;
mod lanes;

pub use self::{
    connector::{Connector, Protocols, Stream},
    dial::{ByteStream, Dial, Nowhere, Tcp},
    https::{Https, HttpsError},
};

use bytes::Bytes;
use http_body_util::{BodyExt, Limited, combinators::UnsyncBoxBody};
use std::{fmt::Debug, future::Future, pin::Pin};

/// A boxed future, as object-safe traits return.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An answer's body: frames as they arrive, without a bound; the reader sets one.
pub type Body = UnsyncBoxBody<Bytes, TransportError>;

/// Carries requests whose URI holds path and query only (`/api/v1/pods?limit=500`).
///
/// The answer's future ends when its head is there. Dropping the body ends the exchange.
pub trait Transport: Send + Sync + Debug + 'static {
    /// One exchange.
    fn call(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// The exchange broke; whether the server acted is unknown.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    #[error("failed to send the request")]
    Send(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the answer broke off")]
    Receive(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the answer is larger than {bytes_max} bytes")]
    TooLarge { bytes_max: usize },
    #[error("the server is shutting down")]
    Closed,
}

/// A body of one frame.
#[must_use]
pub fn full(bytes: Bytes) -> Body {
    http_body_util::Full::new(bytes)
        .map_err(|never| match never {})
        .boxed_unsync()
}

/// Reads a body to its end. One frame is passed on without a copy.
///
/// # Errors
/// The transport's, or [`TransportError::TooLarge`].
pub async fn collect(body: Body, bytes_max: usize) -> Result<Bytes, TransportError> {
    let limited = Limited::new(body, bytes_max);
    match limited.collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) => Err(match error.downcast::<TransportError>() {
            Ok(error) => *error,
            Err(_) => TransportError::TooLarge { bytes_max },
        }),
    }
}
