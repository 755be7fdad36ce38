//! An object of any kind, reduced to its metadata.

use meta::{ObjectMeta, Str};

/// What `PartialObjectMetadata` carries; in caches and lists of resources known only by discovery.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// `apps/v1`; empty where the server leaves it out.
    pub api_version: Str,
    pub kind: Str,
    pub metadata: ObjectMeta,
}
