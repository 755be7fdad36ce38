//! ValidatingAdmissionPolicy, as people write them.
use crate::{
    audit, custom, full,
    kit::{Kit, all_kinds, pod, send, user},
};
use serde_json::{Value, json};

pub(crate) const GROUP: &str = "/apis/admissionregistration.k8s.io/v1";
const MAPS: &str = "/api/v1/namespaces/default/configmaps";
const DEPLOYMENTS: &str = "/apis/apps/v1/namespaces/default/deployments";

/// Constraints to one resource, as `apps/v1/deployments`; the core group is empty.
pub(crate) fn on(resource: &str, operations: &[&str]) -> Value {
    let parts: Vec<&str> = resource.splitn(3, '/').collect();
    json!({"resourceRules": [{
        "apiGroups": [parts[0]], "apiVersions": [parts[1]], "resources": [parts[2]], "operations": operations,
    }]})
}

/// Writes a policy of the name, and a binding `NAME-b`.
pub(crate) async fn bind(kit: &Kit, name: &str, policy: Value, mut binding: Value) {
    let object = json!({"metadata": {"name": name}, "spec": policy});
    let path = format!("{GROUP}/validatingadmissionpolicies");
    kit.post(&path, object).await.expect(201);
    binding["policyName"] = json!(name);
    if binding["validationActions"].is_null() {
        binding["validationActions"] = json!(["Deny"]);
    }
    let object = json!({"metadata": {"name": format!("{name}-b")}, "spec": binding});
    let path = format!("{GROUP}/validatingadmissionpolicybindings");
    kit.post(&path, object).await.expect(201);
}

pub(crate) fn deployment(name: &str, replicas: u32) -> Value {
    json!({"metadata": {"name": name}, "spec": {
        "replicas": replicas,
        "selector": {"matchLabels": {"app": name}},
        "template": {
            "metadata": {"labels": {"app": name}},
            "spec": {"containers": [{"name": "c", "image": "registry.example.com/c"}]},
        },
    }})
}

fn map(name: &str, labels: Value) -> Value {
    json!({"metadata": {"name": name, "labels": labels}, "data": {"a": "1"}})
}

#[test]
fn replicas_are_limited_by_a_config_map() {
    full::run(|kit: Kit| async move {
        let policy = json!({
            "paramKind": {"apiVersion": "v1", "kind": "ConfigMap"},
            "matchConstraints": on("apps/v1/deployments", &["CREATE", "UPDATE"]),
            "variables": [
                {"name": "limit", "expression": "int(params.data.max)"},
                {"name": "over", "expression": "object.spec.replicas > variables.limit"},
            ],
            "validations": [{
                "expression": "!variables.over",
                "messageExpression": "'at most ' + string(variables.limit) + ' replicas by ' + params.metadata.name",
            }],
        });
        let reference =
            json!({"name": "limits", "namespace": "default", "parameterNotFoundAction": "Deny"});
        bind(&kit, "replicas", policy, json!({"paramRef": reference})).await;
        let answer = kit.post(DEPLOYMENTS, deployment("web", 2)).await;
        let refusal = answer.expect(422);
        let words = "ValidatingAdmissionPolicy 'replicas' with binding 'replicas-b' denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction";
        let message = format!("deployments.apps \"web\" is forbidden: {words}");
        let wanted = json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
            "message": message, "reason": "Invalid", "code": 422,
            "details": {"name": "web", "group": "apps", "kind": "deployments", "causes": [{"message": words}]},
        });
        assert_eq!(refusal, wanted);
        kit.post(
            MAPS,
            json!({"metadata": {"name": "limits"}, "data": {"max": "3"}}),
        )
        .await
        .expect(201);
        kit.post(DEPLOYMENTS, deployment("web", 3))
            .await
            .expect(201);
        let answer = kit.post(DEPLOYMENTS, deployment("more", 4)).await;
        assert_eq!(
            answer.message(422),
            "deployments.apps \"more\" is forbidden: ValidatingAdmissionPolicy 'replicas' with binding 'replicas-b' denied request: at most 3 replicas by limits"
        );
        let patch = json!({"spec": {"replicas": 9}});
        let path = format!("{DEPLOYMENTS}/web");
        let media = "application/merge-patch+json";
        let answer = kit.patch(&path, media, patch.clone()).await;
        assert!(answer.message(422).contains("at most 3 replicas"));
        kit.post(DEPLOYMENTS, deployment("generated", 1))
            .await
            .expect(201);
        // The limit is read where it is, not when the policy is written.
        let limits = format!("{MAPS}/limits");
        kit.patch(&limits, media, json!({"data": {"max": "9"}}))
            .await
            .expect(200);
        kit.patch(&path, media, patch).await.expect(200);
    });
}

