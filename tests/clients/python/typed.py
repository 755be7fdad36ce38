"""The Python client's typed API: its own classes in, its own classes out, and a watch that sees each change."""

import os

from kubernetes import client, config, watch

config.load_kube_config(os.environ["KUBECONFIG"])
core, apps = client.CoreV1Api(), client.AppsV1Api()
NAMESPACE = "python"

core.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=NAMESPACE)))

# A ConfigMap through create, read, replace and delete.
made = core.create_namespaced_config_map(
    NAMESPACE,
    client.V1ConfigMap(metadata=client.V1ObjectMeta(generate_name="c-", labels={"app": "typed"}), data={"a": "1"}),
)
assert made.metadata.name.startswith("c-") and made.metadata.uid, made
made.data["a"] = "2"
replaced = core.replace_namespaced_config_map(made.metadata.name, NAMESPACE, made)
assert replaced.data == {"a": "2"} and replaced.metadata.resource_version != made.metadata.resource_version

# A stale write is a conflict with upstream's reason.
try:
    core.replace_namespaced_config_map(made.metadata.name, NAMESPACE, made)
    raise AssertionError("a stale write was accepted")
except client.ApiException as error:
    assert error.status == 409 and '"reason":"Conflict"' in error.body.replace(" ", ""), error

# A Deployment with probes and resources round-trips through the client's models, and its pods appear.
labels = {"app": "typed"}
container = client.V1Container(
    name="web",
    image="example.com/web:v1",
    ports=[client.V1ContainerPort(container_port=80, name="http")],
    resources=client.V1ResourceRequirements(requests={"cpu": "10m"}, limits={"memory": "32Mi"}),
    readiness_probe=client.V1Probe(http_get=client.V1HTTPGetAction(path="/", port="http")),
)
template = client.V1PodTemplateSpec(
    metadata=client.V1ObjectMeta(labels=labels), spec=client.V1PodSpec(containers=[container])
)
deployment = client.V1Deployment(
    metadata=client.V1ObjectMeta(name="web"),
    spec=client.V1DeploymentSpec(replicas=3, selector=client.V1LabelSelector(match_labels=labels), template=template),
)
apps.create_namespaced_deployment(NAMESPACE, deployment)

names, watcher = set(), watch.Watch()
for event in watcher.stream(core.list_namespaced_pod, NAMESPACE, label_selector="app=typed", timeout_seconds=30):
    assert isinstance(event["object"], client.V1Pod), event
    names.add(event["object"].metadata.name)
    if len(names) == 3:
        watcher.stop()
assert len(names) == 3, names

scale = apps.patch_namespaced_deployment_scale("web", NAMESPACE, {"spec": {"replicas": 1}})
assert scale.spec.replicas == 1, scale

# Pages of a list are one list.
for number in range(25):
    core.create_namespaced_config_map(
        NAMESPACE, client.V1ConfigMap(metadata=client.V1ObjectMeta(name=f"page-{number:02}", labels={"page": "yes"}))
    )
seen, token = [], None
while True:
    page = core.list_namespaced_config_map(NAMESPACE, label_selector="page=yes", limit=10, _continue=token)
    seen += [item.metadata.name for item in page.items]
    token = page.metadata._continue
    if not token:
        break
assert seen == [f"page-{number:02}" for number in range(25)], seen

review = client.AuthorizationV1Api().create_self_subject_access_review(
    client.V1SelfSubjectAccessReview(
        spec=client.V1SelfSubjectAccessReviewSpec(
            resource_attributes=client.V1ResourceAttributes(verb="delete", resource="nodes")
        )
    )
)
assert review.status.allowed, review
assert client.VersionApi().get_code().major == "1"

core.delete_namespace(NAMESPACE)
watcher = watch.Watch()
for event in watcher.stream(core.list_namespace, field_selector=f"metadata.name={NAMESPACE}", timeout_seconds=30):
    if event["type"] == "DELETED":
        watcher.stop()
try:
    core.read_namespace(NAMESPACE)
    raise AssertionError("the namespace is still there")
except client.ApiException as error:
    assert error.status == 404, error
print("typed: done")
