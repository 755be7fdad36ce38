//! Since when each kind of each version is served, is deprecated, and until when: the deprecation policy as a table. Releases are
//! counted by their minor number: 22 is v1.22.

use crate::generated::lives::LIVES;

/// The release whose tables these are.
pub const RELEASE: u16 = 36;

/// The life of a kind in one version of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// "" for core.
    pub group: &'static str,
    pub version: &'static str,
    pub kind: &'static str,
    /// The first release that serves it.
    pub introduced: u16,
    /// The first release that warns.
    pub deprecated: Option<u16>,
    /// The first release that does not serve it any more.
    pub removed: Option<u16>,
    /// Group, version and kind to use instead.
    pub replacement: Option<(&'static str, &'static str, &'static str)>,
}

/// Those whose types upstream's sources hold no longer. From the deprecation guide.
static FORGOTTEN: &[Life] = &[
    forgotten(
        "autoscaling",
        "v2beta1",
        "HorizontalPodAutoscaler",
        8,
        22,
        25,
    )
    .replaced("autoscaling", "v2", "HorizontalPodAutoscaler"),
    forgotten(
        "autoscaling",
        "v2beta2",
        "HorizontalPodAutoscaler",
        12,
        23,
        26,
    )
    .replaced("autoscaling", "v2", "HorizontalPodAutoscaler"),
    forgotten("batch", "v2alpha1", "CronJob", 5, 8, 21).replaced("batch", "v1", "CronJob"),
    forgotten("extensions", "v1beta1", "PodSecurityPolicy", 3, 11, 16),
    forgotten("policy", "v1beta1", "PodSecurityPolicy", 10, 21, 25),
    forgotten("scheduling.k8s.io", "v1alpha1", "PriorityClass", 8, 14, 22).replaced(
        "scheduling.k8s.io",
        "v1",
        "PriorityClass",
    ),
];

const fn forgotten(
    group: &'static str,
    version: &'static str,
    kind: &'static str,
    introduced: u16,
    deprecated: u16,
    removed: u16,
) -> Life {
    Life {
        group,
        version,
        kind,
        introduced,
        deprecated: Some(deprecated),
        removed: Some(removed),
        replacement: None,
    }
}

impl Life {
    const fn replaced(
        mut self,
        group: &'static str,
        version: &'static str,
        kind: &'static str,
    ) -> Self {
        self.replacement = Some((group, version, kind));
        self
    }
}

/// The life of a kind; none for kinds that upstream never had, or whose life has no dates (`v1` types that came with it).
#[must_use]
pub fn life(group: &str, version: &str, kind: &str) -> Option<&'static Life> {
    let mut lives = LIVES.iter().chain(FORGOTTEN);
    lives.find(|life| life.group == group && life.version == version && life.kind == kind)
}

/// Whether the group is one of upstream's own, so that a kind which is not in the tables does not exist.
#[must_use]
pub fn is_builtin(group: &str) -> bool {
    crate::discovery::GROUPS
        .iter()
        .map(|known| known.name)
        .chain(LIVES.iter().chain(FORGOTTEN).map(|life| life.group))
        .any(|known| known == group)
}

#[cfg(test)]
mod tests;
