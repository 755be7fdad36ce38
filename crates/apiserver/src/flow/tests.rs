use super::{
    dealer::{can_deal, deal},
    demand::{Demand, DemandStats},
    retry_after::RetryAfter,
    rules::matches,
    shares::{Bounds, Claim, Shares, allot, bounds},
    watch_counts::WatchCounts,
};
use crate::request_info;
use api::flowcontrol::v1::FlowSchemaSpec;
use http::Method;
use meta::{Str, codec};
use resource::User;
use serde_json::{Value, json};

fn spec(rule: Value) -> FlowSchemaSpec {
    let schema = json!({"spec": {"rules": [rule]}}).to_string();
    let schema: api::flowcontrol::v1::FlowSchema =
        codec::from_json(schema.as_bytes(), codec::Strictness::Strict)
            .unwrap()
            .object;
    schema.spec
}

fn user(name: &str, groups: &[&str]) -> User {
    User {
        name: name.into(),
        groups: groups.iter().map(|group| Str::from(*group)).collect(),
        ..User::default()
    }
}

fn check(spec: &FlowSchemaSpec, user: &User, request: &str, expected: bool) {
    let (method, target) = request.split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let info = request_info::parse(&method, path, query);
    assert_eq!(
        matches(spec, user, &info),
        expected,
        "{request} of {}",
        user.name
    );
}

#[test]
fn subjects() {
    let all = json!([{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "clusterScope": true, "namespaces": ["*"]}]);
    let of = |subject: Value| spec(json!({"subjects": [subject], "resourceRules": all}));
    let get = "GET /api/v1/namespaces/n/pods/p";
    let account = user("system:serviceaccount:n:a", &["system:serviceaccounts"]);
    for (subject, expected) in [
        (json!({"kind": "User", "user": {"name": "*"}}), true),
        (json!({"kind": "User", "user": {"name": "other"}}), false),
        (
            json!({"kind": "User", "user": {"name": "system:serviceaccount:n:a"}}),
            true,
        ),
        (json!({"kind": "Group", "group": {"name": "*"}}), true),
        (
            json!({"kind": "Group", "group": {"name": "system:serviceaccounts"}}),
            true,
        ),
        (json!({"kind": "Group", "group": {"name": "system"}}), false),
        (
            json!({"kind": "ServiceAccount", "serviceAccount": {"namespace": "n", "name": "a"}}),
            true,
        ),
        (
            json!({"kind": "ServiceAccount", "serviceAccount": {"namespace": "n", "name": "*"}}),
            true,
        ),
        (
            json!({"kind": "ServiceAccount", "serviceAccount": {"namespace": "n", "name": "b"}}),
            false,
        ),
        (
            json!({"kind": "ServiceAccount", "serviceAccount": {"namespace": "", "name": "*"}}),
            false,
        ),
        (json!({"kind": "User"}), false),
    ] {
        check(&of(subject), &account, get, expected);
    }
}

#[test]
fn resources() {
    let rule = |rule: Value| {
        let everyone = json!([{"kind": "Group", "group": {"name": "*"}}]);
        spec(json!({"subjects": everyone, "resourceRules": [rule]}))
    };
    let someone = user("u", &[]);
    let leases = rule(
        json!({"verbs": ["get", "update"], "apiGroups": ["coordination.k8s.io"], "resources": ["leases"], "namespaces": ["*"]}),
    );
    let of_group = "/apis/coordination.k8s.io/v1";
    for (request, expected) in [
        (format!("GET {of_group}/namespaces/n/leases/l"), true),
        (format!("PUT {of_group}/namespaces/n/leases/l"), true),
        (format!("GET {of_group}/namespaces/n/leases"), false),
        (format!("GET {of_group}/leases"), false),
        ("GET /api/v1/namespaces/n/leases/l".to_owned(), false),
        (format!("GET {of_group}"), false),
    ] {
        check(&leases, &someone, &request, expected);
    }
    let nodes = rule(
        json!({"verbs": ["*"], "apiGroups": [""], "resources": ["nodes", "nodes/status"], "clusterScope": true}),
    );
    for (request, expected) in [
        ("GET /api/v1/nodes", true),
        ("PATCH /api/v1/nodes/a/status", true),
        ("GET /api/v1/nodes/a/proxy", false),
        ("GET /api/v1/namespaces/n/nodes", false),
    ] {
        check(&nodes, &someone, request, expected);
    }
}

