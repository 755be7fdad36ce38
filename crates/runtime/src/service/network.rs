//! The seam to pod networking, which another crate implements.

use std::net::IpAddr;
use std::path::Path;

use futures::future::BoxFuture;

use super::CriResult;
use crate::cri::v1;

/// Who a sandbox is, for whoever wires it to the network.
#[derive(Clone, Debug, PartialEq)]
pub struct SandboxIdentity {
    /// 64 hexadecimal digits.
    pub id: String,
    pub namespace: String,
    pub name: String,
    pub uid: String,
    pub port_mappings: Vec<v1::PortMapping>,
    pub annotations: std::collections::BTreeMap<String, String>,
}

/// Wires a sandbox's network namespace. Not called for host-network pods.
pub trait SandboxNetwork: Send + Sync {
    /// Makes `eth0` in the namespace at `netns` (a bind-mounted file; `lo` is up already) and answers with its
    /// addresses, the primary one first. Idempotent for the same sandbox id.
    fn attach<'a>(
        &'a self,
        netns: &'a Path,
        sandbox: &'a SandboxIdentity,
    ) -> BoxFuture<'a, CriResult<Vec<IpAddr>>>;

    /// Takes everything back, also when `netns` is already gone or `attach` failed half-way. Idempotent.
    fn detach<'a>(
        &'a self,
        netns: &'a Path,
        sandbox: &'a SandboxIdentity,
    ) -> BoxFuture<'a, CriResult<()>>;

    /// Why pods could not be wired now, for the condition `NetworkReady`; `None` when they could.
    fn not_ready(&self) -> Option<String>;

    /// Called once after a restart with the sandboxes that still live and their addresses, so that the addresses
    /// are not given out again.
    fn recover<'a>(
        &'a self,
        sandboxes: &'a [(SandboxIdentity, Vec<IpAddr>)],
    ) -> BoxFuture<'a, CriResult<()>>;
}
