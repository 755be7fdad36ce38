use super::ServiceAccounts;
use crate::testing::{context, object, with};
use meta::codec;
use resource::{Strategy, Verb};
use serde_json::json;

#[test]
fn secrets_are_kept_by_name() {
    let document = json!({"metadata": {"name": "a"}, "secrets": [{"name": "s", "kind": "Secret", "namespace": "n"}]});
    let mut account = object(&ServiceAccounts, &document);
    ServiceAccounts.prepare_create(&context(Verb::Create), &mut account);
    assert_eq!(codec::to_value(&account)["secrets"], json!([{"name": "s"}]));
}

#[test]
fn the_annotation_is_warned_about_once() {
    let plain = json!({"metadata": {"name": "a"}});
    let annotations = json!({"kubernetes.io/enforce-mountable-secrets": "true"});
    let set = with(&plain, "/metadata/annotations", annotations);
    let (plain, set) = (
        object(&ServiceAccounts, &plain),
        object(&ServiceAccounts, &set),
    );
    let cx = context(Verb::Update);
    assert_eq!(
        ServiceAccounts.warnings_on_update(&cx, &set, &plain),
        [
            "metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"
        ]
    );
    assert!(
        ServiceAccounts
            .warnings_on_update(&cx, &set, &set)
            .is_empty()
    );
}
