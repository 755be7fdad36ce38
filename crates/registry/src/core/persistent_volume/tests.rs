use super::PersistentVolumes;
use crate::testing;
use api::core::v1::PersistentVolume;
use meta::{FieldErrors, codec};
use resource::{NoReader, RequestContext, Strategy, User, Verb};
use serde_json::{Value, json};
use std::sync::Arc;

fn cx() -> RequestContext {
    let now = meta::Time::from_unix_seconds(0);
    RequestContext::new(User::default(), Verb::Create, now, 7, Arc::new(NoReader))
}

/// A good volume with these fields.
fn volume(fields: Value) -> PersistentVolume {
    let mut spec = json!({"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"]});
    for (key, value) in fields.as_object().unwrap() {
        spec[key] = value.clone();
    }
    let document = json!({"metadata": {"name": "pv"}, "spec": spec});
    let mut volume = codec::from_value(&document).unwrap().object;
    PersistentVolumes.set_defaults(&mut volume);
    volume
}

#[track_caller]
fn check(fields: Value, expect: &str) {
    let mut errors = FieldErrors::new();
    PersistentVolumes.validate(&cx(), &mut errors, &volume(fields));
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn sources() {
    check(
        json!({}),
        "spec: Required value: must specify a volume type",
    );
    check(json!({"hostPath": {"path": "/data"}}), "[]");
    check(
        json!({"hostPath": {"path": "/"}, "persistentVolumeReclaimPolicy": "Recycle"}),
        "spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'",
    );
    check(
        json!({"local": {"path": "/disk"}}),
        "spec.nodeAffinity: Required value: Local volume requires node affinity",
    );
    check(
        json!({"csi": {"driver": "a.b", "volumeHandle": "1", "nodePublishSecretRef": {"name": "x"}}}),
        "spec.csi.nodePublishSecretRef.namespace: Required value",
    );
    check(
        json!({"iscsi": {"targetPortal": "p", "iqn": "iqn.2001-04.com.example:disk", "lun": 256}}),
        "spec.iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive",
    );
    for (partition, expect) in [
        (0, "[]"),
        (
            256,
            "spec.persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive",
        ),
    ] {
        let disk = json!({"gcePersistentDisk": {"pdName": "d", "partition": partition}});
        check(disk, expect);
    }
    check(
        json!({"csi": {"volumeHandle": "1"}}),
        "spec.csi.driver: Required value",
    );
    check(
        json!({"iscsi": {"targetPortal": "p", "iqn": "iqn.2001.com:x", "lun": 0}}),
        "spec.iscsi.iqn: Invalid value: \"iqn.2001.com:x\": must be valid format",
    );
    check(
        json!({"iscsi": {"targetPortal": "p".repeat(62), "iqn": "x", "lun": 0, "initiatorName": "iqn.2001-04.com.example:disk"}}),
        &format!(
            "[spec.iscsi.targetportal: Invalid value: \"{}\": Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified., spec.iscsi.iqn: Invalid value: \"x\": must be valid format]",
            "p".repeat(62)
        ),
    );
    check(
        json!({"local": {"path": "/disk/../x"}, "csi": {"driver": "a.b", "volumeHandle": "1"}}),
        "[spec.local.path: Invalid value: \"/disk/../x\": must not contain '..', spec.nodeAffinity: Required value: Local volume requires node affinity, spec.csi: Forbidden: may not specify more than 1 volume type]",
    );
    check(
        json!({"nfs": {"server": "s", "path": "p"}, "hostPath": {"path": "/x"}}),
        "spec.nfs: Forbidden: may not specify more than 1 volume type",
    );
    check(
        json!({"hostPath": {"path": "/x"}, "volumeAttributesClassName": "gold"}),
        "spec.csi: Required value: has to be specified when using volumeAttributesClassName",
    );
    check(
        json!({"hostPath": {"path": "/x"}, "accessModes": ["ReadWriteOncePod", "ReadOnlyMany"]}),
        "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
    );
}

#[track_caller]
fn check_update(old: Value, new: Value, expect: &str) {
    let mut errors = FieldErrors::new();
    PersistentVolumes.validate_update(&cx(), &mut errors, &volume(new), &volume(old));
    assert_eq!(errors.aggregate(), expect);
}

#[test]
fn what_stays() {
    let host = |path: &str| json!({"hostPath": {"path": path}});
    check_update(host("/a"), host("/a"), "[]");
    check_update(
        json!({"local": {"path": "/a"}, "nodeAffinity": affinity("beta.kubernetes.io/os", "linux")}),
        json!({"local": {"path": "/a"}, "nodeAffinity": affinity("kubernetes.io/os", "linux")}),
        "[]",
    );
    check_update(
        json!({"local": {"path": "/a"}, "nodeAffinity": affinity("kubernetes.io/os", "linux")}),
        json!({"local": {"path": "/a"}, "nodeAffinity": affinity("kubernetes.io/os", "x")}),
        "nodeAffinity: Invalid value: {\"Required\":{\"NodeSelectorTerms\":[{\"MatchExpressions\":[{\"Key\":\"kubernetes.io/os\",\"Operator\":\"In\",\"Values\":[\"x\"]}],\"MatchFields\":null}]}}: field is immutable, except for updating from beta label to GA",
    );
    check_update(
        json!({"csi": {"driver": "a.b", "volumeHandle": "1"}}),
        json!({"csi": {"driver": "a.b", "volumeHandle": "1", "controllerExpandSecretRef": {"name": "n", "namespace": "n"}}}),
        "[]",
    );
    // The spec is looked at twice, what stands beside it once.
    let mut errors = FieldErrors::new();
    let mut new = volume(testing::with(&host("/a"), "/capacity", json!({})));
    new.metadata
        .annotations
        .insert("volume.beta.kubernetes.io/mount-options", "ro".into());
    PersistentVolumes.validate_update(&cx(), &mut errors, &new, &volume(host("/a")));
    assert_eq!(errors.len(), 2 + 1 + 2, "{}", errors.aggregate());
    let mut errors = FieldErrors::new();
    let (new, old) = (volume(host("/b")), volume(host("/a")));
    PersistentVolumes.validate_update(&cx(), &mut errors, &new, &old);
    let words = errors.aggregate();
    let start = "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation\n@@ ";
    assert!(words.starts_with(start), "{words}");
    assert!(
        words.contains("-  \"Path\": \"/a\",\n+  \"Path\": \"/b\",\n"),
        "{words}"
    );
}

fn affinity(key: &str, value: &str) -> Value {
    let requirement = json!({"key": key, "operator": "In", "values": [value]});
    json!({"required": {"nodeSelectorTerms": [{"matchExpressions": [requirement]}]}})
}

#[test]
fn warnings() {
    let mut old = volume(
        json!({"rbd": {"monitors": ["m"], "image": "i"}, "persistentVolumeReclaimPolicy": "Recycle"}),
    );
    old.metadata.annotations.insert(super::CLASS, "x".into());
    assert_eq!(
        PersistentVolumes.warnings_on_create(&cx(), &old),
        [
            "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use \"storageClassName\" attribute instead",
            "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.",
            "spec.rbd: deprecated in v1.28, non-functional in v1.31+",
        ]
    );
}

#[test]
fn the_time_of_the_last_change_of_phase() {
    use resource::Part;
    let at = meta::Time::from_unix_seconds;
    let volume = |phase: &str, time: Option<i64>| {
        let mut volume = PersistentVolume::default();
        volume.status.phase = phase.into();
        volume.status.last_phase_transition_time = time.map(at);
        volume
    };
    let old = volume("Available", Some(5));
    for (phase, said, expect) in [
        ("Available", None, 5),
        ("Available", Some(7), 7),
        ("Bound", None, 0),
        ("Bound", Some(5), 0),
        ("Bound", Some(7), 7),
    ] {
        let mut new = volume(phase, said);
        super::StatusPart.prepare_update(&cx(), &mut new, &old);
        assert_eq!(new.status.last_phase_transition_time, Some(at(expect)));
    }
}
