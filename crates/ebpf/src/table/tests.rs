//! Layouts and the recording table.

use std::net::Ipv4Addr;
use std::num::NonZeroU32;

use super::wire::{self, Header, Scope};
use super::{Backend, Change, External, Frontend, Protocol, RecordingTable, Service, ServiceTable};

fn frontend(text: &str, protocol: Protocol) -> Frontend {
    let socket: std::net::SocketAddrV4 = text.parse().unwrap();
    Frontend {
        address: *socket.ip(),
        port: socket.port(),
        protocol,
    }
}

fn backend(text: &str) -> Backend {
    let socket: std::net::SocketAddrV4 = text.parse().unwrap();
    Backend {
        address: *socket.ip(),
        port: socket.port(),
    }
}

#[test]
fn a_frontend_is_in_network_byte_order_and_belongs_to_one_scope() {
    let dns = frontend("10.96.0.10:53", Protocol::Udp);
    let bytes = wire::frontend_bytes(&dns, Scope::HostPort);
    assert_eq!(bytes, [10, 96, 0, 10, 0, 53, 17, 1]);
    assert_eq!(wire::frontend_from(&bytes, Scope::HostPort), Some(dns));
    assert_eq!(wire::frontend_from(&bytes, Scope::Service), None);
}

#[test]
fn a_service_survives_the_maps() {
    let all = vec![backend("10.244.0.2:80"), backend("10.244.1.3:80")];
    let externals = [
        External::Closed,
        External::Cluster,
        External::Local(vec![]),
        External::Local(vec![all[0]]),
    ];
    for external in externals {
        let service = Service {
            backends: all.clone(),
            external,
            affinity_s: NonZeroU32::new(10_800),
        };
        let at = frontend("0.0.0.0:30080", Protocol::Tcp);
        let header = Header::from(&wire::header(7, &at, &service).unwrap().bytes());
        let slots: Vec<Backend> = service
            .backends
            .iter()
            .chain(service.external_backends())
            .copied()
            .collect();
        let read = header.service(|index| slots.get(usize::try_from(index).unwrap()).copied());
        assert_eq!(read, Some(service));
    }
}

#[test]
fn members_are_listed_where_a_choice_is_remembered() {
    let plain = Service {
        backends: vec![backend("10.244.0.2:80")],
        ..Service::default()
    };
    let sticky = Service {
        affinity_s: NonZeroU32::new(1),
        ..plain.clone()
    };
    let outward = Service {
        external: External::Cluster,
        ..plain.clone()
    };
    let tcp = frontend("10.96.0.1:80", Protocol::Tcp);
    let udp = frontend("10.96.0.1:80", Protocol::Udp);
    assert!(!wire::has_members(&tcp, &plain));
    for (at, service) in [(udp, &plain), (tcp, &sticky), (tcp, &outward)] {
        assert!(wire::has_members(&at, service));
    }
}

#[test]
fn more_backends_than_the_counters_hold_are_an_error() {
    let many = vec![
        Backend {
            address: Ipv4Addr::LOCALHOST,
            port: 1
        };
        65_536
    ];
    let service = Service {
        backends: many,
        ..Service::default()
    };
    assert_eq!(
        wire::header(1, &frontend("10.96.0.1:80", Protocol::Tcp), &service),
        None
    );
}

#[test]
fn the_recording_table_remembers_changes_only() {
    let mut table = RecordingTable::default();
    let at = frontend("10.96.0.1:443", Protocol::Tcp);
    let service = Service {
        backends: vec![backend("192.0.2.1:6443")],
        ..Service::default()
    };
    table.set(at, &service).unwrap();
    table.set(at, &service).unwrap();
    table.remove(&at).unwrap();
    table.remove(&at).unwrap();
    assert_eq!(
        table.take_changes(),
        [Change::Set(at, service), Change::Removed(at)]
    );
    assert!(table.frontends().is_empty());
}
