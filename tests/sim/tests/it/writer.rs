//! A client that writes its own objects and knows at any time what they can be.

use crate::workloads::key;
use api::core::v1::ConfigMap;
use client::{Api, DeleteParams, Error, Patch, PatchParams};
use meta::codec;
use serde_json::{Value, json};
use sim::World;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

const WRITES: u64 = 18;
/// How many objects a writer has.
const NAMES: u64 = 4;

/// What an object can be, by what its only writer was told: its value, or that it is not there. More than one when an answer was lost.
#[derive(Clone, Debug)]
pub(crate) struct Model(BTreeSet<Option<u64>>);

impl Model {
    fn absent() -> Self {
        Self(BTreeSet::from([None]))
    }

    /// The write was acknowledged, or nobody knows whether it was done.
    fn wrote(&mut self, value: Option<u64>, acknowledged: bool) {
        if acknowledged {
            self.0.clear();
        }
        self.0.insert(value);
    }

    /// The object was read: it must be one of the things that it can be, and that it is.
    pub(crate) fn check(&mut self, world: &World, name: &str, found: Option<&ConfigMap>) {
        let found = found.map(value_of);
        if !self.0.contains(&found) {
            let can_be = &self.0;
            world.ledger.wrong(format!(
                "{name} is {found:?}, and by what was acknowledged can be {can_be:?}"
            ));
        }
        self.0 = BTreeSet::from([found]);
    }
}

fn value_of(map: &ConfigMap) -> u64 {
    let value = map.data.get("value").expect("it has a value");
    value.parse().expect("it is a number")
}

/// Creates, changes, deletes and reads; returns what each object can be in the end.
pub(crate) async fn write(world: &World, writer: u64) -> BTreeMap<String, Model> {
    let api: Api<ConfigMap> = world.client_of(&format!("writer-{writer}")).of();
    let rng = &world.platform.rng;
    let mut models = BTreeMap::new();
    for turn in 0..WRITES {
        let name = format!("writer-{writer}-{}", turn % NAMES);
        let model = models.entry(name.clone()).or_insert_with(Model::absent);
        if turn % 3 == 2 {
            let deleted = api.delete(&key(&name), &DeleteParams::default()).await;
            // That there is none was told by an answer, too, but perhaps by the second one to a request that arrived twice.
            model.wrote(None, deleted.is_ok());
        } else {
            let put = put(&api, &name, turn).await;
            if let Ok(map) = &put {
                acknowledged(world, &name, map);
            }
            model.wrote(Some(turn), put.is_ok());
        }
        world
            .pass(Duration::from_millis(200 + rng.below(800)))
            .await;
        if let Ok(found) = api.find(&key(&name)).await {
            model.check(world, &name, found.as_ref());
        }
    }
    models
}

fn acknowledged(world: &World, name: &str, map: &ConfigMap) {
    let revision = map.metadata.resource_version.parse();
    let revision = revision.expect("a revision is a number");
    let json = String::from_utf8(codec::to_json(map)).expect("JSON is UTF-8");
    let meaning = format!("configmaps default/{name} is {json}");
    world.ledger.told(revision, meaning);
    world.ledger.acknowledged("configmaps", revision);
}

async fn put(api: &Api<ConfigMap>, name: &str, value: u64) -> Result<ConfigMap, Error> {
    let data: Value = json!({"data": {"value": value.to_string()}});
    let changed = api
        .patch(&key(name), &Patch::merge(&data), &PatchParams::default())
        .await;
    match changed {
        Err(error) if error.is_not_found() => {}
        other => return other,
    }
    let object = json!({
        "metadata": {"name": name, "namespace": "default"},
        "data": {"value": value.to_string()},
    });
    let decoded = codec::from_value::<ConfigMap>(&object).expect("the fixture decodes");
    api.create(&decoded.object).await
}
