//! What `kubectl get services` prints.

use api::core::v1::{Service, ServiceType};
use meta::{Map, Str};
use resource::{Cell, Column, Now};
use std::collections::BTreeSet;

pub(super) const COLUMNS: &[Column<Service>] = &[
    Column::NAME,
    Column::text(
        "Type",
        "How the Service is reached.",
        |service: &Service, now: &Now| cells(service, now).swap_remove(1),
    ),
    Column::text(
        "Cluster-IP",
        "The address within the cluster.",
        |service: &Service, now: &Now| cells(service, now).swap_remove(2),
    ),
    Column::text(
        "External-IP",
        "The addresses outside of the cluster.",
        |service: &Service, now: &Now| cells(service, now).swap_remove(3),
    ),
    Column::text(
        "Port(s)",
        "The ports, and their node ports.",
        |service: &Service, now: &Now| cells(service, now).swap_remove(4),
    ),
    Column::AGE,
    Column::text(
        "Selector",
        "The labels that select the pods.",
        |service: &Service, now: &Now| cells(service, now).swap_remove(6),
    )
    .wide(),
];

pub(super) fn cells(service: &Service, now: &Now) -> Vec<Cell> {
    let spec = &service.spec;
    let address = spec.cluster_ips.first().unwrap_or(&spec.cluster_ip);
    vec![
        service.metadata.name.as_str().into(),
        spec.type_.as_str().into(),
        if address.is_empty() {
            "<none>"
        } else {
            address.as_str()
        }
        .into(),
        external(service).into(),
        ports(service).into(),
        now.age(Some(&service.metadata.creation_timestamp)).into(),
        selector(&spec.selector).into(),
    ]
}

fn external(service: &Service) -> String {
    let spec = &service.spec;
    let own = join(spec.external_ips.iter().map(Str::as_str));
    match spec.type_.as_str() {
        ServiceType::EXTERNAL_NAME => spec.external_name.to_string(),
        ServiceType::LOAD_BALANCER => {
            let ingress = service.status.load_balancer.ingress.iter();
            let given: BTreeSet<&str> = ingress
                .map(|point| {
                    if point.ip.is_empty() {
                        point.hostname.as_str()
                    } else {
                        point.ip.as_str()
                    }
                })
                .filter(|shown| !shown.is_empty())
                .collect();
            let own = spec.external_ips.iter().map(Str::as_str);
            let all = join(given.into_iter().chain(own));
            if all.is_empty() {
                "<pending>".to_owned()
            } else {
                all
            }
        }
        ServiceType::CLUSTER_IP | ServiceType::NODE_PORT if own.is_empty() => "<none>".to_owned(),
        ServiceType::CLUSTER_IP | ServiceType::NODE_PORT => own,
        _ => "<unknown>".to_owned(),
    }
}

fn ports(service: &Service) -> String {
    if service.spec.ports.is_empty() {
        return "<none>".to_owned();
    }
    let each = service.spec.ports.iter().map(|port| match port.node_port {
        ..=0 => format!("{}/{}", port.port, port.protocol),
        node => format!("{}:{node}/{}", port.port, port.protocol),
    });
    each.collect::<Vec<_>>().join(",")
}

fn selector(labels: &Map<Str, Str>) -> String {
    if labels.is_empty() {
        return "<none>".to_owned();
    }
    labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect::<Vec<_>>()
        .join(",")
}

fn join<'s>(words: impl Iterator<Item = &'s str>) -> String {
    words.collect::<Vec<_>>().join(",")
}
