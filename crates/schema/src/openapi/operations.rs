//! One operation, and how each version writes it.

use super::{Version, parameters::Parameter};
use crate::TypeInfo;
use serde_json::{Map, Value, json};

/// What most operations answer with.
pub(super) const OBJECTS: &[&str] = &[
    "application/json",
    "application/yaml",
    "application/vnd.kubernetes.protobuf",
];
/// What lists and watches answer with.
pub(super) const STREAMS: &[&str] = &[
    "application/json",
    "application/yaml",
    "application/vnd.kubernetes.protobuf",
    "application/json;stream=watch",
    "application/vnd.kubernetes.protobuf;stream=watch",
];
pub(super) const PATCHES: &[&str] = &[
    "application/json-patch+json",
    "application/merge-patch+json",
    "application/strategic-merge-patch+json",
    "application/apply-patch+yaml",
];
/// Patches of kinds without a struct.
pub(super) const PLAIN_PATCHES: &[&str] = &[
    "application/json-patch+json",
    "application/merge-patch+json",
    "application/apply-patch+yaml",
];
/// What answers with objects without a struct.
pub(super) const TEXTS: &[&str] = &["application/json", "application/yaml"];
const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.";
pub(super) const ANYTHING: &[&str] = &["*/*"];
pub(super) const JSON: &[&str] = &["application/json"];

/// A definition that is referred to.
#[derive(Clone, Copy)]
pub(super) enum Type<'a> {
    /// One of the tables.
    Known(&'static TypeInfo),
    /// One that whoever serves the kind adds to the document.
    Added(&'a str),
}

impl Type<'_> {
    fn reference(self, version: Version) -> Value {
        match self {
            Self::Known(info) => version.reference(info),
            Self::Added(name) => version.reference_to(name),
        }
    }
}

/// What an answer holds.
#[derive(Clone, Copy)]
pub(super) enum Shown<'a> {
    Type(Type<'a>),
    Text,
}

/// The body of a request.
#[derive(Clone, Copy)]
pub(super) struct RequestBody<'a> {
    pub(super) shape: Type<'a>,
    pub(super) required: bool,
    /// Version 2's name among the shared parameters; empty where it writes the body out.
    pub(super) shared: &'static str,
}

/// A group, a version and a kind.
#[derive(Clone, Copy)]
pub(super) struct Gvk<'a> {
    pub(super) group: &'a str,
    pub(super) version: &'a str,
    pub(super) kind: &'a str,
}

/// What one method does at a path.
pub(super) struct Operation<'a> {
    pub(super) method: &'static str,
    pub(super) id: String,
    pub(super) tag: String,
    /// `x-kubernetes-action`; empty for what is no resource.
    pub(super) action: &'static str,
    pub(super) kind: Option<Gvk<'a>>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<RequestBody<'a>>,
    pub(super) consumes: &'static [&'static str],
    pub(super) produces: &'static [&'static str],
    /// Codes besides 401.
    pub(super) codes: &'static [u16],
    pub(super) shown: Shown<'a>,
}

/// All operations at a path.
pub(super) struct PathItem<'a> {
    pub(super) operations: Vec<Operation<'a>>,
}

impl PathItem<'_> {
    /// Parameters that all operations share stand at the path.
    pub(super) fn write(mut self, version: Version) -> Value {
        let mut shared: Vec<Parameter> = self
            .operations
            .first()
            .map(|first| first.parameters.clone())
            .unwrap_or_default();
        for operation in &self.operations {
            shared.retain(|parameter| operation.parameters.contains(parameter));
        }
        shared.sort_by_key(order);
        let mut out = Map::new();
        for operation in &mut self.operations {
            operation
                .parameters
                .retain(|parameter| !shared.contains(parameter));
            out.insert(operation.method.to_owned(), operation.write(version));
        }
        if !shared.is_empty() {
            let shown = shared.iter().map(|parameter| parameter.shown(version));
            out.insert("parameters".to_owned(), shown.collect());
        }
        Value::Object(out)
    }

    /// What version 2 keeps in its table of shared parameters.
    pub(super) fn add_shared(&self, out: &mut Map<String, Value>) {
        for operation in &self.operations {
            for parameter in operation.parameters.iter().filter(|p| !p.shared.is_empty()) {
                out.entry(parameter.shared_name())
                    .or_insert_with(|| parameter.definition());
            }
            if let Some(body) = operation.body.filter(|body| !body.shared.is_empty()) {
                out.entry(body.shared.to_owned())
                    .or_insert_with(|| body.definition());
            }
        }
    }

    /// The types that the operations speak of.
    pub(super) fn types(&self) -> impl Iterator<Item = &'static TypeInfo> {
        let types = self.operations.iter().flat_map(|operation| {
            let shown = match operation.shown {
                Shown::Type(type_) => Some(type_),
                Shown::Text => None,
            };
            [shown, operation.body.map(|body| body.shape)]
                .into_iter()
                .flatten()
        });
        types.flat_map(|type_| match type_ {
            Type::Known(info) => vec![info],
            // Objects and lists of any kind refer to these.
            Type::Added(_) => ["ObjectMeta", "ListMeta"]
                .iter()
                .filter_map(|name| crate::by_name(&format!("{META}{name}")))
                .collect(),
        })
    }
}

