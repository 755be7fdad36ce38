//! Rules of signing requests. What an old object has already is tolerated when it is updated.

use super::pem;
use crate::{core::pod::validate::internal_form, rules};
use api::certificates::v1::{
    CertificateSigningRequest, CertificateSigningRequestCondition, RequestConditionType,
};
use meta::{FieldErrors, FieldPath};

/// Which path an update takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Main,
    Status,
    Approval,
}

const LEGACY_UNKNOWN: &str = "kubernetes.io/legacy-unknown";
const EXPIRATION_SECONDS_MIN: i32 = 600;

const USAGES: &[&str] = &[
    "any",
    "cert sign",
    "client auth",
    "code signing",
    "content commitment",
    "crl sign",
    "data encipherment",
    "decipher only",
    "digital signature",
    "email protection",
    "encipher only",
    "ipsec end system",
    "ipsec tunnel",
    "ipsec user",
    "key agreement",
    "key encipherment",
    "microsoft sgc",
    "netscape sgc",
    "ocsp signing",
    "s/mime",
    "server auth",
    "signing",
    "timestamping",
];

const FINAL: &[&str] = &[
    RequestConditionType::APPROVED,
    RequestConditionType::DENIED,
    RequestConditionType::FAILED,
];

pub(super) fn create(errors: &mut FieldErrors, csr: &CertificateSigningRequest) {
    check(errors, csr, None);
}

pub(super) fn update(
    errors: &mut FieldErrors,
    new: &CertificateSigningRequest,
    old: &CertificateSigningRequest,
    way: Way,
) {
    check(errors, new, Some(old));
    let status = FieldPath::new("status");
    let path = status.child("conditions");
    for type_ in FINAL {
        if of_type(new, type_).len() < of_type(old, type_).len() {
            let words = format!("updates may not remove a condition of type {type_:?}");
            errors.forbidden(&path, words);
        }
    }
    if way != Way::Approval {
        check_approval_is_kept(errors, &path, new, old);
    }
    if new.status.certificate != old.status.certificate {
        let path = status.child("certificate");
        if way != Way::Status {
            errors.forbidden(&path, "updates may not set certificate content");
        } else if !old.status.certificate.is_empty() {
            errors.forbidden(&path, "updates may not modify existing certificate content");
        }
    }
}

fn check_approval_is_kept(
    errors: &mut FieldErrors,
    path: &FieldPath,
    new: &CertificateSigningRequest,
    old: &CertificateSigningRequest,
) {
    for type_ in [RequestConditionType::APPROVED, RequestConditionType::DENIED] {
        let (new, old) = (of_type(new, type_), of_type(old, type_));
        if new.len() > old.len() {
            let words = format!("updates may not add a condition of type {type_:?}");
            errors.forbidden(path, words);
        } else if new.len() == old.len() && new != old {
            // Upstream shows a difference of Go structs here.
            let shown = |conditions: &[&CertificateSigningRequestCondition]| {
                let all = conditions.iter();
                all.map(|condition| internal_form(*condition))
                    .collect::<Vec<_>>()
                    .join(",")
            };
            let words = format!(
                "updates may not modify a condition of type {type_:?}\n-[{}]\n+[{}]",
                shown(&old),
                shown(&new)
            );
            errors.forbidden(path, words);
        }
    }
}

fn of_type<'a>(
    csr: &'a CertificateSigningRequest,
    type_: &str,
) -> Vec<&'a CertificateSigningRequestCondition> {
    let conditions = csr.status.conditions.iter();
    conditions
        .filter(|condition| condition.type_ == type_)
        .collect()
}

