//! What an object uses, by the names that quotas have for it, and which quotas it is subject to.
use crate::of_pod;
use api::core::v1::{
    Container, PersistentVolumeClaim, Pod, PodAffinityTerm, PodSpec, ResourceQuotaSpec,
    ScopedResourceSelectorRequirement, Service, ServiceType,
};
use meta::{Map, Quantity, QuantityFormat, Slice, Str, Time};
use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
};

/// Of resources, by name.
pub type Amounts = Map<Str, Quantity>;

const CLASS: &str = "volume.beta.kubernetes.io/storage-class";
const OF_CLASS: &str = ".storageclass.storage.k8s.io/";
/// Kinds that had a name of their own before all could be counted.
const ALIASES: &[&str] = &[
    "configmaps",
    "replicationcontrollers",
    "resourcequotas",
    "secrets",
];
const OF_PODS: &[&str] = &[
    "count/pods",
    "cpu",
    "ephemeral-storage",
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "memory",
    "pods",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];
/// Where a quota bounds these, every container must say how much it wants.
const TO_BE_SAID: &[&str] = &[
    "cpu",
    "limits.cpu",
    "limits.memory",
    "memory",
    "requests.cpu",
    "requests.memory",
];

/// Whether what an object of a resource uses depends on more than that it is there.
#[must_use]
pub fn is_by_content(group: &str, plural: &str) -> bool {
    group.is_empty() && ["persistentvolumeclaims", "pods", "services"].contains(&plural)
}

/// Plural and group of what a bound counts, where that an object is there is all that counts: `count/deployments.apps`, `secrets`.
#[must_use]
pub fn counted(name: &str) -> Option<(&str, &str)> {
    if ALIASES.contains(&name) {
        return Some((name, ""));
    }
    let counted = name.strip_prefix("count/")?;
    let (plural, group) = counted.split_once('.').unwrap_or((counted, ""));
    (!is_by_content(group, plural)).then_some((plural, group))
}

/// One object's share.
#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    /// By the names of bounds.
    pub usage: Amounts,
    subject: Subject,
}

#[derive(Clone, Debug, PartialEq)]
enum Subject {
    Pod(Traits),
    /// With the attribute classes that it has, wants or is on its way to.
    Claim(Vec<Str>),
    Other,
}

/// What quotas ask of a pod beside what it uses.
#[derive(Clone, Debug, PartialEq)]
struct Traits {
    terminating: bool,
    best_effort: bool,
    reaches_other_namespaces: bool,
    priority_class: Str,
    /// The containers that leave out some of [`TO_BE_SAID`], with what they leave out.
    silent: Vec<(Str, Vec<&'static str>)>,
}

fn count(number: usize) -> Quantity {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    Quantity::new(number, QuantityFormat::DecimalSi)
}

impl Charge {
    /// Of an object of the resource at a time: pods that should be gone use nothing.
    #[must_use]
    pub fn of(object: &dyn Any, group: &str, plural: &str, now: Time) -> Self {
        let mut charge = Self::counted(group, plural, 1);
        if let Some(pod) = object.downcast_ref::<Pod>() {
            charge_pod(&mut charge.usage, pod, now);
            charge.subject = Subject::Pod(Traits::of(&pod.spec));
        } else if let Some(claim) = object.downcast_ref::<PersistentVolumeClaim>() {
            charge_claim(&mut charge.usage, claim);
            charge.subject = Subject::Claim(attribute_classes(claim));
        } else if let Some(service) = object.downcast_ref::<Service>() {
            charge_service(&mut charge.usage, service);
        }
        charge
    }

    /// So many objects of which only that they are there counts.
    #[must_use]
    pub fn counted(group: &str, plural: &str, number: usize) -> Self {
        let mut usage = Amounts::default();
        let name = if group.is_empty() {
            format!("count/{plural}")
        } else {
            format!("count/{plural}.{group}")
        };
        usage.insert(name, count(number));
        if group.is_empty() && ALIASES.contains(&plural) {
            usage.insert(plural, count(number));
        }
        Self {
            usage,
            subject: Subject::Other,
        }
    }

