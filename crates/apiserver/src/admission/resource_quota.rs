//! ResourceQuota: what the objects of a namespace may use together. What is used is counted from the cache and from the writes that it does
//! not have yet, so that two requests at once cannot both take what is left of a quota, and nothing leaks when a write fails.
mod ledger;
#[cfg(test)]
mod tests;

use self::ledger::Ledger;
use super::{Look, forbidden};
use crate::cache::{Filter, cache_key};
use ::quota::{Charge, is_by_content, used};
use api::core::v1::{PersistentVolumeClaim, Pod, ResourceQuota, Service};
use meta::{ApiError, Map, Quantity, Str};
use parking_lot::Mutex;
use resource::{Finish, Object, Operation};
use std::sync::Arc;

/// The plugin. Unlike the others it remembers something: writes on their way.
#[derive(Default)]
pub(super) struct ResourceQuotas {
    ledger: Arc<Mutex<Ledger>>,
}

/// Counts again while writes that ended in between were counted as under way.
const TRIES_MAX: usize = 8;

/// How one count ended.
enum Counted {
    Fits(Option<Finish>),
    /// Why not, and whether a write was counted that may have ended since.
    Exceeds {
        why: String,
        unsure: bool,
    },
}

impl ResourceQuotas {
    /// Takes what `object` uses more than before.
    ///
    /// # Errors
    /// 403 in upstream's words.
    pub(super) async fn reserve(
        &self,
        look: Look<'_>,
        object: &Object,
    ) -> Result<Option<Finish>, ApiError> {
        let info = look.request.resource;
        if !info.namespaced() || !is_charged(&look, object) || quotas(&look).is_empty() {
            return Ok(None);
        }
        for attempt in 1.. {
            let ended = self.ledger.lock().ended();
            look.caches.current().await;
            match self.count(&look, object, &ended) {
                Counted::Fits(finish) => return Ok(finish),
                Counted::Exceeds { unsure: true, .. } if attempt < TRIES_MAX => {}
                Counted::Exceeds { why, .. } => return Err(forbidden(&look, Some(object), &why)),
            }
        }
        unreachable!("the loop returns")
    }

    /// `ended`: writes that the cache has, or had.
    fn count(&self, look: &Look<'_>, object: &Object, ended: &[u64]) -> Counted {
        let mut ledger = self.ledger.lock();
        ledger.forget(ended);
        let (holders, unsure) = holders(look, &ledger);
        let new = charge(look, object);
        let old = look.request.old.map(|old| charge(look, old));
        // What was granted is counted, and not refused after the fact.
        let refuses = look.cx.subresource != "status";
        for quota in quotas(look).into_iter().filter(|_| refuses) {
            if let Err(why) = check(&quota, look.request.operation, &new, old.as_ref(), &holders) {
                return Counted::Exceeds { why, unsure };
            }
        }
        if look.cx.dry_run {
            return Counted::Fits(None);
        }
        let id = ledger.enter(look, object);
        let ledger = Arc::clone(&self.ledger);
        Counted::Fits(Some(Box::new(move |committed| {
            ledger.lock().end(id, committed)
        })))
    }
}

/// Whether a request changes what quotas count.
fn is_charged(look: &Look<'_>, object: &Object) -> bool {
    let (operation, subresource) = (look.request.operation, look.cx.subresource.as_str());
    let any = object.as_any();
    let grows = any.is::<Service>() || any.is::<PersistentVolumeClaim>();
    match (operation, subresource) {
        (Operation::Create, "") => look.request.resource.plural != "events",
        (Operation::Update, "") => grows,
        (Operation::Update, "resize") => any.is::<Pod>(),
        (Operation::Update, "status") => any.is::<PersistentVolumeClaim>(),
        _ => false,
    }
}

fn charge(look: &Look<'_>, object: &Object) -> Charge {
    let info = look.request.resource;
    Charge::of(object.as_any(), &info.group, &info.plural, look.cx.now)
}

fn quotas(look: &Look<'_>) -> Vec<Arc<ResourceQuota>> {
    look.cx.list(Some(&look.cx.namespace))
}

/// Everything of the request's kind in its namespace, as it is or will be, and whether a write among it may have ended already.
fn holders(look: &Look<'_>, ledger: &Ledger) -> (Vec<Charge>, bool) {
    let info = look.request.resource;
    let Some(cache) = look.caches.of(&info.group, &info.plural) else {
        return (Vec::new(), false);
    };
    let mut all = Vec::new();
    let filter = Filter::in_namespace(&look.cx.namespace);
    let stored = cache.snapshot(&filter, None, None, 0).entries;
    for entry in &stored {
        if ledger.replaces(info, &entry.key, entry.revision) {
            continue;
        }
        if !is_by_content(&info.group, &info.plural) {
            all.push(Charge::counted(&info.group, &info.plural));
        } else if let Some(object) = cache.decode(entry) {
            all.push(charge(look, &object));
        }
    }
    let seen = |key: &str| cache.get(key).map(|entry| entry.revision);
    let mut unsure = false;
    for write in ledger.under_way(info, &look.cx.namespace, seen) {
        unsure |= write.committed;
        all.push(charge(look, &write.object));
    }
    (all, unsure)
}

fn check(
    quota: &ResourceQuota,
    operation: Operation,
    new: &Charge,
    old: Option<&Charge>,
    holders: &[Charge],
) -> Result<(), String> {
    let hard = &quota.spec.hard;
    let concerned: Vec<&Str> = hard.keys().filter(|name| new.concerns(name)).collect();
    if concerned.is_empty() || !new.is_in_scope(&quota.spec) {
        return Ok(());
    }
    let name = &quota.metadata.name;
    if operation == Operation::Create || new.is_pod() {
        new.check_complete(&concerned)
            .map_err(|why| format!("failed quota: {name}: {why}"))?;
    }
    let before = old.filter(|old| old.is_in_scope(&quota.spec));
    let requested = new.beyond(before, &concerned);
    let used = used(&quota.spec, &concerned, holders);
    let exceeded = |name: &str, amount: &Quantity| {
        let mut sum = used.get(name).copied().unwrap_or_default();
        sum.add(amount);
        hard.get(name).is_some_and(|hard| sum > *hard)
    };
    let over: Vec<&Str> = requested
        .iter()
        .filter(|(name, amount)| exceeded(name, amount))
        .map(|(name, _)| name)
        .collect();
    if over.is_empty() {
        return Ok(());
    }
    let shown = |amounts: &Map<Str, Quantity>| {
        let parts = over.iter().map(|name| {
            let amount = amounts.get(name.as_str()).copied().unwrap_or_default();
            format!("{name}={amount}")
        });
        parts.collect::<Vec<_>>().join(",")
    };
    Err(format!(
        "exceeded quota: {name}, requested: {}, used: {}, limited: {}",
        shown(&requested),
        shown(&used),
        shown(hard)
    ))
}

/// The key of an object in its cache.
fn key_of(object: &Object) -> Str {
    let metadata = object.metadata();
    cache_key(&metadata.namespace, &metadata.name)
}
