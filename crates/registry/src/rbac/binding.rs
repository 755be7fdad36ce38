//! What the two bindings share: defaults, validation and columns over a role reference and subjects.

use super::GROUP;
use api::rbac::v1::{RoleRef, Subject};
use meta::{FieldErrors, FieldPath, validation};

const SERVICE_ACCOUNT: &str = "ServiceAccount";
const USER: &str = "User";
const GROUP_KIND: &str = "Group";

pub(super) fn set_defaults(role: &mut RoleRef, subjects: &mut [Subject]) {
    if role.api_group.is_empty() {
        role.api_group = GROUP.into();
    }
    for subject in subjects {
        if subject.api_group.is_empty() && (subject.kind == USER || subject.kind == GROUP_KIND) {
            subject.api_group = GROUP.into();
        }
    }
}

/// Upstream `pkg/apis/rbac/validation.ValidateRoleBinding`; `kinds` are those that the binding may refer to.
pub(super) fn check(
    errors: &mut FieldErrors,
    role: &RoleRef,
    subjects: &[Subject],
    kinds: &[&str],
    namespaced: bool,
) {
    let path = FieldPath::new("roleRef");
    if role.api_group != GROUP {
        errors.not_supported(&path.child("apiGroup"), &role.api_group, &[GROUP]);
    }
    if !kinds.contains(&role.kind.as_str()) {
        errors.not_supported(&path.child("kind"), &role.kind, kinds);
    }
    let name = path.child("name");
    if role.name.is_empty() {
        errors.required(&name, "");
    } else {
        for words in validation::path_segment(&role.name) {
            errors.invalid(&name, &role.name, words);
        }
    }
    let path = FieldPath::new("subjects");
    for (index, subject) in subjects.iter().enumerate() {
        check_subject(errors, &path.index(index), subject, namespaced);
    }
}

fn check_subject(errors: &mut FieldErrors, path: &FieldPath, subject: &Subject, namespaced: bool) {
    if subject.name.is_empty() {
        errors.required(&path.child("name"), "");
    }
    let group = path.child("apiGroup");
    match subject.kind.as_str() {
        SERVICE_ACCOUNT => {
            if !subject.name.is_empty() {
                for words in validation::dns1123_subdomain(&subject.name) {
                    errors.invalid(&path.child("name"), &subject.name, words);
                }
            }
            if !subject.api_group.is_empty() {
                errors.not_supported(&group, &subject.api_group, &[""]);
            }
            if !namespaced && subject.namespace.is_empty() {
                errors.required(&path.child("namespace"), "");
            }
        }
        USER | GROUP_KIND => {
            if subject.api_group != GROUP {
                errors.not_supported(&group, &subject.api_group, &[GROUP]);
            }
        }
        _ => errors.not_supported(
            &path.child("kind"),
            &subject.kind,
            &[SERVICE_ACCOUNT, USER, GROUP_KIND],
        ),
    }
}

pub(super) fn check_same_role(errors: &mut FieldErrors, new: &RoleRef, old: &RoleRef) {
    if new != old {
        // Upstream shows its internal struct, whose fields have no JSON names.
        let shown = serde_json::json!({"APIGroup": new.api_group.as_str(), "Kind": new.kind.as_str(), "Name": new.name.as_str()});
        errors.invalid(
            &FieldPath::new("roleRef"),
            meta::Verbatim(&shown.to_string()),
            "cannot change roleRef",
        );
    }
}

/// The names of the subjects of one kind, as the wide table shows them.
pub(super) fn names_of(subjects: &[Subject], kind: &str) -> String {
    let of_kind = subjects.iter().filter(|subject| subject.kind == kind);
    let names = of_kind.map(|subject| {
        if kind == SERVICE_ACCOUNT {
            format!("{}/{}", subject.namespace, subject.name)
        } else {
            subject.name.to_string()
        }
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The columns of a binding: a macro would be longer than this list twice, so the accessors are passed.
macro_rules! columns {
    ($kind:ty) => {
        &[
            Column::NAME,
            Column::text(
                "Role",
                "RoleRef can only reference a ClusterRole in the global namespace.",
                |binding: &$kind, _| {
                    format!("{}/{}", binding.role_ref.kind, binding.role_ref.name).into()
                },
            ),
            Column::AGE,
            Column::text("Users", "Users in the roleBinding", |binding: &$kind, _| {
                binding::names_of(&binding.subjects, "User").into()
            })
            .wide(),
            Column::text(
                "Groups",
                "Groups in the roleBinding",
                |binding: &$kind, _| binding::names_of(&binding.subjects, "Group").into(),
            )
            .wide(),
            Column::text(
                "ServiceAccounts",
                "ServiceAccounts in the roleBinding",
                |binding: &$kind, _| binding::names_of(&binding.subjects, "ServiceAccount").into(),
            )
            .wide(),
        ]
    };
}
pub(super) use columns;
