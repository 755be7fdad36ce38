//! The policies that are bound, as they are now. Read again when a policy or a binding has changed, else one look at two numbers.
use super::compiled::{Binding, Hook};
use crate::cache::{Caches, ResourceCache};
use meta::{Kind, ObjectMeta, Str};
use parking_lot::RwLock;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// A sort of policies that can be bound.
pub(super) trait Bound: Sized {
    type Policy: Kind;
    type Binding: Kind;

    fn metadata(policy: &Self::Policy) -> &ObjectMeta;
    fn policy_name(binding: &Self::Binding) -> &Str;
    fn binding(binding: &Self::Binding) -> Binding;
    fn compile(policy: &Self::Policy) -> Self;
}

pub(super) struct Source<P> {
    /// Of policies and of bindings; `None` in a server without these kinds.
    caches: Option<(Arc<ResourceCache>, Arc<ResourceCache>)>,
    read: RwLock<Arc<Read<P>>>,
}

struct Read<P> {
    changes: (u64, u64),
    hooks: Arc<[Hook<P>]>,
    /// Compiled, by uid and generation.
    compiled: HashMap<(Str, i64), Arc<P>>,
}

impl<P: Bound> Source<P> {
    pub(super) fn new(caches: &Caches) -> Self {
        let policies = caches.of(P::Policy::GROUP, P::Policy::PLURAL);
        let bindings = caches.of(P::Binding::GROUP, P::Binding::PLURAL);
        let nothing = Read {
            changes: (0, 0),
            hooks: Arc::new([]),
            compiled: HashMap::new(),
        };
        Self {
            caches: policies.zip(bindings),
            read: RwLock::new(Arc::new(nothing)),
        }
    }

    /// The bound policies by name; `None` when there are none.
    pub(super) fn hooks(&self) -> Option<Arc<[Hook<P>]>> {
        let (policies, bindings) = self.caches.as_ref()?;
        let changes = (policies.changes(), bindings.changes());
        let known = Arc::clone(&self.read.read());
        let read = if known.changes == changes {
            known
        } else {
            let read = Arc::new(read(changes, policies, bindings, &known));
            *self.read.write() = Arc::clone(&read);
            read
        };
        (!read.hooks.is_empty()).then(|| Arc::clone(&read.hooks))
    }
}

fn read<P: Bound>(
    changes: (u64, u64),
    policies: &ResourceCache,
    bindings: &ResourceCache,
    known: &Read<P>,
) -> Read<P> {
    let mut bound: BTreeMap<Str, Vec<Binding>> = BTreeMap::new();
    for object in bindings.all() {
        if let Some(binding) = object.as_any().downcast_ref::<P::Binding>() {
            let of_policy = bound.entry(P::policy_name(binding).clone());
            of_policy.or_default().push(P::binding(binding));
        }
    }
    let (mut hooks, mut compiled) = (Vec::new(), HashMap::new());
    for object in policies.all() {
        let Some(policy) = object.as_any().downcast_ref::<P::Policy>() else {
            continue;
        };
        let metadata = P::metadata(policy);
        let Some(bindings) = bound.remove(&metadata.name) else {
            continue;
        };
        let key = (metadata.uid.clone(), metadata.generation);
        let kept = known.compiled.get(&key).cloned();
        let policy = kept.unwrap_or_else(|| Arc::new(P::compile(policy)));
        compiled.insert(key, Arc::clone(&policy));
        hooks.push(Hook { policy, bindings });
    }
    Read {
        changes,
        hooks: hooks.into(),
        compiled,
    }
}
