//! What Services cost a connection, what a start costs, what a change of the tables costs: `cargo bench -p podnet`, as root.
//! All of it in namespaces of its own.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark fails by panicking and prints its figures"
)]
#![expect(dead_code, reason = "the tests use more of the machine")]

#[path = "../tests/it/machine.rs"]
mod machine;

use std::io::Read as _;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream, UdpSocket};
use std::time::Duration;

use ebpf::{Datapath, Protocol, ServiceTable as _};

use crate::machine::{Host, Machine, frontend, now, service, socket};

fn main() {
    bench::main(&[("connect", connect)]);
}

fn connect(bench: &bench::Bench) {
    let Some(machine) = Machine::new() else {
        return;
    };
    starts(&machine);
    without_services(&machine, bench.size(10_000, 50));
    with_services(&machine, bench);
}

fn starts(machine: &Machine) {
    for what in ["first time", "again"] {
        let start = now();
        drop(Datapath::open(&machine.ebpf_config(&[])).unwrap());
        let took = start.elapsed().as_micros();
        println!("open the datapath, {what}: {took} µs");
    }
    ebpf::reset(&machine.bpffs, machine::CLUSTER).unwrap();
}

fn without_services(machine: &Machine, count: u32) {
    let network =
        podnet::PodNetwork::open(machine.config(), Box::<ebpf::RecordingTable>::default()).unwrap();
    let (client, server) = (machine.host("bare-client"), machine.host("bare-server"));
    network.attach("bare-client", &client.netns, &[]).unwrap();
    let addresses = network.attach("bare-server", &server.netns, &[]);
    let address = addresses.unwrap().address;
    serve(&server);
    measure("TCP connect and close, no programs", count, || {
        client_connect(&client, SocketAddrV4::new(address, 8080), count)
    });
    measure("UDP exchange, no programs", count, || {
        client_datagrams(&client, SocketAddrV4::new(address, 5353), count)
    });
}

fn with_services(machine: &Machine, bench: &bench::Bench) {
    let mut node = machine.start(&[]);
    let (client, _) = node.pod(machine, "client");
    let (server, address) = node.pod(machine, "server");
    serve(&server);
    fill(&mut node.services, bench.size(10_000, 10), address);
    for (at, protocol, port) in [
        ("100.96.7.7:80", Protocol::Tcp, 8080),
        ("100.96.7.7:53", Protocol::Udp, 5353),
    ] {
        let to = service(&[(address, port)]);
        node.services.set(frontend(at, protocol), &to).unwrap();
    }
    let count = bench.size(10_000, 50);
    measure("TCP connect and close to a pod", count, || {
        client_connect(&client, SocketAddrV4::new(address, 8080), count)
    });
    measure("TCP connect and close to a Service", count, || {
        client_connect(&client, socket("100.96.7.7:80"), count)
    });
    measure("UDP exchange with a Service", count, || {
        client_datagrams(&client, socket("100.96.7.7:53"), count)
    });
}

/// Accepts and closes; answers datagrams.
fn serve(server: &Host) {
    let listener = server.run(|| TcpListener::bind((Ipv4Addr::UNSPECIFIED, 8080)).unwrap());
    std::thread::spawn(move || listener.incoming().for_each(drop));
    server.serve_udp(5353, "server");
}

fn fill(table: &mut ebpf::KernelTable, count: u32, address: Ipv4Addr) {
    let start = now();
    for number in 0..count {
        let [_, _, high, low] = number.to_be_bytes();
        let at = frontend(&format!("100.97.{high}.{low}:80"), Protocol::Tcp);
        table
            .set(at, &service(&[(address, 1), (address, 2), (address, 3)]))
            .unwrap();
    }
    println!(
        "write {count} Services with 3 backends: {} ms",
        start.elapsed().as_millis()
    );
}

fn client_connect(client: &Host, to: SocketAddrV4, count: u32) {
    client.run(|| {
        for _ in 0..count {
            let mut stream = TcpStream::connect(to).unwrap();
            // The server closes; a queue of connections that it has not accepted yet would be measured otherwise.
            assert_eq!(stream.read(&mut [0]).unwrap(), 0);
        }
    });
}

fn client_datagrams(client: &Host, to: SocketAddrV4, count: u32) {
    client.run(|| {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
        socket
            .set_read_timeout(Some(Duration::from_secs(5)))
            .unwrap();
        let mut buffer = [0; 64];
        for _ in 0..count {
            socket.send_to(b"who", to).unwrap();
            socket.recv_from(&mut buffer).unwrap();
        }
    });
}

fn measure(what: &str, count: u32, work: impl FnOnce()) {
    let start = now();
    work();
    println!("{what}: {} ns each", (start.elapsed() / count).as_nanos());
}