    #[must_use]
    pub const fn is_pod(&self) -> bool {
        matches!(self.subject, Subject::Pod(_))
    }

    /// Whether a bound of this name is about objects of this kind.
    #[must_use]
    pub fn concerns(&self, name: &str) -> bool {
        let extended = name
            .strip_prefix("requests.")
            .is_some_and(|bare| bare.starts_with("hugepages-") || bare.contains('/'));
        match &self.subject {
            Subject::Pod(_) => {
                OF_PODS.contains(&name) || extended || name.starts_with("hugepages-")
            }
            Subject::Claim(_) => {
                let bare = name.split_once(OF_CLASS).map_or(name, |(_, bare)| bare);
                ["persistentvolumeclaims", "requests.storage"].contains(&bare)
                    || name == "count/persistentvolumeclaims"
            }
            Subject::Other => self.usage.contains_key(name),
        }
    }

    /// Whether all scopes of a quota hold for the object.
    #[must_use]
    pub fn is_in_scope(&self, spec: &ResourceQuotaSpec) -> bool {
        let named = spec
            .scopes
            .iter()
            .map(|scope| ScopedResourceSelectorRequirement {
                scope_name: scope.clone(),
                operator: "Exists".into(),
                values: Slice::nil(),
            });
        let selected = spec.scope_selector.iter();
        let selected = selected.flat_map(|selector| selector.match_expressions.iter().cloned());
        let mut all = named.chain(selected);
        all.all(|scope| match &self.subject {
            Subject::Pod(pod) => pod.matches(&scope),
            Subject::Claim(classes) if scope.scope_name == "VolumeAttributesClass" => {
                let mut classes = classes.iter().peekable();
                if classes.peek().is_none() {
                    return selects(&scope, None);
                }
                classes.any(|class| selects(&scope, Some(class)))
            }
            _ => false,
        })
    }

    /// What it uses more than before, of the bounds that are concerned; never less than nothing.
    #[must_use]
    pub fn beyond(&self, before: Option<&Self>, concerned: &[&Str]) -> Amounts {
        let mut more = Amounts::default();
        add(&mut more, &self.usage, concerned);
        for (name, amount) in more.iter_mut() {
            if let Some(old) = before.and_then(|before| before.usage.get(name)) {
                amount.sub(old);
            }
        }
        more.retain(|_, amount| amount.sign() > 0);
        more
    }

    /// Whether it stays the same while the object does: a pod that is to be gone stops using anything at its time.
    #[must_use]
    pub fn is_lasting(object: &dyn Any) -> bool {
        let pod = object.downcast_ref::<Pod>();
        pod.is_none_or(|pod| pod.metadata.deletion_timestamp.is_none())
    }

