//! Events that are too large lose what they hold of requests and answers, and are lost when that does not help.
//! Upstream: `plugin/pkg/audit/truncate`.
use super::{event, policy::Level};
use serde_json::Value;
use std::{borrow::Cow, sync::Arc};
use telemetry::metrics::Counter;

/// What one place for events takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truncation {
    /// Of one event, as a document of its own.
    pub event_bytes_max: usize,
}

/// Bounds events on their way to one place.
#[derive(Debug)]
pub(super) struct Truncating {
    bound: Option<Truncation>,
    lost: Arc<Counter>,
}

impl Truncating {
    pub(super) fn new(bound: Option<Truncation>, lost: Arc<Counter>) -> Self {
        Self { bound, lost }
    }

    /// The event as it may go; `None` when it is lost.
    pub(super) fn bounded<'a>(&self, event: &'a [u8]) -> Option<Cow<'a, [u8]>> {
        let Some(Truncation { event_bytes_max }) = self.bound else {
            return Some(event.into());
        };
        let fits = |event: &[u8]| event::line(event).len() <= event_bytes_max;
        if fits(event) {
            return Some(event.into());
        }
        let small = without_objects(event).filter(|event| fits(event));
        if small.is_none() {
            self.lost.increment();
            tracing::error!("an audit event is lost: event is too large even after truncating");
        }
        small.map(Cow::Owned)
    }
}

/// The event with an annotation in place of what was sent and answered; `None` when it tells neither.
fn without_objects(event: &[u8]) -> Option<Vec<u8>> {
    let mut event: Value = serde_json::from_slice(event).ok()?;
    let level = event["level"].as_str()?;
    let told = [Level::Request, Level::RequestResponse];
    if !told.iter().any(|told| told.as_str() == level) {
        return None;
    }
    let members = event.as_object_mut()?;
    members.remove("requestObject");
    members.remove("responseObject");
    event["annotations"]["audit.k8s.io/truncated"] = "true".into();
    Some(event.to_string().into_bytes())
}

#[cfg(test)]
mod tests;
