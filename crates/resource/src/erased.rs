//! [`ResourceType`]: one served kind behind an object-safe face. The rest of the server is not generic over kinds.
use crate::{
    ColumnDefinition, Deletion, Finish, GarbageCollection, Generation, MetadataCheck, NameRule,
    Now, Object, RequestContext, ServerSide, Upstream, Verb, column::Cell, version::ErasedVersion,
};
use meta::{
    ApiError, DeleteOptions, FieldErrors, Scope, Str,
    codec::{DecodeError, ProtobufError, StrictError, Strictness},
    v1::TableRowCondition,
};
use std::sync::Arc;

/// Everything about a resource that is known without an object.
#[derive(Clone, Debug)]
pub struct ResourceInfo {
    /// Empty for core.
    pub group: Str,
    pub version: Str,
    pub kind: Str,
    pub list_kind: Str,
    /// `v1` or `apps/v1`.
    pub api_version: Str,
    pub plural: Str,
    pub singular: Str,
    pub short_names: Vec<Str>,
    pub categories: Vec<Str>,
    pub scope: Scope,
    pub verbs: &'static [Verb],
    /// `/registry/<group>/<plural>/`, with `core` for the core group. Keys continue with `namespace/name` or `name`.
    pub key_prefix: String,
    pub name_rule: NameRule,
    pub metadata_on_update: &'static [MetadataCheck],
    /// Each of the kind's own checks of metadata takes only finalizers that are upstream's own or have a domain.
    pub standard_finalizers: bool,
    pub subresources: Vec<SubresourceInfo>,
    pub columns: Vec<ColumnDefinition>,
    /// Besides `metadata.name` and `metadata.namespace`. An empty one is another version's.
    pub field_labels: Vec<Str>,
    /// See [`crate::Strategy::OLDER_FIELD_LABELS`].
    pub older_field_labels: &'static [(&'static str, &'static str)],
    pub reset_fields: Vec<Str>,
    pub garbage_collection: GarbageCollection,
    pub ttl_seconds: u32,
    pub allow_create_on_update: bool,
    pub allow_unconditional_update: bool,
    pub generation: Generation,
    pub has_status: bool,
    /// Paths whose change alone is written relaxed; empty for none.
    pub relaxed_fields: &'static [&'static str],
    pub observes: bool,
    pub returns_deleted_object: bool,
    pub guides_admission: bool,
    pub upstream: Upstream,
    pub deprecation: Option<Str>,
    /// Objects have no struct behind them: no protobuf, no strategic merge patch; the items of a list say what they are.
    pub dynamic: bool,
}

impl ResourceInfo {
    /// `pods`, `deployments.apps`: the name in messages about names and permissions.
    #[must_use]
    pub fn qualified_resource(&self) -> String {
        if self.group.is_empty() {
            self.plural.to_string()
        } else {
            format!("{}.{}", self.plural, self.group)
        }
    }
    /// `Pod`, `Deployment.apps`: the name in messages about validation.
    #[must_use]
    pub fn qualified_kind(&self) -> String {
        if self.group.is_empty() {
            self.kind.to_string()
        } else {
            format!("{}.{}", self.kind, self.group)
        }
    }
    /// Whether upstream stores it. What it makes up when it is asked cannot be watched.
    #[must_use]
    pub fn is_stored(&self) -> bool {
        self.verbs.contains(&Verb::Watch)
    }
    /// Whether upstream reads it from the store itself, not from its watch cache: as it does kinds that expire.
    #[must_use]
    pub fn is_read_at_the_store(&self) -> bool {
        self.ttl_seconds > 0
    }
    #[must_use]
    pub fn namespaced(&self) -> bool {
        self.scope == Scope::Namespaced
    }
    #[must_use]
    pub fn subresource(&self, name: &str) -> Option<&SubresourceInfo> {
        self.subresources.iter().find(|s| s.name == name)
    }
}

/// One subresource, for discovery and for dispatch.
#[derive(Clone, Debug)]
pub struct SubresourceInfo {
    pub name: &'static str,
    /// The kind that requests and answers have: the resource's own, or `Scale`, `Binding`, …
    pub group: Str,
    pub version: Str,
    pub kind: Str,
    pub verbs: &'static [Verb],
    pub sort: SubresourceSort,
}

/// Which of the four sorts it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubresourceSort {
    Part,
    View,
    Action,
    Server(ServerSide),
}

/// How bytes are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Json,
    /// With the `k8s\0` envelope.
    Protobuf,
}

/// Why bytes are not an object of the kind.
#[derive(Debug, thiserror::Error)]
pub enum DecodeFailure {
    #[error(transparent)]
    Json(DecodeError),
    #[error(transparent)]
    Protobuf(ProtobufError),
}

/// An object together with what a strict decoder found in its text.
#[derive(Debug)]
pub struct DecodedObject {
    pub object: Object,
    pub strict: Vec<StrictError>,
}

