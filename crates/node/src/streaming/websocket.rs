//! The two ways in which Kubernetes uses WebSocket messages: channels ([`channels`]) and a tunnelled byte stream ([`tunnel`]).

pub(crate) mod channels;
#[cfg(test)]
mod tests;
pub(crate) mod tunnel;
