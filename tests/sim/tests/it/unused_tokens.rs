//! Tokens that nobody uses are taken out of use. In simulated clusters an hour without use is enough.

use api::core::v1::{ConfigMap, Pod, Secret, ServiceAccount};
use client::{Patch, PatchParams};
use meta::ObjectKey;
use serde_json::{Value, json};
use sim::{World, simulate};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const MARK: &str = "kubernetes.io/legacy-token-invalid-since";

fn key(name: &str) -> ObjectKey {
    ObjectKey::namespaced("default", name)
}

fn token(name: &str) -> Value {
    json!({
        "metadata": {"name": name, "namespace": "default", "annotations": {"kubernetes.io/service-account.name": "robot"}},
        "type": "kubernetes.io/service-account-token",
    })
}

async fn find(world: &World, name: &str) -> Option<Secret> {
    world.admin().of::<Secret>().find(&key(name)).await.unwrap()
}

/// Three tokens: one that the cluster made, one that a pod has mounted, and one that a person made.
async fn tokens(world: &World) {
    let account = json!({
        "metadata": {"name": "robot", "namespace": "default"},
        "secrets": [{"name": "made"}, {"name": "mounted"}],
    });
    world.create::<ServiceAccount>(account).await;
    for name in ["made", "mounted", "manual"] {
        world.create::<Secret>(token(name)).await;
    }
    let pod = json!({"metadata": {"name": "p", "namespace": "default"}, "spec": {
        "serviceAccountName": "robot",
        "containers": [{"name": "c", "image": "i"}],
        "volumes": [{"name": "v", "secret": {"secretName": "mounted"}}],
    }});
    world.create::<Pod>(pod).await;
}

#[test]
fn first_marked_then_deleted() {
    simulate(96, |world| async move {
        tokens(&world).await;
        // Uses have been noted for long.
        let tracking = ObjectKey::namespaced(
            "kube-system",
            "kube-apiserver-legacy-service-account-token-tracking",
        );
        let patch = Patch::merge(&json!({"data": {"since": "2001-01-01"}}));
        let maps = world.admin().of::<ConfigMap>();
        let params = PatchParams::default();
        maps.patch(&tracking, &patch, &params).await.unwrap();

        world.pass(HOUR - Duration::from_secs(60)).await;
        let made = find(&world, "made").await.unwrap();
        assert!(made.metadata.labels.is_empty());
        let is_marked =
            |secret: Option<&Secret>| secret.unwrap().metadata.labels.contains_key(MARK);
        world.eventually(&key("made"), is_marked).await;
        // The day on which it was marked counts whole.
        world.pass(HOUR - Duration::from_secs(60)).await;
        assert!(find(&world, "made").await.is_some());
        world.pass(25 * HOUR).await;
        assert!(find(&world, "made").await.is_none());
        for other in ["mounted", "manual"] {
            let other = find(&world, other).await.unwrap();
            assert!(other.metadata.labels.is_empty(), "{other:?}");
        }
    });
}
