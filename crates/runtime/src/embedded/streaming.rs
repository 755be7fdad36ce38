//! Exec, attach and port-forward.

use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::io::AsyncReadExt;
use tokio::sync::{oneshot, watch};

use super::files::{create_directory, io_error, remove, write};
use super::shims::Shim;
use super::{Embedded, internal, streams};
use crate::cri::v1;
use crate::embedded_paths;
use crate::service::{
    Answer, ByteStream, Code, CriError, CriResult, Session, Streaming, TerminalSize,
};
use crate::shim::protocol::{Attach, Call, Exec, Resize, SignalExec};

/// Of each stream of a synchronous exec.
const OUTPUT_BYTES_MAX: u64 = 16 << 20;

/// Kills a command when nobody waits for it any more.
struct Running {
    runtime: Embedded,
    shim: Arc<Shim>,
    exec_id: u64,
    directory: std::path::PathBuf,
    ended: bool,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shim.forget_exec(self.exec_id);
        let _left = remove(&self.directory);
        if self.ended {
            return;
        }
        let (shim, exec_id) = (Arc::clone(&self.shim), self.exec_id);
        let _detached = self
            .runtime
            .0
            .config
            .platform
            .tasks
            .spawn("exec-kill", async move {
                let kill = SignalExec {
                    exec_id,
                    signal: libc::SIGKILL,
                };
                // With the shim gone the command is gone.
                let _gone = shim.call(Call::SignalExec(kill)).await;
            });
    }
}

impl Running {
    async fn exit(mut self, code: oneshot::Receiver<i32>) -> CriResult<i32> {
        let code = code.await;
        self.ended = true;
        code.map_err(|_| CriError::new(Code::Unavailable, "the pod's shim is gone"))
    }
}

impl Embedded {
    async fn start_exec(&self, request: v1::ExecRequest) -> CriResult<Session> {
        let id = request.container_id.clone();
        let (shim, sandbox, (uid, gid)) = {
            let state = self.0.state.lock();
            let record = state.container(&id)?;
            record.check_running()?;
            (
                state.shim_of(&id)?,
                record.sandbox_id.clone(),
                record.owner(),
            )
        };
        let exec_id = shim.new_id();
        let directory = self
            .0
            .files
            .pod(&sandbox)
            .join(format!("exec-{}", self.0.config.platform.rng.uuid()));
        let process = directory.join("process.json");
        let (bundle, scratch) = (self.0.files.bundle(&sandbox, &id), directory.clone());
        let (command, tty, file) = (request.cmd.clone(), request.tty, process.clone());
        self.blocking("exec-files", move |_| {
            let path = bundle.join("config.json");
            let bytes = std::fs::read(&path).map_err(|e| io_error("read", &path, &e))?;
            let spec: Value = serde_json::from_slice(&bytes).map_err(|e| internal(&e))?;
            create_directory(&scratch, 0o700)?;
            let mut process = crate::spec::exec_process(&spec, &command, tty);
            if let Some(filter) = crate::spec::exec_filter(&spec, &mut process) {
                let path = scratch.join(embedded_paths::FILTER);
                write(&path, filter.to_string().as_bytes())?;
            }
            write(&file, process.to_string().as_bytes())
        })
        .await?;
        let running = Running {
            runtime: self.clone(),
            shim: Arc::clone(&shim),
            exec_id,
            directory,
            ended: false,
        };
        let code = shim.watch_exec(exec_id);
        let call = Exec {
            exec_id,
            container_id: id,
            process: process.to_string_lossy().into_owned(),
            tty,
            uid,
            gid,
        };
        let exit = Box::pin(running.exit(code));
        if tty {
            self.exec_terminal(&shim, call, &request, exit).await
        } else {
            exec_pipes(&shim, call, &request, exit).await
        }
    }

