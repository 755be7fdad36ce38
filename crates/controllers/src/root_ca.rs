//! Publishes the cluster's certificate authority as ConfigMap `kube-root-ca.crt` in every namespace.

use crate::{Options, service_account::ignore_existing};
use api::core::v1::{ConfigMap, Namespace};
use client::{
    Api, Cache,
    cache::{Selector, View},
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
    let published = builder.view::<ConfigMap, Published>(selector);
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
    published: Cache<ConfigMap, Published>,
    api: Api<ConfigMap>,
    pem: String,
}

/// Of a published ConfigMap: the bundle, when it is well-formed and described.
#[derive(Debug)]
struct Published(Option<Box<str>>);

impl View<ConfigMap> for Published {
    fn of(map: ConfigMap) -> Self {
        let described = map.metadata.annotations.contains_key(DESCRIPTION);
        let only = map
            .data
            .get(FILE)
            .filter(|_| described && map.data.len() == 1);
        Self(only.map(|pem| pem.as_str().into()))
    }
}

#[derive(Debug, PartialEq)]
enum Step {
    Create,
    /// The bundle was changed by somebody, or is another cluster's.
    Repair,
}

impl Reconciler for RootCa {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(namespace) = self.namespaces.get(key) else {
            return Ok(Action::Settled);
        };
        let map_key = ObjectKey::namespaced(key.name.clone(), NAME);
        match plan(
            &namespace,
            self.published.get(&map_key).as_deref(),
            &self.pem,
        ) {
            None => {}
            Some(Step::Create) => ignore_existing(self.api.create(&self.wanted(key)).await)?,
            Some(Step::Repair) => self.repair(&map_key).await?,
        }
        Ok(Action::Settled)
    }
}

impl RootCa {
    async fn repair(&self, key: &ObjectKey) -> Result<(), ReconcileError> {
        let Some(mut map) = self.api.find(key).await? else {
            return Err(ReconcileError::Stale);
        };
        map.data = [(FILE, self.pem.as_str())].into_iter().collect();
        map.metadata.annotations.insert(DESCRIPTION, TEXT.into());
        self.api.replace(&map).await?;
        Ok(())
    }

    fn wanted(&self, namespace: &ObjectKey) -> ConfigMap {
        let mut map = ConfigMap::default();
        map.metadata.namespace = namespace.name.clone();
        map.metadata.name = NAME.into();
        map.metadata.annotations.insert(DESCRIPTION, TEXT.into());
        map.data.insert(FILE, self.pem.as_str().into());
        map
    }
}

fn plan(namespace: &Namespace, there: Option<&Published>, pem: &str) -> Option<Step> {
    match there {
        _ if namespace.status.phase == "Terminating" => None,
        None => Some(Step::Create),
        Some(Published(Some(published))) if **published == *pem => None,
        Some(_) => Some(Step::Repair),
    }
}

#[cfg(test)]
mod tests;
