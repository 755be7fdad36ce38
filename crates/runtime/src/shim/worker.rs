//! A short-lived child of the shim in which libcontainer runs, so that its memory and its forks stay out of the shim.
//! The container becomes a child of the shim itself.

use std::fs::File;
use std::io::Read;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use libcontainer::container::builder::ContainerBuilder;
use libcontainer::syscall::syscall::SyscallType;
use nix::fcntl::OFlag;

use super::causes::Causes;
use super::clock;
use super::executor::{Filter, ProgramExecutor};
use super::protocol::{self, Exec, Start};
use crate::embedded_paths;

const CONSOLE: &str = "console.sock";
/// Of the reason why a program could not be started.
const REASON_BYTES_MAX: u64 = 4096;

/// Upstream's runtime begins so when the program is at fault, not the container.
pub(super) const NOT_STARTED: &str = "unable to start container process";

/// What a worker answers, with the terminal's descriptor when there is one.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Done {
    #[prost(int32, tag = "1")]
    pub(super) pid: i32,
    #[prost(int64, tag = "2")]
    pub(super) started_at: i64,
    #[prost(string, tag = "3")]
    pub(super) error: String,
    #[prost(string, tag = "4")]
    pub(super) warning: String,
}

/// The program's ends of its streams.
#[derive(Debug, Default)]
pub(super) struct Stdio {
    pub(super) stdin: Option<OwnedFd>,
    pub(super) stdout: Option<OwnedFd>,
    pub(super) stderr: Option<OwnedFd>,
}

impl Stdio {
    /// Programs of other users open `/dev/stdout` anew, which takes the permission of the pipe's owner.
    fn give_to(&self, uid: u32, gid: u32) {
        use nix::sys::stat::{SFlag, fstat};
        for fd in [&self.stdin, &self.stdout, &self.stderr]
            .into_iter()
            .flatten()
        {
            let is_pipe = fstat(fd).is_ok_and(|s| {
                SFlag::from_bits_truncate(s.st_mode) & SFlag::S_IFMT == SFlag::S_IFIFO
            });
            if is_pipe {
                // Without it only a reopened stream fails.
                let _refused = nix::unistd::fchown(fd, Some(uid.into()), Some(gid.into()));
            }
        }
    }
}

