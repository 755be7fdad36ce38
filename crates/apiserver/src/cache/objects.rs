//! The current objects of one resource, by key, by label and by selectable field.
use super::{
    Entry, Filter,
    filter::{Field, FieldRequirement},
};
use meta::{
    Str,
    labels::{self, Operator},
};
use std::{
    collections::{BTreeMap, HashMap},
    ops::Bound,
    sync::Arc,
};

type ByKey = BTreeMap<Str, Arc<Entry>>;

/// What one list sees.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    /// In key order.
    pub(crate) entries: Vec<Arc<Entry>>,
    /// How many more there are after `entries`. Behind a selector: whether there may be more.
    pub(crate) remaining: usize,
    pub(crate) revision: u64,
}

/// Objects and indexes.
#[derive(Default)]
pub(super) struct Objects {
    by_key: ByKey,
    by_label: HashMap<(Str, Str), ByKey>,
    /// By position of the field label and value; empty values are not indexed.
    by_field: HashMap<(usize, Str), ByKey>,
    bytes: u64,
}

impl Objects {
    pub(super) fn get(&self, key: &str) -> Option<Arc<Entry>> {
        self.by_key.get(key).cloned()
    }

    pub(super) fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Of all of them together.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn insert(&mut self, entry: Arc<Entry>) -> Option<Arc<Entry>> {
        let old = self.by_key.insert(entry.key.clone(), Arc::clone(&entry));
        self.bytes += entry.size_bytes() as u64;
        if let Some(old) = &old {
            self.bytes -= old.size_bytes() as u64;
            self.unindex(old, Some(&entry));
        }
        for (key, value) in entry.labels().iter() {
            let place = self
                .by_label
                .entry((key.clone(), value.clone()))
                .or_default();
            place.insert(entry.key.clone(), Arc::clone(&entry));
        }
        for (index, value) in entry
            .fields()
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.is_empty())
        {
            let place = self.by_field.entry((index, value.clone())).or_default();
            place.insert(entry.key.clone(), Arc::clone(&entry));
        }
        old
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Arc<Entry>> {
        let old = self.by_key.remove(key)?;
        self.bytes -= old.size_bytes() as u64;
        self.unindex(&old, None);
        Some(old)
    }

    /// Takes `old` out of what `new` will not overwrite.
    fn unindex(&mut self, old: &Entry, new: Option<&Entry>) {
        for (key, value) in old.labels().iter() {
            if new.is_none_or(|new| new.labels().get(key.as_str()) != Some(value)) {
                remove_from(&mut self.by_label, (key.clone(), value.clone()), &old.key);
            }
        }
        for (index, value) in old.fields().iter().enumerate() {
            if !value.is_empty() && new.is_none_or(|new| new.fields().get(index) != Some(value)) {
                remove_from(&mut self.by_field, (index, value.clone()), &old.key);
            }
        }
    }

    pub(super) fn select(
        &self,
        filter: &Filter,
        start: Option<&str>,
        limit: Option<usize>,
    ) -> Snapshot {
        let limit = limit.unwrap_or(usize::MAX);
        let mut taken = Taken {
            snapshot: Snapshot::default(),
            limit,
            counts: !filter.is_selective(),
        };
        match (filter.only_name(), self.narrowed(filter)) {
            (Some(name), _) => self.select_one(filter, name, start, &mut taken),
            (None, Some(sets)) => self.select_from(&sets, filter, start, &mut taken),
            (None, None) => {
                let entries = range_in(&self.by_key, &filter.namespace, start);
                taken.all(entries.filter(|entry| filter.matches_in_namespace(entry)));
            }
        }
        let mut snapshot = taken.snapshot;
        if filter.is_selective() && snapshot.entries.len() == limit {
            snapshot.remaining = usize::from(self.goes_on(filter, start, snapshot.entries.last()));
        }
        snapshot
    }

    /// Whether there is anything after an entry, selected or not: as upstream, which has not looked at it when a page is full. What one
    /// value of an indexed field has is all that there is.
    fn goes_on(&self, filter: &Filter, start: Option<&str>, last: Option<&Arc<Entry>>) -> bool {
        let Some(last) = last else { return false };
        let is_in_namespace = !filter.namespace.is_empty() || !last.key.contains('/');
        // One name is looked up by itself, but not where a list goes on.
        if filter.only_name().is_some() && is_in_namespace && start.is_none() {
            return false;
        }
        let after = format!("{}\0", last.key);
        let set = match filter.trigger() {
            Some(trigger) => self.by_field.get(&trigger),
            None => Some(&self.by_key),
        };
        set.is_some_and(|set| {
            let mut rest = range_in(set, &filter.namespace, Some(&after));
            rest.next().is_some()
        })
    }

