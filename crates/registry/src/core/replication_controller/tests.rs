//! Rules that the recorded answers do not show.

use super::ReplicationControllers;
use crate::testing;
use resource::{Strategy, Verb};
use serde_json::json;

#[test]
fn the_template_gives_what_is_missing() {
    let document = json!({
        "metadata": {"name": "r"},
        "spec": {"template": {
            "metadata": {"labels": {"a": "b"}},
            "spec": {"containers": [{"name": "c", "image": "i"}]},
        }},
    });
    let controller = testing::object(&ReplicationControllers, &document);
    assert_eq!(controller.spec.replicas, Some(1));
    for labels in [&controller.spec.selector, &controller.metadata.labels] {
        assert_eq!(labels.get("a").map(|value| &**value), Some("b"));
    }
    assert_eq!(testing::create(&ReplicationControllers, &document), "[]");
    let empty = json!({"metadata": {"name": "r"}, "spec": {}});
    assert_eq!(
        testing::create(&ReplicationControllers, &empty),
        "[spec.selector: Required value, spec.template: Required value]",
    );
}

#[test]
fn counts_of_a_status_fit() {
    let status = |replicas: i32, ready: i32, available: i32| {
        let document = json!({"metadata": {"name": "r"}, "status": {
            "replicas": replicas, "readyReplicas": ready, "availableReplicas": available,
        }});
        let object: resource::Object =
            Box::new(testing::object(&ReplicationControllers, &document));
        let erased = resource::resource(ReplicationControllers);
        let part = erased.part("status").unwrap();
        let mut errors = meta::FieldErrors::new();
        let cx = testing::context(Verb::Update);
        part.validate_update(&cx, &mut errors, &object, &object);
        errors.aggregate()
    };
    assert_eq!(status(3, 2, 1), "[]");
    assert_eq!(
        status(1, 2, 0),
        "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas"
    );
    assert_eq!(
        status(3, 1, 2),
        "status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas"
    );
}

#[test]
fn what_was_is_warned_about() {
    let controller = |secret: &str| {
        let document = json!({"metadata": {"name": "r"}, "spec": {"template": {"spec": {
            "containers": [{"name": "c", "image": "i"}],
            "imagePullSecrets": [{"name": secret}],
        }}}});
        testing::object(&ReplicationControllers, &document)
    };
    let cx = testing::context(Verb::Update);
    let (named, unnamed) = (controller("s"), controller(""));
    let warnings = |new, old| ReplicationControllers.warnings_on_update(&cx, new, old);
    let none: &[String] = &[];
    assert_eq!(warnings(&unnamed, &named), none);
    assert_eq!(warnings(&unnamed, &unnamed), none);
    assert_eq!(
        warnings(&named, &unnamed),
        ["spec.template.spec.imagePullSecrets[0].name: invalid empty name \"\""]
    );
}
