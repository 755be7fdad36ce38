//! A closed loop: so many requests, so many of them in flight, the time of each.

use super::Context;
use crate::{
    report::{Figure, percentile_ms},
    target::PerfError,
};
use futures::{StreamExt, TryStreamExt};
use std::{future::Future, time::Duration};

/// What a loop saw.
pub(super) struct Outcome {
    pub(super) took: Duration,
    pub(super) latencies: Vec<Duration>,
    pub(super) bytes: usize,
}

/// Runs `request(0..count)` with `in_flight` of them under way. The first error ends it.
pub(super) async fn run<F>(
    cx: &Context,
    count: usize,
    in_flight: usize,
    request: impl Fn(usize) -> F,
) -> Result<Outcome, PerfError>
where
    F: Future<Output = Result<usize, PerfError>>,
{
    let start = cx.clock.monotonic();
    let timed = |index| {
        let (clock, request) = (&cx.clock, request(index));
        async move {
            let begun = clock.monotonic();
            request
                .await
                .map(|bytes| (clock.monotonic().since(begun), bytes))
        }
    };
    let samples: Vec<(Duration, usize)> = futures::stream::iter(0..count)
        .map(timed)
        .buffer_unordered(in_flight)
        .try_collect()
        .await?;
    Ok(Outcome {
        took: cx.clock.monotonic().since(start),
        bytes: samples.iter().map(|(_, bytes)| bytes).sum(),
        latencies: samples.into_iter().map(|(latency, _)| latency).collect(),
    })
}

impl Outcome {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a rate needs no more than 52 bits"
    )]
    pub(super) fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.took.as_secs_f64()
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a rate needs no more than 52 bits"
    )]
    pub(super) fn megabytes_per_s(&self) -> f64 {
        self.bytes as f64 / 1e6 / self.took.as_secs_f64()
    }

    /// The loop's figures: its rate against `bar`, and its latencies.
    pub(super) fn figures(mut self, bar: &'static str) -> Vec<Figure> {
        let mut figures = vec![
            Figure::new("rate", self.rate(), "/s", bar),
            Figure::new("answers", self.megabytes_per_s(), "MB/s", ""),
        ];
        figures.push(Figure::new(
            "p50",
            percentile_ms(&mut self.latencies, 50),
            "ms",
            "",
        ));
        figures.push(Figure::new(
            "p99",
            percentile_ms(&mut self.latencies, 99),
            "ms",
            "",
        ));
        figures
    }
}
