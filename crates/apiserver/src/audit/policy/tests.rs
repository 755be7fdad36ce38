use super::*;
use crate::request_info;
use http::Method;

fn policy(rules: &str) -> Result<Policy, String> {
    let text = format!("apiVersion: audit.k8s.io/v1\nkind: Policy\n{rules}");
    Policy::parse(&text).map_err(|error| error.to_string())
}

fn level(policy: &Policy, user: &str, method: &Method, path: &str) -> &'static str {
    let user = User {
        name: user.into(),
        groups: vec!["system:authenticated".into()],
        ..User::default()
    };
    let info = request_info::parse(method, path, "");
    let decision = policy.decide(&user, &info);
    decision.map_or("None", |decision| decision.level.as_str())
}

#[test]
fn the_first_rule_that_matches_decides() {
    let policy = policy(
        "
rules:
- {level: None, users: [quiet]}
- {level: None, nonResourceURLs: ['/healthz*', /version]}
- {level: Metadata, resources: [{group: '', resources: [secrets, configmaps]}]}
- {level: Request, resources: [{group: apps, resources: ['deployments/*']}], verbs: [update, patch]}
- {level: RequestResponse, resources: [{group: '', resources: ['*/status', pods/log], resourceNames: [one]}]}
- {level: Request, namespaces: [''], resources: [{group: '*'}]}
- {level: Metadata, userGroups: ['system:authenticated'], namespaces: [prod]}
",
    )
    .unwrap();
    let (get, put) = (Method::GET, Method::PUT);
    let cases = [
        ("quiet", &get, "/api/v1/namespaces/n/secrets/s", "None"),
        ("a", &get, "/healthz/ping", "None"),
        ("a", &get, "/version", "None"),
        ("a", &get, "/metrics", "None"),
        ("a", &get, "/api/v1/namespaces/n/secrets/s", "Metadata"),
        ("a", &get, "/api/v1/namespaces/n/secrets", "Metadata"),
        (
            "a",
            &put,
            "/apis/apps/v1/namespaces/n/deployments/d/scale",
            "Request",
        ),
        (
            "a",
            &put,
            "/apis/apps/v1/namespaces/n/deployments/d",
            "Request",
        ),
        (
            "a",
            &get,
            "/apis/apps/v1/namespaces/n/deployments/d",
            "None",
        ),
        (
            "a",
            &put,
            "/api/v1/namespaces/n/pods/one/status",
            "RequestResponse",
        ),
        ("a", &put, "/api/v1/namespaces/n/pods/two/status", "None"),
        (
            "a",
            &get,
            "/api/v1/namespaces/n/pods/one/log",
            "RequestResponse",
        ),
        ("a", &get, "/api/v1/nodes/n", "Request"),
        ("a", &get, "/api/v1/namespaces/prod/pods/p", "Metadata"),
    ];
    for (user, method, path, expected) in cases {
        assert_eq!(
            level(&policy, user, method, path),
            expected,
            "{user} {method} {path}"
        );
    }
}

#[test]
fn what_a_rule_omits_adds_to_what_the_policy_omits() {
    let text = "omitStages: [RequestReceived]\nomitManagedFields: true\nrules:\n- {level: Metadata, omitStages: [Panic], omitManagedFields: false}\n";
    let policy = policy(text).unwrap();
    let info = request_info::parse(&Method::GET, "/version", "");
    let decision = policy.decide(&User::default(), &info).unwrap();
    let wanted = Stage::ALL.map(|stage| decision.wants(stage));
    assert_eq!(wanted, [false, true, true, false]);
    assert!(!decision.omit_managed_fields);
}

#[test]
fn wrong_policies_are_refused_with_upstreams_words() {
    let wrong = |rules: &str| policy(rules).unwrap_err();
    expect_test::expect![[r#"[rules[0].level: Unsupported value: "All": supported values: "None", "Metadata", "Request", "RequestResponse", rules[1].level: Required value]"#]]
        .assert_eq(&wrong("rules: [{level: All}, {}]"));
    expect_test::expect![[r#"[rules[0].nonResourceURLs[0]: Invalid value: "x": non-resource URL rules must begin with a '/' character, rules[0].nonResourceURLs[1]: Invalid value: "/a*/b": non-resource URL wildcards '*' must be the final character of the rule, rules[0].resources.resourceNames: Invalid value: ["a"]: using resourceNames requires at least one resource, rules[0].nonResourceURLs: Invalid value: ["x","/a*/b"]: rules cannot apply to both regular resources and non-resource URLs]"#]]
        .assert_eq(&wrong("rules: [{level: None, nonResourceURLs: [x, '/a*/b'], resources: [{resourceNames: [a]}]}]"));
    expect_test::expect![[r#"omitStages[0]: Invalid value: "Later": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic"#]]
        .assert_eq(&wrong("omitStages: [Later]\nrules: [{level: None}]"));
    assert_eq!(wrong("rules: []"), "loaded illegal policy with 0 rules");
    assert_eq!(wrong("rules: 3"), "failed decoding: rules is not a list");
    let other = Policy::parse("apiVersion: v1\nkind: Pod")
        .unwrap_err()
        .to_string();
    assert_eq!(other, "unknown group version field v1, Kind=Pod in policy");
    let long = format!(
        "apiVersion: audit.k8s.io/v1\nkind: Policy\n# {}",
        "x".repeat(POLICY_BYTES_MAX)
    );
    assert!(matches!(Policy::parse(&long), Err(PolicyError::TooLarge)));
}
