//! The API server's way to this machine's node: a pipe within the process.

use apiserver::{NodeConnector, NodeError};
use client::transport::ByteStream;
use futures::future::BoxFuture;
use node::NodeAgent;
use platform::Tasks;
use std::{
    fmt,
    sync::{Arc, OnceLock},
};

/// What one pipe holds before its writer waits.
const PIPE_BYTES: usize = 64 * 1024;

/// Knows one node.
pub(crate) struct Connector {
    node: String,
    tasks: Tasks,
    agent: OnceLock<Arc<NodeAgent>>,
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector")
            .field("node", &self.node)
            .finish_non_exhaustive()
    }
}

impl Connector {
    pub(super) fn new(node: String, tasks: Tasks) -> Self {
        Self {
            node,
            tasks,
            agent: OnceLock::new(),
        }
    }

    /// From here on the node answers.
    pub(super) fn set(&self, agent: Arc<NodeAgent>) {
        // A machine starts one node; a second set would be ignored.
        let _ = self.agent.set(agent);
    }
}

impl NodeConnector for Connector {
    fn connect<'a>(
        &'a self,
        node: &'a str,
    ) -> BoxFuture<'a, Result<Box<dyn ByteStream>, NodeError>> {
        Box::pin(async move {
            let agent = self
                .agent
                .get()
                .filter(|_| node == self.node)
                .ok_or_else(|| NodeError::Unreachable(node.to_owned()))?;
            let (near, far) = tokio::io::duplex(PIPE_BYTES);
            let agent = Arc::clone(agent);
            drop(
                self.tasks
                    .spawn("node connection", async move { agent.serve(far).await }),
            );
            Ok(Box::new(near) as Box<dyn ByteStream>)
        })
    }
}
