//! The containers of a pod, of whatever sort, in the order in which upstream visits them: init containers, containers, ephemeral ones.

use api::core::v1::{
    Container, ContainerPort, EnvVar, EphemeralContainerCommon, PodSpec, ResourceRequirements,
    SecurityContext, VolumeDevice,
};

/// What every sort of container has.
#[derive(Clone, Copy)]
pub(crate) enum AnyContainer<'p> {
    Full(&'p Container),
    Debug(&'p EphemeralContainerCommon),
}

macro_rules! shared {
    ($self:ident, $field:ident) => {
        match $self {
            Self::Full(container) => &container.$field,
            Self::Debug(container) => &container.$field,
        }
    };
}

impl<'p> AnyContainer<'p> {
    pub(crate) fn name(self) -> &'p str {
        shared!(self, name)
    }

    pub(crate) fn security_context(self) -> Option<&'p SecurityContext> {
        shared!(self, security_context).as_deref()
    }

    pub(crate) fn resources(self) -> &'p ResourceRequirements {
        shared!(self, resources)
    }

    pub(crate) fn env(self) -> &'p [EnvVar] {
        shared!(self, env)
    }

    pub(crate) fn ports(self) -> &'p [ContainerPort] {
        shared!(self, ports)
    }

    pub(crate) fn volume_devices(self) -> &'p [VolumeDevice] {
        shared!(self, volume_devices)
    }
}

/// Each container with the name of its list and its place there.
pub(crate) fn visit(
    spec: &PodSpec,
) -> impl Iterator<Item = (&'static str, usize, AnyContainer<'_>)> {
    let full =
        |list: &'static str| move |(index, container)| (list, index, AnyContainer::Full(container));
    let init = spec.init_containers.iter().enumerate();
    let containers = spec.containers.iter().enumerate();
    let debug = spec.ephemeral_containers.iter().enumerate();
    let debug = debug.map(|(index, one)| {
        let common = AnyContainer::Debug(&one.ephemeral_container_common);
        ("ephemeralContainers", index, common)
    });
    init.map(full("initContainers"))
        .chain(containers.map(full("containers")))
        .chain(debug)
}
