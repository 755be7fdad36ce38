//! The Python client, PyPI's `kubernetes`: its typed and its dynamic API.

use crate::tools::{control_plane, fetched, script};
use testkit::is_root;

#[test]
fn typed_and_dynamic() {
    if !is_root("typed_and_dynamic") {
        return;
    }
    let cluster = control_plane("py");
    let python = fetched("python/bin/python");
    script(&cluster, &python, "python/typed.py");
    script(&cluster, &python, "python/dynamic.py");
}
