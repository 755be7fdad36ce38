//! The range of Services as an object, and an IPAddress for each address that a Service has. Services are the truth: addresses follow them,
//! so that after a crash none is missing and none is left over.
use crate::{
    cache::{Entry, Filter, From, ResourceCache},
    server::InProcess,
    shared::Api,
};
use api::{
    core::v1::Service,
    networking::v1::{IPAddress, ServiceCIDR},
};
use http::{Request, header};
use meta::Str;
use serde_json::{Value, json};
use std::{collections::BTreeMap, future::poll_fn, net::IpAddr, sync::Arc};

const GROUP: &str = "networking.k8s.io";
const PATH: &str = "/apis/networking.k8s.io/v1/ipaddresses";
const MANAGER: &str = "ipaddress.kubernetes.io/managed-by";
const ALLOCATOR: &str = "ipallocator.k8s.io";
/// Who says that the range is in use.
const RANGE_MANAGER: &str = "kubernetes-service-cidr-controller";
/// Services looked at before the cache is asked to catch up again.
const EVENTS_MAX: usize = 64;

/// The ranges that Services get their addresses from.
pub(super) fn range(cidrs: &[String]) -> Value {
    json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "ServiceCIDR",
        "metadata": {"name": "kubernetes"},
        "spec": {"cidrs": cidrs},
    })
}

/// A cluster of one family that is configured for a second one: its first range must be what it was.
pub(super) async fn range_gains_a_family(api: &Api, server: &InProcess, cidrs: &[String]) {
    let Some(cache) = api.caches.of(GROUP, "servicecidrs") else {
        return;
    };
    let object = cache
        .get("kubernetes")
        .and_then(|entry| cache.decode(&entry));
    let stored = object
        .as_ref()
        .and_then(|object| object.as_any().downcast_ref::<ServiceCIDR>());
    let Some(stored) = stored else { return };
    let had = &stored.spec.cidrs;
    if cidrs.len() != 2 || had.len() != 1 || had[0] != cidrs[0] {
        return;
    }
    let patch = json!({"spec": {"cidrs": cidrs}});
    let path = format!("/apis/{GROUP}/v1/servicecidrs/kubernetes");
    let request = Request::patch(path).header(header::CONTENT_TYPE, "application/merge-patch+json");
    send(server, request, patch.to_string()).await;
}

/// Says that the range is in use.
pub(super) async fn range_is_ready(api: &Api, server: &InProcess) {
    let cache = api.caches.of(GROUP, "servicecidrs");
    let stored = cache.and_then(|cache| cache.get("kubernetes"));
    let said = |entry: &Arc<Entry>| memchr::memmem::find(entry.body(), b"\"Ready\"").is_some();
    if stored.is_none_or(|entry| said(&entry)) {
        return;
    }
    let applied = json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "ServiceCIDR",
        "metadata": {"name": "kubernetes"},
        "status": {"conditions": [{
            "type": "Ready",
            "status": "True",
            "lastTransitionTime": api.now().to_string(),
            "message": "Kubernetes default Service CIDR is ready",
        }]},
    });
    let path = format!(
        "/apis/{GROUP}/v1/servicecidrs/kubernetes/status?force=true&fieldManager={RANGE_MANAGER}"
    );
    let request = Request::patch(path).header(header::CONTENT_TYPE, "application/apply-patch+yaml");
    send(server, request, applied.to_string()).await;
}

/// Who has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Owner {
    namespace: Str,
    name: Str,
}

/// Follows the Services until the server is drained.
pub(super) async fn follow(api: Arc<Api>, server: InProcess) {
    let draining = api.platform.tasks.draining();
    let (Some(services), Some(addresses)) = (
        api.caches.of("", "services"),
        api.caches.of(GROUP, "ipaddresses"),
    ) else {
        return;
    };
    let work = async {
        loop {
            pass(&api, &server, &services, &addresses).await;
        }
    };
    tokio::select! {
        biased;
        () = draining => {}
        () = work => {}
    }
}

