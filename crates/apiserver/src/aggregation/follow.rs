//! The task that keeps up with APIServices: whose group versions are, whether they are there, what they have.
use super::{
    Remotes, available,
    available::Availability,
    documents::{self, RemoteVersion},
    remote::Remote,
};
use crate::{
    cache::{Filter, From, Subscription},
    server::InProcess,
    shared::Api,
};
use api::apiregistration::v1::APIService;
use futures::future::{join_all, select_all};
use http::{Request, header};
use resource::Object;
use serde_json::{Value, json};
use std::{collections::BTreeMap, future::poll_fn, sync::Arc, time::Duration};

const GROUP: &str = "apiregistration.k8s.io";
const PATH: &str = "/apis/apiregistration.k8s.io/v1/apiservices";
/// Servers are asked again so often: whether they can be reached is not for the cluster's objects to say. Upstream's period.
const AGAIN: Duration = Duration::from_secs(30);
/// One that is not there is asked sooner, then less and less often.
const SOON: Duration = Duration::from_millis(500);
/// Changes looked at before the caches are asked to catch up again.
const EVENTS_MAX: usize = 64;

/// Kinds whose changes are looked at.
const CAUSES: &[(&str, &str)] = &[
    (GROUP, "apiservices"),
    ("", "services"),
    ("discovery.k8s.io", "endpointslices"),
];

/// Follows APIServices until the server is drained.
pub(crate) async fn follow(api: Arc<Api>, server: InProcess) {
    let draining = api.platform.tasks.draining();
    let work = async {
        let mut known = BTreeMap::new();
        let mut pause = SOON;
        loop {
            // Others are of no interest while no server is aggregated.
            let causes = if known.is_empty() {
                &CAUSES[..1]
            } else {
                CAUSES
            };
            let subscriptions = subscribe(&api, causes).await;
            let before = known.len();
            let all_there = pass(&api, &server, &mut known).await;
            if before == 0 && !known.is_empty() {
                continue;
            }
            pause = if all_there {
                AGAIN
            } else {
                (pause * 2).min(AGAIN)
            };
            let changed = changed(subscriptions);
            if known.is_empty() {
                changed.await;
                pause = SOON;
            } else if api.platform.clock.timeout(pause, changed).await.is_ok() {
                pause = SOON;
            }
        }
    };
    tokio::select! {
        biased;
        () = draining => {}
        () = work => {}
    }
}

async fn subscribe(api: &Api, causes: &[(&str, &str)]) -> Vec<Subscription> {
    let applied = api.caches.current().await;
    let caches = causes
        .iter()
        .filter_map(|cause| api.caches.of(cause.0, cause.1));
    let subscribed = caches.map(|cache| cache.subscribe(Filter::default(), From::Now, applied));
    subscribed.filter_map(Result::ok).collect()
}

/// Waits until any of them has something.
async fn changed(subscriptions: Vec<Subscription>) {
    if subscriptions.is_empty() {
        return std::future::pending().await;
    }
    let any = subscriptions.iter().map(|subscription| {
        Box::pin(async move {
            // One that ended was too slow, or its kind is gone: look again either way.
            let _ = poll_fn(|cx| subscription.poll(cx, EVENTS_MAX)).await;
        })
    });
    select_all(any).await;
}

/// What is known of one.
struct Known {
    remote: Arc<Remote>,
    version: RemoteVersion,
}

/// Whether all that are aggregated are there.
async fn pass(api: &Api, server: &InProcess, known: &mut BTreeMap<meta::Str, Known>) -> bool {
    let services = services(api);
    show_availability(api, &services);
    let remotes: Vec<(Arc<Remote>, &APIService)> = services
        .iter()
        .filter_map(|service| service.as_any().downcast_ref::<APIService>())
        .filter_map(|service| {
            let before = known.get(&service.metadata.name);
            let before = before.map(|known| &*known.remote);
            Some((Arc::new(Remote::of(api, service, before)?), service))
        })
        .collect();
    if remotes.is_empty() && known.is_empty() {
        return true;
    }
    publish(api, &remotes, known);
    let checks = remotes.iter().map(|(remote, service)| async move {
        let availability = available::check(api, remote).await;
        settle(server, service, &availability, api).await;
        let found = documents::resources(api, remote).await;
        *remote.openapi.lock() = documents::openapi(api, remote).await;
        documents::swagger(api, remote).await;
        let there = availability.available && found.is_some();
        (remote, found, there)
    });
    let mut all_there = true;
    for (remote, found, there) in join_all(checks).await {
        all_there &= there;
        if let Some(known) = known.get_mut(&remote.name) {
            known.version = match found {
                Some(resources) => RemoteVersion {
                    resources,
                    stale: false,
                    ..RemoteVersion::stale(remote, None)
                },
                None => RemoteVersion::stale(remote, Some(&known.version)),
            };
        }
    }
    tell(api, known);
    all_there
}

