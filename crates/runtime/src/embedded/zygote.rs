//! The zygote as the server sees it: started on demand, asked for shims.

use std::collections::HashMap;
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use platform::Platform;
use tokio::io::Interest;
use tokio::net::UnixStream;
use tokio::sync::oneshot;

use super::files::io_error;
use super::internal;
use crate::service::{Code, CriError, CriResult};
use crate::shim::PROGRAM_NAME;
use crate::shim::protocol::{self, NewPod, PodMade};

/// A network namespace takes the kernel milliseconds, and a second when hundreds are made at once.
const MAKE: Duration = Duration::from_secs(30);

pub(super) struct Zygote {
    program: PathBuf,
    platform: Platform,
    running: tokio::sync::Mutex<Option<Arc<Running>>>,
}

struct Running {
    line: Arc<Line>,
    child: Mutex<Child>,
}

/// The connection, which its reader shares. A packet socket; tokio's stream waits for any socket.
struct Line {
    socket: UnixStream,
    pending: Mutex<HashMap<String, oneshot::Sender<PodMade>>>,
}

impl Zygote {
    pub(super) fn new(program: PathBuf, platform: Platform) -> Self {
        Self {
            program,
            platform,
            running: tokio::sync::Mutex::default(),
        }
    }

    /// Makes a shim with the namespaces of a pod.
    pub(super) async fn make(&self, pod: NewPod) -> CriResult<PodMade> {
        let zygote = self.running().await?;
        let line = &zygote.line;
        let (sender, receiver) = oneshot::channel();
        line.pending.lock().insert(pod.id.clone(), sender);
        let send = || protocol::send(line.socket.as_fd(), &pod, &[]);
        let sent = line.socket.async_io(Interest::WRITABLE, send).await;
        let result = match sent {
            Ok(()) => self.platform.clock.timeout(MAKE, receiver).await,
            Err(e) => return Err(unavailable(&e.to_string())),
        };
        line.pending.lock().remove(&pod.id);
        match result {
            Ok(Ok(made)) if made.error.is_empty() => Ok(made),
            Ok(Ok(made)) => Err(CriError::new(Code::Internal, made.error)),
            Ok(Err(_)) => Err(unavailable("it has ended")),
            Err(elapsed) => Err(CriError::from_error(Code::DeadlineExceeded, &elapsed)),
        }
    }

    async fn running(&self) -> CriResult<Arc<Running>> {
        let mut slot = self.running.lock().await;
        if let Some(zygote) = slot.as_ref().filter(|z| z.is_alive()) {
            return Ok(Arc::clone(zygote));
        }
        let zygote = Arc::new(self.spawn()?);
        let line = Arc::clone(&zygote.line);
        let tasks = &self.platform.tasks;
        let draining = tasks.draining();
        let _detached = tasks.spawn("zygote", async move {
            tokio::select! {
                biased;
                () = draining => {}
                () = line.read() => {}
            }
        });
        *slot = Some(Arc::clone(&zygote));
        Ok(zygote)
    }

    fn spawn(&self) -> CriResult<Running> {
        let (ours, theirs) = sys::seqpacket::pair().map_err(|e| internal(&e))?;
        let child = sys::command::command(&self.program)
            .arg0(PROGRAM_NAME)
            .stdin(Stdio::from(theirs))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| io_error("start", &self.program, &e))?;
        sys::terminal::set_nonblocking(ours.as_fd()).map_err(|e| unavailable(&e.to_string()))?;
        let socket = UnixStream::from_std(ours.into()).map_err(|e| unavailable(&e.to_string()))?;
        Ok(Running {
            line: Arc::new(Line {
                socket,
                pending: Mutex::default(),
            }),
            child: Mutex::new(child),
        })
    }
}

impl Running {
    fn is_alive(&self) -> bool {
        matches!(self.child.lock().try_wait(), Ok(None))
    }
}

impl Line {
    /// Hands answers on until the zygote is gone.
    async fn read(&self) {
        let receive = || protocol::receive::<PodMade>(self.socket.as_fd());
        while let Ok(Some((made, _))) = self.socket.async_io(Interest::READABLE, receive).await {
            let sender = self.pending.lock().remove(&made.id);
            if let Some(sender) = sender {
                // Whoever asked may have given up.
                let _gone = sender.send(made);
            }
        }
        self.pending.lock().clear();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let child = self.child.get_mut();
        // Only the zygote itself: shims are no children of ours and live on.
        let _gone = child.kill();
        let _reaped = child.wait();
    }
}

fn unavailable(reason: &str) -> CriError {
    CriError::new(
        Code::Unavailable,
        format!("failed to talk to the zygote: {reason}"),
    )
}
