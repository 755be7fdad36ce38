//! Lays an applied configuration over the live object.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::compare::{fields, items};
use super::item::{self, Indexed};
use super::{Atom, TypedErrors, atoms, validate};
use crate::node::{ListKind, Node};
use crate::path::PathElement;

/// `live` with everything that `applied` mentions. Nothing is removed. Items of lists keep their live
/// order, unless `applied` names them in another.
///
/// # Errors
/// A list's items cannot be told apart, two applied items have one key, or neither scalar is of the
/// declared kind.
pub fn merge(node: Node<'_>, live: &Value, applied: &Value) -> Result<Value, TypedErrors> {
    Ok(merge_node(node, Some(live), Some(applied))?.unwrap_or_default())
}

fn merge_node(
    node: Node<'_>,
    live: Option<&Value>,
    applied: Option<&Value>,
) -> Result<Option<Value>, TypedErrors> {
    let (first, second) = atoms(node, live, applied);
    let mut merged = None;
    for atom in [first, second].into_iter().flatten() {
        merged = merge_atom(node, atom, live, applied)?;
    }
    Ok(merged)
}

fn merge_atom(
    node: Node<'_>,
    atom: Atom<'_>,
    live: Option<&Value>,
    applied: Option<&Value>,
) -> Result<Option<Value>, TypedErrors> {
    let leaf = || applied.or(live).cloned();
    match atom {
        Atom::Scalar(kind) => {
            validate::either_scalar(kind, live, applied)?;
            Ok(leaf())
        }
        Atom::Map { atomic } => {
            let (before, after) = (fields(live), fields(applied));
            if atomic || before.is_none() && after.is_none() {
                return Ok(leaf());
            }
            merge_fields(node, before, after)
        }
        Atom::List(kind) => {
            let (before, after) = (items(live), items(applied));
            if kind == ListKind::Atomic || before.is_empty() && after.is_empty() {
                return Ok(leaf());
            }
            merge_items(node, kind, before, after)
        }
    }
}

fn merge_fields(
    node: Node<'_>,
    live: Option<&Map<String, Value>>,
    applied: Option<&Map<String, Value>>,
) -> Result<Option<Value>, TypedErrors> {
    let mut merged = Map::new();
    let added = applied
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
        .filter(|name| live.is_none_or(|live| !live.contains_key(*name)));
    for name in live
        .into_iter()
        .flatten()
        .map(|(name, _)| name)
        .chain(added)
    {
        let before = live.and_then(|fields| fields.get(name));
        let after = applied.and_then(|fields| fields.get(name));
        let value = merge_node(node.child(name), before, after)
            .map_err(|errors| errors.below(&PathElement::field(name)))?;
        if let Some(value) = value {
            merged.insert(name.clone(), value);
        }
    }
    Ok((!merged.is_empty()).then_some(Value::Object(merged)))
}

fn merge_items(
    node: Node<'_>,
    kind: ListKind<'_>,
    live: &[Value],
    applied: &[Value],
) -> Result<Option<Value>, TypedErrors> {
    let live = item::in_order(node, kind, live)?;
    let applied = item::in_order(node, kind, applied)?;
    let lists = Lists::new(node, &live, &applied)?;
    let merged = lists.merge()?;
    Ok((!merged.is_empty()).then_some(Value::Array(merged)))
}

/// Two lists to interleave.
struct Lists<'a> {
    item_node: Node<'a>,
    live: &'a [Indexed<'a>],
    applied: &'a [Indexed<'a>],
    /// `None` for an element that several live items share: none of them is merged into.
    live_by_element: BTreeMap<&'a PathElement, Option<&'a Value>>,
    applied_by_element: BTreeMap<&'a PathElement, &'a Value>,
}

impl<'a> Lists<'a> {
    fn new(
        list: Node<'a>,
        live: &'a [Indexed<'a>],
        applied: &'a [Indexed<'a>],
    ) -> Result<Self, TypedErrors> {
        let mut live_by_element = BTreeMap::new();
        for (element, value) in live {
            live_by_element
                .entry(element)
                .and_modify(|known| *known = None)
                .or_insert(Some(*value));
        }
        let mut applied_by_element = BTreeMap::new();
        for (element, value) in applied {
            if applied_by_element.insert(element, *value).is_some() {
                let message = format!("duplicate entries for key {element}");
                return Err(TypedErrors::one(message));
            }
        }
        Ok(Self {
            item_node: list.element(),
            live,
            applied,
            live_by_element,
            applied_by_element,
        })
    }

    /// Applied items come in their order; live items that are not applied stay where they are between
    /// the items that both have, as far as the two orders agree.
    fn merge(&self) -> Result<Vec<Value>, TypedErrors> {
        let mut shared = self
            .applied
            .iter()
            .map(|(element, _)| element)
            .filter(|element| self.live_by_element.contains_key(element));
        let mut next_shared = shared.next();
        let mut done = BTreeSet::new();
        let mut merged = Vec::with_capacity(self.live.len().max(self.applied.len()));
        let (mut l, mut a) = (0, 0);
        while l < self.live.len() || a < self.applied.len() {
            if let (Some((left, _)), Some((right, _))) = (self.live.get(l), self.applied.get(a)) {
                if left == right {
                    done.insert(left);
                    merged.extend(self.both(left)?);
                    l += 1;
                    a += 1;
                    next_shared = shared.next();
                    continue;
                }
                let waits = next_shared.is_some_and(|next| next != left);
                if waits && self.applied_by_element.contains_key(left) {
                    l += 1;
                    continue;
                }
            }
            if let Some((element, value)) = self.live.get(l) {
                if !self.applied_by_element.contains_key(element) {
                    merged.extend(self.item(element, Some(value), None)?);
                    l += 1;
                    continue;
                }
                if done.contains(element) {
                    l += 1;
                }
            }
            if let Some((element, _)) = self.applied.get(a) {
                done.insert(element);
                merged.extend(self.both(element)?);
                a += 1;
                if next_shared == Some(element) {
                    next_shared = shared.next();
                }
            }
        }
        Ok(merged)
    }

    fn both(&self, element: &PathElement) -> Result<Option<Value>, TypedErrors> {
        let live = self
            .live_by_element
            .get(element)
            .map(|value| value.unwrap_or(&Value::Null));
        self.item(element, live, self.applied_by_element.get(element).copied())
    }

    fn item(
        &self,
        element: &PathElement,
        live: Option<&Value>,
        applied: Option<&Value>,
    ) -> Result<Option<Value>, TypedErrors> {
        merge_node(self.item_node, live, applied).map_err(|errors| errors.below(element))
    }
}
