use super::{Use, charge, check, raised};
use crate::admission::testing::{context, look};
use ::quota::{Amounts, Charge, used};
use api::core::v1::{PersistentVolumeClaim, Pod, ResourceQuota, ResourceQuotaSpec, Service};
use meta::{Kind, Str, codec};
use resource::{Object, Operation};
use serde_json::{Value, json};

fn object<K: Kind + codec::Message + Default>(document: &Value) -> Object {
    Box::new(codec::from_value::<K>(document).unwrap().object)
}

/// What a quota says to a create beside objects that are there.
#[track_caller]
fn try_create<K: Kind + codec::Message + Default>(
    quota: Value,
    there: &[Value],
    new: &Value,
) -> Result<(), String> {
    let document = json!({"metadata": {"name": "q"}, "spec": quota});
    let quota: ResourceQuota = codec::from_value(&document).unwrap().object;
    let cx = context(Vec::new());
    look::<K, _>(&cx, Operation::Create, None, |look| {
        let charge = |document: &Value| charge(look, &object::<K>(document));
        let holders: Vec<Charge> = there.iter().map(charge).collect();
        let held = |spec: &ResourceQuotaSpec, names: &[&Str]| used(spec, names, &holders);
        check(&[quota.into()], &charge(new), None, held, true).map(drop)
    })
}

fn pod(cpu: &str) -> Value {
    let container = json!({"name": "c", "resources": {"requests": {"cpu": cpu}}});
    json!({"spec": {"containers": [container]}})
}

#[test]
fn pods_in_words() {
    let hard = json!({"hard": {"pods": "2", "requests.cpu": "1"}});
    let there = [pod("300m")];
    assert_eq!(
        try_create::<Pod>(hard.clone(), &there, &pod("700m")),
        Ok(())
    );
    assert_eq!(
        try_create::<Pod>(hard.clone(), &there, &pod("800m")).unwrap_err(),
        "exceeded quota: q, requested: requests.cpu=800m, used: requests.cpu=300m, limited: requests.cpu=1"
    );
    let full = [pod("100m"), pod("100m")];
    assert_eq!(
        try_create::<Pod>(hard.clone(), &full, &pod("900m")).unwrap_err(),
        "exceeded quota: q, requested: pods=1,requests.cpu=900m, used: pods=2,requests.cpu=200m, limited: pods=2,requests.cpu=1"
    );
    let silent = json!({"spec": {"containers": [{"name": "a"}, {"name": "b"}]}});
    assert_eq!(
        try_create::<Pod>(
            json!({"hard": {"cpu": "1", "limits.memory": "1Gi"}}),
            &[],
            &silent
        )
        .unwrap_err(),
        "failed quota: q: must specify cpu for: a,b; limits.memory for: a,b"
    );
    let mut done = pod("900m");
    done["status"] = json!({"phase": "Succeeded"});
    assert_eq!(try_create::<Pod>(hard, &[done], &pod("1")), Ok(()));
}

#[test]
fn what_is_not_said_is_told_before_what_is_too_much() {
    let quota = |document: &Value| -> ResourceQuota { codec::from_value(document).unwrap().object };
    let full = json!({"metadata": {"name": "full"}, "spec": {"hard": {"pods": "0"}}});
    let strict = json!({"metadata": {"name": "strict"}, "spec": {"hard": {"cpu": "1"}}});
    let silent = json!({"spec": {"containers": [{"name": "a"}]}});
    let cx = context(Vec::new());
    let said = look::<Pod, _>(&cx, Operation::Create, None, |look| {
        let new = charge(look, &object::<Pod>(&silent));
        check(
            &[quota(&full).into(), quota(&strict).into()],
            &new,
            None,
            |_, _| Amounts::default(),
            true,
        )
    });
    let words = "failed quota: strict: must specify cpu for: a";
    assert_eq!(said.unwrap_err(), words);
}

