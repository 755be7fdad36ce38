//! One object a request: gets and merge patches over the pods that `create` made.

use super::{Context, closed, objects};
use crate::{report::Figure, target::PerfError};
use bytes::Bytes;
use http::Method;

pub(super) async fn get(cx: Context) -> Result<Vec<Figure>, PerfError> {
    let outcome = each(&cx, Method::GET, |_| Bytes::new()).await?;
    Ok(outcome.figures("≥ 20000"))
}

pub(super) async fn patch(cx: Context) -> Result<Vec<Figure>, PerfError> {
    let body = |index: usize| {
        Bytes::from(format!(
            r#"{{"metadata":{{"labels":{{"round":"{index}"}}}}}}"#
        ))
    };
    let outcome = each(&cx, Method::PATCH, body).await?;
    Ok(outcome.figures("≥ 4000"))
}

pub(super) async fn each(
    cx: &Context,
    method: Method,
    body: impl Fn(usize) -> Bytes,
) -> Result<closed::Outcome, PerfError> {
    let path = objects::pods_path();
    closed::run(cx, cx.size.requests, cx.size.in_flight, |index| {
        let path = format!("{path}/{}", objects::pod_name(index % cx.size.objects));
        let (target, method, body) = (cx.target.clone(), method.clone(), body(index));
        async move { target.call(index, method, &path, body).await }
    })
    .await
}
