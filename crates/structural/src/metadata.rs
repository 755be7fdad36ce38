//! Type and metadata of embedded resources (`x-kubernetes-embedded-resource`): read as the server's own types, and validated.

#[cfg(test)]
mod tests;

use crate::{Structural, print, pruning::Root};
use meta::{
    ErrorType, FieldError, FieldErrors, FieldPath, ObjectMeta, Str, Verbatim,
    codec::{self, StrictError},
    validation,
};
use serde_json::{Map, Value};

/// What happens to type and metadata that are not of their type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// The object is refused: what clients send.
    Refuse,
    /// Those fields are dropped: what older servers stored.
    Drop,
}

/// The rules of metadata, below a path. They belong to the layer that serves resources.
pub type MetadataCheck<'a> = &'a dyn Fn(&mut FieldErrors, &ObjectMeta, &FieldPath);

impl Structural {
    /// Everything that happens to an object when it is read, before its defaults: unknown fields are dropped, nulls that must not
    /// be as well, and the metadata of embedded resources is brought into form. Returns the paths of what was unknown.
    ///
    /// The metadata of the object itself is the caller's.
    ///
    /// # Errors
    /// An embedded resource's type or metadata is not of its type, and `malformed` refuses that.
    pub fn read(&self, value: &mut Value, malformed: Malformed) -> Result<Vec<String>, FieldError> {
        let mut unknown = self.prune(value, Root::Resource);
        self.prune_nulls(value);
        let root = FieldPath::root();
        unknown.extend(self.coerce_metadata(&root, value, Root::Value, malformed)?);
        Ok(unknown)
    }

    /// Brings type and metadata of embedded resources into form: unknown fields of metadata are dropped, and their paths returned.
    ///
    /// # Errors
    /// One of them is not of its type, and `malformed` refuses that.
    pub fn coerce_metadata(
        &self,
        path: &FieldPath,
        value: &mut Value,
        root: Root,
        malformed: Malformed,
    ) -> Result<Vec<String>, FieldError> {
        let mut coercion = Coercion {
            malformed,
            unknown: Vec::new(),
        };
        let embedded = self.0.embedded || root == Root::Resource;
        coercion.coerce(path, value, self, embedded)?;
        coercion.unknown.sort();
        Ok(coercion.unknown)
    }