    async fn exec_terminal(
        &self,
        shim: &Shim,
        call: Exec,
        request: &v1::ExecRequest,
        exit: Exit,
    ) -> CriResult<Session> {
        let (_, mut fds) = shim.call_with(Call::Exec(call), &[]).await?;
        let missing = || CriError::new(Code::Internal, "the shim sent no terminal");
        let (output, input, size) = streams::terminal(fds.pop().ok_or_else(missing)?)?;
        let resize = self.resizer(move |TerminalSize { width, height }| {
            // A terminal that has just closed needs no size.
            let _closed = sys::terminal::set_size(size.as_fd(), width, height);
            futures::future::ready(())
        });
        Ok(Session {
            stdin: request.stdin.then(|| Box::new(input) as _),
            stdout: Some(Box::new(output)),
            stderr: None,
            resize: Some(resize),
            exit,
        })
    }

    /// A place to put sizes, of which each newest one is applied.
    fn resizer<F: Future<Output = ()> + Send>(
        &self,
        apply: impl Fn(TerminalSize) -> F + Send + 'static,
    ) -> watch::Sender<TerminalSize> {
        let (sender, mut receiver) = watch::channel(TerminalSize::default());
        let _detached = self
            .0
            .config
            .platform
            .tasks
            .spawn("terminal-resize", async move {
                while receiver.changed().await.is_ok() {
                    let size = *receiver.borrow_and_update();
                    apply(size).await;
                }
            });
        sender
    }

    pub(super) async fn run_exec(
        &self,
        request: v1::ExecSyncRequest,
    ) -> CriResult<v1::ExecSyncResponse> {
        let exec = v1::ExecRequest {
            container_id: request.container_id,
            cmd: request.cmd,
            stdout: true,
            stderr: true,
            ..Default::default()
        };
        let session = self.start_exec(exec).await?;
        let finish = finish(session);
        let Some(seconds) = u64::try_from(request.timeout).ok().filter(|s| *s > 0) else {
            return finish.await;
        };
        let limit = Duration::from_secs(seconds);
        // Dropping the session kills the command.
        self.0
            .config
            .platform
            .clock
            .timeout(limit, finish)
            .await
            .unwrap_or_else(|_| {
                Err(CriError::new(
                    Code::DeadlineExceeded,
                    format!("command timed out after {seconds}s"),
                ))
            })
    }

    async fn start_attach(&self, request: v1::AttachRequest) -> CriResult<Session> {
        let id = request.container_id;
        let (shim, config) = {
            let state = self.0.state.lock();
            let record = state.container(&id)?;
            record.check_running()?;
            (state.shim_of(&id)?, record.config())
        };
        let mut theirs: Vec<OwnedFd> = Vec::new();
        let mut stdin: Option<Box<dyn tokio::io::AsyncWrite + Send + Unpin>> = None;
        if request.stdin && config.stdin {
            let (fd, ours) = streams::to_process()?;
            theirs.push(fd);
            stdin = Some(Box::new(ours));
        }
        let mut output =
            |wanted: bool| -> CriResult<Option<Box<dyn tokio::io::AsyncRead + Send + Unpin>>> {
                if !wanted {
                    return Ok(None);
                }
                let (fd, ours) = streams::from_process()?;
                theirs.push(fd);
                Ok(Some(Box::new(ours)))
            };
        let stdout = output(request.stdout)?;
        let stderr = output(request.stderr && !config.tty)?;
        let call = Attach {
            container_id: id.clone(),
            stdin: stdin.is_some(),
            stdout: stdout.is_some(),
            stderr: stderr.is_some(),
        };
        let fds: Vec<_> = theirs.iter().map(AsFd::as_fd).collect();
        shim.call_with(Call::Attach(call), &fds).await?;
        let resize = config.tty.then(|| {
            let (shim, id) = (Arc::clone(&shim), id.clone());
            self.resizer(move |size| {
                let (shim, container_id) = (Arc::clone(&shim), id.clone());
                async move {
                    let call = Resize {
                        container_id,
                        width: size.width.into(),
                        height: size.height.into(),
                    };
                    // A container that has just ended needs no size.
                    let _ended = shim.call(Call::Resize(call)).await;
                }
            })
        });
        let this = self.clone();
        let exit = Box::pin(async move {
            this.wait_exit(&id).await;
            Ok(0)
        });
        Ok(Session {
            stdin,
            stdout,
            stderr,
            resize,
            exit,
        })
    }

