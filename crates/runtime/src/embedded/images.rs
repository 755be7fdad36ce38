//! Images through CRI.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{Credentials, Image, ImageError, Reference, no_progress};

use super::{Embedded, internal};
use crate::cri::v1;
use crate::service::{Answer, Code, CriError, CriResult, ImageService};

impl Embedded {
    /// Pulls with progress, for a person who watches.
    ///
    /// # Errors
    /// As CRI's `PullImage`.
    pub async fn pull(
        &self,
        name: &str,
        credentials: Option<Credentials>,
        progress: image::Progress,
    ) -> CriResult<Arc<Image>> {
        let reference: Reference = name.parse().map_err(|e: image::ReferenceError| {
            CriError::new(
                Code::InvalidArgument,
                format!("couldn't parse image name {name:?}: {e}"),
            )
        })?;
        let pulled = self.0.puller.pull(&reference, credentials, progress).await;
        pulled.map_err(|error| {
            let cause = CriError::from_error(code(&error), &error);
            CriError {
                message: format!("failed to pull image {name:?}: {}", cause.message),
                ..cause
            }
        })
    }

    async fn find_image(&self, name: String) -> CriResult<Option<Arc<Image>>> {
        self.blocking("image-find", move |this| Ok(this.0.store.find(&name)))
            .await
    }
}

fn code(error: &ImageError) -> Code {
    match error {
        ImageError::Reference { .. } | ImageError::Url { .. } => Code::InvalidArgument,
        ImageError::NotFound { .. } | ImageError::NoPlatform { .. } => Code::NotFound,
        ImageError::Denied { .. } => Code::Unauthenticated,
        ImageError::Timeout { .. } => Code::DeadlineExceeded,
        ImageError::Connect { .. } | ImageError::Http { .. } | ImageError::Status { .. } => {
            Code::Unavailable
        }
        ImageError::TooLarge { .. } => Code::ResourceExhausted,
        _ => Code::Internal,
    }
}

fn credentials(auth: v1::AuthConfig) -> CriResult<Option<Credentials>> {
    if !auth.registry_token.is_empty() {
        return Ok(Some(Credentials::Registry {
            token: auth.registry_token,
        }));
    }
    if !auth.identity_token.is_empty() {
        return Ok(Some(Credentials::Identity {
            token: auth.identity_token,
        }));
    }
    if !auth.username.is_empty() {
        return Ok(Some(Credentials::Basic {
            username: auth.username,
            password: auth.password,
        }));
    }
    if auth.auth.is_empty() {
        return Ok(None);
    }
    let invalid = || {
        CriError::new(
            Code::InvalidArgument,
            "registry credentials are not base64 of user:password",
        )
    };
    let decoded = STANDARD.decode(auth.auth.trim()).map_err(|_| invalid())?;
    let text = String::from_utf8(decoded).map_err(|_| invalid())?;
    let (username, password) = text.split_once(':').ok_or_else(invalid)?;
    Ok(Some(Credentials::Basic {
        username: username.to_owned(),
        password: password.trim_end_matches('\0').to_owned(),
    }))
}

fn describe(image: &Image) -> v1::Image {
    let user = image.config.user.split(':').next().unwrap_or_default();
    let uid = if user.is_empty() {
        Some(0)
    } else {
        user.parse().ok()
    };
    v1::Image {
        id: image.id.to_string(),
        repo_tags: image.tags.clone(),
        repo_digests: image.digests.clone(),
        size: image.bytes(),
        uid: uid.map(|value| v1::Int64Value { value }),
        username: if uid.is_none() {
            user.to_owned()
        } else {
            String::new()
        },
        spec: None,
        pinned: false,
    }
}

fn name_of(spec: Option<v1::ImageSpec>) -> String {
    spec.map(|s| s.image).unwrap_or_default()
}

impl ImageService for Embedded {
    fn list_images(&self, request: v1::ListImagesRequest) -> Answer<'_, v1::ListImagesResponse> {
        Box::pin(async move {
            let name = name_of(request.filter.and_then(|f| f.image));
            let images = if name.is_empty() {
                self.0.store.list()
            } else {
                self.find_image(name).await?.into_iter().collect()
            };
            Ok(v1::ListImagesResponse {
                images: images.iter().map(|i| describe(i)).collect(),
            })
        })
    }

    fn image_status(&self, request: v1::ImageStatusRequest) -> Answer<'_, v1::ImageStatusResponse> {
        Box::pin(async move {
            let image = self.find_image(name_of(request.image)).await?;
            Ok(v1::ImageStatusResponse {
                image: image.map(|i| describe(&i)),
                ..Default::default()
            })
        })
    }

    fn pull_image(&self, request: v1::PullImageRequest) -> Answer<'_, v1::PullImageResponse> {
        Box::pin(async move {
            let credentials = request.auth.map_or(Ok(None), credentials)?;
            let image = self
                .pull(&name_of(request.image), credentials, no_progress())
                .await?;
            Ok(v1::PullImageResponse {
                image_ref: image.id.to_string(),
            })
        })
    }

    fn remove_image(&self, request: v1::RemoveImageRequest) -> Answer<'_, v1::RemoveImageResponse> {
        Box::pin(async move {
            let name = name_of(request.image);
            self.blocking("image-remove", move |this| {
                this.0.store.remove(&name).map_err(|e| internal(&e))?;
                this.collect_layers()
            })
            .await?;
            Ok(v1::RemoveImageResponse {})
        })
    }

    fn image_fs_info(&self, _: v1::ImageFsInfoRequest) -> Answer<'_, v1::ImageFsInfoResponse> {
        Box::pin(async move {
            let usage = v1::FilesystemUsage {
                timestamp: self.now(),
                fs_id: Some(v1::FilesystemIdentifier {
                    mountpoint: self.0.store.root().to_string_lossy().into_owned(),
                }),
                used_bytes: Some(v1::UInt64Value {
                    value: self.0.store.bytes_used(),
                }),
                inodes_used: None,
            };
            Ok(v1::ImageFsInfoResponse {
                image_filesystems: vec![usage.clone()],
                container_filesystems: vec![usage],
            })
        })
    }
}
