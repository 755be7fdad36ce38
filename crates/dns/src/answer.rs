//! What is answered to a question about the cluster's names. Pure.

mod request;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::HashSet;
use std::net::IpAddr;

use hickory_proto::op::ResponseCode;
use hickory_proto::rr::rdata::{A, AAAA, CNAME, NS, PTR, SOA, SRV, TXT};
use hickory_proto::rr::{Name, RData, Record, RecordType};

use self::request::{PortQuery, Request};
use crate::records::{Endpoint, Port, Records, Service, ServiceKind};

/// Of answers about objects: kubeadm's `ttl 30`.
const TTL_S: u32 = 30;
/// How long the absence of a name may be remembered: the plugin's default.
const NEGATIVE_TTL_S: u32 = 5;
const VERSION_TTL_S: u32 = 28_800;
/// Of the Kubernetes DNS specification.
const VERSION: &str = "1.1.0";

/// The cluster's part of the name space.
#[derive(Debug, Clone)]
pub struct Zone {
    /// `cluster.local.`
    pub domain: Name,
    /// Addresses of `ns.dns.<domain>`: the DNS Service's.
    pub name_server: Vec<IpAddr>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub code: ResponseCode,
    pub answers: Vec<Record>,
    pub additionals: Vec<Record>,
    /// Says who is in charge when there is no answer.
    pub authority: Option<Record>,
    /// The answers end in an alias of this name, whose addresses should be looked up and added.
    pub follow: Option<Name>,
}

/// Answers a question of class IN about `name`; `None`: it is not one of the cluster's names, ask the host's name servers.
/// `serial` is the zone's: the time in seconds will do.
pub fn answer(
    zone: &Zone,
    records: &dyn Records,
    name: &Name,
    kind: RecordType,
    serial: u32,
) -> Option<Answer> {
    let question = Question {
        zone,
        records,
        name,
        kind,
        serial,
    };
    if zone.domain.zone_of(name) {
        return Some(question.in_zone());
    }
    request::reverse(name).and_then(|address| question.reverse(address))
}

struct Question<'a> {
    zone: &'a Zone,
    records: &'a dyn Records,
    name: &'a Name,
    kind: RecordType,
    serial: u32,
}

/// One thing that a name stands for.
struct Found {
    address: IpAddr,
    port: Option<u16>,
    /// What SRV records point to.
    target: Name,
}

