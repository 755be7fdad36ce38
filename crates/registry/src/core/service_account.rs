//! ServiceAccount: who a pod is.

use crate::rules;
use api::core::v1::ServiceAccount;
use meta::FieldErrors;
use resource::{Column, RequestContext, ServerSide, Strategy, Subresources};

pub(crate) struct ServiceAccounts;

const ENFORCE_MOUNTABLE: &str = "kubernetes.io/enforce-mountable-secrets";

impl Strategy for ServiceAccounts {
    type Object = ServiceAccount;
    const SHORT_NAMES: &'static [&'static str] = &["sa"];
    const COLUMNS: &'static [Column<ServiceAccount>] = &[Column::NAME, Column::AGE];
    const RETURNS_DELETED_OBJECT: bool = true;

    fn subresources(&self) -> Subresources<ServiceAccount> {
        Subresources::none().server_side("token", ServerSide::Token)
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &ServiceAccount) {
        rules::finalizers(errors, &new.metadata);
    }

    fn warnings_on_create(&self, _cx: &RequestContext, new: &ServiceAccount) -> Vec<String> {
        let set = new.metadata.annotations.contains_key(ENFORCE_MOUNTABLE);
        set.then(|| {
            format!(
                "metadata.annotations[{ENFORCE_MOUNTABLE}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"
            )
        })
        .into_iter()
        .collect()
    }
}
