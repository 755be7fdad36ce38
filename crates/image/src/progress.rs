//! How far a pull or an import is, for whoever shows it.

use std::sync::Arc;

use crate::Digest;

/// One step forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgressEvent {
    /// The manifest is known: layers by digest with their compressed sizes.
    Resolved {
        layers: Vec<(Digest, u64)>,
    },
    /// The layer is here already.
    LayerPresent {
        layer: Digest,
    },
    /// `done_bytes` compressed bytes of the layer have been unpacked.
    Layer {
        layer: Digest,
        done_bytes: u64,
    },
    LayerDone {
        layer: Digest,
    },
}

/// Called from several threads, often; must not block.
pub type Progress = Arc<dyn Fn(ProgressEvent) + Send + Sync>;

/// Shows nothing.
#[must_use]
pub fn no_progress() -> Progress {
    Arc::new(|_| {})
}
