//! [`CustomKind`]: the [`ResourceType`] of a definition. It is given objects in any of the definition's versions, and treats each by the
//! rules of its own.
use super::{
    columns,
    definition::{Definition, Rules},
    scale::{ScaleView, StatusPart},
    validation,
    versions::OtherVersion,
};
use meta::{
    ApiError, DeleteOptions, Dynamic, FieldErrors, Scope, Str,
    codec::{DecodeError, StrictError, Strictness, json},
};
use resource::{
    Cell, DecodeFailure, DecodedObject, Deletion, Encoding, ErasedAction, ErasedPart,
    ErasedVersion, ErasedView, Finish, GarbageCollection, Generation, MetadataCheck, NameRule, Now,
    Object, RequestContext, ResourceInfo, ResourceType, SubresourceInfo, SubresourceSort, Upstream,
    Verb,
};
use serde_json::Value;
use std::sync::Arc;
use structural::Malformed;

/// In upstream's order.
const VERBS: &[Verb] = &[
    Verb::Delete,
    Verb::DeleteCollection,
    Verb::Get,
    Verb::List,
    Verb::Patch,
    Verb::Create,
    Verb::Update,
    Verb::Watch,
];
const PART_VERBS: &[Verb] = &[Verb::Get, Verb::Patch, Verb::Update];

pub(super) struct CustomKind {
    definition: Arc<Definition>,
    info: ResourceInfo,
    others: Vec<Arc<dyn ErasedVersion>>,
    status: StatusPart,
    scale: Option<ScaleView>,
}

impl CustomKind {
    pub(super) fn new(definition: &Arc<Definition>) -> Self {
        let stored = definition.storage();
        Self {
            info: info_of(definition, stored),
            others: OtherVersion::all(definition),
            status: StatusPart(Arc::clone(definition)),
            scale: stored.scale.is_some().then(|| ScaleView {
                definition: Arc::clone(definition),
                version: stored.type_.version.clone(),
            }),
            definition: Arc::clone(definition),
        }
    }
}

/// What is known of the kind in one version.
pub(super) fn info_of(definition: &Definition, rules: &Rules) -> ResourceInfo {
    let (names, type_) = (&definition.names, &*rules.type_);
    let of = |name, (group, version, kind): (&Str, &Str, &Str), sort| SubresourceInfo {
        name,
        group: group.clone(),
        version: version.clone(),
        kind: kind.clone(),
        verbs: PART_VERBS,
        sort,
    };
    let own = (&type_.group, &type_.version, &type_.kind);
    let scale = ["autoscaling", "v1", "Scale"].map(Str::const_new);
    let scale = (&scale[0], &scale[1], &scale[2]);
    let status = rules
        .status
        .then(|| of("status", own, SubresourceSort::Part));
    let scale = rules
        .scale
        .as_ref()
        .map(|_| of("scale", scale, SubresourceSort::View));
    // Positions are the same in all versions, because all look at the same stored values.
    let labels = definition.versions.iter().flat_map(|version| {
        let own = std::ptr::eq(version, rules);
        let labels = version.selectable.iter();
        labels.map(move |(label, _)| if own { label.clone() } else { Str::default() })
    });
    ResourceInfo {
        group: type_.group.clone(),
        version: type_.version.clone(),
        kind: type_.kind.clone(),
        list_kind: names.list_kind.clone(),
        api_version: rules.api_version.clone(),
        plural: names.plural.clone(),
        singular: names.singular.clone(),
        short_names: names.short_names.to_vec(),
        categories: names.categories.to_vec(),
        scope: if definition.spec.scope == "Namespaced" {
            Scope::Namespaced
        } else {
            Scope::Cluster
        },
        verbs: VERBS,
        key_prefix: format!(
            "/registry/{}/{}/",
            type_.group, definition.spec.names.plural
        ),
        name_rule: NameRule::Subdomain,
        metadata_on_update: &[MetadataCheck::Changes],
        standard_finalizers: false,
        subresources: status.into_iter().chain(scale).collect(),
        columns: columns::definitions(&rules.columns),
        field_labels: labels.collect(),
        older_field_labels: &[],
        reset_fields: if rules.status {
            vec![Str::const_new("status")]
        } else {
            Vec::new()
        },
        garbage_collection: GarbageCollection::Background,
        ttl_seconds: 0,
        allow_create_on_update: false,
        allow_unconditional_update: false,
        generation: Generation::None,
        has_status: rules.status,
        relaxed_fields: &[],
        observes: false,
        returns_deleted_object: false,
        guides_admission: false,
        upstream: Upstream::USUAL,
        deprecation: rules.deprecation.clone(),
        dynamic: true,
    }
}

