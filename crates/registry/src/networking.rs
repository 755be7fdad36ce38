//! networking.k8s.io/v1, and what its kinds know of addresses.

pub(crate) mod addresses;
pub(crate) mod ingress;
pub(crate) mod ingress_class;
pub(crate) mod ip_address;
pub(crate) mod network_policy;
mod reference;
pub(crate) mod service_cidr;
