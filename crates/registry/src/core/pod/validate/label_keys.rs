//! `matchLabelKeys` and `mismatchLabelKeys` (`ValidateMatchLabelKeysAndMismatchLabelKeys`): keys whose values in the pod's own labels are
//! put into a selector when the pod is made.

use crate::rules;
use meta::{FieldErrors, FieldPath, LabelSelector, Str};
use std::collections::HashSet;

const IN_SELECTOR: &str = "exists in both matchLabelKeys and labelSelector";
const IN_BOTH: &str = "exists in both matchLabelKeys and mismatchLabelKeys";

/// The keys of the term or constraint at `path`.
pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    matching: &[Str],
    mismatching: &[Str],
    selector: Option<&LabelSelector>,
) {
    check_names(errors, &path.child("matchLabelKeys"), matching, selector);
    let others = path.child("mismatchLabelKeys");
    check_names(errors, &others, mismatching, selector);
    if let Some(selector) = selector {
        check_selector(errors, path, matching, selector);
    }
    for (index, key) in matching.iter().enumerate() {
        if mismatching.contains(key) {
            errors.invalid(&path.child("matchLabelKeys").index(index), key, IN_BOTH);
        }
    }
}

fn check_names(
    errors: &mut FieldErrors,
    path: &FieldPath,
    keys: &[Str],
    selector: Option<&LabelSelector>,
) {
    if keys.is_empty() {
        return;
    }
    if selector.is_none() {
        let words = "must not be specified when labelSelector is not set";
        return errors.forbidden(path, words);
    }
    for (index, key) in keys.iter().enumerate() {
        rules::qualified_name(errors, &path.index(index), key);
    }
}

/// The keys have been put into the selector already: one that stands there twice was there before. Upstream's path names no field.
fn check_selector(
    errors: &mut FieldErrors,
    path: &FieldPath,
    matching: &[Str],
    selector: &LabelSelector,
) {
    let mut seen: HashSet<&Str> = selector.match_labels.keys().collect();
    for requirement in &selector.match_expressions {
        let key = &requirement.key;
        let index = matching.iter().rposition(|matching| matching == key);
        if let Some(index) = index
            && seen.contains(key)
        {
            errors.invalid(&path.index(index), key, IN_SELECTOR);
        }
        seen.insert(key);
    }
}
