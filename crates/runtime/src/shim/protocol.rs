//! What a server and a shim say to each other.
//!
//! A message is one packet: a version byte, then protobuf. Fields are only ever added, so that a server talks to the
//! shims that an older one has started. Descriptors travel beside the message that names them.

use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};

use prost::Message;

/// The first byte of every packet.
const VERSION: u8 = 1;
/// Of one packet.
pub(crate) const PACKET_BYTES_MAX: usize = 64 << 10;
/// The shim's socket in the pod's run directory.
pub(crate) const SOCKET: &str = "shim.sock";

/// From the server to the zygote: make a shim for a pod.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct NewPod {
    #[prost(string, tag = "1")]
    pub(crate) id: String,
    /// The pod's run directory, which exists.
    #[prost(string, tag = "2")]
    pub(crate) directory: String,
    /// Where to pin the network namespace; empty for the host's.
    #[prost(string, tag = "3")]
    pub(crate) netns: String,
    #[prost(bool, tag = "4")]
    pub(crate) host_ipc: bool,
    /// Containers share one PID namespace, whose first process the shim provides.
    #[prost(bool, tag = "5")]
    pub(crate) shared_pid: bool,
    /// Empty for the host's UTS namespace.
    #[prost(string, tag = "6")]
    pub(crate) hostname: String,
    #[prost(btree_map = "string, string", tag = "7")]
    pub(crate) sysctls: std::collections::BTreeMap<String, String>,
    /// Bytes of `/dev/shm`; 0: none of its own.
    #[prost(uint64, tag = "8")]
    pub(crate) shm_bytes: u64,
}

/// A new shim's answer, through the zygote's socket.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct PodMade {
    #[prost(string, tag = "1")]
    pub(crate) id: String,
    #[prost(int32, tag = "2")]
    pub(crate) pid: i32,
    #[prost(uint64, tag = "3")]
    pub(crate) start_ticks: u64,
    /// Empty when all went well.
    #[prost(string, tag = "4")]
    pub(crate) error: String,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Request {
    /// Echoed in the reply; never 0.
    #[prost(uint64, tag = "1")]
    pub(crate) id: u64,
    #[prost(oneof = "Call", tags = "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12")]
    pub(crate) call: Option<Call>,
}

