//! Logs: one line a record on standard error, for people first.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

/// What to log and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// A level (`info`), or levels by target (`info,store=debug`).
    pub filter: String,
    /// Whether levels are coloured; for terminals.
    pub color: bool,
}

/// Why logging cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "log filter {filter:?} is not understood: use a level such as \"info\", or \"info,store=debug\""
    )]
    Filter {
        filter: String,
        source: tracing_subscriber::filter::ParseError,
    },
    #[error("logging was started twice")]
    Twice(#[source] TryInitError),
}

/// Sends everything that the process logs from now on to standard error.
///
/// # Errors
/// [`StartError::Filter`] when the filter is malformed; nothing is changed then.
pub fn start(config: &Config) -> Result<(), StartError> {
    subscriber(config, std::io::stderr)?
        .try_init()
        .map_err(StartError::Twice)
}

/// A subscriber that writes to `writer`, for tests and for [`tracing::subscriber::with_default`].
///
/// # Errors
/// [`StartError::Filter`] when the filter is malformed.
pub fn subscriber<W>(
    config: &Config,
    writer: W,
) -> Result<impl tracing::Subscriber + Send + Sync + use<W>, StartError>
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(&config.filter).map_err(|source| StartError::Filter {
        filter: config.filter.clone(),
        source,
    })?;
    Ok(tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(config.color)
        .with_target(true)
        .with_writer(writer)
        .finish())
}

#[cfg(test)]
mod tests;
