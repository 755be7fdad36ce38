"""Helm 4, its own SDK: a chart with a hook and a test is installed, upgraded, rolled back, tested and uninstalled, each waited for."""

import os
import pathlib

import helm_python as helm
from kubernetes import client, config

chart = pathlib.Path(__file__).parent.parent / "chart"
config.load_kube_config(os.environ["KUBECONFIG"])
core, apps = client.CoreV1Api(), client.AppsV1Api()


def state():
    deployment = apps.read_namespaced_deployment("shop", "default")
    greeting = core.read_namespaced_config_map("shop", "default").data["greeting"]
    return deployment.spec.replicas, deployment.status.available_replicas, greeting


assert helm.helm_sdk_version().startswith("v4."), helm.helm_sdk_version()
with helm.Config(kubeconfig_path=os.environ["KUBECONFIG"], namespace="default") as cluster:
    cluster.check_reachable()
    release = cluster.install(chart, "shop", wait="watcher", timeout=120)
    assert (release["revision"], release["status"]) == (1, "deployed"), release
    assert state() == (2, 2, "hello"), state()
    hook = core.read_namespaced_pod("shop-before", "default")
    assert hook.status.phase == "Succeeded", hook.status
    assert core.read_namespaced_pod_log("shop-before", "default") == "before revision 1\n"

    tested = cluster.test("shop", timeout=60, logs=True)
    assert "200" in tested["logs"], tested

    upgraded = cluster.upgrade(chart, "shop", {"replicas": 3, "greeting": "good day"}, wait="watcher", timeout=120)
    assert upgraded["revision"] == 2, upgraded
    assert state() == (3, 3, "good day"), state()
    assert core.read_namespaced_pod_log("shop-before", "default") == "before revision 2\n"

    cluster.rollback("shop", version=1, wait="watcher", timeout=120)
    assert state()[0] == 2 and state()[2] == "hello", state()
    statuses = [(item["revision"], item["status"]) for item in cluster.history("shop")]
    assert statuses == [(1, "superseded"), (2, "superseded"), (3, "deployed")], statuses

    # What cannot be applied fails, says why, and leaves the release as it was.
    try:
        cluster.upgrade(chart, "shop", {"replicas": -1}, timeout=20)
        raise AssertionError("a chart with -1 replicas was accepted")
    except helm.HelmError as error:
        assert "must be greater than or equal to 0" in str(error), error
    assert state()[0] == 2, state()

    cluster.uninstall("shop", wait="watcher", timeout=120)
    assert cluster.list() == [], cluster.list()
    left = apps.list_namespaced_deployment("default").items + core.list_namespaced_secret("default").items
    assert left == [], left
print("helm: done")
