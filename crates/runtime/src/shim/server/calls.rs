//! What a server asks of a shim.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use super::super::attach::Attached;
use super::super::protocol::{Attach, Call, Reply, Request, Resize};
use super::Server;

/// Loopback answers at once, or its backlog is full.
const CONNECT: Duration = Duration::from_secs(2);

/// Why a call fails, in words for the caller.
type CallResult = Result<Reply, String>;

impl Server {
    pub(super) fn call(&mut self, client: u64, request: Request, fds: Vec<OwnedFd>) {
        let id = request.id;
        let Some(call) = request.call else {
            let error = "call is unknown to this shim".to_owned();
            return self.send(
                client,
                &Reply {
                    id,
                    error,
                    ..Reply::default()
                },
                &[],
            );
        };
        let result = match call {
            Call::Start(start) => return self.start(client, id, start),
            Call::Exec(exec) => return self.exec(client, id, exec, fds),
            Call::Stop(_) => return self.stop(client, id),
            Call::Connect(port) => return self.connect(client, id, port),
            Call::Signal(signal) => self.signal(&signal.container_id, signal.signal),
            Call::SignalExec(signal) => self.signal_exec(signal.exec_id, signal.signal),
            Call::Attach(attach) => self.attach(&attach, fds),
            Call::Resize(resize) => self.resize(&resize),
            Call::ReopenLog(container) => self.reopen_log(&container),
            Call::State(_) => Ok(self.state()),
            Call::Forget(container) => Ok(self.forget(&container)),
        };
        self.answer(client, id, result);
    }

    pub(super) fn answer(&mut self, client: u64, id: u64, result: CallResult) {
        let reply = result.unwrap_or_else(|error| Reply {
            error,
            ..Reply::default()
        });
        self.send(client, &Reply { id, ..reply }, &[]);
    }

    fn state(&self) -> Reply {
        Reply {
            containers: self
                .containers
                .iter()
                .map(super::Container::state)
                .collect(),
            ..Reply::default()
        }
    }

    /// A process that has ended already is what a signal is for.
    fn signal(&self, container: &str, signal: i32) -> CallResult {
        let found = self
            .containers
            .iter()
            .find(|c| c.id == container)
            .ok_or("no such container")?;
        if found.ended.is_none() {
            sys::process::signal(found.pid, signal).map_err(|e| e.to_string())?;
        }
        Ok(Reply::default())
    }

    fn signal_exec(&self, exec_id: u64, signal: i32) -> CallResult {
        if let Some(exec) = self.execs.iter().find(|e| e.exec_id == exec_id) {
            sys::process::signal(exec.pid, signal).map_err(|e| e.to_string())?;
        }
        Ok(Reply::default())
    }

    fn attach(&mut self, attach: &Attach, fds: Vec<OwnedFd>) -> CallResult {
        let id = self.new_id();
        let mut fds = fds.into_iter();
        let mut next = |wanted: bool| if wanted { fds.next() } else { None };
        let client = Attached::new(
            id,
            next(attach.stdin),
            next(attach.stdout),
            next(attach.stderr),
        );
        let container = self
            .containers
            .iter_mut()
            .find(|c| c.id == attach.container_id && c.ended.is_none());
        let container = container.ok_or("container is not running")?;
        if container.attach(client) {
            Ok(Reply::default())
        } else {
            Err("too many clients are attached".to_owned())
        }
    }

    fn resize(&self, resize: &Resize) -> CallResult {
        let found = self
            .containers
            .iter()
            .find(|c| c.id == resize.container_id)
            .ok_or("no such container")?;
        let side = |value: u32| u16::try_from(value).unwrap_or(u16::MAX);
        found.resize(side(resize.width), side(resize.height));
        Ok(Reply::default())
    }

    fn reopen_log(&mut self, container: &str) -> CallResult {
        let found = self
            .containers
            .iter_mut()
            .find(|c| c.id == container)
            .ok_or("no such container")?;
        found.reopen_log();
        Ok(Reply::default())
    }

    fn forget(&mut self, container: &str) -> Reply {
        self.containers
            .retain(|c| c.id != container || c.ended.is_none());
        super::shrink();
        Reply::default()
    }

    /// The shim lives in the pod's network namespace, so its loopback is the pod's.
    fn connect(&mut self, client: u64, id: u64, port: u32) {
        let connected = u16::try_from(port)
            .map_err(|_| io::ErrorKind::InvalidInput.into())
            .and_then(|port| {
                let v4 = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
                let v6 = SocketAddr::from((Ipv6Addr::LOCALHOST, port));
                let connect = |address| std::net::TcpStream::connect_timeout(&address, CONNECT);
                connect(v4).or_else(|error| connect(v6).map_err(|_| error))
            });
        match connected {
            Ok(stream) => self.send(
                client,
                &Reply {
                    id,
                    ..Reply::default()
                },
                &[stream.as_fd()],
            ),
            Err(error) => self.answer(
                client,
                id,
                Err(format!("failed to connect to localhost:{port}: {error}")),
            ),
        }
    }

    fn stop(&mut self, client: u64, id: u64) {
        self.stopping = Some((client, id));
        let running = self
            .containers
            .iter()
            .filter(|c| c.ended.is_none())
            .map(|c| c.pid);
        for pid in running
            .chain(self.execs.iter().map(|e| e.pid))
            .chain(self.pause)
        {
            let _gone = sys::process::signal(pid, libc::SIGKILL);
        }
    }
}