/// What the status of a quota becomes when the pods of a namespace use `used` -> its `used`.
#[track_caller]
fn check_raised(status: Value, used: Value, expect: Option<Value>) {
    let document = json!({"metadata": {"name": "q"}, "status": status});
    let quota: ResourceQuota = codec::from_value(&document).unwrap().object;
    let used: ResourceQuota = codec::from_value(&json!({"status": {"used": used}}))
        .unwrap()
        .object;
    let uses = [Use {
        quota: "q".into(),
        used: used.status.used,
    }];
    let said = raised(&quota, &uses);
    let said = said.map(|quota| codec::to_value(&quota)["status"]["used"].clone());
    assert_eq!(said, expect);
}

#[test]
fn a_status_says_at_least_what_is_used() {
    let status = |used: Value| json!({"hard": {"pods": "5", "cpu": "9"}, "used": used});
    check_raised(
        status(json!({"pods": "1", "cpu": "2"})),
        json!({"pods": "2"}),
        Some(json!({"pods": "2", "cpu": "2"})),
    );
    check_raised(
        status(json!({})),
        json!({"pods": "1"}),
        Some(json!({"pods": "1"})),
    );
    check_raised(status(json!({"pods": "3"})), json!({"pods": "2"}), None);
    // Not counted yet.
    check_raised(json!({"hard": {"cpu": "9"}}), json!({"pods": "1"}), None);
}

#[test]
fn scopes() {
    let one = |scope: Value| json!({"hard": {"pods": "0"}, "scopeSelector": {"matchExpressions": [scope]}});
    let high = json!({"spec": {"priorityClassName": "high", "containers": []}});
    let plain = json!({"spec": {"containers": []}});
    for (scope, pod, held) in [
        (
            json!({"scopeName": "PriorityClass", "operator": "In", "values": ["high"]}),
            &high,
            true,
        ),
        (
            json!({"scopeName": "PriorityClass", "operator": "In", "values": ["low"]}),
            &high,
            false,
        ),
        (
            json!({"scopeName": "PriorityClass", "operator": "DoesNotExist"}),
            &plain,
            true,
        ),
        (
            json!({"scopeName": "BestEffort", "operator": "Exists"}),
            &plain,
            true,
        ),
        (
            json!({"scopeName": "NotBestEffort", "operator": "Exists"}),
            &plain,
            false,
        ),
        (
            json!({"scopeName": "Terminating", "operator": "Exists"}),
            &plain,
            false,
        ),
    ] {
        let refused = try_create::<Pod>(one(scope.clone()), &[], pod).is_err();
        assert_eq!(refused, held, "{scope}");
    }
}

#[test]
fn services_claims_and_counts() {
    let service = json!({"spec": {"type": "LoadBalancer", "ports": [{"port": 1}, {"port": 2}]}});
    assert_eq!(
        try_create::<Service>(
            json!({"hard": {"services.nodeports": "1", "services": "5"}}),
            &[],
            &service
        )
        .unwrap_err(),
        "exceeded quota: q, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1"
    );
    let claim = json!({"spec": {"storageClassName": "gold", "resources": {"requests": {"storage": "2Gi"}}}});
    assert_eq!(
        try_create::<PersistentVolumeClaim>(
            json!({"hard": {"gold.storageclass.storage.k8s.io/requests.storage": "3Gi"}}),
            std::slice::from_ref(&claim),
            &claim
        )
        .unwrap_err(),
        "exceeded quota: q, requested: gold.storageclass.storage.k8s.io/requests.storage=2Gi, \
         used: gold.storageclass.storage.k8s.io/requests.storage=2Gi, \
         limited: gold.storageclass.storage.k8s.io/requests.storage=3Gi"
    );
    assert_eq!(
        try_create::<api::apps::v1::Deployment>(
            json!({"hard": {"count/deployments.apps": "1"}}),
            &[json!({})],
            &json!({})
        )
        .unwrap_err(),
        "exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1"
    );
}
