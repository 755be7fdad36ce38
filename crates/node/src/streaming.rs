//! The kubelet-style HTTP/1.1 server, on any byte stream: logs, exec, attach, port-forward, pods, health.
//!
//! It authenticates nobody: whoever hands it a stream has done so. It knows pods only through [`Backend`].

mod params;
mod pipe;
mod port_forward;
mod remote_command;
mod server;
pub mod spdy;
mod websocket;

use bytes::Bytes;
use futures::future::BoxFuture;
use http::StatusCode;
use std::io;
use std::sync::Arc;
use tokio::sync::mpsc;

pub use params::{LogOptions, LogStreamKind};
pub use server::Server;

/// A pod as a path names it. `uid` is there when the path has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodTarget {
    pub namespace: String,
    pub name: String,
    pub uid: Option<String>,
}

/// A container of a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerTarget {
    pub pod: PodTarget,
    pub container: String,
}

/// A request that cannot be served: the status and the sentence that the client sees.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    pub status: StatusCode,
    pub message: String,
}

impl Refusal {
    /// A refusal with `status` and `message`.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
        }
    }
}

/// Pieces of a log as they are read; an error ends the answer. The bound of the channel is the back-pressure.
pub type LogPieces = mpsc::Receiver<io::Result<Bytes>>;

/// What the server asks of the node.
pub trait Backend: Send + Sync + 'static {
    /// An error is the sentence that `/healthz` answers with.
    fn health(&self) -> Result<(), String>;
    /// All pods of this node, as a v1 PodList in JSON.
    fn pods(&self) -> BoxFuture<'_, Bytes>;
    /// The Summary of kubelet's stats API (`stats/v1alpha1`), in JSON.
    fn stats_summary(&self) -> BoxFuture<'_, Result<Bytes, Refusal>>;
    /// Prometheus text.
    fn metrics(&self) -> BoxFuture<'_, String>;
    /// Starts reading a container's log.
    fn logs(
        &self,
        target: ContainerTarget,
        options: LogOptions,
    ) -> BoxFuture<'_, Result<LogPieces, Refusal>>;
    /// The runtime's id of a running container, and whether its process has a terminal and an open stdin.
    fn container(
        &self,
        target: ContainerTarget,
    ) -> BoxFuture<'_, Result<RunningContainer, Refusal>>;
    /// The runtime's id of a pod's ready sandbox.
    fn sandbox(&self, target: PodTarget) -> BoxFuture<'_, Result<String, Refusal>>;
    /// Where streams come from.
    fn streams(&self) -> Arc<dyn runtime::Streaming>;
}

/// A container that can be exec'd in or attached to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningContainer {
    pub id: String,
    /// `tty` of the container's spec: decides over attach's own, as upstream.
    pub tty: bool,
    /// `stdin` of the container's spec.
    pub stdin: bool,
}
