//! Fields of features that are off by default in v1.36 (`DropDisabledPodFields` of `pkg/api/pod/util.go`): they are forgotten, unless the old
//! object already has them.

use api::core::v1::{Container, ContainerStatus, Lifecycle, PodSpec, PodStatus, VolumeProjection};

/// The spec of a pod or of a template.
pub(crate) fn drop_fields(new: &mut PodSpec, old: Option<&PodSpec>) {
    let used = |known: fn(&PodSpec) -> bool| old.is_some_and(known);
    if !used(has_stop_signals) {
        drop_stop_signals(new);
    }
    if !used(|old| has_source(old, |source| source.cluster_trust_bundle.is_some())) {
        each_source(new, |source| source.cluster_trust_bundle = None);
    }
    if !used(|old| has_source(old, |source| source.pod_certificate.is_some())) {
        each_source(new, |source| source.pod_certificate = None);
    }
    if !used(|old| old.scheduling_group.is_some()) {
        new.scheduling_group = None;
    }
}

/// The status.
pub(super) fn drop_reports(new: &mut PodStatus, old: &PodStatus) {
    if !all_statuses(old).any(has_volume_status) {
        let lists = [
            &mut new.container_statuses,
            &mut new.init_container_statuses,
            &mut new.ephemeral_container_statuses,
        ];
        let statuses = lists.into_iter().flatten();
        for mount in statuses.flat_map(|status| &mut status.volume_mounts) {
            mount.volume_status = None;
        }
    }
    if old.node_allocatable_resource_claim_statuses.is_empty() {
        new.node_allocatable_resource_claim_statuses.clear();
    }
}

fn all_statuses(status: &PodStatus) -> impl Iterator<Item = &ContainerStatus> {
    let containers = status.container_statuses.iter();
    let init = status.init_container_statuses.iter();
    containers
        .chain(init)
        .chain(&status.ephemeral_container_statuses)
}

fn has_volume_status(status: &ContainerStatus) -> bool {
    let mut mounts = status.volume_mounts.iter();
    mounts.any(|mount| mount.volume_status.is_some())
}

fn has_stop_signals(spec: &PodSpec) -> bool {
    let own = |lifecycle: Option<&Lifecycle>| lifecycle.is_some_and(|of| of.stop_signal.is_some());
    let of = |container: &Container| own(container.lifecycle.as_deref());
    let mut debug = spec.ephemeral_containers.iter();
    spec.containers.iter().any(of)
        || spec.init_containers.iter().any(of)
        || debug.any(|one| own(one.ephemeral_container_common.lifecycle.as_deref()))
}

fn drop_stop_signals(spec: &mut PodSpec) {
    let containers = spec.containers.iter_mut().chain(&mut spec.init_containers);
    let containers = containers.map(|container| &mut container.lifecycle);
    let debug = spec.ephemeral_containers.iter_mut();
    let debug = debug.map(|one| &mut one.ephemeral_container_common.lifecycle);
    for slot in containers.chain(debug) {
        let Some(lifecycle) = slot.as_mut() else {
            continue;
        };
        let signal = lifecycle.stop_signal.take();
        if signal.is_some() && lifecycle.post_start.is_none() && lifecycle.pre_stop.is_none() {
            *slot = None;
        }
    }
}

fn has_source(spec: &PodSpec, wanted: fn(&VolumeProjection) -> bool) -> bool {
    let projected = |volume: &api::core::v1::Volume| {
        let projected = volume.volume_source.projected.as_ref();
        projected.is_some_and(|projected| projected.sources.iter().any(wanted))
    };
    spec.volumes.iter().any(projected)
}

fn each_source(spec: &mut PodSpec, change: fn(&mut VolumeProjection)) {
    for volume in &mut spec.volumes {
        if let Some(projected) = &mut volume.volume_source.projected {
            projected.sources.iter_mut().for_each(change);
        }
    }
}
