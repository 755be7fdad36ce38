use super::{
    csi_driver::CSIDrivers, csi_node::CSINodes, csi_storage_capacity::CSIStorageCapacities,
    storage_class::StorageClasses, volume_attachment::VolumeAttachments,
    volume_attributes_class::VolumeAttributesClasses,
};
use meta::{FieldErrors, codec};
use resource::{NoReader, RequestContext, Strategy, User, Verb};
use serde_json::{Value, json};
use std::sync::Arc;

fn cx() -> RequestContext {
    let now = meta::Time::from_unix_seconds(0);
    RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(NoReader))
}

fn decoded<S: Strategy>(strategy: &S, document: &Value) -> S::Object
where
    S::Object: codec::Message + Default,
{
    let mut object = codec::from_value(document).unwrap().object;
    strategy.set_defaults(&mut object);
    object
}

#[track_caller]
fn check<S: Strategy>(strategy: &S, document: Value, expect: &str)
where
    S::Object: codec::Message + Default,
{
    let mut errors = FieldErrors::new();
    strategy.validate(&cx(), &mut errors, &decoded(strategy, &document));
    assert_eq!(errors.aggregate(), expect);
}

#[track_caller]
fn check_update<S: Strategy>(strategy: &S, old: Value, new: Value, expect: &str)
where
    S::Object: codec::Message + Default,
{
    let mut errors = FieldErrors::new();
    let [new, old] = [new, old].map(|document| decoded(strategy, &document));
    strategy.validate_update(&cx(), &mut errors, &new, &old);
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn storage_classes() {
    let term = json!({"matchLabelExpressions": [{"key": "zone", "values": ["a", "b"]}]});
    check(
        &StorageClasses,
        json!({"provisioner": "a/b", "allowedTopologies": [term]}),
        "[]",
    );
    check(
        &StorageClasses,
        json!({"provisioner": "a/b", "allowedTopologies": [term, term]}),
        "allowedTopologies[1].matchLabelExpressions: Duplicate value: \"\"",
    );
    check(
        &StorageClasses,
        json!({"provisioner": "a/b", "allowedTopologies": [{"matchLabelExpressions": [{"key": "zone", "values": ["a", "a"]}]}]}),
        "allowedTopologies[0].matchLabelExpressions[0].values[1]: Duplicate value: \"a\"",
    );
    check(
        &StorageClasses,
        json!({"provisioner": "a/b", "allowedTopologies": [{}]}),
        "allowedTopologies[0].matchLabelExpressions: Duplicate value: \"\"",
    );
    check(
        &StorageClasses,
        json!({"provisioner": "a/b", "parameters": {"x": "y".repeat(256 * 1024)}}),
        "parameters: Too long: may not be more than 262144 bytes",
    );
}

#[test]
fn attributes_classes() {
    check(
        &VolumeAttributesClasses,
        json!({"driverName": "a.b"}),
        "parameters: Required value: must contain at least one key/value pair",
    );
    check_update(
        &VolumeAttributesClasses,
        json!({"driverName": "a.b", "parameters": {"x": "1"}}),
        json!({"driverName": "a.c", "parameters": {"x": "2"}}),
        "[driverName: Forbidden: updates to driverName are forbidden., parameters: Forbidden: updates to parameters are forbidden.]",
    );
}

#[test]
fn attachments() {
    let good = json!({"spec": {"attacher": "a.b", "nodeName": "n", "source": {"persistentVolumeName": "pv"}}});
    check(&VolumeAttachments, good.clone(), "[]");
    check(
        &VolumeAttachments,
        json!({"spec": {"attacher": "a.b", "nodeName": "n", "source": {}}}),
        "spec.source: Required value: must specify exactly one of inlineVolumeSpec and persistentVolumeName",
    );
    let inline = json!({"accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1"}, "hostPath": {"path": "/x"}});
    check(
        &VolumeAttachments,
        json!({"spec": {"attacher": "a.b", "nodeName": "n", "source": {"inlineVolumeSpec": inline}}}),
        "[spec.source.inlineVolumeSpec.capacity: Forbidden: may not be specified in the context of inline volumes, \
         spec.source.inlineVolumeSpec.csi: Required value: has to be specified in the context of inline volumes]",
    );
    let disk = json!({"accessModes": ["ReadWriteOnce"], "azureDisk": {"diskName": "d", "diskURI": "x"}, "csi": {}});
    check(
        &VolumeAttachments,
        json!({"spec": {"nodeName": "n", "source": {"inlineVolumeSpec": disk}}}),
        "[spec.attacher: Required value, \
         spec.source.inlineVolumeSpec.azureDisk.diskURI: Unsupported value: \"x\": supported values: \"https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd\", \
         spec.source.inlineVolumeSpec.csi: Forbidden: may not specify more than 1 volume type]",
    );
    let mut other = good.clone();
    other["spec"]["nodeName"] = "m".into();
    check_update(
        &VolumeAttachments,
        good,
        other,
        "spec: Invalid value: {\"Attacher\":\"a.b\",\"Source\":{\"PersistentVolumeName\":\"pv\",\"InlineVolumeSpec\":null},\"NodeName\":\"m\"}: field is immutable",
    );
}

