//! Deletes bootstrap tokens whose time is over, each when its time comes.

use crate::{Options, bootstrap_token};
use api::core::v1::Secret;
use client::{
    Api, Cache, DeleteParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::ObjectKey;
use platform::Platform;

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let secrets = bootstrap_token::cache(&mut builder);
    let queue = builder.queue();
    secrets.on_change(move |change| queue.add(change.key.clone()));
    let controller = TokenCleaner {
        secrets,
        api: builder.client().of(),
        platform: builder.platform().clone(),
    };
    builder.workers(1);
    builder.run(controller);
}

struct TokenCleaner {
    secrets: Cache<Secret>,
    api: Api<Secret>,
    platform: Platform,
}

impl Reconciler for TokenCleaner {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(secret) = self.secrets.get(key) else {
            return Ok(Action::Settled);
        };
        let Some(left) = bootstrap_token::left(&secret, self.platform.clock.now().into()) else {
            return Ok(Action::Settled);
        };
        if !left.is_zero() {
            return Ok(Action::RequeueAfter(left));
        }
        let params = DeleteParams::of_uid(&secret.metadata.uid);
        match self.api.delete(key, &params).await {
            Err(error) if !error.is_overtaken() => Err(error.into()),
            _ => Ok(Action::Settled),
        }
    }
}
