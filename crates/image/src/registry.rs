//! Pulls from registries (OCI distribution specification).

mod auth;
mod http;
mod layers;
mod tls;

use std::sync::Arc;

use ::http::StatusCode;
use ::http::header::{ACCEPT, CONTENT_TYPE};
use tokio::sync::Semaphore;

pub use auth::Credentials;

use self::http::{Http, Target};
use crate::manifest::{
    self, DOCUMENT_BYTES_MAX, Descriptor, Manifest, parse_config, parse_manifest,
};
use crate::{Digest, Image, ImageError, Platform, Progress, ProgressEvent, Reference, Store};

/// Content an index may lead to: an index, then an image.
const REDIRECTIONS_MAX: usize = 2;

/// How to talk to registries.
#[derive(Clone, Debug)]
pub struct PullConfig {
    /// `host:port` of registries without TLS; loopback addresses always are.
    pub insecure_registries: Vec<String>,
    /// Layers fetched at a time, over all pulls.
    pub layers_in_flight_max: usize,
    pub platform: platform::Platform,
}

/// Pulls images into a store. Cheap to clone.
#[derive(Clone)]
pub struct Puller {
    store: Arc<Store>,
    http: Arc<Http>,
    layers: Arc<Semaphore>,
    platform: platform::Platform,
}

impl std::fmt::Debug for Puller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Puller").finish_non_exhaustive()
    }
}

struct Resolved {
    digest: Digest,
    config: Descriptor,
    layers: Vec<Descriptor>,
}

impl Puller {
    #[must_use]
    pub fn new(store: Arc<Store>, config: PullConfig) -> Self {
        let layers = Arc::new(Semaphore::new(config.layers_in_flight_max.max(1)));
        let http = Http::new(config.insecure_registries, config.platform.clone());
        Self {
            store,
            http: Arc::new(http),
            layers,
            platform: config.platform,
        }
    }

    /// Fetches what is missing and makes the image. Whatever `credentials` hold is sent only to the registry and
    /// to its token service.
    ///
    /// # Errors
    /// When the registry refuses or cannot be reached, or content is not what its digest says.
    pub async fn pull(
        &self,
        reference: &Reference,
        credentials: Option<Credentials>,
        progress: Progress,
    ) -> Result<Arc<Image>, ImageError> {
        let store = Arc::clone(&self.store);
        let adding = self.blocking("image-lock", move || store.adding()).await?;
        let target = Target::new(&self.http, reference, credentials);
        let resolved = self.resolve(&target).await?;
        let config = self.blob_bytes(&target, &resolved.config).await?;
        let diff_ids = parse_config(&config)?.diff_ids;
        if diff_ids.len() != resolved.layers.len() {
            let reason = "layers do not fit the configuration";
            return Err(ImageError::Malformed {
                what: "image manifest",
                reason,
            });
        }
        let sizes = resolved
            .layers
            .iter()
            .map(|l| (l.digest.clone(), l.size))
            .collect();
        progress(ProgressEvent::Resolved { layers: sizes });
        let layers = diff_ids.iter().zip(&resolved.layers);
        let fetches = layers.map(|(diff_id, layer)| self.layer(&target, diff_id, layer, &progress));
        futures::future::try_join_all(fetches).await?;
        let (store, names, digest) = (
            Arc::clone(&self.store),
            vec![reference.clone()],
            resolved.digest,
        );
        self.blocking("image-record", move || {
            let image = store.add_image(&config, &names, Some(&digest));
            drop(adding);
            image
        })
        .await
    }

    /// Follows indexes to this machine's image. The digest is the one that the name leads to, an index's or an
    /// image's.
    async fn resolve(&self, target: &Target<'_>) -> Result<Resolved, ImageError> {
        let mut selector = target.reference().selector();
        let mut first = None;
        for _ in 0..=REDIRECTIONS_MAX {
            let bytes = self.manifest_bytes(target, &selector).await?;
            let digest = Digest::of(&bytes);
            if let Some(expected) = Digest::parse(&selector).filter(|expected| *expected != digest)
            {
                return Err(ImageError::Mismatch {
                    expected,
                    actual: digest,
                });
            }
            let digest = first.get_or_insert(digest).clone();
            match parse_manifest(&bytes)? {
                Manifest::Image { config, layers } => {
                    return Ok(Resolved {
                        digest,
                        config,
                        layers,
                    });
                }
                Manifest::Index { manifests } => {
                    let platform = Platform::host();
                    let found = manifest::select(&manifests, &platform);
                    selector = found.map(|m| m.digest.to_string()).ok_or_else(|| {
                        ImageError::NoPlatform {
                            reference: target.reference().to_string(),
                            os: platform.os.clone(),
                            architecture: platform.architecture.clone(),
                        }
                    })?;
                }
            }
        }
        Err(ImageError::Malformed {
            what: "image manifest",
            reason: "indexes nested too deep",
        })
    }

    async fn manifest_bytes(
        &self,
        target: &Target<'_>,
        selector: &str,
    ) -> Result<Vec<u8>, ImageError> {
        let path = format!("manifests/{selector}");
        let response = target.get(&path, &[(ACCEPT, manifest::ACCEPT)]).await?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => {
                return Err(ImageError::NotFound {
                    reference: target.reference().to_string(),
                });
            }
            status => return Err(target.refused(&path, status)),
        }
        // Version 1 manifests are signed text of another form; nobody has pushed any for years.
        let kind = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        if kind.contains("manifest.v1+") && kind.contains("docker") {
            return Err(ImageError::Malformed {
                what: "image manifest",
                reason: "schema version 1 is not supported",
            });
        }
        self.http
            .bytes(response, "image manifest", DOCUMENT_BYTES_MAX)
            .await
    }

    async fn blob_bytes(
        &self,
        target: &Target<'_>,
        blob: &Descriptor,
    ) -> Result<Vec<u8>, ImageError> {
        let path = format!("blobs/{}", blob.digest);
        let response = target.get(&path, &[]).await?;
        if response.status() != StatusCode::OK {
            return Err(target.refused(&path, response.status()));
        }
        let bytes = self
            .http
            .bytes(response, "image configuration", DOCUMENT_BYTES_MAX)
            .await?;
        let actual = Digest::of(&bytes);
        if actual == blob.digest {
            Ok(bytes)
        } else {
            Err(ImageError::Mismatch {
                expected: blob.digest.clone(),
                actual,
            })
        }
    }

    async fn blocking<T: Send + 'static>(
        &self,
        name: &'static str,
        work: impl FnOnce() -> Result<T, ImageError> + Send + 'static,
    ) -> Result<T, ImageError> {
        let task = self.platform.tasks.spawn_blocking(name, work);
        task.await
            .map_err(|_| ImageError::Interrupted { what: name })?
    }
}

#[cfg(test)]
mod tests;
