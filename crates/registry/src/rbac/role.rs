//! Role: what may be done in a namespace.

use super::rule;
use crate::rules;
use api::rbac::v1::Role;
use meta::FieldErrors;
use resource::{Column, MetadataCheck, NameRule, RequestContext, Strategy};

pub(crate) struct Roles;

impl Strategy for Roles {
    type Object = Role;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const NAME_RULE: NameRule = NameRule::PathSegment;
    const ALLOW_CREATE_ON_UPDATE: bool = true;
    const COLUMNS: &'static [Column<Role>] = &[Column::NAME, Column::CREATED_AT];
    const GUIDES_ADMISSION: bool = true;

    fn canonicalize(&self, role: &mut Role) {
        rules::forget_empty(&mut role.rules);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, role: &Role) {
        rule::check_all(errors, &role.rules, true);
    }
}
