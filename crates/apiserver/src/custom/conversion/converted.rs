//! What of a webhook's answer becomes of an object: its content and labels and annotations, and nothing else of its metadata.
//! Upstream: `validateConvertedObject` and `restoreObjectMeta`.
use crate::custom::definition::go_type;
use meta::{Dynamic, DynamicType, FieldErrors, FieldPath, RawJson, Str};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Where an object stands in a review: what is wrong with it is told in other words for the only one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Only,
    At(usize),
}

impl Place {
    /// Upstream tells of the only one without saying what failed.
    fn unreadable(self, why: &str, of: &str) -> String {
        match self {
            Self::Only => why.to_owned(),
            Self::At(_) => format!("{of} {}", self.invalid(why)),
        }
    }

    fn invalid(self, why: &str) -> String {
        match self {
            Self::Only => format!("returned invalid object: {why}"),
            Self::At(index) => format!("returned invalid converted object at index {index}: {why}"),
        }
    }

    /// Upstream counts the only one too where it looks at its type.
    fn other_type(self, why: &str) -> String {
        match self {
            Self::Only => format!("returned invalid object at index 0: {why}"),
            Self::At(_) => self.invalid(why),
        }
    }

    fn metadata(self, why: &str) -> String {
        match self {
            Self::Only => format!("returned invalid metadata: {why}"),
            Self::At(index) => {
                format!("returned invalid metadata in object at index {index}: {why}")
            }
        }
    }
}

/// The object that `answered` makes of `original`. `of` is how errors begin: `conversion webhook for …`.
///
/// # Errors
/// In upstream's words.
pub(super) fn converted(
    original: &Dynamic,
    type_: &Arc<DynamicType>,
    answered: &RawJson,
    place: Place,
    of: &str,
) -> Result<Dynamic, String> {
    let mut document = document(answered).map_err(|why| place.unreadable(&why, of))?;
    check_type(original, type_, &document)
        .map_err(|why| format!("{of} {}", place.other_type(&why)))?;
    check_identity(original, &document).map_err(|why| format!("{of} {}", place.invalid(&why)))?;
    let mut object = Dynamic {
        type_: Arc::clone(type_),
        metadata: original.metadata.clone(),
        content: Map::new(),
    };
    restore(&mut object, document.get("metadata"))
        .map_err(|why| format!("{of} {}", place.metadata(&why)))?;
    ["apiVersion", "kind", "metadata"]
        .iter()
        .for_each(|member| drop(document.remove(*member)));
    object.content = document;
    Ok(object)
}

fn document(answered: &RawJson) -> Result<Map<String, Value>, String> {
    if answered.is_nil() {
        return Err("unexpected end of JSON input".to_owned());
    }
    let text = String::from_utf8_lossy(answered.as_bytes());
    match answered.to_value() {
        Value::Object(document) if !text_of(&document, "kind").is_empty() => Ok(document),
        Value::Object(_) => Err(format!("Object 'Kind' is missing in '{text}'")),
        other => Err(format!(
            "json: cannot unmarshal {} into Go value of type map[string]interface {{}}",
            patch::json_kind(&other)
        )),
    }
}

fn text_of<'a>(document: &'a Map<String, Value>, member: &str) -> &'a str {
    let text = document.get(member).and_then(Value::as_str);
    text.unwrap_or_default()
}

fn check_type(
    original: &Dynamic,
    type_: &DynamicType,
    document: &Map<String, Value>,
) -> Result<(), String> {
    let (wanted, got) = (type_.api_version(), text_of(document, "apiVersion"));
    if got != wanted {
        return Err(format!(
            "invalid groupVersion (expected {wanted}, received {got})"
        ));
    }
    let (wanted, got) = (&original.type_.kind, text_of(document, "kind"));
    if got != wanted {
        return Err(format!("invalid kind (expected {wanted}, received {got})"));
    }
    Ok(())
}

/// It is still the same object.
fn check_identity(original: &Dynamic, document: &Map<String, Value>) -> Result<(), String> {
    let metadata = document.get("metadata");
    let got = |member| {
        let text = metadata.and_then(|metadata| metadata.get(member)?.as_str());
        text.unwrap_or_default()
    };
    let before = &original.metadata;
    for (what, member, wanted) in [
        ("name", "name", &before.name),
        ("namespace", "namespace", &before.namespace),
        ("UID", "uid", &before.uid),
    ] {
        let got = got(member);
        if got != wanted {
            return Err(format!("must have the same {what}: {wanted} != {got}"));
        }
    }
    Ok(())
}

/// Takes labels and annotations over. They are looked at only if they are not what they were.
fn restore(object: &mut Dynamic, answered: Option<&Value>) -> Result<(), String> {
    let answered = answered.ok_or("missing metadata in converted object")?;
    let Value::Object(answered) = answered else {
        let found = go_type(answered);
        return Err(format!(
            "invalid metadata of type {found} in converted object"
        ));
    };
    let mut errors = FieldErrors::new();
    let path = FieldPath::new("metadata");
    let labels = strings(answered, "labels")?;
    if labels != object.metadata.labels {
        resource::validate_labels(&mut errors, &labels, &path.child("labels"));
    }
    if errors.is_empty() {
        let annotations = strings(answered, "annotations")?;
        if annotations != object.metadata.annotations {
            resource::validate_annotations(&mut errors, &annotations, &path.child("annotation"));
        }
        object.metadata.annotations = annotations;
    }
    if !errors.is_empty() {
        return Err(errors.aggregate());
    }
    object.metadata.labels = labels;
    Ok(())
}

fn strings(metadata: &Map<String, Value>, member: &str) -> Result<meta::Map<Str, Str>, String> {
    let members = match metadata.get(member) {
        None | Some(Value::Null) => return Ok(meta::Map::default()),
        Some(Value::Object(members)) => members,
        Some(other) => {
            let found = go_type(other);
            return Err(format!(
                "invalid metadata.{member} of type {found} in converted object"
            ));
        }
    };
    let mut strings = meta::Map::default();
    for (key, value) in members {
        let Value::String(text) = value else {
            let found = go_type(value);
            return Err(format!(
                "metadata.{member}[{key}] must be a string, but is {found} in converted object"
            ));
        };
        strings.insert(Str::from(key.as_str()), Str::from(text.as_str()));
    }
    Ok(strings)
}

#[cfg(test)]
mod tests;
