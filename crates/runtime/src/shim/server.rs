//! The shim's loop: one `poll` over everything that can wake it.

mod calls;
mod workers;

use std::os::fd::{AsFd, OwnedFd};
use std::path::PathBuf;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};

use super::clock;
use super::container::Container;
use super::log::Stream;
use super::protocol::{self, ExecExit, Reply, Request};
use workers::Worker;

/// Servers connected at a time: the present one and one that is going.
const CLIENTS_MAX: usize = 8;
const CHUNK_BYTES: usize = 16 << 10;
/// Ends of processes whose worker has not yet said what they are.
const STRANGERS_MAX: usize = 64;

pub(super) struct Server {
    directory: PathBuf,
    listener: OwnedFd,
    signals: SignalFd,
    clients: Vec<Client>,
    containers: Vec<Container>,
    workers: Vec<Worker>,
    execs: Vec<Exec>,
    /// Ended children that no worker has named yet.
    strangers: Vec<sys::process::Ended>,
    pause: Option<i32>,
    last_id: u64,
    chunk: Vec<u8>,
    /// The client and the request that wait for the end of everything.
    stopping: Option<(u64, u64)>,
}

#[derive(Debug)]
struct Client {
    id: u64,
    socket: OwnedFd,
}

/// A command inside a container.
#[derive(Debug)]
struct Exec {
    exec_id: u64,
    pid: i32,
    client: u64,
}

/// All that can wake the loop.
#[derive(Clone, Copy, Debug)]
enum Source {
    Listener,
    Signals,
    Client(u64),
    /// By its process id.
    Worker(i32),
    /// Containers by process id.
    Output(i32, Stream),
    Input(i32),
    AttachedInput(i32, u64),
    AttachedOutput(i32, u64, Stream),
}

impl Server {
    pub(super) fn new(directory: PathBuf, listener: OwnedFd, pause: Option<i32>) -> Self {
        let mut mask = SigSet::empty();
        mask.add(Signal::SIGCHLD);
        mask.thread_block().expect("SIGCHLD can be blocked");
        let signals = SignalFd::with_flags(&mask, SfdFlags::SFD_NONBLOCK | SfdFlags::SFD_CLOEXEC)
            .expect("the kernel gives a signalfd to a process with three descriptors");
        Self {
            directory,
            listener,
            signals,
            clients: Vec::new(),
            containers: Vec::new(),
            workers: Vec::new(),
            execs: Vec::new(),
            strangers: Vec::new(),
            pause,
            last_id: 0,
            chunk: vec![0; CHUNK_BYTES],
            stopping: None,
        }
    }

    pub(super) fn run(mut self) -> ! {
        shrink();
        loop {
            for (source, flags) in self.wait() {
                self.handle(source, flags);
            }
            if self.stopping.is_some() && self.is_empty() {
                self.finish();
            }
        }
    }

    /// Blocks until something is ready.
    fn wait(&mut self) -> Vec<(Source, PollFlags)> {
        let now_ms = clock::monotonic_ms();
        let deadlines = self
            .containers
            .iter_mut()
            .filter_map(|c| c.drop_stalled(now_ms));
        let timeout = deadlines.min().map_or(PollTimeout::NONE, |ms| {
            PollTimeout::try_from(i32::try_from(ms + 1).unwrap_or(i32::MAX))
                .unwrap_or(PollTimeout::NONE)
        });
        let (sources, mut fds) = self.sources();
        if poll(&mut fds, timeout).is_err() {
            return Vec::new();
        }
        let ready = sources.into_iter().zip(&fds).filter_map(|(source, fd)| {
            let flags = fd.revents().filter(|flags| !flags.is_empty())?;
            Some((source, flags))
        });
        ready.collect()
    }

    fn sources(&self) -> (Vec<Source>, Vec<PollFd<'_>>) {
        let mut sources = vec![Source::Listener, Source::Signals];
        let mut fds = vec![
            PollFd::new(self.listener.as_fd(), PollFlags::POLLIN),
            PollFd::new(self.signals.as_fd(), PollFlags::POLLIN),
        ];
        let mut add = |source, fd, flags| {
            sources.push(source);
            fds.push(PollFd::new(fd, flags));
        };
        for client in &self.clients {
            add(
                Source::Client(client.id),
                client.socket.as_fd(),
                PollFlags::POLLIN,
            );
        }
        for worker in &self.workers {
            add(
                Source::Worker(worker.pid),
                worker.socket.as_fd(),
                PollFlags::POLLIN,
            );
        }
        for container in &self.containers {
            for stream in [Stream::Stdout, Stream::Stderr] {
                if let Some(fd) = container.readable(stream) {
                    add(Source::Output(container.pid, stream), fd, PollFlags::POLLIN);
                }
                for client in &container.attached {
                    if let Some(fd) = client.blocked(stream) {
                        add(
                            Source::AttachedOutput(container.pid, client.id, stream),
                            fd,
                            PollFlags::POLLOUT,
                        );
                    }
                }
            }
            if let Some(fd) = container.writable() {
                add(Source::Input(container.pid), fd, PollFlags::POLLOUT);
            }
            for client in container
                .attached
                .iter()
                .filter(|_| container.takes_input())
            {
                if let Some(fd) = &client.stdin {
                    add(
                        Source::AttachedInput(container.pid, client.id),
                        fd.as_fd(),
                        PollFlags::POLLIN,
                    );
                }
            }
        }
        (sources, fds)
    }