#[test]
fn replicas_are_limited_by_custom_resources_of_the_namespace() {
    full::run(|kit: Kit| async move {
        let schema = json!({"type": "object", "properties": {"max": {"type": "integer"}}});
        let definition = json!({"metadata": {"name": "limits.rules.example.com"}, "spec": {
            "group": "rules.example.com", "scope": "Namespaced",
            "names": {"plural": "limits", "singular": "limit", "kind": "Limit", "listKind": "LimitList"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": schema}}],
        }});
        let policy = json!({
            "paramKind": {"apiVersion": "rules.example.com/v1", "kind": "Limit"},
            "matchConstraints": on("apps/v1/deployments", &["*"]),
            "validations": [{"expression": "object == null || object.spec.replicas <= params.max", "reason": "Forbidden"}],
        });
        let selector = json!({"matchLabels": {"kind": "replicas"}});
        let reference = json!({"selector": selector, "parameterNotFoundAction": "Allow"});
        bind(&kit, "limits", policy, json!({"paramRef": reference})).await;
        let answer = kit.post(DEPLOYMENTS, deployment("a", 5)).await;
        assert_eq!(
            answer.message(422),
            "deployments.apps \"a\" is forbidden: ValidatingAdmissionPolicy 'limits' denied request: failed to configure policy: failed to find resource referenced by paramKind: 'rules.example.com/v1, Kind=Limit'"
        );
        custom::define(&kit, definition).await;
        kit.post(DEPLOYMENTS, deployment("a", 5)).await.expect(201);
        for (name, max) in [("wide", 4), ("narrow", 2)] {
            let limit = json!({
                "apiVersion": "rules.example.com/v1", "kind": "Limit",
                "metadata": {"name": name, "labels": {"kind": "replicas"}}, "max": max,
            });
            let path = "/apis/rules.example.com/v1/namespaces/default/limits";
            kit.post(path, limit).await.expect(201);
        }
        let answer = kit.post(DEPLOYMENTS, deployment("b", 3)).await;
        assert_eq!(
            answer.message(403),
            "deployments.apps \"b\" is forbidden: ValidatingAdmissionPolicy 'limits' with binding 'limits-b' denied request: failed expression: object == null || object.spec.replicas <= params.max"
        );
        kit.post(DEPLOYMENTS, deployment("b", 2)).await.expect(201);
        let other = json!({"metadata": {"name": "other"}});
        kit.post("/api/v1/namespaces", other).await.expect(201);
        let elsewhere = "/apis/apps/v1/namespaces/other/deployments";
        kit.post(elsewhere, deployment("b", 9)).await.expect(201);
        kit.delete(&format!("{DEPLOYMENTS}/a"), Value::Null)
            .await
            .expect(200);
    });
}

#[test]
fn images_come_from_the_registry_of_the_namespace() {
    full::run(|kit: Kit| async move {
        let account = json!({"metadata": {"name": "default"}});
        let accounts = "/api/v1/namespaces/default/serviceaccounts";
        kit.post(accounts, account).await.expect(201);
        let policy = json!({
            "matchConstraints": on("/v1/pods", &["CREATE"]),
            "matchConditions": [{"name": "named", "expression": "object.metadata.name != 'exempt'"}],
            "validations": [{
                "expression": "object.spec.containers.all(c, c.image.startsWith(namespaceObject.metadata.labels['registry'] + '/'))",
                "message": "  images must come from the registry of the namespace ",
            }],
        });
        let selector = json!({"matchExpressions": [{"key": "registry", "operator": "Exists"}]});
        let binding = json!({"matchResources": {"namespaceSelector": selector}});
        bind(&kit, "images", policy, binding).await;
        let pods = "/api/v1/namespaces/default/pods";
        kit.post(pods, pod("free", json!({}))).await.expect(201);
        let labels = json!({"metadata": {"labels": {"registry": "registry.example.com"}}});
        let media = "application/merge-patch+json";
        kit.patch("/api/v1/namespaces/default", media, labels)
            .await
            .expect(200);
        let answer = kit.post(pods, pod("p", json!({}))).await;
        assert_eq!(
            answer.message(422),
            "pods \"p\" is forbidden: ValidatingAdmissionPolicy 'images' with binding 'images-b' denied request: images must come from the registry of the namespace"
        );
        kit.post(pods, pod("exempt", json!({}))).await.expect(201);
        let mut good = pod("good", json!({}));
        good["spec"]["containers"][0]["image"] = json!("registry.example.com/a:1");
        kit.post(pods, good).await.expect(201);
    });
}

#[test]
fn what_is_protected_is_not_deleted() {
    full::run(|kit: Kit| async move {
        let policy = json!({
            "matchConstraints": on("/v1/configmaps", &["DELETE", "UPDATE"]),
            "validations": [{
                "expression": "!(has(oldObject.metadata.labels) && 'protected' in oldObject.metadata.labels) || request.userInfo.username == 'keeper'",
                "messageExpression": "request.operation + ' of ' + request.name + ' in ' + request.namespace + ' by ' + request.userInfo.username",
                "reason": "Forbidden",
            }],
        });
        bind(&kit, "guard", policy, json!({})).await;
        let labels = json!({"protected": "yes"});
        kit.post(MAPS, map("kept", labels)).await.expect(201);
        kit.post(MAPS, map("loose", json!({}))).await.expect(201);
        let kept = format!("{MAPS}/kept");
        let answer = kit.delete(&kept, Value::Null).await;
        assert_eq!(
            answer.message(403),
            "configmaps \"kept\" is forbidden: ValidatingAdmissionPolicy 'guard' with binding 'guard-b' denied request: DELETE of kept in default by admin"
        );
        let answer = kit.put(&kept, map("kept", json!({}))).await;
        assert!(answer.message(403).contains("UPDATE of kept"));
        kit.delete(&format!("{MAPS}/loose"), Value::Null)
            .await
            .expect(200);
        let answer = kit.delete(MAPS, Value::Null).await;
        // A collection has no name.
        assert_eq!(
            answer.message(403),
            "configmaps \"Unknown\" is forbidden: ValidatingAdmissionPolicy 'guard' with binding 'guard-b' denied request: failed expression: !(has(oldObject.metadata.labels) && 'protected' in oldObject.metadata.labels) || request.userInfo.username == 'keeper'"
        );
        let keeper = kit.server.in_process(user("keeper", &["system:masters"]));
        let answer = send(&keeper, "DELETE", &kept, "", Value::Null).await;
        answer.expect(200);
    });
}

#[test]
fn constants_that_cannot_be_computed_are_an_internal_error() {
    full::run(|kit: Kit| async move {
        let policy = json!({"metadata": {"name": "constants"}, "spec": {
            "matchConstraints": on("/v1/configmaps", &["CREATE"]),
            "validations": [{"expression": "int('many') == 1"}],
        }});
        let path = format!("{GROUP}/validatingadmissionpolicies");
        assert_eq!(
            kit.post(&path, policy).await.message(422),
            "ValidatingAdmissionPolicy.admissionregistration.k8s.io \"constants\" is invalid: spec.validations[0].expression: Internal error: program instantiation failed: type conversion error from 'string' to 'int'"
        );
    });
}

#[test]
fn names_are_known_when_they_have_been_generated() {
    full::run(|kit: Kit| async move {
        let policy = json!({
            "matchConstraints": on("/v1/configmaps", &["CREATE"]),
            "validations": [{
                "expression": "object.metadata.name != request.name",
                "message": "the same name",
            }],
        });
        bind(&kit, "names", policy, json!({})).await;
        let map = json!({"metadata": {"generateName": "m-"}});
        let refused = kit.post(MAPS, map).await.message(422);
        assert!(
            refused.ends_with("denied request: the same name"),
            "{refused}"
        );
    });
}

#[test]
fn authorizers_are_asked() {
    full::run(|kit: Kit| async move {
        let policy = json!({
            "matchConstraints": on("/v1/configmaps", &["CREATE"]),
            "validations": [
                {"expression": "authorizer.group('apps').resource('deployments').namespace(object.metadata.namespace).check('delete').allowed()", "message": "only for those who may delete deployments"},
                {"expression": "!authorizer.serviceAccount('default', 'robot').requestResource.check('get').allowed() || true"},
            ],
        });
        let wrong = json!({"metadata": {"name": "who"}, "spec": policy});
        let path = format!("{GROUP}/validatingadmissionpolicies");
        let refused = kit.post(&path, wrong).await.message(422);
        assert!(
            refused
                .contains("unexpected failed resolution of 'kubernetes.authorization.Authorizer'"),
            "{refused}"
        );
        let policy = json!({
            "matchConstraints": on("/v1/configmaps", &["CREATE"]),
            "validations": [
                {"expression": "authorizer.group('apps').resource('deployments').namespace(object.metadata.namespace).check('delete').allowed()", "message": "only for those who may delete deployments"},
                {"expression": "authorizer.requestResource.check('create').reason().startsWith('RBAC: allowed by')"},
                {"expression": "!authorizer.serviceAccount('default', 'robot').group('').resource('pods').check('get').allowed()"},
                {"expression": "!authorizer.path('/healthz').check('delete').allowed()"},
            ],
        });
        bind(&kit, "who", policy, json!({})).await;
        let role = json!({"metadata": {"name": "maps"}, "rules": [
            {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["create"]},
        ]});
        let roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
        kit.post(roles, role).await.expect(201);
        let binding = json!({"metadata": {"name": "maps"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "maps"},
            "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "jane"}],
        });
        let bindings = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
        kit.post(bindings, binding).await.expect(201);
        let jane = kit.server.in_process(user("jane", &["dev"]));
        let json = "application/json";
        let answer = send(&jane, "POST", MAPS, json, map("m", json!({}))).await;
        assert!(
            answer
                .message(422)
                .ends_with("only for those who may delete deployments")
        );
        let rules = json!({"rules": [
            {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["create"]},
            {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["delete"]},
        ]});
        let media = "application/merge-patch+json";
        let role = format!("{roles}/maps");
        kit.patch(&role, media, rules).await.expect(200);
        let answer = send(&jane, "POST", MAPS, json, map("m", json!({}))).await;
        answer.expect(201);
    });
}

#[test]
fn failures_deny_unless_they_are_to_be_ignored() {
    full::run(|kit: Kit| async move {
        let spec = |failure: &str, expression: &str| {
            json!({
                "failurePolicy": failure,
                "matchConstraints": on("/v1/configmaps", &["CREATE"]),
                "variables": [{"name": "gone", "expression": "object.data.missing"}],
                "validations": [{"expression": expression}],
            })
        };
        bind(
            &kit,
            "ignored",
            spec("Ignore", "variables.gone == ''"),
            json!({}),
        )
        .await;
        kit.post(MAPS, map("a", json!({}))).await.expect(201);
        bind(
            &kit,
            "strict",
            spec("Fail", "variables.gone == ''"),
            json!({}),
        )
        .await;
        let refused = kit.post(MAPS, map("b", json!({}))).await.message(422);
        assert_eq!(
            refused,
            "configmaps \"b\" is forbidden: ValidatingAdmissionPolicy 'strict' with binding 'strict-b' denied request: expression 'variables.gone == ''' resulted in error: composited variable \"gone\" fails to evaluate: no such key: missing"
        );
        let strict = format!("{GROUP}/validatingadmissionpolicies/strict");
        kit.delete(&strict, Value::Null).await.expect(200);
        let costly = "object.data.a.matches('1') && [1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, [1,2,3,4,5,6,7,8,9,10].all(f, a+b+c+d+e+f > 0))))))";
        bind(&kit, "costly", spec("Fail", costly), json!({})).await;
        let refused = kit.post(MAPS, map("b", json!({}))).await.message(422);
        assert!(
            refused.ends_with("resulted in error: operation cancelled: actual cost limit exceeded"),
            "{refused}"
        );
        let path = format!("{GROUP}/validatingadmissionpolicies/costly");
        let thirty = "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, a+b+c+d+e > 0)))))";
        let many: Vec<Value> = (0..30).map(|_| json!({"expression": thirty})).collect();
        let media = "application/merge-patch+json";
        let patch = json!({"spec": {"validations": many}});
        kit.patch(&path, media, patch).await.expect(200);
        let refused = kit.post(MAPS, map("b", json!({}))).await.message(422);
        assert!(
            refused.ends_with("denied request: validation failed due to running out of cost budget, no further validation rules will be run"),
            "{refused}"
        );
        let metrics = kit.get("/metrics").await.text;
        for line in [
            "apiserver_validating_admission_policy_check_total{enforcement_action=\"allow\",error_type=\"invalid_error\",policy=\"ignored\",policy_binding=\"ignored-b\"} 4",
            "apiserver_validating_admission_policy_check_total{enforcement_action=\"deny\",error_type=\"invalid_error\",policy=\"strict\",policy_binding=\"strict-b\"} 1",
            "apiserver_validating_admission_policy_check_total{enforcement_action=\"deny\",error_type=\"out_of_budget\",policy=\"costly\",policy_binding=\"costly-b\"} 1",
            "apiserver_validating_admission_policy_check_duration_seconds_bucket{enforcement_action=\"deny\",error_type=\"out_of_budget\",policy=\"costly\",policy_binding=\"costly-b\",le=\"0.001\"} 1",
        ] {
            assert!(metrics.contains(line), "{line}\n{metrics}");
        }
    });
}

#[test]
fn bindings_narrow_and_policies_of_policies_are_not_asked() {
    full::run(|kit: Kit| async move {
        let never = |constraints: Value| json!({"matchConstraints": constraints, "validations": [{"expression": "false"}]});
        bind(
            &kit,
            "all",
            never(on("*/*/*", &["*"])),
            json!({"matchResources": {
                "resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["configmaps", "namespaces"], "operations": ["CREATE"]}],
                "excludeResourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["*"], "operations": ["*"], "resourceNames": ["exempt"]}],
                "objectSelector": {"matchLabels": {"checked": "yes"}},
            }}),
        )
        .await;
        let checked = json!({"checked": "yes"});
        kit.post(MAPS, map("a", checked.clone())).await.expect(422);
        kit.post(MAPS, map("a", json!({}))).await.expect(201);
        kit.post(MAPS, map("exempt", checked.clone()))
            .await
            .expect(201);
        let namespace = json!({"metadata": {"name": "n", "labels": checked}});
        kit.post("/api/v1/namespaces", namespace).await.expect(422);
        // Nothing else than configurations stays possible under a policy for everything.
        bind(&kit, "everything", never(on("*/*/*", &["*"])), json!({})).await;
        kit.post(MAPS, map("b", json!({}))).await.expect(422);
        let review = json!({"spec": {"resourceAttributes": {"verb": "get", "resource": "pods"}}});
        let reviews = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        kit.post(reviews, review).await.expect(201);
        let path = format!("{GROUP}/validatingadmissionpolicies/everything");
        kit.delete(&path, Value::Null).await.expect(200);
        kit.post(MAPS, map("b", json!({}))).await.expect(201);
    });
}

#[test]
fn equivalent_versions_are_shown_as_the_rules_name_them() {
    full::run(|kit: Kit| async move {
        let policy = json!({
            "matchConstraints": on("autoscaling/v1/horizontalpodautoscalers", &["CREATE"]),
            "validations": [{
                "expression": "false",
                "messageExpression": "object.apiVersion + ' ' + request.kind.version + ' ' + request.requestKind.version + ' ' + string(object.spec.targetCPUUtilizationPercentage)",
            }],
        });
        bind(&kit, "versions", policy.clone(), json!({})).await;
        let scaler = json!({"metadata": {"name": "h"}, "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"},
            "maxReplicas": 3,
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}],
        }});
        let path = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";
        let refused = kit.post(path, scaler.clone()).await.message(422);
        assert!(
            refused.ends_with("denied request: autoscaling/v1 v1 v2 70"),
            "{refused}"
        );
        let mut exact = policy["matchConstraints"].clone();
        exact["matchPolicy"] = json!("Exact");
        let patch = json!({"spec": {"matchConstraints": exact}});
        let policy = format!("{GROUP}/validatingadmissionpolicies/versions");
        let media = "application/merge-patch+json";
        kit.patch(&policy, media, patch).await.expect(200);
        kit.post(path, scaler).await.expect(201);
    });
}

