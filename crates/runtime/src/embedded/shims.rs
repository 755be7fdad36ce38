//! One shim as the server sees it: calls with answers, and what it tells by itself.

use std::collections::HashMap;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use tokio::io::Interest;
use tokio::net::UnixStream;
use tokio::sync::oneshot;

use super::internal;
use crate::service::{Code, CriError, CriResult};
use crate::shim::protocol::{self, Call, Reply, Request, SOCKET};

type Answered = (Reply, Vec<OwnedFd>);

pub(super) struct Shim {
    /// A packet socket; tokio has no type for it, and this one waits for any socket.
    socket: UnixStream,
    last_id: AtomicU64,
    /// `None` once the shim is gone.
    pending: Mutex<Option<HashMap<u64, oneshot::Sender<Answered>>>>,
    execs: Mutex<HashMap<u64, oneshot::Sender<i32>>>,
}

impl Shim {
    /// Connects to the shim of the pod whose run directory this is.
    pub(super) fn connect(directory: &Path) -> CriResult<Arc<Self>> {
        let socket = sys::seqpacket::connect(directory, SOCKET)
            .map_err(|e| CriError::from_error(Code::Unavailable, &e))?;
        let socket = UnixStream::from_std(socket.into()).map_err(|e| internal(&e))?;
        Ok(Arc::new(Self {
            socket,
            last_id: AtomicU64::new(0),
            pending: Mutex::new(Some(HashMap::new())),
            execs: Mutex::default(),
        }))
    }

    pub(super) async fn call(&self, call: Call) -> CriResult<Reply> {
        self.call_with(call, &[]).await.map(|(reply, _)| reply)
    }

    /// A call with descriptors in it, or in its answer.
    pub(super) async fn call_with(
        &self,
        call: Call,
        fds: &[BorrowedFd<'_>],
    ) -> CriResult<Answered> {
        let id = self.new_id();
        let (sender, receiver) = oneshot::channel();
        self.pending
            .lock()
            .as_mut()
            .ok_or_else(gone)?
            .insert(id, sender);
        let request = Request {
            id,
            call: Some(call),
        };
        let send = || protocol::send(self.socket.as_fd(), &request, fds);
        if let Err(error) = self.socket.async_io(Interest::WRITABLE, send).await {
            self.pending
                .lock()
                .as_mut()
                .map(|pending| pending.remove(&id));
            return Err(CriError::new(
                Code::Unavailable,
                format!("failed to talk to the shim: {error}"),
            ));
        }
        let (reply, fds) = receiver.await.map_err(|_| gone())?;
        if reply.error.is_empty() {
            Ok((reply, fds))
        } else {
            Err(CriError::new(Code::Internal, reply.error))
        }
    }

    pub(super) fn new_id(&self) -> u64 {
        self.last_id.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Where the exit code of a command will arrive.
    pub(super) fn watch_exec(&self, exec_id: u64) -> oneshot::Receiver<i32> {
        let (sender, receiver) = oneshot::channel();
        self.execs.lock().insert(exec_id, sender);
        receiver
    }

    pub(super) fn forget_exec(&self, exec_id: u64) {
        self.execs.lock().remove(&exec_id);
    }

    /// Reads until the shim is gone. `apply` sees the containers of every message before the caller of the call
    /// does, so that states are seen in their order.
    pub(super) async fn read(&self, mut apply: impl FnMut(&Reply)) {
        let receive = || protocol::receive::<Reply>(self.socket.as_fd());
        while let Ok(Some((reply, fds))) = self.socket.async_io(Interest::READABLE, receive).await {
            apply(&reply);
            let exit = reply
                .exec_exit
                .and_then(|exit| Some((self.execs.lock().remove(&exit.exec_id)?, exit.code)));
            if let Some((sender, code)) = exit {
                let _unheard = sender.send(code);
            }
            let sender = self
                .pending
                .lock()
                .as_mut()
                .and_then(|pending| pending.remove(&reply.id));
            if let Some(sender) = sender {
                let _unheard = sender.send((reply, fds));
            }
        }
        *self.pending.lock() = None;
        self.execs.lock().clear();
    }
}

fn gone() -> CriError {
    CriError::new(Code::Unavailable, "the pod's shim is gone")
}
