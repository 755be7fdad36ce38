//! The webhook that events go to: lists of them, POSTed to another server, at once or gathered for a while.
//! Upstream: `plugin/pkg/audit/webhook` and `buffered`.
use super::batch::{Batch, Batches};
use crate::{
    metrics::Audits,
    remote::{Remote, RemoteError, Remotes},
};
use bytes::Bytes;
use client::kubeconfig::Endpoint;
use futures::{StreamExt, stream::FuturesUnordered};
use platform::{Clock, Platform};
use std::{sync::Arc, time::Duration};
use telemetry::metrics::Counter;
use tokio::sync::mpsc;

/// Of one attempt.
const TIMEOUT: Duration = Duration::from_secs(30);
const ATTEMPTS_MAX: u32 = 5;
/// Of all that is left when the server ends.
const LAST: Duration = Duration::from_secs(5);
/// Batches on their way at once; more wait among the events.
const SENDING_MAX: usize = 16;

/// When events go.
#[derive(Clone, Debug, PartialEq)]
pub enum WebhookMode {
    /// Later, together with others; what finds no place is lost.
    Batch(Batch),
    /// Before the request goes on, whatever comes of it.
    Blocking,
    /// Before the request goes on, which is refused when its first event cannot be delivered.
    BlockingStrict,
}

/// Where events go to.
#[derive(Clone, Debug)]
pub struct AuditWebhook {
    remote: Arc<Remote>,
    mode: WebhookMode,
    initial_backoff: Duration,
}

impl AuditWebhook {
    /// `initial_backoff` lies between the first attempt and the second; later ones are half as long again each time.
    ///
    /// # Errors
    /// When no client can be made from what the endpoint holds.
    pub fn new(
        remotes: &Remotes,
        endpoint: &Endpoint,
        mode: WebhookMode,
        initial_backoff: Duration,
    ) -> Result<Self, RemoteError> {
        Ok(Self {
            remote: remotes.webhook(endpoint)?,
            mode,
            initial_backoff,
        })
    }
}

/// The way to the webhook.
#[derive(Clone, Debug)]
pub(super) struct Webhook {
    sender: Sender,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Queue {
        queue: mpsc::Sender<Vec<u8>>,
        lost: Arc<Counter>,
    },
    Direct {
        strict: bool,
    },
}

impl Webhook {
    pub(super) fn start(settings: AuditWebhook, platform: &Platform, counts: &Audits) -> Self {
        let sender = Sender {
            remote: settings.remote,
            clock: platform.clock.clone(),
            initial_backoff: settings.initial_backoff,
            lost: counts.lost_by("webhook"),
        };
        let way = match settings.mode {
            WebhookMode::Blocking => Way::Direct { strict: false },
            WebhookMode::BlockingStrict => Way::Direct { strict: true },
            WebhookMode::Batch(batch) => {
                let (queue, waiting) = mpsc::channel(batch.events_waiting_max);
                let draining = platform.tasks.draining();
                let batches = Batches::new(batch, platform.clock.clone(), waiting);
                let gathering = gather(sender.clone(), batches, draining);
                drop(platform.tasks.spawn("audit webhook", gathering));
                let lost = counts.lost_by("buffered");
                Way::Queue { queue, lost }
            }
        };
        Self { sender, way }
    }

    /// Whether the request that the event is of may go on.
    pub(super) async fn write(&self, event: Vec<u8>) -> bool {
        match &self.way {
            Way::Queue { queue, lost } => {
                if queue.try_send(event).is_err() {
                    lost.increment();
                    tracing::error!("an audit event is lost: the queue of the webhook is full");
                }
                true
            }
            Way::Direct { strict } => self.sender.send(vec![event], ATTEMPTS_MAX).await || !strict,
        }
    }
}

#[derive(Clone, Debug)]
struct Sender {
    remote: Arc<Remote>,
    clock: Clock,
    initial_backoff: Duration,
    lost: Arc<Counter>,
}

impl Sender {
    /// Whether the events have been taken. All that goes wrong may go better next time.
    async fn send(&self, events: Vec<Vec<u8>>, attempts_max: u32) -> bool {
        let count = events.len();
        let body = list(&events);
        drop(events);
        let mut pause = self.initial_backoff;
        for attempt in 1..=attempts_max {
            let error = match self.remote.post_once("", body.clone(), TIMEOUT).await {
                Ok(_) => return true,
                Err(error) => error,
            };
            if attempt == attempts_max {
                self.lost.add(count as u64);
                tracing::error!(%error, count, "audit events are lost: the webhook does not take them");
            } else {
                tracing::debug!(%error, count, "the audit webhook does not take events");
                self.clock.sleep(pause).await;
                pause = pause * 3 / 2;
            }
        }
        false
    }
}

/// An `EventList`. The items say neither kind nor version, as Go's encoder writes them.
fn list(events: &[Vec<u8>]) -> Bytes {
    const HEAD: &[u8] =
        br#"{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":["#;
    let length: usize = events.iter().map(|event| event.len() + 1).sum();
    let mut body = Vec::with_capacity(HEAD.len() + length + 3);
    body.extend_from_slice(HEAD);
    for (index, event) in events.iter().enumerate() {
        if index > 0 {
            body.push(b',');
        }
        body.extend_from_slice(event);
    }
    body.extend_from_slice(b"]}\n");
    body.into()
}

/// Sends what waits, in batches, until the server drains; then the rest, once.
async fn gather(sender: Sender, mut batches: Batches<Vec<u8>>, draining: impl Future<Output = ()>) {
    let clock = sender.clock.clone();
    let mut draining = std::pin::pin!(draining);
    let mut sending = FuturesUnordered::new();
    loop {
        tokio::select! {
            biased;
            () = &mut draining => break,
            Some(_) = sending.next(), if !sending.is_empty() => {}
            batch = batches.next(), if sending.len() < SENDING_MAX => {
                let Some(events) = batch else { break };
                let sender = sender.clone();
                sending.push(async move { sender.send(events, ATTEMPTS_MAX).await });
            }
        }
    }
    let last = async {
        // There is no time to try again.
        for events in batches.rest().await {
            sender.send(events, 1).await;
        }
        while sending.next().await.is_some() {}
    };
    if clock.timeout(LAST, last).await.is_err() {
        tracing::error!("audit events are lost: the webhook was too slow at the server's end");
    }
}

#[cfg(test)]
mod tests;
