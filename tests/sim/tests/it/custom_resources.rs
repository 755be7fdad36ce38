//! Definitions of custom resources: their names, what is said of them, and how they go.

use api::apiextensions::v1::CustomResourceDefinition as Definition;
use client::DeleteParams;
use meta::ObjectKey;
use serde_json::{Value, json};
use sim::simulate;
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

#[test]
fn names_are_given_once_and_are_free_again_when_they_are_given_up() {
    simulate(71, |world| async move {
        let ships = key("ships");
        let mut boats = definition("boats", "Boat");
        boats["spec"]["names"]["shortNames"] = json!(["bo"]);
        world.create::<Definition>(boats).await;
        world
            .eventually::<Definition>(&key("boats"), |found| found.is_some_and(is_established))
            .await;
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
        world
            .eventually::<Definition>(&ships, |found| found.is_some_and(is_established))
            .await;
    });
}

#[test]
fn a_definition_that_was_never_served_goes_at_once() {
    simulate(72, |world| async move {
        world
            .create::<Definition>(definition("boats", "Boat"))
            .await;
        world
            .eventually::<Definition>(&key("boats"), |found| found.is_some_and(is_established))
            .await;
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
