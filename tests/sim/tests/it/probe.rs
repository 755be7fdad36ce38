//! Probes.
use api::{coordination::v1::Lease, core::v1::Pod};
use client::{Cache, Resource, Selector, ListMode};
use meta::{MicroTime, ObjectKey};
use serde_json::json;
use sim::simulate;
use std::time::Duration;

#[test]
fn probe() {
    simulate(1, |world| async move {
        world.create::<Lease>(json!({"metadata": {"name": "x", "namespace": "kube-node-lease"}, "spec": {"holderIdentity": "x"}})).await;
        for (what, mode) in [("paged", ListMode::Paged), ("streaming", ListMode::Streaming)] {
            for ns in ["", "kube-node-lease"] {
                let client = world.admin().with_list_mode(mode);
                let cache: Cache<Lease> = Cache::start(&client, Resource::of::<Lease>(), Selector { namespace: ns.into(), ..Selector::default() });
                cache.on_change(move |change| eprintln!("{what} {ns:?} {:?} {:?}", change.key, change.new.map(|l| l.metadata.resource_version.clone())));
                std::mem::forget(cache);
            }
            let pods: Cache<Pod> = Cache::start(&world.admin().with_list_mode(mode), Resource::of::<Pod>(), Selector { fields: "spec.nodeName=n1".into(), ..Selector::default() });
            pods.on_change(move |change| eprintln!("pods {what} {:?} {:?}", change.key, change.new.map(|l| l.metadata.resource_version.clone())));
            std::mem::forget(pods);
        }
        world.pass(Duration::from_secs(5)).await;
        for n in 0..3 {
            let api = world.admin().of::<Lease>();
            let mut lease = api.get(&ObjectKey::namespaced("kube-node-lease", "x")).await.unwrap();
            lease.spec.renew_time = Some(MicroTime::from_unix_micros(1_000_000 * (n + 1)));
            eprintln!("lease now {:?}", api.replace(&lease).await.map(|l| l.metadata.resource_version));
            world.pass(Duration::from_secs(5)).await;
        }
        let _node = world.node("n1").await;
        world.create::<Pod>(json!({"metadata": {"name": "p", "namespace": "default"}, "spec": {"containers": [{"name": "c", "image": "i"}]}})).await;
        world.pass(Duration::from_secs(5)).await;
        eprintln!("{:?}", world.list::<Pod>("default").await);
    });
}
