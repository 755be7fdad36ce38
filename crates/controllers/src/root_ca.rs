//! Publishes the cluster's certificate authority as ConfigMap `kube-root-ca.crt` in every namespace.

use crate::{Options, service_account::ignore_existing};
use api::core::v1::{ConfigMap, Namespace};
use client::{
    Api, Cache,
    cache::Selector,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{ObjectKey, Str};

const NAME: &str = "kube-root-ca.crt";
const FILE: &str = "ca.crt";
const DESCRIPTION: &str = "kubernetes.io/description";
const TEXT: &str = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

pub(crate) fn register(mut builder: Builder, options: &Options) {
    let namespaces = builder.primary::<Namespace>();
    let selector = Selector {
        fields: Str::from(format!("metadata.name={NAME}")),
        ..Selector::default()
    };
    let published = builder.view::<ConfigMap, ConfigMap>(selector);
    let queue = builder.queue();
    published.on_change(move |change| {
        queue.add(ObjectKey::cluster(
            change.key.namespace.clone().unwrap_or_default(),
        ));
    });
    let controller = RootCa {
        namespaces,
        published,
        api: builder.client().of(),
        pem: options.root_ca_pem.clone(),
    };
    builder.run(controller);
}

struct RootCa {
    namespaces: Cache<Namespace>,
    /// Whole: the role that upstream gives this controller has no right to read one again before it is written.
    published: Cache<ConfigMap>,
    api: Api<ConfigMap>,
    pem: String,
}

#[derive(Debug)]
enum Step {
    Create(Box<ConfigMap>),
    /// The bundle was changed by somebody, or is another cluster's.
    Repair(Box<ConfigMap>),
}

impl Reconciler for RootCa {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(namespace) = self.namespaces.get(key) else {
            return Ok(Action::Settled);
        };
        let map_key = ObjectKey::namespaced(key.name.clone(), NAME);
        let there = self.published.get(&map_key);
        match plan(&namespace, there.as_deref(), &self.pem) {
            None => {}
            Some(Step::Create(map)) => ignore_existing(self.api.create(&map).await)?,
            Some(Step::Repair(map)) => drop(self.api.replace(&map).await?),
        }
        Ok(Action::Settled)
    }
}

fn plan(namespace: &Namespace, there: Option<&ConfigMap>, pem: &str) -> Option<Step> {
    if namespace.status.phase == "Terminating" {
        return None;
    }
    let Some(there) = there else {
        let mut map = ConfigMap::default();
        map.metadata.namespace = namespace.metadata.name.clone();
        map.metadata.name = NAME.into();
        publish(&mut map, pem);
        return Some(Step::Create(Box::new(map)));
    };
    let described = there.metadata.annotations.contains_key(DESCRIPTION);
    let right = there.data.len() == 1 && there.data.get(FILE).is_some_and(|file| *file == *pem);
    if described && right {
        return None;
    }
    let mut map = there.clone();
    publish(&mut map, pem);
    Some(Step::Repair(Box::new(map)))
}

fn publish(map: &mut ConfigMap, pem: &str) {
    map.data = [(FILE, pem)].into_iter().collect();
    map.metadata.annotations.insert(DESCRIPTION, TEXT.into());
}

#[cfg(test)]
mod tests;
