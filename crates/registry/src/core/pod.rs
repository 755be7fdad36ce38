//! Pod: containers that run together on one node.

mod actions;
mod amounts;
mod columns;
pub(crate) mod defaults;
pub(crate) mod disabled;
mod eviction;
mod prepare;
mod quality;
#[cfg(test)]
mod tests;
pub(crate) mod validate;
pub(crate) mod warnings;

use crate::networking::addresses::address_warning;
use api::core::v1::{Pod, PodCondition, PodPhase};
use meta::{DeleteOptions, FieldErrors, FieldPath, Str, Time, v1::TableRowCondition};
use resource::{
    Cell, Column, Connect, Generation, MetadataCheck, Now, Part, RequestContext, Strategy,
    Subresources, Upstream,
};

pub(crate) struct Pods;

impl Strategy for Pods {
    type Object = Pod;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const SHORT_NAMES: &'static [&'static str] = &["po"];
    const CATEGORIES: &'static [&'static str] = &["all"];
    const GENERATION: Generation = Generation::Content;
    const RETURNS_DELETED_OBJECT: bool = true;
    const FIELD_LABELS: &'static [&'static str] = &[
        "spec.nodeName",
        "spec.restartPolicy",
        "spec.schedulerName",
        "spec.serviceAccountName",
        "spec.hostNetwork",
        "status.phase",
        "status.podIP",
        "status.podIPs",
        "status.nominatedNodeName",
    ];
    const COLUMNS: &'static [Column<Pod>] = columns::COLUMNS;
    const OLDER_FIELD_LABELS: &'static [(&'static str, &'static str)] =
        &[("spec.host", "spec.nodeName")];
    const UPSTREAM: Upstream = Upstream {
        watched_by: "spec.nodeName",
        ..Upstream::USUAL
    };

    fn subresources(&self) -> Subresources<Pod> {
        Subresources::none()
            .status_with(
                |to: &mut Pod, from: &Pod| to.status = from.status.clone(),
                StatusPart,
            )
            .part("ephemeralcontainers", EphemeralContainers)
            .part("resize", Resize)
            .action("binding", actions::Bind)
            .action("eviction", eviction::Evict)
            .connect("attach", Connect::Attach)
            .connect("exec", Connect::Exec)
            .connect("log", Connect::Log)
            .connect("portforward", Connect::PortForward)
            .connect("proxy", Connect::Proxy)
    }

    fn set_defaults(&self, pod: &mut Pod) {
        defaults::pod(pod);
    }

    fn prepare_create(&self, cx: &RequestContext, new: &mut Pod) {
        prepare::create(cx, new);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &Pod) {
        validate::create(errors, new);
    }

    fn warnings_on_create(&self, _cx: &RequestContext, new: &Pod) -> Vec<String> {
        let name = warnings::of_name(&new.metadata.name, "the Pod's hostname");
        let others = warnings::of(&FieldPath::default(), &new.spec, &new.metadata);
        name.into_iter().chain(others).collect()
    }

    /// Mostly programs update pods, and nobody would read them.
    fn warnings_on_update(&self, _cx: &RequestContext, _new: &Pod, _old: &Pod) -> Vec<String> {
        Vec::new()
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut Pod, old: &Pod) {
        prepare::update(new, old);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Pod,
        old: &Pod,
    ) {
        validate::update(errors, new, old);
    }

    fn check_graceful_delete(
        &self,
        _cx: &RequestContext,
        pod: &Pod,
        options: &mut DeleteOptions,
    ) -> bool {
        let own = pod.spec.termination_grace_period_seconds;
        let asked = options.grace_period_seconds.or(own).unwrap_or(0);
        // Nobody has to stop a pod that never ran or that has ended.
        let ended = pod.status.phase == PodPhase::FAILED || pod.status.phase == PodPhase::SUCCEEDED;
        let seconds = match asked {
            _ if pod.spec.node_name.is_empty() || ended => 0,
            ..0 => 1,
            asked => asked,
        };
        options.grace_period_seconds = Some(seconds);
        true
    }

    fn selectable_field(&self, pod: &Pod, label: &str) -> Str {
        match label {
            "spec.nodeName" => pod.spec.node_name.clone(),
            "spec.restartPolicy" => pod.spec.restart_policy.clone(),
            "spec.schedulerName" => pod.spec.scheduler_name.clone(),
            "spec.serviceAccountName" => pod.spec.service_account_name.clone(),
            "spec.hostNetwork" => {
                if pod.spec.host_network {
                    "true".into()
                } else {
                    "false".into()
                }
            }
            "status.phase" => pod.status.phase.clone(),
            "status.podIP" | "status.podIPs" => pod.status.pod_ip.clone(),
            "status.nominatedNodeName" => pod.status.nominated_node_name.clone(),
            _ => Str::default(),
        }
    }

    fn cells(&self, pod: &Pod, now: &Now) -> Vec<Cell> {
        columns::cells(pod, now)
    }

    fn row_conditions(&self, pod: &Pod) -> Vec<TableRowCondition> {
        columns::row_conditions(pod)
    }
}

/// What kubelets and controllers report.
struct StatusPart;

impl Part<Pod> for StatusPart {
    fn prepare_update(&self, _cx: &RequestContext, new: &mut Pod, old: &Pod) {
        prepare::status(new, old);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Pod,
        old: &Pod,
    ) {
        validate::status_update(errors, new, old);
    }

    /// Addresses that are not in their usual form.
    fn warnings_on_update(&self, _cx: &RequestContext, new: &Pod, _old: &Pod) -> Vec<String> {
        let path = FieldPath::new("status");
        let pod = new.status.pod_ips.iter().map(|one| &one.ip).enumerate();
        let host = new.status.host_ips.iter().map(|one| &one.ip).enumerate();
        let pod = pod.map(|(index, ip)| (path.child("podIPs").index(index), ip));
        let host = host.map(|(index, ip)| (path.child("hostIPs").index(index), ip));
        let all = pod.chain(host);
        all.filter_map(|(path, ip)| address_warning(&path.child("ip"), ip))
            .collect()
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &[
            "spec",
            "metadata.deletionTimestamp",
            "metadata.ownerReferences",
        ]
    }
}

/// Debug containers: they can be added, never changed or removed.
struct EphemeralContainers;

impl Part<Pod> for EphemeralContainers {
    fn prepare_update(&self, _cx: &RequestContext, new: &mut Pod, old: &Pod) {
        prepare::ephemeral_containers(new, old);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Pod,
        old: &Pod,
    ) {
        validate::ephemeral_update(errors, new, old);
    }

    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[MetadataCheck::Changes, MetadataCheck::Whole]
    }

    /// What else a write changes is put back, and stays its writer's.
    fn reset_fields(&self) -> &'static [&'static str] {
        &[]
    }
}

/// Changes of resources in place.
struct Resize;

impl Part<Pod> for Resize {
    fn prepare_update(&self, _cx: &RequestContext, new: &mut Pod, old: &Pod) {
        prepare::resize(new, old);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Pod,
        old: &Pod,
    ) {
        validate::resize(errors, new, old);
    }

    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[MetadataCheck::Changes, MetadataCheck::Whole]
    }

    /// What else a write changes is put back, and stays its writer's.
    fn reset_fields(&self) -> &'static [&'static str] {
        &[]
    }
}

/// The moment of a condition's last change: kept when the status did not change.
pub(crate) fn transition(old: Option<&PodCondition>, status: &str, now: Time) -> Time {
    old.filter(|old| old.status == status)
        .map_or(now, |old| old.last_transition_time)
}