pub(super) fn cast(object: &Object) -> &Dynamic {
    let found = object.as_any().downcast_ref();
    found.expect("objects are paired with their own resource type")
}

pub(super) fn cast_mut(object: &mut Object) -> &mut Dynamic {
    let found = (**object).as_any_mut().downcast_mut();
    found.expect("objects are paired with their own resource type")
}

/// Reads a document of one version. What nobody knows is dropped, and reported if asked.
pub(super) fn decode(
    rules: &Rules,
    bytes: &[u8],
    encoding: Encoding,
    strictness: Strictness,
) -> Result<DecodedObject, DecodeFailure> {
    let refused = |words: String| DecodeFailure::Json(DecodeError::value(words));
    if encoding == Encoding::Protobuf {
        return Err(refused("custom resources have no protobuf form".to_owned()));
    }
    let (document, mut strict) = json::parse_tree(bytes).map_err(DecodeFailure::Json)?;
    let Value::Object(document) = document else {
        return Err(refused("a document is a JSON object".to_owned()));
    };
    let read = Dynamic::from_tree(Arc::clone(&rules.type_), document, strictness);
    let (mut object, unknown) = read.map_err(DecodeFailure::Json)?;
    // Repeated members of the metadata were found above.
    let unknown = unknown.into_iter();
    strict.extend(unknown.filter(|error| !matches!(error, StrictError::DuplicateField(_))));
    let kind = object.content.remove("kind");
    let pruned = object.on_content(|content| rules.schema.read(content, Malformed::Refuse));
    let pruned = pruned.map_err(|error| refused(error.to_string()))?;
    if let Some(kind) = kind {
        object.content.insert("kind".to_owned(), kind);
    }
    if strictness == Strictness::Lenient {
        strict.clear();
    } else {
        strict.extend(pruned.into_iter().map(StrictError::UnknownField));
    }
    Ok(DecodedObject {
        object: Box::new(object),
        strict,
    })
}

impl ResourceType for CustomKind {
    fn info(&self) -> &ResourceInfo {
        &self.info
    }
    fn versions(&self) -> &[Arc<dyn ErasedVersion>] {
        &self.others
    }
    fn serves_stored(&self) -> bool {
        self.definition.storage().served
    }
    fn new_object(&self) -> Object {
        Box::new(Dynamic {
            type_: Arc::clone(&self.definition.storage().type_),
            ..Dynamic::default()
        })
    }
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure> {
        decode(self.definition.storage(), bytes, encoding, strictness)
    }
    fn decode_stored(&self, body: &[u8], revision: u64) -> Result<Object, DecodeFailure> {
        let type_ = Arc::clone(&self.definition.storage().type_);
        let object = Dynamic::from_body(type_, body, revision).map_err(DecodeFailure::Json)?;
        Ok(Box::new(object))
    }
    fn origin(&self) -> &str {
        &self.definition.storage().origin
    }
    fn origin_of(&self, object: &Object) -> &str {
        &self.definition.rules_of(cast(object)).origin
    }
    fn decode_older(
        &self,
        origin: &str,
        body: &[u8],
        revision: u64,
    ) -> Result<Object, DecodeFailure> {
        let stored = self.definition.storage();
        let rules = self.definition.rules_of_origin(origin);
        let type_ = Arc::clone(&rules.type_);
        let mut object = Dynamic::from_body(type_, body, revision).map_err(DecodeFailure::Json)?;
        rules.read_stored(&mut object);
        rules.set_defaults(&mut object);
        if self.definition.webhook().is_some() {
            return Ok(Box::new(object));
        }
        Ok(Box::new(stored.view(&object).into_owned()))
    }

