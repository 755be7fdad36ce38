//! A registry for one test, on the test machine's own loopback, with the guestbook's images in it.

use crate::{Machine, eventually, output, run, text};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

const ADDRESS: &str = "127.0.0.1:5000";

/// Debian's docker-registry. It ends when this is dropped.
#[derive(Debug)]
pub struct Registry(Child);

impl Registry {
    /// Starts Debian's docker-registry, and builds and pushes the images; a second run finds them built.
    #[must_use]
    pub fn start(machine: &Machine) -> Self {
        let images = example().join("images");
        let state = cache();
        let mut command = machine.command(&images.join("registry").display().to_string());
        let server = command
            .arg(ADDRESS)
            .arg(state.join("registry"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let registry = Self(
            server
                .spawn()
                .unwrap_or_else(|error| panic!("docker-registry starts: {error}")),
        );
        eventually("the registry's answer", Duration::from_secs(20), || {
            get(machine, "/v2/").then_some(())
        });
        if !get(machine, "/v2/guestbook-web/manifests/v2") {
            build(machine, &images);
        }
        registry
    }
}

/// mmdebstrap needs the machine's own network for Debian's packages; skopeo pushes to the loopback of the test's. So the build is
/// pushed to a registry beside this one, over the same files.
fn build(machine: &Machine, images: &Path) {
    let port = "127.0.0.1:5077";
    let state = cache().join("registry");
    let mut beside = Command::new(images.join("registry"))
        .arg(port)
        .arg(state)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("docker-registry starts: {error}"));
    eventually(
        "the second registry's answer",
        Duration::from_secs(20),
        || {
            output(Command::new("curl").args(["-sf", &format!("http://{port}/v2/")]))
                .status
                .success()
                .then_some(())
        },
    );
    let built = output(Command::new(images.join("build")).arg(port));
    beside
        .kill()
        .and_then(|()| beside.wait().map(drop))
        .unwrap_or_else(|error| panic!("the second registry ends: {error}"));
    assert!(
        built.status.success(),
        "the images were not built:\n{}",
        text(&built.stderr)
    );
    assert!(
        get(machine, "/v2/guestbook-web/manifests/v2"),
        "the images are not in the registry"
    );
}

fn get(machine: &Machine, path: &str) -> bool {
    let accept = "Accept: application/vnd.oci.image.manifest.v1+json";
    output(machine.command("curl").args([
        "-sf",
        "--max-time",
        "5",
        "-H",
        accept,
        "-o",
        "/dev/null",
        &format!("http://{ADDRESS}{path}"),
    ]))
    .status
    .success()
}

/// The folder of the guestbook.
#[must_use]
pub fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/guestbook")
}

/// Kept between runs, under the build directory.
fn cache() -> PathBuf {
    let cache = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/guestbook");
    run(Command::new("mkdir").arg("-p").arg(&cache));
    cache
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.0.kill().and_then(|()| self.0.wait());
    }
}
