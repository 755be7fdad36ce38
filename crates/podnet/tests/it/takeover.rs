//! Services outlive the process that wrote them, and a new process takes over without a gap.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use ebpf::{Datapath, Protocol, ServiceTable as _};

use crate::machine::{Machine, ask_tcp, frontend, now, report, service, socket};

#[test]
fn services_work_while_nobody_runs_and_through_a_restart() {
    let Some(machine) = Machine::new() else {
        return;
    };
    let mut node = machine.start(&[]);
    let (client, _) = node.pod(&machine, "client");
    let (server, address) = node.pod(&machine, "server");
    server.serve_tcp(8080, "server");
    let at = frontend("100.96.7.7:80", Protocol::Tcp);
    node.services.set(at, &service(&[(address, 8080)])).unwrap();
    drop(node);
    let ask = || ask_tcp(socket("100.96.7.7:80")).unwrap();
    assert_eq!(client.run(ask), "server", "nobody runs");
    let (stop, asked) = (AtomicBool::new(false), AtomicU32::new(0));
    std::thread::scope(|scope| {
        let load = scope.spawn(|| {
            client.run(|| {
                while !stop.load(Ordering::Relaxed) {
                    assert_eq!(ask(), "server");
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        });
        for _ in 0..3 {
            let start = now();
            let datapath = Datapath::open(&machine.ebpf_config(&[])).unwrap();
            report(&format!(
                "opened again in {} µs",
                start.elapsed().as_micros()
            ));
            let table = datapath.services().unwrap();
            assert_eq!(
                table.get(&at),
                Some(&service(&[(address, 8080)])),
                "the table is read back"
            );
            assert!(datapath.is_attached());
        }
        stop.store(true, Ordering::Relaxed);
        load.join().unwrap();
    });
    report(&format!(
        "{} connections during three restarts",
        asked.load(Ordering::Relaxed)
    ));
}

#[test]
fn reset_ends_translation() {
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
    ask_tcp(socket("100.96.7.7:80")).unwrap();
    ebpf::reset(&machine.bpffs, crate::machine::CLUSTER).unwrap();
    let error = ask_tcp(socket("100.96.7.7:80")).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::HostUnreachable);
}
