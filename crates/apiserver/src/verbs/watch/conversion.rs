//! Watches of what a webhook converts: batches of events wait for it, one after the other.
use crate::{
    cache::{Change, Entry, Events, Filter, WatchEvent},
    endpoint::Endpoint,
    shared::Api,
};
use meta::ApiError;
use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

/// What has come back, and concerns the watch.
pub(super) enum Converted {
    Initial(Vec<Arc<Entry>>),
    Events(Vec<(Change, WatchEvent)>),
}

type Running = Pin<Box<dyn Future<Output = Result<Converted, ApiError>> + Send>>;

/// Converts for one watch.
pub(super) struct Conversion {
    api: Arc<Api>,
    endpoint: Arc<Endpoint>,
    /// Asked of what comes back: labels and fields are what the webhook makes of them.
    filter: Arc<Filter>,
    running: Option<Running>,
}

impl Conversion {
    /// `None` where nothing waits for a webhook.
    pub(super) fn new(api: &Arc<Api>, endpoint: &Arc<Endpoint>, filter: &Filter) -> Option<Self> {
        endpoint.waits().then(|| Self {
            api: Arc::clone(api),
            endpoint: Arc::clone(endpoint),
            filter: Arc::new(filter.clone()),
            running: None,
        })
    }

    /// Begins with what there was when the watch began. Nothing else is being converted.
    pub(super) fn begin_initial(&mut self, entries: Vec<Arc<Entry>>) {
        let (api, endpoint) = (Arc::clone(&self.api), Arc::clone(&self.endpoint));
        let filter = Arc::clone(&self.filter);
        self.running = Some(Box::pin(async move {
            let mut shown = endpoint.shown(&api, entries).await?;
            shown.retain(|entry| filter.matches(entry));
            Ok(Converted::Initial(shown))
        }));
    }

    /// Begins with events. Nothing else is being converted.
    pub(super) fn begin(&mut self, events: Events) {
        let (api, endpoint) = (Arc::clone(&self.api), Arc::clone(&self.endpoint));
        let filter = Arc::clone(&self.filter);
        self.running = Some(Box::pin(async move {
            let events: Vec<_> = events.into_iter().map(|(_, event)| event).collect();
            let shown = endpoint.shown_events(&api, &events).await?;
            let concerning = shown
                .into_iter()
                .filter_map(|event| Some((event.change_for(&filter)?, event)));
            Ok(Converted::Events(concerning.collect()))
        }));
    }

    /// What has been begun: `None` when nothing has.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Converted, ApiError>>> {
        let Some(running) = &mut self.running else {
            return Poll::Ready(None);
        };
        let ended = std::task::ready!(running.as_mut().poll(context));
        self.running = None;
        // Upstream makes an error of the server of what has no status of its own.
        let ended = ended.map_err(|error| ApiError::internal(&error.message));
        Poll::Ready(Some(ended))
    }
}
