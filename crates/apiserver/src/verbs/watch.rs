//! WATCH: a stream of shared frames.
mod conversion;
mod socket;

use super::{Request, list};
use crate::{
    body::{Body, Piece, Segments, Streaming},
    cache::{Change, Ended, Entry, From, Subscription, TooOld, WatchEvent},
    endpoint::Endpoint,
    flow::Watching,
    negotiate::{self, Accepted, Form, Media},
    options::{self, IncludeObject, ListOptions},
    render::{self, Frames, Renderer},
    shared::Api,
    status,
};
use bytes::Buf;
use conversion::{Conversion, Converted};
use http::{HeaderValue, Response, StatusCode};
use hyper::upgrade::OnUpgrade;
use meta::{ApiError, Str};
use platform::Monotonic;
use std::{
    cell::Cell,
    collections::VecDeque,
    future::Future,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use telemetry::metrics::{Counter, Histogram};

/// Frames put into one chunk.
const FRAMES_MAX: usize = 64;
/// Bookmarks come about once a minute, as upstream's.
const BOOKMARK_EVERY: Duration = Duration::from_secs(60);
/// And once before the end.
const LAST_BOOKMARK_BEFORE_END: Duration = Duration::from_secs(2);
/// Watches that give no timeout end after half an hour and some: upstream's minimum, doubled at random.
const TIMEOUT_SECONDS_MIN: u64 = 1800;

/// `upgrade` is what becomes of the client's connection when it wants a WebSocket.
pub(crate) async fn watch(
    request: &Request<'_>,
    upgrade: Option<OnUpgrade>,
) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    let mut options = options::list_options(request.query, info, &request.namespace)?;
    if !request.name.is_empty() {
        name_of_path(&mut options, &request.name)?;
    }
    let wanted = options.revision().map_err(options::unreadable_version)?;
    let begun = begin(request, &options, wanted).await;
    if request.accepted.media == Media::Yaml {
        return Err(negotiate::no_frames());
    }
    let body = match begun {
        Ok(subscription) => Body::streaming(stream(request, &options, subscription)),
        // The watch has begun for all that its client can see: refusals are events.
        Err(error) => {
            Body::from(render::failure(request.accepted.media, &error)).with_length_untold()
        }
    };
    if socket::is_wanted(request.headers) {
        return socket::upgraded(request, upgrade, body);
    }
    Ok(status::with_body(
        StatusCode::OK,
        content_type(request.accepted),
        body,
    ))
}

/// The name at the end of a `watch/` path, which a field selector may repeat.
fn name_of_path(options: &mut ListOptions, name: &Str) -> Result<(), ApiError> {
    if !options.filter.fields.is_empty() && options.filter.only_name() != Some(name) {
        let words = "fieldSelector metadata.name doesn't match requested name";
        return Err(ApiError::bad_request(words));
    }
    options.filter.name = Some(name.clone());
    Ok(())
}

/// Subscribes where the options say. `wanted` is their resource version.
async fn begin(
    request: &Request<'_>,
    options: &ListOptions,
    wanted: Option<u64>,
) -> Result<Subscription, ApiError> {
    let caches = &request.api.caches;
    let sends = options.send_initial_events;
    if let Some(revision) = wanted.filter(|revision| *revision > 0 && sends != Some(true))
        && request.endpoint.info().is_read_at_the_store()
        && is_compacted(request, revision)
    {
        let words = "The resourceVersion for the provided watch is too old.";
        return Err(ApiError::expired(words));
    }
    let applied = match wanted {
        Some(0) => caches.applied(),
        Some(revision) if sends == Some(true) => {
            list::reach(request, revision).await?;
            caches.applied()
        }
        Some(_) => caches.applied(),
        None => request.api.current().await?,
    };
    let from = match (sends, wanted) {
        (Some(true), _) | (None, None | Some(0)) => From::Initial,
        (Some(false), None | Some(0)) => From::Now,
        (_, Some(revision)) => From::Revision(revision),
    };
    let early = request.endpoint.early(&options.filter);
    let filter = early.unwrap_or_else(|| options.filter.clone());
    let begun = request.cache.subscribe(filter, from, applied);
    begun.map_err(|TooOld { oldest }| {
        let wanted = wanted.unwrap_or(0);
        ApiError::expired(format!("too old resource version: {wanted} ({oldest})"))
    })
}

/// The store knows what is left, and counts in `i64`.
fn is_compacted(request: &Request<'_>, revision: u64) -> bool {
    let next = i64::try_from(revision).ok();
    let next = next.and_then(|revision| u64::try_from(revision.checked_add(1)?).ok());
    next.is_none_or(|next| next < request.api.store.compacted().0)
}

fn content_type(accepted: Accepted) -> HeaderValue {
    match accepted.media {
        Media::Protobuf => {
            HeaderValue::from_static("application/vnd.kubernetes.protobuf;stream=watch")
        }
        _ => status::JSON,
    }
}

