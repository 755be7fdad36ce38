//! IPAddress: an address that is taken, and by whom. Service allocation makes one for each address that it hands out.

#[cfg(test)]
mod tests;

use super::{addresses, reference};
use crate::{core::pod::validate::internal_form, rules};
use api::networking::v1::{IPAddress, ParentReference};
use meta::{FieldErrors, FieldPath, Verbatim, validation};
use resource::{Cell, Column, MetadataCheck, NameRule, Now, RequestContext, Strategy};

pub(crate) struct IPAddresses;

impl Strategy for IPAddresses {
    type Object = IPAddress;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const SHORT_NAMES: &'static [&'static str] = &["ip"];
    const NAME_RULE: NameRule = NameRule::Custom(|name, _| addresses::strict_problems(name));
    const COLUMNS: &'static [Column<IPAddress>] = &[
        Column::NAME,
        Column::text(
            "ParentRef",
            "The object that has the address.",
            |address: &IPAddress, _| {
                let parent = address.spec.parent_ref.as_deref();
                parent.map_or("<none>".to_owned(), parent_name).into()
            },
        ),
    ];

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, address: &IPAddress) {
        let path = FieldPath::new("spec.parentRef");
        match &address.spec.parent_ref {
            None => errors.required(&path, ""),
            Some(parent) => check_parent(errors, &path, parent),
        }
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &IPAddress,
        old: &IPAddress,
    ) {
        self.validate(cx, errors, new);
        if new.spec.parent_ref != old.spec.parent_ref {
            let parent = new.spec.parent_ref.as_deref();
            let shown = parent.map(|parent| internal_form(parent));
            let shown = shown.as_deref().map(Verbatim);
            errors.immutable(&FieldPath::new("spec.parentRef"), shown);
        }
    }

    /// Upstream's rows have the age too, for which it defines no column.
    fn cells(&self, address: &IPAddress, now: &Now) -> Vec<Cell> {
        let columns = Self::COLUMNS.iter().chain([&Column::AGE]);
        columns.map(|column| (column.cell)(address, now)).collect()
    }
}

/// `services/default/web`, with the group behind the resource where it has one.
fn parent_name(parent: &ParentReference) -> String {
    let resource = if parent.group.is_empty() {
        parent.resource.to_string()
    } else {
        format!("{}.{}", parent.resource, parent.group)
    };
    if parent.namespace.is_empty() {
        format!("{resource}/{}", parent.name)
    } else {
        format!("{resource}/{}/{}", parent.namespace, parent.name)
    }
}

fn check_parent(errors: &mut FieldErrors, path: &FieldPath, parent: &ParentReference) {
    if !parent.group.is_empty() {
        rules::subdomain(errors, &path.child("group"), &parent.group);
    }
    reference::segment(errors, &path.child("resource"), &parent.resource);
    reference::segment(errors, &path.child("name"), &parent.name);
    if !parent.namespace.is_empty() {
        let problems = validation::path_segment(&parent.namespace);
        rules::each(
            errors,
            &path.child("namespace"),
            &parent.namespace,
            problems,
        );
    }
}
