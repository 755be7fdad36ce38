//! ClusterRole: what may be done in every namespace, or outside of namespaces.

use super::rule;
use crate::selector;
use api::rbac::v1::ClusterRole;
use meta::{FieldErrors, FieldPath};
use resource::{Column, NameRule, RequestContext, Strategy};

pub(crate) struct ClusterRoles;

impl Strategy for ClusterRoles {
    type Object = ClusterRole;
    const NAME_RULE: NameRule = NameRule::PathSegment;
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const COLUMNS: &'static [Column<ClusterRole>] = &[Column::NAME, rule::created_at()];

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
            selector::check(errors, &path.index(index), selector);
        }
    }
}
