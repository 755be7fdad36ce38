//! What names are made from. Strings are in lower case, as the API has them.

use std::net::IpAddr;

use meta::{ObjectKey, Str};

/// The cluster as DNS sees it.
pub trait Records: Send + Sync {
    fn has_namespace(&self, namespace: &str) -> bool;

    fn service(&self, namespace: &str, name: &str) -> Option<Service>;

    /// The ready endpoints of a Service.
    fn endpoints(&self, namespace: &str, service: &str) -> Vec<Endpoint>;

    /// The Service with this cluster address.
    fn service_at(&self, address: IpAddr) -> Option<ObjectKey>;

    /// The ready endpoints with this address, each with its Service.
    fn endpoints_at(&self, address: IpAddr) -> Vec<(ObjectKey, Endpoint)>;
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub kind: ServiceKind,
    pub ports: Vec<Port>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServiceKind {
    ClusterIp(Vec<IpAddr>),
    /// Its name stands for its endpoints.
    Headless,
    /// Its name stands for another name.
    ExternalName(Str),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub address: IpAddr,
    /// Empty: the address with dashes stands for it.
    pub hostname: Str,
    pub ports: Vec<Port>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    pub name: Str,
    /// `tcp`, `udp`, `sctp`.
    pub protocol: Str,
    pub number: u16,
}

impl Endpoint {
    /// The label of this endpoint below its Service's name.
    pub fn label(&self) -> Str {
        if self.hostname.is_empty() {
            Str::from(self.address.to_string().replace(['.', ':'], "-"))
        } else {
            self.hostname.clone()
        }
    }
}
