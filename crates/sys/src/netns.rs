//! Network namespaces: working inside one, making one.

use std::fs::File;
use std::io;
use std::os::fd::AsFd as _;
use std::path::Path;

use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, setns, unshare};

/// Runs `work` on a thread of its own inside the network namespace `netns` (`/proc/PID/ns/net`, or where it is bound).
/// Sockets that `work` opens stay in that namespace, and `/proc/sys/net` is that namespace's.
pub fn within<R: Send>(netns: &File, work: impl FnOnce() -> R + Send) -> io::Result<R> {
    on_a_thread(|| {
        setns(netns.as_fd(), CloneFlags::CLONE_NEWNET)?;
        Ok(work())
    })
}

/// Makes a network namespace and binds it to `path`, an empty file that is created. It has a loopback interface, down.
pub fn create(path: &Path) -> io::Result<()> {
    File::create_new(path)?;
    let bound = on_a_thread(|| {
        unshare(CloneFlags::CLONE_NEWNET)?;
        mount(Some("/proc/thread-self/ns/net"), path, None::<&str>, MsFlags::MS_BIND, None::<&str>)?;
        Ok(())
    });
    if bound.is_err() {
        std::fs::remove_file(path)?;
    }
    bound
}

/// Undoes [`create`]. The namespace lives on while processes are in it.
pub fn remove(path: &Path) -> io::Result<()> {
    umount2(path, MntFlags::MNT_DETACH)?;
    std::fs::remove_file(path)
}

/// A namespace is a property of a thread; a thread that ends takes it along and no other is touched.
fn on_a_thread<R: Send>(work: impl FnOnce() -> io::Result<R> + Send) -> io::Result<R> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("netns".to_owned()).spawn_scoped(scope, work)?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