    async fn connect(&self, sandbox: &str, port: u16) -> CriResult<Box<dyn ByteStream>> {
        let (shim, record) = {
            let state = self.0.state.lock();
            let found = state.sandbox(sandbox)?;
            (found.shim.clone(), found.record.clone())
        };
        let not_ready = || {
            CriError::new(
                Code::FailedPrecondition,
                format!("sandbox {sandbox:?} is not running"),
            )
        };
        let shim = shim.filter(|_| !record.stopped).ok_or_else(not_ready)?;
        let (_, mut fds) = shim.call_with(Call::Connect(port.into()), &[]).await?;
        let fd = fds
            .pop()
            .ok_or_else(|| CriError::new(Code::Internal, "the shim sent no connection"))?;
        let stream = std::net::TcpStream::from(fd);
        stream.set_nonblocking(true).map_err(|e| internal(&e))?;
        Ok(Box::new(
            tokio::net::TcpStream::from_std(stream).map_err(|e| internal(&e))?,
        ))
    }
}

type Exit = futures::future::BoxFuture<'static, CriResult<i32>>;

async fn exec_pipes(
    shim: &Shim,
    call: Exec,
    request: &v1::ExecRequest,
    exit: Exit,
) -> CriResult<Session> {
    let mut session = Session {
        stdin: None,
        stdout: None,
        stderr: None,
        resize: None,
        exit,
    };
    let stdin = if request.stdin {
        let (theirs, ours) = streams::to_process()?;
        session.stdin = Some(Box::new(ours));
        theirs
    } else {
        streams::null()?
    };
    let (stdout, ours) = streams::from_process()?;
    session.stdout = request.stdout.then(|| Box::new(ours) as _);
    let (stderr, ours) = streams::from_process()?;
    session.stderr = request.stderr.then(|| Box::new(ours) as _);
    // A stream that nobody reads would stop the command when the pipe is full.
    let stdout = if request.stdout {
        stdout
    } else {
        streams::null()?
    };
    let stderr = if request.stderr {
        stderr
    } else {
        streams::null()?
    };
    shim.call_with(
        Call::Exec(call),
        &[stdin.as_fd(), stdout.as_fd(), stderr.as_fd()],
    )
    .await?;
    Ok(session)
}

/// Reads a command to its end. What is above the limit is read and dropped.
async fn finish(session: Session) -> CriResult<v1::ExecSyncResponse> {
    let read = |stream: Option<Box<dyn tokio::io::AsyncRead + Send + Unpin>>| async move {
        let mut kept = Vec::new();
        let Some(mut stream) = stream else {
            return Ok(kept);
        };
        (&mut stream)
            .take(OUTPUT_BYTES_MAX)
            .read_to_end(&mut kept)
            .await?;
        tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
        Ok::<_, std::io::Error>(kept)
    };
    let outputs = futures::future::try_join(read(session.stdout), read(session.stderr));
    // A command may leave its pipes to a process that goes on: its own end is what counts, then what is there.
    let (outputs, code) = tokio::join!(outputs, session.exit);
    let (stdout, stderr) = outputs.map_err(|e| internal(&e))?;
    Ok(v1::ExecSyncResponse {
        stdout,
        stderr,
        exit_code: code?,
    })
}

impl Streaming for Embedded {
    fn exec(&self, request: v1::ExecRequest) -> Answer<'_, Session> {
        Box::pin(self.start_exec(request))
    }

    fn attach(&self, request: v1::AttachRequest) -> Answer<'_, Session> {
        Box::pin(self.start_attach(request))
    }

    fn port_forward<'a>(
        &'a self,
        pod_sandbox_id: &'a str,
        port: u16,
    ) -> Answer<'a, Box<dyn ByteStream>> {
        Box::pin(self.connect(pod_sandbox_id, port))
    }
}
