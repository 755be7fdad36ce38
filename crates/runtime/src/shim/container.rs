//! A running container as its shim sees it: streams, log, clients, end.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use super::attach::{Attached, read_some, write_some};
use super::clock;
use super::log::{Lines, Log, Stream};
use super::protocol::{ContainerState, Start};

/// Clients of one container.
const ATTACHED_MAX: usize = 32;
/// Input that the container has not taken; then no more is read from clients.
const INPUT_BYTES_MAX: usize = 64 << 10;
/// Chunks read for one wake-up, so that a chatty container does not starve the rest.
const CHUNKS_MAX: usize = 16;

#[derive(Debug)]
pub(super) struct Container {
    pub(super) id: String,
    pub(super) pid: i32,
    pub(super) cgroup: String,
    pub(super) tty: bool,
    pub(super) attached: Vec<Attached>,
    pub(super) ended: Option<Ended>,
    started_at: i64,
    stdin: Option<OwnedFd>,
    stdin_once: bool,
    /// The only client of `stdin_once` has gone: close when all is given.
    stdin_closing: bool,
    input: Vec<u8>,
    stdout: Output,
    stderr: Output,
    log: Option<Log>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Ended {
    pub(super) code: i32,
    pub(super) oom_killed: bool,
    pub(super) at: i64,
}

#[derive(Debug)]
struct Output {
    fd: Option<OwnedFd>,
    lines: Lines,
}

/// The shim's ends of a container's pipes, or its terminal as both.
#[derive(Debug, Default)]
pub(super) struct Streams {
    pub(super) stdin: Option<OwnedFd>,
    pub(super) stdout: Option<OwnedFd>,
    pub(super) stderr: Option<OwnedFd>,
}

impl Container {
    pub(super) fn new(start: &Start, pid: i32, started_at: i64, streams: Streams) -> Self {
        let log = (!start.log_path.is_empty()).then(|| {
            Log::open(
                Path::new(&start.log_path),
                start.log_bytes_max,
                start.log_files_max,
            )
        });
        let output = |fd, stream| Output {
            fd,
            lines: Lines::new(stream),
        };
        Self {
            id: start.container_id.clone(),
            pid,
            cgroup: start.cgroup.clone(),
            tty: start.tty,
            attached: Vec::new(),
            ended: None,
            started_at,
            stdin: streams.stdin,
            stdin_once: start.stdin_once,
            stdin_closing: false,
            input: Vec::new(),
            stdout: output(streams.stdout, Stream::Stdout),
            stderr: output(streams.stderr, Stream::Stderr),
            log,
        }
    }

    pub(super) fn state(&self) -> ContainerState {
        let ended = self.ended.as_ref();
        ContainerState {
            id: self.id.clone(),
            pid: self.pid,
            started_at: self.started_at,
            exited: ended.is_some(),
            exit_code: ended.map_or(0, |e| e.code),
            oom_killed: ended.is_some_and(|e| e.oom_killed),
            finished_at: ended.map_or(0, |e| e.at),
        }
    }

    /// The descriptor to read output from, unless a client has to catch up first.
    pub(super) fn readable(&self, stream: Stream) -> Option<BorrowedFd<'_>> {
        let output = if stream == Stream::Stdout {
            &self.stdout
        } else {
            &self.stderr
        };
        let held_back = self
            .attached
            .iter()
            .any(|client| client.blocked(stream).is_some());
        output.fd.as_ref().filter(|_| !held_back).map(AsFd::as_fd)
    }

