//! One rule of a schema: subjects, and what they ask for.

use crate::rules;
use api::flowcontrol::v1::{
    NonResourcePolicyRule, PolicyRulesWithSubjects, ResourcePolicyRule, ServiceAccountSubject,
    Subject, SubjectKind,
};
use meta::{FieldErrors, FieldPath, Str, validation};

const ALL: &str = "*";
const VERBS: &[&str] = &[
    "create",
    "delete",
    "deletecollection",
    "get",
    "list",
    "patch",
    "proxy",
    "update",
    "watch",
];

pub(super) fn check(errors: &mut FieldErrors, path: &FieldPath, rule: &PolicyRulesWithSubjects) {
    let subjects = path.child("subjects");
    if rule.subjects.is_empty() {
        errors.required(&subjects, "subjects must contain at least one value");
    }
    for (index, subject) in rule.subjects.iter().enumerate() {
        check_subject(errors, &subjects.index(index), subject);
    }
    if rule.resource_rules.is_empty() && rule.non_resource_rules.is_empty() {
        let words = "at least one of resourceRules and nonResourceRules has to be non-empty";
        errors.required(path, words);
    }
    for (index, rule) in rule.resource_rules.iter().enumerate() {
        check_resources(errors, &path.child("resourceRules").index(index), rule);
    }
    for (index, rule) in rule.non_resource_rules.iter().enumerate() {
        check_paths(errors, &path.child("nonResourceRules").index(index), rule);
    }
}

fn check_subject(errors: &mut FieldErrors, path: &FieldPath, subject: &Subject) {
    let kind = subject.kind.as_str();
    let name = |named: Option<&Str>, field: &str, errors: &mut FieldErrors| match named {
        None => {
            let words = format!("{field} is required when subject kind is '{kind}'");
            errors.required(&path.child(field), words);
        }
        Some(name) => rules::required(errors, &path.child(field).child("name"), name),
    };
    match kind {
        SubjectKind::SERVICE_ACCOUNT => check_account(errors, path, subject),
        SubjectKind::USER => name(subject.user.as_ref().map(|user| &user.name), "user", errors),
        SubjectKind::GROUP => name(
            subject.group.as_ref().map(|group| &group.name),
            "group",
            errors,
        ),
        _ => {
            let known = [
                SubjectKind::GROUP,
                SubjectKind::SERVICE_ACCOUNT,
                SubjectKind::USER,
            ];
            return errors.not_supported(&path.child("kind"), &subject.kind, &known);
        }
    }
    for (field, of, given) in [
        (
            "serviceAccount",
            SubjectKind::SERVICE_ACCOUNT,
            subject.service_account.is_some(),
        ),
        ("user", SubjectKind::USER, subject.user.is_some()),
        ("group", SubjectKind::GROUP, subject.group.is_some()),
    ] {
        if given && kind != of {
            let words = format!("{field} is forbidden when subject kind is not '{of}'");
            errors.forbidden(&path.child(field), words);
        }
    }
}

fn check_account(errors: &mut FieldErrors, path: &FieldPath, subject: &Subject) {
    let path = path.child("serviceAccount");
    let Some(account) = &subject.service_account else {
        let words = "serviceAccount is required when subject kind is 'ServiceAccount'";
        return errors.required(&path, words);
    };
    let ServiceAccountSubject { namespace, name } = &**account;
    let field = path.child("name");
    if name.is_empty() {
        errors.required(&field, "");
    } else if name != ALL {
        rules::subdomain(errors, &field, name);
    }
    let field = path.child("namespace");
    if namespace.is_empty() {
        errors.required(&field, "must specify namespace for service account");
    } else {
        rules::label(errors, &field, namespace);
    }
}

fn check_verbs(errors: &mut FieldErrors, path: &FieldPath, verbs: &[Str]) {
    let field = path.child("verbs");
    if verbs.is_empty() {
        errors.required(&field, "verbs must contain at least one value");
    } else if has_all(verbs) {
        alone(errors, &field, verbs, "verbs");
    } else if !verbs.iter().all(|verb| VERBS.contains(&verb.as_str())) {
        errors.not_supported(&field, verbs.to_vec(), VERBS);
    }
}

fn check_resources(errors: &mut FieldErrors, path: &FieldPath, rule: &ResourcePolicyRule) {
    check_verbs(errors, path, &rule.verbs);
    let field = path.child("apiGroups");
    if rule.api_groups.is_empty() {
        let words = "resource rules must supply at least one api group";
        errors.required(&field, words);
    } else {
        alone(errors, &field, &rule.api_groups, "api groups");
    }
    let field = path.child("resources");
    if rule.resources.is_empty() {
        let words = "resource rules must supply at least one resource";
        errors.required(&field, words);
    } else {
        alone(errors, &field, &rule.resources, "resources");
    }
    let field = path.child("namespaces");
    if rule.namespaces.is_empty() && !rule.cluster_scope {
        let words = "resource rules that are not cluster scoped must supply at least one namespace";
        errors.required(&field, words);
    } else if has_all(&rule.namespaces) {
        alone(errors, &field, &rule.namespaces, "namespaces");
    } else {
        for (index, namespace) in rule.namespaces.iter().enumerate() {
            for words in validation::dns1123_label(namespace) {
                let words =
                    format!("each member of this list must be '*' or a DNS-1123 label; {words}");
                errors.invalid(&field.index(index), namespace, words);
            }
        }
    }
}

fn check_paths(errors: &mut FieldErrors, path: &FieldPath, rule: &NonResourcePolicyRule) {
    check_verbs(errors, path, &rule.verbs);
    let field = path.child("nonResourceURLs");
    let urls = &rule.non_resource_urls;
    if urls.is_empty() {
        errors.required(&field, "nonResourceURLs must contain at least one value");
    } else if has_all(urls) {
        alone(errors, &field, urls, "non-resource URLs");
    } else {
        for (index, url) in urls.iter().enumerate() {
            if let Some(words) = wrong_with_path(url) {
                errors.invalid(&field.index(index), url, words);
            }
        }
    }
}

fn wrong_with_path(path: &str) -> Option<&'static str> {
    let stars = path.matches('*').count();
    match path {
        "" => Some("must not be empty"),
        "/" => None,
        _ if !path.starts_with('/') => Some("must start with slash"),
        _ if path.contains(' ') => Some("must not contain white-space"),
        _ if path.contains("//") => Some("must not contain double slash"),
        _ if stars > 1 || stars == 1 && !path.ends_with("/*") => {
            Some("wildcard can only do suffix matching")
        }
        _ => None,
    }
}

fn has_all(values: &[Str]) -> bool {
    values.iter().any(|value| value == ALL)
}

/// `*` stands alone.
fn alone(errors: &mut FieldErrors, path: &FieldPath, values: &[Str], others: &str) {
    if values.len() > 1 && has_all(values) {
        let words = format!("if '*' is present, must not specify other {others}");
        errors.invalid(path, values.to_vec(), words);
    }
}
