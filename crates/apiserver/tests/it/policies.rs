//! Admission policies: who may write which.
use crate::{
    full,
    kit::{Kit, send, user},
};
use serde_json::json;

#[test]
fn policies_read_nothing_that_their_author_may_not() {
    full::run(|kit: Kit| async move {
        const GROUP: &str = "/apis/admissionregistration.k8s.io/v1";
        let roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
        let rule = json!({"apiGroups": ["admissionregistration.k8s.io"], "resources": ["*"], "verbs": ["*"]});
        let role = json!({"metadata": {"name": "policies"}, "rules": [rule]});
        kit.post(roles, role).await.expect(201);
        let subject =
            json!({"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "jane"});
        let reference = json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "policies"});
        let binding =
            json!({"metadata": {"name": "policies"}, "roleRef": reference, "subjects": [subject]});
        let bindings = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
        kit.post(bindings, binding).await.expect(201);
        let jane = kit.server.in_process(user("jane", &["dev"]));
        let matching = json!({"resourceRules": [{"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]}]});
        let policy = json!({"metadata": {"name": "p"}, "spec": {
            "paramKind": {"apiVersion": "v1", "kind": "ConfigMap"},
            "matchConstraints": matching, "validations": [{"expression": "true"}],
        }});
        let path = format!("{GROUP}/validatingadmissionpolicies");
        let answer = send(&jane, "POST", &path, "", policy.clone()).await;
        assert_eq!(
            answer.message(422),
            "ValidatingAdmissionPolicy.admissionregistration.k8s.io \"p\" is invalid: spec.paramKind: Forbidden: user &{jane  [dev] map[]} must have \"get\" permission on all objects of the referenced paramKind (kind=ConfigMap, apiVersion=v1)"
        );
        kit.post(&path, policy).await.expect(201);
        let binding = json!({"metadata": {"name": "b"}, "spec": {
            "policyName": "p", "validationActions": ["Deny"],
            "paramRef": {"name": "c", "namespace": "n", "parameterNotFoundAction": "Deny"},
        }});
        let path = format!("{GROUP}/validatingadmissionpolicybindings");
        let answer = send(&jane, "POST", &path, "", binding).await;
        assert_eq!(
            answer.message(422),
            "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io \"b\" is invalid: spec.paramRef: Forbidden: user &{jane  [dev] map[]} does not have \"get\" permission on the object referenced by paramRef"
        );
    });
}
