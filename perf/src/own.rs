//! Sampan's own figures: how fast it starts on empty data, and what it costs when nothing happens.

mod pods;
mod process;

use crate::{
    report::{self, Figure},
    target::{PerfError, Target},
};
use bytes::Bytes;
use http::Method;
use platform::Clock;
use process::Server;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// What to start, and how long to watch it.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) binary: PathBuf,
    pub(crate) control_plane_only: bool,
    pub(crate) settle_seconds: u64,
    pub(crate) idle_seconds: u64,
    pub(crate) pod_image: Option<String>,
}

const STEP: Duration = Duration::from_millis(2);
const READY_SECONDS_MAX: u64 = 30;

pub(crate) async fn run(plan: &Plan) -> Result<(), PerfError> {
    let data = tempfile::tempdir().map_err(|source| PerfError::Process {
        what: "failed to make a data directory".to_owned(),
        source,
    })?;
    let clock = Clock::real();
    let mut server = Server::start(plan, data.path())?;
    let outcome = measure(plan, &clock, &server, data.path()).await;
    server.stop().await?;
    server.reset().await?;
    outcome
}

async fn measure(
    plan: &Plan,
    clock: &Clock,
    server: &Server,
    data: &Path,
) -> Result<(), PerfError> {
    let begun = clock.monotonic();
    let kubeconfig = data.join("sampan/kubeconfig");
    let target = until(clock, "/readyz", || ready(&kubeconfig)).await?;
    let api_ready = clock.monotonic();
    let mut figures = vec![Figure::new(
        "start to /readyz",
        api_ready.since(begun).as_secs_f64() * 1e3,
        "ms",
        "≤ 300",
    )];
    if !plan.control_plane_only {
        until(clock, "a Ready node", || node_ready(&target)).await?;
        figures.push(Figure::new(
            "start to node Ready",
            clock.monotonic().since(begun).as_secs_f64() * 1e3,
            "ms",
            "≤ 1000",
        ));
        figures.push(Figure::new(
            "/readyz to node Ready",
            clock.monotonic().since(api_ready).as_secs_f64() * 1e3,
            "ms",
            "≤ 300",
        ));
    }
    figures.push(Figure::new(
        "binary",
        process::megabytes(&plan.binary)?,
        "MB",
        "≤ 45",
    ));
    report::print("start", &figures);
    report::print("idle", &idle(plan, clock, server).await);
    if let Some(image) = &plan.pod_image {
        report::print("pods", &pods::run(clock, &target, server, image).await?);
        report::print(
            "pods",
            &[Figure::new(
                "memory with pods gone",
                server.usage().memory_mb,
                "MB",
                "",
            )],
        );
    }
    Ok(())
}

/// Asks again until there is an answer. A measuring tool may look; what it measures may not.
async fn until<T, F: Future<Output = Option<T>>>(
    clock: &Clock,
    what: &str,
    ask: impl Fn() -> F,
) -> Result<T, PerfError> {
    let deadline = clock.monotonic() + Duration::from_secs(READY_SECONDS_MAX);
    while clock.monotonic() < deadline {
        if let Some(answer) = ask().await {
            return Ok(answer);
        }
        clock.sleep(STEP).await;
    }
    Err(PerfError::Unexpected(format!(
        "{what} did not come within {READY_SECONDS_MAX} s"
    )))
}

async fn ready(kubeconfig: &Path) -> Option<Target> {
    let target = kubeconfig
        .exists()
        .then(|| Target::open(kubeconfig, 1).ok())
        .flatten()?;
    target
        .call(0, Method::GET, "/readyz", Bytes::new())
        .await
        .ok()?;
    Some(target)
}

async fn node_ready(target: &Target) -> Option<()> {
    let nodes = target.get_json("/api/v1/nodes").await.ok()?;
    let conditions = nodes["items"][0]["status"]["conditions"]
        .as_array()?
        .clone();
    conditions
        .iter()
        .any(|condition| condition["type"] == "Ready" && condition["status"] == "True")
        .then_some(())
}

async fn idle(plan: &Plan, clock: &Clock, server: &Server) -> Vec<Figure> {
    clock.sleep(Duration::from_secs(plan.settle_seconds)).await;
    let before = server.usage();
    clock.sleep(Duration::from_secs(plan.idle_seconds)).await;
    let after = server.usage();
    #[expect(clippy::cast_precision_loss, reason = "seconds of a measurement")]
    let minutes = plan.idle_seconds as f64 / 60.0;
    vec![
        Figure::new("memory (PSS, all processes)", after.memory_mb, "MB", "≤ 60"),
        Figure::new(
            "CPU a minute",
            (after.cpu_s - before.cpu_s) / minutes,
            "s",
            "≤ 0.15",
        ),
        Figure::new(
            "disk writes a minute",
            (after.written_kb - before.written_kb) / minutes,
            "KiB",
            "0 between flushes",
        ),
    ]
}
