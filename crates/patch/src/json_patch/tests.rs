//! Tests of `json_patch`.
