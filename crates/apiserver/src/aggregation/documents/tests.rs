use super::*;

#[test]
fn lists_of_resources_become_the_aggregated_form() {
    let list = json!({"resources": [
        {"name": "things", "singularName": "thing", "namespaced": true, "kind": "Thing", "verbs": ["get"], "shortNames": ["th"]},
        {"name": "things/scale", "singularName": "", "namespaced": true, "kind": "Scale", "group": "autoscaling", "version": "v1", "verbs": ["update"]},
        {"name": "lone/sub", "singularName": "", "namespaced": false, "kind": "Sub", "verbs": ["create"]},
    ]});
    assert_eq!(
        Value::from(from_list(&list, "g", "v1")),
        json!([
            {
                "resource": "things",
                "responseKind": {"group": "g", "version": "v1", "kind": "Thing"},
                "scope": "Namespaced",
                "singularResource": "thing",
                "verbs": ["get"],
                "shortNames": ["th"],
                "subresources": [{
                    "subresource": "scale",
                    "responseKind": {"group": "autoscaling", "version": "v1", "kind": "Scale"},
                    "verbs": ["update"],
                }],
            },
            {
                "resource": "lone",
                "scope": "Cluster",
                "subresources": [{
                    "subresource": "sub",
                    "responseKind": {"group": "g", "version": "v1", "kind": "Sub"},
                    "verbs": ["create"],
                }],
            },
        ])
    );
    assert!(from_list(&json!("odd"), "g", "v1").is_empty());
}
