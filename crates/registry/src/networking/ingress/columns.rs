//! What `kubectl get ingresses` prints.

use api::networking::v1::{Ingress, IngressRule};
use resource::Column;

const HOSTS_MAX: usize = 3;

pub(super) const COLUMNS: &[Column<Ingress>] = &[
    Column::NAME,
    Column::text(
        "Class",
        "The class whose controller serves this Ingress.",
        |ingress: &Ingress, _| {
            let class = ingress.spec.ingress_class_name.as_deref();
            class.unwrap_or("<none>").into()
        },
    ),
    Column::text(
        "Hosts",
        "The hosts that this Ingress has rules for.",
        |ingress: &Ingress, _| hosts(&ingress.spec.rules).into(),
    ),
    Column::text(
        "Address",
        "The addresses of the load balancer.",
        |ingress: &Ingress, _| address(ingress).into(),
    ),
    Column::text(
        "Ports",
        "The ports that the rules open: TLS adds one.",
        |ingress: &Ingress, _| {
            if ingress.spec.tls.is_empty() {
                "80".into()
            } else {
                "80, 443".into()
            }
        },
    ),
    Column::AGE,
];

/// The first few, and how many more; `*` for any.
fn hosts(rules: &[IngressRule]) -> String {
    let mut list: Vec<&str> = Vec::new();
    let mut more = false;
    for rule in rules {
        more |= list.len() == HOSTS_MAX;
        if !more && !rule.host.is_empty() {
            list.push(&rule.host);
        }
    }
    match list.as_slice() {
        [] => "*".to_owned(),
        list if more => format!("{} + {} more...", list.join(","), rules.len() - HOSTS_MAX),
        list => list.join(","),
    }
}

/// Addresses and host names in order, each once.
pub(super) fn address(ingress: &Ingress) -> String {
    let points = &ingress.status.load_balancer.ingress;
    let mut all: Vec<&str> = points
        .iter()
        .map(|point| {
            if point.ip.is_empty() {
                point.hostname.as_str()
            } else {
                point.ip.as_str()
            }
        })
        .filter(|text| !text.is_empty())
        .collect();
    all.sort_unstable();
    all.dedup();
    all.join(",")
}
