//! Names of files in a pod's run directory, which server and shim agree on.

/// tmpfs that the pod's containers see as `/dev/shm`.
pub(crate) const SHM: &str = "shm";
/// libcontainer's own state, a directory a container.
pub(crate) const LIBCONTAINER: &str = "lc";
/// Process id of the first process of a shared PID namespace.
pub(crate) const PAUSE_PID: &str = "pause.pid";
/// The pinned network namespace.
pub(crate) const NETNS: &str = "netns";
/// What containers see as `/etc/resolv.conf` and `/etc/hostname`.
pub(crate) const RESOLV_CONF: &str = "resolv.conf";
pub(crate) const HOSTNAME: &str = "hostname";
/// The system call filter of a command, beside its process.
pub(crate) const FILTER: &str = "filter.json";
