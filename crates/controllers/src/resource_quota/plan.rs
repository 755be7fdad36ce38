//! What a quota's status should say; pure.

use ::quota::{Amounts, Charge, used};
use api::core::v1::{Pod, ResourceQuota, ResourceQuotaStatus};
use meta::{Quantity, QuantityFormat, Str, Time};
use std::{collections::BTreeMap, time::Duration};

/// What there is in the quota's namespace.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) pods: Vec<Charge>,
    pub(super) services: Vec<Charge>,
    pub(super) claims: Vec<Charge>,
    /// Of other resources, by the name of the bound.
    pub(super) others: BTreeMap<Str, usize>,
}

/// All bounds, and what is used of those that are about something that exists. Of others the last word stays: somebody else says it.
pub(super) fn wanted(quota: &ResourceQuota, counts: &Counts) -> ResourceQuotaStatus {
    let hard = &quota.spec.hard;
    let mut sums = Amounts::default();
    for (name, amount) in quota.status.used.iter() {
        if hard.contains_key(name) {
            sums.insert(name.clone(), *amount);
        }
    }
    let of_kinds = [
        (&counts.pods, of::<Pod>()),
        (&counts.services, of::<api::core::v1::Service>()),
        (&counts.claims, of::<api::core::v1::PersistentVolumeClaim>()),
    ];
    for (charges, example) in of_kinds {
        let concerned: Vec<&Str> = hard.keys().filter(|name| example.concerns(name)).collect();
        let used = used(&quota.spec, &concerned, charges);
        for name in concerned {
            let amount = used.get(name).copied().unwrap_or_else(|| number(0));
            sums.insert(name.clone(), amount);
        }
    }
    let scoped = !quota.spec.scopes.is_empty() || quota.spec.scope_selector.is_some();
    let others = counts.others.iter();
    for (name, count) in others.filter(|(name, _)| hard.contains_key(*name)) {
        // Nothing but pods and claims is in any scope.
        let count = if scoped { 0 } else { *count };
        sums.insert(name.clone(), number(count));
    }
    ResourceQuotaStatus {
        hard: hard.clone(),
        used: sums,
    }
}

/// One object of a kind, to ask what concerns all.
fn of<K: meta::Kind + Default>() -> Charge {
    super::charge(&K::default(), Time::default())
}

fn number(count: usize) -> Quantity {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    Quantity::new(count, QuantityFormat::DecimalSi)
}

/// Nothing said and nothing to say are the same.
pub(super) fn is_same(one: &ResourceQuotaStatus, other: &ResourceQuotaStatus) -> bool {
    one.hard.iter().eq(other.hard.iter()) && one.used.iter().eq(other.used.iter())
}

/// How long until a pod that is going should be gone; `None` when that has passed, or when it stays.
pub(super) fn due(pod: &Pod, now: Time) -> Option<Duration> {
    let metadata = &pod.metadata;
    let marked = metadata.deletion_timestamp?.unix_seconds();
    let until = marked + metadata.deletion_grace_period_seconds? + 1;
    let left = u64::try_from(until - now.unix_seconds()).ok()?;
    (left > 0).then(|| Duration::from_secs(left))
}

#[cfg(test)]
mod tests;
