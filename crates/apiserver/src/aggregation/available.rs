//! Whether an aggregated server is there: the condition `Available`. Upstream: `remote_available_controller`.
use super::{
    remote::{Remote, user},
    resolve::{self, slice_port},
};
use crate::shared::Api;
use api::{core::v1::Service, discovery::v1::EndpointSlice};
use futures::{StreamExt, stream::FuturesUnordered};
use meta::go_quote;

/// One server of a service may be ill: so many are asked.
const ATTEMPTS: usize = 5;

/// What the condition says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Availability {
    pub(super) available: bool,
    pub(super) reason: &'static str,
    pub(super) message: String,
}

fn not(reason: &'static str, message: String) -> Availability {
    Availability {
        available: false,
        reason,
        message,
    }
}

pub(super) async fn check(api: &Api, remote: &Remote) -> Availability {
    if let Some(missing) = missing(api, remote) {
        return missing;
    }
    let mut asked: FuturesUnordered<_> = (0..ATTEMPTS).map(|_| ask(api, remote)).collect();
    let mut last = String::new();
    while let Some(answer) = asked.next().await {
        match answer {
            Ok(()) => {
                return Availability {
                    available: true,
                    reason: "Passed",
                    message: "all checks passed".to_owned(),
                };
            }
            Err(words) => last = words,
        }
    }
    not("FailedDiscoveryCheck", last)
}

/// What the cluster lacks for it.
fn missing(api: &Api, remote: &Remote) -> Option<Availability> {
    let wanted = &remote.service;
    let place = format!("service/{} in {}", wanted.name, go_quote(&wanted.namespace));
    let found = resolve::service(&api.caches, wanted);
    let service = found
        .as_ref()
        .and_then(|found| found.as_any().downcast_ref());
    let Some(service): Option<&Service> = service else {
        return Some(not("ServiceNotFound", format!("{place} is not present")));
    };
    if service.spec.type_ != "ClusterIP" {
        return None;
    }
    let Some(port) = resolve::port(service, wanted.port) else {
        let message = format!("{place} is not listening on port {}", wanted.port);
        return Some(not("ServicePortError", message));
    };
    let slices = resolve::slices(&api.caches, wanted);
    if slices.is_empty() {
        let message = format!("cannot find endpointslices for {place}");
        return Some(not("EndpointsNotFound", message));
    }
    let serves = |slice: &EndpointSlice| {
        let mut endpoints = slice.endpoints.iter();
        endpoints.any(|endpoint| endpoint.conditions.ready.unwrap_or(true))
            && slice_port(slice, &port.name).is_some()
    };
    let mut slices = slices
        .iter()
        .filter_map(|slice| slice.as_any().downcast_ref());
    if slices.any(serves) {
        return None;
    }
    let port = go_quote(&port.name);
    let message = format!("endpointslices for {place} have no addresses with port name {port}");
    Some(not("MissingEndpoints", message))
}

/// Asks one of the servers for what it has to have.
async fn ask(api: &Api, remote: &Remote) -> Result<(), String> {
    let host = resolve::endpoint(&api.caches, &api.platform.rng, &remote.service)
        .map_err(|error| error.to_string())?;
    let path = format!("/apis/{}/{}", remote.group, remote.version);
    let url = format!("https://{host}{path}");
    let asking = user("system:kube-aggregator", &["system:masters"]);
    let answer = remote.fetch(api, &host, &path, "*/*", &asking).await;
    let wrong = match answer {
        Ok(answer) if answer.status.is_success() => return Ok(()),
        Ok(answer) => format!("bad status from {url}: {}", answer.status.as_u16()),
        Err(words) => words,
    };
    Err(format!("failing or missing response from {url}: {wrong}"))
}
