//! What the documents become, read back with nothing but the wire format.

use super::{v2_to_protobuf, v3_to_protobuf};
use crate::openapi::{Endpoint, Place, v2, v3};
use serde_json::{Value, json};

/// A field of a message: its number, and its bytes when it is length-delimited.
fn fields(mut bytes: &[u8]) -> Vec<(u64, Vec<u8>)> {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let value = match tag & 7 {
            0 => {
                varint(&mut bytes);
                Vec::new()
            }
            1 => take(&mut bytes, 8),
            2 => {
                let length = usize::try_from(varint(&mut bytes)).unwrap();
                take(&mut bytes, length)
            }
            other => panic!("wire type {other}"),
        };
        out.push((tag >> 3, value));
    }
    out
}

fn take(bytes: &mut &[u8], count: usize) -> Vec<u8> {
    let (head, rest) = bytes.split_at(count);
    *bytes = rest;
    head.to_vec()
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for index in 0.. {
        let byte = take(bytes, 1)[0];
        value |= u64::from(byte & 0x7F) << (7 * index);
        if byte < 0x80 {
            break;
        }
    }
    value
}

/// The value of the pair with that name among the fields of that number.
fn named(message: &[u8], number: u64, name: &str) -> Vec<u8> {
    let pairs = fields(message)
        .into_iter()
        .filter(|field| field.0 == number);
    for (_, pair) in pairs {
        let pair = fields(&pair);
        if pair[0] == (1, name.as_bytes().to_vec()) {
            return pair[1].1.clone();
        }
    }
    panic!("no {name}");
}

fn only(message: &[u8], number: u64) -> Vec<u8> {
    let found: Vec<_> = fields(message)
        .into_iter()
        .filter(|field| field.0 == number)
        .collect();
    assert_eq!(found.len(), 1, "field {number}");
    found[0].1.clone()
}

fn endpoints() -> Vec<Endpoint<'static>> {
    crate::discovery::RESOURCES
        .iter()
        .map(Endpoint::from)
        .collect()
}

#[test]
fn version_2_has_what_kubectl_reads() {
    let document = v2_to_protobuf(&v2(&endpoints(), "1.36"));
    assert_eq!(only(&document, 1), b"2.0");
    assert_eq!(only(&only(&document, 2), 2), b"1.36");
    let pod = named(&only(&document, 9), 1, "io.k8s.api.core.v1.Pod");
    let gvk = named(&pod, 31, "x-kubernetes-group-version-kind");
    let gvk: Value = serde_json::from_slice(&only(&gvk, 2)).unwrap();
    assert_eq!(gvk, json!([{"group": "", "kind": "Pod", "version": "v1"}]));
    let spec = named(&only(&pod, 25), 1, "spec");
    assert_eq!(only(&spec, 1), b"#/definitions/io.k8s.api.core.v1.PodSpec");
    let kind = named(&only(&pod, 25), 1, "kind");
    assert_eq!(only(&only(&kind, 22), 1), b"string");
    let home = named(
        &only(&document, 8),
        2,
        "/apis/apps/v1/namespaces/{namespace}/deployments",
    );
    assert_eq!(
        only(&only(&home, 4), 5),
        b"createAppsV1NamespacedDeployment"
    );
    // A body, and parameters that are shared, in the order of their names.
    assert_eq!(
        fields(&only(&home, 4))
            .iter()
            .filter(|field| field.0 == 8)
            .count(),
        4
    );
    let key = only(&only(&document, 13), 1);
    assert_eq!(only(&only(&only(&key, 2), 2), 1), b"apiKey");
}

#[test]
fn version_3_has_what_kubectl_reads() {
    let place = Place::GroupVersion("apps", "v1");
    let document = v3_to_protobuf(&v3(&endpoints(), place, "1.36"));
    assert_eq!(only(&document, 1), b"3.0.0");
    assert_eq!(only(&only(&document, 2), 6), b"1.36");
    let schemas = only(&only(&document, 5), 1);
    let deployment = only(&named(&schemas, 1, "io.k8s.api.apps.v1.Deployment"), 1);
    let properties = only(&deployment, 31);
    let spec = only(&named(&properties, 1, "spec"), 1);
    let reference = only(&only(&spec, 26), 2);
    assert_eq!(
        only(&reference, 1),
        b"#/components/schemas/io.k8s.api.apps.v1.DeploymentSpec"
    );
    // Its default, {}, is there and has no value.
    assert_eq!(only(&spec, 33), b"");
    let spec = only(&named(&schemas, 1, "io.k8s.api.apps.v1.DeploymentSpec"), 1);
    let required = fields(&spec).into_iter().filter(|field| field.0 == 23);
    let required: Vec<Vec<u8>> = required.map(|field| field.1).collect();
    assert_eq!(required, [b"selector".to_vec(), b"template".to_vec()]);
    let path = named(
        &only(&document, 4),
        1,
        "/apis/apps/v1/namespaces/{namespace}/deployments/{name}",
    );
    let patch = only(&path, 10);
    assert_eq!(only(&patch, 5), b"patchAppsV1NamespacedDeployment");
    let action = named(&patch, 13, "x-kubernetes-action");
    assert_eq!(only(&action, 2), br#""patch""#);
}
