//! Bodies of answers: parts of stored objects by reference, and streams. Nothing is copied before TLS.
use crate::cache::Entry;
use bytes::{Buf, Bytes};
use http_body::{Frame, SizeHint};
use std::{
    collections::VecDeque,
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

/// Bytes handed to the connection at once, at most (256 KiB): what a slow reader holds in memory.
const CHUNK_BYTES_MAX: usize = 256 * 1024;

/// One run of bytes of an answer.
#[derive(Debug)]
pub(crate) enum Piece {
    Bytes(Bytes),
    Static(&'static [u8]),
    /// A stored object's document from `"metadata"` on, its resource version put in: body, `"resourceVersion":"N",`, body.
    Object(Arc<Entry>),
}

impl Piece {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Static(bytes) => bytes.len(),
            Self::Object(entry) => entry.document_len(),
        }
    }

    /// Calls `write` with each part in order.
    pub(crate) fn write_to(&self, write: impl FnMut(&[u8])) {
        (0..).map_while(|index| self.part(index)).for_each(write);
    }

    /// Part `index` of this piece; `None` past the last.
    fn part(&self, index: usize) -> Option<&[u8]> {
        match (self, index) {
            (Self::Bytes(bytes), 0) => Some(bytes),
            (Self::Static(bytes), 0) => Some(bytes),
            (Self::Object(entry), _) => entry.document_part(index),
            _ => None,
        }
    }
}

/// A run of pieces as one buffer.
#[derive(Debug, Default)]
pub struct Segments {
    pieces: VecDeque<Piece>,
    part: usize,
    offset: usize,
    remaining: usize,
}

impl Segments {
    pub(crate) fn push(&mut self, piece: Piece) {
        if piece.len() > 0 {
            self.remaining += piece.len();
            self.pieces.push_back(piece);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.remaining == 0
    }

    /// All of it in one allocation.
    #[must_use]
    pub fn into_bytes(mut self) -> Bytes {
        match self.pieces.front() {
            Some(Piece::Bytes(bytes)) if self.pieces.len() == 1 && self.offset == 0 => {
                bytes.clone()
            }
            _ => self.copy_to_bytes(self.remaining),
        }
    }
}

impl From<Bytes> for Segments {
    fn from(bytes: Bytes) -> Self {
        let mut segments = Self::default();
        segments.push(Piece::Bytes(bytes));
        segments
    }
}

impl Buf for Segments {
    fn remaining(&self) -> usize {
        self.remaining
    }

    fn chunk(&self) -> &[u8] {
        let part = self.pieces.front().and_then(|piece| piece.part(self.part));
        part.map_or(&[], |part| &part[self.offset..])
    }

    fn advance(&mut self, mut count: usize) {
        assert!(count <= self.remaining, "advance past the end of an answer");
        self.remaining -= count;
        while let Some(piece) = self.pieces.front() {
            let Some(part) = piece.part(self.part) else {
                self.pieces.pop_front();
                self.part = 0;
                continue;
            };
            let left = part.len() - self.offset;
            if count < left {
                self.offset += count;
                return;
            }
            count -= left;
            self.part += 1;
            self.offset = 0;
        }
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        let mut filled = 0;
        let (mut first, mut skip) = (self.part, self.offset);
        for piece in &self.pieces {
            while let Some(part) = piece.part(first) {
                if filled == slices.len() {
                    return filled;
                }
                if part.len() > skip {
                    slices[filled] = IoSlice::new(&part[skip..]);
                    filled += 1;
                }
                skip = 0;
                first += 1;
            }
            first = 0;
        }
        filled
    }
}

/// A body whose bytes appear over time. An error cuts the answer off, so that nobody takes its beginning for the whole.
pub(crate) trait Streaming: Send {
    fn poll_segments(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Segments>>>;
}

/// The body of an answer.
pub struct Body {
    state: State,
    /// The connection says how long it is before it sends it, where that is known.
    is_length_told: bool,
}

enum State {
    Empty,
    Whole(Segments),
    /// A large answer in chunks.
    Chunked {
        pieces: VecDeque<Piece>,
        remaining: u64,
    },
    Streaming(Box<dyn Streaming>),
}

impl Body {
    #[must_use]
    pub fn empty() -> Self {
        Self::of(State::Empty)
    }

    fn of(state: State) -> Self {
        Self {
            state,
            is_length_told: true,
        }
    }

    /// The same, whose end alone says how long it was.
    #[must_use]
    pub(crate) fn with_length_untold(self) -> Self {
        Self {
            is_length_told: false,
            ..self
        }
    }

    pub(crate) fn pieces(pieces: Vec<Piece>) -> Self {
        let remaining: usize = pieces.iter().map(Piece::len).sum();
        if remaining <= CHUNK_BYTES_MAX {
            let mut segments = Segments::default();
            pieces.into_iter().for_each(|piece| segments.push(piece));
            return Self::of(State::Whole(segments));
        }
        Self::of(State::Chunked {
            pieces: pieces.into(),
            remaining: remaining as u64,
        })
    }

    pub(crate) fn streaming(stream: impl Streaming + 'static) -> Self {
        Self::of(State::Streaming(Box::new(stream)))
    }

    /// Length in bytes, when it is known.
    #[must_use]
    pub fn exact_len(&self) -> Option<u64> {
        match &self.state {
            State::Empty => Some(0),
            State::Whole(segments) => Some(segments.remaining as u64),
            State::Chunked { remaining, .. } => Some(*remaining),
            State::Streaming(_) => None,
        }
    }

    /// The bytes of a body that does not stream.
    pub(crate) fn into_pieces(self) -> Result<Vec<Piece>, Self> {
        match self.state {
            State::Empty => Ok(Vec::new()),
            State::Whole(segments) => Ok(segments.pieces.into()),
            State::Chunked { pieces, .. } => Ok(pieces.into()),
            State::Streaming(_) => Err(self),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::of(State::Whole(Segments::from(bytes)))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl http_body::Body for Body {
    type Data = Segments;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Segments>>>> {
        let segments = match &mut self.state {
            State::Empty => None,
            State::Whole(_) => match std::mem::replace(&mut self.state, State::Empty) {
                State::Whole(segments) if segments.remaining > 0 => Some(segments),
                _ => None,
            },
            State::Chunked { pieces, remaining } => next_chunk(pieces, remaining),
            State::Streaming(stream) => {
                let next = std::task::ready!(stream.poll_segments(context));
                return Poll::Ready(next.map(|segments| segments.map(Frame::data)));
            }
        };
        Poll::Ready(segments.map(|segments| Ok(Frame::data(segments))))
    }

    fn is_end_stream(&self) -> bool {
        self.exact_len() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        let told = self.exact_len().filter(|_| self.is_length_told);
        told.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Body")
            .field("exact_len", &self.exact_len())
            .finish_non_exhaustive()
    }
}

fn next_chunk(pieces: &mut VecDeque<Piece>, remaining: &mut u64) -> Option<Segments> {
    let mut segments = Segments::default();
    while let Some(piece) = pieces.pop_front() {
        segments.push(piece);
        if segments.remaining >= CHUNK_BYTES_MAX {
            break;
        }
    }
    *remaining -= segments.remaining as u64;
    (segments.remaining > 0).then_some(segments)
}

#[cfg(test)]
mod tests;