#[test]
fn paths() {
    let rule = |paths: Value| {
        let everyone = json!([{"kind": "Group", "group": {"name": "*"}}]);
        let rule = json!({"verbs": ["get"], "nonResourceURLs": paths});
        spec(json!({"subjects": everyone, "nonResourceRules": [rule]}))
    };
    let someone = user("u", &[]);
    for (path, request, expected) in [
        ("/healthz", "GET /healthz", true),
        ("/healthz", "GET /healthz/ping", true),
        ("/healthz", "GET /healthzz", false),
        ("/healthz", "POST /healthz", false),
        ("/healthz/*", "GET /healthz/ping", true),
        ("/healthz/*", "GET /healthz", false),
        ("*", "GET /version", true),
        ("*", "GET /api/v1/pods", false),
    ] {
        check(&rule(json!([path])), &someone, request, expected);
    }
}

#[test]
fn hands_are_dealt_without_repetition() {
    assert!(can_deal(128, 6) && can_deal(64, 6) && can_deal(1024, 6) && can_deal(100, 9));
    assert!(!can_deal(512, 8) && !can_deal(4, 5) && !can_deal(4, 0) && !can_deal(0, 0));
    let mut count = [0; 16];
    for hash in 0..10_000_u64 {
        let mut hand = deal(16, 4, hash.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        hand.iter().for_each(|card| count[*card] += 1);
        hand.sort_unstable();
        hand.dedup();
        assert_eq!(hand.len(), 4);
    }
    assert!(
        count.iter().all(|count| (2200..2800).contains(count)),
        "{count:?}"
    );
    // Upstream's example: the remainders by 128, 127, 126 and 125, each counted among the cards that are left.
    assert_eq!(deal(128, 4, 128 * 127), [0, 1, 3, 2]);
}

/// Upstream's levels of a fresh cluster with 600 seats.
#[test]
fn seats_follow_shares() {
    let limited = |shares, lendable_percent| Shares {
        shares,
        lendable_percent,
        ..Shares::default()
    };
    let exempt = Shares {
        exempt: true,
        ..Shares::default()
    };
    let levels = [limited(100, 90), limited(40, 25), limited(5, 0), exempt];
    let found = bounds(600, &levels);
    let bound = |nominal, lower, upper| Bounds {
        nominal,
        lower,
        upper,
    };
    assert_eq!(
        found,
        [
            bound(414, 41, 1014),
            bound(166, 124, 766),
            bound(21, 21, 621),
            bound(0, 0, 600)
        ]
    );
    let capped = Shares {
        borrowing_percent: Some(50),
        ..limited(1, 0)
    };
    assert_eq!(bounds(10, &[capped]), [bound(10, 10, 15)]);
}

fn claim(nominal: u32, lower: u32, upper: u32, high_watermark: u32, smoothed: f64) -> Claim {
    Claim {
        bounds: Bounds {
            nominal,
            lower,
            upper,
        },
        exempt: false,
        demand: DemandStats {
            high_watermark,
            smoothed,
            ..DemandStats::default()
        },
    }
}

#[track_caller]
fn check_allotted(claims: &[Claim], expected: &[u32]) {
    let seats: Vec<u32> = allot(claims).0.iter().map(|level| level.seats).collect();
    assert_eq!(seats, expected);
}

#[test]
fn seats_are_lent() {
    // One that is idle lends what it may to one that is busy.
    check_allotted(
        &[claim(50, 10, 150, 0, 0.0), claim(50, 50, 150, 200, 100.0)],
        &[10, 90],
    );
    // Two that ask for more than there is keep what is theirs.
    check_allotted(
        &[claim(50, 10, 150, 99, 80.0), claim(50, 10, 150, 99, 80.0)],
        &[50, 50],
    );
    // Nobody has more than may be borrowed.
    check_allotted(
        &[claim(50, 10, 150, 0, 0.0), claim(50, 50, 60, 99, 99.0)],
        &[40, 60],
    );
    // What an exempt level used is missing elsewhere, down to what is not lent.
    let exempt = Claim {
        exempt: true,
        ..claim(0, 0, 600, 95, 95.0)
    };
    check_allotted(
        &[
            exempt,
            claim(50, 10, 150, 50, 50.0),
            claim(50, 10, 150, 50, 50.0),
        ],
        &[95, 10, 10],
    );
}

#[test]
fn demand_is_reckoned_over_time() {
    use platform::Monotonic;
    use std::time::Duration;
    let at = |seconds| Monotonic::START + Duration::from_secs(seconds);
    let mut demand = Demand::new(at(0));
    let mut stats = DemandStats::default();
    demand.set(at(5), 10);
    demand.look(at(10), &mut stats);
    assert_eq!(stats.high_watermark, 10);
    assert!((stats.average - 5.0).abs() < 1e-9 && (stats.deviation - 5.0).abs() < 1e-9);
    assert!((stats.smoothed - 10.0).abs() < 1e-9);
    // What is in use stays so; what was before is forgotten slowly.
    demand.set(at(10), 0);
    demand.look(at(20), &mut stats);
    assert_eq!(stats.high_watermark, 10);
    assert!((stats.smoothed - 9.77).abs() < 1e-9, "{stats:?}");
    demand.look(at(320), &mut stats);
    assert!((4.5..5.0).contains(&stats.smoothed), "{stats:?}");
}

#[test]
fn the_more_are_refused_the_later_they_may_come() {
    let mut refusals = RetryAfter::new();
    let mut told = Vec::new();
    for second in 100..140 {
        told.push(refusals.refused(second));
        for _ in 0..200 {
            refusals.refused(second);
        }
    }
    assert_eq!(told[..8], [1, 2, 2, 4, 4, 4, 4, 8]);
    assert_eq!(told.last(), Some(&32));
    let later: Vec<u64> = (1000..1003).map(|at| refusals.refused(at)).collect();
    assert_eq!(later, [31, 30, 29]);
}

#[test]
fn watches_are_counted_for_writes() {
    let info = |request: &str| {
        let (method, target) = request.split_once(' ').unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        request_info::parse(&Method::from_bytes(method.as_bytes()).unwrap(), path, query)
    };
    let label = (Str::default(), Str::from("pods"), "spec.nodeName");
    let counts = WatchCounts::new(vec![label]);
    let held: Vec<_> = [
        "GET /api/v1/pods?watch=1",
        "GET /api/v1/namespaces/n/pods?watch=1",
        "GET /api/v1/namespaces/n/pods?watch=1&fieldSelector=metadata.name%3Dp",
        "GET /api/v1/namespaces/other/pods?watch=1",
        "GET /api/v1/pods?watch=1&fieldSelector=spec.nodeName%3Dnode",
    ]
    .map(|watch| counts.register(&info(watch)))
    .into();
    assert_eq!(
        counts.interested(&info("PUT /api/v1/namespaces/n/pods/p")),
        3
    );
    assert_eq!(
        counts.interested(&info("POST /api/v1/namespaces/n/pods")),
        2
    );
    assert_eq!(counts.interested(&info("PUT /api/v1/nodes/p")), 0);
    drop(held);
    assert_eq!(
        counts.interested(&info("PUT /api/v1/namespaces/n/pods/p")),
        0
    );
}
