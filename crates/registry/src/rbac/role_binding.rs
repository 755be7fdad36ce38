//! RoleBinding: grants a role within a namespace.

use super::binding;
use api::rbac::v1::RoleBinding;
use meta::FieldErrors;
use resource::{Column, MetadataCheck, NameRule, RequestContext, Strategy};

pub(crate) struct RoleBindings;

impl Strategy for RoleBindings {
    type Object = RoleBinding;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const NAME_RULE: NameRule = NameRule::PathSegment;
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const COLUMNS: &'static [Column<RoleBinding>] = binding::columns!(RoleBinding);
    const GUIDES_ADMISSION: bool = true;

    fn set_defaults(&self, binding: &mut RoleBinding) {
        binding::set_defaults(&mut binding.role_ref, &mut binding.subjects);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, new: &RoleBinding) {
        binding::check(
            errors,
            &new.role_ref,
            &new.subjects,
            &["Role", "ClusterRole"],
            true,
        );
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &RoleBinding,
        old: &RoleBinding,
    ) {
        self.validate(cx, errors, new);
        binding::check_same_role(errors, &new.role_ref, &old.role_ref);
    }
}
