use crate::{authz::Authorization, remote::Remotes};
use platform::Clock;

#[track_caller]
fn check(authorizers: &str, expect: &str) {
    let text = format!(
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers: {authorizers}"
    );
    let read = Authorization::parse(
        &text,
        None,
        &Remotes::new(Clock::real(), &telemetry::metrics::Registry::new()),
    );
    let shown = read.map_or_else(
        |error| error.to_string(),
        |read| read.modes.len().to_string(),
    );
    assert_eq!(shown, expect);
}

#[test]
fn authorizers_are_read_and_checked() {
    check("[{type: Node, name: node}, {type: RBAC, name: rbac}]", "2");
    check(
        "[]",
        "invalid authorization configuration: authorizers: Required value: at least one authorization mode must be defined",
    );
    check(
        "[{type: RBAC, name: a}, {type: RBAC, name: b}, {type: Magic, name: c}]",
        "invalid authorization configuration: [authorizers[1].type: Duplicate value: \"RBAC\", authorizers[2].type: Unsupported value: \"Magic\": supported values: \"ABAC\", \"AlwaysAllow\", \"AlwaysDeny\", \"Node\", \"RBAC\", \"Webhook\"]",
    );
    check(
        "[{type: ABAC, name: abac}]",
        "authorization-mode ABAC's authorization policy file not passed",
    );
    check(
        "[{type: Webhook, name: a}]",
        "invalid authorization configuration: authorizers[0].webhook: Required value: required when type=Webhook",
    );
    check(
        "[{type: Webhook, name: a, webhook: {timeout: 31s, subjectAccessReviewVersion: v1, failurePolicy: Deny, connectionInfo: {type: KubeConfigFile, kubeConfigFile: rel}}}]",
        "invalid authorization configuration: [authorizers[0].timeout: Invalid value: \"31s\": must be > 0s and <= 30s, authorizers[0].connectionInfo.kubeConfigFile: Invalid value: \"rel\": must be an absolute path]",
    );
}
