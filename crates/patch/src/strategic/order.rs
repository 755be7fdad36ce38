//! The order of merged lists: what the patch names comes in its order, the rest stays where it was.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::list::ItemKind;
use super::{DIRECTIVE, Result, StrategicError};
use crate::go;
use crate::path::KeyValue;

/// From how many items on a list with unknown items is not sorted as upstream's unstable comparison
/// would have it. Only a patch that contradicts itself gets there.
const QUIRKY_ITEMS_MAX: usize = 20;

/// How the items of a list are told apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Items<'s> {
    pub(super) merge_key: Option<&'s str>,
    pub(super) kind: ItemKind,
}

type Ranks = BTreeMap<KeyValue, usize>;

impl Items<'_> {
    /// Splits `items` into those that `by` names and the others.
    pub(super) fn partition(
        self,
        items: Vec<Value>,
        by: &[Value],
    ) -> Result<(Vec<Value>, Vec<Value>)> {
        let Some(key) = self.merge_key else {
            let named: BTreeSet<_> = by.iter().map(KeyValue::from).collect();
            let is_named = |item: &Value| named.contains(&KeyValue::from(item));
            return Ok(items.into_iter().partition(is_named));
        };
        // Each item is looked for from the start: what is no object matters to those that are not found before it.
        let stray = by.iter().position(|item| !item.is_object());
        let objects = &by[..stray.unwrap_or(by.len())];
        let named: BTreeSet<_> = objects
            .iter()
            .filter_map(|item| item.get(key))
            .map(KeyValue::from)
            .collect();
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for item in items {
            let value = key_of(&item, key)?;
            if named.contains(&KeyValue::from(value)) {
                ours.push(item);
            } else if let Some(at) = stray {
                return Err(StrategicError::NotMap(at));
            } else {
                theirs.push(item);
            }
        }
        Ok((ours, theirs))
    }

    /// Sorts `ours` as the patch has them and `theirs` as they were, and puts each of the latter before
    /// the first of the former that came after it.
    pub(super) fn interleave(
        self,
        ours: Vec<Value>,
        theirs: Vec<Value>,
        our_order: &[Value],
        their_order: &[Value],
    ) -> Result<Vec<Value>> {
        let ours = self.sort(ours, our_order)?;
        let theirs = self.sort(theirs, their_order)?;
        let ranks = self.ranks(their_order);
        let mut merged = Vec::with_capacity(ours.len() + theirs.len());
        let mut theirs = theirs.into_iter().peekable();
        for our in ours {
            let place = self.rank(&ranks, &our);
            let comes_before = |their: &Value| match (self.rank(&ranks, their), place) {
                (Some(their), Some(our)) => their < our,
                _ => false,
            };
            while let Some(their) = theirs.next_if(|their| comes_before(their)) {
                merged.push(their);
            }
            merged.push(our);
        }
        merged.extend(theirs);
        Ok(merged)
    }

    fn sort(self, items: Vec<Value>, order: &[Value]) -> Result<Vec<Value>> {
        if let (ItemKind::Object, Some(key)) = (self.kind, self.merge_key) {
            for item in items.iter().chain(order) {
                key_of(item, key)?;
            }
        }
        let is_deletion = |item: &Value| {
            self.kind == ItemKind::Object && item[DIRECTIVE].as_str() == Some("delete")
        };
        let (deletions, mut items): (Vec<_>, Vec<_>) = items.into_iter().partition(is_deletion);
        let ranks = self.ranks(order);
        let all_known = items.iter().all(|item| self.rank(&ranks, item).is_some());
        if all_known || items.len() > QUIRKY_ITEMS_MAX {
            items.sort_by_cached_key(|item| self.rank(&ranks, item).unwrap_or(usize::MAX));
        } else {
            insertion_sort(&mut items, |a, b| {
                match (self.rank(&ranks, a), self.rank(&ranks, b)) {
                    (Some(a), Some(b)) => a < b,
                    _ => true,
                }
            });
        }
        items.extend(deletions);
        Ok(items)
    }

    fn ranks(self, order: &[Value]) -> Ranks {
        let mut ranks = Ranks::new();
        for (at, item) in order.iter().enumerate() {
            ranks.entry(self.identity(item)).or_insert(at);
        }
        ranks
    }

    fn rank(self, ranks: &Ranks, item: &Value) -> Option<usize> {
        ranks.get(&self.identity(item)).copied()
    }

    fn identity(self, item: &Value) -> KeyValue {
        match (self.kind, self.merge_key) {
            (ItemKind::Object, Some(key)) => KeyValue::from(&item[key]),
            _ => KeyValue::from(item),
        }
    }
}

/// Checks that the items of a patch come in the order of its `$setElementOrder`, which names them all.
pub(super) fn check(patch: &[Value], order: &[Value], merge_key: Option<&str>) -> Result<()> {
    if patch.is_empty() || order.is_empty() {
        return Ok(());
    }
    if merge_key.is_some()
        && let Some(stray) = patch.iter().find(|item| !item.is_object())
    {
        return Err(StrategicError::expected_map(stray));
    }
    let mut wanted = order.iter();
    for item in patch {
        if merge_key.is_some() {
            match item.get(DIRECTIVE) {
                Some(Value::String(directive)) if directive == "delete" => continue,
                // Upstream stops looking when the directive has been walked through.
                Some(_) if wanted.len() > 0 => continue,
                Some(_) => return Err(disorder(patch, order)),
                None => {}
            }
        }
        let mut found = false;
        while !found {
            let Some(next) = wanted.next() else { break };
            found = match merge_key {
                Some(_) if !next.is_object() => return Err(StrategicError::expected_map(next)),
                Some(key) => {
                    KeyValue::from(key_of(item, key)?) == KeyValue::from(key_of(next, key)?)
                }
                None => item == next,
            };
        }
        if !found {
            return Err(disorder(patch, order));
        }
    }
    Ok(())
}

fn disorder(patch: &[Value], order: &[Value]) -> StrategicError {
    StrategicError::Order {
        patch: go::print(&Value::Array(patch.to_vec())),
        order: go::print(&Value::Array(order.to_vec())),
    }
}

fn key_of<'v>(item: &'v Value, key: &str) -> Result<&'v Value> {
    let fields = item
        .as_object()
        .ok_or_else(|| StrategicError::expected_map(item))?;
    fields
        .get(key)
        .ok_or_else(|| StrategicError::no_merge_key(item, key))
}

/// Sorts by a comparison that is no order: what comes out then depends on the algorithm.
fn insertion_sort(items: &mut [Value], less: impl Fn(&Value, &Value) -> bool) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && less(&items[at], &items[at - 1]) {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
}
