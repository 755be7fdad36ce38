use super::check;
use crate::admission::testing::{context, decoded, look};
use api::{
    authentication::v1::TokenRequest,
    coordination::v1::Lease,
    core::v1::{Node, Pod, ServiceAccount},
};
use meta::{Kind, codec::Message};
use resource::{Object, Operation, RequestContext, User};
use serde_json::{Value, json};

const NODE: &str = "n1";

fn cluster() -> RequestContext {
    let node = json!({"metadata": {"name": NODE, "uid": "u1"}});
    let pod = |name: &str, node: &str| {
        let metadata = json!({"name": name, "namespace": "n", "uid": "u2"});
        decoded::<Pod>(&json!({"metadata": metadata, "spec": {"nodeName": node}}))
    };
    let objects = vec![decoded::<Node>(&node), pod("own", NODE), pod("other", "n2")];
    let mut cx = context(objects);
    cx.user = User {
        name: format!("system:node:{NODE}").into(),
        groups: vec!["system:nodes".into()],
        ..User::default()
    };
    cx
}

/// What the node is told when it writes `new` over `old` through a subresource.
#[track_caller]
fn told<K: Kind, O: Kind + Message + Default>(
    place: (&str, &str),
    old: Option<&Value>,
    new: Option<&Value>,
    expect: &str,
) {
    let mut cx = cluster();
    cx.name = place.0.into();
    cx.subresource = place.1.into();
    let old = old.map(decoded::<K>);
    let new: Option<Object> = new.map(decoded::<O>);
    let operation = match (&old, &new) {
        (Some(_), None) => Operation::Delete,
        (Some(_), _) => Operation::Update,
        (None, _) => Operation::Create,
    };
    let told = look::<K, _>(&cx, operation, old.as_ref(), |look| {
        check(look, new.as_ref())
            .err()
            .map(|error| error.message.to_string())
    });
    assert_eq!(told.unwrap_or_default(), expect);
}

fn mirror(field: &str, value: Value) -> Value {
    let annotations = json!({"kubernetes.io/config.mirror": "x"});
    let owner =
        json!({"apiVersion": "v1", "kind": "Node", "name": NODE, "uid": "u1", "controller": true});
    let mut pod = json!({
        "metadata": {"name": "p", "namespace": "n", "annotations": annotations, "ownerReferences": [owner]},
        "spec": {"nodeName": NODE, "containers": [{"name": "c"}]},
    });
    *pod.pointer_mut(field).unwrap() = value;
    pod
}

#[test]
fn mirror_pods() {
    #[track_caller]
    fn create(field: &str, value: Value, expect: &str) {
        let pod = mirror(field, value);
        let why = if expect.is_empty() {
            String::new()
        } else {
            format!("pods \"p\" is forbidden: {expect}")
        };
        told::<Pod, Pod>(("p", ""), None, Some(&pod), &why);
    }
    let owners = "/metadata/ownerReferences";
    create("/spec/nodeName", json!(NODE), "");
    create(
        "/metadata/annotations",
        json!({}),
        "pod does not have \"kubernetes.io/config.mirror\" annotation, node \"n1\" can only create mirror pods",
    );
    create(
        "/spec/nodeName",
        json!("n2"),
        "node \"n1\" can only create pods with spec.nodeName set to itself",
    );
    create(
        owners,
        json!([]),
        "node \"n1\" can only create pods with an owner reference set to itself",
    );
    create(
        &format!("{owners}/0/controller"),
        json!(false),
        "node \"n1\" can only create pods with a controller owner reference set to itself",
    );
    create(
        &format!("{owners}/0/uid"),
        json!("u9"),
        "node n1 UID mismatch: expected u9 got u1",
    );
    create(
        "/spec/containers",
        json!([{"name": "c", "envFrom": [{"configMapRef": {"name": "m"}}]}]),
        "node \"n1\" can not create pods that reference configmaps",
    );
}

