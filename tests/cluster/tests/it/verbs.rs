//! What a kubectl user does all day, against a control plane without a node.

use testkit::{Cluster, Options, is_root};

const DEPLOYMENT: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: 'example.com/web:v1', ports: [{containerPort: 80}]}]
";

#[test]
fn verbs() {
    if !is_root("verbs") {
        return;
    }
    let cluster = Cluster::start(Options {
        name: "verbs",
        control_plane_only: true,
    });
    created_and_read(&cluster);
    changed(&cluster);
    edited(&cluster);
    rolled_out(&cluster);
    asked_about(&cluster);
    refused(&cluster);
    removed(&cluster);
}

fn created_and_read(cluster: &Cluster) {
    assert_eq!(
        cluster.apply(DEPLOYMENT).trim(),
        "deployment.apps/web created"
    );
    assert_eq!(
        cluster.apply(DEPLOYMENT).trim(),
        "deployment.apps/web unchanged"
    );
    assert_eq!(
        cluster
            .feed(
                &["apply", "--server-side"],
                r#"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": {"a": "b"}}"#
            )
            .trim(),
        "configmap/c serverside-applied"
    );
    cluster.until(
        "two pods",
        &["get", "pods", "-l", "app=web", "-o", "name"],
        |out| out.lines().count() == 2,
    );
    let table = cluster.ok(&["get", "deployment", "web"]);
    assert!(
        table.starts_with("NAME   READY   UP-TO-DATE   AVAILABLE   AGE"),
        "{table}"
    );
    let wide = cluster.ok(&["get", "pods", "-o", "wide"]);
    assert!(
        wide.contains("NOMINATED NODE") && wide.contains("Pending"),
        "{wide}"
    );
    assert!(
        cluster
            .ok(&["describe", "deployment/web"])
            .contains("StrategyType:           RollingUpdate")
    );
    assert!(
        cluster
            .ok(&["get", "deployment", "web", "-o", "yaml"])
            .contains("progressDeadlineSeconds: 600")
    );
}

