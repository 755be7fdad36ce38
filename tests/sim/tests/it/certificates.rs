//! Requests for certificates: approved, issued and removed again.

use api::{certificates::v1::CertificateSigningRequest as Csr, rbac::v1::ClusterRoleBinding};
use meta::ObjectKey;
use serde_json::{Value, json};
use sim::{World, simulate};
use std::time::Duration;

/// Of a P-256 key, by openssl: `O=dev, O=ops, CN=ann`.
const ANN: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIbU1JR01BZ0VBTUNveEREQUtCZ05WQkFvTUEyUmxkakVNTUFvR0ExVUVDZ3dEYjNCek1Rd3dDZ1lEVlFRRApEQU5oYm00d1dUQVRCZ2NxaGtqT1BRSUJCZ2dxaGtqT1BRTUJCd05DQUFRWm5qc2Z1czZTMzlOSXBnUFd1c3gzCmkrU2hLRHNHZ1pBYVBzSk5kNVFrMlpTQTJyZUhKUVpvWWtBcWxwVDU5aGx5cXU4SmhET2xwdFlhN3NNcExFRGsKb0FBd0NnWUlLb1pJemowRUF3SURTUUF3UmdJaEFQaHZCRHZQTjU3QVNDSEJTS3lnOUdSdFRudG9STUpYcDhYRQpZb2hLb2xJZUFpRUF0eXVEcGtiWlR1VGJZMnk5UEQ0OVg1ajl0cU5kZ3ZQSEhCaVArdHdCTW5rPQotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K";
/// `O=system:nodes, CN=system:node:n1`.
const NODE: &str = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIcU1JR1NBZ0VBTURBeEZUQVRCZ05WQkFvTURITjVjM1JsYlRwdWIyUmxjekVYTUJVR0ExVUVBd3dPYzNsegpkR1Z0T201dlpHVTZiakV3V1RBVEJnY3Foa2pPUFFJQkJnZ3Foa2pPUFFNQkJ3TkNBQVJaYm4vZUNoZFZVblhvCml1YlE1VllHdnZlaDU2WFMwak9VWE1qUEhvTlh1MXlrWGQ1bWw1YlNZMUk0cjZDYXkxT0JMdkEvLy9kZTlpTnkKT3FDcUtrMmJvQUF3Q2dZSUtvWkl6ajBFQXdJRFJ3QXdSQUlnVWtDRDIzT3NsTWQvdVpZWnVzMkhsS2N5UkdITwozQjJRV2RsZUxZK3JTaDRDSUNDNS9DSCtQOVBtbXpJNHpFekFzMTlkZlI0OHloQkRVR2QvL3B2OURmOU4KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==";
const HOUR: Duration = Duration::from_secs(3600);

fn request(name: &str, signer: &str, pem: &str, usages: &[&str]) -> Value {
    json!({
        "metadata": {"name": name},
        "spec": {"request": pem, "signerName": format!("kubernetes.io/{signer}"), "usages": usages},
    })
}

fn key(name: &str) -> ObjectKey {
    ObjectKey::cluster(name)
}

async fn approve(world: &World, name: &str) {
    let api = world.admin().of::<Csr>();
    let mut csr = api.get(&key(name)).await.unwrap();
    let condition = json!({"type": "Approved", "status": "True", "reason": "r", "message": "m"});
    let condition = meta::codec::from_value(&condition).unwrap().object;
    csr.status.conditions.push(condition);
    api.replace_subresource(&csr, "approval").await.unwrap();
}

fn is_issued(csr: Option<&Csr>) -> bool {
    csr.is_some_and(|csr| !csr.status.certificate.is_empty())
}

#[test]
fn an_approved_request_is_issued_and_removed_in_time() {
    simulate(51, |world| async move {
        let usages = &["client auth"];
        let ann = request("ann", "kube-apiserver-client", ANN, usages);
        world.create::<Csr>(ann).await;
        let wrong = request("wrong", "kube-apiserver-client", ANN, &["server auth"]);
        world.create::<Csr>(wrong).await;
        let pending = request("pending", "kube-apiserver-client", ANN, usages);
        world.create::<Csr>(pending).await;
        world.pass(Duration::from_secs(60)).await;
        let api = world.admin().of::<Csr>();
        assert!(!is_issued(Some(&api.get(&key("ann")).await.unwrap())));

        approve(&world, "ann").await;
        approve(&world, "wrong").await;
        world.eventually::<Csr>(&key("ann"), is_issued).await;
        world.pass(Duration::from_secs(60)).await;
        let wrong = api.get(&key("wrong")).await.unwrap();
        let failed = &wrong.status.conditions[1];
        assert_eq!(failed.type_, "Failed");
        assert_eq!(failed.reason, "SignerValidationFailure");
        assert_eq!(
            failed.message,
            "invalid usage for client certificate: server auth"
        );

        world.pass(HOUR - Duration::from_secs(180)).await;
        assert!(api.find(&key("ann")).await.unwrap().is_some());
        world.pass(Duration::from_secs(180)).await;
        assert!(api.find(&key("ann")).await.unwrap().is_none());
        assert!(api.find(&key("wrong")).await.unwrap().is_none());
        world.pass(22 * HOUR).await;
        assert!(api.find(&key("pending")).await.unwrap().is_some());
        world.pass(HOUR).await;
        assert!(api.find(&key("pending")).await.unwrap().is_none());
    });
}

#[test]
fn a_node_renews_its_certificate() {
    simulate(52, |world| async move {
        let usages = &["client auth", "digital signature"];
        let node = request("n1", "kube-apiserver-client-kubelet", NODE, usages);
        let node: Csr = meta::codec::from_value(&node).unwrap().object;
        world
            .create::<ClusterRoleBinding>(json!({
                "metadata": {"name": "renew"},
                "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient"},
                "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "system:nodes"}],
            }))
            .await;
        let kubelet = world.client_of("system:node:n1");
        kubelet.of::<Csr>().create(&node).await.unwrap();
        world.eventually::<Csr>(&key("n1"), is_issued).await;
        let issued = world.admin().of::<Csr>().get(&key("n1")).await.unwrap();
        let approved = &issued.status.conditions[0];
        assert_eq!(approved.reason, "AutoApproved");
        assert_eq!(
            approved.message,
            "Auto approving self kubelet client certificate after SubjectAccessReview."
        );
    });
}
