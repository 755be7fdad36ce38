use super::Health;
use crate::bootstrap::{HOOKS, Stage};

fn failing(health: &Health, endpoint: &str) -> usize {
    let checks = health.checks(endpoint);
    checks.iter().filter(|(_, ok)| !ok).count()
}

#[test]
fn hooks_are_done_with_their_stage() {
    let health = Health::default();
    for (hook, stage) in HOOKS {
        health.expect(hook, *stage);
    }
    assert_eq!(failing(&health, "readyz"), HOOKS.len());
    for stage in [Stage::Namespaces, Stage::Objects, Stage::Own] {
        let before = failing(&health, "readyz");
        health.done(stage);
        assert!(failing(&health, "readyz") < before, "{stage:?}");
    }
    assert_eq!(failing(&health, "livez"), 0);
    health.shut_down();
    assert_eq!(
        (failing(&health, "readyz"), failing(&health, "livez")),
        (1, 0)
    );
}

#[test]
fn endpoints_have_checks_of_their_own() {
    let health = Health::default();
    let names = |endpoint| -> Vec<String> {
        let checks = health.checks(endpoint).into_iter();
        checks.map(|(name, _)| name).collect()
    };
    assert_eq!(
        names("readyz"),
        [
            "ping",
            "log",
            "etcd",
            "etcd-readiness",
            "informer-sync",
            "shutdown"
        ]
    );
    let live = ["ping", "log", "loopback-serving-certificate", "etcd"];
    assert_eq!(names("livez"), live);
    assert_eq!(names("healthz"), live);
}
