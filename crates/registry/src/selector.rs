//! Validation of label selectors, which many kinds have.

use meta::{
    FieldErrors, FieldPath, LabelSelector, LabelSelectorRequirement, Str, labels::Selector,
    validation,
};

/// Upstream `apimachinery/pkg/apis/meta/v1/validation.ValidateLabelSelector`.
pub(crate) fn check(errors: &mut FieldErrors, path: &FieldPath, selector: &LabelSelector) {
    check_labels(errors, &path.child("matchLabels"), &selector.match_labels);
    for (index, requirement) in selector.match_expressions.iter().enumerate() {
        let path = path.child("matchExpressions").index(index);
        check_requirement(errors, &path, requirement);
        for (index, value) in requirement.values.iter().enumerate() {
            for words in validation::label_value(value) {
                errors.invalid(&path.child("values").index(index), value, words);
            }
        }
    }
}

/// The same with requirements that compare with anything: an object that did so before may go on.
pub(crate) fn check_but_values(
    errors: &mut FieldErrors,
    path: &FieldPath,
    selector: &LabelSelector,
) {
    check_labels(errors, &path.child("matchLabels"), &selector.match_labels);
    for (index, requirement) in selector.match_expressions.iter().enumerate() {
        let path = path.child("matchExpressions").index(index);
        check_requirement(errors, &path, requirement);
    }
}

fn check_requirement(
    errors: &mut FieldErrors,
    path: &FieldPath,
    requirement: &LabelSelectorRequirement,
) {
    let values = path.child("values");
    match requirement.operator.as_str() {
        "In" | "NotIn" if requirement.values.is_empty() => {
            errors.required(
                &values,
                "must be specified when `operator` is 'In' or 'NotIn'",
            );
        }
        "Exists" | "DoesNotExist" if !requirement.values.is_empty() => {
            errors.forbidden(
                &values,
                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
            );
        }
        "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
        _ => errors.invalid(
            &path.child("operator"),
            &requirement.operator,
            "not a valid selector operator",
        ),
    }
    for words in validation::qualified_name(&requirement.key) {
        errors.invalid(&path.child("key"), &requirement.key, words);
    }
}

/// Keys and values of labels.
pub(crate) fn check_labels(
    errors: &mut FieldErrors,
    path: &FieldPath,
    labels: &meta::Map<Str, Str>,
) {
    for (key, value) in labels.iter() {
        for words in validation::qualified_name(key) {
            errors.invalid(path, key, words);
        }
        for words in validation::label_value(value) {
            errors.invalid(path, value, words);
        }
    }
}

/// A selector as clients write it, sorted by key: upstream `metav1.FormatLabelSelector`.
pub(crate) fn shown(selector: &LabelSelector) -> String {
    let equal = selector.match_labels.iter();
    let mut all: Vec<(&Str, String)> = equal
        .map(|(key, value)| (key, format!("{key}={value}")))
        .collect();
    for requirement in &selector.match_expressions {
        let one = LabelSelector {
            match_expressions: [requirement.clone()].into(),
            ..LabelSelector::default()
        };
        match Selector::from_label_selector(Some(&one)) {
            Ok(one) => all.push((&requirement.key, one.to_string())),
            Err(_) => return "<error>".to_owned(),
        }
    }
    if all.is_empty() {
        return "<none>".to_owned();
    }
    all.sort_by_key(|(key, _)| *key);
    let texts: Vec<String> = all.into_iter().map(|(_, text)| text).collect();
    texts.join(",")
}
