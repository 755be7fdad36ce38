//! The subresources of custom resources: `status`, a part, and `scale`, a view.
use super::definition::{Definition, go_type, members};
use api::{apiextensions::v1::CustomResourceSubresourceScale, autoscaling::v1::Scale};
use meta::{ApiError, Dynamic, FieldErrors, FieldPath, Str, codec::Strictness};
use resource::{
    Cell, Column, ColumnDefinition, DecodeFailure, DecodedObject, Encoding, ErasedPart, ErasedView,
    MetadataCheck, Now, Object, RequestContext,
};
use serde_json::{Map, Value};
use std::sync::Arc;

const REPLICAS_MAX: i64 = i32::MAX as i64;
/// What a patch finds where no count is.
const NO_REPLICAS: i32 = i32::MIN;

/// Where a version keeps what its scale shows.
pub(super) struct ScalePaths {
    spec: Place,
    status: Place,
    selector: Option<Place>,
}

/// A path as the definition writes it, and the members on the way.
struct Place {
    text: String,
    members: Vec<String>,
}

impl Place {
    fn new(path: &str) -> Self {
        Self {
            text: path.to_owned(),
            members: members(path),
        }
    }

    /// What is there. The error is upstream's.
    fn value<'o>(&self, object: &'o Dynamic) -> Result<Option<&'o Value>, String> {
        let mut members = self.members.iter().enumerate();
        let Some(mut value) = members
            .next()
            .and_then(|(_, name)| object.content.get(name))
        else {
            return Ok(None);
        };
        for (index, name) in members {
            let below = match value {
                Value::Object(members) => members.get(name),
                Value::Null => None,
                other => {
                    let path = &self.members[..=index];
                    return Err(mismatch(path, other, "map[string]interface{}"));
                }
            };
            let Some(below) = below else {
                return Ok(None);
            };
            value = below;
        }
        Ok(Some(value))
    }

    fn integer(&self, object: &Dynamic) -> Result<Option<i64>, String> {
        match self.value(object)? {
            None => Ok(None),
            Some(value) => match value.as_i64() {
                Some(value) => Ok(Some(value)),
                None => Err(mismatch(&self.members, value, "int64")),
            },
        }
    }

    fn text(&self, object: &Dynamic) -> Result<Option<String>, String> {
        match self.value(object)? {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(value) => Err(mismatch(&self.members, value, "string")),
        }
    }

    fn check_count(&self, object: &Dynamic, errors: &mut FieldErrors) {
        let path = FieldPath::new(self.text.clone());
        match self.integer(object) {
            Err(words) => errors.invalid(&path, 0i64, words),
            Ok(Some(count)) if count < 0 => {
                errors.invalid(&path, count, "should be a non-negative integer");
            }
            Ok(Some(count)) if count > REPLICAS_MAX => {
                let words = format!("should be less than or equal to {REPLICAS_MAX}");
                errors.invalid(&path, count, words);
            }
            Ok(_) => {}
        }
    }
}

fn mismatch(path: &[String], value: &Value, wanted: &str) -> String {
    let (path, found) = (path.join("."), go_type(value));
    let shown = patch::go_text(value);
    format!(".{path} accessor error: {shown} is of the type {found}, expected {wanted}")
}

impl ScalePaths {
    pub(super) fn new(scale: &CustomResourceSubresourceScale) -> Self {
        Self {
            spec: Place::new(&scale.spec_replicas_path),
            status: Place::new(&scale.status_replicas_path),
            selector: scale.label_selector_path.as_deref().map(Place::new),
        }
    }

    pub(super) fn validate_spec(&self, object: &Dynamic, errors: &mut FieldErrors) {
        self.spec.check_count(object, errors);
    }

    pub(super) fn validate_status(&self, object: &Dynamic, errors: &mut FieldErrors) {
        self.status.check_count(object, errors);
        if let Some(selector) = &self.selector
            && let Err(words) = selector.text(object)
        {
            errors.invalid(&FieldPath::new(selector.text.clone()), "", words);
        }
    }

    fn shown(&self, object: &Dynamic) -> Result<Scale, String> {
        let mut scale = Scale::default();
        let count = |place: &Place| -> Result<Option<i32>, String> {
            let count = place.integer(object)?;
            // Counts that do not fit were refused when they were written.
            Ok(count.map(|count| i32::try_from(count).unwrap_or(i32::MAX)))
        };
        scale.spec.replicas = count(&self.spec)?.unwrap_or(NO_REPLICAS);
        scale.status.replicas = count(&self.status)?.unwrap_or(0);
        if let Some(selector) = &self.selector {
            scale.status.selector = selector.text(object)?.unwrap_or_default().into();
        }
        Ok(scale)
    }
}

/// The scale of a kind in one version.
pub(super) struct ScaleView {
    pub(super) definition: Arc<Definition>,
    /// The version's name.
    pub(super) version: Str,
}

