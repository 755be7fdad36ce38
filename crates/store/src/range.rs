//! Ranges of keys, and reading them.

use crate::{KeyValue, Revision};
use bytes::Bytes;
use std::ops::Bound;

/// A half-open range of keys, `start..end`; without an end it goes on to the last key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRange {
    pub start: Bytes,
    pub end: Option<Bytes>,
}

/// What to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeRequest {
    pub range: KeyRange,
    /// At most so many keys; 0 is all of them.
    pub limit: usize,
    /// As it was then; none is now.
    pub at: Option<Revision>,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeResponse {
    /// The revision that this is the state of: `at`, or the newest when reading began.
    pub revision: Revision,
    /// In key order.
    pub items: Vec<KeyValue>,
    /// How many keys the range holds, those beyond the limit included.
    pub count: usize,
}

impl KeyRange {
    /// Every key.
    #[must_use]
    pub fn all() -> Self {
        Self {
            start: Bytes::new(),
            end: None,
        }
    }

    /// One key.
    #[must_use]
    pub fn key(key: impl Into<Bytes>) -> Self {
        let start = key.into();
        let mut end = Vec::with_capacity(start.len() + 1);
        end.extend_from_slice(&start);
        end.push(0);
        Self {
            start,
            end: Some(end.into()),
        }
    }

    /// Every key that begins with `prefix`.
    #[must_use]
    pub fn prefix(prefix: impl Into<Bytes>) -> Self {
        let start = prefix.into();
        let end = start.iter().rposition(|byte| *byte < u8::MAX).map(|last| {
            let mut end = start[..=last].to_vec();
            end[last] += 1;
            end.into()
        });
        Self { start, end }
    }

    /// From `start` on, `end` excluded.
    #[must_use]
    pub fn between(start: impl Into<Bytes>, end: impl Into<Bytes>) -> Self {
        Self {
            start: start.into(),
            end: Some(end.into()),
        }
    }

    /// Whether `key` lies in it.
    #[must_use]
    pub fn contains(&self, key: &[u8]) -> bool {
        *key >= *self.start && self.end.as_ref().is_none_or(|end| *key < **end)
    }

    /// Whether no key can lie in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.end.as_ref().is_some_and(|end| *end <= self.start)
    }

    pub(crate) fn bounds(&self) -> (Bound<&[u8]>, Bound<&[u8]>) {
        (
            Bound::Included(&self.start),
            self.end
                .as_deref()
                .map_or(Bound::Unbounded, Bound::Excluded),
        )
    }
}

impl RangeRequest {
    /// All of `range`, now.
    #[must_use]
    pub fn new(range: KeyRange) -> Self {
        Self {
            range,
            limit: 0,
            at: None,
        }
    }

    /// At most `limit` keys; 0 is all of them.
    #[must_use]
    pub fn limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// As it was at `revision`.
    #[must_use]
    pub fn at(self, revision: Revision) -> Self {
        Self {
            at: Some(revision),
            ..self
        }
    }
}

impl RangeResponse {
    /// Whether the limit cut keys off.
    #[must_use]
    pub fn more(&self) -> bool {
        self.count > self.items.len()
    }
}

#[cfg(test)]
mod tests;
