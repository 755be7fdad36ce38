//! Namespaces: leaving, entering and pinning them.

use std::os::fd::AsFd;
use std::path::Path;

use nix::sched::{CloneFlags, setns, unshare as nix_unshare};

use crate::{SysError, mount};

/// The kinds that pods deal with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    Ipc,
    Mount,
    Network,
    Uts,
}

impl Namespace {
    fn flag(self) -> CloneFlags {
        match self {
            Self::Ipc => CloneFlags::CLONE_NEWIPC,
            Self::Mount => CloneFlags::CLONE_NEWNS,
            Self::Network => CloneFlags::CLONE_NEWNET,
            Self::Uts => CloneFlags::CLONE_NEWUTS,
        }
    }
}

/// Moves the calling thread into new namespaces.
///
/// # Errors
/// The kernel's refusal.
pub fn unshare(kinds: &[Namespace]) -> Result<(), SysError> {
    let flags = kinds
        .iter()
        .fold(CloneFlags::empty(), |flags, kind| flags | kind.flag());
    nix_unshare(flags).map_err(|e| SysError::call("unshare namespaces", e))
}

/// Moves the calling thread into the namespace behind `path`. The thread stays there: use one of its own.
///
/// # Errors
/// When the file is gone or of another kind.
pub fn enter(kind: Namespace, path: &Path) -> Result<(), SysError> {
    let file =
        std::fs::File::open(path).map_err(|e| SysError::path("open the namespace", path, e))?;
    setns(file.as_fd(), kind.flag()).map_err(|e| SysError::path("enter the namespace", path, e))
}

/// Keeps this thread's network namespace alive as a file at `path`, which [`unpin`] removes.
///
/// # Errors
/// The kernel's refusal.
pub fn pin_network(path: &Path) -> Result<(), SysError> {
    std::fs::File::create(path).map_err(|e| SysError::path("create", path, e))?;
    mount::bind(Path::new("/proc/thread-self/ns/net"), path)
}

/// Takes a pinned namespace back. A missing file is success.
///
/// # Errors
/// The kernel's refusal.
pub fn unpin(path: &Path) -> Result<(), SysError> {
    mount::unmount(path)?;
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(SysError::path("remove", path, e))
        }
        _ => Ok(()),
    }
}

/// Runs `work` on a thread of its own inside the network namespace at `path`.
///
/// # Errors
/// When the namespace cannot be entered.
pub fn in_network<T: Send>(path: &Path, work: impl FnOnce() -> T + Send) -> Result<T, SysError> {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| enter(Namespace::Network, path).map(|()| work()));
        match thread.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Brings the loopback interface of the calling thread's network namespace up.
///
/// # Errors
/// The kernel's refusal.
#[expect(unsafe_code, reason = "interface flags are set by ioctl")]
pub fn loopback_up() -> Result<(), SysError> {
    use std::os::fd::AsRawFd;
    let failed = |e: std::io::Error| SysError::call("bring lo up", e);
    let socket = nix::sys::socket::socket(
        nix::sys::socket::AddressFamily::Inet,
        nix::sys::socket::SockType::Datagram,
        nix::sys::socket::SockFlag::SOCK_CLOEXEC,
        None,
    )
    .map_err(|e| failed(e.into()))?;
    // SAFETY: ifreq is plain data; the name is shorter than its array and ends with a zero.
    let result = unsafe {
        let mut request: libc::ifreq = std::mem::zeroed();
        for (place, byte) in request.ifr_name.iter_mut().zip(b"lo") {
            *place = libc::c_char::from_ne_bytes([*byte]);
        }
        request.ifr_ifru.ifru_flags = libc::c_short::try_from(libc::IFF_UP | libc::IFF_RUNNING)
            .expect("both flags fit in 16 bits");
        libc::ioctl(socket.as_raw_fd(), libc::SIOCSIFFLAGS, &raw const request)
    };
    if result == 0 {
        Ok(())
    } else {
        Err(failed(std::io::Error::last_os_error()))
    }
}
