use super::atomics;
use crate::Node;
use serde_json::json;

#[test]
fn atomic_parts_are_found() {
    let found = schema::lookup("apps", "v1", "Deployment");
    let node = found.map(Node::builtin).unwrap();
    let value = json!({"spec": {
        "selector": {"matchLabels": {"a": "b"}},
        "template": {"spec": {"containers": [{"name": "c", "args": ["x"]}], "tolerations": []}},
    }});
    assert_eq!(
        atomics(node, &value),
        [
            ".spec.selector",
            ".spec.template.spec.containers[0].args",
            ".spec.template.spec.tolerations",
        ]
    );
    let value = json!({"metadata": {"labels": {"a": "b"}}, "spec": {"replicas": 1}});
    assert_eq!(atomics(node, &value), Vec::<String>::new());
}
