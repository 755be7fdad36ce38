//! The process that holds a pod: single-threaded, small, and alive when the server is not.
//!
//! ```text
//! server ── starts ──> zygote (the same binary as `sampan-shim`) ── forks ──> a shim per pod
//! shim ── forks ──> a worker per start or exec, in which libcontainer runs ──> the container, a child of the shim
//! ```
//!
//! A zygote makes pods start fast and shims small: what a fresh process has to relocate is shared by all. The shim
//! itself stays in the pod's network, IPC and UTS namespaces and keeps them alive. It must not touch tokio.

mod attach;
mod causes;
mod clock;
mod container;
mod executor;
mod log;
mod pod;
pub(crate) mod protocol;
mod server;
mod worker;
mod zygote;

/// The name (`argv[0]`) under which the binary is a zygote.
pub const PROGRAM_NAME: &str = "sampan-shim";

/// To be called first in `main`, before any thread is made. Returns only when this process is no shim.
pub fn run_if_shim() {
    let name = std::env::args_os().next();
    let is_shim = name.is_some_and(|name| {
        std::path::Path::new(&name)
            .file_name()
            .is_some_and(|n| n == PROGRAM_NAME)
    });
    if is_shim {
        zygote::run();
    }
}
