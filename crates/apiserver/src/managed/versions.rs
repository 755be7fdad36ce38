//! The versions of one kind, as managers of fields may have written in any of them.
use crate::{custom::Definition, endpoint::Endpoint, shared::Api};
use meta::codec::{self, Strictness};
use parking_lot::Mutex;
use patch::{Node, VersionError, Versions};
use resource::{Encoding, Served};
use serde_json::Value;

#[derive(Debug)]
pub(super) struct AllVersions<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) conversions: &'a Conversions,
}

/// What a webhook has made of objects, and what it has yet to make: the machinery of managed fields cannot wait for it.
#[derive(Debug, Default)]
pub(super) struct Conversions {
    made: Vec<Made>,
    missing: Mutex<Vec<Wanted>>,
}

/// An object in a version.
#[derive(Debug, PartialEq)]
struct Wanted {
    object: Value,
    api_version: String,
}

#[derive(Debug)]
struct Made {
    of: Wanted,
    result: Result<Value, VersionError>,
}

impl Conversions {
    /// An object in another version. What is not there yet is an error, and remembered.
    fn find(&self, object: &Value, api_version: &str) -> Result<Value, VersionError> {
        let wanted = Wanted {
            object: object.clone(),
            api_version: api_version.to_owned(),
        };
        if let Some(made) = self.made.iter().find(|made| made.of == wanted) {
            return made.result.clone();
        }
        self.missing.lock().push(wanted);
        Err(VersionError("it has not been converted yet".to_owned()))
    }

    /// Makes what was missing; whether anything was.
    pub(super) async fn make_missing(&mut self, api: &Api, endpoint: &Endpoint) -> bool {
        let missing = std::mem::take(self.missing.get_mut());
        let Some(definition) = endpoint.definition() else {
            return false;
        };
        let any = !missing.is_empty();
        for of in missing {
            let result = definition.convert_tree(api, &of.object, &of.api_version);
            let result = result.await.map_err(|error| VersionError(error.message));
            self.made.push(Made { of, result });
        }
        any
    }
}

impl AllVersions<'_> {
    fn find(&self, api_version: &str) -> Option<Served> {
        let resource = self.endpoint.served.resource();
        Served::versions_of(resource).find(|v| v.info().api_version == api_version)
    }

    /// Of a kind of this program.
    fn convert_builtin(&self, object: &Value, api_version: &str) -> Result<Value, VersionError> {
        let from = object["apiVersion"].as_str().unwrap_or_default();
        let unknown = |version: &str| VersionError(format!("version {version} is not served"));
        let source = self.find(from).ok_or_else(|| unknown(from))?;
        let target = self.find(api_version).ok_or_else(|| unknown(api_version))?;
        let json = object.to_string();
        let decoded = source.decode(json.as_bytes(), Encoding::Json, Strictness::Lenient);
        let stored = decoded.map_err(|error| VersionError(error.to_string()))?;
        Ok(codec::to_value(target.shown(&stored.object).as_message()))
    }

    fn convert_custom(
        &self,
        definition: &Definition,
        object: &Value,
        api_version: &str,
    ) -> Result<Value, VersionError> {
        if definition.webhook().is_some() {
            return self.conversions.find(object, api_version);
        }
        let converted = definition.view_tree(object, api_version);
        converted.map_err(|error| VersionError(error.message))
    }
}

impl Versions for AllVersions<'_> {
    fn node(&self, api_version: &str) -> Option<Node<'_>> {
        if let Some(definition) = self.endpoint.definition() {
            return definition.apply_node(api_version);
        }
        if self.endpoint.info().api_version == api_version {
            return Some(self.endpoint.node(self.endpoint.info()));
        }
        let served = self.find(api_version)?;
        Some(self.endpoint.node(served.info()))
    }

    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, VersionError> {
        if object["apiVersion"].as_str() == Some(api_version) {
            return Ok(object.clone());
        }
        match self.endpoint.definition() {
            Some(definition) => self.convert_custom(definition, object, api_version),
            None => self.convert_builtin(object, api_version),
        }
    }
}
