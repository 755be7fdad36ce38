use super::plan;
use api::{
    admissionregistration::v1::ValidatingAdmissionPolicy,
    apiextensions::v1::CustomResourceDefinition,
};
use expect_test::{Expect, expect};
use meta::codec;
use serde_json::{Value, json};
use std::sync::Arc;

fn definition() -> Arc<CustomResourceDefinition> {
    let spec = json!({"type": "object", "properties": {
        "size": {"type": "integer"},
        "port": {"x-kubernetes-int-or-string": true},
        "since": {"type": "string", "format": "date"},
        "crew": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
        "boat": {"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true},
    }});
    let names =
        json!({"plural": "ships", "singular": "ship", "kind": "Ship", "listKind": "ShipList"});
    let document = json!({
        "spec": {
            "group": "sea.example.com", "names": names, "scope": "Namespaced",
            "versions": [
                {"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": spec}}}},
                {"name": "v2", "served": false, "storage": false, "schema": {"openAPIV3Schema": {"type": "object"}}},
            ],
        },
        "status": {"acceptedNames": names, "conditions": [{"type": "Established", "status": "True"}]},
    });
    Arc::new(codec::from_value(&document).unwrap().object)
}

/// Warnings about a policy for resources, each given as `apps/v1/deployments`.
fn check(resources: &[&str], spec: Value, expect: Expect) {
    let rules = resources.iter().map(|resource| {
        let parts: Vec<&str> = resource.splitn(3, '/').collect();
        json!({"apiGroups": [parts[0]], "apiVersions": [parts[1]], "resources": [parts[2]], "operations": ["*"]})
    });
    let mut spec = spec;
    spec["matchConstraints"] = json!({"resourceRules": rules.collect::<Value>()});
    let document = json!({"metadata": {"name": "p"}, "spec": spec});
    let policy = codec::from_value::<ValidatingAdmissionPolicy>(&document).unwrap();
    let warnings = plan(&policy.object, vec![definition()]);
    let lines = warnings
        .iter()
        .map(|warning| format!("{}: {}", warning.field_ref, warning.warning));
    expect.assert_eq(&lines.collect::<String>());
}

#[test]
fn what_built_in_objects_have() {
    check(
        &["apps/v1/deployments"],
        json!({
            "variables": [{"name": "containers", "expression": "object.spec.template.spec.containers"}],
            "validations": [
                {"expression": "object.spec.replicas > 1 && object.metadata.creationTimestamp < timestamp('2030-01-01T00:00:00Z')"},
                {"expression": "object.spec.replicas > '1'", "messageExpression": "object.spec.nope"},
                {"expression": "variables.containers.all(c, c.image.startsWith('a'))"},
                {"expression": "object.spec.template.spec.containers.all(c, c.imag == '')"},
                {"expression": "object.spec.strategy.rollingUpdate.maxSurge == '25%' || oldObject == null"},
                {"expression": "object.spec."},
            ],
        }),
        expect![[r#"
            spec.validations[1].expression: apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no matching overload for '_>_' applied to '(int, string)'
             | object.spec.replicas > '1'
             | .....................^
            spec.validations[1].messageExpression: apps/v1, Kind=Deployment: ERROR: <input>:1:12: undefined field 'nope'
             | object.spec.nope
             | ...........^
            spec.validations[3].expression: apps/v1, Kind=Deployment: ERROR: <input>:1:46: undefined field 'imag'
             | object.spec.template.spec.containers.all(c, c.imag == '')
             | .............................................^
            spec.validations[5].expression: apps/v1, Kind=Deployment: ERROR: <input>:1:13: Syntax error: no viable alternative at input '.'
             | object.spec.
             | ............^
        "#]],
    );
}

/// As upstream's, of which schemas in OpenAPI v3 say no type.
#[test]
fn quantities_are_not_seen() {
    check(
        &["/v1/pods"],
        json!({"validations": [{"expression": "object.spec.containers.all(c, has(c.resources.limits))"}]}),
        expect![[r#"
            spec.validations[0].expression: /v1, Kind=Pod: ERROR: <input>:1:34: undefined field 'limits'
             | object.spec.containers.all(c, has(c.resources.limits))
             | .................................^
        "#]],
    );
}

#[test]
fn what_custom_objects_and_parameters_have() {
    check(
        &[
            "sea.example.com/v1/ships",
            "sea.example.com/v1/ships/status",
            "sea.example.com/v2/ships",
        ],
        json!({
            "paramKind": {"apiVersion": "v1", "kind": "ConfigMap"},
            "validations": [
                {"expression": "object.spec.size < int(params.data['size']) && object.spec.crew['deck'][0] == ''"},
                {"expression": "object.metadata.labels['a'] == params.dat"},
                {"expression": "object.spec.port == 80 && object.spec.port == 'http' && object.spec.since < timestamp('2030-01-01T00:00:00Z')"},
                {"expression": "object.spec.boat.metadata.uid == object.spec.boat.oars"},
                {"expression": "authorizer.group('').resource('pods').check('get').allowed()"},
                {"expression": "authorizer.requestResource.check('get').allowed()"},
            ],
        }),
        expect![[r#"
            spec.validations[1].expression: sea.example.com/v1, Kind=Ship: ERROR: <input>:1:38: undefined field 'dat'
             | object.metadata.labels['a'] == params.dat
             | .....................................^
            spec.validations[3].expression: sea.example.com/v1, Kind=Ship: ERROR: <input>:1:50: undefined field 'oars'
             | object.spec.boat.metadata.uid == object.spec.boat.oars
             | .................................................^
            spec.validations[5].expression: sea.example.com/v1, Kind=Ship: ERROR: <input>:1:11: unexpected failed resolution of 'kubernetes.authorization.Authorizer'
             | authorizer.requestResource.check('get').allowed()
             | ..........^
        "#]],
    );
}

#[test]
fn types_within_themselves_and_parameters_of_an_unknown_kind() {
    check(
        &["apiextensions.k8s.io/v1/customresourcedefinitions"],
        json!({
            "paramKind": {"apiVersion": "x/v1", "kind": "Unknown"},
            "validations": [{"expression": "object.spec.versions.all(v, v.schema.openAPIV3Schema.type == params.anything && v.schema.openAPIV3Schema.not.type == '')"}],
        }),
        expect![[r#"
            spec.validations[0].expression: apiextensions.k8s.io/v1, Kind=CustomResourceDefinition: ERROR: <input>:1:109: undefined field 'type'
             | object.spec.versions.all(v, v.schema.openAPIV3Schema.type == params.anything && v.schema.openAPIV3Schema.not.type == '')
             | ............................................................................................................^
        "#]],
    );
}

/// Rules with patterns name no kind; no group is every group.
#[test]
fn which_kinds_are_checked() {
    let spec = || json!({"validations": [{"expression": "object.nope"}]});
    check(
        &[
            "*/v1/pods",
            "apps/*/deployments",
            "apps/v1/*",
            "/v1/pods/status",
            "x/v1/unknown",
            "sea.example.com/v2/ships",
        ],
        spec(),
        expect![[r#""#]],
    );
    check(
        &["/v1/events", "/v1/Pod"],
        spec(),
        expect![[r#"
        spec.validations[0].expression: /v1, Kind=Event: ERROR: <input>:1:7: undefined field 'nope'
         | object.nope
         | ......^

        /v1, Kind=Pod: ERROR: <input>:1:7: undefined field 'nope'
         | object.nope
         | ......^

        events.k8s.io/v1, Kind=Event: ERROR: <input>:1:7: undefined field 'nope'
         | object.nope
         | ......^
    "#]],
    );
}
