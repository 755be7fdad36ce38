//! Watches: the events of a range, in order, without a gap.

use crate::{Event, KeyRange, Revision, WatchError};
use futures::Stream;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// What to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchRequest {
    pub range: KeyRange,
    /// The first revision whose events are wanted; [`Revision::NONE`] is the next one to be written.
    pub from: Revision,
    /// Also wake for writes outside the range, with an empty batch that tells the revision.
    pub progress: bool,
}

/// Events that were committed together, those of one revision never apart.
#[derive(Clone, Debug)]
pub struct WatchBatch {
    /// In the order of revisions. Empty when the batch only tells progress.
    pub events: Arc<[Event]>,
    /// Every event of the range up to and including this revision has been delivered with this batch.
    pub revision: Revision,
}

/// What a store puts behind a [`Watch`].
pub trait WatchSource: Send {
    /// The next batch; an error ends the watch.
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<WatchBatch, WatchError>>;
}

/// A running watch. Dropping it ends it. It holds no queue: a slow watcher costs no memory, and when its place
/// in history is compacted it ends with [`WatchError::Compacted`].
pub struct Watch {
    source: Option<Box<dyn WatchSource>>,
}

impl WatchRequest {
    /// Follows `range` from `from` (inclusive) on.
    #[must_use]
    pub fn new(range: KeyRange, from: Revision) -> Self {
        Self {
            range,
            from,
            progress: false,
        }
    }

    /// Also asks for empty batches when something outside the range was written.
    #[must_use]
    pub fn with_progress(self) -> Self {
        Self {
            progress: true,
            ..self
        }
    }
}

impl Watch {
    /// A watch over `source`.
    #[must_use]
    pub fn new(source: Box<dyn WatchSource>) -> Self {
        Self {
            source: Some(source),
        }
    }

    /// Waits for the next batch. Dropping the future loses nothing.
    ///
    /// # Errors
    /// The reason why the watch ended, once; afterwards [`WatchError::Closed`].
    pub async fn next(&mut self) -> Result<WatchBatch, WatchError> {
        std::future::poll_fn(|context| self.poll_batch(context)).await
    }

    fn poll_batch(&mut self, context: &mut Context<'_>) -> Poll<Result<WatchBatch, WatchError>> {
        let Some(source) = &mut self.source else {
            return Poll::Ready(Err(WatchError::Closed));
        };
        let polled = source.poll_next(context);
        if let Poll::Ready(Err(_)) = polled {
            self.source = None;
        }
        polled
    }
}

impl Stream for Watch {
    type Item = Result<WatchBatch, WatchError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.source.is_none() {
            return Poll::Ready(None);
        }
        self.poll_batch(context).map(Some)
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("ended", &self.source.is_none())
            .finish()
    }
}