/// Object-safe face of a [`crate::Strategy`]. Objects passed in are of its own kind: a mix-up is a bug and panics.
pub trait ResourceType: Send + Sync {
    fn info(&self) -> &ResourceInfo;
    /// The versions in which it is served besides the stored one.
    fn versions(&self) -> &[Arc<dyn ErasedVersion>];
    /// Whether the stored version is one in which it is served.
    fn serves_stored(&self) -> bool {
        true
    }
    /// The zero object.
    fn new_object(&self) -> Object;
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure>;
    /// Reads a value of the store (the body that `codec::encode_body` made).
    fn decode_stored(&self, body: &[u8], revision: u64) -> Result<Object, DecodeFailure>;
    /// By which definition of the kind values are written now; empty for kinds whose definition is this program.
    fn origin(&self) -> &str {
        ""
    }
    /// By which definition an object's value is: that of its own version where it was stored in another one.
    fn origin_of(&self, _object: &Object) -> &str {
        self.origin()
    }
    /// Reads a value of another origin: as the same object would be written now, or where only a webhook can tell how that is, in the
    /// version in which it was written.
    fn decode_older(
        &self,
        _origin: &str,
        body: &[u8],
        revision: u64,
    ) -> Result<Object, DecodeFailure> {
        self.decode_stored(body, revision)
    }

    fn set_defaults(&self, object: &mut Object);
    fn prepare_create(&self, cx: &RequestContext, new: &mut Object);
    fn validate(&self, cx: &RequestContext, errors: &mut FieldErrors, new: &Object);
    fn warnings_on_create(&self, cx: &RequestContext, new: &Object) -> Vec<String>;
    fn prepare_update(&self, cx: &RequestContext, new: &mut Object, old: &Object);
    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Object,
        old: &Object,
    );
    fn warnings_on_update(&self, cx: &RequestContext, new: &Object, old: &Object) -> Vec<String>;
    fn canonicalize(&self, object: &mut Object);
    fn begin_create(
        &self,
        cx: &RequestContext,
        new: &mut Object,
    ) -> Result<Option<Finish>, ApiError>;
    fn begin_update(
        &self,
        cx: &RequestContext,
        new: &mut Object,
        old: &Object,
    ) -> Result<Option<Finish>, ApiError>;
    fn after_delete(&self, object: &Object);
    fn observed(&self, old: Option<&Object>, new: Option<&Object>);

    fn check_graceful_delete(
        &self,
        cx: &RequestContext,
        object: &Object,
        options: &mut DeleteOptions,
    ) -> bool;
    fn on_delete(&self, cx: &RequestContext, object: &mut Object) -> Deletion;
    fn may_be_removed(&self, object: &Object) -> bool;
    fn validate_delete(&self, cx: &RequestContext, object: &Object) -> Result<(), ApiError>;
    fn warnings_on_delete(&self, options: &DeleteOptions) -> Vec<String>;

    /// Values of `info().field_labels`, in that order.
    fn selectable_fields(&self, object: &Object) -> Vec<Str>;
    fn cells(&self, object: &Object, now: &Now) -> Vec<Cell>;
    /// What a row says of the whole object.
    fn row_conditions(&self, _object: &Object) -> Vec<TableRowCondition> {
        Vec::new()
    }

    fn part(&self, name: &str) -> Option<&dyn ErasedPart>;
    fn view(&self, name: &str) -> Option<&dyn ErasedView>;
    fn action(&self, name: &str) -> Option<&dyn ErasedAction>;
}

/// A [`crate::Part`] of a kind not known.
pub trait ErasedPart: Send + Sync {
    /// Sets back what the part may not change, then asks the part's own `prepare_update`.
    fn prepare_update(&self, cx: &RequestContext, new: &mut Object, old: &Object);
    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Object,
        old: &Object,
    );
    fn warnings_on_update(&self, cx: &RequestContext, new: &Object, old: &Object) -> Vec<String>;
    fn reset_fields(&self) -> &'static [&'static str];
    fn metadata_on_update(&self) -> &'static [MetadataCheck];
}

/// A [`crate::View`] of a kind not known.
pub trait ErasedView: Send + Sync {
    fn kind(&self) -> (&'static str, &'static str, &'static str);
    /// The view, with metadata filled from the object.
    fn get(&self, object: &Object) -> Result<Object, ApiError>;
    /// The view for who only reads it.
    fn show(&self, object: &Object) -> Result<Object, ApiError> {
        self.get(object)
    }
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure>;
    fn validate(&self, errors: &mut FieldErrors, view: &Object);
    fn set(&self, cx: &RequestContext, object: &mut Object, view: &Object) -> Result<(), ApiError>;
    /// Paths of the view, and of the object behind it.
    fn paths(&self) -> Vec<(&str, &str)>;
    /// What a table shows of the view, and how a view fills it.
    fn columns(&self) -> Vec<ColumnDefinition>;
    fn cells(&self, view: &Object, now: &Now) -> Vec<Cell>;
}

/// A [`crate::Action`] of kinds not known.
pub trait ErasedAction: Send + Sync {
    fn kind(&self) -> (&'static str, &'static str, &'static str);
    fn older(&self) -> &'static [&'static str];
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure>;
    fn check(&self, cx: &RequestContext, request: &Object) -> Result<(), ApiError>;
    fn act(
        &self,
        cx: &RequestContext,
        object: &Object,
        request: &Object,
    ) -> Result<ErasedOutcome, ApiError>;
}

/// A [`crate::Outcome`] of a kind not known.
#[derive(Debug)]
pub enum ErasedOutcome {
    Update(Object),
    Delete(Box<DeleteOptions>),
    DeleteAfter(Box<crate::DeleteAfter<Object>>),
    Nothing,
}
