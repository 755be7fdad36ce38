//! Cluster DNS: names of Services and pods (the Kubernetes DNS specification 1.1.0), everything else by the host's
//! name servers.
//!
//! [`answer`](fn@answer) is pure over [`Records`]; [`Objects`] gives it what the caches hold; [`message`] reads queries and
//! writes replies; [`Server`] moves bytes. Where the specification is silent the answers are those of CoreDNS's kubernetes
//! plugin with kubeadm's configuration. The server knows only the address that it is bound to; how packets for the DNS
//! Service get there is `proxy`'s business.

mod answer;
pub mod message;
mod objects;
mod records;
mod server;
mod upstream;

pub use answer::{Answer, Zone, answer};
pub use objects::Objects;
pub use records::{Endpoint, Port, Records, Service, ServiceKind};
pub use server::{Bound, Config, Server};
pub use upstream::{Upstream, name_servers};