#[test]
fn own_pods_alone() {
    let pod = |node: &str, labels: Value| json!({"metadata": {"name": "p", "namespace": "n", "labels": labels}, "spec": {"nodeName": node}});
    let (own, other) = (pod(NODE, json!({})), pod("n2", json!({})));
    told::<Pod, Pod>(("p", ""), Some(&own), None, "");
    told::<Pod, Pod>(
        ("p", ""),
        Some(&other),
        None,
        "pods \"p\" is forbidden: node \"n1\" can only delete pods with spec.nodeName set to itself",
    );
    told::<Pod, Pod>(
        ("p", ""),
        Some(&own),
        Some(&own),
        "pods \"p\" is forbidden: unexpected operation \"UPDATE\", node \"n1\" can only create and delete mirror pods",
    );
    told::<Pod, Pod>(("p", "status"), Some(&own), Some(&own), "");
    told::<Pod, Pod>(
        ("p", "status"),
        Some(&own),
        Some(&pod(NODE, json!({"a": "b"}))),
        "pods \"p\" is forbidden: node \"n1\" cannot update labels through pod status",
    );
    told::<Pod, Pod>(
        ("p", "ephemeralcontainers"),
        Some(&own),
        Some(&own),
        "pods \"p\" is forbidden: unexpected pod subresource \"ephemeralcontainers\", only 'status' and 'eviction' are allowed",
    );
    let eviction = json!({});
    told::<Pod, api::policy::v1::Eviction>(("own", "eviction"), None, Some(&eviction), "");
    told::<Pod, api::policy::v1::Eviction>(
        ("other", "eviction"),
        None,
        Some(&eviction),
        "pods \"other\" is forbidden: node n1 can only evict pods with spec.nodeName set to itself",
    );
}

#[test]
fn the_own_node() {
    let node = |labels: Value, more: Value| {
        let mut node = json!({"metadata": {"name": NODE, "labels": labels}, "spec": {}});
        for (pointer, value) in more.as_object().unwrap() {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            node.pointer_mut(parent).unwrap()[name] = value.clone();
        }
        node
    };
    let old = node(json!({}), json!({}));
    let free = json!({"a": "b", "kubernetes.io/hostname": "n1", "x.node.kubernetes.io/y": ""});
    let bound = json!({"node-role.kubernetes.io/x": "", "node-restriction.kubernetes.io/y": ""});
    told::<Node, Node>((NODE, ""), None, Some(&node(free, json!({}))), "");
    told::<Node, Node>(
        (NODE, ""),
        None,
        Some(&node(bound.clone(), json!({}))),
        "nodes \"n1\" is forbidden: node \"n1\" is not allowed to set the following labels: node-restriction.kubernetes.io/y, node-role.kubernetes.io/x",
    );
    told::<Node, Node>(
        (NODE, ""),
        Some(&old),
        Some(&node(bound, json!({}))),
        "nodes \"n1\" is forbidden: is not allowed to modify labels: node-restriction.kubernetes.io/y, node-role.kubernetes.io/x",
    );
    told::<Node, Node>(
        ("n2", ""),
        Some(&old),
        None,
        "nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node \"n2\"",
    );
    told::<Node, Node>(
        (NODE, ""),
        Some(&old),
        Some(&node(
            json!({}),
            json!({"/spec/taints": [{"key": "a", "effect": "NoSchedule"}]}),
        )),
        "nodes \"n1\" is forbidden: node \"n1\" is not allowed to modify taints",
    );
    let owner = json!([{"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "u"}]);
    told::<Node, Node>(
        (NODE, ""),
        Some(&old),
        Some(&node(
            json!({}),
            json!({"/metadata/ownerReferences": owner}),
        )),
        "nodes \"n1\" is forbidden: node \"n1\" is not allowed to modify ownerReferences",
    );
    told::<Lease, Lease>(
        (NODE, ""),
        None,
        Some(&json!({"metadata": {"name": NODE}})),
        "leases.coordination.k8s.io \"n1\" is forbidden: can only access leases in the \"kube-node-lease\" system namespace",
    );
}

#[test]
fn tokens_of_own_pods() {
    #[track_caller]
    fn ask(bound: Value, audiences: Value, expect: &str) {
        let asked = json!({"spec": {"boundObjectRef": bound, "audiences": audiences}});
        let why = if expect.is_empty() {
            String::new()
        } else {
            format!("serviceaccounts \"a\" is forbidden: {expect}")
        };
        told::<ServiceAccount, TokenRequest>(("a", "token"), None, Some(&asked), &why);
    }
    let to = |name: &str, uid: &str| json!({"apiVersion": "v1", "kind": "Pod", "name": name, "uid": uid});
    ask(to("own", "u2"), json!([]), "");
    ask(
        Value::Null,
        json!([]),
        "node requested token not bound to a pod",
    );
    ask(
        to("own", ""),
        json!([]),
        "node requested token with a pod binding without a uid",
    );
    ask(
        to("own", "u3"),
        json!([]),
        "the UID in the bound object reference (u3) does not match the UID in record. The object might have been deleted and then recreated",
    );
    ask(
        to("other", "u2"),
        json!([]),
        "node requested token bound to a pod scheduled on a different node",
    );
    ask(
        to("own", "u2"),
        json!(["a", "b"]),
        "node may only request 0 or 1 audiences",
    );
}
