//! Follows a schema that changed since a field set was written: what became atomic is owned as a whole.

use crate::field_set::FieldSet;
use crate::node::{Kind, ListKind, Node};
use crate::path::PathElement;

/// The set under today's schema, or `None` when nothing changes.
pub(crate) fn reconcile(node: Node<'_>, set: &FieldSet) -> Option<FieldSet> {
    let mut changed = false;
    let mut reconciled = FieldSet::new();
    for (element, member, below) in set.entries() {
        let Some(child) = child(node, element).filter(|_| !below.is_empty()) else {
            reconciled.push(element.clone(), member, below.clone());
            continue;
        };
        if is_atomic(child) {
            changed = true;
            reconciled.push(element.clone(), true, FieldSet::new());
            continue;
        }
        let now = reconcile(child, below);
        changed |= now.is_some();
        reconciled.push(
            element.clone(),
            member,
            now.unwrap_or_else(|| below.clone()),
        );
    }
    changed.then_some(reconciled)
}

fn is_atomic(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        Kind::Struct { atomic: true } | Kind::Map { atomic: true } | Kind::List(ListKind::Atomic)
    )
}

fn child<'s>(node: Node<'s>, element: &PathElement) -> Option<Node<'s>> {
    match (node.kind(), element) {
        (Kind::Untyped | Kind::Scalar(_), _) => None,
        (Kind::List(_), _) => Some(node.element()),
        (_, PathElement::Field(name)) => node
            .field(name)
            .map(|field| field.node)
            .or_else(|| node.open().then(|| node.element())),
        _ => None,
    }
}
