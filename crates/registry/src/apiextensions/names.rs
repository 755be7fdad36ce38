//! The names of a kind, as they are wanted in `spec` and accepted in `status`.

use api::apiextensions::v1::CustomResourceDefinitionNames;
use meta::{FieldErrors, FieldPath, validation};

const MIXED_CASE: &str = "may have mixed case, but should otherwise match: ";

/// Names that must be there in `spec`.
pub(super) fn check_given(
    errors: &mut FieldErrors,
    path: &FieldPath,
    names: &CustomResourceDefinitionNames,
) {
    let given = [
        ("plural", &names.plural),
        ("singular", &names.singular),
        ("kind", &names.kind),
        ("listKind", &names.list_kind),
    ];
    for (field, name) in given {
        crate::rules::required(errors, &path.child(field), name);
    }
}

/// Upstream `ValidateCustomResourceDefinitionNames`.
pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    names: &CustomResourceDefinitionNames,
) {
    check_resource(errors, &path.child("plural"), &names.plural);
    check_resource(errors, &path.child("singular"), &names.singular);
    check_kind(errors, &path.child("kind"), &names.kind);
    check_kind(errors, &path.child("listKind"), &names.list_kind);
    for (index, name) in names.short_names.iter().enumerate() {
        check_label(errors, &path.child("shortNames").index(index), name);
    }
    if !names.kind.is_empty() && names.kind == names.list_kind {
        let words = "kind and listKind may not be the same";
        errors.invalid(&path.child("listKind"), &names.list_kind, words);
    }
    for (index, name) in names.categories.iter().enumerate() {
        check_label(errors, &path.child("categories").index(index), name);
    }
}

/// One error for all that is wrong with a DNS label.
pub(super) fn check_label(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    let problems = validation::dns1035_label(name);
    if !problems.is_empty() {
        errors.invalid(path, name, problems.join(","));
    }
}

fn check_resource(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    if !name.is_empty() {
        check_label(errors, path, name);
    }
}

fn check_kind(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    let problems = validation::dns1035_label(&name.to_lowercase());
    if !name.is_empty() && !problems.is_empty() {
        errors.invalid(path, name, format!("{MIXED_CASE}{}", problems.join(",")));
    }
}
