//! What discovery and REST mapping must know of the served resources.

pub use crate::generated::resources::{GROUPS, RESOURCES};

/// An API group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupInfo {
    /// "" for core.
    pub name: &'static str,
    /// The preferred one first.
    pub versions: &'static [&'static str],
}

/// A resource of a group version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResourceInfo {
    /// "" for core.
    pub group: &'static str,
    /// Version in the group.
    pub version: &'static str,
    /// Name in paths.
    pub plural: &'static str,
    /// Name for one.
    pub singular: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// Whether objects live in namespaces.
    pub namespaced: bool,
    /// Sorted.
    pub verbs: &'static [&'static str],
    /// `po`.
    pub short_names: &'static [&'static str],
    /// `all`.
    pub categories: &'static [&'static str],
    /// By name.
    pub subresources: &'static [SubresourceInfo],
}

/// A subresource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubresourceInfo {
    /// Name in paths.
    pub name: &'static str,
    /// Of the kind; empty when it is that of the resource.
    pub group: &'static str,
    /// Of the kind; empty when it is that of the resource.
    pub version: &'static str,
    /// What is sent and answered.
    pub kind: &'static str,
    /// Sorted.
    pub verbs: &'static [&'static str],
}

impl ResourceInfo {
    /// The subresource of that name.
    #[must_use]
    pub fn subresource(&self, name: &str) -> Option<&'static SubresourceInfo> {
        let subresources: &'static [SubresourceInfo] = self.subresources;
        subresources
            .iter()
            .find(|subresource| subresource.name == name)
    }
    /// `group/version`, or the version alone for core.
    #[must_use]
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_owned()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }
}

/// The resource at a path.
#[must_use]
pub fn resource(group: &str, version: &str, plural: &str) -> Option<&'static ResourceInfo> {
    RESOURCES
        .iter()
        .find(|row| row.plural == plural && row.version == version && row.group == group)
}

/// The resource of a kind.
#[must_use]
pub fn resource_of_kind(group: &str, version: &str, kind: &str) -> Option<&'static ResourceInfo> {
    RESOURCES
        .iter()
        .find(|row| row.kind == kind && row.version == version && row.group == group)
}

/// The resources of a group version, by name.
pub fn resources_in(group: &str, version: &str) -> impl Iterator<Item = &'static ResourceInfo> {
    RESOURCES
        .iter()
        .filter(move |row| row.version == version && row.group == group)
}