fn stream(request: &Request<'_>, options: &ListOptions, subscription: Subscription) -> WatchStream {
    let clock = &request.api.platform.clock;
    let timeout = match options.timeout_seconds {
        0 => TIMEOUT_SECONDS_MIN + request.api.platform.rng.below(TIMEOUT_SECONDS_MIN),
        seconds => u64::try_from(seconds).unwrap_or(0),
    };
    let began = clock.monotonic();
    let ends_at = began + Duration::from_secs(timeout);
    let tells_end = options.send_initial_events == Some(true) && options.allow_watch_bookmarks;
    let api = crate::stack::handle(request.api);
    let mut stream = WatchStream {
        conversion: Conversion::new(&api, request.endpoint, &options.filter),
        api,
        endpoint: Arc::clone(request.endpoint),
        accepted: request.accepted,
        include: request.include,
        heads: Cell::new(true),
        bookmark: None,
        began,
        scope: match options.filter.only_name() {
            Some(_) => "resource",
            None if options.filter.namespace.is_empty() => "cluster",
            None => "namespace",
        },
        ends_at,
        end: Box::pin(clock.sleep_until(ends_at)),
        drain: Box::pin(request.api.platform.tasks.draining()),
        initial_end: tells_end.then_some(subscription.began_at),
        subscription,
        sent: request
            .api
            .metrics
            .watches()
            .events_of(request.endpoint.info()),
        sizes: request
            .api
            .metrics
            .watches()
            .sizes_of(request.endpoint.info()),
        watching: request.watching.clone(),
        begun: false,
        ended: false,
    };
    if options.allow_watch_bookmarks {
        stream.schedule_bookmark();
    }
    stream
}

type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

struct WatchStream {
    api: Arc<Api>,
    endpoint: Arc<Endpoint>,
    subscription: Subscription,
    /// Where entries must be converted before they can be rendered.
    conversion: Option<Conversion>,
    accepted: Accepted,
    include: IncludeObject,
    /// Whether the next table says what its columns are: the first one does.
    heads: Cell<bool>,
    /// When the next bookmark is due.
    bookmark: Option<Sleep>,
    began: Monotonic,
    /// As metrics name it.
    scope: &'static str,
    ends_at: Monotonic,
    end: Sleep,
    drain: Sleep,
    /// The revision to announce when the initial events are out.
    initial_end: Option<u64>,
    watching: Option<Arc<Watching>>,
    /// Whether what it begins with is sent.
    begun: bool,
    ended: bool,
    sent: Arc<Counter>,
    /// Of the events.
    sizes: Arc<Histogram>,
}

impl WatchStream {
    fn frames(&self) -> Frames<'_> {
        Frames {
            renderer: Renderer {
                endpoint: &self.endpoint,
                accepted: self.accepted,
                include: self.include,
                now: self.api.now(),
            },
            heads: &self.heads,
        }
    }

    /// What existed at the beginning, in chunks, and the bookmark behind it.
    fn initial(&mut self) -> Option<Segments> {
        let mut out = Segments::default();
        let entries = next_of(&mut self.subscription.initial);
        self.entries(&mut out, &entries);
        if self.subscription.initial.is_empty()
            && let Some(revision) = self.initial_end.take()
        {
            out.push(Piece::Bytes(self.frames().bookmark(revision, true)));
            let took = self.api.platform.clock.monotonic().since(self.began);
            let metrics = self.api.metrics.watches();
            metrics.listed(self.endpoint.info(), self.scope, took);
        }
        (!out.is_empty()).then_some(out)
    }

    fn entries(&self, out: &mut Segments, entries: &[Arc<Entry>]) {
        if entries.is_empty() {
            return;
        }
        let frames = self.frames();
        self.sized(out, entries.iter(), |out, entry| frames.initial(out, entry));
        self.sent.add(entries.len() as u64);
        let metrics = self.api.metrics.watches();
        metrics.began_with(self.endpoint.info(), entries.len());
    }

    /// In a minute, or shortly before the end: so that its client can go on from there.
    fn schedule_bookmark(&mut self) {
        let clock = &self.api.platform.clock;
        let now = clock.monotonic();
        let left = self.ends_at.since(now);
        let wait = left
            .checked_sub(LAST_BOOKMARK_BEFORE_END)
            .filter(|wait| !wait.is_zero());
        self.bookmark = wait.map(|wait| Box::pin(clock.sleep(wait.min(BOOKMARK_EVERY))) as Sleep);
    }

    /// Everything that waits, then a bookmark at a revision that was complete before. `None` if what waits is to be converted first.
    fn bookmark(&mut self) -> Option<Segments> {
        let revision = self.api.caches.applied();
        let mut out = Segments::default();
        let at_once = match self.conversion {
            Some(_) => FRAMES_MAX,
            None => usize::MAX,
        };
        match (self.subscription.take(at_once), &mut self.conversion) {
            (Ok(events), Some(conversion)) if !events.is_empty() => {
                conversion.begin(events);
                self.bookmark = Some(Box::pin(std::future::ready(())));
                return None;
            }
            (Ok(events), _) => self.events(&mut out, events.iter().map(|(c, e)| (*c, &**e))),
            (Err(_), _) => {}
        }
        out.push(Piece::Bytes(self.frames().bookmark(revision, false)));
        self.schedule_bookmark();
        Some(out)
    }

    fn events<'a>(
        &self,
        out: &mut Segments,
        events: impl ExactSizeIterator<Item = (Change, &'a WatchEvent)>,
    ) {
        self.sent.add(events.len() as u64);
        let frames = self.frames();
        self.sized(out, events, |out, (change, event)| {
            frames.event(out, change, event);
        });
    }

    /// Writes each of some things, and counts how long they are.
    fn sized<T>(
        &self,
        out: &mut Segments,
        all: impl Iterator<Item = T>,
        write: impl Fn(&mut Segments, T),
    ) {
        let mut sizes = self.sizes.batch();
        for each in all {
            let before = out.remaining();
            write(out, each);
            #[expect(clippy::cast_precision_loss, reason = "sorted into eight buckets")]
            sizes.observe((out.remaining() - before) as f64);
        }
    }

    /// What has come back from the webhook.
    fn converted(&mut self, converted: Result<Converted, ApiError>) -> Segments {
        let mut out = Segments::default();
        match converted {
            Ok(Converted::Initial(entries)) => self.entries(&mut out, &entries),
            Ok(Converted::Events(events)) => {
                self.events(&mut out, events.iter().map(|(c, e)| (*c, e)));
            }
            Err(error) => {
                self.ended = true;
                out.push(Piece::Bytes(render::failure(self.accepted.media, &error)));
            }
        }
        out
    }
}

