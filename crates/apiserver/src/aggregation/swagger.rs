//! OpenAPI v2 of other servers: what of a document is about a group version, and how that is put into the document of all.
//! Upstream: kube-openapi's `pkg/aggregator`.
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

const DEFINITION: &str = "#/definitions/";
const PARAMETER: &str = "#/parameters/";
const KINDS: &str = "x-kubernetes-group-version-kind";

/// The paths of `document` below `prefix`, and the definitions that they need; those that no path needs stay. Nothing when there is no
/// such path.
pub(super) fn of_version(document: &Value, prefix: &str) -> Option<Value> {
    let paths = document["paths"].as_object()?;
    let kept = paths.iter().filter(|(path, _)| path.starts_with(prefix));
    let kept: Map<String, Value> = kept
        .map(|(path, item)| (path.clone(), item.clone()))
        .collect();
    if kept.is_empty() {
        return None;
    }
    Some(restricted(document, kept))
}

/// The document with these of its paths only.
fn restricted(document: &Value, paths: Map<String, Value>) -> Value {
    let before = needed(document);
    let mut kept = Value::Object(Map::new());
    kept["parameters"] = document["parameters"].clone();
    kept["definitions"] = document["definitions"].clone();
    kept["paths"] = paths.into();
    let now = needed(&kept);
    if let Some(definitions) = kept["definitions"].as_object_mut() {
        definitions.retain(|name, _| now.contains(name) || !before.contains(name));
    }
    kept
}

/// Names of the definitions that paths and parameters lead to.
fn needed(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut unread = Vec::new();
    for part in ["paths", "parameters"] {
        references(&document[part], &mut unread);
    }
    while let Some(name) = unread.pop() {
        if let Some(definition) = document["definitions"].get(&name)
            && !found.contains(&name)
        {
            references(definition, &mut unread);
            found.insert(name);
        }
    }
    found
}

/// Appends the definitions that a part of a document refers to. As deep as JSON is read.
fn references(part: &Value, found: &mut Vec<String>) {
    match part {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            let name = reference.and_then(|reference| reference.strip_prefix(DEFINITION));
            found.extend(name.map(str::to_owned));
            members
                .values()
                .for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// Puts what [`of_version`] gave into a document. Paths that are there already stay as they are; other definitions and parameters of the
/// same name get a number behind theirs.
pub(crate) fn merge(into: &mut Value, other: &Value) {
    let Some(theirs) = other["paths"].as_object() else {
        return;
    };
    let new = theirs
        .iter()
        .filter(|(path, _)| into["paths"].get(path).is_none());
    let new: Map<String, Value> = new
        .map(|(path, item)| (path.clone(), item.clone()))
        .collect();
    if new.is_empty() {
        return;
    }
    let mut other = if new.len() < theirs.len() {
        restricted(other, new)
    } else {
        other.clone()
    };
    for (table, prefix) in [("definitions", DEFINITION), ("parameters", PARAMETER)] {
        let names = renamed(&into[table], &other[table]);
        if !names.is_empty() {
            rename_references(&mut other, prefix, &names);
        }
        let Some(rows) = other[table].as_object_mut() else {
            continue;
        };
        for (name, row) in std::mem::take(rows) {
            let name = names.get(&name).cloned().unwrap_or(name);
            put(&mut into[table], name, row);
        }
    }
    if let (Some(paths), Value::Object(new)) =
        (into["paths"].as_object_mut(), other["paths"].take())
    {
        paths.extend(new);
    }
}

/// Adds a row; one that is there is the same but for the kinds that it stands for.
fn put(table: &mut Value, name: String, mut row: Value) {
    let Some(known) = table.get_mut(&name) else {
        table[name] = row;
        return;
    };
    let kinds = row.get_mut(KINDS).map(Value::take);
    let (Some(known), Some(Value::Array(kinds))) = (known.as_object_mut(), kinds) else {
        return;
    };
    let all = known
        .entry(KINDS)
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Some(all) = all.as_array_mut() {
        for kind in kinds {
            if !all.contains(&kind) {
                all.push(kind);
            }
        }
    }
}

/// New names for the rows of `theirs` whose own name stands for something else.
fn renamed(ours: &Value, theirs: &Value) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for (name, row) in theirs.as_object().into_iter().flatten() {
        if ours.get(name).is_none_or(|known| is_same(known, row)) {
            continue;
        }
        let free = (2..).find_map(|number| {
            let name = format!("{name}_v{number}");
            match ours.get(&name) {
                Some(known) => is_same(known, row).then_some(name),
                None => theirs.get(&name).is_none().then_some(name),
            }
        });
        names.extend(free.map(|free| (name.clone(), free)));
    }
    names
}

/// Whether both say the same, of whichever kinds.
fn is_same(one: &Value, other: &Value) -> bool {
    let (Some(one), Some(other)) = (one.as_object(), other.as_object()) else {
        return one == other;
    };
    let rest = |of: &Map<String, Value>| of.len() - usize::from(of.contains_key(KINDS));
    rest(one) == rest(other)
        && one
            .iter()
            .all(|(key, value)| key == KINDS || other.get(key) == Some(value))
}

fn rename_references(part: &mut Value, prefix: &str, names: &BTreeMap<String, String>) {
    match part {
        Value::Object(members) => {
            for (key, member) in members {
                let new = (key == "$ref")
                    .then(|| names.get(member.as_str()?.strip_prefix(prefix)?))
                    .flatten();
                match new {
                    Some(new) => *member = format!("{prefix}{new}").into(),
                    None => rename_references(member, prefix, names),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                rename_references(item, prefix, names);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