fn changed(cluster: &Cluster) {
    cluster.ok(&["label", "deployment/web", "tier=front"]);
    cluster.ok(&["annotate", "deployment/web", "note=seen"]);
    cluster.ok(&[
        "patch",
        "deployment/web",
        "--type=json",
        "-p",
        r#"[{"op":"replace","path":"/spec/replicas","value":3}]"#,
    ]);
    cluster.ok(&[
        "patch",
        "deployment/web",
        "--type=merge",
        "-p",
        r#"{"spec":{"minReadySeconds":1}}"#,
    ]);
    cluster.ok(&["patch", "deployment/web", "-p", r#"{"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"A","value":"b"}]}]}}}}"#]);
    let image = cluster.ok(&["get", "deployment/web", "-o", "jsonpath={.spec.replicas} {.spec.template.spec.containers[0].image} {.spec.template.spec.containers[0].env[0].name}"]);
    assert_eq!(image, "3 example.com/web:v1 A");
    cluster.ok(&["scale", "deployment/web", "--replicas=1"]);
    cluster.ok(&["expose", "deployment/web", "--port=80"]);
    let address = cluster.ok(&["get", "service", "web", "-o", "jsonpath={.spec.clusterIP}"]);
    assert!(address.starts_with("10.96."), "{address}");
    let replicas = cluster.ok(&["get", "deployment/web", "-o", "jsonpath={.spec.replicas}"]);
    assert_eq!(replicas, "1");
}

/// `diff` shows what `apply` would change; `edit` changes what an editor changes, and refuses what the API refuses.
fn edited(cluster: &Cluster) {
    let path = written(
        cluster,
        "changed",
        &DEPLOYMENT.replace("replicas: 2", "replicas: 7"),
    );
    let diff = testkit::output(&mut cluster.kubectl(&["diff", "-f", &path]));
    let shown = testkit::text(&diff.stdout);
    assert_eq!(diff.status.code(), Some(1), "{shown}");
    assert!(
        shown.contains("-  replicas: 1") && shown.contains("+  replicas: 7"),
        "{shown}"
    );
    let edit = |script: &str| {
        let mut kubectl = cluster.kubectl(&["edit", "deployment/web"]);
        testkit::output(kubectl.env("KUBE_EDITOR", format!("sed -i {script}")))
    };
    let done = edit("s/progressDeadlineSeconds:.*/progressDeadlineSeconds:\\ 700/");
    assert_eq!(testkit::text(&done.stdout), "deployment.apps/web edited\n");
    let seconds = cluster.ok(&[
        "get",
        "deployment/web",
        "-o",
        "jsonpath={.spec.progressDeadlineSeconds}",
    ]);
    assert_eq!(seconds, "700");
    let refused = edit("s/progressDeadlineSeconds:.*/progressDeadlineSeconds:\\ -1/");
    let said = testkit::text(&refused.stderr);
    assert!(
        !refused.status.success() && said.contains("deployments.apps \"web\" is invalid"),
        "{said}"
    );
}

fn rolled_out(cluster: &Cluster) {
    cluster.ok(&["set", "image", "deployment/web", "web=example.com/web:v2"]);
    cluster.until(
        "a second revision",
        &["rollout", "history", "deployment/web"],
        |history| history.contains('3'),
    );
    cluster.ok(&["rollout", "undo", "deployment/web"]);
    cluster.until(
        "the old image",
        &[
            "get",
            "deployment/web",
            "-o",
            "jsonpath={.spec.template.spec.containers[0].image}",
        ],
        |image| image == "example.com/web:v1",
    );
    cluster.ok(&["rollout", "restart", "deployment/web"]);
    assert!(
        cluster
            .ok(&["rollout", "status", "deployment/web", "--watch=false"])
            .contains("Waiting for deployment")
    );
}

fn asked_about(cluster: &Cluster) {
    assert_eq!(
        cluster.ok(&["auth", "can-i", "create", "pods"]).trim(),
        "yes"
    );
    let as_nobody = [
        "auth",
        "can-i",
        "list",
        "secrets",
        "--as=system:serviceaccount:default:default",
    ];
    assert!(
        !testkit::output(&mut cluster.kubectl(&as_nobody))
            .status
            .success()
    );
    assert!(cluster.ok(&["auth", "whoami"]).contains("system:masters"));
    let resources = cluster.ok(&["api-resources"]);
    assert!(
        resources.contains("deployments") && resources.contains("endpointslices"),
        "{resources}"
    );
    assert!(
        cluster
            .ok(&["explain", "pod.spec.containers"])
            .contains("imagePullPolicy")
    );
    assert!(
        cluster
            .ok(&["explain", "deployment"])
            .contains("KIND:       Deployment")
    );
    assert!(cluster.ok(&["version"]).contains("Server Version: v1.36"));
    cluster.until("an event", &["events"], |events| {
        events.contains("ScalingReplicaSet")
    });
    assert!(
        cluster
            .ok(&["get", "--raw", "/livez?verbose"])
            .contains("livez check passed")
    );
}

fn refused(cluster: &Cluster) {
    let unknown = cluster.refuses(&[
        "create",
        "-f",
        &written(
            cluster,
            "unknown",
            r#"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}, "dta": {}}"#,
        ),
    ]);
    assert!(
        unknown.contains("strict decoding error: unknown field \"dta\""),
        "{unknown}"
    );
    let invalid = cluster.refuses(&[
        "create",
        "-f",
        &written(
            cluster,
            "invalid",
            r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}, "spec": {"containers": []}}"#,
        ),
    ]);
    assert!(
        invalid.contains("spec.containers: Required value"),
        "{invalid}"
    );
    let missing = cluster.refuses(&["get", "pod", "nobody"]);
    assert!(
        missing.contains("Error from server (NotFound): pods \"nobody\" not found"),
        "{missing}"
    );
    let forbidden = cluster.refuses(&["get", "pods", "--as=ann"]);
    assert!(forbidden.contains("pods is forbidden: User \"ann\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\""), "{forbidden}");
    let malformed = cluster.refuses(&["get", "--raw", "/api/v1/pods?labelSelector=%3D%3D"]);
    assert!(
        malformed.contains("found '==', expected: !, identifier, or 'end of string'"),
        "{malformed}"
    );
}

fn written(cluster: &Cluster, name: &str, manifest: &str) -> String {
    let path = cluster.data_dir().with_file_name(format!("{name}.yaml"));
    std::fs::write(&path, manifest).expect("the test's directory is writable");
    path.display().to_string()
}

fn removed(cluster: &Cluster) {
    cluster.ok(&["create", "namespace", "short"]);
    cluster.ok(&[
        "-n",
        "short",
        "create",
        "configmap",
        "c",
        "--from-literal=a=b",
    ]);
    cluster.ok(&["delete", "namespace", "short", "--timeout=30s"]);
    cluster.ok(&["delete", "deployment", "web"]);
    cluster.until(
        "no replica sets",
        &["get", "replicasets", "-o", "name"],
        str::is_empty,
    );
    cluster.until(
        "no pods",
        &["get", "pods", "-l", "app=web", "-o", "name"],
        str::is_empty,
    );
}
