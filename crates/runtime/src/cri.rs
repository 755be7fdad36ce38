//! CRI v1 messages as Rust structs, generated from upstream's descriptors.

/// Package `runtime.v1`. Enum fields are `i32`; compare with `v1::X::Y as i32` or use the `x()` getters.
#[rustfmt::skip]
#[path = "generated/cri_v1.rs"]
pub mod v1;
