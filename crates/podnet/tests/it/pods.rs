//! Pods reach each other, the node and the outside; nothing of them stays.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};

use sys::netlink::{Socket, link};

use crate::machine::{Machine, NEIGHBOUR, answer_tcp, ask_tcp, now, read, report};

#[test]
fn pods_reach_each_other_and_the_node() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let node = machine.start(&[]);
    let (first, first_address) = node.pod(&machine, "first");
    let (second, second_address) = node.pod(&machine, "second");
    assert_eq!(
        [first_address, second_address],
        [Ipv4Addr::new(10, 244, 3, 2), Ipv4Addr::new(10, 244, 3, 3)]
    );
    second.serve_tcp(80, "second");
    let on_the_node = TcpListener::bind((node.network.gateway(), 53)).unwrap();
    answer_tcp(on_the_node, "node");
    let answers = first.run(|| {
        [
            ask_tcp(SocketAddrV4::new(second_address, 80)).unwrap(),
            ask_tcp(SocketAddrV4::new(node.network.gateway(), 53)).unwrap(),
        ]
    });
    assert_eq!(answers, ["second", "node"]);
    assert_eq!(
        ask_tcp(SocketAddrV4::new(second_address, 80)).unwrap(),
        "second",
        "node to pod"
    );
    assert_eq!(
        first.run(|| read("/proc/sys/net/ipv4/ip_unprivileged_port_start")),
        "0"
    );
}

#[test]
fn pods_reach_the_outside_with_the_nodes_address() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let neighbour = machine.neighbour();
    let node = machine.start(&[]);
    let (pod, _) = node.pod(&machine, "pod");
    let listener = neighbour.run(|| TcpListener::bind((NEIGHBOUR, 80)).unwrap());
    let stream = pod.run(|| std::net::TcpStream::connect((NEIGHBOUR, 80)).unwrap());
    let (_, from) = listener.accept().unwrap();
    assert_eq!(from.ip(), crate::machine::NODE, "masqueraded");
    drop(stream);
}

#[test]
fn attaching_takes_a_few_milliseconds() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let node = machine.start(&[]);
    let hosts: Vec<_> = (0..32)
        .map(|number| machine.host(&number.to_string()))
        .collect();
    let mut micros = Vec::new();
    for (number, host) in hosts.iter().enumerate() {
        let start = now();
        node.network
            .attach(&number.to_string(), &host.netns, &[])
            .unwrap();
        micros.push(start.elapsed().as_micros());
    }
    micros.sort_unstable();
    report(&format!(
        "attach: median {} µs, slowest {} µs",
        micros[16], micros[31]
    ));
    assert!(micros[16] <= 50_000, "{micros:?}");
}

#[test]
fn attach_and_detach_are_idempotent() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let node = machine.start(&[]);
    let (pod, address) = node.pod(&machine, "pod");
    assert_eq!(
        node.network.attach("pod", &pod.netns, &[]).unwrap().address,
        address
    );
    node.network.detach("pod").unwrap();
    node.network.detach("pod").unwrap();
    assert_eq!(node.network.addresses("pod"), None);
    assert_eq!(veths(), 0);
    let missing = machine.directory.path().join("missing");
    let error = node.network.attach("lost", &missing, &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "failed to reach the network namespace of sandbox lost"
    );
    assert_eq!(
        node.network.addresses("lost"),
        None,
        "nothing is left of a failed attach"
    );
}

#[test]
fn a_restart_keeps_the_living_and_releases_the_dead() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let node = machine.start(&[]);
    let (_living, address) = node.pod(&machine, "living");
    let (_dead, _) = node.pod(&machine, "dead");
    drop(node);
    let node = machine.start(&[]);
    let released = node
        .network
        .recover(&BTreeSet::from(["living".to_owned()]))
        .unwrap();
    assert_eq!(released, ["dead"]);
    assert_eq!(node.network.addresses("living").unwrap().address, address);
    assert_eq!(veths(), 1);
    let (_third, third) = node.pod(&machine, "third");
    assert_ne!(third, address);
}

