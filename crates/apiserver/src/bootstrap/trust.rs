//! The ConfigMap from which extension servers learn whom this server trusts: the authorities of client certificates, and the front proxies
//! that may speak for users. Kept as the configuration has it. Upstream: `pkg/controlplane/controller/clusterauthenticationtrust`.
use crate::{
    authn::Authenticator,
    cache::{Filter, From, ResourceCache, cache_key},
    server::InProcess,
    shared::Api,
};
use api::core::v1::ConfigMap;
use http::{Request, header};
use meta::Str;
use serde_json::{Map, Value, json};
use std::{future::poll_fn, sync::Arc};

const NAMESPACE: &str = "kube-system";
const NAME: &str = "extension-apiserver-authentication";
/// Changes looked at before the cache is asked to catch up again.
const EVENTS_MAX: usize = 64;

/// The ConfigMap; `None` when nobody is trusted.
pub(super) fn config_map(authenticator: &Authenticator) -> Option<Value> {
    let mut data = Map::new();
    let mut put = |key: &str, value: String| data.insert(key.to_owned(), value.into());
    if !authenticator.client_ca_pem.is_empty() {
        put("client-ca-file", authenticator.client_ca_pem.clone());
    }
    if let Some(header) = &authenticator.request_header {
        let list = |values: &[String]| json!(values).to_string();
        put("requestheader-client-ca-file", header.client_ca_pem.clone());
        put("requestheader-allowed-names", list(&header.allowed_names));
        put(
            "requestheader-username-headers",
            list(&header.username_headers),
        );
        put("requestheader-group-headers", list(&header.group_headers));
        put(
            "requestheader-extra-headers-prefix",
            list(&header.extra_header_prefixes),
        );
        if !header.uid_headers.is_empty() {
            put("requestheader-uid-headers", list(&header.uid_headers));
        }
    }
    (!data.is_empty()).then(|| {
        json!({
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": NAME, "namespace": NAMESPACE},
            "data": data,
        })
    })
}

/// Writes it again whenever somebody else has changed it, until the server is drained.
pub(super) async fn follow(api: Arc<Api>, server: InProcess) {
    let (Some(wanted), Some(cache)) = (
        config_map(&api.authenticator),
        api.caches.of("", "configmaps"),
    ) else {
        return;
    };
    let draining = api.platform.tasks.draining();
    let work = async {
        loop {
            pass(&api, &server, &cache, &wanted).await;
        }
    };
    tokio::select! {
        biased;
        () = draining => {}
        () = work => {}
    }
}

/// Sets it right once, and then after each change, until it falls too far behind.
async fn pass(api: &Api, server: &InProcess, cache: &Arc<ResourceCache>, wanted: &Value) {
    let applied = api.caches.current().await;
    let mut filter = Filter::in_namespace(NAMESPACE);
    filter.name = Some(Str::from(NAME));
    let watched = cache.subscribe(filter, From::Initial, applied);
    let subscription = watched.expect("a watch from what there is now can always begin");
    settle(server, cache, wanted).await;
    while poll_fn(|cx| subscription.poll(cx, EVENTS_MAX))
        .await
        .is_ok()
    {
        api.caches.current().await;
        settle(server, cache, wanted).await;
    }
}

async fn settle(server: &InProcess, cache: &ResourceCache, wanted: &Value) {
    let path = format!("/api/v1/namespaces/{NAMESPACE}/configmaps");
    let stored = cache.get(&cache_key(NAMESPACE, NAME));
    let request = match stored.and_then(|entry| cache.decode(&entry)) {
        None => Request::post(path),
        Some(object) => {
            let map = object.as_any().downcast_ref::<ConfigMap>();
            let held = map.map(|map| {
                let data = map.data.iter();
                data.map(|(key, value)| (key.to_string(), Value::from(value.as_str())))
                    .collect::<Map<_, _>>()
            });
            if held.as_ref() == wanted["data"].as_object() {
                return;
            }
            Request::put(format!("{path}/{NAME}"))
        }
    };
    let request = request
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, "kube-apiserver");
    let request = request.body(wanted.to_string().into());
    let response = server.call(request.expect("the path is a URI")).await;
    let status = response.status();
    // A namespace that is not there will be, and brings no change of the map; a conflict does.
    if !status.is_success() && status != http::StatusCode::CONFLICT {
        tracing::error!(%status, "failed to write the ConfigMap of trusted authorities");
    }
}