impl Question<'_> {
    fn in_zone(&self) -> Answer {
        let labels = request::labels(self.name, &self.zone.domain);
        match Request::parse(&labels) {
            None => self.absent(),
            Some(Request::Apex) => self.apex(),
            Some(Request::Version) => self.version(),
            Some(Request::NameServer) => self.addresses(&self.zone.name_server, TTL_S),
            Some(Request::Tree) => self.nothing(),
            Some(Request::Namespace(namespace)) if self.records.has_namespace(namespace) => {
                self.nothing()
            }
            Some(Request::Pod {
                namespace,
                address: Some(address),
            }) if self.records.has_namespace(namespace) => self.addresses(&[address], TTL_S),
            Some(Request::Service {
                namespace,
                name,
                endpoint,
                port,
            }) => self.service(namespace, name, endpoint, port.as_ref()),
            Some(Request::Namespace(_) | Request::Pod { .. }) => self.absent(),
        }
    }

    fn service(
        &self,
        namespace: &str,
        name: &str,
        endpoint: Option<&str>,
        port: Option<&PortQuery<'_>>,
    ) -> Answer {
        let Some(service) = self.records.service(namespace, name) else {
            return self.absent();
        };
        let plain = endpoint.is_none() && port.is_none();
        let found = match &service.kind {
            ServiceKind::ExternalName(target) if plain => return self.alias(target),
            ServiceKind::ExternalName(_) => return self.absent(),
            ServiceKind::ClusterIp(addresses) if endpoint.is_none() => {
                self.cluster_addresses(namespace, name, &service, addresses, port)
            }
            ServiceKind::ClusterIp(_) | ServiceKind::Headless => {
                let endpoints = self.records.endpoints(namespace, name);
                let wanted = |label: &str| {
                    endpoint.is_none_or(|endpoint| label.eq_ignore_ascii_case(endpoint))
                };
                let endpoints = endpoints
                    .iter()
                    .filter(|endpoint| wanted(&endpoint.label()));
                endpoints
                    .flat_map(|endpoint| self.endpoint(namespace, name, endpoint, port))
                    .collect()
            }
        };
        if found.is_empty() {
            self.absent()
        } else {
            self.found(&found)
        }
    }

    fn cluster_addresses(
        &self,
        namespace: &str,
        name: &str,
        service: &Service,
        addresses: &[IpAddr],
        port: Option<&PortQuery<'_>>,
    ) -> Vec<Found> {
        let Some(target) = self.target(&[name, namespace, "svc"]) else {
            return Vec::new();
        };
        let ports = service
            .ports
            .iter()
            .filter(|candidate| matches_port(candidate, port));
        let each = |port: &Port| {
            let number = port.number;
            addresses
                .iter()
                .map(move |address| (*address, number))
                .collect::<Vec<_>>()
        };
        ports
            .flat_map(each)
            .map(|(address, port)| Found {
                address,
                port: Some(port),
                target: target.clone(),
            })
            .collect()
    }

    /// An endpoint without ports has an address, but nothing for SRV.
    fn endpoint(
        &self,
        namespace: &str,
        name: &str,
        endpoint: &Endpoint,
        port: Option<&PortQuery<'_>>,
    ) -> Vec<Found> {
        let Some(target) = self.target(&[&endpoint.label(), name, namespace, "svc"]) else {
            return Vec::new();
        };
        let at = |port| Found {
            address: endpoint.address,
            port,
            target: target.clone(),
        };
        if endpoint.ports.is_empty() && port.is_none() {
            return vec![at(None)];
        }
        let ports = endpoint
            .ports
            .iter()
            .filter(|candidate| matches_port(candidate, port));
        ports.map(|port| at(Some(port.number))).collect()
    }

    fn found(&self, found: &[Found]) -> Answer {
        if self.kind == RecordType::SRV {
            return self.located(found);
        }
        let addresses: Vec<IpAddr> = found.iter().map(|found| found.address).collect();
        self.addresses(&addresses, TTL_S)
    }

    /// SRV records, all of the same weight, with the addresses of their targets.
    fn located(&self, found: &[Found]) -> Answer {
        let mut seen = HashSet::new();
        let places: Vec<(&Name, u16)> = found
            .iter()
            .filter_map(|found| Some((&found.target, found.port?)))
            .collect();
        let weight = u16::try_from(100 / places.len().max(1)).unwrap_or(0);
        let answers = places
            .into_iter()
            .filter(|place| seen.insert((place.0.clone(), place.1)))
            .map(|(target, port)| RData::SRV(SRV::new(0, weight, port, target.clone())))
            .map(|data| Record::from_rdata(self.name.clone(), TTL_S, data))
            .collect();
        let mut seen = HashSet::new();
        let additionals = found
            .iter()
            .filter(|found| {
                found.port.is_some() && seen.insert((found.target.clone(), found.address))
            })
            .map(|found| {
                Record::from_rdata(found.target.clone(), TTL_S, address_data(found.address))
            })
            .collect();
        self.with(answers, additionals)
    }

    fn addresses(&self, addresses: &[IpAddr], ttl_s: u32) -> Answer {
        let mut seen = HashSet::new();
        let wanted = addresses.iter().filter(|address| match self.kind {
            RecordType::A => address.is_ipv4(),
            RecordType::AAAA => address.is_ipv6(),
            _ => false,
        });
        let answers = wanted
            .filter(|address| seen.insert(**address))
            .map(|address| Record::from_rdata(self.name.clone(), ttl_s, address_data(*address)))
            .collect();
        self.with(answers, Vec::new())
    }

    fn alias(&self, target: &str) -> Answer {
        let Ok(target) = Name::from_ascii(target) else {
            return self.nothing();
        };
        let target = fully_qualified(target);
        let follow = matches!(self.kind, RecordType::A | RecordType::AAAA).then(|| target.clone());
        if follow.is_none() && self.kind != RecordType::CNAME {
            return self.nothing();
        }
        let record = Record::from_rdata(self.name.clone(), TTL_S, RData::CNAME(CNAME(target)));
        Answer {
            follow,
            ..self.with(vec![record], Vec::new())
        }
    }

    /// `None`: no object has the address.
    fn reverse(&self, address: IpAddr) -> Option<Answer> {
        let targets: Vec<Name> = match self.records.service_at(address) {
            Some(service) => self
                .target(&[&service.name, namespace_of(&service), "svc"])
                .into_iter()
                .collect(),
            None => {
                let endpoints = self.records.endpoints_at(address);
                let name = |(service, endpoint): &(meta::ObjectKey, Endpoint)| {
                    self.target(&[
                        &endpoint.label(),
                        &service.name,
                        namespace_of(service),
                        "svc",
                    ])
                };
                endpoints.iter().filter_map(name).collect()
            }
        };
        if targets.is_empty() {
            return None;
        }
        if self.kind != RecordType::PTR {
            return Some(self.nothing());
        }
        let answers = targets.into_iter().map(|target| RData::PTR(PTR(target)));
        let answers = answers
            .map(|data| Record::from_rdata(self.name.clone(), TTL_S, data))
            .collect();
        Some(self.with(answers, Vec::new()))
    }

    fn apex(&self) -> Answer {
        match self.kind {
            RecordType::SOA => self.with(vec![self.start_of_authority()], Vec::new()),
            RecordType::NS => {
                let Some(server) = self.target(&["ns", "dns"]) else {
                    return self.nothing();
                };
                let record =
                    Record::from_rdata(self.name.clone(), TTL_S, RData::NS(NS(server.clone())));
                let glue = self.zone.name_server.iter();
                let glue = glue.map(|address| {
                    Record::from_rdata(server.clone(), TTL_S, address_data(*address))
                });
                self.with(vec![record], glue.collect())
            }
            _ => self.nothing(),
        }
    }

    fn version(&self) -> Answer {
        let text = RData::TXT(TXT::new(vec![VERSION.to_owned()]));
        let record = Record::from_rdata(self.name.clone(), VERSION_TTL_S, text);
        self.with(
            if self.kind == RecordType::TXT {
                vec![record]
            } else {
                Vec::new()
            },
            Vec::new(),
        )
    }

    /// NOERROR; without answers, with who is in charge.
    fn with(&self, answers: Vec<Record>, additionals: Vec<Record>) -> Answer {
        let authority = answers.is_empty().then(|| self.start_of_authority());
        Answer {
            code: ResponseCode::NoError,
            answers,
            additionals,
            authority,
            follow: None,
        }
    }

    /// The name exists, but has no record of this type.
    fn nothing(&self) -> Answer {
        self.with(Vec::new(), Vec::new())
    }

    fn absent(&self) -> Answer {
        Answer {
            code: ResponseCode::NXDomain,
            ..self.nothing()
        }
    }

    fn start_of_authority(&self) -> Record {
        let name = |label: &[&str]| {
            self.target(label)
                .unwrap_or_else(|| self.zone.domain.clone())
        };
        let data = SOA::new(
            name(&["ns", "dns"]),
            name(&["hostmaster"]),
            self.serial,
            7200,
            1800,
            86_400,
            NEGATIVE_TTL_S,
        );
        Record::from_rdata(self.zone.domain.clone(), NEGATIVE_TTL_S, RData::SOA(data))
    }

    /// A name in the zone; `None` when it would be too long.
    fn target(&self, labels: &[&str]) -> Option<Name> {
        let labels = labels.iter().map(|label| label.as_bytes());
        let name = Name::from_labels(labels).ok()?;
        name.append_domain(&self.zone.domain)
            .ok()
            .map(fully_qualified)
    }
}

fn matches_port(port: &Port, wanted: Option<&PortQuery<'_>>) -> bool {
    wanted.is_none_or(|wanted| {
        port.name.eq_ignore_ascii_case(wanted.name)
            && port.protocol.eq_ignore_ascii_case(wanted.protocol)
    })
}

fn address_data(address: IpAddr) -> RData {
    match address {
        IpAddr::V4(address) => RData::A(A(address)),
        IpAddr::V6(address) => RData::AAAA(AAAA(address)),
    }
}

fn namespace_of(key: &meta::ObjectKey) -> &str {
    key.namespace.as_deref().unwrap_or_default()
}

fn fully_qualified(mut name: Name) -> Name {
    name.set_fqdn(true);
    name
}
