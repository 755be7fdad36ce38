//! ServiceAccount: who a pod is.

use api::core::v1::{ObjectReference, ServiceAccount};
use resource::{Column, MetadataCheck, RequestContext, ServerSide, Strategy, Subresources};

pub(crate) struct ServiceAccounts;

const ENFORCE_MOUNTABLE: &str = "kubernetes.io/enforce-mountable-secrets";

impl Strategy for ServiceAccounts {
    type Object = ServiceAccount;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const SHORT_NAMES: &'static [&'static str] = &["sa"];
    const COLUMNS: &'static [Column<ServiceAccount>] = &[Column::NAME, Column::AGE];
    const RETURNS_DELETED_OBJECT: bool = true;
    const GUIDES_ADMISSION: bool = true;

    fn subresources(&self) -> Subresources<ServiceAccount> {
        Subresources::none().server_side("token", ServerSide::Token)
    }

    fn prepare_create(&self, _cx: &RequestContext, new: &mut ServiceAccount) {
        keep_names(new);
    }

    fn prepare_update(
        &self,
        _cx: &RequestContext,
        new: &mut ServiceAccount,
        _old: &ServiceAccount,
    ) {
        keep_names(new);
    }

    fn warnings_on_create(&self, _cx: &RequestContext, new: &ServiceAccount) -> Vec<String> {
        let set = enforces(new).then(|| {
            format!(
                "metadata.annotations[{ENFORCE_MOUNTABLE}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"
            )
        });
        set.into_iter().collect()
    }

    /// Said once, when it is set.
    fn warnings_on_update(
        &self,
        cx: &RequestContext,
        new: &ServiceAccount,
        old: &ServiceAccount,
    ) -> Vec<String> {
        if enforces(old) {
            return Vec::new();
        }
        self.warnings_on_create(cx, new)
    }
}

fn enforces(account: &ServiceAccount) -> bool {
    account.metadata.annotations.contains_key(ENFORCE_MOUNTABLE)
}

/// Of its secrets an account knows only the names: they are in its own namespace.
fn keep_names(account: &mut ServiceAccount) {
    for secret in account.secrets.iter_mut() {
        *secret = ObjectReference {
            name: std::mem::take(&mut secret.name),
            ..ObjectReference::default()
        };
    }
}

#[cfg(test)]
mod tests;
