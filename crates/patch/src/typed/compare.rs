//! Which fields differ between two values.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::item::{self, Indexed};
use super::{Atom, TypedErrors, atoms, validate};
use crate::field_set::FieldSet;
use crate::node::{ListKind, Node};
use crate::path::{PathElement, same};

/// The fields that differ. No field is in more than one set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Only the new value has them.
    pub added: FieldSet,
    /// Both have them, with other values.
    pub modified: FieldSet,
    /// Only the old value has them.
    pub removed: FieldSet,
}

/// Compares two values of one schema.
///
/// # Errors
/// A list's items cannot be told apart, or neither scalar is of the declared kind.
pub fn compare(node: Node<'_>, old: &Value, new: &Value) -> Result<Comparison, TypedErrors> {
    let delta = compare_node(node, Some(old), Some(new))?;
    Ok(Comparison {
        added: delta.added.below,
        modified: delta.modified.below,
        removed: delta.removed.below,
    })
}

/// What was found at one place and below it.
#[derive(Default)]
pub(super) struct Delta {
    pub(super) added: Found,
    pub(super) modified: Found,
    removed: Found,
}

#[derive(Default)]
pub(super) struct Found {
    pub(super) here: bool,
    pub(super) below: FieldSet,
}

impl Found {
    fn push(&mut self, element: impl Fn() -> PathElement, child: Found) {
        if child.here || !child.below.is_empty() {
            self.below.push(element(), child.here, child.below);
        }
    }
}

impl Delta {
    fn is_empty(&self) -> bool {
        let found = [&self.added, &self.modified, &self.removed];
        found.iter().all(|it| !it.here && it.below.is_empty())
    }

    fn push(&mut self, element: impl Fn() -> PathElement, child: Delta) {
        if child.is_empty() {
            return;
        }
        self.added.push(&element, child.added);
        self.modified.push(&element, child.modified);
        self.removed.push(&element, child.removed);
    }

    fn sort(&mut self) {
        self.added.below.sort();
        self.modified.below.sort();
        self.removed.below.sort();
    }

    fn leaf(&mut self, old: &Value, new: &Value) {
        self.modified.here |= !same(old, new);
    }
}

pub(super) fn compare_node(
    node: Node<'_>,
    old: Option<&Value>,
    new: Option<&Value>,
) -> Result<Delta, TypedErrors> {
    let mut delta = Delta::default();
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (Some(old), None) => {
            delta.removed = whole(node, old)?;
            return Ok(delta);
        }
        (None, Some(new)) => {
            delta.added = whole(node, new)?;
            return Ok(delta);
        }
        (None, None) => return Ok(delta),
    };
    let (first, second) = atoms(node, Some(old), Some(new));
    for atom in [first, second].into_iter().flatten() {
        compare_atom(node, atom, old, new, &mut delta)?;
    }
    delta.sort();
    Ok(delta)
}

/// All of a value that only one side has.
pub(super) fn whole(node: Node<'_>, value: &Value) -> Result<Found, TypedErrors> {
    let mut below = FieldSet::new();
    match (Atom::of(node, value), value) {
        (Atom::Map { atomic: false }, Value::Object(fields)) => {
            below.reserve(fields.len());
            for (name, value) in fields {
                let element = PathElement::field(name);
                let found =
                    whole(node.child(name), value).map_err(|errors| errors.below(&element))?;
                below.push(element, found.here, found.below);
            }
            below.sort();
        }
        (Atom::List(kind), Value::Array(items)) if kind != ListKind::Atomic => {
            below.reserve(items.len());
            let mut items = item::index(node, kind, items)?.into_iter().peekable();
            while let Some((element, value)) = items.next() {
                let mut repeated = false;
                while items.next_if(|next| next.0 == element).is_some() {
                    repeated = true;
                }
                let found = if repeated {
                    FieldSet::new()
                } else {
                    whole(node.element(), value)
                        .map_err(|errors| errors.below(&element))?
                        .below
                };
                below.push(element, true, found);
            }
        }
        _ => {}
    }
    Ok(Found { here: true, below })
}