impl ScaleView {
    fn places(&self) -> &ScalePaths {
        let rules = self.definition.named(&self.version);
        rules
            .and_then(|rules| rules.scale.as_ref())
            .expect("a scale is made for versions that have one")
    }
}

/// Of any custom kind's scale.
const COLUMNS: &[Column<Scale>] = &[
    Column::NAME,
    Column::integer("Desired", "Number of desired replicas", |scale, _| {
        scale.spec.replicas.into()
    }),
    Column::integer("Available", "Number of actual replicas", |scale, _| {
        scale.status.replicas.into()
    }),
    Column {
        type_: "date",
        ..Column::AGE
    },
];

impl ErasedView for ScaleView {
    fn kind(&self) -> (&'static str, &'static str, &'static str) {
        ("autoscaling", "v1", "Scale")
    }
    fn get(&self, object: &Object) -> Result<Object, ApiError> {
        let object = super::kind::cast(object);
        let shown = self.places().shown(object);
        let mut scale = shown.map_err(ApiError::internal)?;
        let (from, to) = (&object.metadata, &mut scale.metadata);
        to.name.clone_from(&from.name);
        to.namespace.clone_from(&from.namespace);
        to.uid.clone_from(&from.uid);
        to.resource_version.clone_from(&from.resource_version);
        to.creation_timestamp = from.creation_timestamp;
        Ok(Box::new(scale))
    }
    fn show(&self, object: &Object) -> Result<Object, ApiError> {
        let scale = self.get(object)?;
        if replicas_of(&scale) == NO_REPLICAS {
            let path = &self.places().spec.text;
            let words = format!("the spec replicas field {path:?} does not exist");
            return Err(ApiError::internal(words));
        }
        Ok(scale)
    }
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure> {
        resource::decode::<Scale>(bytes, encoding, strictness)
    }
    /// The object is checked, with the view in it.
    fn validate(&self, _errors: &mut FieldErrors, _view: &Object) {}
    fn set(
        &self,
        _cx: &RequestContext,
        object: &mut Object,
        view: &Object,
    ) -> Result<(), ApiError> {
        let place = &self.places().spec;
        let replicas = replicas_of(view);
        if replicas == NO_REPLICAS {
            let words = format!("the spec replicas field {:?} cannot be empty", place.text);
            return Err(ApiError::bad_request(words));
        }
        let content = &mut super::kind::cast_mut(object).content;
        put(content, &place.members, replicas.into());
        Ok(())
    }
    fn paths(&self) -> Vec<(&str, &str)> {
        let path = self.places().spec.text.as_str();
        vec![("spec.replicas", path.trim_start_matches('.'))]
    }
    fn columns(&self) -> Vec<ColumnDefinition> {
        COLUMNS.iter().map(Column::definition).collect()
    }
    fn cells(&self, view: &Object, now: &Now) -> Vec<Cell> {
        let scale = scale_of(view);
        COLUMNS
            .iter()
            .map(|column| (column.cell)(scale, now))
            .collect()
    }
}

fn scale_of(view: &Object) -> &Scale {
    let scale = view.as_any().downcast_ref::<Scale>();
    scale.expect("the view is of this kind")
}

fn replicas_of(view: &Object) -> i32 {
    scale_of(view).spec.replicas
}

/// Writes a value, making the objects on the way. What is in the way and no object stays: validation has refused it.
fn put(content: &mut Map<String, Value>, path: &[String], value: Value) {
    match path {
        [] => {}
        [last] => drop(content.insert(last.clone(), value)),
        [first, rest @ ..] => {
            let below = content
                .entry(first.clone())
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(below) = below {
                put(below, rest, value);
            }
        }
    }
}

/// `status`: all else stays as it was.
pub(super) struct StatusPart(pub(super) Arc<Definition>);

impl ErasedPart for StatusPart {
    fn prepare_update(&self, _cx: &RequestContext, new: &mut Object, old: &Object) {
        let (new, old) = (super::kind::cast_mut(new), super::kind::cast(old));
        let status = new.content.remove("status");
        let managed_fields = std::mem::take(&mut new.metadata.managed_fields);
        let version = std::mem::take(&mut new.metadata.resource_version);
        new.content.clone_from(&old.content);
        new.metadata.clone_from(&old.metadata);
        new.metadata.managed_fields = managed_fields;
        new.metadata.resource_version = version;
        new.content.remove("status");
        if let Some(status) = status {
            new.content.insert("status".to_owned(), status);
        }
    }
    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Object,
        old: &Object,
    ) {
        let (new, old) = (super::kind::cast(new), super::kind::cast(old));
        let rules = self.0.rules_of(new);
        rules.validate_status(cx, new, old, errors);
    }
    fn warnings_on_update(
        &self,
        _cx: &RequestContext,
        _new: &Object,
        _old: &Object,
    ) -> Vec<String> {
        Vec::new()
    }
    fn reset_fields(&self) -> &'static [&'static str] {
        &["metadata", "spec"]
    }
    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[MetadataCheck::Changes]
    }
}