    /// The descriptor to write input to, while there is some.
    pub(super) fn writable(&self) -> Option<BorrowedFd<'_>> {
        self.stdin
            .as_ref()
            .filter(|_| !self.input.is_empty())
            .map(AsFd::as_fd)
    }

    pub(super) fn takes_input(&self) -> bool {
        self.stdin.is_some() && self.input.len() < INPUT_BYTES_MAX
    }

    pub(super) fn attach(&mut self, client: Attached) -> bool {
        if self.attached.len() >= ATTACHED_MAX {
            return false;
        }
        self.attached.push(client);
        if self.stdout.fd.is_none() && self.stderr.fd.is_none() {
            self.close_clients(Stream::Stdout);
            self.close_clients(Stream::Stderr);
        }
        true
    }

    /// Moves output to the log and to the clients, as much as there is (within bounds).
    pub(super) fn pump(&mut self, stream: Stream, buffer: &mut [u8]) {
        for _ in 0..CHUNKS_MAX {
            let Some(fd) = self.readable(stream) else {
                return;
            };
            match read_some(fd, buffer) {
                Ok(Some(count)) if count > 0 => self.output(stream, &buffer[..count]),
                Ok(None) => return,
                Ok(Some(_)) | Err(_) => return self.end_of(stream),
            }
        }
    }

    /// Takes input from one client.
    pub(super) fn take_input(&mut self, client: u64, buffer: &mut [u8]) {
        let Some(attached) = self.attached.iter_mut().find(|a| a.id == client) else {
            return;
        };
        let Some(fd) = attached.stdin.as_ref() else {
            return;
        };
        match read_some(fd.as_fd(), buffer) {
            Ok(None) => {}
            Ok(Some(count)) if count > 0 => {
                self.input.extend_from_slice(&buffer[..count]);
                self.give_input();
            }
            Ok(Some(_)) | Err(_) => {
                attached.stdin = None;
                self.stdin_closing |= self.stdin_once && !self.tty;
                self.give_input();
                self.forget_finished();
            }
        }
    }

    pub(super) fn give_input(&mut self) {
        let Some(fd) = &self.stdin else {
            self.input.clear();
            return;
        };
        match write_some(fd.as_fd(), &self.input) {
            Ok(count) => drop(self.input.drain(..count)),
            // The container has closed its end.
            Err(_) => {
                self.stdin = None;
                self.input.clear();
            }
        }
        if self.stdin_closing && self.input.is_empty() {
            self.stdin = None;
        }
    }

    pub(super) fn flush(&mut self, client: u64, stream: Stream) {
        if let Some(attached) = self.attached.iter_mut().find(|a| a.id == client) {
            attached.flush(stream);
        }
        self.forget_finished();
    }

    /// Lets go of clients that have not read for too long. Answers with the time until the next one is due.
    pub(super) fn drop_stalled(&mut self, now_ms: i64) -> Option<i64> {
        self.attached
            .retain(|client| client.deadline_ms(now_ms) != Some(0));
        self.attached
            .iter()
            .filter_map(|client| client.deadline_ms(now_ms))
            .min()
    }

    pub(super) fn resize(&self, width: u16, height: u16) {
        if let Some(fd) = self
            .stdin
            .as_ref()
            .or(self.stdout.fd.as_ref())
            .filter(|_| self.tty)
        {
            // A terminal that has just closed needs no size.
            let _closed = sys::terminal::set_size(fd.as_fd(), width, height);
        }
    }

    pub(super) fn reopen_log(&mut self) {
        if let Some(log) = &mut self.log {
            log.reopen();
        }
    }

    /// Notes the end. Output that is still in the pipes is taken first.
    pub(super) fn end(&mut self, code: i32, oom_killed: bool, buffer: &mut [u8]) {
        self.ended = Some(Ended {
            code,
            oom_killed,
            at: clock::wall_ns(),
        });
        self.stdin = None;
        for stream in [Stream::Stdout, Stream::Stderr] {
            self.pump(stream, buffer);
        }
    }

    fn output(&mut self, stream: Stream, bytes: &[u8]) {
        for client in &mut self.attached {
            client.write(stream, bytes);
        }
        let output = if stream == Stream::Stdout {
            &mut self.stdout
        } else {
            &mut self.stderr
        };
        if let Some(log) = &mut self.log {
            output.lines.feed(bytes, log);
        }
    }

    fn end_of(&mut self, stream: Stream) {
        let output = if stream == Stream::Stdout {
            &mut self.stdout
        } else {
            &mut self.stderr
        };
        output.fd = None;
        if let Some(log) = &mut self.log {
            output.lines.finish(log);
        }
        self.close_clients(stream);
        if self.tty {
            self.close_clients(Stream::Stderr);
        }
    }

    fn close_clients(&mut self, stream: Stream) {
        for client in &mut self.attached {
            client.close(stream);
        }
        if self.stdout.fd.is_none() && self.stderr.fd.is_none() {
            self.attached.clear();
        }
        self.forget_finished();
    }

    fn forget_finished(&mut self) {
        self.attached.retain(|client| !client.is_finished());
    }
}
