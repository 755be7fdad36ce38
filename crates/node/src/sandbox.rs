//! A pod's sandbox as CRI wants it: names, DNS, ports, namespaces, cgroup; and the files that go with it. Pure.

use crate::resources;
use crate::security;
use api::core::v1::Pod;
use runtime::cri::v1;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::Path;

/// Labels by which the node finds its pods in the runtime again; kubelet's names.
pub(crate) const POD_NAME: &str = "io.kubernetes.pod.name";
pub(crate) const POD_NAMESPACE: &str = "io.kubernetes.pod.namespace";
pub(crate) const POD_UID: &str = "io.kubernetes.pod.uid";
pub(crate) const CONTAINER_NAME: &str = "io.kubernetes.container.name";

/// What a host's resolv.conf says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Resolver {
    pub(crate) servers: Vec<String>,
    pub(crate) searches: Vec<String>,
    pub(crate) options: Vec<String>,
}

impl Resolver {
    /// Reads the lines that matter.
    pub(crate) fn parse(text: &str) -> Self {
        let mut resolver = Self::default();
        for line in text.lines() {
            let mut words = line.split_whitespace().map(str::to_owned);
            match words.next().as_deref() {
                Some("nameserver") => resolver.servers.extend(words.next()),
                Some("search") => resolver.searches = words.collect(),
                Some("options") => resolver.options.extend(words),
                _ => {}
            }
        }
        resolver
    }
}

/// What the node adds to a pod's spec.
#[derive(Clone, Debug)]
pub(crate) struct Surroundings<'a> {
    pub(crate) cluster_domain: &'a str,
    pub(crate) cluster_dns: &'a [IpAddr],
    pub(crate) host: &'a Resolver,
    pub(crate) hostname: &'a str,
    pub(crate) cgroup_root: &'a str,
    pub(crate) log_dir: &'a Path,
}

/// The directory of a pod's logs under the node's log directory.
pub(crate) fn log_directory(pod: &Pod) -> String {
    let metadata = &pod.metadata;
    format!("{}_{}_{}", metadata.namespace, metadata.name, metadata.uid)
}