    /// Validates type and metadata of embedded resources, and of `value` itself when it is a [`Root::Resource`].
    pub fn validate_embedded(
        &self,
        path: &FieldPath,
        value: &Value,
        root: Root,
        metadata: MetadataCheck<'_>,
        errors: &mut FieldErrors,
    ) {
        let embedded = self.0.embedded || root == Root::Resource;
        if !embedded && !self.0.embedded_below {
            return;
        }
        match value {
            Value::Object(members) => {
                if embedded {
                    validate_resource(path, members, metadata, errors);
                }
                for (name, value) in members {
                    if let Some(child) = self.property(name) {
                        let path = path.child(name);
                        child.validate_embedded(&path, value, Root::Value, metadata, errors);
                    } else if let Some(child) = self.0.additional.schema() {
                        let path = path.key(name);
                        child.validate_embedded(&path, value, Root::Value, metadata, errors);
                    }
                }
            }
            Value::Array(items) => {
                let Some(schema) = &self.0.items else { return };
                for (index, item) in items.iter().enumerate() {
                    let path = path.index(index);
                    schema.validate_embedded(&path, item, Root::Value, metadata, errors);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// Coercion that drops what is malformed, and so cannot fail.
pub(crate) fn coerce_unchecked(
    schema: &Structural,
    value: &mut Value,
    root: Root,
    malformed: Malformed,
) {
    let coerced = schema.coerce_metadata(&FieldPath::root(), value, root, malformed);
    debug_assert!(coerced.is_ok() || malformed == Malformed::Refuse);
}

struct Coercion {
    malformed: Malformed,
    unknown: Vec<String>,
}

impl Coercion {
    fn coerce(
        &mut self,
        path: &FieldPath,
        value: &mut Value,
        schema: &Structural,
        embedded: bool,
    ) -> Result<(), FieldError> {
        if !embedded && !schema.0.embedded_below {
            return Ok(());
        }
        match value {
            Value::Object(members) => {
                if embedded {
                    self.resource(path, members)?;
                }
                for (name, value) in members {
                    if let Some(child) = schema.property(name) {
                        self.coerce(&path.child(name), value, child, child.0.embedded)?;
                    } else if let Some(child) = schema.0.additional.schema() {
                        self.coerce(&path.key(name), value, child, child.0.embedded)?;
                    }
                }
            }
            Value::Array(items) => {
                let Some(schema) = &schema.0.items else {
                    return Ok(());
                };
                for (index, item) in items.iter_mut().enumerate() {
                    self.coerce(&path.index(index), item, schema, schema.0.embedded)?;
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        Ok(())
    }

    fn resource(
        &mut self,
        path: &FieldPath,
        members: &mut Map<String, Value>,
    ) -> Result<(), FieldError> {
        for name in ["apiVersion", "kind"] {
            match members.get(name) {
                None | Some(Value::String(_)) => {}
                Some(_) if self.malformed == Malformed::Drop => {
                    members.remove(name);
                }
                Some(value) => return Err(invalid(&path.child(name), value, "must be a string")),
            }
        }
        let Some(value) = members.get_mut("metadata") else {
            return Ok(());
        };
        let path = path.child("metadata");
        match codec::from_value::<ObjectMeta>(value) {
            Ok(decoded) => {
                self.found(&path, &decoded.strict);
                *value = tree_of(&decoded.object);
            }
            Err(error) if self.malformed == Malformed::Refuse => {
                return Err(invalid(&path, value, &error.to_string()));
            }
            Err(_) => {
                if let Value::Object(fields) = value {
                    let sound = self.sound_fields(&path, fields);
                    *value = tree_of(&sound);
                }
            }
        }
        Ok(())
    }

    /// Metadata of those fields that decode.
    fn sound_fields(&mut self, path: &FieldPath, fields: &Map<String, Value>) -> ObjectMeta {
        let mut sound = Map::new();
        for (name, value) in fields {
            let alone = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
            if let Ok(decoded) = codec::from_value::<ObjectMeta>(&alone) {
                self.found(path, &decoded.strict);
                sound.insert(name.clone(), value.clone());
            }
        }
        let decoded = codec::from_value(&Value::Object(sound));
        decoded.expect("each field decodes alone").object
    }

    fn found(&mut self, path: &FieldPath, strict: &[StrictError]) {
        for error in strict {
            if let StrictError::UnknownField(field) = error {
                self.unknown.push(format!("{path}.{field}"));
            }
        }
    }
}

/// Metadata as stored in an object: a zero creation time is left out.
fn tree_of(metadata: &ObjectMeta) -> Value {
    let mut tree = codec::value_to_tree(metadata);
    if metadata.creation_timestamp.is_zero()
        && let Value::Object(fields) = &mut tree
    {
        fields.remove("creationTimestamp");
    }
    tree
}

fn invalid(path: &FieldPath, value: &Value, detail: &str) -> FieldError {
    FieldError {
        error_type: ErrorType::Invalid,
        field: path.clone(),
        value: Some(print::show(value)),
        detail: detail.to_owned(),
    }
}

fn validate_resource(
    path: &FieldPath,
    members: &Map<String, Value>,
    metadata: MetadataCheck<'_>,
    errors: &mut FieldErrors,
) {
    for name in ["apiVersion", "kind"] {
        let path = path.child(name);
        match members.get(name) {
            None => errors.required(&path, ""),
            Some(Value::String(text)) if text.is_empty() => {
                errors.invalid(&path, text, "must not be empty");
            }
            Some(Value::String(text)) => validate_type(&path, name, text, errors),
            Some(value) => {
                errors.invalid(&path, Verbatim(&print::show(value)), "must be a string");
            }
        }
    }
    let Some(value) = members.get("metadata") else {
        return;
    };
    let path = path.child("metadata");
    match codec::from_value::<ObjectMeta>(value) {
        Ok(decoded) => {
            let mut object = decoded.object;
            if object.name.is_empty() {
                // Embedded resources need no name, but the rules ask for one.
                object.name = Str::new("fakename");
            }
            metadata(errors, &object, &path);
        }
        Err(error) => errors.push(invalid(&path, value, &error.to_string())),
    }
}

fn validate_type(path: &FieldPath, name: &str, text: &str, errors: &mut FieldErrors) {
    if name == "apiVersion" {
        if text.matches('/').count() > 1 {
            errors.invalid(
                path,
                text,
                format!("unexpected GroupVersion string: {text}"),
            );
        }
        return;
    }
    let problems = validation::dns1035_label(&text.to_lowercase());
    if !problems.is_empty() {
        let words = format!(
            "may have mixed case, but should otherwise match: {}",
            problems.join(",")
        );
        errors.invalid(path, text, words);
    }
}
