//! Rules that the recorded answers do not show.

use super::DaemonSets;
use crate::testing;
use resource::{Strategy, Verb};
use serde_json::{Value, json};

fn set() -> Value {
    json!({
        "metadata": {"name": "d"},
        "spec": {
            "selector": {"matchLabels": {"a": "b"}},
            "template": {
                "metadata": {"labels": {"a": "b"}},
                "spec": {"containers": [{"name": "c", "image": "i"}]},
            },
        },
    })
}

#[test]
fn one_way_to_roll() {
    for (rolling, expect) in [
        (json!({}), "[]"),
        (json!({"maxSurge": 1, "maxUnavailable": 0}), "[]"),
        (
            json!({"maxSurge": "10%"}),
            "spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: \"10%\": may not be set when maxUnavailable is non-zero",
        ),
        (
            json!({"maxUnavailable": 0}),
            "spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0",
        ),
        (
            json!({"maxUnavailable": "99999999999%"}),
            "spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: \"99999999999%\": must not be greater than 100%",
        ),
        (
            json!({"maxUnavailable": "101%"}),
            "spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%",
        ),
    ] {
        let strategy = json!({"type": "RollingUpdate", "rollingUpdate": rolling});
        let set = testing::with(&set(), "/spec/updateStrategy", strategy);
        assert_eq!(testing::create(&DaemonSets, &set), expect);
    }
}

#[test]
fn templates_are_counted() {
    let old = {
        let mut old = testing::object(&DaemonSets, &set());
        DaemonSets.prepare_create(&testing::context(Verb::Create), &mut old);
        old
    };
    let of = |set: &api::apps::v1::DaemonSet| {
        set.metadata
            .annotations
            .get(super::TEMPLATE_GENERATION)
            .cloned()
    };
    assert_eq!(of(&old).as_deref(), Some("1"));
    for (given, expect) in [("3", "3"), ("-2", "1")] {
        let annotations = json!({super::TEMPLATE_GENERATION: given});
        let mut copy = testing::object(
            &DaemonSets,
            &testing::with(&set(), "/metadata/annotations", annotations),
        );
        DaemonSets.prepare_create(&testing::context(Verb::Create), &mut copy);
        assert_eq!(of(&copy).as_deref(), Some(expect));
    }
    for (image, expect) in [("i", "1"), ("j", "2")] {
        let new = testing::with(
            &set(),
            "/spec/template/spec/containers/0/image",
            image.into(),
        );
        let mut new = testing::object(&DaemonSets, &new);
        DaemonSets.prepare_update(&testing::context(Verb::Update), &mut new, &old);
        assert_eq!(of(&new).as_deref(), Some(expect));
    }
    let annotations = json!({super::TEMPLATE_GENERATION: "9"});
    let new = testing::with(&set(), "/metadata/annotations", annotations);
    let mut new: resource::Object = Box::new(testing::object(&DaemonSets, &new));
    let held: resource::Object = Box::new(old);
    let erased = resource::resource(DaemonSets);
    let part = erased.part("status").unwrap();
    part.prepare_update(&testing::context(Verb::Update), &mut new, &held);
    let annotations = &new.metadata().annotations;
    let counted = annotations.get(super::TEMPLATE_GENERATION);
    assert_eq!(counted.map(|count| count.as_str()), Some("1"));
}

/// Upstream reads the count with the object.
#[test]
fn a_count_that_is_no_number_is_refused() {
    let with = |count: &str| {
        let annotations = json!({super::TEMPLATE_GENERATION: count});
        testing::object(
            &DaemonSets,
            &testing::with(&set(), "/metadata/annotations", annotations),
        )
    };
    let cx = testing::context(Verb::Create);
    let refused = |count: &str| {
        let mut new = with(count);
        DaemonSets.prepare_create(&cx, &mut new);
        let created = DaemonSets.begin_create(&cx, &mut new).err();
        let (mut new, old) = (with(count), with("1"));
        DaemonSets.prepare_update(&cx, &mut new, &old);
        let updated = DaemonSets.begin_update(&cx, &mut new, &old).err();
        let words = created.map(|error| error.message);
        assert_eq!(words, updated.map(|error| error.message));
        words
    };
    assert_eq!(refused("7"), None);
    for (count, why) in [
        ("x", "invalid syntax"),
        ("99999999999999999999", "value out of range"),
    ] {
        let words = format!(
            "DaemonSet in version \"v1\" cannot be handled as a DaemonSet: strconv.ParseInt: parsing {count:?}: {why}"
        );
        assert_eq!(refused(count), Some(words));
    }
}
