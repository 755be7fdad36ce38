//! Rules that many fields share, each in upstream's words.

use crate::networking::addresses;
use meta::{
    FieldErrors, FieldPath, IntOrString, ObjectMeta, Slice, Str, v1::Condition, validation,
};

const NOT_NEGATIVE: &str = "must be greater than or equal to 0";
pub(crate) const BAD_ADDRESS: &str =
    "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

/// One error for each message of a validator.
pub(crate) fn each(
    errors: &mut FieldErrors,
    path: &FieldPath,
    value: &str,
    messages: impl IntoIterator<Item = String>,
) {
    for words in messages {
        errors.invalid(path, value, words);
    }
}

/// The same for numbers.
pub(crate) fn each_number(
    errors: &mut FieldErrors,
    path: &FieldPath,
    value: i64,
    messages: impl IntoIterator<Item = String>,
) {
    for words in messages {
        errors.invalid(path, value, words);
    }
}

pub(crate) fn required(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    if value.is_empty() {
        errors.required(path, "");
    }
}

/// A known word, or nothing.
pub(crate) fn optional_one_of(
    errors: &mut FieldErrors,
    path: &FieldPath,
    value: Option<&Str>,
    known: &[&str],
) {
    if let Some(value) = value
        && !known.contains(&value.as_str())
    {
        errors.not_supported(path, value, known);
    }
}

/// A known word that must be there.
pub(crate) fn one_of(errors: &mut FieldErrors, path: &FieldPath, value: &Str, known: &[&str]) {
    if value.is_empty() {
        errors.required(path, "");
    } else {
        optional_one_of(errors, path, Some(value), known);
    }
}

pub(crate) fn not_negative(errors: &mut FieldErrors, path: &FieldPath, value: i64) {
    if value < 0 {
        errors.invalid(path, value, NOT_NEGATIVE);
    }
}

pub(crate) fn subdomain(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    each(errors, path, value, validation::dns1123_subdomain(value));
}

pub(crate) fn label(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    each(errors, path, value, validation::dns1123_label(value));
}

pub(crate) fn qualified_name(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    each(errors, path, value, validation::qualified_name(value));
}

/// An address as older fields take it.
pub(crate) fn address(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    addresses::legacy_address(errors, path, value, &[]);
}

const NOT_PREFIXED: &str = "must be a domain-prefixed path (such as \"acme.io/foo\")";
const BAD_HTTP_PATH: &str =
    "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')";

/// Upstream `apimachinery/pkg/util/validation.IsDomainPrefixedPath`: `example.com/anything`.
pub(crate) fn domain_prefixed_path(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    if value.is_empty() {
        return errors.required(path, "");
    }
    let parts = value.split_once('/');
    let Some((host, rest)) = parts.filter(|(host, rest)| !host.is_empty() && !rest.is_empty())
    else {
        return errors.invalid(path, value, NOT_PREFIXED);
    };
    subdomain(errors, path, host);
    let allowed = |c: char| c.is_ascii_alphanumeric() || "/-._~%!$&'()*+,;=:".contains(c);
    if !rest.chars().all(allowed) {
        errors.invalid(path, rest, BAD_HTTP_PATH);
    }
}

/// A path below some directory.
pub(crate) fn descending_path(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    if value.starts_with('/') {
        errors.invalid(path, value, "must be a relative path");
    }
    no_backsteps(errors, path, value);
}

pub(crate) fn no_backsteps(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    if value.split('/').any(|part| part == "..") {
        errors.invalid(path, value, "must not contain '..'");
    }
}

/// A path below some directory that also does not look like what kubelets keep there.
pub(crate) fn unreserved_path(errors: &mut FieldErrors, path: &FieldPath, value: &str) {
    descending_path(errors, path, value);
    if value.starts_with("..") && !value.split('/').any(|part| part == "..") {
        errors.invalid(path, value, "must not start with '..'");
    }
}

/// A number of things, or a percentage of them.
pub(crate) fn share(errors: &mut FieldErrors, path: &FieldPath, share: &IntOrString) {
    match share {
        IntOrString::Int(number) => not_negative(errors, path, i64::from(*number)),
        IntOrString::String(text) => {
            for words in validation::percent(text) {
                errors.invalid(path, share, words);
            }
        }
    }
}

/// A percentage of no more than all.
pub(crate) fn at_most_all(errors: &mut FieldErrors, path: &FieldPath, share: &IntOrString) {
    let is_percent =
        matches!(share, IntOrString::String(text) if validation::percent(text).is_empty());
    if is_percent && amount(share) > 100 {
        errors.invalid(path, share, "must not be greater than 100%");
    }
}

/// The number, with or without `%`; 0 when it is none.
pub(crate) fn amount(share: &IntOrString) -> i32 {
    match share {
        IntOrString::Int(number) => *number,
        IntOrString::String(text) => {
            let number: i64 = text.trim_end_matches('%').parse().unwrap_or(0);
            let max = i64::from(i32::MAX);
            i32::try_from(number.clamp(-max, max)).expect("the number was clamped")
        }
    }
}

/// What an update of a part leaves as it was, where the part has its own rules of metadata: upstream `metav1.ResetObjectMetaForStatus`.
pub(crate) fn keep_metadata(new: &mut ObjectMeta, old: &ObjectMeta) {
    new.deletion_timestamp = old.deletion_timestamp;
    new.generation = old.generation;
    new.self_link = old.self_link.clone();
    keep_clients_metadata(new, old);
}

/// What of it clients own.
pub(crate) fn keep_clients_metadata(new: &mut ObjectMeta, old: &ObjectMeta) {
    new.labels = old.labels.clone();
    new.annotations = old.annotations.clone();
    new.finalizers = old.finalizers.clone();
    new.owner_references = old.owner_references.clone();
}

