//! Follows the machine's own addresses: a laptop changes networks, a server gets its address after the start.
//!
//! The Node, the ports of Services, and the API server's certificate go along. Pods keep their addresses.

use super::MachineError;
use crate::control_plane::Certificate;
use ebpf::{Datapath, DatapathError};
use node::NodeAgent;
use platform::Platform;
use podnet::{HostNetwork, HostWatch};
use std::{
    io,
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

/// Who hears of a change.
pub(super) struct Follower {
    pub(super) watch: HostWatch,
    pub(super) cluster: String,
    pub(super) gateway: Ipv4Addr,
    pub(super) datapath: Arc<Datapath>,
    pub(super) agent: Arc<NodeAgent>,
    pub(super) certificate: Arc<Certificate>,
    pub(super) platform: Platform,
}

impl Follower {
    /// Until the node drains. `known` is what the parts were started with.
    pub(super) fn spawn(self, known: HostNetwork) {
        let tasks = self.platform.tasks.clone();
        let draining = tasks.draining();
        drop(tasks.spawn("follow addresses", async move {
            tokio::select! {
                biased;
                () = draining => {}
                error = self.run(known) => {
                    tracing::error!(%error, "the machine's addresses are not followed any more: restart sampan after they change");
                }
            }
        }));
    }

    async fn run(&self, mut known: HostNetwork) -> io::Error {
        loop {
            if let Err(error) = self.watch.changed().await {
                return error;
            }
            match self.survey().await {
                Ok(host) if host != known => {
                    self.tell(&host).await;
                    known = host;
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "failed to look at this machine's addresses, which have changed");
                }
            }
        }
    }

    async fn survey(&self) -> Result<HostNetwork, MachineError> {
        let cluster = self.cluster.clone();
        let work = move || podnet::survey(&cluster).map_err(MachineError::Survey);
        let done = self.platform.tasks.spawn_blocking("survey", work).await;
        done.map_err(|error| MachineError::Task(error.to_string()))?
    }

    async fn tell(&self, host: &HostNetwork) {
        let address = node_address(host, self.gateway);
        tracing::info!(%address, all = ?host.addresses, "this machine's addresses have changed");
        if let Err(error) = self.write(host.clone()).await {
            tracing::warn!(%error, "node ports do not answer on the machine's new addresses");
        }
        self.agent.set_addresses(vec![address]);
        self.certificate.set_machine(&host.addresses);
    }

    async fn write(&self, host: HostNetwork) -> Result<(), MachineError> {
        let (datapath, gateway) = (Arc::clone(&self.datapath), self.gateway);
        let work = move || {
            set_node_addresses(&datapath, &host, gateway)
                .and_then(|()| datapath.set_external_interfaces(&host.external_interfaces))
                .map_err(MachineError::Datapath)
        };
        let done = self
            .platform
            .tasks
            .spawn_blocking("node addresses", work)
            .await;
        done.map_err(|error| MachineError::Task(error.to_string()))?
    }
}

/// A machine without a network, as a laptop on the road, is known by the gateway of its own pods.
pub(super) fn node_address(host: &HostNetwork, gateway: Ipv4Addr) -> IpAddr {
    host.primary.unwrap_or(gateway).into()
}

/// Node ports answer on the machine's addresses, and to pods on their gateway.
pub(super) fn set_node_addresses(
    datapath: &Datapath,
    host: &HostNetwork,
    gateway: Ipv4Addr,
) -> Result<(), DatapathError> {
    let mut addresses = host.addresses.clone();
    addresses.push(gateway);
    datapath.set_node_addresses(&addresses)
}