/// Sets everything right once, and then what changes, until it falls too far behind.
async fn pass(
    api: &Api,
    server: &InProcess,
    services: &Arc<ResourceCache>,
    addresses: &Arc<ResourceCache>,
) {
    let applied = api.caches.current().await;
    let watched = services.subscribe(Filter::default(), From::Initial, applied);
    let subscription = watched.expect("a watch from what there is now can always begin");
    let mut wanted: BTreeMap<IpAddr, Owner> = BTreeMap::new();
    for entry in &subscription.initial {
        wanted.extend(held(services, entry));
    }
    for entry in addresses
        .snapshot(&Filter::default(), None, None, 0)
        .entries
    {
        if managed(addresses, &entry).is_some_and(|address| !wanted.contains_key(&address)) {
            remove(server, entry.name()).await;
        }
    }
    for (address, owner) in &wanted {
        settle(server, addresses, *address, Some(owner)).await;
    }
    while let Ok(events) = poll_fn(|cx| subscription.poll(cx, EVENTS_MAX)).await {
        for (_, event) in events {
            let of = |entry: &Option<Arc<Entry>>| -> Vec<(IpAddr, Owner)> {
                entry
                    .iter()
                    .flat_map(|entry| held(services, entry))
                    .collect()
            };
            let (old, new) = (of(&event.old), of(&event.new));
            api.caches.current().await;
            for (address, _) in old.iter().filter(|one| !new.contains(one)) {
                settle(server, addresses, *address, None).await;
            }
            for (address, owner) in new.iter().filter(|one| !old.contains(one)) {
                settle(server, addresses, *address, Some(owner)).await;
            }
        }
    }
}

/// The addresses that a Service has.
fn held(services: &ResourceCache, entry: &Entry) -> Vec<(IpAddr, Owner)> {
    let object = services.decode(entry);
    let service = object
        .as_ref()
        .and_then(|object| object.as_any().downcast_ref::<Service>());
    let Some(service) = service else {
        return Vec::new();
    };
    let owner = Owner {
        namespace: service.metadata.namespace.clone(),
        name: service.metadata.name.clone(),
    };
    let texts = service.spec.cluster_ips.iter();
    let parsed = texts.filter_map(|text| text.parse().ok());
    parsed.map(|address| (address, owner.clone())).collect()
}

/// The address of an object that was made here.
fn managed(addresses: &ResourceCache, entry: &Entry) -> Option<IpAddr> {
    let ours = entry
        .labels()
        .get(MANAGER)
        .is_some_and(|by| by == ALLOCATOR);
    let object = addresses.decode(entry)?;
    let address = object.as_any().downcast_ref::<IPAddress>()?;
    ours.then(|| address.metadata.name.parse().ok())?
}

fn parent(addresses: &ResourceCache, entry: &Entry) -> Option<Owner> {
    let object = addresses.decode(entry)?;
    let address = object.as_any().downcast_ref::<IPAddress>()?;
    let parent = address.spec.parent_ref.as_ref()?;
    Some(Owner {
        namespace: parent.namespace.clone(),
        name: parent.name.clone(),
    })
}

/// Makes the object of an address say whose it is, or go.
async fn settle(
    server: &InProcess,
    addresses: &ResourceCache,
    address: IpAddr,
    owner: Option<&Owner>,
) {
    let name = address.to_string();
    if let Some(stored) = addresses.get(&name) {
        if managed(addresses, &stored).is_none() || parent(addresses, &stored).as_ref() == owner {
            return;
        }
        remove(server, &name).await;
    }
    let Some(owner) = owner else { return };
    let family = if address.is_ipv4() { "IPv4" } else { "IPv6" };
    let object = json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "IPAddress",
        "metadata": {
            "name": name,
            "labels": {"ipaddress.kubernetes.io/ip-family": family, MANAGER: ALLOCATOR},
        },
        "spec": {"parentRef": {
            "resource": "services",
            "namespace": owner.namespace.as_str(),
            "name": owner.name.as_str(),
        }},
    });
    let request = Request::post(PATH).header(header::CONTENT_TYPE, "application/json");
    send(server, request, object.to_string()).await;
}

async fn remove(server: &InProcess, name: &str) {
    send(
        server,
        Request::delete(format!("{PATH}/{name}")),
        String::new(),
    )
    .await;
}

async fn send(server: &InProcess, request: http::request::Builder, body: String) {
    let request = request.header(header::USER_AGENT, "kube-apiserver");
    let request = request.body(body.into());
    let response = server
        .call(request.expect("an address can stand in a path"))
        .await;
    let status = response.status();
    // That it is there, or gone, already is as good.
    if !status.is_success() && ![404, 409].contains(&status.as_u16()) {
        tracing::error!(%status, "failed to write the object of a Service address");
    }
}
