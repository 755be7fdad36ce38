//! Images that exist by name alone.

use super::{FakeRuntime, State};
use crate::cri::v1;
use crate::service::{Answer, Code, CriError, ImageService};

const IMAGE_BYTES: u64 = 10 << 20;

impl State {
    pub(super) fn add_image(&mut self, name: &str) -> String {
        if let Some(image) = self.image(name) {
            return image.id.clone();
        }
        let id = format!("sha256:{}", self.new_id());
        let digest = format!("{}@{id}", name.split('@').next().unwrap_or(name));
        let image = v1::Image {
            id: id.clone(),
            repo_tags: vec![name.to_owned()],
            repo_digests: vec![digest],
            size: IMAGE_BYTES,
            ..Default::default()
        };
        self.images.insert(id.clone(), image);
        id
    }

    /// By id, tag or digest.
    pub(super) fn image(&self, name: &str) -> Option<&v1::Image> {
        let named = |image: &&v1::Image| {
            image
                .repo_tags
                .iter()
                .chain(&image.repo_digests)
                .any(|n| n == name)
        };
        self.images
            .get(name)
            .or_else(|| self.images.values().find(named))
    }
}

fn name_of(spec: Option<v1::ImageSpec>) -> String {
    spec.unwrap_or_default().image
}

impl ImageService for FakeRuntime {
    fn list_images(&self, request: v1::ListImagesRequest) -> Answer<'_, v1::ListImagesResponse> {
        Box::pin(async move {
            self.call("ListImages", "")?;
            let wanted = name_of(request.filter.and_then(|f| f.image));
            let state = self.0.state.lock();
            let images = if wanted.is_empty() {
                state.images.values().cloned().collect()
            } else {
                state.image(&wanted).cloned().into_iter().collect()
            };
            Ok(v1::ListImagesResponse { images })
        })
    }

    fn image_status(&self, request: v1::ImageStatusRequest) -> Answer<'_, v1::ImageStatusResponse> {
        Box::pin(async move {
            let name = name_of(request.image);
            self.call("ImageStatus", &name)?;
            let image = self.0.state.lock().image(&name).cloned();
            Ok(v1::ImageStatusResponse {
                image,
                ..Default::default()
            })
        })
    }

    fn pull_image(&self, request: v1::PullImageRequest) -> Answer<'_, v1::PullImageResponse> {
        Box::pin(async move {
            let name = name_of(request.image);
            self.call("PullImage", &name)?;
            if name.is_empty() {
                return Err(CriError::new(Code::InvalidArgument, "image name is empty"));
            }
            let pull = self
                .0
                .state
                .lock()
                .pulls
                .get(&name)
                .cloned()
                .unwrap_or_default();
            self.0.platform.clock.sleep(pull.delay).await;
            match pull.error {
                Some(error) => Err(error),
                None => Ok(v1::PullImageResponse {
                    image_ref: self.add_image(&name),
                }),
            }
        })
    }

    fn remove_image(&self, request: v1::RemoveImageRequest) -> Answer<'_, v1::RemoveImageResponse> {
        Box::pin(async move {
            let name = name_of(request.image);
            self.call("RemoveImage", &name)?;
            let mut state = self.0.state.lock();
            if let Some(id) = state.image(&name).map(|image| image.id.clone()) {
                state.images.remove(&id);
            }
            Ok(v1::RemoveImageResponse {})
        })
    }

    fn image_fs_info(&self, _: v1::ImageFsInfoRequest) -> Answer<'_, v1::ImageFsInfoResponse> {
        Box::pin(async move {
            self.call("ImageFsInfo", "")?;
            let images = self.0.state.lock().images.len() as u64;
            let usage = v1::FilesystemUsage {
                timestamp: self.now(),
                fs_id: Some(v1::FilesystemIdentifier {
                    mountpoint: "/".to_owned(),
                }),
                used_bytes: Some(v1::UInt64Value {
                    value: images * IMAGE_BYTES,
                }),
                inodes_used: Some(v1::UInt64Value { value: images }),
            };
            Ok(v1::ImageFsInfoResponse {
                image_filesystems: vec![usage.clone()],
                container_filesystems: vec![usage],
            })
        })
    }
}
