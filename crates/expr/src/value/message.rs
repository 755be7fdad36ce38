//! Messages that expressions make: whether they are named as the fields in which they stand.

use super::{List, Map, Value};

impl Value<'_> {
    /// The name of the message that this is.
    #[must_use]
    pub fn message_name(&self) -> Option<&str> {
        match self {
            Self::Map(Map::Message(name, _)) => Some(name),
            _ => None,
        }
    }

    /// A field of a message.
    #[must_use]
    pub fn message_field(&self, name: &str) -> Option<Self> {
        match self {
            Self::Map(map @ Map::Message(..)) => map.find_text(name)?.ok(),
            _ => None,
        }
    }

    /// What is wrong with the names of the messages within this one: that in the field `spec` of an `Object` is an `Object.spec`.
    /// Lists and maps between them have no names. For values that can be written as JSON: others may be large beyond reason.
    #[must_use]
    pub fn misnamed(&self) -> Vec<String> {
        let mut errors = Vec::new();
        if let Some(name) = self.message_name() {
            walk(self, &mut name.to_owned(), &mut errors);
        }
        errors
    }
}

fn walk(value: &Value<'_>, path: &mut String, errors: &mut Vec<String>) {
    match value {
        Value::Map(Map::Message(name, fields)) => {
            if path != name {
                let (name, path) = (meta::go_quote(name), meta::go_quote(path));
                errors.push(format!(
                    "unexpected type name {name}, expected {path}, which matches field name path from root Object type"
                ));
            }
            let length = path.len();
            for (key, field) in fields.iter() {
                path.push('.');
                path.push_str(key.value().as_str().unwrap_or_default());
                walk(field, path, errors);
                path.truncate(length);
            }
        }
        Value::Map(Map::Own(entries)) => {
            for entry in entries.values() {
                walk(entry, path, errors);
            }
        }
        Value::List(List::Own(elements) | List::Merged(elements, _)) => {
            for element in elements.iter() {
                walk(element, path, errors);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::{Environment, admission, compile};

    fn misnamed(text: &str) -> Vec<String> {
        let environment = admission::with_patches(Environment::new());
        let program = compile(text, &environment).unwrap();
        let mut budget = 10_000;
        let value = program.evaluate(&[], &mut budget).unwrap();
        value.misnamed()
    }

    #[test]
    fn messages_are_named_as_their_fields() {
        let right = "Object{spec: Object.spec{list: [Object.spec.list{a: 1}], map: {'x': Object.spec.map{}}}}";
        assert_eq!(misnamed(right), Vec::<String>::new());
        assert_eq!(
            misnamed("Object{spec: Object.status{list: [Object.spec.item{}]}}"),
            [
                "unexpected type name \"Object.status\", expected \"Object.spec\", which matches field name path from root Object type",
                "unexpected type name \"Object.spec.item\", expected \"Object.spec.list\", which matches field name path from root Object type",
            ]
        );
    }
}
