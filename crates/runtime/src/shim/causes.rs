//! What libcontainer logs and does not return: its first process passes on only the outermost of its errors, and logs the cause.

use super::worker::{NOT_STARTED, WorkerError};
use std::{
    fmt::{self, Write as _},
    fs::File,
    io::{Read, Write},
    sync::Arc,
};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

const CAUSES_BYTES_MAX: u64 = 4096;

/// Errors logged by this process and its children.
pub(super) struct Causes(File);

impl Causes {
    /// Collects from now on. Once a process.
    pub(super) fn collect() -> Result<Self, WorkerError> {
        let flags = nix::fcntl::OFlag::O_CLOEXEC | nix::fcntl::OFlag::O_NONBLOCK;
        let (read, write) = super::worker::pipe(flags)?;
        // Only a second call could fail: the worker makes one.
        let _first = tracing::subscriber::set_global_default(Collector(Arc::new(write)));
        Ok(Self(read))
    }

    /// Adds what there is to a message that does not say it already.
    pub(super) fn add_to(self, message: &mut String) {
        let mut bytes = Vec::new();
        // It ends with an error where a child still holds the other end: what came until then counts.
        let _ended = self.0.take(CAUSES_BYTES_MAX).read_to_end(&mut bytes);
        let causes = String::from_utf8_lossy(&bytes);
        let causes = causes.trim_end_matches("; ");
        if !causes.is_empty() && !message.starts_with(NOT_STARTED) {
            // Writing to a string cannot fail.
            let _ = write!(message, " ({causes})");
        }
    }
}

/// Writes errors, whole, to a pipe. Spans are not told apart.
struct Collector(Arc<File>);

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::ERROR
    }
    fn new_span(&self, _span: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _span: &span::Id, _values: &span::Record<'_>) {}
    fn record_follows_from(&self, _span: &span::Id, _follows: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        text.0.push_str("; ");
        // A full pipe has enough causes.
        let _full = (&*self.0).write_all(text.0.as_bytes());
    }
    fn enter(&self, _span: &span::Id) {}
    fn exit(&self, _span: &span::Id) {}
}

/// The message, then the other fields with their names.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let separator = if self.0.is_empty() { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = match field.name() {
            "message" => write!(self.0, "{separator}{value:?}"),
            name => write!(self.0, "{separator}{name}={value:?}"),
        };
    }
}
