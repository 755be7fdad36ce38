//! When the account is made.

use super::plan;
use api::core::v1::{Namespace, ServiceAccount};

#[test]
fn one_in_every_living_namespace() {
    let check = |phase: &str, there: Option<&ServiceAccount>, expect: Option<&str>| {
        let mut namespace = Namespace::default();
        namespace.metadata.name = "shop".into();
        namespace.status.phase = phase.into();
        let made = plan(&namespace, there);
        let made =
            made.map(|account| format!("{}/{}", account.metadata.namespace, account.metadata.name));
        assert_eq!(made.as_deref(), expect, "{phase}");
    };
    check("Active", None, Some("shop/default"));
    check("", None, Some("shop/default"));
    check("Active", Some(&ServiceAccount::default()), None);
    check("Terminating", None, None);
}