#[test]
fn drivers() {
    let tokens =
        json!([{"audience": "a"}, {"audience": "a"}, {"audience": "b", "expirationSeconds": 5}]);
    check(
        &CSIDrivers,
        json!({"spec": {"tokenRequests": tokens}}),
        "[spec.tokenRequests[1].audience: Duplicate value: \"a\", \
         spec.tokenRequests[2].expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes]",
    );
    check(
        &CSIDrivers,
        json!({"spec": {"serviceAccountTokenInSecrets": false}}),
        "spec.serviceAccountTokenInSecrets: Invalid value: false: serviceAccountTokenInSecrets is set but no tokenRequests are specified",
    );
    check_update(
        &CSIDrivers,
        json!({"spec": {}}),
        json!({"spec": {"attachRequired": false, "podInfoOnMount": true, "volumeLifecycleModes": ["Ephemeral"]}}),
        "[spec.attachedRequired: Invalid value: false: field is immutable, \
         spec.volumeLifecycleModes: Invalid value: [\"Ephemeral\"]: field is immutable]",
    );
}

#[test]
fn drivers_that_may_log_tokens() {
    let driver = |audience: &str, in_secrets: Value| {
        let tokens = json!([{"audience": audience}]);
        let spec = json!({"tokenRequests": tokens, "serviceAccountTokenInSecrets": in_secrets});
        decoded(&CSIDrivers, &json!({"spec": spec}))
    };
    let warned = CSIDrivers.warnings_on_create(&cx(), &driver("a", Value::Null));
    assert_eq!(
        warned,
        [
            "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes"
        ]
    );
    for said in [false, true] {
        let driver = driver("a", said.into());
        assert!(CSIDrivers.warnings_on_create(&cx(), &driver).is_empty());
    }
    let none = decoded(&CSIDrivers, &json!({}));
    assert!(CSIDrivers.warnings_on_create(&cx(), &none).is_empty());
    // Once is enough.
    let [old, new] = ["a", "b"].map(|audience| driver(audience, Value::Null));
    assert!(CSIDrivers.warnings_on_update(&cx(), &old, &old).is_empty());
    assert_eq!(CSIDrivers.warnings_on_update(&cx(), &new, &old), warned);
}

#[test]
fn drivers_of_nodes() {
    let driver = |count: i64, id: &str| json!({"name": "a.b", "nodeID": id, "topologyKeys": null, "allocatable": {"count": count}});
    check(
        &CSINodes,
        json!({"spec": {"drivers": [driver(-1, "x"), driver(1, "")]}}),
        "[spec.drivers[0].allocatable.count: Invalid value: -1: must be greater than or equal to 0, \
         spec.drivers[1].nodeID: Required value, spec.drivers[1].name: Duplicate value: \"a.b\"]",
    );
    let long = |bytes: usize| json!({"spec": {"drivers": [driver(1, &"x".repeat(bytes))]}});
    check(&CSINodes, long(256), "[]");
    let expect = format!(
        "spec.drivers[0].nodeID: Invalid value: \"{}\": must be 256 characters or less",
        "x".repeat(257)
    );
    check(&CSINodes, long(257), &expect);
    let node = |driver: Value| json!({"spec": {"drivers": [driver]}});
    check_update(&CSINodes, node(driver(1, "x")), node(driver(2, "x")), "[]");
    check_update(
        &CSINodes,
        node(driver(1, "x")),
        node(driver(1, "y")),
        "spec.drivers: Invalid value: {\"Name\":\"a.b\",\"NodeID\":\"y\",\"TopologyKeys\":null,\"Allocatable\":null}: field is immutable",
    );
}

#[test]
fn capacities() {
    check(
        &CSIStorageCapacities,
        json!({"storageClassName": "c", "capacity": "-1"}),
        "capacity: Invalid value: \"-1\": must be greater than or equal to 0",
    );
    check_update(
        &CSIStorageCapacities,
        json!({"storageClassName": "c", "nodeTopology": {}}),
        json!({"storageClassName": "d", "capacity": "-1"}),
        "[capacity: Invalid value: \"-1\": must be greater than or equal to 0, nodeTopology: Invalid value: null: field is immutable, storageClassName: Invalid value: \"d\": field is immutable]",
    );
}
