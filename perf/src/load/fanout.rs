//! Fan-out: many watchers of the same ConfigMaps, a few writers, every event to every watcher.

use super::{Context, closed, objects};
use crate::{
    report::Figure,
    target::{PerfError, Target},
};
use bytes::Bytes;
use http::Method;
use http_body_util::BodyExt;
use std::time::Duration;

const WRITERS: usize = 16;
/// With names and metadata an event has about 1.5 KB.
const CONFIG_MAP_BYTES: usize = 1000;
const ROUND_SECONDS_MAX: u64 = 120;

#[expect(
    clippy::cast_precision_loss,
    reason = "a rate needs no more than 52 bits"
)]
pub(super) async fn run(cx: Context) -> Result<Vec<Figure>, PerfError> {
    let path = objects::config_maps_path();
    let version =
        cx.target.get_json(&format!("{path}?limit=1")).await?["metadata"]["resourceVersion"]
            .as_str()
            .unwrap_or("0")
            .to_owned();
    let watch = format!("{path}?watch=1&resourceVersion={version}");
    let mut watchers = Vec::new();
    for lane in 0..cx.size.watchers {
        let answer = cx
            .target
            .open_stream(lane, Method::GET, &watch, Bytes::new())
            .await?;
        watchers.push(tokio::spawn(read_events(
            answer.into_body(),
            cx.size.events,
        )));
    }
    let start = cx.clock.monotonic();
    let writing = write_all(&cx, &path);
    let reading = futures::future::try_join_all(watchers);
    let limit = Duration::from_secs(ROUND_SECONDS_MAX);
    let both = cx
        .clock
        .timeout(
            limit,
            futures::future::try_join(writing, async {
                reading
                    .await
                    .map_err(|e| PerfError::Unexpected(e.to_string()))
            }),
        )
        .await;
    let ((), reads) = both.map_err(|_| {
        PerfError::Unexpected(format!(
            "the watchers did not see every event within {limit:?}"
        ))
    })??;
    let took = cx.clock.monotonic().since(start).as_secs_f64();
    let bytes = reads.into_iter().sum::<Result<usize, PerfError>>()?;
    let events = (cx.size.watchers * cx.size.events) as f64;
    Ok(vec![
        Figure::new("events", events / took, "/s", "≥ 400000"),
        Figure::new("bytes", bytes as f64 / 1e6 / took, "MB/s", ""),
        Figure::new("event size", bytes as f64 / events, "B", ""),
    ])
}

async fn write_all(cx: &Context, path: &str) -> Result<(), PerfError> {
    closed::run(cx, cx.size.events, WRITERS, |index| {
        let (target, path): (Target, String) = (cx.target.clone(), path.to_owned());
        let body = objects::config_map(&format!("fanout-{index:06}"), CONFIG_MAP_BYTES);
        async move { target.call(index, Method::POST, &path, body).await }
    })
    .await
    .map(drop)
}

/// Reads until `wanted` events (lines) have arrived; returns their bytes.
async fn read_events(mut body: client::transport::Body, wanted: usize) -> Result<usize, PerfError> {
    let (mut events, mut bytes) = (0, 0);
    while events < wanted {
        let Some(frame) = body.frame().await else {
            return Err(PerfError::Unexpected(format!(
                "a watch ended after {events} events"
            )));
        };
        let frame = frame.map_err(|source| PerfError::Exchange {
            what: "watch".to_owned(),
            source,
        })?;
        let data = frame.data_ref().map_or(&[][..], |data| data.as_ref());
        events += memchr::memchr_iter(b'\n', data).count();
        bytes += data.len();
    }
    Ok(bytes)
}
