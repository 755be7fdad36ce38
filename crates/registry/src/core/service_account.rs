//! ServiceAccount: who a pod is.

use api::core::v1::ServiceAccount;
use resource::{Column, ServerSide, Strategy, Subresources};

pub(crate) struct ServiceAccounts;

impl Strategy for ServiceAccounts {
    type Object = ServiceAccount;
    const SHORT_NAMES: &'static [&'static str] = &["sa"];
    const COLUMNS: &'static [Column<ServiceAccount>] = &[Column::NAME, Column::AGE];
    const RETURNS_DELETED_OBJECT: bool = true;

    fn subresources(&self) -> Subresources<ServiceAccount> {
        Subresources::none().server_side("token", ServerSide::Token)
    }
}
