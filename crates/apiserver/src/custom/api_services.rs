//! The APIServices of group versions that definitions add: made when they appear, deleted when they are gone.
use crate::{cache::Filter, server::InProcess, shared::Api};
use http::{Method, Request, header};
use meta::Str;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

const GROUP: &str = "apiregistration.k8s.io";
const PATH: &str = "/apis/apiregistration.k8s.io/v1/apiservices";
/// With the value `true` an APIService is this task's own.
const MANAGED: &str = "kube-aggregator.kubernetes.io/automanaged";
/// All groups of definitions have the same priority, as upstream's.
const GROUP_PRIORITY: i32 = 1000;
const VERSION_PRIORITY: i32 = 100;

/// Follows what is served until the server is drained.
pub(crate) async fn follow(api: Arc<Api>, server: InProcess) {
    let draining = api.platform.tasks.draining();
    let mut changes = api.catalog_changes();
    let work = async {
        loop {
            changes.mark_unchanged();
            pass(&api, &server).await;
            if changes.changed().await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        biased;
        () = draining => {}
        () = work => {}
    }
}

/// Makes what is missing and deletes what is too much.
async fn pass(api: &Api, server: &InProcess) {
    let Some(cache) = api.caches.of(GROUP, "apiservices") else {
        return;
    };
    let catalog = api.catalog();
    let added = catalog.endpoints().iter();
    let added = added.filter(|endpoint| endpoint.definition().is_some());
    let mut wanted: BTreeMap<Str, (&str, &str)> = added
        .map(|endpoint| {
            let info = endpoint.info();
            let name = Str::from(format!("{}.{}", info.version, info.group));
            (name, (&*info.group, &*info.version))
        })
        .collect();
    api.caches.current().await;
    for entry in cache.snapshot(&Filter::default(), None, None, 0).entries {
        let is_wanted = wanted.remove(entry.name()).is_some();
        let is_ours = entry
            .labels()
            .get(MANAGED)
            .is_some_and(|value| value == "true");
        if is_ours && !is_wanted {
            let path = format!("{PATH}/{}", entry.name());
            send(server, Method::DELETE, path, Value::Null).await;
        }
    }
    for (name, (group, version)) in wanted {
        let document = json!({
            "apiVersion": format!("{GROUP}/v1"),
            "kind": "APIService",
            "metadata": {"name": name.as_str(), "labels": {MANAGED: "true"}},
            "spec": {
                "group": group,
                "version": version,
                "groupPriorityMinimum": GROUP_PRIORITY,
                "versionPriority": VERSION_PRIORITY,
            },
        });
        send(server, Method::POST, PATH.to_owned(), document).await;
    }
}

async fn send(server: &InProcess, method: Method, path: String, document: Value) {
    let body = if document.is_null() {
        String::new()
    } else {
        document.to_string()
    };
    let request = Request::builder().method(method).uri(&path);
    let request = request.header(header::CONTENT_TYPE, "application/json");
    let request = request.body(body.into());
    let response = server
        .call(request.expect("names of groups and versions can stand in a path"))
        .await;
    let status = response.status();
    // Someone else may have been faster either way.
    if !status.is_success() && !matches!(status.as_u16(), 404 | 409) {
        tracing::error!(%status, path, "failed to keep an APIService in step with a definition");
    }
}
