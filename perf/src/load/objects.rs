//! The objects that the scenarios send: a pod of 1.0 KB (one container, two env, a port, resources, a readiness probe) and a ConfigMap.

use bytes::Bytes;
use serde_json::json;

pub(super) const NAMESPACE: &str = "perf";
/// One pod in so many carries the label that the selective list asks for.
pub(super) const SELECTED_ONE_IN: usize = 100;

pub(super) fn pods_path() -> String {
    format!("/api/v1/namespaces/{NAMESPACE}/pods")
}

pub(super) fn config_maps_path() -> String {
    format!("/api/v1/namespaces/{NAMESPACE}/configmaps")
}

pub(super) fn pod_name(index: usize) -> String {
    format!("pod-{index:06}")
}

/// A pod that no scheduler takes, unless it is told to.
pub(super) fn pod(name: &str, index: usize, scheduler: &str) -> Bytes {
    let selected = if index.is_multiple_of(SELECTED_ONE_IN) {
        "yes"
    } else {
        "no"
    };
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "labels": {
            "app": "perf", "tier": format!("tier-{}", index % 10), "selected": selected, "pod-template-hash": format!("{:08x}", index / 100),
        }, "annotations": {"example.com/description": "a pod of the size that a plain web service has in practice"}},
        "spec": {
            "schedulerName": scheduler, "terminationGracePeriodSeconds": 0, "automountServiceAccountToken": false,
            "containers": [{
                "name": "web", "image": "registry.example.com/team/web-service:1.24.3", "imagePullPolicy": "IfNotPresent",
                "env": [{"name": "LOG_LEVEL", "value": "info"}, {"name": "UPSTREAM_ADDRESS", "value": "http://backend.default.svc.cluster.local:8080"}],
                "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
                "resources": {"requests": {"cpu": "1m", "memory": "1Mi"}, "limits": {"cpu": "500m", "memory": "256Mi"}},
                "readinessProbe": {"httpGet": {"path": "/healthz", "port": "http", "scheme": "HTTP"}, "periodSeconds": 5, "timeoutSeconds": 2},
            }],
        },
    });
    Bytes::from(pod.to_string())
}

pub(super) fn config_map(name: &str, bytes: usize) -> Bytes {
    let object = json!({
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "labels": {"app": "perf"}}, "data": {"filling": "x".repeat(bytes)},
    });
    Bytes::from(object.to_string())
}
