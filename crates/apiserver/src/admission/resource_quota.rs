//! ResourceQuota: what the objects of a namespace may use together. What is used is counted from the cache and from the writes that it does
//! not have yet, so that two requests at once cannot both take what is left of a quota, and nothing leaks when a write fails. A quota's
//! status says of a write before it is done, as upstream's: whoever has the answer and looks finds it there.
mod counts;
mod ledger;
#[cfg(test)]
mod tests;

use self::{counts::Counts, ledger::Ledger};
use super::{Look, forbidden};
use crate::{
    cache::{Filter, cache_key},
    shared::Api,
    write,
};
use ::quota::{Amounts, Charge, add, is_by_content, subtract};
use api::core::v1::{PersistentVolumeClaim, Pod, ResourceQuota, ResourceQuotaSpec, Service};
use meta::{ApiError, Quantity, Str};
use parking_lot::Mutex;
use resource::{Finish, Object, Operation};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Weak},
};

/// The plugin. Unlike the others it remembers something: writes on their way.
#[derive(Default)]
pub(super) struct ResourceQuotas {
    ledger: Arc<Mutex<Ledger>>,
    /// Whose turn it is to say what is used in a namespace: what one says holds for all who wait.
    turns: [tokio::sync::Mutex<()>; TURNS],
}

