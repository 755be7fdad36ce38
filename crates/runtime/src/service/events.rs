//! Pushed container events. They are hints: after [`ContainerEvent::Lost`] only a list tells the truth.

use tokio::sync::broadcast;

use crate::cri::v1;

/// Events that a receiver may lag behind before it loses some.
const EVENTS_MAX: usize = 1024;

#[derive(Clone, Debug)]
pub enum ContainerEvent {
    /// Created, started, stopped or deleted; see `container_event_type`. For a sandbox, `container_id` is its id.
    Changed(Box<v1::ContainerEventResponse>),
    /// Some events were dropped: list everything.
    Lost,
}

/// CRI's `GetContainerEvents`.
pub trait ContainerEvents: Send + Sync {
    /// Events from now on.
    fn subscribe(&self) -> EventReceiver;
}

/// One subscriber's end.
#[derive(Debug)]
pub struct EventReceiver(broadcast::Receiver<Box<v1::ContainerEventResponse>>);

impl EventReceiver {
    /// The next event; `None` once the runtime is gone. Cancel-safe.
    pub async fn recv(&mut self) -> Option<ContainerEvent> {
        match self.0.recv().await {
            Ok(event) => Some(ContainerEvent::Changed(event)),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(ContainerEvent::Lost),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

/// The runtime's end. Sending never blocks.
#[derive(Clone, Debug)]
pub struct EventSender(broadcast::Sender<Box<v1::ContainerEventResponse>>);

impl Default for EventSender {
    fn default() -> Self {
        Self(broadcast::Sender::new(EVENTS_MAX))
    }
}

impl EventSender {
    pub fn send(&self, event: v1::ContainerEventResponse) {
        // An error only says that nobody listens.
        let _unheard = self.0.send(Box::new(event));
    }

    #[must_use]
    pub fn subscribe(&self) -> EventReceiver {
        EventReceiver(self.0.subscribe())
    }
}