#[test]
fn an_interface_that_a_crash_left_behind_is_replaced() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let node = machine.start(&[]);
    let (pod, address) = node.pod(&machine, "pod");
    // The address's record is lost, the interface is not.
    std::fs::remove_file(
        machine
            .config()
            .run_directory
            .join("addresses")
            .join(address.to_string()),
    )
    .unwrap();
    drop(node);
    let node = machine.start(&[]);
    let (_other, other) = node.pod(&machine, "other");
    assert_eq!(other, address);
    assert!(
        pod.run(|| nix::net::if_::if_nametoindex("eth0").is_err()),
        "the old end is gone"
    );
}

#[test]
fn reset_leaves_nothing() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let before = (links(), routes(), read("/proc/sys/net/ipv4/ip_forward"));
    let node = machine.start(&[]);
    let (_pod, _) = node.pod(&machine, "pod");
    assert_eq!(read("/proc/sys/net/ipv4/ip_forward"), "1");
    drop(node);
    podnet::reset(&machine.config()).unwrap();
    ebpf::reset(&machine.bpffs, crate::machine::CLUSTER).unwrap();
    assert_eq!(
        (links(), routes(), read("/proc/sys/net/ipv4/ip_forward")),
        before
    );
    assert!(!machine.config().run_directory.exists());
    assert!(
        std::fs::read_dir(&machine.bpffs).unwrap().next().is_none(),
        "unmounted"
    );
    match sys::command::command("nft")
        .args(["list", "tables"])
        .output()
    {
        Ok(tables) => assert_eq!(String::from_utf8_lossy(&tables.stdout), ""),
        Err(_) => report("skipped the look at nftables: no nft program"),
    }
    podnet::reset(&machine.config()).unwrap();
    ebpf::reset(&machine.bpffs, crate::machine::CLUSTER).unwrap();
}

#[test]
fn a_range_in_use_is_refused() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let _neighbour = machine.neighbour();
    let config = podnet::Config {
        service_network: "198.51.0.0/16".parse().unwrap(),
        ..machine.config()
    };
    let error =
        podnet::PodNetwork::open(config, Box::<ebpf::RecordingTable>::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the machine already routes 198.51.100.0/24, which overlaps the cluster's 198.51.0.0/16; choose another range for the cluster"
    );
    assert_eq!(links(), ["lo", "uplink"]);
}

fn links() -> Vec<String> {
    // The kernel makes fallback tunnel devices in each namespace where their drivers are built in.
    let mut names: Vec<_> = link::list(&mut Socket::route().unwrap())
        .unwrap()
        .into_iter()
        .filter(|link| link.loopback || link.ethernet)
        .map(|link| link.name)
        .collect();
    names.sort();
    names
}

fn routes() -> usize {
    sys::netlink::route::routes(&mut Socket::route().unwrap())
        .unwrap()
        .len()
}

fn veths() -> usize {
    link::list(&mut Socket::route().unwrap())
        .unwrap()
        .iter()
        .filter(|link| link.kind.as_deref() == Some("veth"))
        .count()
}

#[test]
fn pods_are_forwarded_where_the_machine_drops() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let neighbour = machine.neighbour();
    // As container engines leave it.
    let rules = "add table ip filter; add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }";
    let nft = |arguments: &[&str]| sys::command::command("nft").args(arguments).output();
    match nft(&[rules]) {
        Ok(done) => assert!(done.status.success(), "{done:?}"),
        Err(_) => return report("skipped: no nft program"),
    }
    for _ in 0..2 {
        drop(machine.start(&[]));
    }
    let node = machine.start(&[]);
    let (pod, _) = node.pod(&machine, "pod");
    let listener = neighbour.run(|| TcpListener::bind((NEIGHBOUR, 80)).unwrap());
    answer_tcp(listener, "outside");
    assert_eq!(
        pod.run(|| ask_tcp(SocketAddrV4::new(NEIGHBOUR, 80)).unwrap()),
        "outside"
    );
    let shown = || {
        String::from_utf8(
            nft(&["list", "chain", "ip", "filter", "FORWARD"])
                .unwrap()
                .stdout,
        )
        .unwrap()
    };
    assert_eq!(shown().matches("sampan-test").count(), 2, "{}", shown());
    if let Ok(listed) = sys::command::command("iptables-nft")
        .args(["-S", "FORWARD"])
        .output()
    {
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        assert_eq!(
            listed.matches(" -j ACCEPT").count(),
            2,
            "the iptables program can read them: {listed}"
        );
    }
    drop(node);
    podnet::reset(&machine.config()).unwrap();
    assert_eq!(shown().matches("sampan").count(), 0, "{}", shown());
}
