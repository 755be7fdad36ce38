//! Tests of `merge_patch`.
