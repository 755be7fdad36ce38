//! What a name in the cluster's zone asks for: the grammar of the Kubernetes DNS specification.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use hickory_proto::rr::Name;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Request<'a> {
    /// The zone itself.
    Apex,
    /// `dns-version`
    Version,
    /// `ns.dns`
    NameServer,
    /// `svc` or `pod`
    Tree,
    /// `<namespace>.svc` or `<namespace>.pod`
    Namespace(&'a str),
    /// `<name>.<namespace>.svc`, with an endpoint's label or `_<port>._<protocol>` in front.
    Service {
        namespace: &'a str,
        name: &'a str,
        endpoint: Option<&'a str>,
        port: Option<PortQuery<'a>>,
    },
    /// `1-2-3-4.<namespace>.pod`; `None`: it is no address.
    Pod {
        namespace: &'a str,
        address: Option<IpAddr>,
    },
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct PortQuery<'a> {
    pub(super) name: &'a str,
    pub(super) protocol: &'a str,
}

impl<'a> Request<'a> {
    /// `None`: no such name can exist. `labels` are those in front of the zone, in lower case.
    pub(super) fn parse(labels: &'a [String]) -> Option<Request<'a>> {
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        match labels.as_slice() {
            [] => Some(Request::Apex),
            ["dns-version"] => Some(Request::Version),
            ["ns", "dns"] => Some(Request::NameServer),
            ["svc" | "pod"] => Some(Request::Tree),
            [namespace, "svc" | "pod"] => Some(Request::Namespace(namespace)),
            [name, namespace, "pod"] => Some(Request::Pod {
                namespace,
                address: pod_address(name),
            }),
            [name, namespace, "svc"] => Some(Request::Service {
                namespace,
                name,
                endpoint: None,
                port: None,
            }),
            [endpoint, name, namespace, "svc"] => Some(Request::Service {
                namespace,
                name,
                endpoint: Some(endpoint),
                port: None,
            }),
            [port, protocol, name, namespace, "svc"] => {
                let port = PortQuery {
                    name: port.strip_prefix('_')?,
                    protocol: protocol.strip_prefix('_')?,
                };
                Some(Request::Service {
                    namespace,
                    name,
                    endpoint: None,
                    port: Some(port),
                })
            }
            _ => None,
        }
    }
}

/// The labels of `name` in front of `domain`, in lower case. Bytes that are no UTF-8 match nothing.
pub(super) fn labels(name: &Name, domain: &Name) -> Vec<String> {
    let count = usize::from(name.num_labels()).saturating_sub(usize::from(domain.num_labels()));
    name.iter()
        .take(count)
        .map(|label| String::from_utf8_lossy(label).to_ascii_lowercase())
        .collect()
}

/// The address that a name of `in-addr.arpa` or `ip6.arpa` is about; `None` when it is not about a single one.
pub(super) fn reverse(name: &Name) -> Option<IpAddr> {
    let labels: Vec<String> = name
        .iter()
        .map(|label| String::from_utf8_lossy(label).to_ascii_lowercase())
        .collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    match labels.as_slice() {
        [d, c, b, a, "in-addr", "arpa"] => Some(
            Ipv4Addr::new(
                a.parse().ok()?,
                b.parse().ok()?,
                c.parse().ok()?,
                d.parse().ok()?,
            )
            .into(),
        ),
        [nibbles @ .., "ip6", "arpa"] if nibbles.len() == 32 => {
            let mut bits = 0_u128;
            for nibble in nibbles.iter().rev() {
                bits = bits << 4
                    | u128::from(
                        u8::from_str_radix(nibble, 16)
                            .ok()
                            .filter(|value| *value < 16)?,
                    );
            }
            Some(Ipv6Addr::from_bits(bits).into())
        }
        _ => None,
    }
}

/// `10-244-0-3` and `fd00--3`.
fn pod_address(label: &str) -> Option<IpAddr> {
    let dots = label.bytes().filter(|byte| *byte == b'-').count() == 3 && !label.contains("--");
    label
        .replace('-', if dots { "." } else { ":" })
        .parse()
        .ok()
}
