//! The checks of the Pod Security Standards, in the order in which upstream tells of them: by name, the baseline's before the
//! restricted level's own.
mod baseline;
mod restricted;

use super::policy::{Bound, Level, Version};
use api::core::v1::{
    Capabilities, Container, EphemeralContainerCommon, Lifecycle, PodSpec, Probe, SecurityContext,
};
use meta::{ObjectMeta, Str};
use std::collections::BTreeSet;

/// What a pod may not do.
pub(super) struct Violation {
    pub(super) reason: &'static str,
    pub(super) detail: String,
}

/// What checks look at.
struct Subject<'p> {
    metadata: &'p ObjectMeta,
    spec: &'p PodSpec,
    version: Version,
    containers: Vec<Part<'p>>,
}

/// What all sorts of containers have.
struct Part<'p> {
    name: &'p Str,
    context: Option<&'p SecurityContext>,
    ports: &'p [api::core::v1::ContainerPort],
    probes: [Option<&'p Probe>; 3],
    lifecycle: Option<&'p Lifecycle>,
}

impl<'p> From<&'p Container> for Part<'p> {
    fn from(container: &'p Container) -> Self {
        Self {
            name: &container.name,
            context: container.security_context.as_deref(),
            ports: &container.ports,
            probes: [
                container.liveness_probe.as_deref(),
                container.readiness_probe.as_deref(),
                container.startup_probe.as_deref(),
            ],
            lifecycle: container.lifecycle.as_deref(),
        }
    }
}

impl<'p> From<&'p EphemeralContainerCommon> for Part<'p> {
    fn from(container: &'p EphemeralContainerCommon) -> Self {
        Self {
            name: &container.name,
            context: container.security_context.as_deref(),
            ports: &container.ports,
            probes: [
                container.liveness_probe.as_deref(),
                container.readiness_probe.as_deref(),
                container.startup_probe.as_deref(),
            ],
            lifecycle: container.lifecycle.as_deref(),
        }
    }
}

type Check = fn(&Subject<'_>) -> Option<Violation>;

/// A check, the version that it came with, and the version from which a check of the restricted level stands in for it there.
struct Row {
    check: Check,
    since: u32,
    until_restricted: Option<u32>,
}

const fn row(check: Check, since: u32) -> Row {
    Row {
        check,
        since,
        until_restricted: None,
    }
}

const fn replaced(check: Check, since: u32, by: u32) -> Row {
    Row {
        check,
        since,
        until_restricted: Some(by),
    }
}

const BASELINE: &[Row] = &[
    row(baseline::app_armor, 0),
    replaced(baseline::capabilities, 0, 22),
    row(baseline::host_namespaces, 0),
    replaced(baseline::host_path_volumes, 0, 0),
    row(baseline::host_ports, 0),
    row(baseline::host_probes, 34),
    row(baseline::privileged, 0),
    replaced(baseline::proc_mount, 0, 35),
    row(baseline::se_linux, 0),
    replaced(baseline::seccomp, 0, 19),
    row(baseline::sysctls, 0),
    row(baseline::windows_host_process, 0),
];

const RESTRICTED: &[Row] = &[
    row(restricted::privilege_escalation, 8),
    row(restricted::capabilities, 22),
    row(restricted::proc_mount, 35),
    row(restricted::volumes, 0),
    row(restricted::run_as_non_root, 0),
    row(restricted::run_as_user, 23),
    row(restricted::seccomp, 19),
];

/// Everything that a bound says against a pod.
pub(super) fn run(bound: Bound, metadata: &ObjectMeta, spec: &PodSpec) -> Vec<Violation> {
    if bound.level == Level::Privileged {
        return Vec::new();
    }
    let init = spec.init_containers.iter().map(Part::from);
    let own = spec.containers.iter().map(Part::from);
    let ephemeral = spec.ephemeral_containers.iter();
    let ephemeral = ephemeral.map(|one| Part::from(&one.ephemeral_container_common));
    let subject = Subject {
        metadata,
        spec,
        version: bound.version,
        containers: init.chain(own).chain(ephemeral).collect(),
    };
    let restricted = bound.level == Level::Restricted;
    let stands = |row: &&Row| {
        let replaced = row.until_restricted.is_some_and(|by| bound.version.has(by));
        bound.version.has(row.since) && !(restricted && replaced)
    };
    let more: &[Row] = if restricted { RESTRICTED } else { &[] };
    let rows = BASELINE.iter().chain(more).filter(stands);
    rows.filter_map(|row| (row.check)(&subject)).collect()
}

impl<'p> Subject<'p> {
    /// The names of the containers that `bad` holds for.
    fn names(&self, bad: impl Fn(&Part<'p>) -> bool) -> Vec<&'p str> {
        let all = self.containers.iter().filter(|part| bad(part));
        all.map(|part| part.name.as_str()).collect()
    }

    fn is_windows(&self) -> bool {
        self.spec.os.as_ref().is_some_and(|os| os.name == "windows")
    }

    /// Root in a user namespace is nobody outside of it: from v1.35 on, that counts.
    fn has_own_users(&self) -> bool {
        self.version.has(35) && self.spec.host_users == Some(false)
    }
}

impl<'p> Part<'p> {
    fn capabilities(&self) -> Option<&'p Capabilities> {
        self.context
            .and_then(|context| context.capabilities.as_deref())
    }
}

/// `"a", "b"`
fn quoted<'s>(items: impl IntoIterator<Item = &'s str>) -> String {
    let items: Vec<String> = items
        .into_iter()
        .map(|item| format!("\"{item}\""))
        .collect();
    items.join(", ")
}

const fn plural<'s>(one: &'s str, more: &'s str, count: usize) -> &'s str {
    if count == 1 { one } else { more }
}

/// `containers "a", "b"`
fn containers(names: &[&str]) -> String {
    let word = plural("container", "containers", names.len());
    format!("{word} {}", quoted(names.iter().copied()))
}

/// `pod and container "a"`: who sets something. Nothing when nobody does.
fn setters(pod: bool, names: &[&str]) -> Option<String> {
    let own = pod.then(|| "pod".to_owned());
    let theirs = (!names.is_empty()).then(|| containers(names));
    let all: Vec<String> = own.into_iter().chain(theirs).collect();
    (!all.is_empty()).then(|| all.join(" and "))
}

type Set = BTreeSet<String>;

fn quoted_set(set: &Set) -> String {
    quoted(set.iter().map(String::as_str))
}
