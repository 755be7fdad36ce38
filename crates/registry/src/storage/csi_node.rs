//! CSINode: the storage drivers of a node.

use crate::{core::csi, rules};
use api::storage::v1::{CSINode, CSINodeDriver};
use meta::{FieldErrors, FieldPath, Str, Verbatim};
use resource::{Column, MetadataCheck, RequestContext, Strategy};
use std::collections::HashSet;

pub(crate) struct CSINodes;

const ID_BYTES_MAX: usize = 256;

impl Strategy for CSINodes {
    type Object = CSINode;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Whole];
    const RETURNS_DELETED_OBJECT: bool = true;
    const ALLOW_UNCONDITIONAL_UPDATE: bool = false;
    const COLUMNS: &'static [Column<CSINode>] = &[
        Column::NAME,
        Column::integer(
            "Drivers",
            "Drivers indicates the number of CSI drivers registered on the node",
            |node: &CSINode, _| node.spec.drivers.len().into(),
        ),
        Column::AGE,
    ];

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, node: &CSINode) {
        let path = FieldPath::new("spec.drivers");
        let mut names = HashSet::new();
        for (index, driver) in node.spec.drivers.iter().enumerate() {
            check(errors, &path.index(index), driver, &mut names);
        }
    }

    /// Of a driver that stays, only what it can take may change.
    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &CSINode,
        old: &CSINode,
    ) {
        self.validate(cx, errors, new);
        let path = FieldPath::new("spec.drivers");
        for old in old.spec.drivers.iter() {
            let same = new.spec.drivers.iter().filter(|new| new.name == old.name);
            for new in same {
                let [new, old] = [new, old].map(|driver| CSINodeDriver {
                    allocatable: None,
                    ..driver.clone()
                });
                if new != old {
                    let shown = crate::core::pod::validate::internal_form(&new);
                    errors.immutable(&path, Verbatim(&shown));
                }
            }
        }
    }
}

fn check<'d>(
    errors: &mut FieldErrors,
    path: &FieldPath,
    driver: &'d CSINodeDriver,
    names: &mut HashSet<&'d Str>,
) {
    csi::check_driver_name(errors, &path.child("name"), &driver.name);
    let id = path.child("nodeID");
    rules::required(errors, &id, &driver.node_id);
    if driver.node_id.len() > ID_BYTES_MAX {
        let words = format!("must be {ID_BYTES_MAX} characters or less");
        errors.invalid(&id, &driver.node_id, words);
    }
    let count = driver.allocatable.as_ref().and_then(|room| room.count);
    if let Some(count) = count {
        let path = path.child("allocatable").child("count");
        rules::not_negative(errors, &path, count.into());
    }
    if !names.insert(&driver.name) {
        errors.duplicate(&path.child("name"), &driver.name);
    }
    let mut keys = HashSet::new();
    for key in driver.topology_keys.iter() {
        rules::required(errors, path, key);
        if !keys.insert(key) {
            errors.duplicate(path, key);
        }
        rules::qualified_name(errors, path, key);
    }
}
