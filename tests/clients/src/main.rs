//! A controller as a user of `kube` and `kube-runtime` writes it: one ConfigMap per annotated ConfigMap, made by server-side apply,
//! removed by a finalizer. It drives itself: it makes, changes and deletes its own objects, and ends when all of that was reconciled.

use futures::StreamExt as _;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::{
    Api, Client, Resource as _, ResourceExt as _,
    api::{DeleteParams, ListParams, Patch, PatchParams, PostParams},
    runtime::{
        Controller,
        controller::Action,
        finalizer::{Error as FinalizerError, Event, finalizer},
        wait::{await_condition, conditions},
        watcher,
    },
};
use serde_json::json;
use std::{error::Error, sync::Arc, time::Duration};

const FINALIZER: &str = "clients.test/copy";
const MANAGER: &str = "kube-controller";
const SOURCE: &str = "role=source";

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let maps: Api<ConfigMap> = Api::default_namespaced(Client::try_default().await?);
    let controller = tokio::spawn(control(maps.clone()));
    tokio::time::timeout(Duration::from_secs(60), exercise(&maps)).await??;
    controller.abort();
    Ok(())
}

async fn control(maps: Api<ConfigMap>) {
    Controller::new(maps.clone(), watcher::Config::default().labels(SOURCE))
        .owns(maps.clone(), watcher::Config::default().labels("role=copy"))
        .run(
            reconcile,
            |_, _, _| Action::requeue(Duration::from_millis(200)),
            Arc::new(maps),
        )
        .for_each(|outcome| async move { drop(outcome) })
        .await;
}

async fn reconcile(
    source: Arc<ConfigMap>,
    maps: Arc<Api<ConfigMap>>,
) -> Result<Action, FinalizerError<kube::Error>> {
    finalizer(&maps, FINALIZER, source, |event| async {
        match event {
            Event::Apply(source) => copy(&maps, &source).await,
            Event::Cleanup(source) => {
                let name = name_of_copy(&source);
                match maps.delete(&name, &DeleteParams::default()).await {
                    Err(kube::Error::Api(error)) if error.code == 404 => {}
                    outcome => drop(outcome?),
                }
                Ok(Action::await_change())
            }
        }
    })
    .await
}

async fn copy(maps: &Api<ConfigMap>, source: &ConfigMap) -> Result<Action, kube::Error> {
    let name = name_of_copy(source);
    let wanted = json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": name,
            "labels": {"role": "copy"},
            "ownerReferences": [source.controller_owner_ref(&())],
        },
        "data": source.data,
    });
    maps.patch(&name, &PatchParams::apply(MANAGER), &Patch::Apply(&wanted))
        .await?;
    Ok(Action::await_change())
}

fn name_of_copy(source: &ConfigMap) -> String {
    format!("{}-copy", source.name_any())
}

/// Makes a source, changes it, deletes its copy, deletes it; each time the controller brings the copy to what it should be.
async fn exercise(maps: &Api<ConfigMap>) -> Result<(), Failure> {
    let source: ConfigMap = serde_json::from_value(json!({
        "metadata": {"name": "one", "labels": {"role": "source"}},
        "data": {"value": "1"},
    }))?;
    maps.create(&PostParams::default(), &source).await?;
    holds(maps, "1").await?;
    let change = json!({"data": {"value": "2"}});
    maps.patch("one", &PatchParams::default(), &Patch::Merge(&change))
        .await?;
    holds(maps, "2").await?;
    let uid = maps.get("one-copy").await?.uid().unwrap_or_default();
    maps.delete("one-copy", &DeleteParams::default()).await?;
    await_condition(maps.clone(), "one-copy", conditions::is_deleted(&uid)).await?;
    holds(maps, "2").await?;
    let owner = maps.get("one").await?;
    if !owner
        .finalizers()
        .iter()
        .any(|finalizer| finalizer == FINALIZER)
    {
        return Err("the source has no finalizer".into());
    }
    maps.delete("one", &DeleteParams::default()).await?;
    let uid = owner.uid().unwrap_or_default();
    await_condition(maps.clone(), "one", conditions::is_deleted(&uid)).await?;
    let left = maps
        .list(&ListParams::default().labels("role in (source, copy)"))
        .await?;
    if left.items.is_empty() {
        Ok(())
    } else {
        Err(format!("left behind: {:?}", left.items).into())
    }
}

async fn holds(maps: &Api<ConfigMap>, value: &'static str) -> Result<(), Failure> {
    let is = move |copy: Option<&ConfigMap>| {
        let data = copy.and_then(|copy| copy.data.as_ref());
        data.and_then(|data| data.get("value"))
            .is_some_and(|held| held == value)
    };
    await_condition(maps.clone(), "one-copy", is).await?;
    Ok(())
}
