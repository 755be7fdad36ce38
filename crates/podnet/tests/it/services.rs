//! Services at the socket: from pods and from the node.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, UdpSocket};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use ebpf::{Backend, Protocol, Service, ServiceTable as _};
use podnet::HostPort;

use crate::machine::{
    Machine, NODE, ask_tcp, ask_udp, ask_with, frontend, now, report, service, socket,
};

#[test]
fn cluster_addresses_lead_to_backends() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let mut node = machine.start(&[]);
    let (client, _) = node.pod(&machine, "client");
    let mut backends = Vec::new();
    for name in ["a", "b", "c"] {
        let (server, address) = node.pod(&machine, name);
        server.serve_tcp(8080, name);
        server.serve_udp(5353, name);
        backends.push(address);
    }
    let at = |port| -> Vec<_> { backends.iter().map(|address| (*address, port)).collect() };
    node.services
        .set(
            frontend("100.96.7.7:80", Protocol::Tcp),
            &service(&at(8080)),
        )
        .unwrap();
    node.services
        .set(
            frontend("100.96.7.7:53", Protocol::Udp),
            &service(&at(5353)),
        )
        .unwrap();
    let ask = || -> BTreeSet<String> {
        (0..40)
            .map(|_| ask_tcp(socket("100.96.7.7:80")).unwrap())
            .collect()
    };
    let all = BTreeSet::from(["a", "b", "c"].map(str::to_owned));
    assert_eq!(client.run(ask), all, "from a pod");
    assert_eq!(ask(), all, "from the node");
    for connected in [true, false] {
        let ask = || -> BTreeSet<String> {
            (0..40)
                .map(|_| ask_udp(socket("100.96.7.7:53"), connected).unwrap())
                .collect()
        };
        assert_eq!(client.run(ask), all, "datagrams, connected: {connected}");
    }
    client.run(|| {
        let socket_of_one = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
        let answers: BTreeSet<String> = (0..20)
            .map(|_| ask_with(&socket_of_one, socket("100.96.7.7:53"), false).unwrap())
            .collect();
        assert_eq!(answers.len(), 1, "one socket stays with one backend");
    });
}

#[test]
fn ipv4_in_ipv6_sockets_are_translated() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let mut node = machine.start(&[]);
    let (server, address) = node.pod(&machine, "server");
    server.serve_tcp(8080, "server");
    server.serve_udp(5353, "server");
    node.services
        .set(
            frontend("100.96.7.7:80", Protocol::Tcp),
            &service(&[(address, 8080)]),
        )
        .unwrap();
    node.services
        .set(
            frontend("100.96.7.7:53", Protocol::Udp),
            &service(&[(address, 5353)]),
        )
        .unwrap();
    let stream = std::net::TcpStream::connect("[::ffff:100.96.7.7]:80").unwrap();
    assert_eq!(
        stream.peer_addr().unwrap(),
        "[::ffff:100.96.7.7]:80".parse().unwrap()
    );
    let datagrams = UdpSocket::bind("[::]:0").unwrap();
    datagrams
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    datagrams.send_to(b"who", "[::ffff:100.96.7.7]:53").unwrap();
    let mut buffer = [0; 16];
    let (length, from) = datagrams.recv_from(&mut buffer).unwrap();
    assert_eq!(
        (&buffer[..length], from),
        (&b"server"[..], "[::ffff:100.96.7.7]:53".parse().unwrap())
    );
}

#[test]
fn nothing_behind_an_address_is_refused_at_once() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let mut node = machine.start(&[]);
    let (client, _) = node.pod(&machine, "client");
    node.services
        .set(
            frontend("100.96.7.7:80", Protocol::Tcp),
            &Service::default(),
        )
        .unwrap();
    node.services
        .set(
            frontend("100.96.7.7:53", Protocol::Udp),
            &Service::default(),
        )
        .unwrap();
    let refused = || {
        for to in ["100.96.7.7:80", "100.96.7.7:81", "100.96.200.200:80"] {
            let start = now();
            assert_eq!(
                ask_tcp(socket(to)).unwrap_err().kind(),
                ErrorKind::ConnectionRefused,
                "{to}"
            );
            assert!(start.elapsed() < Duration::from_millis(100), "{to}");
        }
        for connected in [true, false] {
            assert_eq!(
                ask_udp(socket("100.96.7.7:53"), connected)
                    .unwrap_err()
                    .kind(),
                ErrorKind::ConnectionRefused
            );
        }
    };
    client.run(refused);
    refused();
}