pub(super) enum Task<'a> {
    Start(&'a Start),
    Exec(&'a Exec),
}

#[derive(Debug, thiserror::Error)]
pub(super) enum WorkerError {
    #[error(transparent)]
    Sys(#[from] sys::SysError),
    #[error(transparent)]
    Container(#[from] libcontainer::error::LibcontainerError),
    #[error("failed to {action}")]
    Io {
        action: &'static str,
        source: std::io::Error,
    },
    #[error("{0}")]
    Program(String),
}

/// Does the task and ends the process.
pub(super) fn run(task: &Task<'_>, directory: &Path, stdio: Stdio, socket: &OwnedFd) -> ! {
    sys::process::set_name(c"sampan-worker");
    sys::process::default_signals();
    let mut done = Done::default();
    let (uid, gid) = match task {
        Task::Start(start) => (start.uid, start.gid),
        Task::Exec(exec) => (exec.uid, exec.gid),
    };
    stdio.give_to(uid, gid);
    let causes = Causes::collect();
    let result = match task {
        Task::Start(start) => start_container(start, directory, stdio, &mut done),
        Task::Exec(exec) => start_exec(exec, directory, stdio),
    };
    let terminal = match result {
        Ok((pid, terminal)) => {
            done.pid = pid;
            done.started_at = clock::wall_ns();
            terminal
        }
        Err(error) => {
            let message = crate::CriError::from_error(crate::Code::Internal, &error).message;
            done.error = concise(message);
            if let (WorkerError::Container(_), Ok(causes)) = (&error, causes) {
                causes.add_to(&mut done.error);
            }
            None
        }
    };
    let fds: Vec<_> = terminal.iter().map(AsFd::as_fd).collect();
    // Without a reader there is no shim, and the container ends with it.
    let _unheard = protocol::send(socket.as_fd(), &done, &fds);
    sys::process::exit_now(0)
}

/// libcontainer wraps our own words in several layers of its own.
fn concise(message: String) -> String {
    // What it says of its own cleaning up is no news: the container's removal cleans up.
    let message = match message.find(". error during cleanup") {
        Some(place) => message[..place].to_owned(),
        None => message,
    };
    match message.find("exec: \"").or_else(|| message.find("exec \"")) {
        Some(place) => format!("{NOT_STARTED}: {}", &message[place..]),
        None => message,
    }
}

type Started = Result<(i32, Option<OwnedFd>), WorkerError>;

fn start_container(start: &Start, directory: &Path, stdio: Stdio, done: &mut Done) -> Started {
    if let Some(score) = start.oom_score_adj
        && let Err(error) = sys::process::set_oom_score_adj(score)
    {
        done.warning = format!("oom_score_adj {score} is not allowed here: {error}");
    }
    let bundle = Path::new(&start.bundle);
    mount_root(start, bundle)?;
    let (mut reasons, failure) = failure_pipe()?;
    let builder = ContainerBuilder::new(start.container_id.clone(), SyscallType::default())
        .with_root_path(directory.join(embedded_paths::LIBCONTAINER))?
        .with_executor(ProgramExecutor::new(failure));
    let console = if start.tty {
        Some(Console::listen(bundle)?)
    } else {
        None
    };
    let builder = with_streams(builder, stdio, console.as_ref());
    let mut container = builder
        .as_init(bundle)
        .with_systemd(false)
        .with_detach(true)
        .as_sibling(true)
        .build()?;
    container.start()?;
    let terminal = console.map(Console::receive).transpose()?;
    program_started(&mut reasons)?;
    Ok((container.pid().map_or(0, nix_pid), terminal))
}

fn start_exec(exec: &Exec, directory: &Path, stdio: Stdio) -> Started {
    let (_reasons, failure) = failure_pipe()?;
    let process = PathBuf::from(&exec.process);
    let executor = ProgramExecutor::new(failure).with_filter(filter(&process)?);
    let builder = ContainerBuilder::new(exec.container_id.clone(), SyscallType::default())
        .with_root_path(directory.join(embedded_paths::LIBCONTAINER))?
        .with_executor(executor);
    let console = match process.parent().filter(|_| exec.tty) {
        Some(scratch) => Some(Console::listen(scratch)?),
        None => None,
    };
    let builder = with_streams(builder, stdio, console.as_ref());
    let built = builder
        .as_tenant()
        .with_process(Some(&process))
        .with_detach(true)
        .as_sibling(true)
        .build();
    // The server has no more use for it; what stays goes with the container.
    let _left = std::fs::remove_file(&process);
    let pid = built?;
    let terminal = console.map(Console::receive).transpose()?;
    Ok((pid.as_raw(), terminal))
}

/// The filter beside the process's file; containers without one have none.
fn filter(process: &Path) -> Result<Option<Filter>, WorkerError> {
    let failed = |source| WorkerError::Io {
        action: "read the system call filter",
        source,
    };
    match std::fs::read(process.with_file_name(embedded_paths::FILTER)) {
        Ok(text) => serde_json::from_slice(&text)
            .map(Some)
            .map_err(|error| failed(error.into())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

/// The root file system is mounted in a mount namespace of the worker's own: it lives as long as the container, and
/// the host never sees it.
fn mount_root(start: &Start, bundle: &Path) -> Result<(), WorkerError> {
    sys::namespace::unshare(&[sys::namespace::Namespace::Mount])?;
    if !start.shared_mounts {
        sys::mount::make_slave(Path::new("/"))?;
    }
    let overlay = sys::mount::Overlay {
        layers_directory: Path::new(&start.layers_directory),
        layers: &start.layers,
        upper: Path::new(&start.upper),
        work: Path::new(&start.work),
    };
    let rootfs = bundle.join("rootfs");
    sys::mount::overlay(&overlay, &rootfs)?;
    let directory = Path::new(&start.working_directory);
    sys::fs::Root::open(&rootfs)?
        .create_directories(directory)
        .map_err(|source| WorkerError::Io {
            action: "make the working directory",
            source,
        })
}

fn with_streams(
    mut builder: ContainerBuilder,
    stdio: Stdio,
    console: Option<&Console>,
) -> ContainerBuilder {
    if let Some(console) = console {
        return builder.with_console_socket(Some(console.path.clone()));
    }
    if let Some(fd) = stdio.stdin {
        builder = builder.with_stdin(fd);
    }
    if let Some(fd) = stdio.stdout {
        builder = builder.with_stdout(fd);
    }
    if let Some(fd) = stdio.stderr {
        builder = builder.with_stderr(fd);
    }
    builder
}

fn failure_pipe() -> Result<(File, Arc<File>), WorkerError> {
    let (read, write) = pipe(OFlag::O_CLOEXEC)?;
    Ok((read, Arc::new(write)))
}

/// Both ends, the one to read from first.
pub(super) fn pipe(flags: OFlag) -> Result<(File, File), WorkerError> {
    let made = nix::unistd::pipe2(flags).map_err(|e| WorkerError::Io {
        action: "make a pipe",
        source: e.into(),
    })?;
    Ok((made.0.into(), made.1.into()))
}

/// Waits until the program runs or has said why it cannot.
fn program_started(reasons: &mut File) -> Result<(), WorkerError> {
    let mut reason = String::new();
    reasons
        .take(REASON_BYTES_MAX)
        .read_to_string(&mut reason)
        .map_err(|source| WorkerError::Io {
            action: "wait for the program",
            source,
        })?;
    if reason.is_empty() {
        Ok(())
    } else {
        Err(WorkerError::Program(reason))
    }
}

fn nix_pid(pid: impl std::fmt::Display) -> i32 {
    pid.to_string().parse().expect("a process id is a number")
}

/// Where libcontainer hands over the terminal.
struct Console {
    listener: UnixListener,
    path: PathBuf,
}

impl Console {
    /// The socket's address is relative, because absolute ones may be too long.
    fn listen(directory: &Path) -> Result<Self, WorkerError> {
        let failed = |action| move |source| WorkerError::Io { action, source };
        std::env::set_current_dir(directory).map_err(failed("enter the bundle"))?;
        // An earlier exec may have left one.
        let _missing = std::fs::remove_file(CONSOLE);
        let listener = UnixListener::bind(CONSOLE).map_err(failed("listen for the terminal"))?;
        std::env::set_current_dir("/").map_err(failed("enter /"))?;
        Ok(Self {
            listener,
            path: directory.join(CONSOLE),
        })
    }

    fn receive(self) -> Result<OwnedFd, WorkerError> {
        let failed = |source| WorkerError::Io {
            action: "receive the terminal",
            source,
        };
        let (stream, _) = self.listener.accept().map_err(failed)?;
        let received = sys::seqpacket::receive(stream.as_fd(), &mut [0; 4096]).map_err(failed)?;
        let _left = std::fs::remove_file(&self.path);
        let (_, mut fds) =
            received.ok_or_else(|| failed(std::io::ErrorKind::UnexpectedEof.into()))?;
        fds.pop()
            .ok_or_else(|| failed(std::io::ErrorKind::InvalidData.into()))
    }
}
