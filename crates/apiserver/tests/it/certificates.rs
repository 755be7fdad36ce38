//! Requests for certificates: who may approve and sign them, and which are not taken at all.
use crate::{
    full,
    kit::{Kit, send, user},
};
use serde_json::{Value, json};

const CSRS: &str = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
const RBAC: &str = "/apis/rbac.authorization.k8s.io/v1";
/// Of an EC key, by openssl: `O=dev, O=ops, CN=ann`.
const ANN: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIbU1JR01BZ0VBTUNveEREQUtCZ05WQkFvTUEyUmxkakVNTUFvR0ExVUVDZ3dEYjNCek1Rd3dDZ1lEVlFRRApEQU5oYm00d1dUQVRCZ2NxaGtqT1BRSUJCZ2dxaGtqT1BRTUJCd05DQUFRWm5qc2Z1czZTMzlOSXBnUFd1c3gzCmkrU2hLRHNHZ1pBYVBzSk5kNVFrMlpTQTJyZUhKUVpvWWtBcWxwVDU5aGx5cXU4SmhET2xwdFlhN3NNcExFRGsKb0FBd0NnWUlLb1pJemowRUF3SURTUUF3UmdJaEFQaHZCRHZQTjU3QVNDSEJTS3lnOUdSdFRudG9STUpYcDhYRQpZb2hLb2xJZUFpRUF0eXVEcGtiWlR1VGJZMnk5UEQ0OVg1ajl0cU5kZ3ZQSEhCaVArdHdCTW5rPQotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K";
/// `O=system:masters, CN=root`.
const MASTERS: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIak1JR0tBZ0VBTUNneEZ6QVZCZ05WQkFvTURuTjVjM1JsYlRwdFlYTjBaWEp6TVEwd0N3WURWUVFEREFSeQpiMjkwTUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFaGRFRXNVaC96eGRJQXk0UjBGM2dsQzNuCjB6THdHWG5Ma2JqeGZoSVpkbm5zcHJ2Zk9ZZ2tQREd0UU94RWFkNWVYTHZSdi9zeUtzQnlIbnBkSjlaTHZhQUEKTUFvR0NDcUdTTTQ5QkFNQ0EwZ0FNRVVDSVFDV3Q1QXppNHhxdWwxR1dVM0tKVERLWTdLbUxXT1Z1MEFRM3JaKwpNNEpXa0FJZ1ArK25RYXV4QmFIT1A0eEhBbUM1MGlRYmhPM25uSHFMMjFwSDFaSTdsSTQ9Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=";
const SIGNER: &str = "kubernetes.io/kube-apiserver-client";

fn request(name: &str, signer: &str, pem: &str) -> Value {
    json!({"metadata": {"name": name}, "spec": {"request": pem, "signerName": signer, "usages": ["client auth"]}})
}

/// Lets a user do everything to requests, and `verb` for a signer.
async fn grant(kit: &Kit, who: &str, verb: &str, signer: &str) {
    let rules = json!([
        {"apiGroups": ["certificates.k8s.io"], "resources": ["certificatesigningrequests", "certificatesigningrequests/approval", "certificatesigningrequests/status"], "verbs": ["*"]},
        {"apiGroups": ["certificates.k8s.io"], "resources": ["signers"], "resourceNames": [signer], "verbs": [verb]},
    ]);
    let role = json!({"metadata": {"name": who}, "rules": rules});
    kit.post(&format!("{RBAC}/clusterroles"), role)
        .await
        .expect(201);
    let binding = json!({
        "metadata": {"name": who},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": who},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": who}],
    });
    kit.post(&format!("{RBAC}/clusterrolebindings"), binding)
        .await
        .expect(201);
}

/// The answer to a condition that a user adds.
async fn add(kit: &Kit, who: &str, name: &str, part: &str, condition: &str) -> (u16, String) {
    let way = kit.server.in_process(user(who, &["system:authenticated"]));
    let path = format!("{CSRS}/{name}");
    let mut csr = kit.get(&path).await.expect(200);
    let condition = json!({"type": condition, "status": "True", "reason": "r", "message": "m"});
    csr["status"]["conditions"] = json!([condition]);
    let path = format!("{path}/{part}");
    let answer = send(&way, "PUT", &path, "application/json", csr).await;
    let body: Value = serde_json::from_str(&answer.text).unwrap();
    let words = body["message"].as_str().unwrap_or_default().to_owned();
    (answer.code, words)
}

#[test]
fn each_signer_has_its_approvers_and_signers() {
    full::run(|kit: Kit| async move {
        grant(&kit, "one", "approve", SIGNER).await;
        grant(&kit, "all", "approve", "kubernetes.io/*").await;
        grant(&kit, "signs", "sign", SIGNER).await;
        for name in ["a", "b", "c"] {
            kit.post(CSRS, request(name, SIGNER, ANN)).await.expect(201);
        }
        let other = request("d", "kubernetes.io/kubelet-serving", ANN);
        kit.post(CSRS, other).await.expect(201);
        let refused = |name: &str, what: &str, signer: &str| {
            let words = format!(
                "certificatesigningrequests.certificates.k8s.io {name:?} is forbidden: user not permitted to {what} requests with signerName {signer:?}"
            );
            (403, words)
        };
        let ok = (200, String::new());
        assert_eq!(add(&kit, "one", "a", "approval", "Approved").await, ok);
        assert_eq!(add(&kit, "all", "b", "approval", "Denied").await, ok);
        assert_eq!(
            add(&kit, "one", "d", "approval", "Approved").await,
            refused("d", "approve", "kubernetes.io/kubelet-serving")
        );
        assert_eq!(
            add(&kit, "signs", "c", "approval", "Approved").await,
            refused("c", "approve", SIGNER)
        );
        assert_eq!(
            add(&kit, "one", "c", "status", "Failed").await,
            refused("c", "sign", SIGNER)
        );
        assert_eq!(add(&kit, "signs", "c", "status", "Failed").await, ok);
    });
}

#[test]
fn nobody_becomes_an_administrator() {
    full::run(|kit: Kit| async move {
        let answer = kit.post(CSRS, request("r", SIGNER, MASTERS)).await;
        assert_eq!(
            answer.message(403),
            "certificatesigningrequests.certificates.k8s.io \"r\" is forbidden: use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed"
        );
        let other = request("r", "example.com/signer", MASTERS);
        kit.post(CSRS, other).await.expect(201);
    });
}

#[test]
fn nodes_ask_for_themselves() {
    full::run(|kit: Kit| async move {
        let node = user("system:node:n1", &["system:nodes", "system:authenticated"]);
        let way = kit.server.in_process(node);
        let ask = async |signer: &str| {
            let mut body = request("", signer, ANN);
            body["metadata"] = json!({"generateName": "csr-"});
            send(&way, "POST", CSRS, "application/json", body).await
        };
        let answer = ask("kubernetes.io/kube-apiserver-client-kubelet").await;
        let words = answer.message(403);
        let why = "is forbidden: can only create a node CSR with CN=system:node:n1";
        assert!(words.ends_with(why), "{words}");
        ask(SIGNER).await.expect(201);
    });
}
