//! A pod's namespaces, made by the process that becomes its shim.

use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};

use sys::namespace::{self, Namespace};
use sys::process::{self, Fork};
use sys::{SysError, mount};

use super::protocol::{self, NewPod, PodMade, SOCKET};
use super::server::Server;
use crate::embedded_paths;

/// Ports that need no privilege start here, and everybody may send echo requests: the defaults of pods since
/// containerd 2.0.
const DEFAULT_SYSCTLS: [(&str, &str); 2] = [
    ("net.ipv4.ip_unprivileged_port_start", "0"),
    ("net.ipv4.ping_group_range", "0 2147483647"),
];

#[derive(Debug, thiserror::Error)]
enum PodError {
    #[error(transparent)]
    Sys(#[from] SysError),
    #[error("failed to set sysctl {name} to {value:?}")]
    Sysctl {
        name: String,
        value: String,
        source: std::io::Error,
    },
    #[error("failed to set the host name {name:?}")]
    Hostname { name: String, source: nix::Error },
}

/// Becomes the shim of `pod`. The result of the beginning goes to `socket`.
pub(super) fn run(pod: &NewPod, socket: OwnedFd) -> ! {
    process::set_name(c"sampan-shim");
    process::default_signals();
    // A client that was attached may be gone when output comes for it.
    process::ignore_broken_pipes();
    // The shim is no member of the server's session, so that nothing sent to it reaches pods.
    let _leader = nix::unistd::setsid();
    // Lowering the score is only for the privileged.
    let _refused = process::set_oom_score_adj(-998);
    let pid = i32::try_from(std::process::id()).expect("a process id fits in 31 bits");
    let mut made = PodMade {
        id: pod.id.clone(),
        pid,
        ..Default::default()
    };
    made.start_ticks = process::start_ticks(pid).unwrap_or(0);
    let server = match prepare(pod) {
        Ok(server) => Some(server),
        Err(error) => {
            made.error = crate::CriError::from_error(crate::Code::Internal, &error).message;
            None
        }
    };
    let told = protocol::send(socket.as_fd(), &made, &[]);
    drop(socket);
    match (server, told) {
        (Some(server), Ok(())) => server.run(),
        _ => process::exit_now(1),
    }
}

fn prepare(pod: &NewPod) -> Result<Server, PodError> {
    let directory = PathBuf::from(&pod.directory);
    enter_namespaces(pod)?;
    if pod.shm_bytes > 0 {
        mount::shared_memory(&directory.join(embedded_paths::SHM), pod.shm_bytes)?;
    }
    let pause = if pod.shared_pid {
        Some(start_pause()?)
    } else {
        None
    };
    if let Some(pid) = pause {
        let note = directory.join(embedded_paths::PAUSE_PID);
        std::fs::write(&note, pid.to_string()).map_err(|source| SysError::Path {
            action: "write",
            path: note,
            source,
        })?;
    }
    let listener = sys::seqpacket::listen(&directory, SOCKET)?;
    Ok(Server::new(directory, listener, pause))
}

fn enter_namespaces(pod: &NewPod) -> Result<(), PodError> {
    let mut kinds = Vec::new();
    if !pod.netns.is_empty() {
        kinds.push(Namespace::Network);
    }
    if !pod.host_ipc {
        kinds.push(Namespace::Ipc);
    }
    if !pod.hostname.is_empty() {
        kinds.push(Namespace::Uts);
    }
    namespace::unshare(&kinds)?;
    if !pod.hostname.is_empty() {
        nix::unistd::sethostname(&pod.hostname).map_err(|source| PodError::Hostname {
            name: pod.hostname.clone(),
            source,
        })?;
    }
    if !pod.netns.is_empty() {
        namespace::loopback_up()?;
        namespace::pin_network(Path::new(&pod.netns))?;
        for (name, value) in DEFAULT_SYSCTLS {
            // Older kernels lack the first one.
            let _missing = sysctl(name, value);
        }
    }
    pod.sysctls
        .iter()
        .try_for_each(|(name, value)| sysctl(name, value))
}

/// `net.…` lies in the network namespace, `kernel.shm…`, `kernel.msg…`, `kernel.sem` and `fs.mqueue.…` in the IPC
/// namespace; the caller has checked that it is one of these.
fn sysctl(name: &str, value: &str) -> Result<(), PodError> {
    let path = Path::new("/proc/sys").join(name.replace('.', "/"));
    std::fs::write(path, value).map_err(|source| PodError::Sysctl {
        name: name.to_owned(),
        value: value.to_owned(),
        source,
    })
}

/// The first process of a shared PID namespace: it waits for what nobody else waits for.
fn start_pause() -> Result<i32, SysError> {
    match process::fork_into_pid_namespace()? {
        Fork::Parent(pid) => Ok(pid),
        Fork::Child => pause(),
    }
}

fn pause() -> ! {
    process::set_name(c"pause");
    process::close_from(3);
    // Without the shim there is no pod.
    let _refused = process::signal_on_parent_death(libc::SIGKILL);
    let all = nix::sys::signal::SigSet::all();
    let _never = all.thread_block();
    loop {
        let _signal = all.wait();
        while process::reap().is_some() {}
    }
}
