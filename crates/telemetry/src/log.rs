//! Logs: one line a record, to standard error, at the levels that the configuration names.

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Why logging could not be started.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error("{filter:?} is not a level (error, warn, info, debug, trace) or a list of target=level")]
    Filter { filter: String },
    #[error("logging is started already")]
    Twice,
}

/// Starts logging for the whole process. `filter` is a level, or targets with levels: `info`, `warn,apiserver=debug`.
///
/// # Errors
/// A filter that cannot be parsed, or a second call.
pub fn start(filter: &str) -> Result<(), LogError> {
    let parsed = EnvFilter::try_new(filter).map_err(|_| LogError::Filter { filter: filter.to_owned() })?;
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).with_target(true);
    tracing_subscriber::registry().with(parsed).with(lines).try_init().map_err(|_| LogError::Twice)
}
