//! The file that events go to: one line each, a new file when it is full, old files removed by number and age.
use super::event;
use jiff::{SignedDuration, Timestamp};
use platform::{Clock, Platform};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};
use telemetry::metrics::Counter;
use tokio::sync::{Mutex, mpsc, oneshot};

/// Lines that wait for the disk. A request whose line finds no place waits itself.
const WAITING_MAX: usize = 256;

/// When lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogMode {
    /// Later; what finds no place among those that wait is lost.
    Batch { lines_waiting_max: usize },
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSettings {
    /// `-` is standard output, which is never rotated.
    pub path: PathBuf,
    pub mode: LogMode,
    pub format: LogFormat,
    /// Bytes after which a new file is begun.
    pub bytes_max: u64,
    /// Old files that stay; 0 for all.
    pub backups_max: usize,
    /// Days that old files stay; 0 for ever.
    pub age_days_max: u32,
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
        let (mode, format) = (settings.mode, settings.format);
        let waiting_max = match mode {
            LogMode::Batch { lines_waiting_max } => lines_waiting_max,
            LogMode::Blocking | LogMode::BlockingStrict => WAITING_MAX,
        };
        let target = Target::open(settings, platform.clock.clone())?;
        let target = Arc::new(Mutex::new(target));
        let (lines, waiting) = mpsc::channel(waiting_max);
        let of_writer = (Arc::clone(&target), Arc::clone(&lost));
        let writer = write_all(of_writer, waiting, platform.tasks.draining());
        drop(platform.tasks.spawn_thread("audit log", writer)?);
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
        if matches!(self.mode, LogMode::Batch { .. }) {
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

#[derive(Debug)]
enum Target {
    Output,
    File {
        settings: LogSettings,
        clock: Clock,
        file: File,
        bytes: u64,
    },
}

impl Target {
    fn open(settings: LogSettings, clock: Clock) -> io::Result<Self> {
        if settings.path == Path::new("-") {
            return Ok(Self::Output);
        }
        let file = append(&settings.path)?;
        let bytes = file.metadata()?.len();
        Ok(Self::File {
            settings,
            clock,
            file,
            bytes,
        })
    }

    /// Writes a line, or says that it is lost.
    fn keep(&mut self, line: &[u8], lost: &Counter) -> bool {
        let written = self.write(line);
        if let Err(error) = &written {
            lost.increment();
            tracing::error!(%error, "an audit event is lost");
        }
        written.is_ok()
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        match self {
            Self::Output => io::stdout().lock().write_all(line),
            Self::File {
                settings,
                clock,
                file,
                bytes,
            } => {
                let length = line.len() as u64;
                if *bytes > 0 && *bytes + length > settings.bytes_max {
                    *file = rotate(settings, clock.now())?;
                    *bytes = 0;
                }
                file.write_all(line)?;
                *bytes += length;
                Ok(())
            }
        }
    }
}

/// Nobody else may read what is in requests.
fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
}

/// `audit.log` becomes `audit-2026-01-31T10-00-00.000.log`, and too old ones go.
fn rotate(settings: &LogSettings, now: Timestamp) -> io::Result<File> {
    let (stem, end) = name_parts(&settings.path);
    let stamp = now.strftime("%Y-%m-%dT%H-%M-%S.%3f");
    fs::rename(
        &settings.path,
        settings.path.with_file_name(format!("{stem}{stamp}{end}")),
    )?;
    let file = append(&settings.path)?;
    if let Err(error) = remove_old(settings, now) {
        tracing::warn!(%error, "old audit logs cannot be removed");
    }
    Ok(file)
}

/// What stands before and after the time in the names of old files.
fn name_parts(path: &Path) -> (String, String) {
    let text = |part: Option<&std::ffi::OsStr>| {
        part.map_or_else(String::new, |part| part.to_string_lossy().into_owned())
    };
    let end = path
        .extension()
        .map_or_else(String::new, |end| format!(".{}", end.to_string_lossy()));
    (format!("{}-", text(path.file_stem())), end)
}

fn remove_old(settings: &LogSettings, now: Timestamp) -> io::Result<()> {
    let (stem, end) = name_parts(&settings.path);
    let directory = settings
        .path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let directory = directory.unwrap_or(Path::new("."));
    let mut old = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let time = name
            .strip_prefix(&stem)
            .and_then(|rest| rest.strip_suffix(&end));
        let time = time.and_then(|time| {
            Timestamp::strptime("%Y-%m-%dT%H-%M-%S.%f%z", format!("{time}+0000")).ok()
        });
        if let Some(time) = time {
            old.push((time, directory.join(name)));
        }
    }
    old.sort();
    old.reverse();
    let age = SignedDuration::from_hours(24 * i64::from(settings.age_days_max));
    for (index, (time, path)) in old.into_iter().enumerate() {
        let surplus = settings.backups_max > 0 && index >= settings.backups_max;
        let aged = settings.age_days_max > 0 && now.duration_since(time) > age;
        if surplus || aged {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
