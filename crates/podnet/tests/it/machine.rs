//! A machine of its own for a test: namespaces, a cgroup, pods, a neighbour.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ebpf::{Backend, Datapath, Frontend, KernelTable, Protocol, Service};
use nix::mount::{MsFlags, mount};
use podnet::{HostPort, PodNetwork};
use sys::namespace::{self, Namespace, in_network};
use sys::netlink::link::{self, Veth};
use sys::netlink::{Socket, route};

pub(crate) const CLUSTER: &str = "test";
pub(crate) const NODE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);
pub(crate) const NEIGHBOUR: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);
const WAIT: Duration = Duration::from_secs(5);

pub(crate) struct Machine {
    pub(crate) bpffs: PathBuf,
    pub(crate) directory: tempfile::TempDir,
    cgroup: PathBuf,
}

/// A network namespace of the test's.
#[derive(Debug, Clone)]
pub(crate) struct Host {
    pub(crate) netns: PathBuf,
    /// Not below the machine's cgroup.
    foreign: bool,
}

impl Machine {
    /// `None`, and a line that says so, when the tests do not run as root or the kernel lacks something.
    pub(crate) fn new() -> Option<Machine> {
        if !nix::unistd::geteuid().is_root() {
            report("skipped: needs root for network namespaces");
            return None;
        }
        let directory = tempfile::tempdir().unwrap();
        namespace::unshare(&[Namespace::Network, Namespace::Mount]).unwrap();
        mount(
            None::<&str>,
            "/",
            None::<&str>,
            MsFlags::MS_REC | MsFlags::MS_PRIVATE,
            None::<&str>,
        )
        .unwrap();
        let bpffs = directory.path().join("bpf");
        fs::create_dir(&bpffs).unwrap();
        namespace::loopback_up().unwrap();
        let cgroup = own_cgroup();
        Some(Machine {
            bpffs,
            directory,
            cgroup,
        })
    }

    pub(crate) fn ebpf_config(&self, external_interfaces: &[&str]) -> ebpf::Config {
        ebpf::Config {
            cluster: CLUSTER.to_owned(),
            bpffs: self.bpffs.clone(),
            cgroup: self.cgroup.clone(),
            // Not the usual range: a cluster on this machine has its programs on all cgroups, also on ours.
            service_network: "100.96.0.0/16".parse().unwrap(),
            external_interfaces: external_interfaces
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
        }
    }

    pub(crate) fn config(&self) -> podnet::Config {
        podnet::Config {
            cluster: CLUSTER.to_owned(),
            pod_network: "10.244.3.0/24".parse().unwrap(),
            cluster_network: "10.244.0.0/16".parse().unwrap(),
            service_network: "100.96.0.0/16".parse().unwrap(),
            run_directory: self.directory.path().join("run"),
            mtu: None,
        }
    }

    /// Opens everything as the server does at its start.
    pub(crate) fn start(&self, external_interfaces: &[&str]) -> Node {
        let datapath = Datapath::open(&self.ebpf_config(external_interfaces)).unwrap();
        let network =
            PodNetwork::open(self.config(), Box::new(datapath.host_ports().unwrap())).unwrap();
        let services = datapath.services().unwrap();
        let host = podnet::survey(CLUSTER).unwrap();
        let mut addresses = host.addresses;
        addresses.push(network.gateway());
        datapath.set_node_addresses(&addresses).unwrap();
        Node {
            datapath,
            network,
            services,
        }
    }

    /// Another network namespace, empty.
    pub(crate) fn host(&self, name: &str) -> Host {
        let netns = self.directory.path().join(format!("netns-{name}"));
        std::thread::scope(|scope| {
            let made = scope.spawn(|| {
                namespace::unshare(&[Namespace::Network]).unwrap();
                namespace::pin_network(&netns)
            });
            made.join().unwrap().unwrap();
        });
        // The mount was made by a thread of this mount namespace, so it is seen here.
        Host {
            netns,
            foreign: false,
        }
    }

    /// A machine next to this one, linked by `uplink`. Its only route leads to the link's own network.
    pub(crate) fn neighbour(&self) -> Host {
        let neighbour = Host {
            foreign: true,
            ..self.host("neighbour")
        };
        let netns = File::open(&neighbour.netns).unwrap();
        let pair = Veth {
            name: "uplink",
            mac: [2, 0, 0, 0, 0, 1],
            master: None,
            mtu: 1500,
            peer_name: "uplink",
            peer_mac: [2, 0, 0, 0, 0, 2],
            peer_netns: &netns,
        };
        Socket::route().unwrap().request(link::veth(&pair)).unwrap();
        add_address("uplink", NODE);
        in_network(&neighbour.netns, || {
            namespace::loopback_up().unwrap();
            add_address("uplink", NEIGHBOUR);
        })
        .unwrap();
        let settle = || {
            Socket::route()
                .unwrap()
                .request(link::settle("uplink"))
                .unwrap()
        };
        settle();
        in_network(&neighbour.netns, settle).unwrap();
        neighbour
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // Threads that serve are in it too; they end with the process.
        let root = self.cgroup.parent().unwrap();
        for thread in fs::read_to_string(self.cgroup.join("cgroup.threads"))
            .unwrap()
            .lines()
        {
            // One that has just ended cannot be moved, and need not be.
            let _ended = fs::write(root.join("cgroup.threads"), thread);
        }
        let _busy = fs::remove_dir(&self.cgroup);
        for entry in fs::read_dir(self.directory.path()).unwrap() {
            let path = entry.unwrap().path();
            // The namespaces' mounts must go before their directory can.
            let _not_a_mount = nix::mount::umount2(&path, nix::mount::MntFlags::MNT_DETACH);
        }
    }
}

