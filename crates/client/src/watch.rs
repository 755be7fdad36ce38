//! A watch as a stream of events: cuts the body into lines, decodes each.

use crate::{Body, Decode, Error, TransportError, wire};
use bytes::{Buf, Bytes, BytesMut};
use http_body_util::BodyExt;
use meta::{Str, codec::Projection};
use std::marker::PhantomData;

/// Largest single event; upstream's objects stay below 3 MiB.
const EVENT_BYTES_MAX: usize = 16 << 20;

/// One event of a watch. An `ERROR` event is an [`Error::Api`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchEvent<D> {
    Added(D),
    Modified(D),
    Deleted(D),
    /// Everything up to `revision` has been sent.
    Bookmark {
        revision: Str,
        initial_events_end: bool,
    },
}

/// An open watch. Dropping it ends the watch.
pub struct WatchStream<D> {
    what: String,
    body: Body,
    lines: Lines,
    parts: Projection,
    decoded: PhantomData<fn() -> D>,
}

impl<D> std::fmt::Debug for WatchStream<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WatchStream")
            .field("what", &self.what)
            .finish_non_exhaustive()
    }
}

impl<D: Decode> WatchStream<D> {
    pub(crate) fn new(what: String, body: Body, parts: Projection) -> Self {
        Self {
            what,
            body,
            lines: Lines::default(),
            parts,
            decoded: PhantomData,
        }
    }

    /// The next event; `None` when the server has ended the watch. Cancel-safe.
    pub async fn next(&mut self) -> Option<Result<WatchEvent<D>, Error>> {
        loop {
            if let Some(line) = self.lines.next() {
                return Some(wire::decode_event(&self.what, &line, self.parts));
            }
            match self.body.frame().await {
                None => return None,
                Some(Err(source)) => return Some(Err(self.broken(source))),
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data()
                        && let Err(error) = self.lines.push(data)
                    {
                        return Some(Err(self.broken(error)));
                    }
                }
            }
        }
    }

    fn broken(&self, source: TransportError) -> Error {
        Error::Transport {
            method: http::Method::GET,
            path: self.what.clone(),
            source,
        }
    }
}

/// Cuts frames into lines. A line that lies within one frame is not copied.
#[derive(Debug, Default)]
struct Lines {
    /// The beginning of a line whose end has not arrived.
    partial: BytesMut,
    frame: Bytes,
}

impl Lines {
    fn push(&mut self, frame: Bytes) -> Result<(), TransportError> {
        debug_assert!(self.frame.is_empty(), "the last frame was drained");
        if self.partial.len() + frame.len() > EVENT_BYTES_MAX && !frame.contains(&b'\n') {
            return Err(TransportError::TooLarge {
                bytes_max: EVENT_BYTES_MAX,
            });
        }
        self.frame = frame;
        Ok(())
    }

    fn next(&mut self) -> Option<Bytes> {
        loop {
            let Some(end) = memchr::memchr(b'\n', &self.frame) else {
                self.partial.extend_from_slice(&self.frame);
                self.frame.clear();
                return None;
            };
            let mut line = self.frame.split_to(end);
            self.frame.advance(1);
            if !self.partial.is_empty() {
                self.partial.extend_from_slice(&line);
                line = self.partial.split().freeze();
            }
            if !line.trim_ascii().is_empty() {
                return Some(line);
            }
        }
    }
}

#[cfg(test)]
mod tests;
