//! The series of one family by their label values. Finding one that exists allocates nothing: it is done for every request.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// One value for each label.
pub(super) type Values = Box<[Box<str>]>;

pub(super) type Row<M> = (Values, Arc<M>);

/// Series by the hash of their values, which is not hashed again.
pub(super) struct Table<M> {
    buckets: HashMap<u64, Vec<Row<M>>, BuildHasherDefault<Hashed>>,
    count: usize,
}

impl<M> Default for Table<M> {
    fn default() -> Self {
        Self {
            buckets: HashMap::default(),
            count: 0,
        }
    }
}

impl<M> Table<M> {
    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn get(&self, values: &[&str]) -> Option<&Arc<M>> {
        let bucket = self.buckets.get(&hash(values))?;
        let found = bucket.iter().find(|(known, _)| same(known, values));
        found.map(|(_, metric)| metric)
    }

    /// The series with these values, made when it is not there.
    pub(super) fn get_or_insert(&mut self, values: &[&str], make: impl FnOnce() -> M) -> &Arc<M> {
        let bucket = self.buckets.entry(hash(values)).or_default();
        let found = bucket.iter().position(|(known, _)| same(known, values));
        let index = found.unwrap_or_else(|| {
            let owned: Values = values.iter().map(|value| Box::from(*value)).collect();
            bucket.push((owned, Arc::new(make())));
            self.count += 1;
            bucket.len() - 1
        });
        &bucket[index].1
    }

    /// Takes a series that was made elsewhere; another one of these values goes.
    pub(super) fn adopt(&mut self, values: &[&str], series: &Arc<M>) {
        let bucket = self.buckets.entry(hash(values)).or_default();
        if let Some((_, known)) = bucket.iter_mut().find(|(known, _)| same(known, values)) {
            known.clone_from(series);
            return;
        }
        let owned: Values = values.iter().map(|value| Box::from(*value)).collect();
        bucket.push((owned, Arc::clone(series)));
        self.count += 1;
    }

    pub(super) fn remove(&mut self, values: &[&str]) {
        let hash = hash(values);
        let Some(bucket) = self.buckets.get_mut(&hash) else {
            return;
        };
        let before = bucket.len();
        bucket.retain(|(known, _)| !same(known, values));
        self.count -= before - bucket.len();
        if bucket.is_empty() {
            self.buckets.remove(&hash);
        }
    }

    /// All series, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = &Row<M>> {
        self.buckets.values().flatten()
    }
}

fn same(known: &Values, values: &[&str]) -> bool {
    known.len() == values.len() && known.iter().zip(values).all(|(a, b)| **a == **b)
}

fn hash(values: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    values.hash(&mut hasher);
    hasher.finish()
}

/// Takes a number that is a hash as its own hash.
#[derive(Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, _bytes: &[u8]) {
        unreachable!("only whole hashes are looked up");
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
