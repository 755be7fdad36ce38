//! Exec, attach and port-forward as byte streams.

use std::fmt;

use futures::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;

use super::{Answer, CriResult};
use crate::cri::v1;

/// A two-way byte stream.
pub trait ByteStream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> ByteStream for T {}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TerminalSize {
    pub width: u16,
    pub height: u16,
}

/// A process's streams. Dropping it kills an exec'd process and leaves an attached container alone.
pub struct Session {
    /// Shut it down (or drop it) to give the process end-of-file. `None` unless asked for.
    pub stdin: Option<Box<dyn AsyncWrite + Send + Unpin>>,
    /// Ends when the process has closed it. With a terminal it carries stderr too.
    pub stdout: Option<Box<dyn AsyncRead + Send + Unpin>>,
    pub stderr: Option<Box<dyn AsyncRead + Send + Unpin>>,
    /// The newest size wins. `None` without a terminal.
    pub resize: Option<watch::Sender<TerminalSize>>,
    /// The exit code (128 + signal for a killed process). For attach it resolves to 0 at the end of the streams.
    pub exit: BoxFuture<'static, CriResult<i32>>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

/// What CRI does by answering with a URL.
pub trait Streaming: Send + Sync {
    /// `FailedPrecondition` when the container does not run; a command that cannot be started is an error too
    /// (kubectl shows its message).
    fn exec(&self, request: v1::ExecRequest) -> Answer<'_, Session>;

    /// Any number of clients may be attached at once; each sees the output from now on.
    fn attach(&self, request: v1::AttachRequest) -> Answer<'_, Session>;

    /// A connection to `127.0.0.1:port` (then `[::1]:port`) inside the sandbox's network namespace.
    fn port_forward<'a>(
        &'a self,
        pod_sandbox_id: &'a str,
        port: u16,
    ) -> Answer<'a, Box<dyn ByteStream>>;
}
