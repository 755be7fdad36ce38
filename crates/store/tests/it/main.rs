//! The store as a whole: against a model, killed at random, on a disk that is full.

mod crash;
mod full_disk;
mod model;
