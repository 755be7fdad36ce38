//! The Rust client, crates.io's `kube` with `kube-runtime`: a controller with a finalizer and server-side apply (`src/main.rs`).

use crate::tools::{control_plane, program};
use std::path::Path;
use testkit::{is_root, run};

#[test]
fn controller() {
    if !is_root("controller") {
        return;
    }
    let cluster = control_plane("rs");
    run(&mut program(
        &cluster,
        Path::new(env!("CARGO_BIN_EXE_kube-controller")),
    ));
}