fn compare_atom(
    node: Node<'_>,
    atom: Atom<'_>,
    old: &Value,
    new: &Value,
    delta: &mut Delta,
) -> Result<(), TypedErrors> {
    match atom {
        Atom::Scalar(kind) => {
            validate::either_scalar(kind, Some(old), Some(new))?;
            delta.leaf(old, new);
        }
        Atom::Map { atomic } => {
            let (before, after) = (fields(Some(old)), fields(Some(new)));
            if atomic || before.is_none() && after.is_none() {
                delta.leaf(old, new);
            } else {
                compare_fields(node, before, after, delta)?;
            }
        }
        Atom::List(kind) => {
            let (before, after) = (items(Some(old)), items(Some(new)));
            if kind == ListKind::Atomic || before.is_empty() && after.is_empty() {
                delta.leaf(old, new);
            } else if before != after {
                compare_items(node, kind, before, after, delta)?;
            }
        }
    }
    Ok(())
}

/// The fields of an object that has some.
pub(super) fn fields(value: Option<&Value>) -> Option<&Map<String, Value>> {
    value?.as_object().filter(|fields| !fields.is_empty())
}

/// The items of a list, none for anything else.
pub(super) fn items(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn compare_fields(
    node: Node<'_>,
    old: Option<&Map<String, Value>>,
    new: Option<&Map<String, Value>>,
    delta: &mut Delta,
) -> Result<(), TypedErrors> {
    for (name, value) in new.into_iter().flatten() {
        let before = old.and_then(|old| old.get(name));
        compare_field(node, name, before, Some(value), delta)?;
    }
    for (name, value) in old.into_iter().flatten() {
        if new.is_none_or(|new| !new.contains_key(name)) {
            compare_field(node, name, Some(value), None, delta)?;
        }
    }
    Ok(())
}

fn compare_field(
    node: Node<'_>,
    name: &str,
    old: Option<&Value>,
    new: Option<&Value>,
    delta: &mut Delta,
) -> Result<(), TypedErrors> {
    if let (Some(Value::String(old)), Some(Value::String(new))) = (old, new)
        && old == new
    {
        return Ok(());
    }
    let child = compare_node(node.child(name), old, new)
        .map_err(|errors| errors.below(&PathElement::field(name)))?;
    delta.push(|| PathElement::field(name), child);
    Ok(())
}

fn compare_items(
    node: Node<'_>,
    kind: ListKind<'_>,
    old: &[Value],
    new: &[Value],
    delta: &mut Delta,
) -> Result<(), TypedErrors> {
    let (old, new) = (item::index(node, kind, old)?, item::index(node, kind, new)?);
    let (mut old, mut new) = (&old[..], &new[..]);
    loop {
        let order = match (old.first(), new.first()) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(old), Some(new)) => old.0.cmp(&new.0),
        };
        let before = if order.is_le() {
            item::take_group(&mut old)
        } else {
            &[]
        };
        let after = if order.is_ge() {
            item::take_group(&mut new)
        } else {
            &[]
        };
        compare_group(node.element(), before, after, delta)?;
    }
}

/// Compares the items of one element. Items that share it are taken as a whole.
fn compare_group(
    node: Node<'_>,
    old: &[Indexed<'_>],
    new: &[Indexed<'_>],
    delta: &mut Delta,
) -> Result<(), TypedErrors> {
    let Some((element, _)) = old.first().or(new.first()) else {
        return Ok(());
    };
    let compare_item = |old: Option<&Indexed<'_>>, new: Option<&Indexed<'_>>| {
        if old.is_none() && new.is_none() {
            return Ok(Delta::default());
        }
        compare_node(node, old.map(|item| item.1), new.map(|item| item.1))
            .map_err(|errors| errors.below(element))
    };
    let mut child = match (old.len() >= 2, new.len() >= 2) {
        (false, false) => compare_item(old.first(), new.first())?,
        (true, true) => Delta::default(),
        (true, false) => compare_item(None, new.first())?,
        (false, true) => compare_item(old.first(), None)?,
    };
    match (old.len() >= 2, new.len() >= 2) {
        (false, false) => {}
        (true, true) => {
            let equal =
                old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old.1, new.1));
            child.modified.here = !equal;
        }
        (true, false) => child.removed.here = true,
        (false, true) => child.added.here = true,
    }
    delta.push(|| element.clone(), child);
    Ok(())
}