#[test]
fn without_the_programs_the_service_range_is_unreachable() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let network =
        podnet::PodNetwork::open(machine.config(), Box::<ebpf::RecordingTable>::default()).unwrap();
    let client = machine.host("client");
    network.attach("client", &client.netns, &[]).unwrap();
    let error = client.run(|| ask_tcp(socket("100.96.7.7:80")).unwrap_err());
    assert_eq!(error.kind(), ErrorKind::HostUnreachable);
}

#[test]
fn node_ports_answer_on_the_nodes_addresses_only() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let _neighbour = machine.neighbour();
    let mut node = machine.start(&[]);
    let (client, client_address) = node.pod(&machine, "client");
    let (server, address) = node.pod(&machine, "server");
    server.serve_tcp(8080, "server");
    node.services
        .set(
            frontend("0.0.0.0:30080", Protocol::Tcp),
            &service(&[(address, 8080)]),
        )
        .unwrap();
    let gateway = node.network.gateway();
    for to in [
        socket("127.0.0.1:30080"),
        format!("{NODE}:30080").parse().unwrap(),
        format!("{gateway}:30080").parse().unwrap(),
    ] {
        assert_eq!(ask_tcp(to).unwrap(), "server", "{to}");
    }
    client.run(|| {
        assert_eq!(
            ask_tcp(format!("{NODE}:30080").parse().unwrap()).unwrap(),
            "server"
        );
        for own in [
            "127.0.0.1:30080".to_owned(),
            format!("{client_address}:30080"),
        ] {
            let error = ask_tcp(own.parse().unwrap()).unwrap_err();
            assert_eq!(
                error.kind(),
                ErrorKind::ConnectionRefused,
                "{own} is the pod's own"
            );
        }
    });
}

#[test]
fn host_ports_lead_to_their_pod_and_go_with_it() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let _neighbour = machine.neighbour();
    let node = machine.start(&[]);
    let port = HostPort {
        host_address: None,
        host_port: 9090,
        container_port: 8080,
        protocol: Protocol::Tcp,
    };
    let (server, _) = node.pod_with_ports(&machine, "server", &[port]);
    server.serve_tcp(8080, "server");
    let to = format!("{NODE}:9090").parse().unwrap();
    assert_eq!(ask_tcp(to).unwrap(), "server");
    let other = machine.host("other");
    let error = node
        .network
        .attach("other", &other.netns, &[port])
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "host port 0.0.0.0:9090/TCP is already in use"
    );
    assert_eq!(
        ask_tcp(to).unwrap(),
        "server",
        "the failed attach took nothing away"
    );
    node.network.detach("server").unwrap();
    assert_eq!(
        ask_tcp(to).unwrap_err().kind(),
        ErrorKind::ConnectionRefused
    );
}

#[test]
fn affinity_keeps_a_client_with_its_backend() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let mut node = machine.start(&[]);
    let (client, _) = node.pod(&machine, "client");
    let mut backends = Vec::new();
    for name in ["a", "b", "c", "d"] {
        let (server, address) = node.pod(&machine, name);
        server.serve_tcp(8080, name);
        backends.push((name, address));
    }
    let sticky = |backends: &[(&str, Ipv4Addr)]| {
        let backends: Vec<_> = backends
            .iter()
            .map(|(_, address)| (*address, 8080))
            .collect();
        Service {
            affinity_s: NonZeroU32::new(1),
            ..service(&backends)
        }
    };
    let at = frontend("100.96.7.7:80", Protocol::Tcp);
    node.services.set(at, &sticky(&backends)).unwrap();
    let ask = || -> BTreeSet<String> {
        (0..10)
            .map(|_| ask_tcp(socket("100.96.7.7:80")).unwrap())
            .collect()
    };
    let chosen = client.run(ask);
    assert_eq!(chosen.len(), 1);
    // Others leave: the client stays. Its own leaves: it gets another.
    let first = chosen.first().unwrap().as_str();
    let other = backends
        .iter()
        .position(|(name, _)| *name != first)
        .unwrap();
    backends.remove(other);
    node.services.set(at, &sticky(&backends)).unwrap();
    assert_eq!(client.run(ask), chosen);
    backends.retain(|(name, _)| *name != first);
    node.services.set(at, &sticky(&backends)).unwrap();
    let moved = client.run(ask);
    assert_eq!(moved.len(), 1);
    assert_ne!(moved, chosen);
}