/// Labels of the sandbox and of each container of it.
pub(crate) fn labels(pod: &Pod, container: Option<&str>) -> BTreeMap<String, String> {
    let own = [
        (POD_NAME, pod.metadata.name.as_str()),
        (POD_NAMESPACE, pod.metadata.namespace.as_str()),
        (POD_UID, pod.metadata.uid.as_str()),
    ];
    let container = container.map(|name| (CONTAINER_NAME, name));
    own.into_iter()
        .chain(container)
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// `attempt` counts the sandboxes of this pod.
pub(crate) fn config(pod: &Pod, around: &Surroundings<'_>, attempt: u32) -> v1::PodSandboxConfig {
    let metadata = &pod.metadata;
    let annotations = metadata
        .annotations
        .iter()
        .map(|(k, v)| (k.to_string(), v.to_string()))
        .collect();
    let security = pod.spec.security_context.as_deref();
    let sysctls = security.map(|s| s.sysctls.as_slice()).unwrap_or_default();
    v1::PodSandboxConfig {
        metadata: Some(v1::PodSandboxMetadata {
            name: metadata.name.to_string(),
            uid: metadata.uid.to_string(),
            namespace: metadata.namespace.to_string(),
            attempt,
        }),
        hostname: if pod.spec.host_network {
            around.hostname.to_owned()
        } else {
            names(pod, around).0
        },
        log_directory: around
            .log_dir
            .join(log_directory(pod))
            .to_string_lossy()
            .into_owned(),
        dns_config: Some(dns(pod, around)),
        port_mappings: port_mappings(pod),
        labels: labels(pod, None),
        annotations,
        linux: Some(v1::LinuxPodSandboxConfig {
            cgroup_parent: format!("{}{}", around.cgroup_root, resources::cgroup_parent(pod)),
            security_context: Some(security::sandbox(pod)),
            sysctls: sysctls
                .iter()
                .map(|s| (s.name.to_string(), s.value.to_string()))
                .collect(),
            overhead: None,
            resources: Some(resources::pod(pod)),
        }),
        windows: None,
    }
}

/// The hostname, and the domain that makes it fully qualified, if it has one.
fn names(pod: &Pod, around: &Surroundings<'_>) -> (String, Option<String>) {
    if let Some(hostname) = pod
        .spec
        .hostname_override
        .as_ref()
        .filter(|name| !name.is_empty())
    {
        return (hostname.to_string(), None);
    }
    let name = if pod.spec.hostname.is_empty() {
        &pod.metadata.name
    } else {
        &pod.spec.hostname
    };
    let name: String = name
        .chars()
        .take(63)
        .collect::<String>()
        .trim_end_matches(['-', '.'])
        .to_owned();
    if pod.spec.subdomain.is_empty() {
        return (name, None);
    }
    let namespace = &pod.metadata.namespace;
    let domain = format!(
        "{}.{namespace}.svc.{}",
        pod.spec.subdomain, around.cluster_domain
    );
    match pod.spec.set_hostname_as_fqdn {
        Some(true) => (format!("{name}.{domain}"), Some(domain)),
        _ => (name, Some(domain)),
    }
}

/// resolv.conf of the pod (dnsPolicy, dnsConfig).
fn dns(pod: &Pod, around: &Surroundings<'_>) -> v1::DnsConfig {
    let policy = pod.spec.dns_policy.as_str();
    let cluster = !around.cluster_dns.is_empty()
        && (policy == "ClusterFirstWithHostNet"
            || (policy != "Default" && policy != "None" && !pod.spec.host_network));
    let Resolver {
        mut servers,
        mut searches,
        mut options,
    } = match policy {
        "None" => Resolver::default(),
        _ => around.host.clone(),
    };
    if cluster {
        let (namespace, domain) = (&pod.metadata.namespace, around.cluster_domain);
        servers = around.cluster_dns.iter().map(ToString::to_string).collect();
        let mut own = vec![
            format!("{namespace}.svc.{domain}"),
            format!("svc.{domain}"),
            domain.to_owned(),
        ];
        own.append(&mut searches);
        searches = own;
        options = vec!["ndots:5".to_owned()];
    }
    if let Some(config) = &pod.spec.dns_config {
        servers.extend(config.nameservers.iter().map(ToString::to_string));
        searches.extend(config.searches.iter().map(ToString::to_string));
        for option in &config.options {
            let text = match &option.value {
                Some(value) => format!("{}:{value}", option.name),
                None => option.name.to_string(),
            };
            options.retain(|known| known.split(':').next() != Some(option.name.as_str()));
            options.push(text);
        }
    }
    v1::DnsConfig {
        servers: unique(servers),
        searches: unique(searches),
        options,
    }
}

fn unique(list: Vec<String>) -> Vec<String> {
    let mut seen = Vec::with_capacity(list.len());
    for item in list {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}

fn port_mappings(pod: &Pod) -> Vec<v1::PortMapping> {
    if pod.spec.host_network {
        return Vec::new();
    }
    let sidecars = pod
        .spec
        .init_containers
        .iter()
        .filter(|c| c.restart_policy.as_deref() == Some("Always"));
    let ports = pod
        .spec
        .containers
        .iter()
        .chain(sidecars)
        .flat_map(|container| &container.ports);
    ports
        .map(|port| v1::PortMapping {
            protocol: match port.protocol.as_str() {
                "UDP" => v1::Protocol::Udp,
                "SCTP" => v1::Protocol::Sctp,
                _ => v1::Protocol::Tcp,
            } as i32,
            container_port: port.container_port,
            host_port: port.host_port,
            host_ip: port.host_ip.to_string(),
        })
        .collect()
}

/// The pod's /etc/hosts; `None` for a pod on the host's network without aliases, which sees the host's own.
pub(crate) fn hosts_file(
    pod: &Pod,
    around: &Surroundings<'_>,
    ips: &[String],
    host_file: &str,
) -> String {
    let mut text = String::new();
    if pod.spec.host_network {
        text.push_str("# Kubernetes-managed hosts file (host network).\n");
        text.push_str(host_file);
    } else {
        text.push_str("# Kubernetes-managed hosts file.\n");
        text.push_str("127.0.0.1\tlocalhost\n");
        text.push_str("::1\tlocalhost ip6-localhost ip6-loopback\n");
        text.push_str("fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n");
        let (name, domain) = names(pod, around);
        for ip in ips {
            text.push_str(&match &domain {
                Some(domain) if !name.ends_with(domain.as_str()) => {
                    format!("{ip}\t{name}.{domain}\t{name}\n")
                }
                _ => format!("{ip}\t{name}\n"),
            });
        }
    }
    if !pod.spec.host_aliases.is_empty() {
        text.push_str("\n# Entries added by HostAliases.\n");
        for alias in &pod.spec.host_aliases {
            text.push_str(&format!("{}\t{}\n", alias.ip, alias.hostnames.join("\t")));
        }
    }
    text
}

#[cfg(test)]
mod tests;
