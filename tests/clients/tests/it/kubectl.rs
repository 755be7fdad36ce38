//! kubectl of upstream's own release (1.36) and the machine's older one: what both do with one server.

use crate::tools::{control_plane, fetched, program};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use testkit::{Cluster, is_root, refused, run};

#[test]
fn newest_and_older() {
    if !is_root("newest_and_older") {
        return;
    }
    let cluster = control_plane("kc");
    for (number, kubectl) in [fetched("kubectl"), PathBuf::from("kubectl")]
        .iter()
        .enumerate()
    {
        let user = User {
            cluster: &cluster,
            kubectl,
            namespace: format!("user{number}"),
        };
        user.asks();
        user.applies();
        user.patches();
        user.is_refused();
        user.is_certified();
        user.deletes();
    }
}

/// One kubectl in a namespace of its own.
struct User<'a> {
    cluster: &'a Cluster,
    kubectl: &'a Path,
    namespace: String,
}

const CONFIG: &str = "
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data: {a: '1', b: '2'}
";

/// Made by openssl, as is the request of it, for `O=dev, O=ops, CN=ann`.
const KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2nBKsx2V8Ms1IlJ6
C289Ue5zWvaruVOyradgYbzyHX2hRANCAAQZnjsfus6S39NIpgPWusx3i+ShKDsG
gZAaPsJNd5Qk2ZSA2reHJQZoYkAqlpT59hlyqu8JhDOlptYa7sMpLEDk
-----END PRIVATE KEY-----
";
const REQUEST: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIbU1JR01BZ0VBTUNveEREQUtCZ05WQkFvTUEyUmxkakVNTUFvR0ExVUVDZ3dEYjNCek1Rd3dDZ1lEVlFRRApEQU5oYm00d1dUQVRCZ2NxaGtqT1BRSUJCZ2dxaGtqT1BRTUJCd05DQUFRWm5qc2Z1czZTMzlOSXBnUFd1c3gzCmkrU2hLRHNHZ1pBYVBzSk5kNVFrMlpTQTJyZUhKUVpvWWtBcWxwVDU5aGx5cXU4SmhET2xwdFlhN3NNcExFRGsKb0FBd0NnWUlLb1pJemowRUF3SURTUUF3UmdJaEFQaHZCRHZQTjU3QVNDSEJTS3lnOUdSdFRudG9STUpYcDhYRQpZb2hLb2xJZUFpRUF0eXVEcGtiWlR1VGJZMnk5UEQ0OVg1ajl0cU5kZ3ZQSEhCaVArdHdCTW5rPQotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K";

