//! The way from kubectl's client-side apply, which keeps its configuration in an annotation, to
//! server-side apply.

use serde_json::{Map, Value};

use super::{ApplyError, Conflict, FieldManager};
use crate::field_set::FieldSet;
use crate::go;
use crate::typed::{self, Duplicates};

/// Only this manager is led over. Others opt out by their name.
pub(super) const MANAGER: &str = "kubectl";
const ANNOTATION: &str = "kubectl.kubernetes.io/last-applied-configuration";
/// Beyond, upstream leaves the annotation out.
const ANNOTATIONS_BYTES_MAX: usize = 256 * 1024;

/// Passes when all conflicts are over fields that the client-side applied configuration still holds.
///
/// # Errors
/// The other conflicts.
pub(super) fn only_foreign(
    fields: &FieldManager<'_>,
    live: &Value,
    conflicts: Vec<Conflict>,
) -> Result<(), ApplyError> {
    let Some(allowed) = allowed(fields, live) else {
        return Err(ApplyError::Conflicts(conflicts));
    };
    let foreign: Vec<_> = conflicts
        .into_iter()
        .filter(|conflict| !allowed.has(&conflict.path.0))
        .collect();
    if foreign.is_empty() {
        Ok(())
    } else {
        Err(ApplyError::Conflicts(foreign))
    }
}

/// The fields of the annotation that are as it says in the live object.
fn allowed(fields: &FieldManager<'_>, live: &Value) -> Option<FieldSet> {
    let annotation = live["metadata"]["annotations"][ANNOTATION].as_str()?;
    let last: Value = serde_json::from_str(annotation).ok()?;
    if last["apiVersion"].as_str() != Some(fields.api_version) {
        return None;
    }
    let node = fields.versions.node(fields.api_version)?;
    typed::validate(node, live, Duplicates::Refused).ok()?;
    typed::validate(node, &last, Duplicates::Refused).ok()?;
    let set = typed::field_set_of(node, &last).ok()?;
    let compared = typed::compare(node, &last, live).ok()?;
    Some(
        set.difference(&compared.modified)
            .difference(&compared.added)
            .difference(&compared.removed),
    )
}

/// Keeps the annotation, where there is one, up to date with what is applied, so that clients may go
/// back to client-side apply.
pub(super) fn refresh(object: &mut Value, applied: &Value) {
    let Some(Value::Object(annotations)) = object.pointer_mut("/metadata/annotations") else {
        return;
    };
    let present = annotations.get(ANNOTATION).and_then(Value::as_str);
    if present.is_none_or(str::is_empty) {
        return;
    }
    let mut applied = applied.clone();
    if let Some(Value::Object(inner)) = applied.pointer_mut("/metadata/annotations") {
        inner.remove(ANNOTATION);
    }
    let mut text = String::new();
    go::write_json(&applied, &mut text);
    text.push('\n');
    annotations.insert(ANNOTATION.into(), Value::String(text));
    if size_bytes(annotations) > ANNOTATIONS_BYTES_MAX {
        annotations.remove(ANNOTATION);
    }
}

fn size_bytes(annotations: &Map<String, Value>) -> usize {
    annotations
        .iter()
        .map(|(key, value)| key.len() + value.as_str().map_or(0, str::len))
        .sum()
}
