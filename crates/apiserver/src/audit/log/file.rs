//! The file that lines are written to: a new one when it is full; old ones go by number and age, and may be compressed meanwhile.
//! Upstream: `lumberjack`.
use super::LogSettings;
use flate2::{Compression, write::GzEncoder};
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use platform::Platform;
use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Of files that nobody else may read: they hold what is in requests.
const OWNER_ONLY: u32 = 0o600;
const COMPRESSED: &str = ".gz";

/// A file that is rotated.
#[derive(Debug)]
pub(super) struct Rotated {
    settings: LogSettings,
    platform: Platform,
    file: File,
    bytes: u64,
    /// Held while old files are looked after.
    looked_after: Arc<Mutex<()>>,
}

impl Rotated {
    /// Opens the file, in a directory that is made where there is none, and looks after old ones.
    pub(super) fn open(settings: LogSettings, platform: Platform) -> io::Result<Self> {
        if let Some(directory) = settings.path.parent() {
            let mut made = fs::DirBuilder::new();
            made.recursive(true).mode(0o700).create(directory)?;
        }
        let file = append(&settings.path, OWNER_ONLY)?;
        let bytes = file.metadata()?.len();
        let opened = Self {
            settings,
            platform,
            file,
            bytes,
            looked_after: Arc::default(),
        };
        opened.look_after_old();
        Ok(opened)
    }

    pub(super) fn write(&mut self, line: &[u8]) -> io::Result<()> {
        let (length, max) = (line.len() as u64, self.settings.bytes_max);
        if length > max {
            let words = format!("write length {length} exceeds maximum file size {max}");
            return Err(io::Error::other(words));
        }
        if self.bytes + length > max {
            self.file = begin(&self.settings.path, self.platform.clock.now())?;
            self.bytes = 0;
            self.look_after_old();
        }
        self.file.write_all(line)?;
        self.bytes += length;
        Ok(())
    }

    /// Aside: to compress a large file takes a while, for which no request waits.
    fn look_after_old(&self) {
        let settings = self.settings.clone();
        if settings.bytes_max == u64::MAX {
            return;
        }
        let (one, now) = (Arc::clone(&self.looked_after), self.platform.clock.now());
        let work = move || {
            let _held = one.lock();
            if let Err(error) = look_after_old(&settings, now) {
                tracing::warn!(%error, "old audit logs cannot be looked after");
            }
        };
        drop(self.platform.tasks.spawn_blocking("old audit logs", work));
    }
}

fn append(path: &Path, mode: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true).mode(mode).open(path)
}

/// `audit.log` becomes `audit-2026-01-31T10-00-00.000.log`.
fn begin(path: &Path, now: Timestamp) -> io::Result<File> {
    let (stem, end) = name_parts(path);
    let stamp = now.strftime("%Y-%m-%dT%H-%M-%S.%3f");
    let mode = fs::metadata(path)?.permissions().mode();
    fs::rename(path, path.with_file_name(format!("{stem}{stamp}{end}")))?;
    append(path, mode)
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

/// A file that was the log until a time.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Old {
    until: Timestamp,
    path: PathBuf,
    is_compressed: bool,
}

/// Removes what is too much or too old, and compresses the rest where that is wanted.
fn look_after_old(settings: &LogSettings, now: Timestamp) -> io::Result<()> {
    let age = SignedDuration::from_hours(24 * i64::from(settings.age_days_max));
    let mut times = BTreeSet::new();
    for old in old_files(&settings.path)? {
        // One that is just being compressed is there twice.
        times.insert(old.until);
        let surplus = settings.backups_max > 0 && times.len() > settings.backups_max;
        let aged = settings.age_days_max > 0 && now.duration_since(old.until) > age;
        if surplus || aged {
            fs::remove_file(&old.path)?;
        } else if settings.compress && !old.is_compressed {
            compress(&old.path)?;
        }
    }
    Ok(())
}

/// The newest first.
fn old_files(path: &Path) -> io::Result<Vec<Old>> {
    let (stem, end) = name_parts(path);
    let directory = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let directory = directory.unwrap_or(Path::new("."));
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let plain = name.strip_suffix(COMPRESSED);
        let time = plain.unwrap_or(&name).strip_prefix(&stem);
        let time = time.and_then(|time| time.strip_suffix(&end));
        let until = time.and_then(|time| {
            Timestamp::strptime("%Y-%m-%dT%H-%M-%S.%f%z", format!("{time}+0000")).ok()
        });
        files.extend(until.map(|until| Old {
            until,
            path: directory.join(&name),
            is_compressed: plain.is_some(),
        }));
    }
    files.sort();
    files.reverse();
    Ok(files)
}

/// The old file stays until all of the new one is there.
fn compress(path: &Path) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(COMPRESSED);
    let mut plain = File::open(path)?;
    let mode = plain.metadata()?.permissions().mode();
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(mode);
    let mut encoder = GzEncoder::new(file.open(&name)?, Compression::default());
    let written = io::copy(&mut plain, &mut encoder);
    if let Err(error) = written.and_then(|_| encoder.finish()) {
        fs::remove_file(&name)?;
        return Err(error);
    }
    fs::remove_file(path)
}

#[cfg(test)]
mod tests;
