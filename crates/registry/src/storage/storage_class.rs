//! StorageClass: how volumes are made for claims.

use super::parameters;
use crate::{core::node_labels, rules};
use api::{core::v1::TopologySelectorTerm, storage::v1::StorageClass};
use meta::{FieldErrors, FieldPath, Str};
use resource::{Column, MetadataCheck, RequestContext, Strategy};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct StorageClasses;

const POLICIES: &[&str] = &["Delete", "Retain"];
const MODES: &[&str] = &["Immediate", "WaitForFirstConsumer"];

impl Strategy for StorageClasses {
    type Object = StorageClass;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const RETURNS_DELETED_OBJECT: bool = true;
    const SHORT_NAMES: &'static [&'static str] = &["sc"];
    const COLUMNS: &'static [Column<StorageClass>] = &[
        Column {
            cell: |class, _| name(class).into(),
            ..Column::NAME
        },
        Column::text(
            "Provisioner",
            "Who makes the volumes.",
            |class: &StorageClass, _| class.provisioner.as_str().into(),
        ),
        Column::text(
            "ReclaimPolicy",
            "What happens to a volume that is released.",
            |class: &StorageClass, _| class.reclaim_policy.as_deref().unwrap_or("Delete").into(),
        ),
        Column::text(
            "VolumeBindingMode",
            "When a claim is bound.",
            |class: &StorageClass, _| {
                let mode = class.volume_binding_mode.as_deref();
                mode.unwrap_or("Immediate").into()
            },
        ),
        Column::text(
            "AllowVolumeExpansion",
            "Whether claims may grow.",
            |class: &StorageClass, _| class.allow_volume_expansion.unwrap_or(false).into(),
        ),
        Column::AGE,
    ];
    const GUIDES_ADMISSION: bool = true;

    fn set_defaults(&self, class: &mut StorageClass) {
        class.reclaim_policy.get_or_insert_with(|| "Delete".into());
        let mode = &mut class.volume_binding_mode;
        mode.get_or_insert_with(|| "Immediate".into());
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, class: &StorageClass) {
        let path = |name: &str| FieldPath::new(name);
        parameters::check_provisioner(errors, &path("provisioner"), &class.provisioner);
        parameters::check(errors, &path("parameters"), &class.parameters);
        let policy = class.reclaim_policy.as_ref();
        let policy = policy.filter(|policy| !policy.is_empty());
        rules::optional_one_of(errors, &path("reclaimPolicy"), policy, POLICIES);
        let mode = class.volume_binding_mode.as_ref();
        rules::optional_one_of(errors, &path("volumeBindingMode"), mode, MODES);
        check_topologies(errors, &class.allowed_topologies);
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &StorageClass,
        old: &StorageClass,
    ) {
        self.validate(cx, errors, new);
        let path = |name: &str| FieldPath::new(name);
        if new.parameters != old.parameters {
            errors.immutable(&path("parameters"), &new.parameters);
        }
        if new.provisioner != old.provisioner {
            errors.immutable(&path("provisioner"), &new.provisioner);
        }
        if new.reclaim_policy != old.reclaim_policy {
            errors.immutable(&path("reclaimPolicy"), &new.reclaim_policy);
        }
        if new.volume_binding_mode != old.volume_binding_mode {
            errors.immutable(&path("volumeBindingMode"), &new.volume_binding_mode);
        }
    }

    fn warnings_on_create(&self, _cx: &RequestContext, class: &StorageClass) -> Vec<String> {
        let mut warnings = Vec::new();
        for (index, term) in class.allowed_topologies.iter().enumerate() {
            let path = FieldPath::new("allowedTopologies").index(index);
            for (index, expression) in term.match_label_expressions.iter().enumerate() {
                if let Some(words) = node_labels::renamed(&expression.key) {
                    let path = path.child("matchLabelExpressions").index(index);
                    warnings.push(format!("{}: {words}", path.child("key")));
                }
            }
        }
        warnings
    }
}

/// The default class is marked.
fn name(class: &StorageClass) -> String {
    let marks = [
        "storageclass.kubernetes.io/is-default-class",
        "storageclass.beta.kubernetes.io/is-default-class",
    ];
    let annotations = &class.metadata.annotations;
    let name = &class.metadata.name;
    if marks
        .iter()
        .any(|mark| annotations.get(*mark).is_some_and(|value| value == "true"))
    {
        format!("{name} (default)")
    } else {
        name.to_string()
    }
}

/// No two terms say the same.
fn check_topologies(errors: &mut FieldErrors, terms: &[TopologySelectorTerm]) {
    let mut seen: Vec<BTreeMap<&Str, BTreeSet<&Str>>> = Vec::new();
    for (index, term) in terms.iter().enumerate() {
        let path = FieldPath::new("allowedTopologies").index(index);
        let path = path.child("matchLabelExpressions");
        let map = check_term(errors, &path, term);
        // Upstream's list begins with as many empty maps as there are terms.
        let empty = if map.is_empty() { terms.len() } else { 0 };
        for _ in 0..empty + seen.iter().filter(|one| **one == map).count() {
            errors.duplicate(&path, "");
        }
        seen.push(map);
    }
}

fn check_term<'t>(
    errors: &mut FieldErrors,
    path: &FieldPath,
    term: &'t TopologySelectorTerm,
) -> BTreeMap<&'t Str, BTreeSet<&'t Str>> {
    let mut map = BTreeMap::new();
    for (index, expression) in term.match_label_expressions.iter().enumerate() {
        let path = path.index(index);
        let values = path.child("values");
        let mut set = BTreeSet::new();
        if expression.values.is_empty() {
            errors.required(&values, "");
        }
        for (index, value) in expression.values.iter().enumerate() {
            if !set.insert(value) {
                errors.duplicate(&values.index(index), value);
            }
        }
        rules::qualified_name(errors, &path.child("key"), &expression.key);
        if map.insert(&expression.key, set).is_some() {
            errors.duplicate(&path.child("key"), &expression.key);
        }
    }
    map
}
