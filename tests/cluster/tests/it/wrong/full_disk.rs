//! The disk of the data directory is full: writes are refused as by an etcd without room, reads go on, nothing that was acknowledged is
//! lost, and writes go on when there is room.

use super::options;
use std::{
    collections::BTreeSet,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};
use testkit::{Cluster, Machine, is_root, output, run, text};

/// More than fits, so that the loop ends if the disk never fills.
const WRITES_MAX: usize = 200;
const OBJECT_BYTES: usize = 200 * 1024;
/// What the ballast leaves.
const FREE_BYTES: u64 = 3 << 20;

#[test]
fn a_full_disk() {
    if !is_root("wrong::a_full_disk") {
        return;
    }
    let disk = tempfile::tempdir().expect("there is a temporary directory");
    let disk = TinyDisk::mount(disk.path());
    let mut cluster = Cluster::new(Machine::new("full"), options("full"));
    std::fs::create_dir(disk.0.join("data")).expect("the disk is writable");
    let link = Command::new("ln")
        .arg("-s")
        .arg(disk.0.join("data"))
        .arg(cluster.data_dir())
        .status();
    assert!(link.is_ok_and(|status| status.success()));
    cluster.up();
    let object = disk.0.with_extension("object");
    std::fs::write(&object, vec![b'x'; OBJECT_BYTES]).expect("/tmp has room");

    let ballast = disk.fill();
    let mut created = BTreeSet::new();
    let said = fill(&cluster, &object, &mut created);
    assert_eq!(
        said.trim_end(),
        "error: failed to create configmap: etcdserver: mvcc: database space exceeded: no space left on the disk of the data directory: free some, then try again"
    );
    assert_eq!(names(&cluster), created);
    let logged = cluster.log();
    let full = "the disk of the data directory is full: writes are refused until there is room";
    assert_eq!(logged.matches(full).count(), 1, "{logged}");

    std::fs::remove_file(ballast).expect("the ballast is there");
    create(&cluster, "room", &object).expect("there is room again");
    created.insert("room".to_owned());
    assert_eq!(names(&cluster), created);
    cluster.kill();
    cluster.up();
    assert_eq!(names(&cluster), created);
    cluster.stop();
    std::fs::remove_file(object).expect("the object is there");
}

/// Creates until it is refused; what the refusal says.
fn fill(cluster: &Cluster, object: &Path, created: &mut BTreeSet<String>) -> String {
    for index in 0..WRITES_MAX {
        let name = format!("filler-{index:03}");
        match create(cluster, &name, object) {
            Ok(()) => created.insert(name),
            Err(said) => return said,
        };
    }
    panic!("the disk never filled");
}

fn create(cluster: &Cluster, name: &str, object: &Path) -> Result<(), String> {
    let from = format!("--from-file=object={}", object.display());
    let answer = output(&mut cluster.kubectl(&["create", "configmap", name, &from]));
    answer
        .status
        .success()
        .then_some(())
        .ok_or_else(|| text(&answer.stderr))
}

fn names(cluster: &Cluster) -> BTreeSet<String> {
    let names = "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}";
    let found = cluster.ok(&["get", "configmaps", "-o", names]);
    let ours = found.lines().filter(|name| *name != "kube-root-ca.crt");
    ours.map(str::to_owned).collect()
}

/// A file system of a few megabytes, gone when dropped.
struct TinyDisk(PathBuf);

impl TinyDisk {
    fn mount(path: &Path) -> Self {
        let mount = ["-t", "tmpfs", "-o", "size=48m", "tmpfs"];
        run(Command::new("mount").args(mount).arg(path));
        Self(path.to_owned())
    }

    /// Writes a file that leaves [`FREE_BYTES`].
    fn fill(&self) -> PathBuf {
        let path = self.0.join("ballast");
        let free = run(Command::new("df")
            .args(["--output=avail", "--block-size=1"])
            .arg(&self.0));
        let free: u64 = free
            .lines()
            .last()
            .and_then(|line| line.trim().parse().ok())
            .expect("df says a number");
        let mut file = File::create(&path).expect("the disk is writable");
        let block = vec![0; 1 << 20];
        for _ in 0..free.saturating_sub(FREE_BYTES) >> 20 {
            file.write_all(&block).expect("there is that much room");
        }
        path
    }
}

impl Drop for TinyDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}
