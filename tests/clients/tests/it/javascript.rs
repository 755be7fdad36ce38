//! The JavaScript client, npm's `@kubernetes/client-node`.

use crate::tools::{control_plane, fetched, script};
use std::path::Path;
use testkit::is_root;

#[test]
fn informers() {
    if !is_root("informers") {
        return;
    }
    let cluster = control_plane("js");
    script(
        &cluster,
        Path::new("node"),
        &fetched("node/informer.mjs").display().to_string(),
    );
}