/// What an update of a part leaves as it was, where that is everything but who manages which field.
pub(crate) fn keep_all_metadata(new: &mut ObjectMeta, old: &ObjectMeta) {
    let managed_fields = std::mem::take(&mut new.managed_fields);
    *new = ObjectMeta {
        managed_fields,
        ..old.clone()
    };
}

/// An empty list is stored as none: upstream's store does not tell them apart.
pub(crate) fn forget_empty<T>(list: &mut Slice<T>) {
    if list.is_empty() {
        *list = Slice::nil();
    }
}

const DOMAIN_BYTES_MAX: usize = 253;
/// A domain, a path of a namespace, a name and two separators.
const SIGNER_NAME_BYTES_MAX: usize = 571;

/// Upstream `pkg/apis/core/validation.ValidateSignerName`: a domain and a path, as `example.com/signer`.
pub(crate) fn signer_name(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    if name.is_empty() {
        return errors.required(path, "");
    }
    let segments: Vec<&str> = name.split('/').collect();
    let [domain, rest] = segments[..] else {
        let words =
            "must be a fully qualified domain and path of the form 'example.com/signer-name'";
        return errors.invalid(path, name, words);
    };
    if domain.len() > DOMAIN_BYTES_MAX {
        errors.too_long(path, DOMAIN_BYTES_MAX);
    }
    first_bad_label(errors, path, domain, validation::dns1123_label);
    if !domain.contains('.') {
        let words = "should be a domain with at least two segments separated by dots";
        errors.invalid(path, domain, words);
    }
    first_bad_label(errors, path, rest, validation::dns1123_subdomain);
    if name.len() > SIGNER_NAME_BYTES_MAX {
        errors.too_long(path, SIGNER_NAME_BYTES_MAX);
    }
}

/// What is wrong with the first label that is no good: nothing would tell the others' words from its own.
fn first_bad_label(
    errors: &mut FieldErrors,
    path: &FieldPath,
    labels: &str,
    check: fn(&str) -> Vec<String>,
) {
    let mut wrong = labels.split('.').map(|label| (label, check(label)));
    if let Some((label, all)) = wrong.find(|(_, all)| !all.is_empty()) {
        for words in all {
            let words = format!("validating label {}: {words}", meta::go_quote(label));
            errors.invalid(path, labels, words);
        }
    }
}

const CONDITION_STATUSES: &[&str] = &["False", "True", "Unknown"];
const REASON_BYTES_MAX: usize = 1024;
const MESSAGE_BYTES_MAX: usize = 32 * 1024;
const BAD_REASON: &str = "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')";

/// Upstream `apimachinery/pkg/apis/meta/v1/validation.ValidateConditions`.
pub(crate) fn conditions(errors: &mut FieldErrors, path: &FieldPath, all: &[Condition]) {
    for (index, condition) in all.iter().enumerate() {
        let path = path.index(index);
        if all[..index].iter().any(|c| c.type_ == condition.type_) {
            errors.duplicate(&path.child("type"), &condition.type_);
        }
        qualified_name(errors, &path.child("type"), &condition.type_);
        optional_one_of(
            errors,
            &path.child("status"),
            Some(&condition.status),
            CONDITION_STATUSES,
        );
        if condition.observed_generation < 0 {
            let words = "must be greater than or equal to zero";
            errors.invalid(
                &path.child("observedGeneration"),
                condition.observed_generation,
                words,
            );
        }
        if condition.last_transition_time.is_zero() {
            errors.required(&path.child("lastTransitionTime"), "");
        }
        let (field, reason) = (path.child("reason"), &condition.reason);
        if reason.is_empty() {
            errors.required(&field, "");
        } else if !is_reason(reason) {
            errors.invalid(&field, reason, BAD_REASON);
        }
        if reason.len() > REASON_BYTES_MAX {
            errors.too_long(&field, REASON_BYTES_MAX);
        }
        if condition.message.len() > MESSAGE_BYTES_MAX {
            errors.too_long(&path.child("message"), MESSAGE_BYTES_MAX);
        }
    }
}

fn is_reason(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"_,:".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(inner)
        && !text.ends_with([',', ':'])
}

/// The metadata of a template whose objects get labels and annotations from it, and nothing else (`ValidateTemplateObjectMeta`).
pub(crate) fn metadata_to_copy(errors: &mut FieldErrors, path: &FieldPath, metadata: &ObjectMeta) {
    let annotations = path.child("annotations");
    for key in metadata.annotations.keys() {
        let problems = validation::qualified_name(&key.to_lowercase());
        each(errors, &annotations, key, problems);
    }
    crate::selector::check_labels(errors, &path.child("labels"), &metadata.labels);
    // The names are those of Go's fields with a small first letter.
    for (name, set) in [
        ("name", !metadata.name.is_empty()),
        ("generateName", !metadata.generate_name.is_empty()),
        ("namespace", !metadata.namespace.is_empty()),
        ("selfLink", !metadata.self_link.is_empty()),
        ("uID", !metadata.uid.is_empty()),
        ("resourceVersion", !metadata.resource_version.is_empty()),
        ("generation", metadata.generation != 0),
        ("creationTimestamp", !metadata.creation_timestamp.is_zero()),
        ("deletionTimestamp", metadata.deletion_timestamp.is_some()),
        (
            "deletionGracePeriodSeconds",
            metadata.deletion_grace_period_seconds.is_some(),
        ),
        ("ownerReferences", !metadata.owner_references.is_empty()),
        ("finalizers", !metadata.finalizers.is_empty()),
        ("managedFields", !metadata.managed_fields.is_empty()),
    ] {
        if set {
            errors.forbidden(&path.child(name), "cannot be set");
        }
    }
}
