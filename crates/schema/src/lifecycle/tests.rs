//! Dates as upstream's deprecation guide has them.

use super::*;

#[test]
fn lives_end_as_upstream_says() {
    for (group, version, kind, deprecated, removed) in [
        (
            "networking.k8s.io",
            "v1beta1",
            "Ingress",
            Some(19),
            Some(22),
        ),
        ("extensions", "v1beta1", "Ingress", Some(14), Some(22)),
        ("batch", "v1beta1", "CronJob", Some(21), Some(25)),
        ("policy", "v1beta1", "PodSecurityPolicy", Some(21), Some(25)),
        (
            "autoscaling",
            "v2beta2",
            "HorizontalPodAutoscaler",
            Some(23),
            Some(26),
        ),
        (
            "flowcontrol.apiserver.k8s.io",
            "v1beta3",
            "FlowSchema",
            Some(29),
            Some(32),
        ),
        ("apps", "v1", "Deployment", None, None),
    ] {
        let life = life(group, version, kind).unwrap();
        assert_eq!(
            (life.deprecated, life.removed),
            (deprecated, removed),
            "{life:?}"
        );
    }
    assert_eq!(life("example.com", "v1", "Ingress"), None);
}

#[test]
fn nothing_that_is_served_has_ended() {
    for row in crate::discovery::RESOURCES {
        let removed = life(row.group, row.version, row.kind).and_then(|life| life.removed);
        assert!(removed.is_none_or(|minor| minor > RELEASE), "{row:?}");
    }
}

#[test]
fn groups_of_others_are_not_ours() {
    assert!(is_builtin("") && is_builtin("extensions") && is_builtin("apps"));
    assert!(!is_builtin("cert-manager.io"));
}