    /// Containers must say what they want of processors and memory where these are bounded.
    ///
    /// # Errors
    /// Which do not, in upstream's words.
    pub fn check_complete(&self, concerned: &[&Str]) -> Result<(), String> {
        let Subject::Pod(pod) = &self.subject else {
            return Ok(());
        };
        let is_concerned = |name: &str| concerned.iter().any(|concerned| *concerned == name);
        let mut missing: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (container, names) in &pod.silent {
            for name in names.iter().filter(|name| is_concerned(name)) {
                missing.entry(name).or_default().insert(container);
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let parts = missing.iter().map(|(name, containers)| {
            let containers: Vec<&str> = containers.iter().copied().collect();
            format!("{name} for: {}", containers.join(","))
        });
        let parts: Vec<String> = parts.collect();
        Err(format!("must specify {}", parts.join("; ")))
    }
}

/// What all that is in scope of a quota uses together, of the bounds that are concerned.
#[must_use]
pub fn used<'c>(
    spec: &ResourceQuotaSpec,
    concerned: &[&Str],
    charges: impl IntoIterator<Item = &'c Charge>,
) -> Amounts {
    let mut used = Amounts::default();
    for charge in charges {
        if charge.is_in_scope(spec) {
            add(&mut used, &charge.usage, concerned);
        }
    }
    used
}

fn says(container: &Container, name: &str) -> bool {
    let resources = &container.resources;
    match name.strip_prefix("limits.") {
        Some(bare) => resources.limits.contains_key(bare),
        None => {
            let bare = name.strip_prefix("requests.").unwrap_or(name);
            resources.requests.contains_key(bare)
        }
    }
}

/// Takes `less` away from what it is part of.
pub fn subtract(from: &mut Amounts, less: &Amounts) {
    for (name, amount) in less.iter() {
        if let Some(sum) = from.get_mut(name) {
            sum.sub(amount);
        }
    }
}

/// Adds what is `concerned` of `more`.
pub fn add(to: &mut Amounts, more: &Amounts, concerned: &[&Str]) {
    for (name, amount) in more.iter() {
        if !concerned.contains(&name) {
            continue;
        }
        match to.get_mut(name) {
            Some(sum) => sum.add(amount),
            None => drop(to.insert(name.clone(), *amount)),
        }
    }
}

fn charge_pod(usage: &mut Amounts, pod: &Pod, now: Time) {
    if ["Failed", "Succeeded"].contains(&pod.status.phase.as_str()) || is_overdue(pod, now) {
        return;
    }
    usage.insert("pods", count(1));
    let (requests, limits) = of_pod(&pod.spec);
    for name in ["cpu", "memory", "ephemeral-storage"] {
        if let Some(amount) = requests.get(name) {
            usage.insert(name, *amount);
            usage.insert(format!("requests.{name}"), *amount);
        }
        if let Some(amount) = limits.get(name) {
            usage.insert(format!("limits.{name}"), *amount);
        }
    }
    for (name, amount) in requests.iter() {
        if name.starts_with("hugepages-") {
            usage.insert(name.clone(), *amount);
        }
        let extended = name.contains('/') && !name.contains("kubernetes.io/");
        if name.starts_with("hugepages-") || extended {
            usage.insert(format!("requests.{name}"), *amount);
        }
    }
}

/// A pod that should be gone: perhaps its node is lost.
fn is_overdue(pod: &Pod, now: Time) -> bool {
    let metadata = &pod.metadata;
    let grace = metadata.deletion_grace_period_seconds;
    let until = metadata.deletion_timestamp.as_ref().zip(grace);
    until.is_some_and(|(marked, grace)| now.unix_seconds() > marked.unix_seconds() + grace)
}

fn charge_claim(usage: &mut Amounts, claim: &PersistentVolumeClaim) {
    let old = claim.metadata.annotations.get(CLASS);
    let class = old.or(claim.spec.storage_class_name.as_ref());
    let class = class.filter(|class| !class.is_empty());
    let mut put = |name: &str, amount: Quantity| {
        usage.insert(name, amount);
        if let Some(class) = class {
            usage.insert(format!("{class}{OF_CLASS}{name}"), amount);
        }
    };
    put("persistentvolumeclaims", count(1));
    let whole = |amount: &Quantity| Quantity::new(amount.value(), amount.format());
    let requested = claim.spec.resources.requests.get("storage").map(whole);
    let allocated = claim.status.allocated_resources.get("storage").map(whole);
    if let Some(requested) = requested {
        let most = allocated.filter(|allocated| *allocated > requested);
        put("requests.storage", most.unwrap_or(requested));
    }
}

fn attribute_classes(claim: &PersistentVolumeClaim) -> Vec<Str> {
    let status = &claim.status;
    let target = status.modify_volume_status.as_ref();
    let target = target.map(|target| &target.target_volume_attributes_class_name);
    let all = [
        claim.spec.volume_attributes_class_name.as_ref(),
        status.current_volume_attributes_class_name.as_ref(),
        target,
    ];
    let named = all.into_iter().flatten().filter(|name| !name.is_empty());
    named.cloned().collect()
}

fn charge_service(usage: &mut Amounts, service: &Service) {
    let spec = &service.spec;
    let ports = spec.ports.len();
    let balanced = spec.type_ == ServiceType::LOAD_BALANCER;
    let node_ports = if spec.type_ == ServiceType::NODE_PORT {
        ports
    } else if !balanced {
        0
    } else if spec.allocate_load_balancer_node_ports == Some(false) {
        spec.ports.iter().filter(|port| port.node_port != 0).count()
    } else {
        ports
    };
    usage.insert("services", count(1));
    usage.insert("services.loadbalancers", count(usize::from(balanced)));
    usage.insert("services.nodeports", count(node_ports));
}

impl Traits {
    fn of(pod: &PodSpec) -> Self {
        Self {
            terminating: pod
                .active_deadline_seconds
                .is_some_and(|seconds| seconds >= 0),
            best_effort: is_best_effort(pod),
            reaches_other_namespaces: reaches_other_namespaces(pod),
            priority_class: pod.priority_class_name.clone(),
            silent: silent(pod),
        }
    }

