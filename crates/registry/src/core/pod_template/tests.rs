//! Rules that the recorded answers do not show.

use super::PodTemplates;
use crate::testing;
use resource::{Strategy, Verb};
use serde_json::json;

#[test]
fn only_what_changes_is_warned_about() {
    let template = |image: &str| {
        let spec = json!({
            "containers": [{"name": "c", "image": image}],
            "volumes": [{"name": "v", "flocker": {"datasetName": "d"}}],
        });
        let document = json!({"metadata": {"name": "t"}, "template": {"spec": spec}});
        testing::object(&PodTemplates, &document)
    };
    let cx = testing::context(Verb::Update);
    let (old, new) = (template("a"), template("b"));
    let none: &[String] = &[];
    assert_eq!(PodTemplates.warnings_on_update(&cx, &old, &old), none);
    assert_eq!(
        PodTemplates.warnings_on_update(&cx, &new, &old),
        ["template.spec.volumes[0].flocker: deprecated in v1.22, non-functional in v1.25+"]
    );
}
