//! ClusterRole: what may be done in every namespace, or outside of namespaces.

use super::rule;
use crate::{rules, selector};
use api::rbac::v1::ClusterRole;
use meta::{FieldErrors, FieldPath, labels::Selector};
use resource::{Column, MetadataCheck, NameRule, RequestContext, Strategy};

pub(crate) struct ClusterRoles;

impl Strategy for ClusterRoles {
    type Object = ClusterRole;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const NAME_RULE: NameRule = NameRule::PathSegment;
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const COLUMNS: &'static [Column<ClusterRole>] = &[Column::NAME, Column::CREATED_AT];
    const GUIDES_ADMISSION: bool = true;

    fn canonicalize(&self, role: &mut ClusterRole) {
        rules::forget_empty(&mut role.rules);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, role: &ClusterRole) {
        rule::check_all(errors, &role.rules, false);
        let Some(aggregation) = &role.aggregation_rule else {
            return;
        };
        let path = FieldPath::new("aggregationRule").child("clusterRoleSelectors");
        if aggregation.cluster_role_selectors.is_empty() {
            errors.required(
                &path,
                "at least one clusterRoleSelector required if aggregationRule is non-nil",
            );
        }
        for (index, selector) in aggregation.cluster_role_selectors.iter().enumerate() {
            let path = path.index(index);
            selector::check(errors, &path, selector);
            if Selector::from_label_selector(Some(selector)).is_err() {
                // Upstream prints the selector that it could not make.
                errors.invalid(&path, meta::Verbatim("null"), "invalid label selector.");
            }
        }
    }
}