    fn matches(&self, scope: &ScopedResourceSelectorRequirement) -> bool {
        match scope.scope_name.as_str() {
            "Terminating" => self.terminating,
            "NotTerminating" => !self.terminating,
            "BestEffort" => self.best_effort,
            "NotBestEffort" => !self.best_effort,
            "PriorityClass" => {
                let class = Some(&self.priority_class);
                selects(scope, class.filter(|class| !class.is_empty()))
            }
            "CrossNamespacePodAffinity" => self.reaches_other_namespaces,
            _ => false,
        }
    }
}

/// Nobody, where the pod speaks for all of its containers.
fn silent(pod: &PodSpec) -> Vec<(Str, Vec<&'static str>)> {
    if pod.resources.is_some() {
        return Vec::new();
    }
    let containers = pod.containers.iter().chain(pod.init_containers.iter());
    let left_out = containers.map(|container| {
        let names = TO_BE_SAID.iter().copied();
        let names = names.filter(|name| !says(container, name)).collect();
        (container.name.clone(), names)
    });
    left_out
        .filter(|(_, names): &(Str, Vec<&str>)| !names.is_empty())
        .collect()
}

/// As label selectors do.
fn selects(scope: &ScopedResourceSelectorRequirement, value: Option<&Str>) -> bool {
    let listed = value.is_some_and(|value| scope.values.contains(value));
    match scope.operator.as_str() {
        "In" => listed,
        "NotIn" => !listed,
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        _ => false,
    }
}

/// Asks for nothing at all.
fn is_best_effort(pod: &PodSpec) -> bool {
    let own = pod.resources.iter().map(|resources| &**resources);
    let containers = pod.containers.iter().chain(pod.init_containers.iter());
    let mut all = own.chain(containers.map(|container| &container.resources));
    let asks = |list: &Amounts| {
        ["cpu", "memory"]
            .iter()
            .any(|name| list.get(*name).is_some_and(|amount| !amount.is_zero()))
    };
    !all.any(|resources| asks(&resources.requests) || asks(&resources.limits))
}

fn reaches_other_namespaces(pod: &PodSpec) -> bool {
    let Some(affinity) = &pod.affinity else {
        return false;
    };
    let other =
        |term: &PodAffinityTerm| !term.namespaces.is_empty() || term.namespace_selector.is_some();
    let near = affinity.pod_affinity.as_ref().is_some_and(|near| {
        let required = &near.required_during_scheduling_ignored_during_execution;
        let preferred = &near.preferred_during_scheduling_ignored_during_execution;
        required.iter().any(other) || preferred.iter().any(|one| other(&one.pod_affinity_term))
    });
    let far = affinity.pod_anti_affinity.as_ref().is_some_and(|far| {
        let required = &far.required_during_scheduling_ignored_during_execution;
        let preferred = &far.preferred_during_scheduling_ignored_during_execution;
        required.iter().any(other) || preferred.iter().any(|one| other(&one.pod_affinity_term))
    });
    near || far
}
