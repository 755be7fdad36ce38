//! Data directories.
