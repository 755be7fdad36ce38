//! The binding cycle: tells the API server, away from the loop.

use crate::{framework::Plugins, queue::Attempt};
use client::{Client, Error};
use meta::Str;
use std::future::Future;

/// How a binding ended.
#[derive(Debug)]
pub(crate) struct Bound {
    /// The attempt and its node; nothing if the task was lost.
    pub(crate) what: Option<(Attempt, Str)>,
    pub(crate) outcome: Result<(), Error>,
}

impl Bound {
    /// The task ended without an answer, as it does while everything drains.
    pub(crate) fn lost() -> Self {
        Self {
            what: None,
            outcome: Ok(()),
        }
    }
}

pub(crate) fn bind(
    plugins: &Plugins,
    client: &Client,
    attempt: Attempt,
    node: Str,
) -> impl Future<Output = Bound> + Send + 'static {
    let binding = plugins.bind(client.clone(), &attempt.pod, &node);
    async move {
        let outcome = binding.await;
        Bound {
            what: Some((attempt, node)),
            outcome,
        }
    }
}
