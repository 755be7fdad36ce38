//! WATCH: a stream of shared frames.
use super::Request;
use crate::{
    body::{Body, Piece, Segments, Streaming},
    cache::{Ended, From, Subscription, TooOld},
    endpoint::Endpoint,
    metrics::Held,
    negotiate::{Accepted, Media},
    options::{self, IncludeObject, ListOptions},
    render::{self, Frames, Renderer},
    shared::Api,
    status,
};
use http::{HeaderValue, Response, StatusCode};
use meta::{ApiError, Reason};
use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use telemetry::metrics::Counter;

/// Frames put into one chunk.
const FRAMES_MAX: usize = 64;
/// Bookmarks come about once a minute, as upstream's.
const BOOKMARK_EVERY: Duration = Duration::from_secs(60);
/// Watches that give no timeout end after half an hour and some: upstream's minimum, doubled at random.
const TIMEOUT_SECONDS_MIN: u64 = 1800;

pub(crate) async fn watch(request: &Request<'_>) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    let mut options = options::list_options(request.query, info, &request.namespace, true)?;
    if !request.name.is_empty() {
        options.filter.name = Some(request.name.clone());
    }
    let api = request.api;
    let applied = if options.resource_version == Some(0) {
        api.caches.applied()
    } else {
        api.current().await?
    };
    let initial_end = options.send_initial_events == Some(true) && options.allow_watch_bookmarks;
    let begun = request.cache.subscribe(
        std::mem::take(&mut options.filter),
        begin(&options),
        applied,
    );
    let body = match begun {
        Err(TooOld { oldest }) => {
            let words = format!(
                "too old resource version: {} ({oldest})",
                options.resource_version.unwrap_or(0)
            );
            Body::from(render::failure(
                request.accepted.media,
                &ApiError::new(Reason::Expired, words),
            ))
        }
        Ok(subscription) => Body::streaming(stream(request, &options, subscription, initial_end)),
    };
    Ok(status::with_body(
        StatusCode::OK,
        content_type(request.accepted),
        body,
    ))
}

fn begin(options: &ListOptions) -> From {
    match (options.send_initial_events, options.resource_version) {
        (Some(true), _) | (None, None | Some(0)) => From::Initial,
        (Some(false), None | Some(0)) => From::Now,
        (_, Some(revision)) => From::Revision(revision),
    }
}

fn content_type(accepted: Accepted) -> HeaderValue {
    match accepted.media {
        Media::Protobuf => {
            HeaderValue::from_static("application/vnd.kubernetes.protobuf;stream=watch")
        }
        _ => status::JSON,
    }
}

fn stream(
    request: &Request<'_>,
    options: &ListOptions,
    subscription: Subscription,
    initial_end: bool,
) -> WatchStream {
    let clock = &request.api.platform.clock;
    let jitter = request.api.platform.rng.below(TIMEOUT_SECONDS_MIN);
    let timeout = options
        .timeout_seconds
        .unwrap_or(TIMEOUT_SECONDS_MIN + jitter);
    let draining = request.api.platform.tasks.draining();
    WatchStream {
        api: crate::stack::handle(request.api),
        endpoint: Arc::clone(request.endpoint),
        accepted: request.accepted,
        include: options.include_object,
        bookmark: options
            .allow_watch_bookmarks
            .then(|| Box::pin(clock.sleep(BOOKMARK_EVERY)) as Sleep),
        end: Box::pin(clock.sleep(Duration::from_secs(timeout))),
        drain: Box::pin(draining),
        initial_end: initial_end.then_some(subscription.began_at),
        subscription,
        sent: request.api.metrics.events_of(request.endpoint.info()),
        _counted: request
            .api
            .metrics
            .watching(request.endpoint.info(), !request.namespace.is_empty()),
        ended: false,
    }
}

type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

struct WatchStream {
    api: Arc<Api>,
    endpoint: Arc<Endpoint>,
    subscription: Subscription,
    accepted: Accepted,
    include: IncludeObject,
    /// When the next bookmark is due.
    bookmark: Option<Sleep>,
    end: Sleep,
    drain: Sleep,
    /// The revision to announce when the initial events are out.
    initial_end: Option<u64>,
    ended: bool,
    sent: Arc<Counter>,
    _counted: Held,
}

impl WatchStream {
    fn frames(&self) -> Frames<'_> {
        Frames {
            renderer: Renderer {
                endpoint: &self.endpoint,
                accepted: self.accepted,
                include: self.include,
                pretty: false,
                now: self.api.now(),
            },
        }
    }

    /// What existed at the beginning, in chunks, and the bookmark behind it.
    fn initial(&mut self) -> Option<Segments> {
        let mut out = Segments::default();
        let count = self.subscription.initial.len().min(FRAMES_MAX);
        let entries: Vec<_> = self.subscription.initial.drain(..count).collect();
        let frames = self.frames();
        entries
            .iter()
            .for_each(|entry| frames.initial(&mut out, entry));
        self.sent.add(entries.len() as u64);
        if self.subscription.initial.is_empty()
            && let Some(revision) = self.initial_end.take()
        {
            out.push(Piece::Bytes(self.bookmark_at(revision, true)));
        }
        (!out.is_empty()).then_some(out)
    }

    fn bookmark_at(&self, revision: u64, initial_end: bool) -> bytes::Bytes {
        render::bookmark(&self.endpoint.served, self.accepted, revision, initial_end)
    }

    /// Everything that waits, then a bookmark at a revision that was complete before.
    fn bookmark(&mut self) -> Segments {
        let revision = self.api.caches.applied();
        let mut out = Segments::default();
        if let Ok(events) = self.subscription.take(usize::MAX) {
            let frames = self.frames();
            events
                .iter()
                .for_each(|(change, event)| frames.event(&mut out, *change, event));
            self.sent.add(events.len() as u64);
        }
        out.push(Piece::Bytes(self.bookmark_at(revision, false)));
        self.bookmark = Some(Box::pin(self.api.platform.clock.sleep(BOOKMARK_EVERY)));
        out
    }
}

impl Streaming for WatchStream {
    fn poll_segments(&mut self, context: &mut Context<'_>) -> Poll<Option<Segments>> {
        if self.ended {
            return Poll::Ready(None);
        }
        if let Some(out) = self.initial() {
            return Poll::Ready(Some(out));
        }
        match self.subscription.poll(context, FRAMES_MAX) {
            Poll::Ready(Ok(events)) => {
                let mut out = Segments::default();
                let frames = self.frames();
                events
                    .iter()
                    .for_each(|(change, event)| frames.event(&mut out, *change, event));
                self.sent.add(events.len() as u64);
                return Poll::Ready(Some(out));
            }
            Poll::Ready(Err(Ended::Removed)) => {
                self.ended = true;
                return Poll::Ready(None);
            }
            Poll::Ready(Err(Ended::TooSlow)) => {
                self.ended = true;
                let gone = ApiError::new(Reason::Expired, "the watcher was too slow and is closed");
                return Poll::Ready(Some(Segments::from(render::failure(
                    self.accepted.media,
                    &gone,
                ))));
            }
            Poll::Pending => {}
        }
        if self.end.as_mut().poll(context).is_ready()
            || self.drain.as_mut().poll(context).is_ready()
        {
            self.ended = true;
            return Poll::Ready(None);
        }
        let due = self
            .bookmark
            .as_mut()
            .is_some_and(|due| due.as_mut().poll(context).is_ready());
        if due {
            Poll::Ready(Some(self.bookmark()))
        } else {
            Poll::Pending
        }
    }
}
