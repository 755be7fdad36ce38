//! Events gathered into batches: by number, by age, and not too often. Upstream: `plugin/pkg/audit/buffered`.
use platform::{Clock, Monotonic};
use std::time::Duration;
use tokio::sync::mpsc;

/// How events are gathered.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Events that wait.
    pub events_waiting_max: usize,
    pub events_max: usize,
    /// The first of a batch waits no longer than that.
    pub wait: Duration,
    pub throttle: Option<Throttle>,
}

/// How often batches go.
#[derive(Clone, Debug, PartialEq)]
pub struct Throttle {
    pub batches_per_second: f64,
    /// That many at once when there were fewer before.
    pub burst: u32,
}

/// Makes batches of what comes.
#[derive(Debug)]
pub(super) struct Batches<T> {
    batch: Batch,
    clock: Clock,
    bucket: Option<Bucket>,
    waiting: mpsc::Receiver<T>,
    held: Vec<T>,
    /// When what is held is a batch, however few they are.
    due: Monotonic,
    /// When the batch that is held may go, once it is one.
    goes: Option<Monotonic>,
}

impl<T> Batches<T> {
    pub(super) fn new(batch: Batch, clock: Clock, waiting: mpsc::Receiver<T>) -> Self {
        let now = clock.monotonic();
        let throttle = batch.throttle.clone();
        Self {
            bucket: throttle.map(|throttle| Bucket::full(throttle, now)),
            batch,
            clock,
            waiting,
            held: Vec::new(),
            due: now,
            goes: None,
        }
    }

    /// The next batch when it may go; `None` when nothing more will come. Nothing is lost when the call is dropped.
    pub(super) async fn next(&mut self) -> Option<Vec<T>> {
        loop {
            let now = self.clock.monotonic();
            if let Some(goes) = self.goes {
                self.clock.sleep_until(goes).await;
                self.goes = None;
                return Some(std::mem::take(&mut self.held));
            }
            let is_due = !self.held.is_empty() && self.due <= now;
            if is_due || self.held.len() >= self.batch.events_max {
                let wait = self.bucket.as_mut().map(|bucket| bucket.take(now));
                self.goes = Some(now + wait.unwrap_or_default());
                continue;
            }
            tokio::select! {
                biased;
                event = self.waiting.recv() => self.hold(event?),
                () = self.clock.sleep_until(self.due), if !self.held.is_empty() => {}
            }
        }
    }

    fn hold(&mut self, event: T) {
        if self.held.is_empty() {
            self.due = self.clock.monotonic() + self.batch.wait;
        }
        self.held.push(event);
    }

    /// Lets nothing more come, and gives what is left, in batches that go at once.
    pub(super) async fn rest(mut self) -> Vec<Vec<T>> {
        self.waiting.close();
        let mut batches = vec![self.held];
        while let Some(event) = self.waiting.recv().await {
            match batches.last_mut() {
                Some(last) if last.len() < self.batch.events_max => last.push(event),
                _ => batches.push(vec![event]),
            }
        }
        batches.retain(|batch| !batch.is_empty());
        batches
    }
}

/// A bucket of tokens, which a batch costs one of.
#[derive(Debug)]
struct Bucket {
    throttle: Throttle,
    tokens: f64,
    at: Monotonic,
}

impl Bucket {
    fn full(throttle: Throttle, now: Monotonic) -> Self {
        Self {
            tokens: throttle.burst.into(),
            throttle,
            at: now,
        }
    }

    /// How long to wait for a token that is taken now.
    fn take(&mut self, now: Monotonic) -> Duration {
        let rate = self.throttle.batches_per_second;
        let come = now.since(self.at).as_secs_f64() * rate;
        self.tokens = (self.tokens + come).min(self.throttle.burst.into()) - 1.0;
        self.at = now;
        if self.tokens >= 0.0 {
            Duration::ZERO
        } else {
            Duration::try_from_secs_f64(-self.tokens / rate).unwrap_or(Duration::MAX)
        }
    }
}

#[cfg(test)]
mod tests;
