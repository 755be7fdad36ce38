//! Container logs: the CRI format read with PodLogOptions, from any point, followed across rotation.
//!
//! A line is `<RFC 3339 time> <stdout|stderr> <P|F>[:…] <text>`; `P` marks a line that continues in the next one.

mod filter;
mod follow;
mod tail;
#[cfg(test)]
mod tests;

use crate::streaming::{LogOptions, LogPieces};
use bytes::Bytes;
use filter::{Filter, Verdict};
use follow::Changes;
use futures::future::BoxFuture;
use jiff::Timestamp;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio::sync::mpsc;

/// Bytes of one answered piece, about.
const PIECE_BYTES: usize = 32 * 1024;
/// Pieces that wait for the client; with [`PIECE_BYTES`] the bound of a reader's memory.
const PIECES_QUEUED_MAX: usize = 4;
/// A longer line is answered in parts.
const LINE_BYTES_MAX: usize = 256 * 1024;

/// What to read, and until when.
pub(crate) struct LogSource {
    pub(crate) path: PathBuf,
    /// Completes once the container no longer runs; then a follower reads to the end and stops.
    pub(crate) stopped: BoxFuture<'static, ()>,
}

/// The reading of one log as a future to spawn, and its pieces.
pub(crate) fn read(
    source: LogSource,
    options: &LogOptions,
    now: Timestamp,
) -> (impl Future<Output = ()> + Send + 'static, LogPieces) {
    let (sender, pieces) = mpsc::channel(PIECES_QUEUED_MAX);
    let (follow, tail_lines) = (options.follow, options.tail_lines);
    let filter = Filter::new(options, now);
    let reading = async move {
        let mut reader = Reader {
            sender,
            filter,
            out: Vec::new(),
            line: Vec::new(),
        };
        if let Err(error) = reader.run(source, follow, tail_lines).await {
            // The client may have left meanwhile.
            let _ = reader.sender.send(Err(error)).await;
        }
    };
    (reading, pieces)
}

struct Reader {
    sender: mpsc::Sender<io::Result<Bytes>>,
    filter: Filter,
    out: Vec<u8>,
    /// The beginning of a line whose end is not there yet.
    line: Vec<u8>,
}

impl Reader {
    async fn run(
        &mut self,
        source: LogSource,
        follow: bool,
        tail_lines: Option<u64>,
    ) -> io::Result<()> {
        let LogSource { path, mut stopped } = source;
        // Watched before the first read, so that no write falls between.
        let mut changes = if follow {
            Some(Changes::watch(&path)?)
        } else {
            None
        };
        let mut file = File::open(&path).await?;
        if let Some(lines) = tail_lines {
            let start = tail::start(&mut file, lines).await?;
            file.seek(io::SeekFrom::Start(start)).await?;
        }
        let mut running = true;
        loop {
            if self.read_to_end(&mut file).await? == Verdict::Enough {
                return Ok(());
            }
            let Some(changes) = changes.as_mut() else {
                return self.finish().await;
            };
            if let Some(next) = rotated(&file, &path).await? {
                // What was written between the last read and the rename.
                self.read_to_end(&mut file).await?;
                file = next;
                continue;
            }
            if !running {
                return self.finish().await;
            }
            tokio::select! {
                changed = changes.next() => changed?,
                () = &mut stopped => running = false,
                () = self.sender.closed() => return Ok(()),
            }
        }
    }

    async fn read_to_end(&mut self, file: &mut File) -> io::Result<Verdict> {
        let mut chunk = vec![0_u8; PIECE_BYTES];
        loop {
            let read = file.read(&mut chunk).await?;
            if read == 0 {
                self.send().await?;
                return Ok(Verdict::More);
            }
            if self.take(&chunk[..read]) == Verdict::Enough {
                self.send().await?;
                return Ok(Verdict::Enough);
            }
            if self.out.len() >= PIECE_BYTES {
                self.send().await?;
            }
        }
    }

    fn take(&mut self, chunk: &[u8]) -> Verdict {
        for part in chunk.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") || self.line.len() > LINE_BYTES_MAX {
                let verdict = self.filter.line(&self.line, &mut self.out);
                self.line.clear();
                if verdict == Verdict::Enough {
                    return verdict;
                }
            }
        }
        Verdict::More
    }

    /// The last line of a log may lack its end.
    async fn finish(&mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            let line = std::mem::take(&mut self.line);
            self.filter.line(&line, &mut self.out);
        }
        self.send().await
    }

    async fn send(&mut self) -> io::Result<()> {
        if self.out.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::take(&mut self.out));
        self.sender
            .send(Ok(piece))
            .await
            .map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

/// The file that now has the log's name, if it is another than `file`.
async fn rotated(file: &File, path: &Path) -> io::Result<Option<File>> {
    let next = match File::open(path).await {
        Ok(next) => next,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let same = file.metadata().await?.ino() == next.metadata().await?.ino();
    Ok((!same).then_some(next))
}

/// The last lines of a log as text, at most so many and so long; empty if it cannot be read.
pub(crate) async fn last_lines(path: &Path, lines_max: u64, bytes_max: usize) -> String {
    let Ok(mut file) = File::open(path).await else {
        return String::new();
    };
    let Ok(start) = tail::start(&mut file, lines_max).await else {
        return String::new();
    };
    let mut raw = Vec::new();
    if file.seek(io::SeekFrom::Start(start)).await.is_err()
        || file.read_to_end(&mut raw).await.is_err()
    {
        return String::new();
    }
    let mut text = Vec::new();
    let mut filter = Filter::all();
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        filter.line(line, &mut text);
    }
    let begin = text.len().saturating_sub(bytes_max);
    String::from_utf8_lossy(&text[begin..]).into_owned()
}