#[derive(Clone, PartialEq, prost::Oneof)]
pub(crate) enum Call {
    #[prost(message, tag = "2")]
    Start(Start),
    #[prost(message, tag = "3")]
    Signal(Signal),
    /// With the descriptors of stdin, stdout and stderr, unless it has a terminal.
    #[prost(message, tag = "4")]
    Exec(Exec),
    #[prost(message, tag = "5")]
    SignalExec(SignalExec),
    /// With a descriptor for each stream that is set.
    #[prost(message, tag = "6")]
    Attach(Attach),
    #[prost(message, tag = "7")]
    Resize(Resize),
    /// The container's id.
    #[prost(string, tag = "8")]
    ReopenLog(String),
    /// The reply has the connection's descriptor.
    #[prost(uint32, tag = "9")]
    Connect(u32),
    /// Ask for all containers.
    #[prost(bool, tag = "10")]
    State(bool),
    /// Forget a container that has ended, by id.
    #[prost(string, tag = "11")]
    Forget(String),
    /// Kill what runs, give namespaces back and end.
    #[prost(bool, tag = "12")]
    Stop(bool),
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Start {
    #[prost(string, tag = "1")]
    pub(crate) container_id: String,
    /// OCI bundle: `config.json` and an empty `rootfs`.
    #[prost(string, tag = "2")]
    pub(crate) bundle: String,
    /// Empty: no log.
    #[prost(string, tag = "3")]
    pub(crate) log_path: String,
    #[prost(bool, tag = "4")]
    pub(crate) tty: bool,
    #[prost(bool, tag = "5")]
    pub(crate) stdin: bool,
    #[prost(bool, tag = "6")]
    pub(crate) stdin_once: bool,
    #[prost(int64, optional, tag = "7")]
    pub(crate) oom_score_adj: Option<i64>,
    #[prost(string, tag = "8")]
    pub(crate) layers_directory: String,
    /// Topmost first, relative to `layers_directory`.
    #[prost(string, repeated, tag = "9")]
    pub(crate) layers: Vec<String>,
    #[prost(string, tag = "10")]
    pub(crate) upper: String,
    #[prost(string, tag = "11")]
    pub(crate) work: String,
    #[prost(string, tag = "12")]
    pub(crate) cgroup: String,
    #[prost(uint64, tag = "13")]
    pub(crate) log_bytes_max: u64,
    #[prost(uint32, tag = "14")]
    pub(crate) log_files_max: u32,
    /// Where the program starts; made when the image lacks it.
    #[prost(string, tag = "15")]
    pub(crate) working_directory: String,
    /// Mounts of the container shall reach the host.
    #[prost(bool, tag = "16")]
    pub(crate) shared_mounts: bool,
    /// Whom the program's streams belong to.
    #[prost(uint32, tag = "17")]
    pub(crate) uid: u32,
    #[prost(uint32, tag = "18")]
    pub(crate) gid: u32,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Signal {
    #[prost(string, tag = "1")]
    pub(crate) container_id: String,
    #[prost(int32, tag = "2")]
    pub(crate) signal: i32,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Exec {
    #[prost(uint64, tag = "1")]
    pub(crate) exec_id: u64,
    #[prost(string, tag = "2")]
    pub(crate) container_id: String,
    /// A file with an OCI process, which the shim removes.
    #[prost(string, tag = "3")]
    pub(crate) process: String,
    #[prost(bool, tag = "4")]
    pub(crate) tty: bool,
    /// Whom the command's streams belong to.
    #[prost(uint32, tag = "5")]
    pub(crate) uid: u32,
    #[prost(uint32, tag = "6")]
    pub(crate) gid: u32,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct SignalExec {
    #[prost(uint64, tag = "1")]
    pub(crate) exec_id: u64,
    #[prost(int32, tag = "2")]
    pub(crate) signal: i32,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Attach {
    #[prost(string, tag = "1")]
    pub(crate) container_id: String,
    #[prost(bool, tag = "2")]
    pub(crate) stdin: bool,
    #[prost(bool, tag = "3")]
    pub(crate) stdout: bool,
    #[prost(bool, tag = "4")]
    pub(crate) stderr: bool,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Resize {
    #[prost(string, tag = "1")]
    pub(crate) container_id: String,
    #[prost(uint32, tag = "2")]
    pub(crate) width: u32,
    #[prost(uint32, tag = "3")]
    pub(crate) height: u32,
}

/// What a shim sends: replies, and events with id 0.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Reply {
    #[prost(uint64, tag = "1")]
    pub(crate) id: u64,
    /// Empty when all went well.
    #[prost(string, tag = "2")]
    pub(crate) error: String,
    /// State: every container. Start and exit events: one.
    #[prost(message, repeated, tag = "3")]
    pub(crate) containers: Vec<ContainerState>,
    #[prost(message, optional, tag = "4")]
    pub(crate) exec_exit: Option<ExecExit>,
    /// Something worth telling the operator once.
    #[prost(string, tag = "5")]
    pub(crate) warning: String,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ContainerState {
    #[prost(string, tag = "1")]
    pub(crate) id: String,
    #[prost(int32, tag = "2")]
    pub(crate) pid: i32,
    #[prost(int64, tag = "3")]
    pub(crate) started_at: i64,
    #[prost(bool, tag = "4")]
    pub(crate) exited: bool,
    #[prost(int32, tag = "5")]
    pub(crate) exit_code: i32,
    #[prost(bool, tag = "6")]
    pub(crate) oom_killed: bool,
    #[prost(int64, tag = "7")]
    pub(crate) finished_at: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, prost::Message)]
pub(crate) struct ExecExit {
    #[prost(uint64, tag = "1")]
    pub(crate) exec_id: u64,
    #[prost(int32, tag = "2")]
    pub(crate) code: i32,
}

/// Sends one message.
///
/// # Errors
/// `WouldBlock` when the other side does not read, `InvalidInput` when the message is too long.
pub(crate) fn send(
    socket: BorrowedFd<'_>,
    message: &impl Message,
    fds: &[BorrowedFd<'_>],
) -> io::Result<()> {
    let mut packet = Vec::with_capacity(message.encoded_len() + 1);
    packet.push(VERSION);
    message.encode(&mut packet).expect("a vector grows");
    if packet.len() > PACKET_BYTES_MAX {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "message above 64 KiB",
        ));
    }
    sys::seqpacket::send(socket, &packet, fds)
}

/// Receives one message; `None` at the end of the connection.
///
/// # Errors
/// `WouldBlock` when there is none, `InvalidData` when it is no message of ours.
pub(crate) fn receive<M: Message + Default>(
    socket: BorrowedFd<'_>,
) -> io::Result<Option<(M, Vec<OwnedFd>)>> {
    let mut buffer = vec![0; PACKET_BYTES_MAX];
    let Some((length, fds)) = sys::seqpacket::receive(socket, &mut buffer)? else {
        return Ok(None);
    };
    let invalid = |reason: &'static str| io::Error::new(io::ErrorKind::InvalidData, reason);
    let (version, body) = buffer[..length]
        .split_first()
        .ok_or_else(|| invalid("empty packet"))?;
    if *version != VERSION {
        return Err(invalid("packet of another version"));
    }
    let message = M::decode(body).map_err(|_| invalid("packet is no protobuf"))?;
    Ok(Some((message, fds)))
}
