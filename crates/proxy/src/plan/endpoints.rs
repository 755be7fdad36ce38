//! Which endpoints of a port take connections: the ready ones, or, when there are none, those that still serve while they
//! terminate. Upstream's `CategorizeEndpoints`.

use std::collections::BTreeMap;

use api::core::v1::ServicePort;
use api::discovery::v1::{Endpoint, EndpointSlice};
use ebpf::Backend;

/// The endpoints of one port, in order, each once.
#[derive(Debug)]
pub(super) struct Endpoints(BTreeMap<Backend, State>);

#[derive(Debug, Clone, Copy)]
struct State {
    ready: bool,
    serving_terminating: bool,
    local: bool,
}

impl Endpoints {
    /// Endpoints of the slices' ports that have the Service port's name and protocol.
    pub(super) fn collect<'a>(
        slices: impl Iterator<Item = &'a EndpointSlice>,
        port: &ServicePort,
        node: &str,
    ) -> Endpoints {
        let mut endpoints = BTreeMap::new();
        for slice in slices.filter(|slice| slice.address_type == "IPv4") {
            for number in ports(slice, port) {
                for endpoint in slice.endpoints.iter() {
                    // Only the first address of an endpoint means anything (EndpointSlice API).
                    let Some(address) = endpoint
                        .addresses
                        .first()
                        .and_then(|address| address.parse().ok())
                    else {
                        continue;
                    };
                    let state = State::of(endpoint, node);
                    endpoints
                        .entry(Backend {
                            address,
                            port: number,
                        })
                        .and_modify(|known: &mut State| known.join(state))
                        .or_insert(state);
                }
            }
        }
        Endpoints(endpoints)
    }

    /// For clients that may go to any node.
    pub(super) fn cluster(&self) -> Vec<Backend> {
        self.preferred(|_| true)
    }

    /// For clients that may only go to endpoints on this node.
    pub(super) fn local(&self) -> Vec<Backend> {
        self.preferred(|state| state.local)
    }

    fn preferred(&self, eligible: impl Fn(&State) -> bool) -> Vec<Backend> {
        let with = |wanted: fn(&State) -> bool| -> Vec<Backend> {
            self.0
                .iter()
                .filter(|(_, state)| eligible(state) && wanted(state))
                .map(|(backend, _)| *backend)
                .collect()
        };
        let ready = with(|state| state.ready);
        if ready.is_empty() {
            with(|state| state.serving_terminating)
        } else {
            ready
        }
    }
}

impl State {
    fn of(endpoint: &Endpoint, node: &str) -> State {
        let conditions = &endpoint.conditions;
        let serving = conditions.serving.unwrap_or(true);
        State {
            ready: conditions.ready.unwrap_or(true),
            serving_terminating: serving && conditions.terminating.unwrap_or(false),
            local: endpoint.node_name.as_deref() == Some(node),
        }
    }

    /// While an endpoint moves between slices it is in both for a moment.
    fn join(&mut self, other: State) {
        self.ready |= other.ready;
        self.serving_terminating |= other.serving_terminating;
        self.local |= other.local;
    }
}

fn ports<'a>(slice: &'a EndpointSlice, of: &'a ServicePort) -> impl Iterator<Item = u16> + 'a {
    let same = |protocol: &str, other: &str| or_tcp(protocol) == or_tcp(other);
    slice
        .ports
        .iter()
        .filter(move |port| {
            port.name.as_deref().unwrap_or_default() == of.name
                && same(port.protocol.as_deref().unwrap_or_default(), &of.protocol)
        })
        .filter_map(|port| u16::try_from(port.port?).ok())
}

fn or_tcp(protocol: &str) -> &str {
    if protocol.is_empty() { "TCP" } else { protocol }
}
