//! When a Secret is filled, with what, and when it goes.

use super::{CA, NAME, NAMESPACE, Named, Step, TOKEN, UID, claims, plan, put, without};
use api::core::v1::{ObjectReference, Secret, ServiceAccount};
use serde_json::json;

fn account(uid: &str) -> ServiceAccount {
    let mut account = ServiceAccount::default();
    account.metadata.namespace = "web".into();
    account.metadata.name = "robot".into();
    account.metadata.uid = uid.into();
    account
}

fn secret(uid: Option<&str>, data: &[(&'static str, &str)]) -> Secret {
    let mut secret = Secret::default();
    secret.metadata.namespace = "web".into();
    secret.metadata.name = "s".into();
    secret.metadata.annotations.insert(NAME, "robot".into());
    if let Some(uid) = uid {
        secret.metadata.annotations.insert(UID, uid.into());
    }
    for (key, value) in data {
        put(&mut secret, key, value);
    }
    secret
}

/// What is done, with the uid and the data that are written.
fn step(secret: &Secret, account: Option<&ServiceAccount>) -> String {
    let named = Named::of(secret);
    match plan(secret, account.filter(|account| named.is(account)), "PEM") {
        None => "nothing".to_owned(),
        Some(Step::Delete) => "delete".to_owned(),
        Some(Step::Fill { secret, sign }) => {
            let annotations = &secret.metadata.annotations;
            assert_eq!(annotations.get(NAME).unwrap(), "robot");
            let uid = annotations.get(UID).unwrap();
            let data = secret.data.iter();
            let data: Vec<String> = data
                .map(|(key, value)| format!("{key}={}", String::from_utf8_lossy(&value.0)))
                .collect();
            let verb = if sign { "sign" } else { "repair" };
            format!("{verb} {uid} {}", data.join(" "))
        }
    }
}

#[test]
fn filled_repaired_and_deleted() {
    const WHOLE: &[(&str, &str)] = &[(CA, "PEM"), (NAMESPACE, "web"), (TOKEN, "t")];
    let robot = account("u1");
    let robot = Some(&robot);
    for (uid, data, there, expect) in [
        (None, &[][..], robot, "sign u1 ca.crt=PEM namespace=web"),
        (Some("u1"), &[], robot, "sign u1 ca.crt=PEM namespace=web"),
        (Some(""), &[], robot, "sign u1 ca.crt=PEM namespace=web"),
        (Some("u0"), &[], robot, "delete"),
        (Some("u0"), WHOLE, robot, "delete"),
        (Some("u1"), WHOLE, None, "delete"),
        (None, WHOLE, None, "delete"),
        (Some("u1"), WHOLE, robot, "nothing"),
        // Nothing is to be filled in, and the uid alone is not.
        (None, WHOLE, robot, "nothing"),
        (
            Some("u1"),
            &[(CA, "PEM"), (NAMESPACE, "web"), (TOKEN, "")],
            robot,
            "sign u1 ca.crt=PEM namespace=web token=",
        ),
        (
            Some("u1"),
            &[(CA, "old"), (NAMESPACE, "web"), (TOKEN, "t")],
            robot,
            "repair u1 ca.crt=PEM namespace=web token=t",
        ),
        (
            Some("u1"),
            &[(CA, "PEM"), (TOKEN, "t")],
            robot,
            "repair u1 ca.crt=PEM namespace=web token=t",
        ),
        // Whatever somebody wrote there stays, as upstream's.
        (
            Some("u1"),
            &[(CA, "PEM"), (NAMESPACE, "other"), (TOKEN, "t")],
            robot,
            "nothing",
        ),
        (
            Some("u1"),
            &[("more", "x"), (NAMESPACE, "other")],
            robot,
            "sign u1 ca.crt=PEM more=x namespace=other",
        ),
    ] {
        assert_eq!(step(&secret(uid, data), there), expect, "{uid:?} {data:?}");
    }
}

#[test]
fn claims_are_those_of_old() {
    let expect = json!({
        "iss": "kubernetes/serviceaccount",
        "kubernetes.io/serviceaccount/namespace": "web",
        "kubernetes.io/serviceaccount/secret.name": "s",
        "kubernetes.io/serviceaccount/service-account.name": "robot",
        "kubernetes.io/serviceaccount/service-account.uid": "u1",
        "sub": "system:serviceaccount:web:robot",
    });
    assert_eq!(claims(&account("u1"), "s"), expect);
}

#[test]
fn references_to_what_is_gone_go() {
    let listing = |names: &[&str]| {
        let mut robot = account("u1");
        for name in names {
            robot.secrets.push(ObjectReference {
                name: (*name).into(),
                ..ObjectReference::default()
            });
        }
        robot
    };
    for (listed, left) in [
        (&["s"][..], Some(&[][..])),
        (&["a", "s", "b", "s"], Some(&["a", "b"])),
        (&["a"], None),
        (&[], None),
    ] {
        let expect = left.map(listing);
        assert!(without(listing(listed), "s") == expect, "{listed:?}");
    }
}
