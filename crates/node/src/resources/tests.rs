//! kubelet's arithmetic, one line a case.

use super::*;

fn of(resources: &[serde_json::Value]) -> Pod {
    let containers: Vec<_> = resources
        .iter()
        .map(|resources| serde_json::json!({"name": "c", "resources": resources}))
        .collect();
    let value = serde_json::json!({"metadata": {"uid": "u"}, "spec": {"containers": containers}});
    meta::codec::from_value::<Pod>(&value).unwrap().object
}

#[test]
fn classes_and_cgroups() {
    let full = serde_json::json!({"limits": {"cpu": "1", "memory": "1Gi"}});
    let some = serde_json::json!({"requests": {"cpu": "100m"}});
    let none = serde_json::json!({});
    for (pod, class, parent) in [
        (
            of(std::slice::from_ref(&none)),
            "BestEffort",
            "/kubepods/besteffort/podu",
        ),
        (
            of(std::slice::from_ref(&some)),
            "Burstable",
            "/kubepods/burstable/podu",
        ),
        (
            of(std::slice::from_ref(&full)),
            "Guaranteed",
            "/kubepods/podu",
        ),
        (
            of(&[full.clone(), none]),
            "Burstable",
            "/kubepods/burstable/podu",
        ),
        (of(&[full.clone(), full]), "Guaranteed", "/kubepods/podu"),
    ] {
        assert_eq!(
            (qos_class(&pod), cgroup_parent(&pod).as_str()),
            (class, parent)
        );
    }
}

#[test]
fn shares_quota_and_memory() {
    for (milli, expected) in [
        (0, 2),
        (1, 2),
        (100, 102),
        (1000, 1024),
        (1_000_000, 262_144),
    ] {
        assert_eq!(shares(milli), expected);
    }
    for (milli, expected) in [(0, 0), (1, 1000), (500, 50_000), (2000, 200_000)] {
        assert_eq!(quota(milli), expected);
    }
    let pod = of(&[
        serde_json::json!({"requests": {"cpu": "250m", "memory": "1Gi"}, "limits": {"cpu": "500m", "memory": "2Gi"}}),
    ]);
    let container = container(&pod, &pod.spec.containers[0], 8 << 30);
    assert_eq!((container.cpu_shares, container.cpu_quota), (256, 50_000));
    assert_eq!(
        (container.memory_limit_in_bytes, container.oom_score_adj),
        (2 << 30, 875)
    );
    let whole = super::pod(&pod);
    assert_eq!(
        (
            whole.cpu_shares,
            whole.cpu_quota,
            whole.memory_limit_in_bytes
        ),
        (256, 50_000, 2 << 30)
    );
}
