//! Keeps a ServiceAccount `default` in every namespace that is not going.

use crate::Options;
use api::core::v1::{Namespace, ServiceAccount};
use client::{
    Api, Cache,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::ObjectKey;

const NAME: &str = "default";

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let namespaces = builder.primary::<Namespace>();
    let accounts = builder.mapped(|account: &ServiceAccount| {
        let wanted = account.metadata.name == NAME;
        wanted
            .then(|| ObjectKey::cluster(account.metadata.namespace.clone()))
            .into_iter()
            .collect()
    });
    let api = builder.client().of();
    builder.run(ServiceAccounts {
        namespaces,
        accounts,
        api,
    });
}

struct ServiceAccounts {
    namespaces: Cache<Namespace>,
    accounts: Cache<ServiceAccount>,
    api: Api<ServiceAccount>,
}

impl Reconciler for ServiceAccounts {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(namespace) = self.namespaces.get(key) else {
            return Ok(Action::Settled);
        };
        let there = self
            .accounts
            .get(&ObjectKey::namespaced(key.name.clone(), NAME));
        if let Some(account) = plan(&namespace, there.as_deref()) {
            ignore_existing(self.api.create(&account).await)?;
        }
        Ok(Action::Settled)
    }
}

/// The account to create.
fn plan(namespace: &Namespace, there: Option<&ServiceAccount>) -> Option<ServiceAccount> {
    if there.is_some() || namespace.status.phase == "Terminating" {
        return None;
    }
    let mut account = ServiceAccount::default();
    account.metadata.namespace = namespace.metadata.name.clone();
    account.metadata.name = NAME.into();
    Some(account)
}

/// Somebody was faster, or the namespace has begun to go: both are fine.
pub(crate) fn ignore_existing<K>(created: Result<K, client::Error>) -> Result<(), client::Error> {
    match created {
        Err(error) if !error.is_already_exists() && !error.is_namespace_terminating() => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
