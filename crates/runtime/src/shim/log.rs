//! Log files in CRI's format: `<time> <stream> <F|P> <text>`, rotated by size.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::clock;

/// Longer lines are written in parts, tagged `P` but for the last.
const LINE_BYTES_MAX: usize = 16 << 10;
/// Written at once.
const WRITE_BYTES: usize = 32 << 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

impl Stream {
    fn name(self) -> &'static [u8] {
        match self {
            Self::Stdout => b"stdout",
            Self::Stderr => b"stderr",
        }
    }
}

/// The log of one container.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    /// `None` after a failure, until it is reopened: a full disk must not stop the container.
    file: Option<File>,
    bytes: u64,
    bytes_max: u64,
    files_max: u32,
}

impl Log {
    pub(super) fn open(path: &Path, bytes_max: u64, files_max: u32) -> Self {
        let mut log = Self {
            path: path.to_owned(),
            file: None,
            bytes: 0,
            bytes_max,
            files_max,
        };
        log.reopen();
        log
    }

    /// Opens the file at the path anew: somebody else has moved the old one.
    pub(super) fn reopen(&mut self) {
        self.file = File::options()
            .create(true)
            .append(true)
            .open(&self.path)
            .ok();
        self.bytes = self
            .file
            .as_ref()
            .and_then(|f| f.metadata().ok())
            .map_or(0, |m| m.len());
    }

    fn write(&mut self, bytes: &[u8]) {
        let Some(file) = &mut self.file else { return };
        if file.write_all(bytes).is_err() {
            return;
        }
        self.bytes += bytes.len() as u64;
        if self.bytes_max > 0 && self.bytes >= self.bytes_max {
            self.rotate();
        }
    }

    fn rotate(&mut self) {
        let name = self
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let old = self
            .path
            .with_file_name(format!("{name}.{}", clock::compact(clock::wall_ns())));
        if std::fs::rename(&self.path, old).is_ok() {
            self.reopen();
            self.prune(&name);
        }
    }

    /// Removes the oldest rotated files; their names sort by time.
    fn prune(&self, name: &str) {
        let Some(Ok(entries)) = self.path.parent().map(std::fs::read_dir) else {
            return;
        };
        let prefix = format!("{name}.");
        let rotated = entries
            .flatten()
            .filter(|e| e.file_name().to_string_lossy().starts_with(&prefix));
        let mut paths: Vec<PathBuf> = rotated.map(|e| e.path()).collect();
        paths.sort();
        let keep = self.files_max.saturating_sub(1) as usize;
        for path in paths.iter().rev().skip(keep) {
            // It is tried again at the next rotation.
            let _left = std::fs::remove_file(path);
        }
    }
}

/// Cuts one stream into lines.
#[derive(Debug)]
pub(super) struct Lines {
    stream: Stream,
    /// The beginning of a line whose end has not arrived.
    rest: Vec<u8>,
}

impl Lines {
    pub(super) fn new(stream: Stream) -> Self {
        Self {
            stream,
            rest: Vec::new(),
        }
    }

    /// Writes all whole lines; keeps the rest for later.
    pub(super) fn feed(&mut self, mut bytes: &[u8], log: &mut Log) {
        let mut writer = Writer::new(self.stream, log);
        while let Some(end) = bytes.iter().position(|b| *b == b'\n') {
            let (line, rest) = (&bytes[..end], &bytes[end + 1..]);
            writer.long_line(&self.rest, line);
            self.rest.clear();
            bytes = rest;
        }
        self.rest.extend_from_slice(bytes);
        while self.rest.len() >= LINE_BYTES_MAX {
            writer.line(b"P", &self.rest[..LINE_BYTES_MAX]);
            self.rest.drain(..LINE_BYTES_MAX);
        }
        if self.rest.is_empty() {
            self.rest = Vec::new();
        }
        writer.flush();
    }

    /// The stream has ended: what is left is a line.
    pub(super) fn finish(&mut self, log: &mut Log) {
        if !self.rest.is_empty() {
            let mut writer = Writer::new(self.stream, log);
            writer.line(b"F", &self.rest);
            writer.flush();
            self.rest = Vec::new();
        }
    }
}

/// Gathers lines, so that a chunk of many costs one write.
struct Writer<'a> {
    log: &'a mut Log,
    prefix: Vec<u8>,
    out: Vec<u8>,
}

impl<'a> Writer<'a> {
    fn new(stream: Stream, log: &'a mut Log) -> Self {
        let mut prefix = Vec::with_capacity(48);
        clock::rfc3339(clock::wall_ns(), &mut prefix);
        prefix.push(b' ');
        prefix.extend_from_slice(stream.name());
        prefix.push(b' ');
        Self {
            log,
            prefix,
            out: Vec::new(),
        }
    }

    fn long_line(&mut self, head: &[u8], tail: &[u8]) {
        let whole: Vec<u8>;
        let mut line = tail;
        if !head.is_empty() {
            whole = [head, tail].concat();
            line = &whole;
        }
        while line.len() > LINE_BYTES_MAX {
            self.line(b"P", &line[..LINE_BYTES_MAX]);
            line = &line[LINE_BYTES_MAX..];
        }
        self.line(b"F", line);
    }

    fn line(&mut self, tag: &[u8], text: &[u8]) {
        for part in [self.prefix.as_slice(), tag, b" ", text, b"\n"] {
            self.out.extend_from_slice(part);
        }
        if self.out.len() >= WRITE_BYTES {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if !self.out.is_empty() {
            self.log.write(&self.out);
            self.out.clear();
        }
    }
}

#[cfg(test)]
mod tests;
