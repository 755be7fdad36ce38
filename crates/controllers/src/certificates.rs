//! CertificateSigningRequests: which are approved without a person, what the built-in signers issue, and when requests are removed.
//! All three act as upstream's `certificate-controller`.

pub(crate) mod approve;
mod authority;
pub(crate) mod clean;
mod request;
pub(crate) mod sign;
mod signers;
#[cfg(test)]
mod testing;
mod usages;

pub use self::authority::{Authority, AuthorityError};

use api::certificates::v1::{
    CertificateSigningRequest, CertificateSigningRequestCondition, RequestConditionType,
};
use meta::{Str, Time};

fn condition<'c>(
    csr: &'c CertificateSigningRequest,
    type_: &str,
) -> Option<&'c CertificateSigningRequestCondition> {
    let mut conditions = csr.status.conditions.iter();
    conditions.find(|condition| condition.type_ == type_)
}

/// Approved, and not denied too.
fn is_approved(csr: &CertificateSigningRequest) -> bool {
    condition(csr, RequestConditionType::APPROVED).is_some()
        && condition(csr, RequestConditionType::DENIED).is_none()
}

fn add_condition(
    csr: &mut CertificateSigningRequest,
    type_: &'static str,
    reason: &'static str,
    message: &str,
    now: Time,
) {
    let condition = CertificateSigningRequestCondition {
        type_: Str::const_new(type_),
        status: "True".into(),
        reason: Str::const_new(reason),
        message: message.into(),
        last_update_time: now,
        ..CertificateSigningRequestCondition::default()
    };
    csr.status.conditions.push(condition);
}
