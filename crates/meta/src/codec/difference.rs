//! Where two structs of one type differ. What is the same is compared in place: no tree of it is built.

use super::{
    encode::is_omitted,
    message::{Message, Shape},
    tree::tree,
    value::{Ref, Value},
};
use crate::{Dynamic, dynamic::dynamic};
use serde_json::{Map, Value as Tree};

/// Whether two values of one type encode to the same JSON.
#[must_use]
pub fn same(a: &dyn Value, b: &dyn Value) -> bool {
    same_view(a.view(), b.view(), Nothing::IsLeftOut)
}

/// Whether two values of one type are the same in every list and map too: nil is not empty, even where both are left out.
#[must_use]
pub fn identical(a: &dyn Value, b: &dyn Value) -> bool {
    same_view(a.view(), b.view(), Nothing::IsNil)
}

/// When two values are the same that hold nothing.
#[derive(Clone, Copy)]
enum Nothing {
    IsLeftOut,
    IsNil,
}

/// The members of both that are not the same in both, as JSON trees without type. Structs that differ are followed down; lists and maps
/// that differ are there as a whole. What is at `without`, a path of JSON names from the root, is not looked at.
#[must_use]
pub fn difference(old: &dyn Message, new: &dyn Message, without: &[&str]) -> (Tree, Tree) {
    if let (Some(old), Some(new)) = (dynamic(old), dynamic(new)) {
        return tree_difference(old, new, without);
    }
    let (mut before, mut after) = (Map::new(), Map::new());
    put_difference(old, new, without, &mut before, &mut after);
    (Tree::Object(before), Tree::Object(after))
}

/// Of objects without a table: members of the root that differ are there as a whole, because no one here knows which objects are maps.
fn tree_difference(old: &Dynamic, new: &Dynamic, without: &[&str]) -> (Tree, Tree) {
    let (mut before, mut after) = (old.to_tree(), new.to_tree());
    for tree in [&mut before, &mut after] {
        remove_at(tree, without);
        tree.remove("apiVersion");
        tree.remove("kind");
    }
    before.retain(|key, old| {
        let equal = after.get(key) == Some(old);
        if equal {
            after.remove(key);
        }
        !equal
    });
    (Tree::Object(before), Tree::Object(after))
}

fn remove_at(tree: &mut Map<String, Tree>, path: &[&str]) {
    match path {
        [] => {}
        [last] => drop(tree.remove(*last)),
        [first, rest @ ..] => {
            if let Some(Tree::Object(below)) = tree.get_mut(*first) {
                remove_at(below, rest);
            }
        }
    }
}

fn same_view(a: Ref<'_>, b: Ref<'_>, nothing: Nothing) -> bool {
    let same = |a: &dyn Value, b: &dyn Value| same_view(a.view(), b.view(), nothing);
    match (a, b) {
        (Ref::Null, Ref::Null) => true,
        (Ref::Str(a), Ref::Str(b)) => a == b,
        (Ref::Bool(a), Ref::Bool(b)) => a == b,
        (Ref::I32(a), Ref::I32(b)) => a == b,
        (Ref::I64(a), Ref::I64(b)) => a == b,
        (Ref::F64(a), Ref::F64(b)) => a.to_bits() == b.to_bits(),
        (Ref::Bytes(a), Ref::Bytes(b)) => a == b,
        (Ref::Message(a), Ref::Message(b)) => same_message(a, b, nothing),
        (Ref::List(a) | Ref::WrappedList(a), Ref::List(b) | Ref::WrappedList(b)) => {
            a.len() == b.len()
                && a.is_nil() == b.is_nil()
                && (0..a.len()).all(|index| same(a.at(index), b.at(index)))
        }
        (Ref::Map(a), Ref::Map(b)) => {
            a.len() == b.len()
                && a.is_nil() == b.is_nil()
                && (0..a.len()).all(|index| {
                    let ((a_key, a), (b_key, b)) = (a.at(index), b.at(index));
                    a_key == b_key && same(a, b)
                })
        }
        (Ref::Scalar(a), Ref::Scalar(b)) => {
            let (mut a_text, mut b_text) = (Vec::new(), Vec::new());
            a.encode_json(&mut a_text);
            b.encode_json(&mut b_text);
            a_text == b_text
        }
        _ => false,
    }
}

fn same_message(a: &dyn Message, b: &dyn Message, nothing: Nothing) -> bool {
    if let (Some(a), Some(b)) = (dynamic(a), dynamic(b)) {
        return a == b;
    }
    a.info().fields.iter().enumerate().all(|(index, field)| {
        let (a, b) = (a.field(index), b.field(index));
        let left_out = || is_omitted(field, a) && is_omitted(field, b);
        same_view(a.view(), b.view(), nothing)
            || matches!(nothing, Nothing::IsLeftOut) && left_out()
    })
}

fn put_difference(
    old: &dyn Message,
    new: &dyn Message,
    without: &[&str],
    before: &mut Map<String, Tree>,
    after: &mut Map<String, Tree>,
) {
    for (index, field) in new.info().fields.iter().enumerate() {
        let (old, new) = (old.field(index), new.field(index));
        let below = match without.split_first() {
            Some((first, [])) if *first == field.json_name => continue,
            Some((first, rest)) if *first == field.json_name => rest,
            _ => &[],
        };
        let (old_view, new_view) = (old.view(), new.view());
        if let (Ref::Message(old), Ref::Message(new)) = (old_view, new_view)
            && field.flags.inline()
        {
            put_difference(old, new, without, before, after);
            continue;
        }
        let put = |members: &mut Map<String, Tree>, value: Tree| {
            members.insert(field.json_name.to_owned(), value);
        };
        match (is_omitted(field, old), is_omitted(field, new)) {
            (true, true) => {}
            (true, false) => put(after, tree(new_view)),
            (false, true) => put(before, tree(old_view)),
            (false, false) => match (old_view, new_view) {
                (Ref::Message(old), Ref::Message(new)) if new.info().shape == Shape::Struct => {
                    let (old, new) = difference(old, new, below);
                    if old != new {
                        put(before, old);
                        put(after, new);
                    }
                }
                _ if same_view(old_view, new_view, Nothing::IsLeftOut) => {}
                _ => {
                    put(before, tree(old_view));
                    put(after, tree(new_view));
                }
            },
        }
    }
}

#[cfg(test)]
mod tests;
