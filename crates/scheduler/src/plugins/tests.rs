use super::{in_tree, taint_toleration::tolerates};
use api::core::v1::{Taint, Toleration};

/// `key operator value effect` of a toleration, against the taint `k=v:NoSchedule`.
#[track_caller]
fn check(key: &str, operator: &str, value: &str, effect: &str, expect: bool) {
    let toleration = Toleration {
        key: key.into(),
        operator: operator.into(),
        value: value.into(),
        effect: effect.into(),
        ..Toleration::default()
    };
    let taint = Taint {
        key: "k".into(),
        value: "v".into(),
        effect: "NoSchedule".into(),
        ..Taint::default()
    };
    assert_eq!(tolerates(&toleration, &taint), expect);
}

#[test]
fn tolerations_cover_taints() {
    check("k", "Equal", "v", "NoSchedule", true);
    check("k", "", "v", "", true);
    check("k", "Equal", "w", "", false);
    check("k", "Exists", "", "", true);
    check("", "Exists", "", "", true);
    check("", "Equal", "v", "", false);
    check("k", "Exists", "", "NoExecute", false);
    check("other", "Exists", "", "", false);
    check("k", "Around", "v", "", false);
}

#[test]
fn the_default_profile_filters_in_upstreams_order() {
    let names: Vec<_> = in_tree()
        .filters
        .iter()
        .map(|plugin| plugin.name())
        .collect();
    assert_eq!(
        names,
        [
            "NodeUnschedulable",
            "NodeName",
            "TaintToleration",
            "NodeAffinity",
            "NodePorts",
            "NodeResourcesFit"
        ]
    );
}
