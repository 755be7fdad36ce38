//! Images through CRI.

use runtime::ImageService;
use runtime::cri::v1;

use crate::harness::{IMAGE, world};

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_found_and_removed() {
    let Some(world) = world().await else { return };
    let spec = |name: &str| {
        Some(v1::ImageSpec {
            image: name.to_owned(),
            ..Default::default()
        })
    };
    let status = async |name: &str| {
        let request = v1::ImageStatusRequest {
            image: spec(name),
            verbose: false,
        };
        world.runtime.image_status(request).await.unwrap().image
    };
    let image = status(IMAGE).await.unwrap();
    assert_eq!(status(&image.id).await.unwrap(), image);
    assert_eq!(image.repo_tags, ["docker.io/library/busybox:test"]);
    assert!(image.size > 100_000);
    assert!(status("ghost:1").await.is_none());
    world
        .runtime
        .remove_image(v1::RemoveImageRequest { image: spec(IMAGE) })
        .await
        .unwrap();
    assert!(status(IMAGE).await.is_none());
    let layers = world.directory().join("data/images/layers");
    assert_eq!(std::fs::read_dir(layers).unwrap().count(), 0);
}
