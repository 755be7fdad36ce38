//! Starting containers and commands through workers.

use std::os::fd::{AsFd, OwnedFd};

use nix::fcntl::OFlag;
use sys::process::Fork;

use super::super::container::{Container, Streams};
use super::super::protocol::{self, Exec as ExecCall, Reply, Start};
use super::super::worker::{self, Done, Stdio, Task};
use super::{Exec, Server};

/// Workers of one pod at a time; more requests fail.
const WORKERS_MAX: usize = 64;

/// A worker and what its result is for.
pub(super) struct Worker {
    pub(super) pid: i32,
    pub(super) socket: OwnedFd,
    client: u64,
    request: u64,
    purpose: Purpose,
}

enum Purpose {
    Start { start: Box<Start>, streams: Streams },
    Exec { exec_id: u64 },
}

impl Server {
    pub(super) fn start(&mut self, client: u64, request: u64, start: Start) {
        if self.containers.iter().any(|c| c.id == start.container_id) {
            return self.answer(
                client,
                request,
                Err("container was started before".to_owned()),
            );
        }
        let (streams, stdio) = match pipes(&start) {
            Ok(pair) => pair,
            Err(error) => {
                return self.answer(
                    client,
                    request,
                    Err(format!("failed to make pipes: {error}")),
                );
            }
        };
        let forked = self.fork(&Task::Start(&start), stdio);
        let purpose = Purpose::Start {
            start: Box::new(start),
            streams,
        };
        self.begun(client, request, purpose, forked);
    }

    pub(super) fn exec(&mut self, client: u64, request: u64, exec: ExecCall, fds: Vec<OwnedFd>) {
        let running = self
            .containers
            .iter()
            .any(|c| c.id == exec.container_id && c.ended.is_none());
        if !running {
            return self.answer(client, request, Err("container is not running".to_owned()));
        }
        let mut fds = fds.into_iter();
        let stdio = Stdio {
            stdin: fds.next(),
            stdout: fds.next(),
            stderr: fds.next(),
        };
        let forked = self.fork(&Task::Exec(&exec), stdio);
        self.begun(
            client,
            request,
            Purpose::Exec {
                exec_id: exec.exec_id,
            },
            forked,
        );
    }

    /// The program's ends of the streams are closed here once the worker has them.
    fn fork(&self, task: &Task<'_>, stdio: Stdio) -> Result<(i32, OwnedFd), String> {
        if self.workers.len() >= WORKERS_MAX || self.stopping.is_some() {
            return Err("the pod takes no more processes now".to_owned());
        }
        let (ours, theirs) = sys::seqpacket::pair().map_err(|e| e.to_string())?;
        match sys::process::fork().map_err(|e| e.to_string())? {
            Fork::Parent(pid) => Ok((pid, ours)),
            Fork::Child => {
                drop(ours);
                worker::run(task, &self.directory, stdio, &theirs)
            }
        }
    }

    fn begun(
        &mut self,
        client: u64,
        request: u64,
        purpose: Purpose,
        forked: Result<(i32, OwnedFd), String>,
    ) {
        match forked {
            Ok((pid, socket)) => self.workers.push(Worker {
                pid,
                socket,
                client,
                request,
                purpose,
            }),
            Err(error) => self.answer(client, request, Err(error)),
        }
    }

    pub(super) fn worker_ready(&mut self, pid: i32) {
        let Some(index) = self.workers.iter().position(|w| w.pid == pid) else {
            return;
        };
        let worker = self.workers.swap_remove(index);
        let (done, terminal) = match protocol::receive::<Done>(worker.socket.as_fd()) {
            Ok(Some((done, mut fds))) => (done, fds.pop()),
            Ok(None) | Err(_) => {
                let error = "the process that prepares containers has died".to_owned();
                (
                    Done {
                        error,
                        ..Done::default()
                    },
                    None,
                )
            }
        };
        if !done.error.is_empty() {
            self.answer(worker.client, worker.request, Err(done.error));
        } else {
            match worker.purpose {
                Purpose::Start { start, streams } => {
                    let streams = terminal.map_or(streams, terminal_streams);
                    let container = Container::new(&start, done.pid, done.started_at, streams);
                    self.started(worker.client, worker.request, container, done.warning);
                }
                Purpose::Exec { exec_id } => {
                    self.exec_started(worker.client, worker.request, exec_id, done.pid, terminal);
                }
            }
        }
        if self.workers.is_empty() {
            self.strangers.clear();
        }
        super::shrink();
    }

    fn started(&mut self, client: u64, request: u64, container: Container, warning: String) {
        let (pid, state) = (container.pid, container.state());
        self.containers.push(container);
        self.send(
            client,
            &Reply {
                id: request,
                containers: vec![state],
                warning,
                ..Reply::default()
            },
            &[],
        );
        self.ended_early(pid);
    }

    fn exec_started(
        &mut self,
        client: u64,
        request: u64,
        exec_id: u64,
        pid: i32,
        terminal: Option<OwnedFd>,
    ) {
        self.execs.push(Exec {
            exec_id,
            pid,
            client,
        });
        let fds: Vec<_> = terminal.iter().map(AsFd::as_fd).collect();
        self.send(
            client,
            &Reply {
                id: request,
                ..Reply::default()
            },
            &fds,
        );
        self.ended_early(pid);
    }

    /// A short command may have ended before its worker had told of it.
    fn ended_early(&mut self, pid: i32) {
        if let Some(index) = self.strangers.iter().position(|e| e.pid == pid) {
            let ended = self.strangers.swap_remove(index);
            self.ended(ended);
        }
        if self.stopping.is_some() {
            let _gone = sys::process::signal(pid, libc::SIGKILL);
        }
    }
}

/// Pipes for the streams that a container has; a terminal comes from its worker.
fn pipes(start: &Start) -> nix::Result<(Streams, Stdio)> {
    let (mut ours, mut theirs) = (Streams::default(), Stdio::default());
    if start.tty {
        return Ok((ours, theirs));
    }
    let pipe = || nix::unistd::pipe2(OFlag::O_CLOEXEC);
    if start.stdin {
        let (read, write) = pipe()?;
        nonblocking(&write);
        (theirs.stdin, ours.stdin) = (Some(read), Some(write));
    } else {
        let null = nix::fcntl::open(
            "/dev/null",
            OFlag::O_RDONLY | OFlag::O_CLOEXEC,
            nix::sys::stat::Mode::empty(),
        )?;
        theirs.stdin = Some(null);
    }
    let (read, write) = pipe()?;
    nonblocking(&read);
    (ours.stdout, theirs.stdout) = (Some(read), Some(write));
    let (read, write) = pipe()?;
    nonblocking(&read);
    (ours.stderr, theirs.stderr) = (Some(read), Some(write));
    Ok((ours, theirs))
}

fn terminal_streams(terminal: OwnedFd) -> Streams {
    nonblocking(&terminal);
    Streams {
        stdin: terminal.try_clone().ok(),
        stdout: Some(terminal),
        stderr: None,
    }
}

fn nonblocking(fd: &OwnedFd) {
    sys::terminal::set_nonblocking(fd.as_fd()).expect("a new descriptor takes flags");
}