impl User<'_> {
    /// Runs kubectl with a line of arguments; `-f -` reads the manifest.
    #[track_caller]
    fn ok(&self, line: &str) -> String {
        run(self.command(line).stdin(std::process::Stdio::null()))
    }

    #[track_caller]
    fn fed(&self, line: &str, manifest: &str) -> String {
        let path = self.cluster.data_dir().join("manifest.yaml");
        std::fs::write(&path, manifest).unwrap_or_else(|error| panic!("no manifest: {error}"));
        self.ok(&format!("{line} -f {}", path.display()))
    }

    fn command(&self, line: &str) -> std::process::Command {
        let mut command = program(self.cluster, self.kubectl);
        command.args(["--namespace", &self.namespace]);
        command.args(line.split(' ').map(|word| word.replace('_', " ")));
        command
    }

    #[track_caller]
    fn says(&self, line: &str, words: &[&str]) {
        let said = self.ok(line);
        for word in words {
            assert!(
                said.contains(word),
                "kubectl {line} does not say {word:?}:\n{said}"
            );
        }
    }

    fn asks(&self) {
        self.ok(&format!("create namespace {}", self.namespace));
        self.says("version", &["Server Version: v1.36."]);
        self.says(
            "api-resources",
            &["deployments", "deploy", "apps/v1", "Deployment"],
        );
        self.says(
            "api-resources --namespaced=false -o name",
            &["nodes", "namespaces"],
        );
        self.says("api-versions", &["apps/v1", "rbac.authorization.k8s.io/v1"]);
        self.says(
            "explain deployment.spec.replicas",
            &["FIELD: replicas <integer>", "Number of desired pods"],
        );
        self.says(
            "explain pod --recursive",
            &["containers", "<[]Container> -required-"],
        );
        self.says("auth whoami", &["system:masters"]);
        self.says("auth can-i --list", &["*.*"]);
        self.says(
            "cluster-info",
            &["Kubernetes control plane", "is running at"],
        );
        self.says(
            "get --raw /livez?verbose",
            &["[+]ping ok", "livez check passed"],
        );
    }

    fn applies(&self) {
        assert_eq!(
            self.fed("apply --server-side", CONFIG).trim(),
            "configmap/c serverside-applied"
        );
        assert_eq!(self.fed("diff --server-side", CONFIG), "");
        let more = CONFIG.replace("a: '1'", "a: '3'");
        assert_eq!(
            self.fed("apply --server-side --field-manager=kubectl", &more)
                .trim(),
            "configmap/c serverside-applied"
        );
        self.says(
            "get configmap c -o jsonpath={.data}",
            &[r#"{"a":"3","b":"2"}"#],
        );
        self.says(
            "get configmap c -o yaml --show-managed-fields",
            &["manager: kubectl", "operation: Apply", "f:data:"],
        );
        assert_eq!(self.fed("apply", CONFIG).trim(), "configmap/c configured");
        assert_eq!(
            self.fed("apply --dry-run=server", CONFIG).trim(),
            "configmap/c unchanged (server dry run)"
        );
        self.ok("create deployment web --image=example.com/web:v1 --replicas=2");
        self.says(
            "get deployment web -o wide",
            &[
                "NAME",
                "CONTAINERS",
                "IMAGES",
                "example.com/web:v1",
                "app=web",
            ],
        );
        self.says(
            "get deployment,replicaset,pod",
            &["deployment.apps/web", "replicaset.apps/web-", "pod/web-"],
        );
        self.says(
            "get pods --field-selector=status.phase=Pending -o name",
            &["pod/web-"],
        );
        self.says(
            "describe deployment web",
            &["Replicas:", "2 desired", "ScalingReplicaSet"],
        );
        self.says("events --for deployment/web", &["ScalingReplicaSet"]);
    }

    fn patches(&self) {
        self.says(r#"patch deployment web -p {"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"A","value":"1"}]}]}}}}"#, &["patched"]);
        self.says(r#"patch deployment web --type=json -p [{"op":"add","path":"/metadata/labels/x","value":"y"}]"#, &["patched"]);
        self.says(
            r#"patch deployment web --type=merge -p {"metadata":{"labels":{"x":null}}}"#,
            &["patched"],
        );
        self.says(
            r#"patch deployment web --subresource=scale --type=merge -p {"spec":{"replicas":1}}"#,
            &["patched"],
        );
        self.says(
            "get deployment web -o jsonpath={.spec.replicas}{.metadata.labels}",
            &[r#"1{"app":"web"}"#],
        );
        self.says(
            "scale deployment web --replicas=3 --current-replicas=1",
            &["scaled"],
        );
        self.says(
            "set image deployment/web web=example.com/web:v2",
            &["image updated"],
        );
        self.says("rollout history deployment/web", &["REVISION", "2", "3"]);
        self.says("rollout undo deployment/web", &["rolled back"]);
        self.says("annotate deployment web note=seen", &["annotated"]);
        self.says(
            "wait deployment web --for=jsonpath={.metadata.annotations.note}=seen --timeout=10s",
            &["condition met"],
        );
        self.says("create token default --duration=10m", &["ey"]);
    }

    /// A key becomes a user by way of a certificate that an administrator approves.
    fn is_certified(&self) {
        let name = format!("ann-{}", self.namespace);
        let request = format!(
            "apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {{name: {name}}}
spec:
  request: {REQUEST}
  signerName: kubernetes.io/kube-apiserver-client
  expirationSeconds: 3600
  usages: [client auth]
"
        );
        self.fed("create", &request);
        self.says(&format!("get csr {name}"), &["Pending", "60m"]);
        assert_eq!(
            self.ok(&format!("certificate approve {name}")).trim(),
            format!("certificatesigningrequest.certificates.k8s.io/{name} approved")
        );
        let get = format!("get csr {name} -o jsonpath={{.status.certificate}}");
        let certificate = testkit::eventually("a certificate", Duration::from_secs(10), || {
            Some(self.ok(&get)).filter(|text| !text.is_empty())
        });
        self.says(&format!("get csr {name}"), &["Approved,Issued"]);
        let key = self.cluster.data_dir().join("ann.key");
        std::fs::write(&key, KEY).unwrap_or_else(|error| panic!("no key: {error}"));
        let config = self.ok("config view --raw --minify -o jsonpath={.clusters[0].cluster}");
        let config = format!(
            r#"{{"apiVersion": "v1", "kind": "Config", "current-context": "c",
                "clusters": [{{"name": "c", "cluster": {config}}}],
                "contexts": [{{"name": "c", "context": {{"cluster": "c", "user": "u"}}}}],
                "users": [{{"name": "u", "user": {{"client-certificate-data": "{certificate}", "client-key": "{}"}}}}]}}"#,
            key.display()
        );
        let path = self.cluster.data_dir().join("ann.kubeconfig");
        std::fs::write(&path, config).unwrap_or_else(|error| panic!("no kubeconfig: {error}"));
        let mut whoami = self.command("auth whoami -o jsonpath={.status.userInfo}");
        let said = run(whoami.env("KUBECONFIG", &path));
        for word in [
            r#""username":"ann""#,
            r#"["dev","ops","system:authenticated"]"#,
        ] {
            assert!(said.contains(word), "{word} is not in {said}");
        }
    }

    fn is_refused(&self) {
        for (line, words) in [
            (
                "get pod none",
                "Error from server (NotFound): pods \"none\" not found",
            ),
            ("create configmap c", "configmaps \"c\" already exists"),
            (
                "scale deployment web --replicas=1 --current-replicas=9",
                "Expected replicas to be 9",
            ),
            (
                "get none",
                "the server doesn't have a resource type \"none\"",
            ),
            (
                "--as=nobody get pods",
                "User \"nobody\" cannot list resource \"pods\" in API group \"\" in the namespace",
            ),
        ] {
            let said = refused(&mut self.command(line));
            assert!(said.contains(words), "kubectl {line} says\n{said}");
        }
    }

    fn deletes(&self) {
        self.says(
            "delete deployment web --cascade=foreground --timeout=60s",
            &["deleted"],
        );
        self.says(
            "delete configmap,service --all",
            &["configmap \"c\" deleted"],
        );
        self.ok(&format!(
            "delete namespace {} --timeout=60s",
            self.namespace
        ));
    }
}
