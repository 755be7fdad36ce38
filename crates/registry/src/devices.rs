//! Group `resource.k8s.io`: devices that drivers publish and pods claim.

mod allocation;
mod capacity;
mod claim;
mod device;
pub(crate) mod device_class;
mod expression;
mod names;
pub(crate) mod resource_claim;
pub(crate) mod resource_claim_template;
pub(crate) mod resource_slice;
mod taints;

use api::core::v1::NodeSelector;
use meta::{FieldErrors, FieldPath};

/// False and too-many when a list is longer than it may be; nothing in it is looked at then.
fn fits(errors: &mut FieldErrors, path: &FieldPath, count: usize, count_max: usize) -> bool {
    if count > count_max {
        errors.too_many(path, count, count_max);
    }
    count <= count_max
}

fn check_node_selector(errors: &mut FieldErrors, path: &FieldPath, selector: &NodeSelector) {
    let path = path.child("nodeSelectorTerms");
    if selector.node_selector_terms.is_empty() {
        errors.required(&path, "must have at least one node selector term");
    }
    for (index, term) in selector.node_selector_terms.iter().enumerate() {
        crate::core::pod::validate::check_node_term(errors, &path.index(index), term, true);
    }
}
