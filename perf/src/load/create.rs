//! Creates: pods, each durable before its answer; and the namespace that the scenarios live in.

use super::{Context, closed, objects};
use crate::{report::Figure, target::PerfError};
use bytes::Bytes;
use http::{Method, StatusCode};

pub(super) async fn namespace(cx: &Context) -> Result<(), PerfError> {
    let name = objects::NAMESPACE;
    let body =
        format!(r#"{{"apiVersion":"v1","kind":"Namespace","metadata":{{"name":"{name}"}}}}"#);
    post(cx, "/api/v1/namespaces", body.into()).await?;
    let account = r#"{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}"#;
    post(
        cx,
        &format!("/api/v1/namespaces/{name}/serviceaccounts"),
        account.into(),
    )
    .await
}

/// Creates an object; one that is there already is as good.
pub(super) async fn post(cx: &Context, path: &str, body: Bytes) -> Result<(), PerfError> {
    match cx.target.call(0, Method::POST, path, body).await {
        Ok(_)
        | Err(PerfError::Refused {
            status: StatusCode::CONFLICT,
            ..
        }) => Ok(()),
        Err(error) => Err(error),
    }
}

pub(super) async fn run(cx: Context) -> Result<Vec<Figure>, PerfError> {
    let path = objects::pods_path();
    let outcome = closed::run(&cx, cx.size.objects, cx.size.in_flight, |index| {
        let (target, path) = (cx.target.clone(), path.clone());
        let body = objects::pod(&objects::pod_name(index), index, "nobody");
        async move { target.call(index, Method::POST, &path, body).await }
    })
    .await?;
    Ok(outcome.figures("≥ 5000"))
}

pub(super) async fn clean(cx: Context) -> Result<Vec<Figure>, PerfError> {
    let now = r#"{"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0}"#;
    for path in [objects::pods_path(), objects::config_maps_path()] {
        cx.target.call(0, Method::DELETE, &path, now.into()).await?;
    }
    cx.target
        .call(
            0,
            Method::DELETE,
            "/api/v1/nodes?labelSelector=app%3Dperf",
            now.into(),
        )
        .await?;
    Ok(Vec::new())
}
