//! On what grounds a request is approved.

use super::{Ground, plan};
use crate::certificates::{
    signers::{API_CLIENT, KUBELET_CLIENT},
    testing::{ANN, NODE, csr},
};
use serde_json::json;

const USAGES: &[&str] = &["client auth", "digital signature"];

#[test]
fn grounds() {
    let own = csr(KUBELET_CLIENT, NODE, USAGES, json!({}));
    assert_eq!(plan(&own).unwrap(), [Ground::SelfNode, Ground::Node]);
    let mut other = own.clone();
    other.spec.username = "system:bootstrap:abcdef".into();
    assert_eq!(plan(&other).unwrap(), [Ground::Node]);
    let denied = json!({"conditions": [{"type": "Denied", "status": "True"}]});
    for nothing in [
        csr(KUBELET_CLIENT, NODE, USAGES, denied),
        csr(KUBELET_CLIENT, NODE, &["any"], json!({})),
        csr(KUBELET_CLIENT, ANN, USAGES, json!({})),
        csr(API_CLIENT, NODE, USAGES, json!({})),
    ] {
        assert_eq!(plan(&nothing).unwrap(), []);
    }
}
