//! Where a runtime keeps its images and what one of them may cost: the same for a running server and for a command beside it.

use std::path::Path;
use std::sync::Arc;

use image::{ImageError, PullConfig, Puller, Store, StoreConfig};
use platform::Platform;

const DIRECTORY: &str = "images";
/// Bounds of one layer: what a hostile image may cost.
const LAYER_BYTES_MAX: u64 = 32 << 30;
const LAYER_ENTRIES_MAX: u64 = 2_000_000;
const LAYERS_IN_FLIGHT_MAX: usize = 4;

/// The images of the runtime with this data directory. Blocks. Server and commands may have it open at once.
///
/// # Errors
/// When the directory cannot be used.
pub fn open_images(data_dir: &Path, platform: &Platform) -> Result<Arc<Store>, ImageError> {
    let config = StoreConfig {
        root: data_dir.join(DIRECTORY),
        layer_bytes_max: LAYER_BYTES_MAX,
        layer_entries_max: LAYER_ENTRIES_MAX,
        rng: platform.rng.clone(),
    };
    Store::open(config).map(Arc::new)
}

/// Pulls into these images. `insecure_registries` are `host:port` of registries without TLS; loopback ones need not be named.
#[must_use]
pub fn puller(images: Arc<Store>, insecure_registries: Vec<String>, platform: &Platform) -> Puller {
    let config = PullConfig {
        insecure_registries,
        layers_in_flight_max: LAYERS_IN_FLIGHT_MAX,
        platform: platform.clone(),
    };
    Puller::new(images, config)
}
