//! One image, and the file that remembers it.

use serde::{Deserialize, Serialize};

use crate::manifest::Configuration;
use crate::{Digest, ImageConfig, Reference};

/// An image whose layers are all unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Digest of the configuration.
    pub id: Digest,
    /// `registry/repository:tag`.
    pub tags: Vec<String>,
    /// `registry/repository@digest`.
    pub digests: Vec<String>,
    /// Diff ids, bottom first.
    pub layers: Vec<Digest>,
    /// Bytes on disk, in the order of `layers`.
    pub layer_bytes: Vec<u64>,
    pub config: ImageConfig,
}

#[derive(Serialize, Deserialize)]
struct Record {
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    digests: Vec<String>,
    #[serde(default)]
    layer_bytes: Vec<u64>,
}

impl Image {
    /// Bytes of all its layers on disk.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.layer_bytes.iter().sum()
    }

    /// Its name by digest, or its id when it was never in a registry.
    #[must_use]
    pub fn reference(&self) -> String {
        self.digests
            .first()
            .cloned()
            .unwrap_or_else(|| self.id.to_string())
    }

    pub(super) fn add_name(&mut self, name: &Reference, digest: Option<&Digest>) {
        let tag = name.tagged().filter(|_| name.digest().is_none());
        let digested = digest.map(|d| name.digested(d));
        self.tags.extend(tag.filter(|t| !self.tags.contains(t)));
        self.digests
            .extend(digested.filter(|d| !self.digests.contains(d)));
    }

    pub(super) fn to_record(&self) -> Vec<u8> {
        let record = Record {
            tags: self.tags.clone(),
            digests: self.digests.clone(),
            layer_bytes: self.layer_bytes.clone(),
        };
        serde_json::to_vec(&record).expect("strings and numbers are always JSON")
    }

    pub(super) fn from_record(
        id: Digest,
        bytes: &[u8],
        configuration: Configuration,
    ) -> Option<Self> {
        let record: Record = serde_json::from_slice(bytes).ok()?;
        Some(Self {
            id,
            tags: record.tags,
            digests: record.digests,
            layers: configuration.diff_ids,
            layer_bytes: record.layer_bytes,
            config: configuration.config,
        })
    }
}
