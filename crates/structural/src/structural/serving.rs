//! Defaults as they are served: pruned by the schema and by the `ObjectMeta` of this server.

use super::{Additional, Node, Structural, StructuralError};
use crate::{
    defaulting::Place,
    metadata::{Malformed, coerce_unchecked},
    pruning::Root,
};
use serde_json::Value;
use std::sync::Arc;

/// The same schema, with every default pruned where it would stand in an object.
pub(super) fn with_pruned_defaults(root: &Structural) -> Result<Structural, StructuralError> {
    if !root.0.defaults_below && root.0.default.is_none() {
        return Ok(root.clone());
    }
    rebuild(root, root, &Place::Root)
}

fn rebuild(
    schema: &Structural,
    root: &Structural,
    place: &Place<'_>,
) -> Result<Structural, StructuralError> {
    let mut node = Node::clone(&schema.0);
    if let Some(default) = &node.default {
        node.default = pruned(default, root, place)?.map(Box::new);
    }
    if node.defaults_below {
        if let Some(items) = &node.items {
            node.items = Some(rebuild(items, root, &Place::Index(place))?);
        }
        if let Additional::Schema(values) = &node.additional {
            let values = rebuild(values, root, &Place::Child(place, "*"))?;
            node.additional = Additional::Schema(values);
        }
        for (name, property) in &mut node.properties {
            *property = rebuild(property, root, &Place::Child(place, name))?;
        }
    }
    Ok(Structural(Arc::new(node)))
}

fn pruned(
    default: &Value,
    root: &Structural,
    place: &Place<'_>,
) -> Result<Option<Value>, StructuralError> {
    let mut object = place.surround(default.clone());
    if !object.is_object() {
        let words = "object root default value must be of object type";
        return Err(StructuralError::Default(words.to_owned()));
    }
    coerce_unchecked(root, &mut object, Root::Resource, Malformed::Drop);
    root.prune(&mut object, Root::Resource);
    Ok(place.take(object))
}

/// Whether every default is as [`with_pruned_defaults`] would leave it.
pub(crate) fn defaults_are_pruned(root: &Structural) -> bool {
    are_pruned(root, root, &Place::Root)
}

fn are_pruned(schema: &Structural, root: &Structural, place: &Place<'_>) -> bool {
    let node = &schema.0;
    if let Some(default) = &node.default
        && pruned(default, root, place).is_ok_and(|pruned| pruned.as_ref() != Some(&**default))
    {
        return false;
    }
    if !node.defaults_below {
        return true;
    }
    let items = node.items.as_ref();
    items.is_none_or(|items| are_pruned(items, root, &Place::Index(place)))
        && node
            .additional
            .schema()
            .is_none_or(|values| are_pruned(values, root, &Place::Child(place, "*")))
        && node
            .properties
            .iter()
            .all(|(name, property)| are_pruned(property, root, &Place::Child(place, name)))
}
