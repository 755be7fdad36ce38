//! A definition as upstream's rules see it: what is the same in all versions stands at the top of `spec`, and in no version. Errors
//! name the fields there (`spec.validation.openAPIV3Schema…` of a definition with one version).
//!
//! Source: the conversion to the internal version in `k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/conversion.go`.

use super::show::Show;
use api::apiextensions::v1::{
    CustomResourceColumnDefinition, CustomResourceDefinitionSpec, CustomResourceDefinitionVersion,
    CustomResourceSubresources, CustomResourceValidation, SelectableField,
};

/// The parts of a definition that a version may have of its own. Lists show whether they were given.
#[derive(Clone, Copy, Default)]
pub(super) struct Parts<'a> {
    pub(super) schema: Option<&'a CustomResourceValidation>,
    pub(super) subresources: Option<&'a CustomResourceSubresources>,
    pub(super) columns: Option<&'a [CustomResourceColumnDefinition]>,
    pub(super) selectable_fields: Option<&'a [SelectableField]>,
}

impl<'a> Parts<'a> {
    pub(super) fn columns(&self) -> &'a [CustomResourceColumnDefinition] {
        self.columns.unwrap_or_default()
    }
    pub(super) fn selectable_fields(&self) -> &'a [SelectableField] {
        self.selectable_fields.unwrap_or_default()
    }
}

pub(super) struct Hub<'a> {
    pub(super) spec: &'a CustomResourceDefinitionSpec,
    /// What all versions share.
    pub(super) shared: Parts<'a>,
    pub(super) versions: Vec<(&'a CustomResourceDefinitionVersion, Parts<'a>)>,
}

impl<'a> Hub<'a> {
    pub(super) fn new(spec: &'a CustomResourceDefinitionSpec) -> Self {
        let mut versions: Vec<_> = spec
            .versions
            .iter()
            .map(|version| (version, parts_of(version)))
            .collect();
        let mut shared = Parts::default();
        if let Some((_, first)) = versions.first().copied() {
            let all = |same: fn(&Parts<'_>, &Parts<'_>) -> bool| {
                versions.iter().all(|(_, parts)| same(parts, &first))
            };
            let schema = all(|one, other| one.schema == other.schema);
            let subresources = all(|one, other| one.subresources == other.subresources);
            let columns = all(|one, other| one.columns() == other.columns());
            let fields = all(|one, other| one.selectable_fields() == other.selectable_fields());
            for (_, parts) in &mut versions {
                take(schema, &mut parts.schema, &mut shared.schema);
                take(
                    subresources,
                    &mut parts.subresources,
                    &mut shared.subresources,
                );
                take(columns, &mut parts.columns, &mut shared.columns);
                take(
                    fields,
                    &mut parts.selectable_fields,
                    &mut shared.selectable_fields,
                );
            }
        }
        Self {
            spec,
            shared,
            versions,
        }
    }

    /// The schema of a version; none when there is no such version. While versions share a schema it is that of any name.
    pub(super) fn schema_of(&self, version: &str) -> Option<Option<&'a CustomResourceValidation>> {
        if !self.versions.iter().any(|(_, own)| own.schema.is_some()) {
            return Some(self.shared.schema);
        }
        let mut versions = self.versions.iter();
        versions
            .find(|(known, _)| known.name == version)
            .map(|(_, own)| own.schema)
    }

    /// Whether a version has the status subresource.
    pub(super) fn has_status(&self, version: &str) -> bool {
        let subresources = if self
            .versions
            .iter()
            .any(|(_, own)| own.subresources.is_some())
        {
            let mut versions = self.versions.iter();
            let found = versions.find(|(known, _)| known.name == version);
            found.and_then(|(_, own)| own.subresources)
        } else {
            self.shared.subresources
        };
        subresources.is_some_and(|subresources| subresources.status.is_some())
    }

    pub(super) fn has_any_status(&self) -> bool {
        let parts = std::iter::once(&self.shared).chain(self.versions.iter().map(|(_, own)| own));
        parts
            .filter_map(|parts| parts.subresources)
            .any(|subresources| subresources.status.is_some())
    }

    /// The versions as upstream prints them in errors.
    pub(super) fn show_versions(&self) -> String {
        let mut out = String::new();
        if self.spec.versions.is_nil() {
            return "null".to_owned();
        }
        out.push('[');
        for (index, (version, own)) in self.versions.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            let shown = ShownVersion { version, own };
            shown.show(&mut out);
        }
        out.push(']');
        out
    }
}

fn parts_of(version: &CustomResourceDefinitionVersion) -> Parts<'_> {
    Parts {
        schema: version.schema.as_deref(),
        subresources: version.subresources.as_deref(),
        columns: version.additional_printer_columns.as_option(),
        selectable_fields: version.selectable_fields.as_option(),
    }
}

fn take<T: Default>(shared: bool, own: &mut T, top: &mut T) {
    if shared {
        *top = std::mem::take(own);
    }
}

/// A version with what it has of its own.
pub(super) struct ShownVersion<'a> {
    pub(super) version: &'a CustomResourceDefinitionVersion,
    pub(super) own: &'a Parts<'a>,
}
