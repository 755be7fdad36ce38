//! Configuration files of the API server's own group: YAML read strictly. Unknown and repeated fields are named with their paths.
use meta::codec::yaml;
use serde_json::{Map, Value};
use std::{cell::RefCell, collections::BTreeSet};

pub(crate) const GROUP: &str = "apiserver.config.k8s.io";
const VERSIONS: [&str; 3] = ["v1", "v1beta1", "v1alpha1"];
const TEXT_BYTES_MAX: usize = 1 << 20;

/// Why a configuration cannot be used. Each prints as one sentence.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    #[error("empty config data")]
    Empty,
    #[error("it is larger than {TEXT_BYTES_MAX} bytes")]
    TooLarge,
    #[error("{0}")]
    Syntax(String),
    #[error(
        "it must be a {kind} of {GROUP}/v1, {GROUP}/v1beta1 or {GROUP}/v1alpha1, and says {found}"
    )]
    Kind { kind: &'static str, found: String },
    #[error("strict decoding error: {0}")]
    Strict(String),
    #[error("invalid {what} configuration: {errors}")]
    Invalid { what: &'static str, errors: String },
    #[error(transparent)]
    Remote(#[from] crate::remote::RemoteError),
}

/// The document of a text, which must be of this kind.
pub(crate) fn parse(text: &str, kind: &'static str) -> Result<Value, ConfigurationError> {
    if text.trim().is_empty() {
        return Err(ConfigurationError::Empty);
    }
    if text.len() > TEXT_BYTES_MAX {
        return Err(ConfigurationError::TooLarge);
    }
    let syntax = |error: &dyn std::fmt::Display| ConfigurationError::Syntax(error.to_string());
    let (json, repeated) = yaml::to_json(text).map_err(|error| syntax(&error))?;
    if let Some(repeated) = repeated.first() {
        let words = repeated.to_string().replace("\n ", "");
        return Err(ConfigurationError::Strict(words));
    }
    let document: Value = serde_json::from_slice(&json).map_err(|error| syntax(&error))?;
    let found = (document["apiVersion"].as_str(), document["kind"].as_str());
    let known = VERSIONS
        .iter()
        .any(|version| found == (Some(format!("{GROUP}/{version}").as_str()), Some(kind)));
    if known {
        return Ok(document);
    }
    let (version, found) = (found.0.unwrap_or("nothing"), found.1.unwrap_or("nothing"));
    Err(ConfigurationError::Kind {
        kind,
        found: format!("{found} of {version}"),
    })
}

/// An object whose fields are taken one by one; what nobody took is unknown.
pub(crate) struct Fields<'a> {
    path: String,
    object: Option<&'a Map<String, Value>>,
    taken: RefCell<BTreeSet<&'static str>>,
    wrong: &'a Wrong,
}

/// What is wrong, collected over a whole document.
#[derive(Default)]
pub(crate) struct Wrong(RefCell<Vec<String>>);

impl Wrong {
    pub(crate) fn into_result(self) -> Result<(), ConfigurationError> {
        let words = self.0.into_inner();
        if words.is_empty() {
            Ok(())
        } else {
            Err(ConfigurationError::Strict(words.join(", ")))
        }
    }
}

impl<'a> Fields<'a> {
    pub(crate) fn of_document(document: &'a Value, wrong: &'a Wrong) -> Self {
        let res = Self::new(String::new(), document, wrong);
        res.take("apiVersion");
        res.take("kind");
        res
    }

    fn new(path: String, value: &'a Value, wrong: &'a Wrong) -> Self {
        let object = match value {
            Value::Object(object) => Some(object),
            Value::Null => None,
            _ => {
                wrong
                    .0
                    .borrow_mut()
                    .push(format!("{path} must be an object"));
                None
            }
        };
        Self {
            path,
            object,
            taken: RefCell::default(),
            wrong,
        }
    }

    fn place(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    fn take(&self, name: &'static str) -> Option<&'a Value> {
        self.taken.borrow_mut().insert(name);
        self.object?.get(name).filter(|value| !value.is_null())
    }

    fn typed<T>(
        &self,
        name: &'static str,
        wanted: &str,
        read: impl Fn(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.take(name)?;
        let read = read(value);
        if read.is_none() {
            let words = format!("{} must be {wanted}", self.place(name));
            self.wrong.0.borrow_mut().push(words);
        }
        read
    }

    pub(crate) fn is_there(&self) -> bool {
        self.object.is_some()
    }

    pub(crate) fn optional_text(&self, name: &'static str) -> Option<String> {
        self.typed(name, "a string", |value| value.as_str().map(str::to_owned))
    }

    pub(crate) fn text(&self, name: &'static str) -> String {
        self.optional_text(name).unwrap_or_default()
    }

    pub(crate) fn texts(&self, name: &'static str) -> Vec<String> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let read = |value: &'a Value| value.as_array()?.iter().map(text).collect();
        self.typed(name, "a list of strings", read)
            .unwrap_or_default()
    }

    pub(crate) fn switch(&self, name: &'static str) -> Option<bool> {
        self.typed(name, "true or false", Value::as_bool)
    }

    /// A Go duration: `5m0s`. Zero when it is not there.
    pub(crate) fn duration(&self, name: &'static str) -> meta::Duration {
        let read = |value: &Value| meta::Duration::parse(value.as_str()?).ok();
        self.typed(name, "a duration such as 5m", read)
            .unwrap_or_default()
    }

    pub(crate) fn object(&self, name: &'static str) -> Fields<'a> {
        let value = self.take(name).unwrap_or(&Value::Null);
        Fields::new(self.place(name), value, self.wrong)
    }

    pub(crate) fn objects(&self, name: &'static str) -> Vec<Fields<'a>> {
        let items = self.typed(name, "a list", Value::as_array);
        let place = self.place(name);
        let items = items.into_iter().flatten().enumerate();
        items
            .map(|(index, value)| Fields::new(format!("{place}[{index}]"), value, self.wrong))
            .collect()
    }
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        let taken = self.taken.borrow();
        let keys = self.object.into_iter().flat_map(Map::keys);
        for key in keys.filter(|key| !taken.contains(key.as_str())) {
            let words = format!("unknown field {:?}", self.place(key));
            self.wrong.0.borrow_mut().push(words);
        }
    }
}

#[cfg(test)]
mod tests;
