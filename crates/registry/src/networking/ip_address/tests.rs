use super::IPAddresses;
use crate::testing::update;
use serde_json::json;

#[test]
fn the_parent_stays() {
    let with = |parent| json!({"metadata": {"name": "10.0.0.1"}, "spec": {"parentRef": parent}});
    let old = with(json!({"resource": "services", "namespace": "n", "name": "a"}));
    let new = with(json!({"resource": "services", "namespace": "n", "name": "b"}));
    assert_eq!(
        update(&IPAddresses, &old, &new),
        "spec.parentRef: Invalid value: {\"Group\":\"\",\"Resource\":\"services\",\"Namespace\":\"n\",\"Name\":\"b\"}: field is immutable"
    );
    let none = json!({"metadata": {"name": "10.0.0.1"}, "spec": {}});
    assert_eq!(
        update(&IPAddresses, &old, &none),
        "[spec.parentRef: Required value, spec.parentRef: Invalid value: null: field is immutable]"
    );
}
