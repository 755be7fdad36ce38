//! CertificateSigningRequest: a client's wish for a certificate, its approval, and what a signer made of it.

pub(crate) mod pem;
mod signature;
mod validate;

use api::certificates::v1::{
    CertificateSigningRequest, CertificateSigningRequestCondition, RequestConditionType,
};
use meta::{FieldErrors, Str, StringList};
use resource::{
    Column, MetadataCheck, NameRule, Part, RequestContext, Strategy, Subresources, human_duration,
};
use validate::Way;

pub(crate) struct CertificateSigningRequests;

impl Strategy for CertificateSigningRequests {
    type Object = CertificateSigningRequest;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
    const SHORT_NAMES: &'static [&'static str] = &["csr"];
    /// Requests may have any name.
    const NAME_RULE: NameRule = NameRule::Any;
    const RESET_FIELDS: &'static [&'static str] = &["spec"];
    const FIELD_LABELS: &'static [&'static str] = &["spec.signerName"];
    const COLUMNS: &'static [Column<CertificateSigningRequest>] = &[
        Column::NAME,
        Column::AGE,
        Column::text("SignerName", "The signer that is asked.", |csr, _| {
            or_none(&csr.spec.signer_name).into()
        }),
        Column::text(
            "Requestor",
            "The user who made the request.",
            |csr: &CertificateSigningRequest, _| csr.spec.username.as_str().into(),
        ),
        Column::text(
            "RequestedDuration",
            "How long the certificate is to be valid.",
            |csr: &CertificateSigningRequest, _| match csr.spec.expiration_seconds {
                Some(seconds) => human_duration(seconds.into()).into(),
                None => "<none>".into(),
            },
        ),
        Column::text("Condition", "Where the request stands.", |csr, _| {
            condition(csr).into()
        }),
    ];

    fn subresources(&self) -> Subresources<CertificateSigningRequest> {
        let copy = |to: &mut CertificateSigningRequest, from: &CertificateSigningRequest| {
            to.status = from.status.clone();
        };
        Subresources::none()
            .part("approval", Approval)
            .status_with(copy, Status)
    }

    /// Who asks is what the server knows, not what the request says.
    fn prepare_create(&self, cx: &RequestContext, csr: &mut CertificateSigningRequest) {
        let (spec, user) = (&mut csr.spec, &cx.user);
        spec.username = user.name.clone();
        spec.uid = user.uid.clone();
        spec.groups = user.groups.clone().into();
        let extra = user.extra.iter();
        spec.extra = extra
            .map(|(key, values)| (key.clone(), StringList(values.clone().into())))
            .collect();
    }

    fn validate(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        csr: &CertificateSigningRequest,
    ) {
        validate::create(errors, csr);
    }

    fn prepare_update(
        &self,
        _cx: &RequestContext,
        new: &mut CertificateSigningRequest,
        old: &CertificateSigningRequest,
    ) {
        new.spec = old.spec.clone();
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &CertificateSigningRequest,
        old: &CertificateSigningRequest,
    ) {
        validate::update(errors, new, old, Way::Main);
    }

    fn selectable_field(&self, csr: &CertificateSigningRequest, _label: &str) -> Str {
        csr.spec.signer_name.clone()
    }
}

/// `status`: signers set the certificate, and whether they failed. Who approved stays as it was.
struct Status;

impl Part<CertificateSigningRequest> for Status {
    fn prepare_update(
        &self,
        cx: &RequestContext,
        new: &mut CertificateSigningRequest,
        old: &CertificateSigningRequest,
    ) {
        for type_ in [RequestConditionType::APPROVED, RequestConditionType::DENIED] {
            keep_conditions(new, old, type_);
        }
        stamp(cx, new, old);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &CertificateSigningRequest,
        old: &CertificateSigningRequest,
    ) {
        validate::update(errors, new, old, Way::Status);
    }

    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[MetadataCheck::Whole, MetadataCheck::Changes]
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec", "status.conditions"]
    }
}

/// `approval`: conditions, and nothing else.
struct Approval;

impl Part<CertificateSigningRequest> for Approval {
    fn prepare_update(
        &self,
        cx: &RequestContext,
        new: &mut CertificateSigningRequest,
        old: &CertificateSigningRequest,
    ) {
        stamp(cx, new, old);
        new.spec = old.spec.clone();
        new.status.certificate = old.status.certificate.clone();
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &CertificateSigningRequest,
        old: &CertificateSigningRequest,
    ) {
        validate::update(errors, new, old, Way::Approval);
    }

    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[MetadataCheck::Whole, MetadataCheck::Changes]
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec", "status.certificate"]
    }
}

/// Puts back the conditions of a type, unless some came or went, which validation then refuses.
fn keep_conditions(
    new: &mut CertificateSigningRequest,
    old: &CertificateSigningRequest,
    type_: &str,
) {
    let of_type = |condition: &&CertificateSigningRequestCondition| condition.type_ == type_;
    let kept: Vec<_> = old.status.conditions.iter().filter(of_type).collect();
    if new.status.conditions.iter().filter(of_type).count() != kept.len() {
        return;
    }
    let conditions = new.status.conditions.iter_mut();
    let places = conditions.filter(|condition| condition.type_ == type_);
    for (place, condition) in places.zip(kept) {
        place.clone_from(condition);
    }
}

/// Fills in times that were not given.
fn stamp(
    cx: &RequestContext,
    new: &mut CertificateSigningRequest,
    old: &CertificateSigningRequest,
) {
    for condition in &mut new.status.conditions {
        if condition.last_update_time.is_zero() {
            condition.last_update_time = cx.now;
        }
        if condition.last_transition_time.is_zero() {
            let before = old.status.conditions.iter().find(|before| {
                before.type_ == condition.type_
                    && before.status == condition.status
                    && !before.last_transition_time.is_zero()
            });
            condition.last_transition_time =
                before.map_or(cx.now, |before| before.last_transition_time);
        }
    }
}

fn or_none(text: &Str) -> &str {
    if text.is_empty() { "<none>" } else { text }
}

fn condition(csr: &CertificateSigningRequest) -> String {
    let conditions = &csr.status.conditions;
    let has = |type_: &str| conditions.iter().any(|condition| condition.type_ == type_);
    let mut words = if has(RequestConditionType::DENIED) {
        "Denied"
    } else if has(RequestConditionType::APPROVED) {
        "Approved"
    } else {
        "Pending"
    }
    .to_owned();
    if has(RequestConditionType::FAILED) {
        words.push_str(",Failed");
    }
    if !csr.status.certificate.is_empty() {
        words.push_str(",Issued");
    }
    words
}

#[cfg(test)]
mod tests;
