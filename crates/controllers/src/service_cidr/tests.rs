//! When a range may go, and what is said of it.

use super::{GRACE_SECONDS, READY, Step, TERMINATING, can_go, named, plan};
use api::networking::v1::ServiceCIDR;
use meta::Time;
use serde_json::{Value, json};
use std::net::IpAddr;

fn range(name: &str, cidrs: &[&str]) -> ServiceCIDR {
    let range = json!({"metadata": {"name": name}, "spec": {"cidrs": cidrs}});
    meta::codec::from_value(&range).unwrap().object
}

/// The range `a` beside others, and the addresses in use -> whether it can go.
#[track_caller]
fn check(cidrs: &[&str], others: &[&[&str]], addresses: &[&str], expect: bool) {
    let of = |name: &str, cidrs: &[&str]| named(&range(name, cidrs));
    let mut all = vec![of("a", cidrs)];
    all.extend(others.iter().map(|cidrs| of("b", cidrs)));
    let addresses = addresses
        .iter()
        .map(|address| address.parse::<IpAddr>().unwrap());
    assert_eq!(can_go(&all[0], &all, addresses), expect);
}

#[test]
fn a_range_goes_when_no_address_is_lost() {
    check(&["10.0.0.0/24"], &[], &[], true);
    check(&["10.0.0.0/24"], &[], &["10.0.0.7"], false);
    check(&["10.0.0.0/24"], &[], &["10.0.1.7"], true);
    check(&["10.0.0.0/24"], &[&["10.0.0.0/16"]], &["10.0.0.7"], true);
    check(&["10.0.0.0/24"], &[&["10.0.0.0/24"]], &["10.0.0.7"], true);
    check(&["10.0.0.0/16"], &[&["10.0.0.0/24"]], &["10.0.0.7"], true);
    check(&["10.0.0.0/16"], &[&["10.0.0.0/24"]], &["10.0.1.7"], false);
    // The other range would never give its first and last address.
    check(
        &["10.0.0.0/16"],
        &[&["10.0.0.0/24"]],
        &["10.0.0.255"],
        false,
    );
    check(
        &["10.0.0.0/24", "fd00::/112"],
        &[&["10.0.0.0/16"]],
        &["fd00::7"],
        false,
    );
    check(
        &["10.0.0.0/24", "fd00::/112"],
        &[&["10.0.0.0/16"]],
        &["10.0.0.7"],
        true,
    );
}

fn steps(range: &ServiceCIDR, addresses: &[&str], now: i64) -> Vec<Step> {
    let addresses = addresses
        .iter()
        .map(|address| address.parse::<IpAddr>().unwrap());
    plan(
        range,
        &[named(range)],
        addresses,
        Time::from_unix_seconds(now),
    )
}

#[test]
fn a_life() {
    let mut a = range("a", &["10.0.0.0/24"]);
    let ready = Step::Say {
        ready: true,
        reason: "",
        message: READY,
    };
    assert_eq!(steps(&a, &[], 0), [Step::AddFinalizer, ready]);
    let with = |a: &mut ServiceCIDR, status: &str, message: &str| {
        let conditions: Value = json!({"status": {"conditions": [{"type": "Ready", "status": status, "message": message, "reason": "", "lastTransitionTime": null}]}});
        let told: ServiceCIDR = meta::codec::from_value(&conditions).unwrap().object;
        a.status = told.status;
    };
    a.metadata.finalizers = vec![super::FINALIZER.into()];
    with(&mut a, "True", READY);
    assert_eq!(steps(&a, &["10.0.0.7"], 0), []);
    a.metadata.deletion_timestamp = Some(Time::from_unix_seconds(100));
    let kept = Step::Say {
        ready: false,
        reason: "Terminating",
        message: TERMINATING,
    };
    assert_eq!(steps(&a, &["10.0.0.7"], 200), [kept]);
    with(&mut a, "False", TERMINATING);
    assert_eq!(steps(&a, &["10.0.0.7"], 200), []);
    let due = Time::from_unix_seconds(100 + GRACE_SECONDS);
    assert_eq!(steps(&a, &[], 100), [Step::WaitUntil(due)]);
    assert_eq!(steps(&a, &[], 110), [Step::Release]);
    a.metadata.finalizers = vec!["other".into()];
    assert_eq!(steps(&a, &[], 110), []);
}