#[test]
fn warnings_are_told_and_failures_recorded() {
    let events = audit::recorded_with(all_kinds(), |kit| async move {
        let namespace = json!({"metadata": {"name": "default"}});
        kit.post("/api/v1/namespaces", namespace).await.expect(201);
        let policy = json!({
            "matchConstraints": on("/v1/configmaps", &["CREATE"]),
            "validations": [{"expression": "has(object.metadata.labels) && 'team' in object.metadata.labels", "message": "a <team> is needed"}],
            "auditAnnotations": [
                {"key": "size", "valueExpression": "'entries: ' + string(object.data.size())"},
                {"key": "none", "valueExpression": "object.data.size() > 3 ? 'many' : ' '"},
            ],
        });
        let actions = json!({"validationActions": ["Warn", "Audit"]});
        bind(&kit, "team", policy, actions).await;
        let answer = kit.post(MAPS, map("m", json!({"a": "b"}))).await;
        assert_eq!(
            answer.headers["warning"],
            "299 - \"Validation failed for ValidatingAdmissionPolicy 'team' with binding 'team-b': a <team> is needed\""
        );
        answer.expect(201);
        let answer = kit.post(MAPS, map("n", json!({"team": "b"}))).await;
        assert!(!answer.headers.contains_key("warning"));
    });
    let of = |name: &str| {
        let found = events.iter().find(|event| {
            event["objectRef"]["resource"] == "configmaps"
                && event["stage"] == "ResponseComplete"
                && event["requestObject"]["metadata"]["name"] == name
        });
        found.unwrap()["annotations"].clone()
    };
    let failure = r#"[{"message":"a \u003cteam\u003e is needed","policy":"team","binding":"team-b","expressionIndex":0,"validationActions":["Warn","Audit"]}]"#;
    let annotations = of("m");
    assert_eq!(
        annotations["validation.policy.admission.k8s.io/validation_failure"],
        failure
    );
    assert_eq!(annotations["team/size"], "entries: 1");
    assert!(annotations["team/none"].is_null());
    assert!(of("n")["validation.policy.admission.k8s.io/validation_failure"].is_null());
}