impl Streaming for WatchStream {
    fn poll_segments(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Segments>>> {
        let next = self.poll_next(context);
        let next = next.map(|next| next.filter(|_| self.has_form()));
        self.ended |= matches!(next, Poll::Ready(None));
        next.map(|next| next.map(Ok))
    }
}

impl WatchStream {
    /// A list of metadata is no form of one object: such a watch ends at its first event, as upstream's does.
    fn has_form(&self) -> bool {
        self.accepted.form != Form::PartialMetadataList
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Segments>> {
        loop {
            if self.ended {
                return Poll::Ready(None);
            }
            if let Some(conversion) = &mut self.conversion {
                match conversion.poll(context) {
                    Poll::Ready(Some(converted)) => {
                        let out = self.converted(converted);
                        if out.is_empty() {
                            continue;
                        }
                        return Poll::Ready(Some(out));
                    }
                    Poll::Ready(None) => {}
                    Poll::Pending => return self.idle(context),
                }
            }
            if let Some(next) = self.step(context) {
                return next;
            }
        }
    }

    /// What comes next while nothing is being converted. `None` when that has begun.
    fn step(&mut self, context: &mut Context<'_>) -> Option<Poll<Option<Segments>>> {
        let waits = !self.subscription.initial.is_empty();
        if let Some(conversion) = self.conversion.as_mut().filter(|_| waits) {
            conversion.begin_initial(next_of(&mut self.subscription.initial));
            return None;
        }
        if let Some(out) = self.initial() {
            return Some(Poll::Ready(Some(out)));
        }
        if !self.begun {
            self.begun = true;
            self.watching.iter().for_each(|watching| watching.begun());
        }
        match (
            self.subscription.poll(context, FRAMES_MAX),
            &mut self.conversion,
        ) {
            (Poll::Ready(Ok(events)), Some(conversion)) => {
                conversion.begin(events);
                return None;
            }
            (Poll::Ready(Ok(events)), None) => {
                let mut out = Segments::default();
                self.events(&mut out, events.iter().map(|(c, e)| (*c, &**e)));
                return Some(Poll::Ready(Some(out)));
            }
            // Its client is to begin anew, and needs no more than the end to do so.
            (Poll::Ready(Err(Ended::Removed | Ended::TooSlow)), _) => {
                self.ended = true;
                return Some(Poll::Ready(None));
            }
            (Poll::Pending, _) => {}
        }
        if let Poll::Ready(end) = self.idle(context) {
            return Some(Poll::Ready(end));
        }
        let due = self
            .bookmark
            .as_mut()
            .is_some_and(|due| due.as_mut().poll(context).is_ready());
        if !due {
            return Some(Poll::Pending);
        }
        self.bookmark().map(|out| Poll::Ready(Some(out)))
    }

    /// The end of the watch, while there is nothing to send.
    fn idle(&mut self, context: &mut Context<'_>) -> Poll<Option<Segments>> {
        let over = self.end.as_mut().poll(context).is_ready()
            || self.drain.as_mut().poll(context).is_ready();
        if !over {
            return Poll::Pending;
        }
        self.ended = true;
        Poll::Ready(None)
    }
}

/// As many as are sent at once.
fn next_of(initial: &mut VecDeque<Arc<Entry>>) -> Vec<Arc<Entry>> {
    let count = initial.len().min(FRAMES_MAX);
    initial.drain(..count).collect()
}
