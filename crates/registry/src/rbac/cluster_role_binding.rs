//! ClusterRoleBinding: grants a role in the whole cluster.

use super::binding;
use api::rbac::v1::ClusterRoleBinding;
use meta::FieldErrors;
use resource::{Column, MetadataCheck, NameRule, RequestContext, Strategy};

pub(crate) struct ClusterRoleBindings;

impl Strategy for ClusterRoleBindings {
    type Object = ClusterRoleBinding;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const NAME_RULE: NameRule = NameRule::PathSegment;
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const COLUMNS: &'static [Column<ClusterRoleBinding>] = binding::columns!(ClusterRoleBinding);
    const GUIDES_ADMISSION: bool = true;

    fn set_defaults(&self, binding: &mut ClusterRoleBinding) {
        binding::set_defaults(&mut binding.role_ref, &mut binding.subjects);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &ClusterRoleBinding) {
        binding::check(
            errors,
            &new.role_ref,
            &new.subjects,
            &["ClusterRole"],
            false,
        );
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &ClusterRoleBinding,
        old: &ClusterRoleBinding,
    ) {
        self.validate(cx, errors, new);
        binding::check_same_role(errors, &new.role_ref, &old.role_ref);
    }
}
