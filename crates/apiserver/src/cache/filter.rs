//! [`Filter`]: what one list or watch selects.
use super::Entry;
use meta::{Str, labels};

/// Namespace, name, labels and fields. The default selects everything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Empty for all.
    pub(crate) namespace: Str,
    pub(crate) name: Option<Str>,
    pub(crate) labels: Option<labels::Selector>,
    pub(crate) fields: Vec<FieldRequirement>,
}

/// `field=value` or `field!=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldRequirement {
    pub(crate) field: Field,
    pub(crate) equal: bool,
    pub(crate) value: Str,
}

/// What a requirement looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Name,
    Namespace,
    /// Position in the resource's field labels.
    Selectable(usize),
}

impl Filter {
    pub(crate) fn in_namespace(namespace: &str) -> Self {
        Self {
            namespace: Str::from(namespace),
            ..Self::default()
        }
    }

    pub(crate) fn matches(&self, entry: &Entry) -> bool {
        (self.namespace.is_empty() || entry.namespace() == self.namespace)
            && self.matches_in_namespace(entry)
    }

    /// The same for an entry that is known to be in the namespace.
    pub(crate) fn matches_in_namespace(&self, entry: &Entry) -> bool {
        self.name.as_ref().is_none_or(|name| entry.name() == name)
            && self
                .fields
                .iter()
                .all(|requirement| requirement.matches(entry))
            && self
                .labels
                .as_ref()
                .is_none_or(|labels| labels.matches(entry.labels()))
    }

    /// Whether more than a namespace is selected by.
    pub(crate) fn is_selective(&self) -> bool {
        self.name.is_some() || self.labels.is_some() || !self.fields.is_empty()
    }

    /// The one name that can match.
    pub(crate) fn only_name(&self) -> Option<&Str> {
        let is_name = |r: &&FieldRequirement| r.field == Field::Name && r.equal;
        let by_field = self.fields.iter().find(is_name).map(|r| &r.value);
        self.name.as_ref().or(by_field)
    }

    /// A field that must have one value: watchers with such a filter are woken by that value only.
    pub(crate) fn trigger(&self) -> Option<(usize, Str)> {
        self.fields
            .iter()
            .find_map(|requirement| match requirement.field {
                Field::Selectable(index) if requirement.equal => {
                    Some((index, requirement.value.clone()))
                }
                _ => None,
            })
    }
}

impl FieldRequirement {
    fn matches(&self, entry: &Entry) -> bool {
        let value = match self.field {
            Field::Name => entry.name(),
            Field::Namespace => entry.namespace(),
            Field::Selectable(index) => entry.fields().get(index).map_or("", Str::as_str),
        };
        (value == self.value) == self.equal
    }
}