    fn select_one(&self, filter: &Filter, name: &Str, start: Option<&str>, taken: &mut Taken) {
        let wanted = |entry: &&Arc<Entry>| {
            filter.matches(entry) && start.is_none_or(|start| entry.key.as_str() >= start)
        };
        if filter.namespace.is_empty() {
            return taken.all(self.by_key.values().filter(wanted));
        }
        let found = self.by_key.get(&super::cache_key(&filter.namespace, name));
        taken.all(found.into_iter().filter(wanted));
    }

    fn select_from(
        &self,
        sets: &[&ByKey],
        filter: &Filter,
        start: Option<&str>,
        taken: &mut Taken,
    ) {
        if let [set] = sets {
            let selected = range_in(set, &filter.namespace, start)
                .filter(|entry| filter.matches_in_namespace(entry));
            return taken.all(selected);
        }
        let mut all: Vec<&Arc<Entry>> = sets
            .iter()
            .flat_map(|set| range_in(set, &filter.namespace, start))
            .collect();
        all.sort_by(|a, b| a.key.cmp(&b.key));
        taken.all(
            all.into_iter()
                .filter(|entry| filter.matches_in_namespace(entry)),
        );
    }

    /// Index sets whose union holds all that the filter selects: the smallest that one requirement gives.
    fn narrowed(&self, filter: &Filter) -> Option<Vec<&ByKey>> {
        let fields = filter
            .fields
            .iter()
            .filter_map(|requirement| match requirement {
                FieldRequirement {
                    field: Field::Selectable(index),
                    equal: true,
                    value,
                } if !value.is_empty() => Some(
                    self.by_field
                        .get(&(*index, value.clone()))
                        .into_iter()
                        .collect::<Vec<_>>(),
                ),
                _ => None,
            });
        let labels = filter
            .labels
            .iter()
            .flat_map(labels::Selector::requirements)
            .filter_map(|requirement| {
                let one_of = matches!(
                    requirement.operator(),
                    Operator::In | Operator::Equals | Operator::DoubleEquals
                );
                let of_value = |value: &Str| {
                    self.by_label
                        .get(&(requirement.key().clone(), value.clone()))
                };
                one_of.then(|| requirement.values().iter().filter_map(of_value).collect())
            });
        fields
            .chain(labels)
            .min_by_key(|sets: &Vec<&ByKey>| sets.iter().map(|set| set.len()).sum::<usize>())
    }
}

fn remove_from<K: std::hash::Hash + Eq>(index: &mut HashMap<K, ByKey>, at: K, key: &str) {
    if let Some(set) = index.get_mut(&at) {
        set.remove(key);
        if set.is_empty() {
            index.remove(&at);
        }
    }
}

struct Taken {
    snapshot: Snapshot,
    limit: usize,
    /// Whether what is beyond the limit is counted.
    counts: bool,
}

impl Taken {
    fn all<'a>(&mut self, mut selected: impl Iterator<Item = &'a Arc<Entry>>) {
        let entries = selected.by_ref().take(self.limit).cloned();
        self.snapshot.entries.extend(entries);
        if self.counts {
            self.snapshot.remaining = selected.count();
        }
    }
}

/// Entries of a namespace (all when empty) from key `start` on, in order.
fn range_in<'a>(
    set: &'a ByKey,
    namespace: &str,
    start: Option<&str>,
) -> impl Iterator<Item = &'a Arc<Entry>> {
    let prefix = if namespace.is_empty() {
        String::new()
    } else {
        format!("{namespace}/")
    };
    let from = start
        .filter(|start| *start > prefix.as_str())
        .unwrap_or(&prefix)
        .to_owned();
    let range = set.range::<str, _>((Bound::Included(from.as_str()), Bound::Unbounded));
    range
        .map(|(_, entry)| entry)
        .take_while(move |entry| entry.key.starts_with(prefix.as_str()))
}
