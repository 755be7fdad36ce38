//! What an update lets pass because the object was so already (`GetValidationOptionsFromPodSpecAndMeta` of `pkg/api/pod/util.go`): rules
//! that came later must not make stored objects unchangeable.

use super::{affinity, annotations, placement, resources, security};
use api::core::v1::{Container, PodSpec, PodTemplateSpec};
use meta::{FieldErrors, FieldPath, ObjectMeta};

/// Each is false for a new object.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lenient {
    /// The annotation of the deletion cost may be no number.
    pub(super) deletion_cost: bool,
    /// Selectors of pod affinity may hold values that no label has.
    pub(super) affinity_values: bool,
    /// Required node affinity may too.
    pub(super) node_affinity_values: bool,
    /// Huge pages may come in parts.
    pub(super) parts_of_huge_pages: bool,
    /// Selectors of topology spread constraints are not looked at.
    pub(super) spread_selectors: bool,
    /// Neither are their label keys.
    pub(super) spread_keys: bool,
    /// Sysctls of a namespace that is the host's are let through.
    pub(super) host_sysctls: bool,
    /// Projected tokens may have any path.
    pub(super) token_paths: bool,
    /// Any known SELinux policy may stand, not the default one alone.
    pub(super) selinux_policies: bool,
    /// Block devices may be used within a user namespace.
    pub(super) devices_in_user_namespace: bool,
    /// An image volume may name no image.
    pub(super) unnamed_images: bool,
    /// Init containers that run to their end may ask to be restarted when resized.
    pub(super) restarted_init: bool,
}

impl Lenient {
    /// As the old object demands.
    pub(crate) fn of(old: &PodSpec, metadata: &ObjectMeta) -> Self {
        let wrong = |check: &dyn Fn(&mut FieldErrors, &FieldPath)| {
            let mut errors = FieldErrors::new();
            check(&mut errors, &FieldPath::root());
            !errors.is_empty()
        };
        let context = old.security_context.as_ref();
        let images = old
            .volumes
            .iter()
            .filter_map(|v| v.volume_source.image.as_ref());
        Self {
            deletion_cost: annotations::deletion_cost(&metadata.annotations).is_none(),
            affinity_values: wrong(&|errors, _| affinity::check_selectors(errors, old)),
            node_affinity_values: affinity::has_bad_node_values(old),
            parts_of_huge_pages: resources::has_parts_of_huge_pages(old),
            spread_selectors: wrong(&|errors, path| placement::check_selectors(errors, path, old)),
            spread_keys: wrong(&|errors, path| placement::check_keys(errors, path, old)),
            host_sysctls: wrong(&|errors, path| security::check_host_sysctls(errors, path, old)),
            token_paths: old.volumes.iter().any(has_bad_token_path),
            selinux_policies: context
                .is_some_and(|context| context.se_linux_change_policy.is_some()),
            devices_in_user_namespace: old.host_users == Some(false) && has_devices(old),
            unnamed_images: images.into_iter().any(|image| image.reference.is_empty()),
            restarted_init: (old.init_containers.iter())
                .any(|container| resources::vain_restarts(container).next().is_some()),
        }
    }

    /// As the old template demands.
    pub(crate) fn of_template(old: &PodTemplateSpec) -> Self {
        Self::of(&old.spec, &old.metadata)
    }
}

fn has_bad_token_path(volume: &api::core::v1::Volume) -> bool {
    let projected = volume.volume_source.projected.as_ref();
    let sources = projected.iter().flat_map(|projected| &projected.sources);
    sources
        .filter_map(|source| source.service_account_token.as_ref())
        .any(|token| {
            let mut errors = FieldErrors::new();
            crate::rules::unreserved_path(&mut errors, &FieldPath::root(), &token.path);
            !errors.is_empty()
        })
}

fn has_devices(spec: &PodSpec) -> bool {
    let used = |container: &Container| !container.volume_devices.is_empty();
    let debug = spec.ephemeral_containers.iter();
    spec.containers.iter().any(used)
        || spec.init_containers.iter().any(used)
        || debug
            .map(|one| &one.ephemeral_container_common)
            .any(|one| !one.volume_devices.is_empty())
}