fn check(
    errors: &mut FieldErrors,
    csr: &CertificateSigningRequest,
    old: Option<&CertificateSigningRequest>,
) {
    let (spec, path) = (&csr.spec, FieldPath::new("spec"));
    if let Err(words) = pem::check_request(&spec.request) {
        // Absent, for who would write an empty text.
        let shown = if spec.request.is_empty() {
            "null".to_owned()
        } else {
            meta::BadValue::show(&meta::Json(&spec.request))
        };
        errors.invalid(&path.child("request"), meta::Verbatim(&shown), words);
    }
    check_usages(errors, &path.child("usages"), csr, old);
    let signer = path.child("signerName");
    let was_legacy = old.is_some_and(|old| old.spec.signer_name == LEGACY_UNKNOWN);
    if spec.signer_name == LEGACY_UNKNOWN && !was_legacy {
        let words = "the legacy signerName is not allowed via this API version";
        errors.invalid(&signer, &spec.signer_name, words);
    } else {
        rules::signer_name(errors, &signer, &spec.signer_name);
    }
    if let Some(seconds) = spec.expiration_seconds
        && seconds < EXPIRATION_SECONDS_MIN
    {
        let words = "may not specify a duration less than 600 seconds (10 minutes)";
        errors.invalid(&path.child("expirationSeconds"), seconds, words);
    }
    let status = FieldPath::new("status");
    check_conditions(errors, &status.child("conditions"), csr, old);
    let tolerated = old.is_some_and(|old| {
        csr.status.certificate == old.status.certificate
            || pem::check_certificates(&old.status.certificate).is_err()
    });
    if !tolerated && let Err(words) = pem::check_certificates(&csr.status.certificate) {
        let path = status.child("certificate");
        errors.invalid(&path, "<certificate data>", words);
    }
}

fn check_usages(
    errors: &mut FieldErrors,
    path: &FieldPath,
    csr: &CertificateSigningRequest,
    old: Option<&CertificateSigningRequest>,
) {
    let usages = &csr.spec.usages;
    if usages.is_empty() {
        errors.required(path, "");
    }
    let known = |usage: &meta::Str| USAGES.contains(&usage.as_str());
    if old.is_none_or(|old| old.spec.usages.iter().all(known)) {
        for (index, usage) in usages.iter().enumerate().filter(|(_, usage)| !known(usage)) {
            errors.not_supported(&path.index(index), usage, USAGES);
        }
    }
    let repeated = |usages: &[meta::Str]| -> Vec<usize> {
        let places = 0..usages.len();
        places
            .filter(|index| usages[..*index].contains(&usages[*index]))
            .collect()
    };
    if old.is_none_or(|old| repeated(&old.spec.usages).is_empty()) {
        for index in repeated(usages) {
            errors.duplicate(&path.index(index), &usages[index]);
        }
    }
}

fn check_conditions(
    errors: &mut FieldErrors,
    path: &FieldPath,
    csr: &CertificateSigningRequest,
    old: Option<&CertificateSigningRequest>,
) {
    let before = old.map_or(&[][..], |old| &old.status.conditions);
    let had = |type_: &str| before.iter().any(|condition| condition.type_ == type_);
    let had_both = had(RequestConditionType::APPROVED) && had(RequestConditionType::DENIED);
    let had_twice = (0..before.len()).any(|index| repeats(before, index));
    let conditions = &csr.status.conditions;
    let list = path;
    for (index, condition) in conditions.iter().enumerate() {
        let path = list.index(index);
        let type_ = path.child("type");
        if !had("") && condition.type_.is_empty() {
            errors.required(&type_, "");
        }
        let allowed: &[&str] = if FINAL.contains(&condition.type_.as_str()) {
            &["True"]
        } else {
            &["False", "True", "Unknown"]
        };
        rules::one_of(errors, &path.child("status"), &condition.status, allowed);
        let other = match condition.type_.as_str() {
            RequestConditionType::APPROVED => RequestConditionType::DENIED,
            RequestConditionType::DENIED => RequestConditionType::APPROVED,
            _ => "",
        };
        let contradicts = conditions[..index].iter().any(|c| c.type_ == other);
        if !had_both && !other.is_empty() && contradicts {
            let words = "Approved and Denied conditions are mutually exclusive";
            errors.invalid(list, &condition.type_, words);
        }
        if !had_twice && repeats(conditions, index) {
            errors.duplicate(&type_, &condition.type_);
        }
    }
}

/// Whether a condition's type stands before it already.
fn repeats(conditions: &[CertificateSigningRequestCondition], index: usize) -> bool {
    let type_ = &conditions[index].type_;
    conditions[..index]
        .iter()
        .any(|condition| condition.type_ == *type_)
}
