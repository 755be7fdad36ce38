//! How a list merges: `x-kubernetes-list-type` and its keys.

use super::super::{ratchet::Rules, show::shown};
use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath, Verbatim};

const LIST_TYPES: &[&str] = &["atomic", "set", "map"];
const LIST_TYPE: &str = "x-kubernetes-list-type";
const KEYS: &str = "x-kubernetes-list-map-keys";
const ATOMIC: &str = "must be atomic as item of a list with x-kubernetes-list-type=set";

pub(super) fn check(
    errors: &mut FieldErrors,
    path: &FieldPath,
    schema: &JSONSchemaProps,
    rules: &Rules,
) {
    let list_type = schema.x_kubernetes_list_type.as_ref();
    if list_type.is_some() && schema.type_ != "array" {
        check_type(errors, path, schema, "array", LIST_TYPE);
    } else if let (true, Some((field, item))) = (rules.atomic_sets, loose_set_item(schema)) {
        // Upstream shows the list type under either path.
        let value = shown(&item.x_kubernetes_list_type);
        errors.invalid(&path.child("items").child(field), Verbatim(&value), ATOMIC);
    }
    let type_path = path.child(LIST_TYPE);
    crate::rules::optional_one_of(errors, &type_path, list_type, LIST_TYPES);
    if !schema.x_kubernetes_list_map_keys.is_empty() {
        let words = "must be map if x-kubernetes-list-map-keys is non-empty";
        match list_type {
            None => errors.required(&type_path, words),
            Some(list_type) if list_type != "map" => {
                errors.invalid(&type_path, list_type, words);
            }
            Some(_) => {}
        }
    }
    if list_type.is_some_and(|list_type| list_type == "map") {
        check_map(errors, path, schema);
    }
    if rules.sound_list_keys {
        check_list_keys(errors, path, schema);
    }
}

/// A field of the node's own needs it to be of that type.
pub(super) fn check_type(
    errors: &mut FieldErrors,
    path: &FieldPath,
    schema: &JSONSchemaProps,
    wanted: &str,
    field: &str,
) {
    let path = path.child("type");
    let words = format!("must be {wanted} if {field} is specified");
    if schema.type_.is_empty() {
        errors.required(&path, words);
    } else if schema.type_ != wanted {
        errors.invalid(&path, &schema.type_, words);
    }
}

/// The item of a set that could be changed in part, and the field that lets it.
pub(crate) fn loose_set_item(schema: &JSONSchemaProps) -> Option<(&'static str, &JSONSchemaProps)> {
    if schema.x_kubernetes_list_type.as_ref()? != "set" {
        return None;
    }
    let item = schema.items.as_deref()?.schema.as_deref()?;
    let (field, merges) = match item.type_.as_str() {
        "array" => (LIST_TYPE, item.x_kubernetes_list_type.as_ref()),
        // Objects merge unless they say otherwise.
        "object" => {
            let map_type = item.x_kubernetes_map_type.as_ref();
            let atomic = map_type.is_some_and(|map_type| map_type == "atomic");
            return (!atomic).then_some(("x-kubernetes-map-type", item));
        }
        _ => return None,
    };
    merges
        .is_some_and(|merges| merges != "atomic")
        .then_some((field, item))
}

fn check_map(errors: &mut FieldErrors, path: &FieldPath, schema: &JSONSchemaProps) {
    let (keys_path, items_path) = (path.child(KEYS), path.child("items"));
    if schema.x_kubernetes_list_map_keys.is_empty() {
        let words = "must not be empty if x-kubernetes-list-type is map";
        errors.required(&keys_path, words);
    }
    let Some(items) = schema.items.as_deref() else {
        let words = "must have a schema if x-kubernetes-list-type is map";
        return errors.required(&items_path, words);
    };
    let Some(item) = items.schema.as_deref() else {
        return errors.invalid(
            &items_path,
            Verbatim(&shown(items)),
            "must only have a single schema if x-kubernetes-list-type is map",
        );
    };
    if item.type_ != "object" {
        let words = "must be object if parent array's x-kubernetes-list-type is map";
        return errors.invalid(&items_path.child("type"), &item.type_, words);
    }
    let keys = &schema.x_kubernetes_list_map_keys;
    for (index, key) in keys.iter().enumerate() {
        match item.properties.get(key) {
            None => {
                let words = "entries must all be names of item properties";
                errors.invalid(&keys_path, keys, words);
            }
            Some(property) if property.type_ == "array" || property.type_ == "object" => {
                let path = items_path.child("properties").key(key).child("type");
                let words = "must be a scalar type if parent array's x-kubernetes-list-type is map";
                errors.invalid(&path, &item.type_, words);
            }
            Some(_) => {}
        }
        if keys[..index].contains(key) {
            errors.invalid(&keys_path, keys, "must not contain duplicate entries");
        }
    }
}

/// Upstream `validateMapListKeysMapSet`: items of sets and maps are there, and so are their keys.
pub(crate) fn check_list_keys(
    errors: &mut FieldErrors,
    path: &FieldPath,
    schema: &JSONSchemaProps,
) {
    let items = schema.items.as_deref();
    let item = items.and_then(|items| items.schema.as_deref());
    let (Some(item), Some(list_type)) = (item, &schema.x_kubernetes_list_type) else {
        return;
    };
    if list_type != "set" && list_type != "map" {
        return;
    }
    let path = path.child("items");
    if item.nullable {
        let words = format!("cannot be nullable when x-kubernetes-list-type is {list_type}");
        errors.forbidden(&path.child("nullable"), words);
    }
    if list_type == "set" {
        return;
    }
    for key in &schema.x_kubernetes_list_map_keys {
        let Some(property) = item.properties.get(key) else {
            continue;
        };
        let path = path.child("properties").key(key);
        let why = "this property is in x-kubernetes-list-map-keys, so it";
        if !item.required.contains(key) && property.default.is_none() {
            let words = format!("{why} must have a default or be a required property");
            errors.required(&path.child("default"), words);
        }
        if property.nullable {
            errors.forbidden(&path.child("nullable"), format!("{why} cannot be nullable"));
        }
    }
}
