//! Node ports from another machine.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
use std::time::Duration;

use ebpf::{Backend, Datapath, External, Hook, Protocol, Service, ServiceTable as _};

use crate::machine::{Machine, NEIGHBOUR, NODE, ask_tcp, ask_udp, ask_with, frontend, service};

fn open_to_all(backends: &[(Ipv4Addr, u16)]) -> Service {
    Service {
        external: External::Cluster,
        ..service(backends)
    }
}

#[test]
fn another_machine_reaches_node_ports() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let neighbour = machine.neighbour();
    let mut node = machine.start(&["uplink"]);
    let mut backends = Vec::new();
    for name in ["a", "b"] {
        let (server, address) = node.pod(&machine, name);
        server.serve_tcp(8080, name);
        server.serve_udp(5353, name);
        backends.push(address);
    }
    let at = |port| -> Vec<_> { backends.iter().map(|address| (*address, port)).collect() };
    node.services
        .set(
            frontend("0.0.0.0:30080", Protocol::Tcp),
            &open_to_all(&at(8080)),
        )
        .unwrap();
    node.services
        .set(
            frontend("0.0.0.0:30053", Protocol::Udp),
            &open_to_all(&at(5353)),
        )
        .unwrap();
    node.services
        .set(
            frontend("0.0.0.0:30081", Protocol::Tcp),
            &service(&at(8080)),
        )
        .unwrap();
    let both = BTreeSet::from(["a", "b"].map(str::to_owned));
    let to = |port: u16| format!("{NODE}:{port}").parse().unwrap();
    neighbour.run(|| {
        let tcp: BTreeSet<String> = (0..30).map(|_| ask_tcp(to(30080)).unwrap()).collect();
        assert_eq!(tcp, both);
        let udp: BTreeSet<String> = (0..30).map(|_| ask_udp(to(30053), true).unwrap()).collect();
        assert_eq!(udp, both);
        let error = ask_tcp(to(30081)).unwrap_err();
        assert_eq!(
            error.kind(),
            ErrorKind::ConnectionRefused,
            "not open to the outside"
        );
    });
}

#[test]
fn a_pod_sees_the_client_and_a_long_transfer_is_whole() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let neighbour = machine.neighbour();
    let mut node = machine.start(&["uplink"]);
    let (server, address) = node.pod(&machine, "server");
    let listener = server.run(|| TcpListener::bind((Ipv4Addr::UNSPECIFIED, 8080)).unwrap());
    node.services
        .set(
            frontend("0.0.0.0:30080", Protocol::Tcp),
            &open_to_all(&[(address, 8080)]),
        )
        .unwrap();
    let sent: Vec<u8> = (0..4_000_000_u32)
        .map(|number| number.to_le_bytes()[1])
        .collect();
    let expect = sent.clone();
    let sender = std::thread::spawn(move || {
        let (mut stream, from) = listener.accept().unwrap();
        assert_eq!(from.ip(), NEIGHBOUR, "the source address is kept");
        stream.write_all(&sent).unwrap();
    });
    let received = neighbour.run(|| {
        let mut stream = TcpStream::connect((NODE, 30080)).unwrap();
        let mut received = Vec::new();
        stream.read_to_end(&mut received).unwrap();
        received
    });
    sender.join().unwrap();
    assert!(
        received == expect,
        "{} bytes of {}",
        received.len(),
        expect.len()
    );
}

#[test]
fn local_policy_uses_local_backends_or_drops() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let neighbour = machine.neighbour();
    let mut node = machine.start(&["uplink"]);
    let (server, address) = node.pod(&machine, "server");
    server.serve_tcp(8080, "server");
    let at = frontend("0.0.0.0:30080", Protocol::Tcp);
    let elsewhere = (Ipv4Addr::new(10, 244, 9, 9), 8080);
    let local = |backends: Vec<Backend>| Service {
        external: External::Local(backends),
        ..service(&[elsewhere])
    };
    node.services
        .set(
            at,
            &local(vec![Backend {
                address,
                port: 8080,
            }]),
        )
        .unwrap();
    let to = format!("{NODE}:30080").parse().unwrap();
    neighbour.run(|| assert_eq!(ask_tcp(to).unwrap(), "server"));
    node.services.set(at, &local(vec![])).unwrap();
    let error = neighbour
        .run(|| TcpStream::connect_timeout(&to.into(), Duration::from_millis(300)).unwrap_err());
    assert_eq!(error.kind(), ErrorKind::TimedOut, "dropped, not answered");
}

