//! What the control plane says of admission policies in their status.

use api::admissionregistration::v1::ValidatingAdmissionPolicy as Policy;
use meta::ObjectKey;
use serde_json::{Value, json};
use sim::simulate;

fn policy(expression: &str) -> Value {
    let rule = json!({"apiGroups": ["apps"], "apiVersions": ["v1"], "resources": ["deployments"], "operations": ["*"]});
    json!({
        "metadata": {"name": "replicas"},
        "spec": {
            "matchConstraints": {"resourceRules": [rule]},
            "validations": [{"expression": expression}],
        },
    })
}

/// What has been told of the policy in this generation.
fn warnings(policy: Option<&Policy>, generation: i64) -> Option<Vec<String>> {
    let status = &policy?.status;
    let checking = status.type_checking.as_deref();
    let warnings = checking.map_or(&[][..], |checking| &checking.expression_warnings);
    let fields = || warnings.iter().map(|warning| warning.field_ref.to_string());
    (status.observed_generation == generation).then(|| fields().collect())
}

#[test]
fn the_types_of_a_policy_are_checked_when_its_spec_changes() {
    simulate(81, |world| async move {
        let key = ObjectKey::cluster("replicas");
        world
            .create::<Policy>(policy("object.spec.replica > 1"))
            .await;
        world
            .eventually::<Policy>(&key, |found| {
                warnings(found, 1)
                    .is_some_and(|fields| fields == ["spec.validations[0].expression"])
            })
            .await;
        let api = world.admin().of::<Policy>();
        let mut wrong = api.get(&key).await.unwrap();
        wrong.spec.validations[0].expression = "object.spec.replicas > 1".into();
        drop(api.replace(&wrong).await.unwrap());
        world
            .eventually::<Policy>(&key, |found| {
                warnings(found, 2).is_some_and(|fields| fields.is_empty())
            })
            .await;
    });
}
