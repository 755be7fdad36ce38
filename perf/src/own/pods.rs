//! Pod start and end: from the create to the event that says Running, and from the delete to the event that says gone.

use super::process::Server;
use crate::{
    report::{Figure, percentile_ms},
    target::{PerfError, Target},
};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use http::Method;
use http_body_util::BodyExt;
use platform::Clock;
use serde_json::{Value, json};
use std::time::Duration;

const ONE_BY_ONE: usize = 20;
const AT_ONCE: usize = 50;
const PATH: &str = "/api/v1/namespaces/default/pods";
const WAIT: Duration = Duration::from_secs(120);

pub(super) async fn run(
    clock: &Clock,
    target: &Target,
    server: &Server,
    image: &str,
) -> Result<Vec<Figure>, PerfError> {
    one(clock, target, image, "warm").await?;
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    for index in 0..ONE_BY_ONE {
        let (start, end) = one(clock, target, image, &format!("one-{index}")).await?;
        starts.push(start);
        ends.push(end);
    }
    let begun = clock.monotonic();
    let names: Vec<String> = (0..AT_ONCE).map(|index| format!("many-{index}")).collect();
    futures::stream::iter(&names)
        .map(|name| start(clock, target, image, name))
        .buffer_unordered(AT_ONCE)
        .try_collect::<Vec<_>>()
        .await?;
    let all = clock.monotonic().since(begun);
    let shims = server.shims_mb();
    futures::stream::iter(&names)
        .map(|name| end(clock, target, name))
        .buffer_unordered(AT_ONCE)
        .try_collect::<Vec<_>>()
        .await?;
    Ok(vec![
        Figure::new("start p50", percentile_ms(&mut starts, 50), "ms", "≤ 150"),
        Figure::new("start p99", percentile_ms(&mut starts, 99), "ms", "≤ 400"),
        Figure::new("delete p50", percentile_ms(&mut ends, 50), "ms", "≤ 100"),
        Figure::new(
            format!("{AT_ONCE} at once"),
            all.as_secs_f64(),
            "s",
            "≤ 1.5",
        ),
        Figure::new("shims", count(&shims), "", ""),
        Figure::new(
            "memory a shim (PSS)",
            shims.iter().sum::<f64>() / count(&shims),
            "MB",
            "≤ 1.5",
        ),
    ])
}

#[expect(clippy::cast_precision_loss, reason = "a number of pods")]
fn count(shims: &[f64]) -> f64 {
    shims.len() as f64
}

async fn one(
    clock: &Clock,
    target: &Target,
    image: &str,
    name: &str,
) -> Result<(Duration, Duration), PerfError> {
    Ok((
        start(clock, target, image, name).await?,
        end(clock, target, name).await?,
    ))
}

async fn start(
    clock: &Clock,
    target: &Target,
    image: &str,
    name: &str,
) -> Result<Duration, PerfError> {
    let pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": {"containers": [{
        "name": "c", "image": image, "imagePullPolicy": "IfNotPresent", "command": ["/bin/sh", "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done"],
    }]}});
    let begun = clock.monotonic();
    target
        .call(0, Method::POST, PATH, Bytes::from(pod.to_string()))
        .await?;
    watch(clock, target, name, |event| {
        event["object"]["status"]["phase"] == "Running"
    })
    .await?;
    Ok(clock.monotonic().since(begun))
}

async fn end(clock: &Clock, target: &Target, name: &str) -> Result<Duration, PerfError> {
    let begun = clock.monotonic();
    target
        .call(0, Method::DELETE, &format!("{PATH}/{name}"), Bytes::new())
        .await?;
    watch(clock, target, name, |event| event["type"] == "DELETED").await?;
    Ok(clock.monotonic().since(begun))
}

/// Watches one pod until an event satisfies `done`. A pod that is already gone counts as deleted.
async fn watch(
    clock: &Clock,
    target: &Target,
    name: &str,
    done: impl Fn(&Value) -> bool,
) -> Result<(), PerfError> {
    let list = target
        .get_json(&format!("{PATH}?fieldSelector=metadata.name%3D{name}"))
        .await?;
    let current = list["items"].get(0).map_or_else(
        || json!({"type": "DELETED"}),
        |pod| json!({"type": "ADDED", "object": pod}),
    );
    if done(&current) {
        return Ok(());
    }
    let version = list["metadata"]["resourceVersion"].as_str().unwrap_or("0");
    let path =
        format!("{PATH}?watch=1&fieldSelector=metadata.name%3D{name}&resourceVersion={version}");
    let body = target
        .open_stream(0, Method::GET, &path, Bytes::new())
        .await?
        .into_body();
    let waited = clock.timeout(WAIT, until(body, done)).await;
    waited.map_err(|_| {
        PerfError::Unexpected(format!("pod {name} did not get there within {WAIT:?}"))
    })?
}

async fn until(
    mut body: client::transport::Body,
    done: impl Fn(&Value) -> bool,
) -> Result<(), PerfError> {
    let mut text = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|source| PerfError::Exchange {
            what: "watch".to_owned(),
            source,
        })?;
        text.extend_from_slice(frame.data_ref().map_or(&[][..], |data| data.as_ref()));
        while let Some(end) = memchr::memchr(b'\n', &text) {
            let line: Vec<u8> = text.drain(..=end).collect();
            let event: Value = serde_json::from_slice(&line).map_err(|error| {
                PerfError::Unexpected(format!("a watch event is no JSON: {error}"))
            })?;
            if done(&event) {
                return Ok(());
            }
        }
    }
    Err(PerfError::Unexpected("a watch ended early".to_owned()))
}
