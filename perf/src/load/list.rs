//! Lists: of every pod, and of the few that a selector matches.

use super::{Context, closed, objects};
use crate::{report::Figure, target::PerfError};
use bytes::Bytes;
use http::Method;

pub(super) const LISTS: usize = 200;
/// Compressing 14 MB takes a core a tenth of a second.
const LISTS_COMPRESSED: usize = 40;
pub(super) const LISTS_IN_FLIGHT: usize = 8;
const SELECTIVE_LISTS: usize = 10_000;

pub(super) async fn all(cx: Context) -> Result<Vec<Figure>, PerfError> {
    let outcome = lists(&cx, objects::pods_path(), LISTS, LISTS_IN_FLIGHT).await?;
    Ok(outcome.figures("≥ 50"))
}

/// As kubectl asks for it. The answers' bytes are the compressed ones.
pub(super) async fn compressed(cx: Context) -> Result<Vec<Figure>, PerfError> {
    let cx = Context {
        target: cx.target.compressed(),
        ..cx
    };
    let outcome = lists(&cx, objects::pods_path(), LISTS_COMPRESSED, LISTS_IN_FLIGHT).await?;
    Ok(outcome.figures(""))
}

pub(super) async fn selective(cx: Context) -> Result<Vec<Figure>, PerfError> {
    let path = format!("{}?labelSelector=selected%3Dyes", objects::pods_path());
    let outcome = lists(&cx, path, SELECTIVE_LISTS, cx.size.in_flight).await?;
    Ok(outcome.figures("≥ 5000"))
}

pub(super) async fn lists(
    cx: &Context,
    path: String,
    count: usize,
    in_flight: usize,
) -> Result<closed::Outcome, PerfError> {
    closed::run(cx, count, in_flight, |index| {
        let (target, path) = (cx.target.clone(), path.clone());
        async move { target.call(index, Method::GET, &path, Bytes::new()).await }
    })
    .await
}
