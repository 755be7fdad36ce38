//! Manifests, indexes and configurations, in OCI's and Docker's forms.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Digest, ImageError};

/// Layers of one image; overlayfs takes no more than fit in a page of options.
pub(crate) const LAYERS_MAX: usize = 127;
/// Bytes of a manifest, an index or a configuration.
pub(crate) const DOCUMENT_BYTES_MAX: u64 = 4 << 20;

/// The media types that are asked for, in `Accept`.
pub(crate) const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, \
     application/vnd.oci.image.manifest.v1+json, \
     application/vnd.docker.distribution.manifest.list.v2+json, \
     application/vnd.docker.distribution.manifest.v2+json";

/// What a manifest names: content by digest.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    pub digest: Digest,
    #[serde(default)]
    pub size: u64,
    #[serde(default)]
    pub platform: Option<Platform>,
    #[serde(default)]
    pub annotations: BTreeMap<String, String>,
}

/// What an image runs on, in Go's words.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct Platform {
    #[serde(default)]
    pub os: String,
    #[serde(default)]
    pub architecture: String,
    #[serde(default)]
    pub variant: String,
}

impl Platform {
    /// This machine's.
    #[must_use]
    pub fn host() -> Self {
        let architecture = match std::env::consts::ARCH {
            "x86_64" => "amd64",
            "aarch64" => "arm64",
            other => other,
        };
        Self {
            os: "linux".to_owned(),
            architecture: architecture.to_owned(),
            variant: String::new(),
        }
    }

    fn runs(&self, other: &Self) -> bool {
        self.os == other.os && self.architecture == other.architecture
    }
}

/// A manifest document.
#[derive(Clone, Debug)]
pub enum Manifest {
    /// One image.
    Image {
        config: Descriptor,
        layers: Vec<Descriptor>,
    },
    /// Images for several platforms.
    Index { manifests: Vec<Descriptor> },
}

#[derive(Deserialize)]
struct RawManifest {
    config: Option<Descriptor>,
    layers: Option<Vec<Descriptor>>,
    manifests: Option<Vec<Descriptor>>,
}

/// Reads a manifest or an index.
///
/// # Errors
/// When it is neither, or has more layers than can be mounted.
pub fn parse_manifest(bytes: &[u8]) -> Result<Manifest, ImageError> {
    let raw: RawManifest = serde_json::from_slice(bytes).map_err(|source| ImageError::Json {
        what: "image manifest",
        source,
    })?;
    match (raw.config, raw.layers, raw.manifests) {
        (Some(config), Some(layers), None) if layers.len() <= LAYERS_MAX => {
            Ok(Manifest::Image { config, layers })
        }
        (Some(_), Some(_), None) => Err(ImageError::Malformed {
            what: "image manifest",
            reason: "more than 127 layers",
        }),
        (None, None, Some(manifests)) => Ok(Manifest::Index { manifests }),
        _ => Err(ImageError::Malformed {
            what: "image manifest",
            reason: "neither an image nor an index",
        }),
    }
}

/// The manifest of an index that runs on `platform`.
pub(crate) fn select<'a>(
    manifests: &'a [Descriptor],
    platform: &Platform,
) -> Option<&'a Descriptor> {
    manifests
        .iter()
        .find(|m| m.platform.as_ref().is_some_and(|p| platform.runs(p)))
        .or_else(|| {
            // An index of one image without a platform is what simple builders write.
            manifests
                .first()
                .filter(|m| manifests.len() == 1 && m.platform.is_none())
        })
}

/// What an image says about running it (OCI image configuration, `config`).
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "PascalCase", default)]
pub struct ImageConfig {
    #[serde(deserialize_with = "null_as_default")]
    pub user: String,
    #[serde(deserialize_with = "null_as_default")]
    pub env: Vec<String>,
    #[serde(deserialize_with = "null_as_default")]
    pub entrypoint: Vec<String>,
    #[serde(deserialize_with = "null_as_default")]
    pub cmd: Vec<String>,
    #[serde(deserialize_with = "null_as_default")]
    pub working_dir: String,
    #[serde(deserialize_with = "null_as_default")]
    pub stop_signal: String,
    /// Paths that want a volume.
    #[serde(deserialize_with = "null_as_default")]
    pub volumes: BTreeMap<String, serde_json::Value>,
    #[serde(deserialize_with = "null_as_default")]
    pub labels: BTreeMap<String, String>,
}

/// Go writes nil slices and maps as `null`.
fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// A configuration document: how to run, and the digests of the uncompressed layers, bottom first.
#[derive(Clone, Debug)]
pub struct Configuration {
    pub config: ImageConfig,
    pub platform: Platform,
    pub diff_ids: Vec<Digest>,
}

#[derive(Deserialize)]
struct RawConfiguration {
    #[serde(default, deserialize_with = "null_as_default")]
    config: ImageConfig,
    #[serde(flatten)]
    platform: Platform,
    rootfs: RootFs,
}

#[derive(Deserialize)]
struct RootFs {
    #[serde(default, deserialize_with = "null_as_default")]
    diff_ids: Vec<Digest>,
}

/// Reads a configuration.
///
/// # Errors
/// When it is none, or has more layers than can be mounted.
pub fn parse_config(bytes: &[u8]) -> Result<Configuration, ImageError> {
    let raw: RawConfiguration =
        serde_json::from_slice(bytes).map_err(|source| ImageError::Json {
            what: "image configuration",
            source,
        })?;
    if raw.rootfs.diff_ids.len() > LAYERS_MAX {
        return Err(ImageError::Malformed {
            what: "image configuration",
            reason: "more than 127 layers",
        });
    }
    Ok(Configuration {
        config: raw.config,
        platform: raw.platform,
        diff_ids: raw.rootfs.diff_ids,
    })
}

#[cfg(test)]
mod tests;
