//! [`Definition`]: what a CustomResourceDefinition says, made ready for serving.
use super::{columns::PrinterColumn, conversion::Webhook, scale::ScalePaths};
use crate::metrics::Expressions;
use api::apiextensions::v1::{
    CustomResourceDefinition, CustomResourceDefinitionNames, CustomResourceDefinitionSpec,
    CustomResourceDefinitionVersion,
};
use meta::{Dynamic, DynamicType, Str, codec};
use serde_json::Value;
use std::{
    borrow::Cow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use structural::{
    ApplySchema, JsonPath, Malformed, Root, Structural,
    definition::{is_established, is_true},
    openapi::definition_name,
};

/// Why a definition cannot be served. Validation should have refused it.
#[derive(Debug, thiserror::Error)]
pub(super) enum DefinitionError {
    #[error("the schema of version {version} is not structural")]
    Schema {
        version: Str,
        #[source]
        source: structural::StructuralError,
    },
    #[error("no version is stored")]
    NoStorage,
}

/// One definition in one state of its specification.
pub(crate) struct Definition {
    pub(super) spec: CustomResourceDefinitionSpec,
    pub(super) names: CustomResourceDefinitionNames,
    uid: Str,
    pub(super) versions: Vec<Rules>,
    storage: usize,
    webhook: Option<Webhook>,
    /// It is being deleted: nothing is created any more.
    terminating: AtomicBool,
}

/// One version.
pub(super) struct Rules {
    pub(super) type_: Arc<DynamicType>,
    pub(super) api_version: Str,
    /// See [`resource::ResourceType::origin`]: the version, and what tells this state of the definition from all others.
    pub(super) origin: String,
    pub(super) served: bool,
    pub(super) schema: Structural,
    pub(super) status: bool,
    pub(super) scale: Option<ScalePaths>,
    pub(super) columns: Vec<PrinterColumn>,
    /// Field labels with the ways to their values.
    pub(super) selectable: Vec<(Str, Option<JsonPath>)>,
    pub(super) deprecation: Option<Str>,
    /// The rules of the schema, if it has any.
    pub(super) rules: Option<structural::Rules>,
    pub(super) expressions: Arc<Expressions>,
    /// For managed fields; none where there is no schema.
    apply: Option<ApplySchema>,
    /// What OpenAPI calls the kind, and its list.
    pub(super) openapi: (String, String),
}

impl Definition {
    pub(super) fn new(
        definition: &CustomResourceDefinition,
        expressions: &Arc<Expressions>,
    ) -> Result<Self, DefinitionError> {
        let metadata = &definition.metadata;
        let versions = definition.spec.versions.iter();
        let versions: Result<Vec<Rules>, _> = versions
            .map(|version| Rules::new(definition, version, expressions))
            .collect();
        let storage = definition.spec.versions.iter().position(|v| v.storage);
        let storage = storage.ok_or(DefinitionError::NoStorage)?;
        Ok(Self {
            spec: definition.spec.clone(),
            names: definition.status.accepted_names.clone(),
            uid: metadata.uid.clone(),
            versions: versions?,
            storage,
            webhook: Webhook::of(definition),
            terminating: AtomicBool::new(is_terminating(definition)),
        })
    }

    /// Whether the definition says the same of its kind as before. Its conditions may have changed.
    pub(super) fn is_of(&self, definition: &CustomResourceDefinition) -> bool {
        self.uid == definition.metadata.uid
            && self.names == definition.status.accepted_names
            && self.spec == definition.spec
    }

    /// Takes over what may change without making it another kind; tells whether it did.
    pub(super) fn follow(&self, definition: &CustomResourceDefinition) -> bool {
        let now = is_terminating(definition);
        self.terminating.swap(now, Ordering::AcqRel) != now
    }

    pub(crate) fn is_terminating(&self) -> bool {
        self.terminating.load(Ordering::Acquire)
    }

    pub(super) fn storage(&self) -> &Rules {
        &self.versions[self.storage]
    }

    /// Of an object's own version.
    pub(super) fn rules_of(&self, object: &Dynamic) -> &Rules {
        let rules = self.named(&object.type_.version);
        rules.expect("objects are of a version of their definition")
    }

    /// Of the version in which a value was stored; of the one in which values are stored now if the definition has it no more.
    pub(super) fn rules_of_origin(&self, origin: &str) -> &Rules {
        let version = origin.split(' ').next().unwrap_or("");
        self.named(version).unwrap_or_else(|| self.storage())
    }

    /// The version with this `apiVersion`, served or not.
    pub(super) fn of_api_version(&self, api_version: &str) -> Option<&Rules> {
        self.versions.iter().find(|v| v.api_version == api_version)
    }

    /// Who converts; `None` where conversion changes nothing but `apiVersion`.
    pub(crate) fn webhook(&self) -> Option<&Webhook> {
        self.webhook.as_ref()
    }

    /// Values of the field labels of all versions. Those of other versions are empty where only a webhook could tell them.
    pub(super) fn selectable_fields(&self, object: &Dynamic) -> Vec<Str> {
        let versions = self.versions.iter();
        versions
            .flat_map(|rules| {
                if self.webhook.is_some() && *rules.type_ != *object.type_ {
                    return vec![Str::default(); rules.selectable.len()];
                }
                rules.selectable_fields(object)
            })
            .collect()
    }

    /// The schema of a version for managed fields; `None` where the definition has no such version.
    pub(crate) fn apply_node(&self, api_version: &str) -> Option<patch::Node<'_>> {
        let schema = self.of_api_version(api_version)?.apply.as_ref();
        Some(schema.map_or_else(patch::Node::untyped, ApplySchema::node))
    }

    /// The version with this name.
    pub(super) fn named(&self, version: &str) -> Option<&Rules> {
        self.versions.iter().find(|v| v.type_.version == version)
    }
}