/// Namespaces share turns where there are more of them.
const TURNS: usize = 32;

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
                    self.say(&look, &api, &uses).await?;
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
        let quotas = quotas(look);
        let new = charge(look, object);
        let old = look.request.old.map(|old| charge(look, old));
        // What was granted is counted, and not refused after the fact.
        let refuses = look.cx.subresource != "status";
        let mut held = held(look, &mut ledger, &quotas);
        let used = |spec: &ResourceQuotaSpec, names: &[&Str]| held.used(spec, names);
        let uses = match check(&quotas, &new, old.as_ref(), used, refuses) {
            Ok(uses) => uses,
            Err(why) => {
                let unsure = held.unsure;
                return Counted::Exceeds { why, unsure };
            }
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

    /// Says in the status of quotas what is used, where they say less.
    async fn say(&self, look: &Look<'_>, api: &Weak<Api>, uses: &[Use]) -> Result<(), ApiError> {
        let Some(api) = api.upgrade().filter(|_| !uses.is_empty()) else {
            return Ok(());
        };
        let _turn = self.turn(&look.cx.namespace).lock().await;
        for _ in 0..CONFLICTS_MAX {
            let mut all_said = true;
            let say_less = |uses: &[Use]| -> Vec<ResourceQuota> {
                let quotas = quotas(look).into_iter();
                quotas.filter_map(|quota| raised(&quota, uses)).collect()
            };
            // Whoever had the turn before may have said it.
            if say_less(uses).is_empty() {
                return Ok(());
            }
            for quota in say_less(&self.now(look, uses)) {
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

    fn turn(&self, namespace: &str) -> &tokio::sync::Mutex<()> {
        let mut hasher = DefaultHasher::new();
        namespace.hash(&mut hasher);
        let index = hasher.finish() % (TURNS as u64);
        &self.turns[usize::try_from(index).expect("a small number")]
    }

    /// The same uses as they are now, with all writes that have been let through since.
    fn now(&self, look: &Look<'_>, uses: &[Use]) -> Vec<Use> {
        let mut ledger = self.ledger.lock();
        let quotas = quotas(look);
        let mut held = held(look, &mut ledger, &quotas);
        let now = uses.iter().filter_map(|said| {
            let mut quotas = quotas.iter();
            let quota = quotas.find(|quota| quota.metadata.name == said.quota)?;
            let names: Vec<&Str> = said.used.keys().collect();
            Some(Use {
                quota: said.quota.clone(),
                used: held.used(&quota.spec, &names),
            })
        });
        now.collect()
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

/// What is used by everything of one kind in a namespace, as it is or will be.
struct Held<'l> {
    /// Of what the cache has, where more counts than that it is there.
    counts: Option<&'l mut Counts>,
    more: Vec<Charge>,
    /// Of what writes on their way replace.
    less: Vec<Charge>,
    /// Whether one of these writes may have ended already.
    unsure: bool,
}

impl Held<'_> {
    fn used(&mut self, spec: &ResourceQuotaSpec, names: &[&Str]) -> Amounts {
        let mut used = Amounts::default();
        if let Some(counts) = &mut self.counts {
            add(&mut used, counts.used(spec), names);
        }
        let in_scope = |charge: &&Charge| charge.is_in_scope(spec);
        for more in self.more.iter().filter(in_scope) {
            add(&mut used, &more.usage, names);
        }
        for less in self.less.iter().filter(in_scope) {
            subtract(&mut used, &less.usage);
        }
        used
    }
}

/// Of the request's kind in its namespace.
fn held<'l>(look: &Look<'_>, ledger: &'l mut Ledger, quotas: &[Arc<ResourceQuota>]) -> Held<'l> {
    let info = look.request.resource;
    let mut held = Held {
        counts: None,
        more: Vec::new(),
        less: Vec::new(),
        unsure: false,
    };
    let Some(cache) = look.caches.of(&info.group, &info.plural) else {
        return held;
    };
    let namespace = &look.cx.namespace;
    let seen = |key: &str| cache.get(key).map(|entry| entry.revision);
    let mut replaced = Vec::new();
    for write in ledger.under_way(info, namespace, seen) {
        held.unsure |= write.committed;
        held.more.push(charge(look, &write.object));
        replaced.push(write.key.clone());
    }
    let filter = Filter::in_namespace(namespace);
    let entries = cache.snapshot(&filter, None, None, 0).entries;
    if !is_by_content(&info.group, &info.plural) {
        let all = Charge::counted(&info.group, &info.plural, entries.len());
        held.more.push(all);
        return held;
    }
    let counts = ledger.counts(info, namespace);
    counts.refresh(&entries, quotas, |entry| {
        let object = cache.decode(entry)?;
        Some((charge(look, &object), Charge::is_lasting(object.as_any())))
    });
    let before = replaced.iter().filter_map(|key| counts.of(key));
    held.less.extend(before.cloned());
    held.counts = Some(counts);
    held
}

/// What will be used of each quota of which an object takes more than before. All are asked whether the object says enough before any is
/// asked whether it has enough.
fn check(
    quotas: &[Arc<ResourceQuota>],
    new: &Charge,
    old: Option<&Charge>,
    mut used: impl FnMut(&ResourceQuotaSpec, &[&Str]) -> Amounts,
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
        let held = used(&quota.spec, &concerned);
        let mut whole = requested.clone();
        for (name, amount) in whole.iter_mut() {
            amount.add(held.get(name).unwrap_or(&Quantity::default()));
        }
        if refuses {
            check_bounds(quota, &requested, &held, &whole)?;
        }
        let quota = quota.metadata.name.clone();
        uses.push(Use { quota, used: whole });
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

/// A quota that says less than is used, saying it. What its controller has not counted yet is left to it.
fn raised(quota: &ResourceQuota, uses: &[Use]) -> Option<ResourceQuota> {
    let used = &uses
        .iter()
        .find(|said| said.quota == quota.metadata.name)?
        .used;
    let status = &quota.status;
    let says_less = |name: &Str, amount: &Quantity| {
        let said = status.used.get(name);
        status.hard.contains_key(name) && said.is_none_or(|said| said < amount)
    };
    let missing = used.iter().filter(|(name, amount)| says_less(name, amount));
    let missing: Vec<(&Str, &Quantity)> = missing.collect();
    if missing.is_empty() {
        return None;
    }
    let mut quota = quota.clone();
    for (name, amount) in missing {
        quota.status.used.insert(name.clone(), *amount);
    }
    Some(quota)
}

/// The key of an object in its cache.
fn key_of(object: &Object) -> Str {
    let metadata = object.metadata();
    cache_key(&metadata.namespace, &metadata.name)
}
