//! Scheduling through the API: fake nodes that are Ready, pods created for the default scheduler, until every pod is bound.

use super::{Context, closed, create, objects};
use crate::{report::Figure, target::PerfError};
use bytes::Bytes;
use http::Method;
use serde_json::json;
use std::time::Duration;

const WAIT_SECONDS_MAX: u64 = 300;
const LOOK_EVERY_MS: u64 = 50;

#[expect(
    clippy::cast_precision_loss,
    reason = "a rate needs no more than 52 bits"
)]
pub(super) async fn run(cx: Context) -> Result<Vec<Figure>, PerfError> {
    for index in 0..cx.size.nodes {
        node(&cx, &format!("perf-{index:05}")).await?;
    }
    let start = cx.clock.monotonic();
    let path = objects::pods_path();
    closed::run(&cx, cx.size.objects, cx.size.in_flight, |index| {
        let (target, path) = (cx.target.clone(), path.clone());
        let body = objects::pod(&format!("bound-{index:06}"), index, "default-scheduler");
        async move { target.call(index, Method::POST, &path, body).await }
    })
    .await?;
    let created = cx.clock.monotonic().since(start).as_secs_f64();
    until_bound(&cx).await?;
    let bound = cx.clock.monotonic().since(start).as_secs_f64();
    let pods = cx.size.objects as f64;
    Ok(vec![
        Figure::new("created", pods / created, "/s", ""),
        Figure::new("created and bound", pods / bound, "/s", "≥ 2500"),
    ])
}

/// Waits until no pod of ours is left without a node. A look is one small selective list, so that any server can be asked.
async fn until_bound(cx: &Context) -> Result<(), PerfError> {
    let path = format!(
        "{}?fieldSelector=spec.nodeName%3D,spec.schedulerName%3Ddefault-scheduler&limit=1",
        objects::pods_path()
    );
    for _ in 0..WAIT_SECONDS_MAX * 1000 / LOOK_EVERY_MS {
        let list = cx.target.get_json(&path).await?;
        if list["items"].as_array().is_none_or(Vec::is_empty) {
            return Ok(());
        }
        cx.clock.sleep(Duration::from_millis(LOOK_EVERY_MS)).await;
    }
    Err(PerfError::Unexpected(format!(
        "pods are still unbound after {WAIT_SECONDS_MAX} s"
    )))
}

async fn node(cx: &Context, name: &str) -> Result<(), PerfError> {
    let object = json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": {"app": "perf", "kubernetes.io/hostname": name}}});
    create::post(cx, "/api/v1/nodes", object.to_string().into()).await?;
    let room = json!({"cpu": "32", "memory": "256Gi", "pods": "110"});
    let status = json!({"metadata": {"name": name}, "spec": {"taints": null}, "status": {
        "capacity": room, "allocatable": room, "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "fake"}],
    }});
    let status = Bytes::from(status.to_string());
    cx.target
        .call(
            0,
            Method::PATCH,
            &format!("/api/v1/nodes/{name}/status"),
            status.clone(),
        )
        .await?;
    cx.target
        .call(
            0,
            Method::PATCH,
            &format!("/api/v1/nodes/{name}"),
            r#"{"spec":{"taints":null}}"#.into(),
        )
        .await
        .map(drop)
}
