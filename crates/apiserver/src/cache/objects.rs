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
    /// How many more the filter selects after `entries`.
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
}

impl Objects {
    pub(super) fn get(&self, key: &str) -> Option<Arc<Entry>> {
        self.by_key.get(key).cloned()
    }

    pub(super) fn len(&self) -> usize {
        self.by_key.len()
    }

    pub(super) fn insert(&mut self, entry: Arc<Entry>) -> Option<Arc<Entry>> {
        let old = self.by_key.insert(entry.key.clone(), Arc::clone(&entry));
        if let Some(old) = &old {
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
        if let Some(name) = exact_name(filter) {
            return self.select_one(filter, name, start);
        }
        let mut taken = Taken {
            snapshot: Snapshot::default(),
            limit,
        };
        match self.narrowed(filter) {
            Some(sets) => self.select_from(&sets, filter, start, &mut taken),
            None => range_in(&self.by_key, &filter.namespace, start)
                .filter(|entry| filter.matches_in_namespace(entry))
                .for_each(|entry| taken.add(entry)),
        }
        taken.snapshot
    }

    fn select_one(&self, filter: &Filter, name: &Str, start: Option<&str>) -> Snapshot {
        let mut snapshot = Snapshot::default();
        let found: Vec<&Arc<Entry>> = if filter.namespace.is_empty() {
            self.by_key
                .values()
                .filter(|entry| entry.name() == name)
                .collect()
        } else {
            self.by_key
                .get(&super::cache_key(&filter.namespace, name))
                .into_iter()
                .collect()
        };
        let selected = found
            .into_iter()
            .filter(|e| filter.matches(e) && start.is_none_or(|start| e.key.as_str() >= start));
        snapshot.entries.extend(selected.cloned());
        snapshot
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
            return selected.for_each(|entry| taken.add(entry));
        }
        let mut all: Vec<&Arc<Entry>> = sets
            .iter()
            .flat_map(|set| range_in(set, &filter.namespace, start))
            .collect();
        all.sort_by(|a, b| a.key.cmp(&b.key));
        all.into_iter()
            .filter(|entry| filter.matches_in_namespace(entry))
            .for_each(|entry| taken.add(entry));
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
}

impl Taken {
    fn add(&mut self, entry: &Arc<Entry>) {
        if self.snapshot.entries.len() < self.limit {
            self.snapshot.entries.push(Arc::clone(entry));
        } else {
            self.snapshot.remaining += 1;
        }
    }
}

fn exact_name(filter: &Filter) -> Option<&Str> {
    let by_field = filter
        .fields
        .iter()
        .find(|r| r.field == Field::Name && r.equal)
        .map(|r| &r.value);
    filter.name.as_ref().or(by_field)
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
