//! Which rules an aggregated role gets.

use super::plan;
use api::rbac::v1::ClusterRole;
use meta::codec;
use serde_json::{Value, json};
use std::sync::Arc;

fn role(name: &str, label: &str, verbs: &[&str]) -> Value {
    let rules: Vec<Value> = verbs
        .iter()
        .map(|verb| json!({"apiGroups": [""], "resources": ["pods"], "verbs": [verb]}))
        .collect();
    json!({"metadata": {"name": name, "labels": {"to": label}}, "rules": rules})
}

fn read(document: &Value) -> Arc<ClusterRole> {
    Arc::new(codec::from_value(document).unwrap().object)
}

/// Verbs that the role has, and those that are planned for it.
#[track_caller]
fn check(has: &[&str], others: &[Value], expect: Option<&[&str]>) {
    let mut whole = role("whole", "whole", has);
    whole["aggregationRule"] = json!({"clusterRoleSelectors": [
        {"matchLabels": {"to": "whole"}},
        {"matchLabels": {"to": "also"}},
    ]});
    let whole = read(&whole);
    let mut all: Vec<_> = others.iter().map(read).collect();
    all.push(Arc::clone(&whole));
    let planned = plan(&whole, all).map(|rules| {
        let verbs = rules.iter().map(|rule| rule.verbs[0].to_string());
        verbs.collect::<Vec<_>>()
    });
    let expect = expect.map(|verbs| verbs.iter().map(ToString::to_string).collect());
    assert_eq!(planned, expect);
}

#[test]
fn rules_of_selected_roles() {
    let others = [
        role("b", "whole", &["list", "get"]),
        role("a", "whole", &["get"]),
        role("c", "other", &["delete"]),
        role("0", "also", &["watch", "get"]),
    ];
    check(&[], &others, Some(&["get", "list", "watch"]));
    check(&["get", "list", "watch"], &others, None);
    // What nobody gives goes, and the role does not give to itself.
    check(&["delete"], &[], Some(&[]));
    check(&[], &[], None);
}

#[test]
fn roles_without_a_rule_are_left_alone() {
    let plain = read(&role("plain", "whole", &["get"]));
    assert!(plan(&plain, vec![Arc::clone(&plain)]).is_none());
}