pub(crate) struct Node {
    pub(crate) datapath: Datapath,
    pub(crate) network: PodNetwork,
    pub(crate) services: KernelTable,
}

impl Node {
    pub(crate) fn pod(&self, machine: &Machine, name: &str) -> (Host, Ipv4Addr) {
        self.pod_with_ports(machine, name, &[])
    }

    pub(crate) fn pod_with_ports(
        &self,
        machine: &Machine,
        name: &str,
        ports: &[HostPort],
    ) -> (Host, Ipv4Addr) {
        let host = machine.host(name);
        let addresses = self.network.attach(name, &host.netns, ports).unwrap();
        (host, addresses.address)
    }
}

impl Host {
    /// Runs `work` as if on that machine. Sockets it makes stay there.
    pub(crate) fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        let work = || {
            if self.foreign {
                leave_cgroup();
            }
            work()
        };
        in_network(&self.netns, work).unwrap()
    }

    /// Answers every connection with `name`, until the test ends. Returns the address of nobody: callers know it.
    pub(crate) fn serve_tcp(&self, port: u16, name: &'static str) {
        let listener = self.run(|| TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).unwrap());
        answer_tcp(listener, name);
    }

    pub(crate) fn serve_udp(&self, port: u16, name: &'static str) {
        let socket = self.run(|| UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port)).unwrap());
        std::thread::spawn(move || {
            let mut buffer = [0; 64];
            while let Ok((_, from)) = socket.recv_from(&mut buffer) {
                if socket.send_to(name.as_bytes(), from).is_err() {
                    return;
                }
            }
        });
    }
}

pub(crate) fn answer_tcp(listener: TcpListener, name: &'static str) {
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let Ok(mut connection) = connection else {
                return;
            };
            // A client that is gone needs no answer.
            let _gone = connection.write_all(name.as_bytes());
        }
    });
}

/// What the server says, and who the client believes it is.
pub(crate) fn ask_tcp(to: SocketAddrV4) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&to.into(), WAIT)?;
    stream.set_read_timeout(Some(WAIT))?;
    assert_eq!(
        stream.peer_addr()?,
        to.into(),
        "getpeername shows the Service"
    );
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

pub(crate) fn ask_udp(to: SocketAddrV4, connected: bool) -> std::io::Result<String> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    ask_with(&socket, to, connected)
}

pub(crate) fn ask_with(
    socket: &UdpSocket,
    to: SocketAddrV4,
    connected: bool,
) -> std::io::Result<String> {
    socket.set_read_timeout(Some(WAIT))?;
    if connected {
        socket.connect(to)?;
        socket.send(b"who")?;
    } else {
        socket.send_to(b"who", to)?;
    }
    let mut buffer = [0; 64];
    let (length, from) = socket.recv_from(&mut buffer)?;
    assert_eq!(from, to.into(), "the answer comes from the Service");
    Ok(String::from_utf8_lossy(&buffer[..length]).into_owned())
}

pub(crate) fn socket(text: &str) -> SocketAddrV4 {
    text.parse().unwrap()
}

pub(crate) fn frontend(text: &str, protocol: Protocol) -> Frontend {
    let socket = socket(text);
    Frontend {
        address: *socket.ip(),
        port: socket.port(),
        protocol,
    }
}

pub(crate) fn service(backends: &[(Ipv4Addr, u16)]) -> Service {
    let backends = backends
        .iter()
        .map(|(address, port)| Backend {
            address: *address,
            port: *port,
        })
        .collect();
    Service {
        backends,
        ..Service::default()
    }
}

pub(crate) fn report(line: &str) {
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    {
        eprintln!("{line}");
    }
}

#[expect(clippy::disallowed_methods, reason = "measures the real kernel")]
pub(crate) fn now() -> std::time::Instant {
    std::time::Instant::now()
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(Path::new(path))
        .unwrap()
        .trim_end()
        .to_owned()
}

/// A cgroup for this thread and those it spawns; the rest of the process stays where it is.
fn own_cgroup() -> PathBuf {
    let root = ebpf::unified_root().unwrap();
    remove_old_cgroups(&root);
    let thread = nix::unistd::gettid();
    let cgroup = root.join(format!("sampan-podnet-{}-{thread}", std::process::id()));
    fs::create_dir(&cgroup).unwrap();
    fs::write(cgroup.join("cgroup.type"), "threaded").unwrap();
    fs::write(cgroup.join("cgroup.threads"), "0").unwrap();
    cgroup
}

fn leave_cgroup() {
    fs::write(ebpf::unified_root().unwrap().join("cgroup.threads"), "0").unwrap();
}

/// What tests left whose threads outlived them: groups of processes that are gone.
fn remove_old_cgroups(root: &Path) {
    for entry in fs::read_dir(root).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name
            .strip_prefix("sampan-podnet-")
            .and_then(|rest| rest.split('-').next());
        if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            let _busy = fs::remove_dir(entry.path());
        }
    }
}

fn add_address(interface: &str, address: Ipv4Addr) {
    let index = nix::net::if_::if_nametoindex(interface).unwrap();
    Socket::route()
        .unwrap()
        .batch(vec![
            link::set_up(index),
            route::add_address(index, address, 24),
        ])
        .unwrap();
}
