//! API machinery: what every Kubernetes object has in common.
