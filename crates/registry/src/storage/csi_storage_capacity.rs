//! CSIStorageCapacity: how much room a driver has for a class in a part of the cluster.

use crate::{core::node_labels, rules, selector};
use api::storage::v1::CSIStorageCapacity;
use meta::{FieldErrors, FieldPath, Json};
use resource::{Column, MetadataCheck, RequestContext, Strategy};

pub(crate) struct CSIStorageCapacities;

impl Strategy for CSIStorageCapacities {
    type Object = CSIStorageCapacity;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const COLUMNS: &'static [Column<CSIStorageCapacity>] = &[Column::NAME, Column::CREATED_AT];

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &CSIStorageCapacity) {
        if let Some(topology) = &new.node_topology {
            selector::check(errors, &FieldPath::new("nodeTopology"), topology);
        }
        let path = FieldPath::new("storageClassName");
        rules::subdomain(errors, &path, &new.storage_class_name);
        if let Some(room) = new.capacity.as_ref().filter(|room| room.sign() < 0) {
            let words = "must be greater than or equal to 0";
            errors.invalid(&FieldPath::new("capacity"), room, words);
        }
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &CSIStorageCapacity,
        old: &CSIStorageCapacity,
    ) {
        self.validate(cx, errors, new);
        if new.node_topology != old.node_topology {
            let shown = new.node_topology.as_deref().map(|topology| Json(topology));
            errors.immutable(&FieldPath::new("nodeTopology"), shown);
        }
        if new.storage_class_name != old.storage_class_name {
            let path = FieldPath::new("storageClassName");
            errors.immutable(&path, &new.storage_class_name);
        }
    }

    fn warnings_on_create(&self, _cx: &RequestContext, new: &CSIStorageCapacity) -> Vec<String> {
        let Some(topology) = &new.node_topology else {
            return Vec::new();
        };
        let mut warnings = Vec::new();
        let path = FieldPath::new("nodeTopology");
        for (index, requirement) in topology.match_expressions.iter().enumerate() {
            if let Some(words) = node_labels::renamed(&requirement.key) {
                let path = path.child("matchExpressions").index(index).child("key");
                warnings.push(format!("{path}: {} is {words}", requirement.key));
            }
        }
        for key in topology.match_labels.keys() {
            if let Some(words) = node_labels::renamed(key) {
                let path = path.child("matchLabels").child(key);
                warnings.push(format!("{path}: {words}"));
            }
        }
        warnings
    }
}
