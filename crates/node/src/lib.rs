//! Pod workers, probes, volumes, node status, streaming.

mod logs;
pub mod streaming;
