//! Images out of archives: what `docker save` writes, and OCI layouts.

mod index;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use crate::digest::HashingReader;
use crate::manifest::{Descriptor, Manifest, parse_config, parse_manifest, select};
use crate::{Digest, Image, ImageError, Platform, Progress, ProgressEvent, Reference, Store};
use index::ArchiveIndex;

const OCI_NAME: &str = "org.opencontainers.image.ref.name";
const CONTAINERD_NAME: &str = "io.containerd.image.name";

/// `docker save`'s manifest.json: one element an image.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SavedImage {
    config: String,
    #[serde(default)]
    repo_tags: Option<Vec<String>>,
    #[serde(default)]
    layers: Option<Vec<String>>,
}

/// Adds every image of the archive (plain, gzip or zstd). Blocks.
///
/// # Errors
/// When it is neither kind of archive, a digest does not fit, or the store cannot take it.
pub fn import(
    store: &Store,
    archive: &Path,
    progress: &Progress,
) -> Result<Vec<std::sync::Arc<Image>>, ImageError> {
    let _adding = store.adding()?;
    let index = ArchiveIndex::open(archive, store)?;
    if let Some(manifest) = index.document("manifest.json")? {
        let saved: Vec<SavedImage> =
            serde_json::from_slice(&manifest).map_err(|source| ImageError::Json {
                what: "manifest.json of the archive",
                source,
            })?;
        return saved
            .iter()
            .map(|image| docker(store, &index, image, progress))
            .collect();
    }
    match index.document("index.json")? {
        Some(bytes) => oci(store, &index, &bytes, progress),
        None => Err(ImageError::Malformed {
            what: "image archive",
            reason: "neither manifest.json nor index.json",
        }),
    }
}

fn docker(
    store: &Store,
    index: &ArchiveIndex,
    image: &SavedImage,
    progress: &Progress,
) -> Result<std::sync::Arc<Image>, ImageError> {
    let config = index.required(&image.config)?;
    let layers = image.layers.clone().unwrap_or_default();
    add_layers(store, index, &config, &layers, &[], progress)?;
    let names = image
        .repo_tags
        .iter()
        .flatten()
        .map(|tag| reference(tag))
        .collect::<Result<Vec<_>, _>>()?;
    store.add_image(&config, &names, None)
}

fn oci(
    store: &Store,
    index: &ArchiveIndex,
    bytes: &[u8],
    progress: &Progress,
) -> Result<Vec<std::sync::Arc<Image>>, ImageError> {
    let Manifest::Index { manifests } = parse_manifest(bytes)? else {
        return Err(ImageError::Malformed {
            what: "index.json of the archive",
            reason: "not an index",
        });
    };
    let mut images = Vec::new();
    for descriptor in &manifests {
        let name = name_of(&descriptor.annotations)?;
        let (digest, config, layers) = resolve(index, descriptor)?;
        let paths: Vec<String> = layers.iter().map(|layer| blob(&layer.digest)).collect();
        let digests: Vec<Digest> = layers.into_iter().map(|layer| layer.digest).collect();
        add_layers(store, index, &config, &paths, &digests, progress)?;
        let names: Vec<Reference> = name.into_iter().collect();
        images.push(store.add_image(&config, &names, Some(&digest))?);
    }
    Ok(images)
}

/// Follows an index inside the index, once.
fn resolve(
    index: &ArchiveIndex,
    descriptor: &Descriptor,
) -> Result<(Digest, Vec<u8>, Vec<Descriptor>), ImageError> {
    let mut digest = descriptor.digest.clone();
    for _ in 0..2 {
        match parse_manifest(&verified(index, &digest)?)? {
            Manifest::Image { config, layers } => {
                return Ok((digest, verified(index, &config.digest)?, layers));
            }
            Manifest::Index { manifests } => {
                let platform = Platform::host();
                let found =
                    select(&manifests, &platform).ok_or_else(|| ImageError::NoPlatform {
                        reference: "the archive".to_owned(),
                        os: platform.os.clone(),
                        architecture: platform.architecture.clone(),
                    })?;
                digest = found.digest.clone();
            }
        }
    }
    Err(ImageError::Malformed {
        what: "image archive",
        reason: "index inside an index inside an index",
    })
}

fn add_layers(
    store: &Store,
    index: &ArchiveIndex,
    config: &[u8],
    paths: &[String],
    digests: &[Digest],
    progress: &Progress,
) -> Result<(), ImageError> {
    let diff_ids = parse_config(config)?.diff_ids;
    if diff_ids.len() != paths.len() {
        return Err(ImageError::Malformed {
            what: "image archive",
            reason: "layers do not fit the configuration",
        });
    }
    let sizes = paths.iter().map(|path| index.size(path).unwrap_or(0));
    progress(ProgressEvent::Resolved {
        layers: diff_ids.iter().cloned().zip(sizes).collect(),
    });
    for (position, (diff_id, path)) in diff_ids.iter().zip(paths).enumerate() {
        if store.has_layer(diff_id) {
            progress(ProgressEvent::LayerPresent {
                layer: diff_id.clone(),
            });
            continue;
        }
        let mut reader = HashingReader::new(index.reader(path)?, u64::MAX);
        // The digest of the plain archive is checked by the store; a compressed blob's own is checked here as well.
        store.add_layer(diff_id, reader.by_ref(), || Ok(()))?;
        if let Some(expected) = digests.get(position) {
            let actual = reader
                .finish()
                .map_err(|e| ImageError::io("read", path, e))?;
            if actual != *expected {
                return Err(ImageError::Mismatch {
                    expected: expected.clone(),
                    actual,
                });
            }
        }
        progress(ProgressEvent::LayerDone {
            layer: diff_id.clone(),
        });
    }
    Ok(())
}

fn verified(index: &ArchiveIndex, digest: &Digest) -> Result<Vec<u8>, ImageError> {
    let bytes = index.required(&blob(digest))?;
    let actual = Digest::of(&bytes);
    if actual == *digest {
        Ok(bytes)
    } else {
        Err(ImageError::Mismatch {
            expected: digest.clone(),
            actual,
        })
    }
}

fn blob(digest: &Digest) -> String {
    format!("blobs/sha256/{}", digest.hex())
}

/// containerd writes the whole name; the OCI annotation is often only a tag, which names nothing.
fn name_of(annotations: &BTreeMap<String, String>) -> Result<Option<Reference>, ImageError> {
    let whole = annotations.get(CONTAINERD_NAME);
    let name = whole.or_else(|| annotations.get(OCI_NAME).filter(|n| n.contains(['/', ':'])));
    name.map(|n| reference(n)).transpose()
}

fn reference(name: &str) -> Result<Reference, ImageError> {
    name.parse().map_err(|source| ImageError::Reference {
        name: name.to_owned(),
        source,
    })
}
