//! Cluster names.
