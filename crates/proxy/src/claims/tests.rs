//! Differences, and frontends that two Services want.

use std::net::Ipv4Addr;

use ebpf::{Backend, Frontend, Protocol, Service};
use meta::ObjectKey;

use super::{Claims, Difference};

fn frontend(port: u16) -> Frontend {
    Frontend {
        address: Ipv4Addr::new(203, 0, 113, 1),
        port,
        protocol: Protocol::Tcp,
    }
}

fn to(last: u8) -> Service {
    let backends = vec![Backend {
        address: Ipv4Addr::new(10, 244, 0, last),
        port: 80,
    }];
    Service {
        backends,
        ..Service::default()
    }
}

fn key(name: &str) -> ObjectKey {
    ObjectKey::namespaced("default", name)
}

#[test]
fn only_what_changed_is_written() {
    let mut claims = Claims::default();
    let first = claims.replace(
        &key("web"),
        vec![(frontend(80), to(1)), (frontend(443), to(1))],
    );
    assert_eq!(
        first,
        [
            Difference::Set(frontend(80), to(1)),
            Difference::Set(frontend(443), to(1))
        ]
    );
    let same = claims.replace(
        &key("web"),
        vec![(frontend(80), to(1)), (frontend(443), to(1))],
    );
    assert_eq!(same, []);
    let changed = claims.replace(
        &key("web"),
        vec![(frontend(80), to(2)), (frontend(8080), to(1))],
    );
    assert_eq!(
        changed,
        [
            Difference::Set(frontend(80), to(2)),
            Difference::Remove(frontend(443)),
            Difference::Set(frontend(8080), to(1))
        ]
    );
    assert_eq!(claims.replace(&key("web"), vec![]).len(), 2);
    assert!(claims.contents().is_empty());
    assert_eq!(claims.get(&frontend(80)), None);
}

#[test]
fn the_first_by_name_has_a_frontend_that_two_want() {
    let mut claims = Claims::default();
    claims.replace(&key("b"), vec![(frontend(80), to(2))]);
    assert_eq!(
        claims.replace(&key("a"), vec![(frontend(80), to(1))]),
        [Difference::Set(frontend(80), to(1))]
    );
    assert_eq!(claims.replace(&key("b"), vec![(frontend(80), to(3))]), []);
    assert_eq!(
        claims.replace(&key("a"), vec![]),
        [Difference::Set(frontend(80), to(3))]
    );
}
