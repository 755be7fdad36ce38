//! What every namespace is given: the bundle of the cluster's authority, and an account for its pods.

use api::core::v1::{ConfigMap, Namespace, ServiceAccount};
use client::{DeleteParams, Patch, PatchParams};
use meta::ObjectKey;
use serde_json::json;
use sim::{World, simulate};

/// Waits until the bundle of namespace `web` is the authority's; answers with the ConfigMap's UID.
async fn bundle(world: &World) -> String {
    let key = ObjectKey::namespaced("web", "kube-root-ca.crt");
    // The authority of simulated clusters.
    let whole = |map: Option<&ConfigMap>| {
        map.is_some_and(|map| {
            map.data.len() == 1 && map.data.get("ca.crt").is_some_and(|pem| pem == "PEM")
        })
    };
    world.eventually(&key, whole).await;
    let map = world.admin().of::<ConfigMap>().get(&key).await.unwrap();
    map.metadata.uid.to_string()
}

#[test]
fn what_somebody_deletes_or_spoils_is_put_right() {
    simulate(91, |world| async move {
        let namespace = json!({"metadata": {"name": "web"}});
        world.create::<Namespace>(namespace).await;
        let made = bundle(&world).await;
        let key = ObjectKey::namespaced("web", "kube-root-ca.crt");
        let maps = world.admin().of::<ConfigMap>();
        maps.delete(&key, &DeleteParams::default()).await.unwrap();
        let again = bundle(&world).await;
        assert_ne!(made, again);
        for data in [
            json!({"ca.crt": ""}),
            json!({"ca.crt": null}),
            json!({"more": "x"}),
        ] {
            let patch = Patch::merge(&json!({"data": data, "metadata": {"labels": {"l": "v"}}}));
            let params = PatchParams::default();
            drop(maps.patch(&key, &patch, &params).await.unwrap());
            assert_eq!(bundle(&world).await, again, "{data}");
        }
        assert_eq!(
            maps.get(&key)
                .await
                .unwrap()
                .metadata
                .labels
                .get("l")
                .unwrap(),
            "v"
        );

        let key = ObjectKey::namespaced("web", "default");
        let accounts = world.admin().of::<ServiceAccount>();
        let is_made = |account: Option<&ServiceAccount>| account.is_some();
        world.eventually(&key, is_made).await;
        accounts
            .delete(&key, &DeleteParams::default())
            .await
            .unwrap();
        world.eventually(&key, is_made).await;
    });
}
