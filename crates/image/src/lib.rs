//! OCI images: references, pulls from registries, archives, unpacked layers on disk.
//!
//! Layers are unpacked once, into directories that overlayfs takes as they are; compressed blobs are not kept.
//! An image exists when its record does, and the record is written last, after a sync: what a crash leaves behind is
//! garbage that the next start removes. It knows nothing of containers.

mod digest;
mod error;
pub mod import;
mod manifest;
mod progress;
mod reference;
mod registry;
mod store;
pub mod unpack;

pub use digest::Digest;
pub use error::ImageError;
pub use manifest::{ImageConfig, Platform};
pub use progress::{Progress, ProgressEvent, no_progress};
pub use reference::{Reference, ReferenceError};
pub use registry::{Credentials, PullConfig, Puller};
pub use store::{Collected, Image, Store, StoreConfig};

/// Entry points for fuzzing: parsers of foreign bytes.
pub mod parse {
    pub use crate::manifest::{parse_config, parse_manifest};
}
