//! Which lines of a log are answered, and how they look. Pure.

use crate::streaming::{LogOptions, LogStreamKind};
use jiff::{SignedDuration, Timestamp};

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    More,
    /// The byte limit is reached.
    Enough,
}

/// PodLogOptions, applied line by line.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    since: Option<Timestamp>,
    stream: LogStreamKind,
    timestamps: bool,
    bytes_left: Option<u64>,
    /// The line before was partial: this one continues it.
    inside: bool,
}

impl Filter {
    pub(super) fn new(options: &LogOptions, now: Timestamp) -> Self {
        let seconds = options
            .since_seconds
            .map(|seconds| i64::try_from(seconds).unwrap_or(i64::MAX));
        let ago =
            seconds.and_then(|seconds| now.checked_sub(SignedDuration::from_secs(seconds)).ok());
        Self {
            since: options.since_time.or(ago),
            stream: options.stream,
            timestamps: options.timestamps,
            bytes_left: options.limit_bytes,
            inside: false,
        }
    }

    /// Every line, without timestamps.
    pub(super) fn all() -> Self {
        Self {
            since: None,
            stream: LogStreamKind::All,
            timestamps: false,
            bytes_left: None,
            inside: false,
        }
    }

    /// Appends what `raw` (with its newline, if it has one) contributes to the answer.
    pub(super) fn line(&mut self, raw: &[u8], out: &mut Vec<u8>) -> Verdict {
        if self.bytes_left == Some(0) {
            return Verdict::Enough;
        }
        let Some(line) = Line::parse(raw) else {
            return Verdict::More;
        };
        let begins = !std::mem::replace(&mut self.inside, line.partial);
        if !self.wants(&line) {
            return Verdict::More;
        }
        let before = out.len();
        if self.timestamps && begins {
            out.extend_from_slice(line.time);
            out.push(b' ');
        }
        out.extend_from_slice(line.text);
        if !line.partial {
            out.push(b'\n');
        }
        self.limit(before, out)
    }

    fn wants(&self, line: &Line<'_>) -> bool {
        let stream = match self.stream {
            LogStreamKind::All => true,
            LogStreamKind::Stdout => line.stream == b"stdout",
            LogStreamKind::Stderr => line.stream == b"stderr",
        };
        stream
            && self
                .since
                .is_none_or(|since| line.timestamp().is_none_or(|time| time >= since))
    }

    fn limit(&mut self, before: usize, out: &mut Vec<u8>) -> Verdict {
        let Some(left) = self.bytes_left else {
            return Verdict::More;
        };
        let room = usize::try_from(left).unwrap_or(usize::MAX);
        out.truncate(out.len().min(before.saturating_add(room)));
        let left = left - (out.len() - before) as u64;
        self.bytes_left = Some(left);
        if left == 0 {
            Verdict::Enough
        } else {
            Verdict::More
        }
    }
}

/// One line in the CRI format.
struct Line<'a> {
    time: &'a [u8],
    stream: &'a [u8],
    partial: bool,
    text: &'a [u8],
}

impl<'a> Line<'a> {
    /// `None` for what is no log line, such as one torn by a full disk.
    fn parse(raw: &'a [u8]) -> Option<Self> {
        let raw = raw.strip_suffix(b"\n").unwrap_or(raw);
        let mut fields = raw.splitn(4, |byte| *byte == b' ');
        let (time, stream, tags) = (fields.next()?, fields.next()?, fields.next()?);
        let partial = tags.split(|byte| *byte == b':').next() == Some(b"P");
        Some(Self {
            time,
            stream,
            partial,
            text: fields.next()?,
        })
    }

    fn timestamp(&self) -> Option<Timestamp> {
        std::str::from_utf8(self.time).ok()?.parse().ok()
    }
}