/// Whether a definition's kind is served at all.
pub(super) fn is_served(definition: &CustomResourceDefinition) -> bool {
    is_established(definition) || is_true(definition, "NamesAccepted")
}

fn is_terminating(definition: &CustomResourceDefinition) -> bool {
    definition.metadata.deletion_timestamp.is_some() || is_true(definition, "Terminating")
}

impl Rules {
    fn new(
        definition: &CustomResourceDefinition,
        version: &CustomResourceDefinitionVersion,
        expressions: &Arc<Expressions>,
    ) -> Result<Self, DefinitionError> {
        let spec = &definition.spec;
        let type_ = DynamicType {
            group: spec.group.clone(),
            version: version.name.clone(),
            kind: definition.status.accepted_names.kind.clone(),
        };
        let schema = version.schema.as_ref();
        let schema = schema.and_then(|schema| schema.open_apiv3_schema.as_deref());
        let has_schema = schema.is_some();
        let schema = schema.map_or_else(|| Ok(Structural::without_schema()), Structural::serving);
        let schema = schema.map_err(|source| DefinitionError::Schema {
            version: version.name.clone(),
            source,
        })?;
        let subresources = version.subresources.as_deref();
        let scale = subresources.and_then(|all| all.scale.as_deref());
        let selectable = version.selectable_fields.iter().map(|field| {
            let label = field.json_path.trim_start_matches('.');
            (Str::from(label), JsonPath::parse(&field.json_path).ok())
        });
        Ok(Self {
            api_version: type_.api_version().into(),
            origin: {
                let (version, metadata) = (&version.name, &definition.metadata);
                format!("{version} {}/{}", metadata.uid, metadata.generation)
            },
            rules: expressions.compiling(|| structural::Rules::new(&schema, Root::Resource)),
            expressions: Arc::clone(expressions),
            apply: has_schema.then(|| schema.apply_schema()),
            openapi: (
                definition_name(&type_.group, &type_.version, &type_.kind),
                definition_name(
                    &type_.group,
                    &type_.version,
                    &definition.status.accepted_names.list_kind,
                ),
            ),
            type_: Arc::new(type_),
            served: version.served,
            schema,
            status: subresources.is_some_and(|all| all.status.is_some()),
            scale: scale.map(ScalePaths::new),
            columns: PrinterColumn::all(&version.additional_printer_columns),
            selectable: selectable.collect(),
            deprecation: version.deprecated.then(|| deprecation(spec, version)),
        })
    }

    /// The object in this version. Conversion changes nothing but `apiVersion`; what this version does not know is dropped.
    pub(super) fn view<'a>(&self, object: &'a Dynamic) -> Cow<'a, Dynamic> {
        if *object.type_ == *self.type_ {
            return Cow::Borrowed(object);
        }
        let mut converted = object.with_type(&self.type_);
        self.read_stored(&mut converted);
        Cow::Owned(converted)
    }

    /// Drops what the schema does not know.
    pub(super) fn read_stored(&self, object: &mut Dynamic) {
        object.on_content(|content| {
            // What is malformed is dropped, so that nothing is refused.
            drop(self.schema.read(content, Malformed::Drop));
        });
    }

    pub(super) fn set_defaults(&self, object: &mut Dynamic) {
        object.on_content(|content| self.schema.default(content));
    }

    pub(super) fn prune_nulls(&self, object: &mut Dynamic) {
        object.on_content(|content| self.schema.prune_nulls(content));
    }

    /// Values of this version's field labels.
    pub(super) fn selectable_fields(&self, object: &Dynamic) -> Vec<Str> {
        if self.selectable.is_empty() {
            return Vec::new();
        }
        let document = codec::to_value(&*self.view(object));
        let labels = self.selectable.iter();
        let value = |path: &JsonPath| structural::selectable_value(path, &document).into();
        labels
            .map(|(_, path)| path.as_ref().map_or_else(Str::default, value))
            .collect()
    }
}

/// `spec.replicas` and `.spec.replicas`: the members on the way.
pub(super) fn members(path: &str) -> Vec<String> {
    let path = path.strip_prefix('.').unwrap_or(path);
    path.split('.').map(str::to_owned).collect()
}

/// What Go calls the type of a value in a tree.
pub(super) fn go_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "<nil>",
        Value::Bool(_) => "bool",
        Value::Number(value) if value.is_f64() => "float64",
        Value::Number(_) => "int64",
        Value::String(_) => "string",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}

/// What a deprecated version's clients are told.
fn deprecation(
    spec: &CustomResourceDefinitionSpec,
    version: &CustomResourceDefinitionVersion,
) -> Str {
    if let Some(words) = &version.deprecation_warning {
        return words.clone();
    }
    let (group, kind) = (&spec.group, &spec.names.kind);
    let own = crate::discovery::priority(&version.name);
    let better = spec
        .versions
        .iter()
        .filter(|other| other.served && !other.deprecated)
        .filter(|other| crate::discovery::priority(&other.name) < own);
    let best = better.min_by_key(|other| crate::discovery::priority(&other.name));
    let advice = best.map_or_else(String::new, |best| {
        format!("; use {group}/{} {kind}", best.name)
    });
    format!("{group}/{} {kind} is deprecated{advice}", version.name).into()
}
