//! Labels that steer workloads: a kubelet may not set them on its own Node.
use meta::{Map, Str};

/// Those that kubelets set themselves.
const KUBELET: &[&str] = &[
    "kubernetes.io/hostname",
    "topology.kubernetes.io/zone",
    "topology.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/region",
    "node.kubernetes.io/instance-type",
    "beta.kubernetes.io/instance-type",
    "kubernetes.io/os",
    "kubernetes.io/arch",
    "beta.kubernetes.io/os",
    "beta.kubernetes.io/arch",
];
const KUBELET_DOMAINS: &[&str] = &["kubelet.kubernetes.io", "node.kubernetes.io"];
const RESTRICTED: &str = "node-restriction.kubernetes.io";
const DOMAINS: &[&str] = &["kubernetes.io", "k8s.io"];

/// The labels that came, went or changed and may not, by name.
pub(super) fn forbidden<'a>(
    new: &'a Map<Str, Str>,
    old: Option<&'a Map<Str, Str>>,
) -> Vec<&'a str> {
    let before = |key: &str| old.and_then(|old| old.get(key));
    let changed = new.iter().filter(|(key, value)| before(key) != Some(value));
    let gone = old.into_iter().flat_map(|old| old.keys());
    let gone = gone.filter(|key| new.get(key.as_str()).is_none());
    let keys = changed.map(|(key, _)| key).chain(gone);
    let mut names: Vec<&str> = keys.map(Str::as_str).filter(|key| !is_free(key)).collect();
    names.sort_unstable();
    names
}

fn is_free(key: &str) -> bool {
    let domain = key.split_once('/').map_or("", |(domain, _)| domain);
    if is_within(domain, RESTRICTED) {
        return false;
    }
    let own = KUBELET.contains(&key) || KUBELET_DOMAINS.iter().any(|one| is_within(domain, one));
    own || !DOMAINS.iter().any(|one| is_within(domain, one))
}

fn is_within(domain: &str, parent: &str) -> bool {
    let rest = domain.strip_suffix(parent);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