#[test]
fn a_flow_of_datagrams_leaves_a_backend_that_is_gone() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let neighbour = machine.neighbour();
    let mut node = machine.start(&["uplink"]);
    let mut backends = Vec::new();
    for name in ["a", "b"] {
        let (server, address) = node.pod(&machine, name);
        server.serve_udp(5353, name);
        backends.push((address, 5353));
    }
    let at = frontend("0.0.0.0:30053", Protocol::Udp);
    node.services.set(at, &open_to_all(&backends[..1])).unwrap();
    let to = format!("{NODE}:30053").parse().unwrap();
    let socket = neighbour.run(|| UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap());
    assert_eq!(ask_with(&socket, to, true).unwrap(), "a");
    node.services.set(at, &open_to_all(&backends)).unwrap();
    for _ in 0..10 {
        assert_eq!(ask_with(&socket, to, true).unwrap(), "a", "a flow stays");
    }
    node.services.set(at, &open_to_all(&backends[1..])).unwrap();
    assert_eq!(ask_with(&socket, to, true).unwrap(), "b");
}

#[test]
fn older_kernels_have_filters_of_a_qdisc() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let neighbour = machine.neighbour();
    let mut node = machine.start(&[]);
    let (server, address) = node.pod(&machine, "server");
    server.serve_tcp(8080, "server");
    let open = || Datapath::open_with(&machine.ebpf_config(&["uplink"]), Hook::Clsact).unwrap();
    drop(open());
    drop(open());
    let to = format!("{NODE}:30080").parse().unwrap();
    node.services
        .set(
            frontend("0.0.0.0:30080", Protocol::Tcp),
            &open_to_all(&[(address, 8080)]),
        )
        .unwrap();
    neighbour.run(|| assert_eq!(ask_tcp(to).unwrap(), "server"));
    let filters = || match sys::command::command("tc")
        .args(["qdisc", "show", "dev", "uplink"])
        .output()
    {
        Ok(shown) => Some(String::from_utf8_lossy(&shown.stdout).contains("clsact")),
        Err(_) => None,
    };
    assert_ne!(filters(), Some(false));
    ebpf::reset(&machine.bpffs, crate::machine::CLUSTER).unwrap();
    assert_ne!(filters(), Some(true), "the qdisc is gone");
    let error = neighbour.run(|| ask_tcp(to).unwrap_err());
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn an_interface_that_comes_later_is_served_too() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .unwrap();
    let _inside = runtime.enter();
    let watch = podnet::HostWatch::new().unwrap();
    let mut node = machine.start(&[]);
    runtime.block_on(watch.changed()).unwrap();
    let (server, address) = node.pod(&machine, "server");
    server.serve_tcp(8080, "server");
    node.services
        .set(
            frontend("0.0.0.0:30080", Protocol::Tcp),
            &open_to_all(&[(address, 8080)]),
        )
        .unwrap();
    let neighbour = machine.neighbour();
    runtime.block_on(watch.changed()).unwrap();
    let host = podnet::survey(crate::machine::CLUSTER).unwrap();
    assert_eq!(
        (&host.addresses[..], host.external_interfaces),
        (&[NODE][..], vec!["uplink".to_owned()])
    );
    node.datapath.set_node_addresses(&host.addresses).unwrap();
    node.datapath
        .set_external_interfaces(&["uplink".to_owned()])
        .unwrap();
    let to = format!("{NODE}:30080").parse().unwrap();
    neighbour.run(|| assert_eq!(ask_tcp(to).unwrap(), "server"));
    node.datapath.set_external_interfaces(&[]).unwrap();
    assert_eq!(
        neighbour.run(|| ask_tcp(to).unwrap_err()).kind(),
        ErrorKind::ConnectionRefused
    );
}
