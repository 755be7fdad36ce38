//! Definitions of custom resources: their names, what is said of them, and how they go.

use api::apiextensions::v1::CustomResourceDefinition as Definition;
use client::{DeleteParams, ListParams, Metadata, Patch, PatchParams, Resource};
use meta::ObjectKey;
use serde_json::{Value, json};
use sim::{World, simulate};
use std::time::Duration;
use structural::definition::{condition, is_established};

fn definition(plural: &str, kind: &str) -> Value {
    json!({
        "metadata": {"name": format!("{plural}.example.com")},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {"plural": plural, "kind": kind},
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object"}},
            }],
        },
    })
}

fn key(plural: &str) -> ObjectKey {
    ObjectKey::cluster(format!("{plural}.example.com"))
}

fn reason(definition: Option<&Definition>, type_: &str) -> String {
    let condition = definition.and_then(|definition| condition(definition, type_));
    condition.map_or_else(String::new, |condition| condition.reason.to_string())
}

/// Waits until the names of a definition are its own and its kind is served.
async fn established(world: &World, plural: &str) {
    world
        .eventually::<Definition>(&key(plural), |found| found.is_some_and(is_established))
        .await;
}

/// Makes the definition of boats, and waits until they are served.
async fn define_boats(world: &World) {
    let boats = definition("boats", "Boat");
    world.create::<Definition>(boats).await;
    established(world, "boats").await;
}

#[test]
fn names_are_given_once_and_are_free_again_when_they_are_given_up() {
    simulate(71, |world| async move {
        let ships = key("ships");
        let mut boats = definition("boats", "Boat");
        boats["spec"]["names"]["shortNames"] = json!(["bo"]);
        world.create::<Definition>(boats).await;
        established(&world, "boats").await;
        let mut wanted = definition("ships", "Ship");
        wanted["spec"]["names"]["shortNames"] = json!(["bo"]);
        world.create::<Definition>(wanted).await;
        world
            .eventually::<Definition>(&ships, |found| {
                reason(found, "NamesAccepted") == "ShortNamesConflict"
            })
            .await;
        let api = world.admin().of::<Definition>();
        let refused = api.get(&ships).await.unwrap();
        assert_eq!(reason(Some(&refused), "Established"), "NotAccepted");
        assert_eq!(refused.status.accepted_names.plural, "ships");
        assert!(refused.status.accepted_names.short_names.is_empty());

        let mut boats = api.get(&key("boats")).await.unwrap();
        boats.spec.names.short_names.clear();
        drop(api.replace(&boats).await.unwrap());
        established(&world, "ships").await;
    });
}

/// Such as generators write them: an answer with one of these goes out in several chunks.
#[test]
fn a_definition_of_half_a_megabyte_is_served() {
    simulate(72, |world| async move {
        let mut boats = definition("boats", "Boat");
        boats["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["description"] =
            json!("a".repeat(512 * 1024));
        world.create::<Definition>(boats).await;
        established(&world, "boats").await;
    });
}

#[test]
fn a_definition_whose_conditions_were_overwritten_is_served_again() {
    simulate(73, |world| async move {
        define_boats(&world).await;
        let theirs = json!([{"type": "Theirs", "status": "True", "reason": "R", "message": "m"}]);
        let patch = Patch::merge(&json!({"status": {"conditions": theirs}}));
        let (api, params) = (world.admin().of::<Definition>(), PatchParams::default());
        let patched = api
            .patch_subresource(&key("boats"), "status", &patch, &params)
            .await
            .unwrap();
        assert_eq!(reason(Some(&patched), "Theirs"), "R");
        assert!(!is_established(&patched));
        established(&world, "boats").await;
        let again = api.get(&key("boats")).await.unwrap();
        assert_eq!(reason(Some(&again), "Theirs"), "R");
    });
}

#[test]
fn a_definition_that_was_never_served_goes_at_once() {
    simulate(72, |world| async move {
        define_boats(&world).await;
        world
            .create::<Definition>(definition("ships", "Boat"))
            .await;
        world
            .eventually::<Definition>(&key("ships"), |found| {
                reason(found, "NamesAccepted") == "ListKindConflict"
            })
            .await;
        let api = world.admin().of::<Definition>();
        let generation = api.get(&key("ships")).await.unwrap().metadata.generation;
        assert_eq!(generation, 1);
        api.delete(&key("ships"), &DeleteParams::default())
            .await
            .unwrap();
        world
            .eventually::<Definition>(&key("ships"), |found| found.is_none())
            .await;
    });
}

/// The custom resource `boats`, whose objects are read as metadata.
fn boats() -> Resource {
    Resource {
        group: "example.com".into(),
        version: "v1".into(),
        kind: "Boat".into(),
        plural: "boats".into(),
        namespaced: true,
    }
}

async fn create_boat(world: &World, name: &str, finalizers: &[&str]) {
    let body = json!({
        "apiVersion": "example.com/v1", "kind": "Boat",
        "metadata": {"name": name, "finalizers": finalizers},
    });
    let body = Some(("application/json", body.to_string().into()));
    let path = boats().path(Some("default"), None, "");
    let admin = world.admin();
    let created = admin.call(http::Method::POST, &path, "application/json", body);
    drop(created.await.unwrap());
}

#[test]
fn a_definition_goes_after_its_objects() {
    simulate(73, |world| async move {
        define_boats(&world).await;
        create_boat(&world, "free", &[]).await;
        create_boat(&world, "moored", &["example.com/mooring"]).await;
        let api = world.admin().of::<Definition>();
        api.delete(&key("boats"), &DeleteParams::default())
            .await
            .unwrap();
        world.pass(Duration::from_secs(20)).await;
        let going = api.get(&key("boats")).await.unwrap();
        assert_eq!(
            reason(Some(&going), "Terminating"),
            "InstanceDeletionInProgress"
        );
        let objects = world.admin().resource::<Metadata>(boats());
        let left = objects
            .list(None, &ListParams::default())
            .await
            .unwrap()
            .items;
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].metadata.name, "moored");

        let patch = Patch::merge(&json!({"metadata": {"finalizers": null}}));
        let moored = ObjectKey::namespaced("default", "moored");
        drop(
            objects
                .patch(&moored, &patch, &PatchParams::default())
                .await
                .unwrap(),
        );
        world
            .eventually::<Definition>(&key("boats"), |found| found.is_none())
            .await;
    });
}

#[test]
fn objects_that_stay_are_told_of_and_asked_again() {
    simulate(74, |world| async move {
        define_boats(&world).await;
        create_boat(&world, "moored", &["example.com/mooring"]).await;
        let api = world.admin().of::<Definition>();
        api.delete(&key("boats"), &DeleteParams::default())
            .await
            .unwrap();
        world
            .eventually::<Definition>(&key("boats"), |found| {
                reason(found, "Terminating") == "InstanceDeletionCheck"
            })
            .await;
        let objects = world.admin().resource::<Metadata>(boats());
        let patch = Patch::merge(&json!({"metadata": {"finalizers": null}}));
        let moored = ObjectKey::namespaced("default", "moored");
        drop(
            objects
                .patch(&moored, &patch, &PatchParams::default())
                .await
                .unwrap(),
        );
        world
            .eventually::<Definition>(&key("boats"), |found| found.is_none())
            .await;
    });
}
