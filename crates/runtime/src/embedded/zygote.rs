//! The zygote as the server sees it: started on demand, asked for shims.

use std::collections::HashMap;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use platform::Platform;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
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
    socket: AsyncFd<OwnedFd>,
    pending: Mutex<HashMap<String, oneshot::Sender<PodMade>>>,
    child: Mutex<Child>,
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
        let (sender, receiver) = oneshot::channel();
        zygote.pending.lock().insert(pod.id.clone(), sender);
        let sent = zygote
            .socket
            .async_io(Interest::WRITABLE, |fd| {
                protocol::send(fd.as_fd(), &pod, &[])
            })
            .await;
        let result = match sent {
            Ok(()) => self.platform.clock.timeout(MAKE, receiver).await,
            Err(e) => return Err(unavailable(&e.to_string())),
        };
        zygote.pending.lock().remove(&pod.id);
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
        let reader = Arc::downgrade(&zygote);
        let _detached = self.platform.tasks.spawn("zygote", async move {
            // The socket is held only while it is read, so that dropping the runtime ends the zygote.
            while let Some(zygote) = reader.upgrade() {
                if !zygote.read_one().await {
                    zygote.pending.lock().clear();
                    break;
                }
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
        let socket = AsyncFd::new(ours).map_err(|e| unavailable(&e.to_string()))?;
        Ok(Running {
            socket,
            pending: Mutex::default(),
            child: Mutex::new(child),
        })
    }
}

impl Running {
    fn is_alive(&self) -> bool {
        matches!(self.child.lock().try_wait(), Ok(None))
    }

    /// Hands one answer on; `false` when the zygote is gone.
    async fn read_one(&self) -> bool {
        let received = self
            .socket
            .async_io(Interest::READABLE, |fd| {
                protocol::receive::<PodMade>(fd.as_fd())
            })
            .await;
        let Ok(Some((made, _))) = received else {
            return false;
        };
        if let Some(sender) = self.pending.lock().remove(&made.id) {
            // Whoever asked may have given up.
            let _gone = sender.send(made);
        }
        true
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
