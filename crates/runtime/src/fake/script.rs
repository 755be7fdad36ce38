//! What a scripted container, pull or exec does.

use std::time::Duration;

use crate::service::CriError;

/// A container's life.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// `CreateContainer` fails with it.
    pub create_error: Option<CriError>,
    /// `StartContainer` fails with it; the container is then `Exited` with code 128, reason `StartError`.
    pub start_error: Option<CriError>,
    /// How long `StartContainer` takes.
    pub start_delay: Duration,
    pub run: Run,
    /// How long after the stop signal it ends with 0; longer than the grace period means that it is killed (137).
    pub stop_delay: Duration,
    /// Written to the log file at the start, a line each, when the container has a log path.
    pub logs: Vec<String>,
    /// By the first argument; a command without a script prints nothing and ends with 0.
    pub exec: Vec<(String, ExecScript)>,
}

/// How long a process runs by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// Until it is stopped.
    #[default]
    Forever,
    Exit {
        after: Duration,
        code: i32,
    },
    /// Killed by the kernel for its memory: code 137, reason `OOMKilled`.
    OutOfMemory {
        after: Duration,
    },
}

/// What a command run inside does.
#[derive(Clone, Debug, Default)]
pub struct ExecScript {
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    pub code: i32,
    pub delay: Duration,
}

/// How a pull goes.
#[derive(Clone, Debug, Default)]
pub struct PullScript {
    pub delay: Duration,
    pub error: Option<CriError>,
}
