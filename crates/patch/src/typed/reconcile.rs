//! Follows a schema that changed since a field set was written: what became atomic is owned as a whole.

use crate::field_set::FieldSet;
use crate::node::{Kind, ListKind, Node};
use crate::path::PathElement;

/// The set under today's schema, or `None` when nothing changes, as after every write but the first of a new version.
pub(crate) fn reconcile(node: Node<'_>, set: &FieldSet) -> Option<FieldSet> {
    is_outdated(node, set).then(|| reconciled(node, set))
}

fn is_outdated(node: Node<'_>, set: &FieldSet) -> bool {
    set.entries().any(|(element, _, below)| {
        !below.is_empty()
            && child(node, element)
                .is_some_and(|child| is_atomic(child) || is_outdated(child, below))
    })
}

fn reconciled(node: Node<'_>, set: &FieldSet) -> FieldSet {
    let mut today = FieldSet::new();
    for (element, member, below) in set.entries() {
        let below = match child(node, element).filter(|_| !below.is_empty()) {
            Some(child) if is_atomic(child) => None,
            Some(child) => Some(reconciled(child, below)),
            None => Some(below.clone()),
        };
        let member = member || below.is_none();
        today.push(element.clone(), member, below.unwrap_or_default());
    }
    today
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