    fn handle(&mut self, source: Source, flags: PollFlags) {
        match source {
            Source::Listener => self.accept(),
            Source::Signals => self.reap(),
            Source::Client(id) => self.client_ready(id),
            Source::Worker(pid) => self.worker_ready(pid),
            Source::Output(pid, stream) => {
                self.with_container(pid, |c, chunk| c.pump(stream, chunk))
            }
            Source::Input(pid) => self.with_container(pid, |c, _| c.give_input()),
            Source::AttachedInput(pid, client) => {
                self.with_container(pid, |c, chunk| c.take_input(client, chunk))
            }
            Source::AttachedOutput(pid, client, stream) => {
                debug_assert!(!flags.is_empty());
                self.with_container(pid, |c, _| c.flush(client, stream));
            }
        }
    }

    fn with_container(&mut self, pid: i32, work: impl FnOnce(&mut Container, &mut [u8])) {
        if let Some(container) = self.containers.iter_mut().find(|c| c.pid == pid) {
            work(container, &mut self.chunk);
        }
    }

    fn accept(&mut self) {
        let Ok(socket) = sys::seqpacket::accept(self.listener.as_fd()) else {
            return;
        };
        if self.clients.len() >= CLIENTS_MAX {
            self.clients.remove(0);
        }
        let id = self.new_id();
        self.clients.push(Client { id, socket });
    }

    fn client_ready(&mut self, id: u64) {
        let Some(client) = self.clients.iter().find(|c| c.id == id) else {
            return;
        };
        match protocol::receive::<Request>(client.socket.as_fd()) {
            Ok(Some((request, fds))) => self.call(id, request, fds),
            Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {}
            Ok(None) | Err(_) => self.drop_client(id),
        }
    }

    /// Commands that a gone server has started are nobody's.
    fn drop_client(&mut self, id: u64) {
        self.clients.retain(|c| c.id != id);
        for exec in self.execs.iter().filter(|e| e.client == id) {
            let _gone = sys::process::signal(exec.pid, libc::SIGKILL);
        }
    }

    fn reap(&mut self) {
        // What is queued does not matter: all children that have ended are looked for.
        while matches!(self.signals.read_signal(), Ok(Some(_))) {}
        while let Some(ended) = sys::process::reap() {
            self.ended(ended);
        }
    }

    fn ended(&mut self, ended: sys::process::Ended) {
        if let Some(index) = self
            .containers
            .iter()
            .position(|c| c.pid == ended.pid && c.ended.is_none())
        {
            return self.container_ended(index, ended.code);
        }
        if let Some(index) = self.execs.iter().position(|e| e.pid == ended.pid) {
            let exec = self.execs.swap_remove(index);
            let exit = ExecExit {
                exec_id: exec.exec_id,
                code: ended.code,
            };
            return self.send(
                exec.client,
                &Reply {
                    exec_exit: Some(exit),
                    ..Reply::default()
                },
                &[],
            );
        }
        if self.pause == Some(ended.pid) {
            self.pause = None;
        }
        let is_worker = self.workers.iter().any(|w| w.pid == ended.pid);
        if !is_worker && !self.workers.is_empty() && self.strangers.len() < STRANGERS_MAX {
            self.strangers.push(ended);
        }
    }

    fn container_ended(&mut self, index: usize, code: i32) {
        let container = &mut self.containers[index];
        let oom_killed = code != 0 && oom_kills(&container.cgroup) > 0;
        container.end(code, oom_killed, &mut self.chunk);
        let event = Reply {
            containers: vec![container.state()],
            ..Reply::default()
        };
        let clients: Vec<u64> = self.clients.iter().map(|c| c.id).collect();
        for client in clients {
            self.send(client, &event, &[]);
        }
        shrink();
    }

    /// A client that does not read is dropped: it connects again and asks for the state.
    fn send(&mut self, client: u64, reply: &Reply, fds: &[std::os::fd::BorrowedFd<'_>]) {
        let Some(found) = self.clients.iter().find(|c| c.id == client) else {
            return;
        };
        if protocol::send(found.socket.as_fd(), reply, fds).is_err() {
            self.drop_client(client);
        }
    }

    fn is_empty(&self) -> bool {
        self.pause.is_none()
            && self.workers.is_empty()
            && self.containers.iter().all(|c| c.ended.is_some())
    }

    fn finish(&mut self) -> ! {
        if let Some((client, id)) = self.stopping {
            self.send(
                client,
                &Reply {
                    id,
                    ..Reply::default()
                },
                &[],
            );
        }
        sys::process::exit_now(0)
    }

    fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}

/// Back to the size of a process that waits.
fn shrink() {
    sys::process::trim_heap();
    sys::process::release_code();
}

fn oom_kills(cgroup: &str) -> u64 {
    use sys::cgroup::{Cgroups, HostCgroups};
    HostCgroups::detect().map_or(0, |host| host.oom_kills(cgroup))
}
