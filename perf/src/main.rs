//! Drives any Kubernetes API server, given a kubeconfig, and measures it.
fn main() {}
