//! Services in the kernel: from Services and EndpointSlices to the tables of `ebpf`.
//!
//! [`plan`] says, purely, what one Service puts into the tables; [`Claims`] joins Services and yields differences;
//! [`Proxy`] is driven by the caches' events and applies the differences, so that a change costs what it changes. The
//! rules are those of kube-proxy (KEP-1669 for terminating endpoints, KEP-2086 for internal traffic policy). This crate
//! knows no system call.

mod claims;
mod plan;
mod worker;

pub use claims::{Claims, Difference};
pub use plan::{SERVICE_NAME_LABEL, contents, plan};
pub use worker::Proxy;
