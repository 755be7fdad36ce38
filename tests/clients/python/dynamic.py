"""The Python client's dynamic API: kinds come from discovery, objects are plain dictionaries, apply is on the server."""

import os

from kubernetes import client, config
from kubernetes.dynamic import DynamicClient
from kubernetes.dynamic.exceptions import ConflictError, NotFoundError

config.load_kube_config(os.environ["KUBECONFIG"])
dynamic = DynamicClient(client.ApiClient())

deployments = dynamic.resources.get(api_version="apps/v1", kind="Deployment")
assert deployments.namespaced and "scale" in deployments.subresources, deployments
assert dynamic.resources.get(api_version="v1", kind="Node").name == "nodes"

body = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "dynamic", "namespace": "default"},
    "spec": {
        "replicas": 2,
        "selector": {"matchLabels": {"app": "dynamic"}},
        "template": {
            "metadata": {"labels": {"app": "dynamic"}},
            "spec": {"containers": [{"name": "web", "image": "example.com/web:v1"}]},
        },
    },
}
applied = deployments.server_side_apply(body=body, field_manager="python")
assert applied.spec.replicas == 2 and applied.metadata.managedFields[0].manager == "python", applied

# Another manager may not take a field without force, and is told whose it is.
other = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "dynamic", "namespace": "default"},
    "spec": {"replicas": 5},
}
try:
    deployments.server_side_apply(body=other, field_manager="other")
    raise AssertionError("a conflict was not seen")
except ConflictError as error:
    assert 'conflict with "python": .spec.replicas' in error.summary(), error.summary()
forced = deployments.server_side_apply(body=other, field_manager="other", force_conflicts=True)
assert forced.spec.replicas == 5, forced

patched = deployments.patch(
    name="dynamic",
    namespace="default",
    body=[{"op": "replace", "path": "/spec/replicas", "value": 1}],
    content_type="application/json-patch+json",
)
assert patched.spec.replicas == 1, patched
listed = deployments.get(namespace="default", label_selector="app!=dynamic").items
assert "dynamic" in [item.metadata.name for item in listed], listed

seen = []
for event in deployments.watch(namespace="default", timeout=1):
    seen.append(event["type"])
assert seen == ["ADDED"] or seen[0] == "ADDED", seen

deployments.delete(name="dynamic", namespace="default", body={"propagationPolicy": "Foreground"})
try:
    for _ in deployments.watch(namespace="default", name="dynamic", timeout=10):
        deployments.get(name="dynamic", namespace="default")
    deployments.get(name="dynamic", namespace="default")
    raise AssertionError("the deployment is still there")
except NotFoundError as error:
    assert 'deployments.apps "dynamic" not found' in error.summary(), error.summary()
print("dynamic: done")
