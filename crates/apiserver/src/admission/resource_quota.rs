//! ResourceQuota: what the objects of a namespace may use together. What is used is counted from the cache and from the writes that it does
//! not have yet, so that two requests at once cannot both take what is left of a quota, and nothing leaks when a write fails. A quota's
//! status says of a write before it is done, as upstream's: whoever has the answer and looks finds it there.
mod ledger;
#[cfg(test)]
mod tests;

use self::ledger::Ledger;
use super::{Look, forbidden};
use crate::{
    cache::{Filter, cache_key},
    shared::Api,
    write,
};
use ::quota::{Amounts, Charge, is_by_content, used};
use api::core::v1::{PersistentVolumeClaim, Pod, ResourceQuota, Service};
use meta::{ApiError, Quantity, Str};
use parking_lot::Mutex;
use resource::{Finish, Object, Operation};
use std::sync::{Arc, Weak};

/// The plugin. Unlike the others it remembers something: writes on their way.
#[derive(Default)]
pub(super) struct ResourceQuotas {
    ledger: Arc<Mutex<Ledger>>,
}

/// Counts again while writes that ended in between were counted as under way.
const TRIES_MAX: usize = 8;

/// Conflicts with other writers of a quota's status that one request rides out.
const CONFLICTS_MAX: usize = 64;

/// How one count ended.
enum Counted {
    Fits {
        /// Of a write that uses something.
        finish: Option<Finish>,
        uses: Vec<Use>,
    },
    /// Why not, and whether a write was counted that may have ended since.
    Exceeds { why: String, unsure: bool },
}

/// What is used of a quota when a write is done.
#[derive(Debug, PartialEq)]
struct Use {
    quota: Str,
    used: Amounts,
}

/// A write that was let through. One that is given up used nothing, also when that is because who asked for it went away.
struct UnderWay {
    ledger: Arc<Mutex<Ledger>>,
    id: u64,
    committed: bool,
}

impl UnderWay {
    fn end(mut self, committed: bool) {
        self.committed = committed;
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.ledger.lock().end(self.id, self.committed);
    }
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
        api: Weak<Api>,
    ) -> Result<Option<Finish>, ApiError> {
        let info = look.request.resource;
        if !info.namespaced() || !is_charged(&look, object) || quotas(&look).is_empty() {
            return Ok(None);
        }
        for attempt in 1.. {
            let ended = self.ledger.lock().ended();
            look.caches.current().await;
            match self.count(&look, object, &ended) {
                Counted::Fits { finish, uses } => {
                    say(&look, &api, &uses).await?;
                    return Ok(finish);
                }
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
        let uses = match check(&quotas(look), &new, old.as_ref(), &holders, refuses) {
            Ok(uses) => uses,
            Err(why) => return Counted::Exceeds { why, unsure },
        };
        if look.cx.dry_run {
            let (finish, uses) = (None, Vec::new());
            return Counted::Fits { finish, uses };
        }
        let under_way = UnderWay {
            id: ledger.enter(look, object),
            ledger: Arc::clone(&self.ledger),
            committed: false,
        };
        let finish: Finish = Box::new(move |committed| under_way.end(committed));
        let finish = Some(finish);
        Counted::Fits { finish, uses }
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

/// What will be used of each quota of which an object takes more than before. All are asked whether the object says enough before any is
/// asked whether it has enough.
fn check(
    quotas: &[Arc<ResourceQuota>],
    new: &Charge,
    old: Option<&Charge>,
    holders: &[Charge],
    refuses: bool,
) -> Result<Vec<Use>, String> {
    let bounding = quotas.iter().map(|quota| {
        let names = quota.spec.hard.keys().filter(|name| new.concerns(name));
        (&**quota, names.collect::<Vec<_>>())
    });
    let bounding: Vec<(&ResourceQuota, Vec<&Str>)> = bounding
        .filter(|(quota, concerned)| !concerned.is_empty() && new.is_in_scope(&quota.spec))
        .collect();
    for (quota, concerned) in bounding.iter().filter(|_| refuses) {
        let name = &quota.metadata.name;
        new.check_complete(concerned)
            .map_err(|why| format!("failed quota: {name}: {why}"))?;
    }
    let mut uses = Vec::new();
    for (quota, concerned) in bounding {
        let before = old.filter(|old| old.is_in_scope(&quota.spec));
        let requested = new.beyond(before, &concerned);
        if requested.is_empty() {
            continue;
        }
        let held = used(&quota.spec, &concerned, holders);
        let mut used = requested.clone();
        for (name, amount) in used.iter_mut() {
            amount.add(held.get(name).unwrap_or(&Quantity::default()));
        }
        if refuses {
            check_bounds(quota, &requested, &held, &used)?;
        }
        let quota = quota.metadata.name.clone();
        uses.push(Use { quota, used });
    }
    Ok(uses)
}

fn check_bounds(
    quota: &ResourceQuota,
    requested: &Amounts,
    held: &Amounts,
    used: &Amounts,
) -> Result<(), String> {
    let hard = &quota.spec.hard;
    let over = used.iter().filter(|(name, amount)| {
        let bound = hard.get(name.as_str());
        bound.is_some_and(|bound| *amount > bound)
    });
    let over: Vec<&Str> = over.map(|(name, _)| name).collect();
    if over.is_empty() {
        return Ok(());
    }
    let shown = |amounts: &Amounts| {
        let parts = over.iter().map(|name| {
            let amount = amounts.get(name.as_str()).copied().unwrap_or_default();
            format!("{name}={amount}")
        });
        parts.collect::<Vec<_>>().join(",")
    };
    Err(format!(
        "exceeded quota: {}, requested: {}, used: {}, limited: {}",
        quota.metadata.name,
        shown(requested),
        shown(held),
        shown(hard)
    ))
}

/// Says in the status of quotas what is used, where they say less.
async fn say(look: &Look<'_>, api: &Weak<Api>, uses: &[Use]) -> Result<(), ApiError> {
    let Some(api) = api.upgrade().filter(|_| !uses.is_empty()) else {
        return Ok(());
    };
    for _ in 0..CONFLICTS_MAX {
        let mut all_said = true;
        for quota in quotas(look)
            .into_iter()
            .filter_map(|quota| raised(&quota, uses))
        {
            all_said &= write::status(&api, look.cx.now, Box::new(quota)).await?;
        }
        if all_said {
            return Ok(());
        }
        look.caches.current().await;
    }
    let words = "the quotas of the namespace are changed again and again";
    Err(ApiError::internal(words))
}

/// A quota that says less than is used, saying it. What its controller has not counted yet is left to it.
fn raised(quota: &ResourceQuota, uses: &[Use]) -> Option<ResourceQuota> {
    let used = &uses
        .iter()
        .find(|said| said.quota == quota.metadata.name)?
        .used;
    let mut quota = quota.clone();
    let status = &mut quota.status;
    let mut is_raised = false;
    for (name, amount) in used
        .iter()
        .filter(|(name, _)| status.hard.contains_key(*name))
    {
        if status.used.get(name).is_none_or(|said| said < amount) {
            status.used.insert(name.clone(), *amount);
            is_raised = true;
        }
    }
    is_raised.then_some(quota)
}

/// The key of an object in its cache.
fn key_of(object: &Object) -> Str {
    let metadata = object.metadata();
    cache_key(&metadata.namespace, &metadata.name)
}
