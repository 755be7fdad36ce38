//! Pod workers, probes, volumes, node status, streaming.
