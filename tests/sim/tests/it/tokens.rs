//! Secrets that hold a token of a ServiceAccount.

use api::{
    authentication::v1::{TokenReview, TokenReviewStatus},
    core::v1::{Namespace, Secret, ServiceAccount},
};
use client::{DeleteParams, Patch, PatchParams};
use meta::ObjectKey;
use serde_json::{Value, json};
use sim::{World, simulate};
use std::time::Duration;

fn key(name: &str) -> ObjectKey {
    ObjectKey::namespaced("web", name)
}

fn secret(name: &str) -> Value {
    json!({
        "metadata": {"name": name, "namespace": "web", "annotations": {"kubernetes.io/service-account.name": "robot"}},
        "type": "kubernetes.io/service-account-token",
    })
}

async fn account(world: &World) {
    let account = json!({
        "metadata": {"name": "robot", "namespace": "web"},
        "secrets": [{"name": "other"}, {"name": "first"}],
    });
    world.create::<ServiceAccount>(account).await;
}

fn text(secret: &Secret, key: &str) -> String {
    let held = secret.data.get(key).map(|bytes| bytes.0.clone());
    String::from_utf8(held.unwrap_or_default()).unwrap()
}

/// Waits until the Secret has all that it is to hold.
async fn filled(world: &World, name: &str) -> Secret {
    let is_filled = |secret: Option<&Secret>| {
        secret.is_some_and(|secret| {
            let right = text(secret, "ca.crt") == "PEM" && text(secret, "namespace") == "web";
            right && !text(secret, "token").is_empty()
        })
    };
    world.eventually(&key(name), is_filled).await;
    world.admin().of().get(&key(name)).await.unwrap()
}

async fn review(world: &World, token: &str) -> TokenReviewStatus {
    let review = json!({"spec": {"token": token}});
    let review: TokenReview = meta::codec::from_value(&review).unwrap().object;
    world.admin().of().create(&review).await.unwrap().status
}

#[test]
fn a_secret_is_filled_and_goes_with_its_account() {
    simulate(95, |world| async move {
        let namespace = json!({"metadata": {"name": "web"}});
        world.create::<Namespace>(namespace).await;
        let is_made = |account: Option<&ServiceAccount>| account.is_some();
        world.eventually(&key("default"), is_made).await;
        account(&world).await;
        let secrets = world.admin().of::<Secret>();
        let accounts = world.admin().of::<ServiceAccount>();
        world.create::<Secret>(secret("first")).await;
        let first = filled(&world, "first").await;
        let robot = accounts.get(&key("robot")).await.unwrap();
        let annotations = &first.metadata.annotations;
        let uid = annotations
            .get("kubernetes.io/service-account.uid")
            .unwrap();
        assert_eq!(*uid, robot.metadata.uid);
        let token = text(&first, "token");
        let known = review(&world, &token).await;
        assert!(known.authenticated, "{known:?}");
        assert_eq!(known.user.username, "system:serviceaccount:web:robot");
        assert_eq!(known.user.uid, robot.metadata.uid);

        // What is spoiled is put right, and the token stays while it is there.
        for (data, stays) in [
            (json!({"ca.crt": "b2xk"}), true),
            (json!({"namespace": null}), true),
            (json!({"token": null}), false),
        ] {
            let patch = Patch::merge(&json!({"data": data}));
            let params = PatchParams::default();
            drop(secrets.patch(&key("first"), &patch, &params).await.unwrap());
            let again = text(&filled(&world, "first").await, "token");
            assert_eq!(again == token, stays, "{data}");
        }
        assert!(!review(&world, &token).await.authenticated);

        // A Secret that goes is no longer listed.
        let all = DeleteParams::default();
        secrets.delete(&key("first"), &all).await.unwrap();
        let lists_other = |account: Option<&ServiceAccount>| {
            let names = account.unwrap().secrets.iter();
            names.map(|one| one.name.as_str()).eq(["other"])
        };
        world.eventually(&key("robot"), lists_other).await;

        world.create::<Secret>(secret("second")).await;
        let token = text(&filled(&world, "second").await, "token");
        accounts.delete(&key("robot"), &all).await.unwrap();
        let is_gone = |secret: Option<&Secret>| secret.is_none();
        world.eventually(&key("second"), is_gone).await;
        assert!(!review(&world, &token).await.authenticated);

        // Nobody's, and somebody's of the same name before.
        world.create::<Secret>(secret("nobodys")).await;
        world.eventually(&key("nobodys"), is_gone).await;
        account(&world).await;
        let mut old = secret("old");
        old["metadata"]["annotations"]["kubernetes.io/service-account.uid"] =
            json!(robot.metadata.uid.as_str());
        world.create::<Secret>(old).await;
        world.eventually(&key("old"), is_gone).await;
        world.pass(Duration::from_secs(60)).await;
    });
}
