//! The log that events go to: one line each, at once or in batches.
mod file;

use self::file::Rotated;
use super::{
    batch::{Batch, Batches},
    event,
};
use platform::Platform;
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use telemetry::metrics::Counter;
use tokio::sync::{Mutex, mpsc, oneshot};

/// Lines that wait for the disk. A request whose line finds no place waits itself.
const WAITING_MAX: usize = 256;

/// When lines are written.
#[derive(Clone, Debug, PartialEq)]
pub enum LogMode {
    /// Later, together with others; what finds no place among those that wait is lost.
    Batch(Batch),
    /// Before the request goes on, whatever comes of it.
    Blocking,
    /// Before the request goes on, which is refused when its first line cannot be written.
    BlockingStrict,
}

/// How events are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    #[default]
    Json,
    /// Words for people: no objects, no annotations.
    Legacy,
}

impl LogFormat {
    /// The line for an event in JSON.
    fn line(self, event: &[u8]) -> Vec<u8> {
        match self {
            Self::Json => event::line(event),
            Self::Legacy => event::text(event),
        }
    }
}

/// Where events go, and how much of them stays.
#[derive(Clone, Debug, PartialEq)]
pub struct LogSettings {
    /// `-` is standard output, which is never rotated.
    pub path: PathBuf,
    pub mode: LogMode,
    pub format: LogFormat,
    /// Bytes after which a new file is begun. Where there is no bound, files that are old already stay as they are.
    pub bytes_max: u64,
    /// Old files that stay; 0 for all.
    pub backups_max: usize,
    /// Days that old files stay; 0 for ever.
    pub age_days_max: u32,
    /// Whether old files are compressed.
    pub compress: bool,
}

/// With who waits to hear whether it was written.
type Line = (Vec<u8>, Option<oneshot::Sender<bool>>);

/// The way to the file: lines are written in the order in which they are given.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    mode: LogMode,
    format: LogFormat,
    lines: mpsc::Sender<Line>,
    /// The writer's, until it ends with the server; then that of the last requests.
    target: Arc<Mutex<Target>>,
    lost: Arc<Counter>,
    /// Of lines that found no place.
    overflown: Arc<Counter>,
}

impl Log {
    /// Opens the file and starts its writer.
    ///
    /// # Errors
    /// When the file cannot be opened for appending.
    pub(crate) fn start(
        settings: LogSettings,
        platform: &Platform,
        lost: Arc<Counter>,
        overflown: Arc<Counter>,
    ) -> io::Result<Self> {
        let (mode, format) = (settings.mode.clone(), settings.format);
        let target = Arc::new(Mutex::new(Target::open(settings, platform)?));
        let of_writer = (Arc::clone(&target), Arc::clone(&lost));
        let (tasks, draining) = (&platform.tasks, platform.tasks.draining());
        let (lines, writer) = match &mode {
            LogMode::Batch(batch) => {
                let (lines, waiting) = mpsc::channel(batch.events_waiting_max);
                let batches = Batches::new(batch.clone(), platform.clock.clone(), waiting);
                let writer = write_batches(of_writer, batches, draining);
                (lines, tasks.spawn_thread("audit log", writer)?)
            }
            LogMode::Blocking | LogMode::BlockingStrict => {
                let (lines, waiting) = mpsc::channel(WAITING_MAX);
                let writer = write_all(of_writer, waiting, draining);
                (lines, tasks.spawn_thread("audit log", writer)?)
            }
        };
        drop(writer);
        Ok(Self {
            mode,
            format,
            lines,
            target,
            lost,
            overflown,
        })
    }

    /// Whether the request that the event tells of may go on. But for batches its line is with the kernel then.
    pub(crate) async fn write(&self, event: &[u8]) -> bool {
        let line = self.format.line(event);
        if matches!(self.mode, LogMode::Batch(_)) {
            match self.lines.try_send((line, None)) {
                Ok(()) => {}
                Err(mpsc::error::TrySendError::Closed((line, _))) => {
                    self.target.lock().await.keep(&line, &self.lost);
                }
                Err(mpsc::error::TrySendError::Full(_)) => {
                    self.overflown.increment();
                    tracing::error!("an audit event is lost: the queue of the log is full");
                }
            }
            return true;
        }
        let (written, done) = oneshot::channel();
        let is_written = match self.lines.send((line, Some(written))).await {
            // An error means that the writer was ended by force.
            Ok(()) => done.await.unwrap_or(false),
            Err(mpsc::error::SendError((line, _))) => {
                self.target.lock().await.keep(&line, &self.lost)
            }
        };
        is_written || self.mode != LogMode::BlockingStrict
    }
}

/// Writes until the server drains, and then what waits.
async fn write_all(
    (target, lost): (Arc<Mutex<Target>>, Arc<Counter>),
    mut waiting: mpsc::Receiver<Line>,
    draining: impl Future<Output = ()>,
) {
    let mut target = target.lock_owned().await;
    let mut draining = std::pin::pin!(draining);
    let mut ending = false;
    loop {
        let next = tokio::select! {
            biased;
            next = waiting.recv() => next,
            () = &mut draining, if !ending => {
                waiting.close();
                ending = true;
                continue;
            }
        };
        let Some((line, written)) = next else { return };
        let is_written = target.keep(&line, &lost);
        // The request may have gone meanwhile.
        written.map(|written| written.send(is_written));
    }
}

/// Writes batches until the server drains, and then the rest.
async fn write_batches(
    (target, lost): (Arc<Mutex<Target>>, Arc<Counter>),
    mut batches: Batches<Line>,
    draining: impl Future<Output = ()>,
) {
    let mut target = target.lock_owned().await;
    let mut draining = std::pin::pin!(draining);
    let mut write = |lines: Vec<Line>| {
        for (line, _) in lines {
            target.keep(&line, &lost);
        }
    };
    loop {
        tokio::select! {
            biased;
            () = &mut draining => break,
            batch = batches.next() => match batch {
                Some(lines) => write(lines),
                None => break,
            }
        }
    }
    batches.rest().await.into_iter().for_each(write);
}

#[derive(Debug)]
enum Target {
    Output,
    File(Rotated),
}

impl Target {
    fn open(settings: LogSettings, platform: &Platform) -> io::Result<Self> {
        if settings.path == Path::new("-") {
            return Ok(Self::Output);
        }
        Rotated::open(settings, platform.clone()).map(Self::File)
    }

    /// Writes a line, or says that it is lost.
    fn keep(&mut self, line: &[u8], lost: &Counter) -> bool {
        let written = match self {
            Self::Output => io::stdout().lock().write_all(line),
            Self::File(file) => file.write(line),
        };
        if let Err(error) = &written {
            lost.increment();
            tracing::error!(%error, "an audit event is lost");
        }
        written.is_ok()
    }
}