    fn set_defaults(&self, object: &mut Object) {
        let object = cast_mut(object);
        self.definition.rules_of(object).set_defaults(object);
    }
    fn prepare_create(&self, _cx: &RequestContext, new: &mut Object) {
        let new = cast_mut(new);
        if self.definition.rules_of(new).status {
            new.content.remove("status");
        }
        new.metadata.generation = 1;
    }
    fn validate(&self, cx: &RequestContext, errors: &mut FieldErrors, new: &Object) {
        let new = cast(new);
        let rules = self.definition.rules_of(new);
        rules.validate(cx, new, None, errors);
    }
    fn warnings_on_create(&self, _cx: &RequestContext, new: &Object) -> Vec<String> {
        validation::finalizer_warnings(&new.metadata().finalizers, &[])
    }
    fn prepare_update(&self, _cx: &RequestContext, new: &mut Object, old: &Object) {
        let (new, old) = (cast_mut(new), cast(old));
        if self.definition.rules_of(new).status {
            match old.content.get("status") {
                Some(status) => drop(new.content.insert("status".to_owned(), status.clone())),
                None => drop(new.content.remove("status")),
            }
        }
        if new.content != old.content {
            new.metadata.generation = old.metadata.generation + 1;
        }
    }
    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Object,
        old: &Object,
    ) {
        let new = cast(new);
        let rules = self.definition.rules_of(new);
        rules.validate(cx, new, Some(cast(old)), errors);
    }
    fn warnings_on_update(&self, _cx: &RequestContext, new: &Object, old: &Object) -> Vec<String> {
        validation::finalizer_warnings(&new.metadata().finalizers, &old.metadata().finalizers)
    }
    /// What an apply left null has been validated, and goes as it would when it is read. A status that was not to be written has its defaults
    /// then.
    fn canonicalize(&self, object: &mut Object) {
        let object = cast_mut(object);
        let rules = self.definition.rules_of(object);
        rules.prune_nulls(object);
        rules.set_defaults(object);
    }
    fn begin_create(
        &self,
        _cx: &RequestContext,
        new: &mut Object,
    ) -> Result<Option<Finish>, ApiError> {
        if !self.definition.is_terminating() {
            return Ok(None);
        }
        let why = "create not allowed while custom resource definition is terminating";
        let (group, plural) = (&self.info.group, &self.info.plural);
        Err(ApiError::forbidden(
            group,
            plural,
            &new.metadata().name,
            why,
        ))
    }
    fn begin_update(
        &self,
        _cx: &RequestContext,
        _new: &mut Object,
        _old: &Object,
    ) -> Result<Option<Finish>, ApiError> {
        Ok(None)
    }
    fn after_delete(&self, _object: &Object) {}
    fn observed(&self, _old: Option<&Object>, _new: Option<&Object>) {}

    fn check_graceful_delete(
        &self,
        _cx: &RequestContext,
        _object: &Object,
        _options: &mut DeleteOptions,
    ) -> bool {
        false
    }
    fn on_delete(&self, _cx: &RequestContext, _object: &mut Object) -> Deletion {
        Deletion::Default
    }
    fn may_be_removed(&self, _object: &Object) -> bool {
        true
    }
    fn validate_delete(&self, _cx: &RequestContext, _object: &Object) -> Result<(), ApiError> {
        Ok(())
    }

    fn warnings_on_delete(&self, _options: &DeleteOptions) -> Vec<String> {
        Vec::new()
    }

    fn selectable_fields(&self, object: &Object) -> Vec<Str> {
        self.definition.selectable_fields(cast(object))
    }
    fn cells(&self, object: &Object, now: &Now) -> Vec<Cell> {
        columns::cells(&self.definition.storage().columns, cast(object), now)
    }

    fn part(&self, name: &str) -> Option<&dyn ErasedPart> {
        let status: &dyn ErasedPart = &self.status;
        (name == "status").then_some(status)
    }
    fn view(&self, name: &str) -> Option<&dyn ErasedView> {
        let scale = self.scale.as_ref().filter(|_| name == "scale")?;
        Some(scale)
    }
    fn action(&self, _name: &str) -> Option<&dyn ErasedAction> {
        None
    }
}
