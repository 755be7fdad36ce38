//! `podnet` as the runtime sees it. Pods wait until the node knows its network.

use futures::future::BoxFuture;
use platform::Tasks;
use podnet::{HostPort, PodNetwork};
use runtime::{Code, CriError, CriResult, SandboxIdentity, SandboxNetwork, cri::v1};
use std::{
    collections::BTreeSet,
    net::IpAddr,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

/// What the runtime is given before the network is open.
#[derive(Debug)]
pub(super) struct Network {
    tasks: Tasks,
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    /// The sandboxes that the runtime found alive, once it has said so.
    Waiting {
        live: Option<BTreeSet<String>>,
    },
    Open(Arc<PodNetwork>),
}

impl Network {
    pub(super) fn new(tasks: Tasks) -> Self {
        Self {
            tasks,
            state: Mutex::new(State::Waiting { live: None }),
        }
    }

    /// From here on pods can be wired.
    ///
    /// # Errors
    /// When addresses that nobody holds any more cannot be given back.
    pub(super) fn open(&self, network: PodNetwork) -> Result<(), podnet::DetachError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let State::Waiting { live: Some(live) } = &*state {
            network.recover(live)?;
        }
        *state = State::Open(Arc::new(network));
        Ok(())
    }

    /// Ends the UDP sockets of this machine and its pods for which `stale` says so, given their cookie and their peer. Blocks.
    /// Says how many there were.
    pub(super) fn abort_datagrams(
        &self,
        stale: &(dyn Fn(u64, ebpf::Backend) -> bool + Sync),
    ) -> usize {
        self.current()
            .map_or(0, |network| network.abort_datagrams(stale))
    }

    fn current(&self) -> CriResult<Arc<PodNetwork>> {
        match &*self.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Open(network) => Ok(Arc::clone(network)),
            State::Waiting { .. } => Err(CriError::new(Code::Unavailable, WAITING)),
        }
    }

    async fn blocking<T: Send + 'static>(
        &self,
        name: &'static str,
        work: impl FnOnce(&PodNetwork) -> CriResult<T> + Send + 'static,
    ) -> CriResult<T> {
        let network = self.current()?;
        let done = self
            .tasks
            .spawn_blocking(name, move || work(&network))
            .await;
        done.map_err(|error| CriError::from_error(Code::Internal, &error))?
    }
}

const WAITING: &str = "the node has no pod network yet";

impl SandboxNetwork for Network {
    fn attach<'a>(
        &'a self,
        netns: &'a Path,
        sandbox: &'a SandboxIdentity,
    ) -> BoxFuture<'a, CriResult<Vec<IpAddr>>> {
        let (netns, id) = (netns.to_owned(), sandbox.id.clone());
        let ports = sandbox
            .port_mappings
            .iter()
            .filter_map(host_port)
            .collect::<Vec<_>>();
        Box::pin(self.blocking("attach pod", move |network| {
            let attached = network
                .attach(&id, &netns, &ports)
                .map_err(|error| CriError::from_error(Code::Internal, &error))?;
            Ok(vec![IpAddr::V4(attached.address)])
        }))
    }

    fn detach<'a>(
        &'a self,
        _netns: &'a Path,
        sandbox: &'a SandboxIdentity,
    ) -> BoxFuture<'a, CriResult<()>> {
        let id = sandbox.id.clone();
        Box::pin(self.blocking("detach pod", move |network| {
            network
                .detach(&id)
                .map_err(|error| CriError::from_error(Code::Internal, &error))
        }))
    }

    fn not_ready(&self) -> Option<String> {
        self.current().err().map(|error| error.message)
    }

    fn recover<'a>(
        &'a self,
        sandboxes: &'a [(SandboxIdentity, Vec<IpAddr>)],
    ) -> BoxFuture<'a, CriResult<()>> {
        let ids: BTreeSet<String> = sandboxes
            .iter()
            .map(|(sandbox, _)| sandbox.id.clone())
            .collect();
        Box::pin(async move {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            match &mut *state {
                State::Waiting { live } => *live = Some(ids),
                State::Open(network) => drop(
                    network
                        .recover(&ids)
                        .map_err(|error| CriError::from_error(Code::Internal, &error))?,
                ),
            }
            Ok(())
        })
    }
}

/// A mapping that claims a port of the host. SCTP has no table in the kernel programs.
fn host_port(mapping: &v1::PortMapping) -> Option<HostPort> {
    let protocol = match v1::Protocol::try_from(mapping.protocol).ok()? {
        v1::Protocol::Tcp => ebpf::Protocol::Tcp,
        v1::Protocol::Udp => ebpf::Protocol::Udp,
        v1::Protocol::Sctp => return None,
    };
    let port = |number: i32| u16::try_from(number).ok().filter(|port| *port != 0);
    Some(HostPort {
        host_address: mapping
            .host_ip
            .parse()
            .ok()
            .filter(|address: &std::net::Ipv4Addr| !address.is_unspecified()),
        host_port: port(mapping.host_port)?,
        container_port: port(mapping.container_port)?,
        protocol,
    })
}