#[test]
fn changes_under_load_fail_no_connection() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let mut node = machine.start(&[]);
    let (client, _) = node.pod(&machine, "client");
    let mut backends = Vec::new();
    for name in ["a", "b", "c"] {
        let (server, address) = node.pod(&machine, name);
        server.serve_tcp(8080, name);
        backends.push((address, 8080));
    }
    let at = frontend("100.96.7.7:80", Protocol::Tcp);
    node.services.set(at, &service(&backends)).unwrap();
    let (stop, asked) = (AtomicBool::new(false), AtomicU32::new(0));
    std::thread::scope(|scope| {
        let load = scope.spawn(|| {
            client.run(|| {
                while !stop.load(Ordering::Relaxed) {
                    ask_tcp(socket("100.96.7.7:80")).unwrap();
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        });
        let mut changes = 0;
        while asked.load(Ordering::Relaxed) < 2_000 && !load.is_finished() {
            changes += 1;
            node.services
                .set(at, &service(&backends[changes % 2..]))
                .unwrap();
        }
        stop.store(true, Ordering::Relaxed);
        load.join().unwrap();
        report(&format!(
            "{changes} changes during {} connections",
            asked.load(Ordering::Relaxed)
        ));
    });
}

#[test]
fn connected_datagram_sockets_leave_a_backend_that_is_gone() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let mut node = machine.start(&[]);
    let (client, _) = node.pod(&machine, "client");
    let (first, first_address) = node.pod(&machine, "first");
    let (second, second_address) = node.pod(&machine, "second");
    first.serve_udp(5353, "first");
    second.serve_udp(5353, "second");
    let at = frontend("100.96.7.7:53", Protocol::Udp);
    node.services
        .set(at, &service(&[(first_address, 5353)]))
        .unwrap();
    let to = socket("100.96.7.7:53");
    let bind = || UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    let (of_pod, of_node) = (client.run(bind), bind());
    for socket in [&of_pod, &of_node] {
        assert_eq!(ask_with(socket, to, true).unwrap(), "first");
    }
    node.services
        .set(at, &service(&[(second_address, 5353)]))
        .unwrap();
    let gone = Backend {
        address: first_address,
        port: 5353,
    };
    let direct = bind();
    direct.connect((first_address, 5353)).unwrap();
    let stale = |cookie, peer| peer == gone && node.datapath.translated(cookie, &peer);
    assert_eq!(node.network.abort_datagrams(&stale), 2);
    direct.send(b"who").unwrap();
    for socket in [&of_pod, &of_node] {
        assert_eq!(
            socket.recv(&mut [0; 8]).unwrap_err().raw_os_error(),
            Some(nix::libc::ECONNABORTED)
        );
        assert_eq!(ask_with(socket, to, true).unwrap(), "second");
    }
}

#[test]
fn namespaces_that_are_no_pods_are_left_alone() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let mut node = machine.start(&[]);
    let (server, address) = node.pod(&machine, "server");
    server.serve_tcp(8080, "server");
    node.services
        .set(
            frontend("100.96.7.7:80", Protocol::Tcp),
            &service(&[(address, 8080)]),
        )
        .unwrap();
    let to = socket("100.96.7.7:80");
    assert_eq!(server.run(|| ask_tcp(to).unwrap()), "server");
    let stranger = machine.host("stranger");
    assert_eq!(
        stranger.run(|| ask_tcp(to).unwrap_err()).kind(),
        ErrorKind::NetworkUnreachable
    );
    // Neither a restart nor what is released with it takes the right from a pod that lives.
    drop(node);
    let node = machine.start(&[]);
    assert_eq!(server.run(|| ask_tcp(to).unwrap()), "server");
    node.network
        .recover(&BTreeSet::from(["server".to_owned()]))
        .unwrap();
    assert_eq!(server.run(|| ask_tcp(to).unwrap()), "server");
}
