//! Kernel programs, maps, loader.
