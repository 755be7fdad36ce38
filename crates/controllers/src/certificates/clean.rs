//! Removes requests that have served: an hour after they were issued, denied or failed, a day after nobody answered, and when their
//! certificate expires. Each is looked at again when its time comes.

use super::condition;
use crate::{
    Options,
    time::{now, seconds_between},
};
use api::certificates::v1::{CertificateSigningRequest, RequestConditionType};
use client::{
    Api, Cache, DeleteParams,
    controller::{Action, Builder, ReconcileError, Reconciler},
};
use meta::{ObjectKey, Time};
use platform::Platform;
use std::time::Duration;
use x509_parser::pem::Pem;

const DECIDED_SECONDS: i64 = 3600;
const PENDING_SECONDS: i64 = 24 * 3600;

pub(crate) fn register(mut builder: Builder, _: &Options) {
    let requests = builder.primary::<CertificateSigningRequest>();
    let controller = Clean {
        requests,
        api: builder.client().of(),
        platform: builder.platform().clone(),
    };
    builder.workers(1);
    builder.run(controller);
}

struct Clean {
    requests: Cache<CertificateSigningRequest>,
    api: Api<CertificateSigningRequest>,
    platform: Platform,
}

impl Reconciler for Clean {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        let Some(csr) = self.requests.get(key) else {
            return Ok(Action::Settled);
        };
        let Some(due) = due(&csr) else {
            return Ok(Action::Settled);
        };
        let left = seconds_between(now(&self.platform), due);
        if let Ok(left @ 1..) = u64::try_from(left) {
            return Ok(Action::RequeueAfter(Duration::from_secs(left)));
        }
        let params = DeleteParams::of_uid(&csr.metadata.uid);
        match self.api.delete(key, &params).await {
            Err(error) if !error.is_overtaken() => Err(error.into()),
            _ => Ok(Action::Settled),
        }
    }
}

/// When the request is to go; `None` while somebody may still do something with it.
fn due(csr: &CertificateSigningRequest) -> Option<Time> {
    let since = |type_: &str| {
        let condition = condition(csr, type_)?;
        (!condition.last_update_time.is_zero()).then_some(condition.last_update_time)
    };
    let issued = !csr.status.certificate.is_empty()
        && condition(csr, RequestConditionType::APPROVED).is_some();
    let approved = since(RequestConditionType::APPROVED).filter(|_| issued);
    let decided = [
        approved,
        since(RequestConditionType::DENIED),
        since(RequestConditionType::FAILED),
    ];
    let decided = decided.into_iter().flatten();
    let decided = decided.map(|since| after(since, DECIDED_SECONDS));
    let created = csr.metadata.creation_timestamp;
    let pending = csr.status.conditions.is_empty() && !created.is_zero();
    let pending = pending.then(|| after(created, PENDING_SECONDS));
    let expired = issued.then(|| expires(&csr.status.certificate)).flatten();
    decided
        .chain(pending)
        .chain(expired)
        .min_by_key(|time| time.unix_seconds())
}

/// The first second in which more than `seconds` have passed.
fn after(time: Time, seconds: i64) -> Time {
    Time::from_unix_seconds(time.unix_seconds().saturating_add(seconds + 1))
}

/// Validation lets no other bytes in than certificates.
fn expires(certificate: &[u8]) -> Option<Time> {
    let pem = Pem::iter_from_buffer(certificate).next()?.ok()?;
    let certificate = pem.parse_x509().ok()?;
    let until = certificate.validity().not_after.timestamp();
    Some(after(Time::from_unix_seconds(until), 0))
}

#[cfg(test)]
mod tests;