fn order(parameter: &Parameter) -> (&'static str, super::parameters::Place) {
    (parameter.name, parameter.place)
}

impl Operation<'_> {
    fn write(&mut self, version: Version) -> Value {
        self.parameters.sort_by_key(order);
        let mut out = json!({"operationId": self.id, "tags": [self.tag]});
        let mut parameters: Vec<(&str, Value)> = self
            .parameters
            .iter()
            .map(|parameter| (parameter.name, parameter.shown(version)))
            .collect();
        match version {
            Version::V2 => {
                if !self.consumes.is_empty() {
                    out["consumes"] = json!(self.consumes);
                }
                out["produces"] = json!(self.produces);
                out["schemes"] = json!(["https"]);
                if let Some(body) = self.body {
                    parameters.push(("body", body.parameter()));
                    parameters.sort_by_key(|(name, _)| *name);
                }
            }
            Version::V3 => {
                if let Some(body) = self.body {
                    out["requestBody"] = body.content(self.consumes);
                }
            }
        }
        if !parameters.is_empty() {
            out["parameters"] = parameters.into_iter().map(|(_, shown)| shown).collect();
        }
        out["responses"] = self.responses(version);
        if !self.action.is_empty() {
            out["x-kubernetes-action"] = json!(self.action);
        }
        if let Some(gvk) = self.kind {
            out["x-kubernetes-group-version-kind"] =
                json!({"group": gvk.group, "version": gvk.version, "kind": gvk.kind});
        }
        out
    }

    fn responses(&self, version: Version) -> Value {
        let mut out = Map::new();
        for code in self.codes {
            let schema = match self.shown {
                Shown::Type(type_) => json!({"$ref": type_.reference(version)}),
                Shown::Text => json!({"type": "string"}),
            };
            let mut response = json!({"description": reason(*code)});
            match version {
                Version::V2 => response["schema"] = schema,
                Version::V3 => {
                    let by_media = self
                        .produces
                        .iter()
                        .map(|media| ((*media).to_owned(), json!({"schema": schema})));
                    response["content"] = Value::Object(by_media.collect());
                }
            }
            out.insert(code.to_string(), response);
        }
        out.insert("401".to_owned(), json!({"description": reason(401)}));
        Value::Object(out)
    }
}

fn reason(code: u16) -> &'static str {
    match code {
        201 => "Created",
        202 => "Accepted",
        401 => "Unauthorized",
        _ => "OK",
    }
}

impl RequestBody<'_> {
    fn parameter(&self) -> Value {
        if self.shared.is_empty() {
            self.definition()
        } else {
            json!({"$ref": format!("#/parameters/{}", self.shared)})
        }
    }

    fn definition(&self) -> Value {
        let schema = json!({"$ref": self.shape.reference(Version::V2)});
        let mut out = json!({"name": "body", "in": "body", "schema": schema});
        if self.required {
            out["required"] = json!(true);
        }
        out
    }

    fn content(&self, consumes: &[&str]) -> Value {
        let schema = json!({"schema": {"$ref": self.shape.reference(Version::V3)}});
        let by_media = consumes
            .iter()
            .map(|media| ((*media).to_owned(), schema.clone()));
        let mut out = json!({"content": Value::Object(by_media.collect())});
        if self.required {
            out["required"] = json!(true);
        }
        out
    }
}