fn services(api: &Api) -> Vec<Object> {
    let cache = api.caches.of(GROUP, "apiservices");
    cache.map_or_else(Vec::new, |cache| cache.all())
}

/// Metrics show what the conditions say.
fn show_availability(api: &Api, services: &[Object]) {
    let services = services
        .iter()
        .filter_map(|service| service.as_any().downcast_ref::<APIService>());
    api.metrics.aggregated.show(services.map(|service| {
        let mut conditions = service.status.conditions.iter();
        let available =
            conditions.any(|known| known.type_ == "Available" && known.status == "True");
        (&*service.metadata.name, available)
    }));
}

/// From now on requests go to these.
fn publish(
    api: &Api,
    remotes: &[(Arc<Remote>, &APIService)],
    known: &mut BTreeMap<meta::Str, Known>,
) {
    let table: Remotes = remotes
        .iter()
        .map(|(remote, _)| {
            let place = format!("{}/{}", remote.group, remote.version);
            (place, Arc::clone(remote))
        })
        .collect();
    api.aggregation.replace(table);
    known.retain(|name, _| remotes.iter().any(|(remote, _)| remote.name == *name));
    for (remote, _) in remotes {
        let before = known.get(&remote.name);
        let mut version = RemoteVersion::stale(remote, before.map(|known| &known.version));
        version.stale = before.is_none_or(|known| known.version.stale);
        let remote = Arc::clone(remote);
        known.insert(remote.name.clone(), Known { remote, version });
    }
    tell(api, known);
}

/// Discovery shows what is known.
fn tell(api: &Api, known: &BTreeMap<meta::Str, Known>) {
    let versions = known.values().map(|known| known.version.clone());
    api.show_remote(versions.collect());
}

/// Writes the condition where it says something else.
async fn settle(server: &InProcess, service: &APIService, now: &Availability, api: &Api) {
    let status = if now.available { "True" } else { "False" };
    let mut conditions = service.status.conditions.iter();
    let before = conditions.find(|known| known.type_ == "Available");
    let same = before.is_some_and(|known| {
        known.status == status
            && known.reason == now.reason
            && known.message == now.message.as_str()
    });
    if same {
        return;
    }
    if before.is_some_and(|known| known.status == "True") && !now.available {
        let name = &service.metadata.name;
        api.metrics.aggregated.went_away(name, now.reason);
    }
    let kept = before.filter(|known| known.status == status);
    let since = kept.map_or_else(
        || api.now().to_string(),
        |known| known.last_transition_time.to_string(),
    );
    let others = service.status.conditions.iter();
    let others = others.filter(|known| known.type_ != "Available");
    let mut all: Vec<Value> = others.map(|known| meta::codec::to_value(known)).collect();
    all.push(json!({
        "type": "Available",
        "status": status,
        "lastTransitionTime": since,
        "reason": now.reason,
        "message": now.message,
    }));
    let metadata = &service.metadata;
    let patch = json!({
        // Somebody else may have changed what this was found out for.
        "metadata": {"resourceVersion": &*metadata.resource_version, "uid": &*metadata.uid},
        "status": {"conditions": all},
    });
    let request = Request::patch(format!("{PATH}/{}/status", service.metadata.name))
        .header(header::CONTENT_TYPE, "application/merge-patch+json")
        .header(header::USER_AGENT, "kube-apiserver")
        .body(patch.to_string().into());
    let answer = server.call(request.expect("names of APIServices can stand in a path"));
    let code = answer.await.status();
    // Changed or deleted in between: the change is looked at next.
    if !code.is_success() && !matches!(code.as_u16(), 404 | 409) {
        tracing::error!(%code, name = %service.metadata.name, "failed to say whether an aggregated server is there");
    }
}
