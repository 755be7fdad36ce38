//! What goes wrong with images.

use std::io;
use std::path::PathBuf;

use crate::{Digest, ReferenceError};

#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    #[error("invalid image name {name:?}")]
    Reference {
        name: String,
        source: ReferenceError,
    },
    #[error("{reference}: not found")]
    NotFound { reference: String },
    #[error("{reference}: pull access denied, the repository does not exist or needs credentials")]
    Denied { reference: String },
    #[error("the registry answered {status} for {url}")]
    Status { url: String, status: u16 },
    #[error("failed to reach {url}")]
    Connect { url: String, source: io::Error },
    #[error("failed to fetch {url}")]
    Http { url: String, source: hyper::Error },
    #[error("no answer from {url} within {seconds} s")]
    Timeout { url: String, seconds: u64 },
    #[error("{url} is no address of a registry")]
    Url { url: String },
    #[error("content of {expected} has the digest {actual}")]
    Mismatch { expected: Digest, actual: Digest },
    #[error("{what} is larger than {max_bytes} bytes")]
    TooLarge { what: &'static str, max_bytes: u64 },
    #[error("failed to parse {what}")]
    Json {
        what: &'static str,
        source: serde_json::Error,
    },
    #[error("malformed {what}: {reason}")]
    Malformed {
        what: &'static str,
        reason: &'static str,
    },
    #[error("no image for {os}/{architecture} in {reference}")]
    NoPlatform {
        reference: String,
        os: String,
        architecture: String,
    },
    #[error("failed to unpack layer {layer}")]
    Unpack {
        layer: Digest,
        source: crate::unpack::UnpackError,
    },
    #[error("failed to {action} {}", path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("failed to prepare TLS")]
    Tls { source: rustls::Error },
    #[error("{what} was interrupted")]
    Interrupted { what: &'static str },
}

impl ImageError {
    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self::Io {
            action,
            path: path.into(),
            source,
        }
    }
}
