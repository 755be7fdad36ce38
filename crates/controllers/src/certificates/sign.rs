//! Issues what was approved for the four built-in signers.

use super::{
    Authority, add_condition, authority::Validity, condition, is_approved, request::Request,
    signers, usages::Usages,
};
use crate::{Options, time::now};
use api::certificates::v1::{CertificateSigningRequest, RequestConditionType};
use client::{
    Api, Cache,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::ObjectKey;
use platform::Platform;
use std::sync::Arc;

/// How long certificates are valid at most: upstream's `--cluster-signing-duration`.
const SECONDS_MAX: i64 = 365 * 24 * 3600;
/// Less than this is not issued, whatever was asked for.
const SECONDS_MIN: i64 = 600;
/// Clocks differ.
const BACKDATE_SECONDS: i64 = 300;
/// Certificates that live shorter lose nothing to the backdating.
const SHORT_SECONDS: i64 = 8 * 3600;

pub(crate) fn register(mut builder: Builder, options: &Options) {
    let requests = builder.primary::<CertificateSigningRequest>();
    let controller = Sign {
        requests,
        api: builder.client().of(),
        platform: builder.platform().clone(),
        authority: Arc::clone(&options.authority),
    };
    builder.run(controller);
}

struct Sign {
    requests: Cache<CertificateSigningRequest>,
    api: Api<CertificateSigningRequest>,
    platform: Platform,
    authority: Arc<Authority>,
}

/// What becomes of an approved request.
#[derive(Debug, PartialEq)]
enum Step {
    /// The signer will never do it; in words.
    Fail(String),
    Issue(Box<Request>, Usages),
}

impl Reconciler for Sign {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(csr) = self.requests.get(key) else {
            return Ok(Action::Settled);
        };
        let Some(step) = plan(&csr).map_err(ReconcileError::Other)? else {
            return Ok(Action::Settled);
        };
        let now = now(&self.platform);
        let mut csr = CertificateSigningRequest::clone(&csr);
        match step {
            Step::Fail(why) => {
                let (type_, reason) = (RequestConditionType::FAILED, "SignerValidationFailure");
                add_condition(&mut csr, type_, reason, &why, now);
            }
            Step::Issue(request, usages) => {
                let seconds = csr.spec.expiration_seconds;
                let until = self.authority.not_after();
                let validity = validity(seconds, now.unix_seconds(), until);
                let mut serial = [0; 16];
                self.platform.rng.fill(&mut serial);
                let issued = self.authority.issue(&request, &usages, validity, serial);
                let pem = issued.map_err(|why| {
                    ReconcileError::Other(format!("error auto signing csr: {why}"))
                })?;
                csr.status.certificate = pem.into_bytes().into();
            }
        }
        self.api.replace_status(&csr).await?;
        Ok(Action::Settled)
    }
}

/// `None`: not ours, not approved, or done.
///
/// # Errors
/// A request that cannot be read.
fn plan(csr: &CertificateSigningRequest) -> Result<Option<Step>, String> {
    let done = !csr.status.certificate.is_empty()
        || condition(csr, RequestConditionType::FAILED).is_some();
    if done || !is_approved(csr) {
        return Ok(None);
    }
    let spec = &csr.spec;
    let name = meta::go_quote(&csr.metadata.name);
    let request = Request::parse(&spec.request);
    let request = request.map_err(|why| format!("unable to parse csr {name}: {why}"))?;
    match signers::check(&spec.signer_name, &request, &spec.usages) {
        Ok(false) => Ok(None),
        Err(why) => Ok(Some(Step::Fail(why))),
        Ok(true) => {
            let usages = Usages::of(&spec.usages);
            let usages = usages.map_err(|why| format!("error auto signing csr: {why}"))?;
            Ok(Some(Step::Issue(Box::new(request), usages)))
        }
    }
}

/// For so many seconds, if that is neither too short nor too long, and never beyond the authority's own end.
fn validity(asked: Option<i32>, now: i64, authority_until: i64) -> Validity {
    let seconds = asked.map_or(SECONDS_MAX, |asked| {
        i64::from(asked).clamp(SECONDS_MIN, SECONDS_MAX)
    });
    let lost = if seconds < SHORT_SECONDS {
        0
    } else {
        BACKDATE_SECONDS
    };
    Validity {
        not_before: now - BACKDATE_SECONDS,
        not_after: (now + seconds - lost).min(authority_until),
    }
}

#[cfg(test)]
mod tests;
