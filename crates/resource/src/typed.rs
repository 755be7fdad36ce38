//! From a typed [`Strategy`] to a [`ResourceType`]. The only code generic over kinds: `registry` instantiates it, once per kind.
use crate::{
    Action, Column, ColumnDefinition, DeleteAfter, Deletion, Finish, MetadataCheck, Now, Object,
    Outcome, Part, RequestContext, ServerSide, Strategy, Subresources, Verb, View,
    column::Cell,
    erased::{
        DecodeFailure, DecodedObject, Encoding, ErasedAction, ErasedOutcome, ErasedPart,
        ErasedView, ResourceInfo, ResourceType, SubresourceInfo, SubresourceSort,
    },
    subresource::{Connect, CopyStatus},
    version::ErasedVersion,
};
use meta::{
    ApiError, DeleteOptions, FieldErrors, Kind, Str,
    codec::{self, Strictness},
    v1::TableRowCondition,
};
use std::sync::Arc;

const VIEW_VERBS: &[Verb] = &[Verb::Get, Verb::Patch, Verb::Update];
const ACTION_VERBS: &[Verb] = &[Verb::Create];
const GET_VERBS: &[Verb] = &[Verb::Get];
const CONNECT_VERBS: &[Verb] = &[Verb::Create, Verb::Get];
const PROXY_VERBS: &[Verb] = &[
    Verb::Create,
    Verb::Delete,
    Verb::Get,
    Verb::Patch,
    Verb::Update,
];

/// Erases a strategy.
pub fn resource<S: Strategy>(strategy: S) -> Arc<dyn ResourceType> {
    let declared = strategy.subresources();
    let info = info_of(&strategy, &declared);
    let status = declared.copy_status;
    let parts = declared.parts.into_iter().map(|(name, part)| {
        let copy_status = status.filter(|_| name == "status");
        (name, TypedPart { part, copy_status })
    });
    let versions = strategy.versions().build(&info);
    Arc::new(Typed {
        versions,
        parts: parts.collect(),
        views: declared.views,
        actions: declared.actions,
        copy_status: status,
        strategy,
        info,
    })
}

/// Subresources by name: few, so a scan finds one.
pub(crate) type Named<T> = Vec<(&'static str, T)>;

struct Typed<S: Strategy> {
    strategy: S,
    info: ResourceInfo,
    versions: Vec<Arc<dyn ErasedVersion>>,
    copy_status: Option<CopyStatus<S::Object>>,
    parts: Named<TypedPart<S::Object>>,
    views: Named<Arc<dyn ViewOf<S::Object>>>,
    actions: Named<Arc<dyn ActionOf<S::Object>>>,
}

pub(crate) fn cast<T: Kind>(object: &Object) -> &T {
    (**object)
        .as_any()
        .downcast_ref()
        .expect("objects are paired with their own resource type")
}

pub(crate) fn cast_mut<T: Kind>(object: &mut Object) -> &mut T {
    (**object)
        .as_any_mut()
        .downcast_mut()
        .expect("objects are paired with their own resource type")
}

/// Reads an object of a kind that has a struct.
///
/// # Errors
/// When the bytes are no such object.
pub fn decode<T: Kind>(
    bytes: &[u8],
    encoding: Encoding,
    strictness: Strictness,
) -> Result<DecodedObject, DecodeFailure> {
    match encoding {
        Encoding::Json => {
            let decoded = codec::from_json::<T>(bytes, strictness).map_err(DecodeFailure::Json)?;
            Ok(DecodedObject {
                object: Box::new(decoded.object),
                strict: decoded.strict,
            })
        }
        Encoding::Protobuf => {
            let object = codec::from_protobuf::<T>(bytes).map_err(DecodeFailure::Protobuf)?;
            Ok(DecodedObject {
                object: Box::new(object),
                strict: Vec::new(),
            })
        }
    }
}

impl<S: Strategy> ResourceType for Typed<S> {
    fn info(&self) -> &ResourceInfo {
        &self.info
    }
    fn versions(&self) -> &[Arc<dyn ErasedVersion>] {
        &self.versions
    }
    fn new_object(&self) -> Object {
        Box::new(S::Object::default())
    }
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure> {
        decode::<S::Object>(bytes, encoding, strictness)
    }
    fn decode_stored(&self, body: &[u8], revision: u64) -> Result<Object, DecodeFailure> {
        Ok(Box::new(
            codec::decode_body::<S::Object>(body, revision).map_err(DecodeFailure::Json)?,
        ))
    }
    fn set_defaults(&self, object: &mut Object) {
        self.strategy.set_defaults(cast_mut(object));
    }
    fn prepare_create(&self, cx: &RequestContext, new: &mut Object) {
        let new = cast_mut(new);
        if let Some(copy) = self.copy_status {
            copy(new, &S::Object::default());
        }
        S::GENERATION.begin(new.metadata_mut());
        self.strategy.prepare_create(cx, new);
    }
    fn validate(&self, cx: &RequestContext, errors: &mut FieldErrors, new: &Object) {
        self.strategy.validate(cx, errors, cast(new));
    }
    fn warnings_on_create(&self, cx: &RequestContext, new: &Object) -> Vec<String> {
        self.strategy.warnings_on_create(cx, cast(new))
    }
    fn prepare_update(&self, cx: &RequestContext, new: &mut Object, old: &Object) {
        let (new, old) = (cast_mut::<S::Object>(new), cast(old));
        if let Some(copy) = self.copy_status {
            copy(new, old);
        }
        self.strategy.prepare_update(cx, new, old);
    }
    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Object,
        old: &Object,
    ) {
        self.strategy
            .validate_update(cx, errors, cast(new), cast(old));
    }
    fn warnings_on_update(&self, cx: &RequestContext, new: &Object, old: &Object) -> Vec<String> {
        self.strategy.warnings_on_update(cx, cast(new), cast(old))
    }
    fn canonicalize(&self, object: &mut Object) {
        self.strategy.canonicalize(cast_mut(object));
    }
    fn begin_create(
        &self,
        cx: &RequestContext,
        new: &mut Object,
    ) -> Result<Option<Finish>, ApiError> {
        self.strategy.begin_create(cx, cast_mut(new))
    }
    fn begin_update(
        &self,
        cx: &RequestContext,
        new: &mut Object,
        old: &Object,
    ) -> Result<Option<Finish>, ApiError> {
        self.strategy.begin_update(cx, cast_mut(new), cast(old))
    }
    fn after_delete(&self, object: &Object) {
        self.strategy.after_delete(cast(object));
    }
    fn observed(&self, old: Option<&Object>, new: Option<&Object>) {
        self.strategy.observed(old.map(cast), new.map(cast));
    }
    fn check_graceful_delete(
        &self,
        cx: &RequestContext,
        object: &Object,
        options: &mut DeleteOptions,
    ) -> bool {
        self.strategy
            .check_graceful_delete(cx, cast(object), options)
    }
    fn on_delete(&self, cx: &RequestContext, object: &mut Object) -> Deletion {
        self.strategy.on_delete(cx, cast_mut(object))
    }
    fn may_be_removed(&self, object: &Object) -> bool {
        self.strategy.may_be_removed(cast(object))
    }
    fn validate_delete(&self, cx: &RequestContext, object: &Object) -> Result<(), ApiError> {
        self.strategy.validate_delete(cx, cast(object))
    }
    fn warnings_on_delete(&self, options: &DeleteOptions) -> Vec<String> {
        self.strategy.warnings_on_delete(options)
    }
    fn selectable_fields(&self, object: &Object) -> Vec<Str> {
        let object = cast(object);
        S::FIELD_LABELS
            .iter()
            .map(|label| self.strategy.selectable_field(object, label))
            .collect()
    }
    fn cells(&self, object: &Object, now: &Now) -> Vec<Cell> {
        self.strategy.cells(cast(object), now)
    }
    fn row_conditions(&self, object: &Object) -> Vec<TableRowCondition> {
        self.strategy.row_conditions(cast(object))
    }
    fn part(&self, name: &str) -> Option<&dyn ErasedPart> {
        self.parts
            .iter()
            .find(|p| p.0 == name)
            .map(|p| &p.1 as &dyn ErasedPart)
    }
    fn view(&self, name: &str) -> Option<&dyn ErasedView> {
        self.views
            .iter()
            .find(|v| v.0 == name)
            .map(|v| v.1.erased())
    }
    fn action(&self, name: &str) -> Option<&dyn ErasedAction> {
        self.actions
            .iter()
            .find(|a| a.0 == name)
            .map(|a| a.1.erased())
    }
}

struct TypedPart<T: Kind> {
    part: Arc<dyn Part<T>>,
    /// Present for `status`.
    copy_status: Option<CopyStatus<T>>,
}

impl<T: Kind> ErasedPart for TypedPart<T> {
    fn prepare_update(&self, cx: &RequestContext, new: &mut Object, old: &Object) {
        let (new, old) = (cast_mut::<T>(new), cast::<T>(old));
        if let Some(copy) = self.copy_status {
            let mut kept = old.clone();
            copy(&mut kept, new);
            *kept.metadata_mut() = std::mem::take(new.metadata_mut());
            *new = kept;
        }
        self.part.prepare_update(cx, new, old);
    }
    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Object,
        old: &Object,
    ) {
        self.part.validate_update(cx, errors, cast(new), cast(old));
    }
    fn warnings_on_update(&self, cx: &RequestContext, new: &Object, old: &Object) -> Vec<String> {
        self.part.warnings_on_update(cx, cast(new), cast(old))
    }
    fn reset_fields(&self) -> &'static [&'static str] {
        self.part.reset_fields()
    }
    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        self.part.metadata_on_update()
    }
}

/// A [`View`] with its own kind hidden.
pub(crate) trait ViewOf<T: Kind>: ErasedView {
    fn erased(&self) -> &dyn ErasedView;
}

pub(crate) struct TypedView<V, T>(pub(crate) V, pub(crate) std::marker::PhantomData<fn(T)>);

impl<T: Kind, V: View<T>> ViewOf<T> for TypedView<V, T> {
    fn erased(&self) -> &dyn ErasedView {
        self
    }
}

impl<T: Kind, V: View<T>> ErasedView for TypedView<V, T> {
    fn kind(&self) -> (&'static str, &'static str, &'static str) {
        (V::View::GROUP, V::View::VERSION, V::View::KIND)
    }
    fn get(&self, object: &Object) -> Result<Object, ApiError> {
        let mut view = self.0.get(cast::<T>(object))?;
        let (from, to) = (object.metadata(), view.metadata_mut());
        to.name.clone_from(&from.name);
        to.namespace.clone_from(&from.namespace);
        to.uid.clone_from(&from.uid);
        to.resource_version.clone_from(&from.resource_version);
        to.creation_timestamp.clone_from(&from.creation_timestamp);
        Ok(Box::new(view))
    }
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure> {
        decode::<V::View>(bytes, encoding, strictness)
    }
    fn validate(&self, errors: &mut FieldErrors, view: &Object) {
        self.0.validate(errors, cast(view));
    }
    fn set(&self, cx: &RequestContext, object: &mut Object, view: &Object) -> Result<(), ApiError> {
        self.0.set(cx, cast_mut::<T>(object), cast(view));
        Ok(())
    }
    fn paths(&self) -> Vec<(&str, &str)> {
        self.0.paths().to_vec()
    }
    fn columns(&self) -> Vec<ColumnDefinition> {
        self.0.columns().iter().map(Column::definition).collect()
    }
    fn cells(&self, view: &Object, now: &Now) -> Vec<Cell> {
        let view = cast::<V::View>(view);
        let columns = self.0.columns().iter();
        columns.map(|column| (column.cell)(view, now)).collect()
    }
}

/// An [`Action`] with its request's kind hidden.
pub(crate) trait ActionOf<T: Kind>: ErasedAction {
    fn erased(&self) -> &dyn ErasedAction;
}

pub(crate) struct TypedAction<A, T>(pub(crate) A, pub(crate) std::marker::PhantomData<fn(T)>);

impl<T: Kind, A: Action<T>> ActionOf<T> for TypedAction<A, T> {
    fn erased(&self) -> &dyn ErasedAction {
        self
    }
}

impl<T: Kind, A: Action<T>> ErasedAction for TypedAction<A, T> {
    fn kind(&self) -> (&'static str, &'static str, &'static str) {
        (A::Request::GROUP, A::Request::VERSION, A::Request::KIND)
    }
    fn older(&self) -> &'static [&'static str] {
        A::OLDER
    }
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure> {
        decode::<A::Request>(bytes, encoding, strictness)
    }
    fn check(&self, cx: &RequestContext, request: &Object) -> Result<(), ApiError> {
        self.0.check(cx, cast(request))
    }
    fn act(
        &self,
        cx: &RequestContext,
        object: &Object,
        request: &Object,
    ) -> Result<ErasedOutcome, ApiError> {
        Ok(match self.0.act(cx, cast::<T>(object), cast(request))? {
            Outcome::Update(new) => ErasedOutcome::Update(new),
            Outcome::Delete(options) => ErasedOutcome::Delete(options),
            Outcome::DeleteAfter(after) => {
                let object: Object = Box::new(after.object);
                ErasedOutcome::DeleteAfter(Box::new(DeleteAfter {
                    other: after.other,
                    object,
                    options: after.options,
                }))
            }
            Outcome::Nothing => ErasedOutcome::Nothing,
        })
    }
}

fn info_of<S: Strategy>(strategy: &S, declared: &Subresources<S::Object>) -> ResourceInfo {
    let (group, version) = (<S::Object as Kind>::GROUP, <S::Object as Kind>::VERSION);
    let (kind, plural) = (<S::Object as Kind>::KIND, <S::Object as Kind>::PLURAL);
    let group_part = if group.is_empty() { "core" } else { group };
    let mut reset_fields = S::RESET_FIELDS.to_vec();
    if declared.copy_status.is_some() {
        reset_fields.push("status");
    }
    ResourceInfo {
        group: Str::const_new(group),
        version: Str::const_new(version),
        kind: Str::const_new(kind),
        list_kind: Str::const_new(<S::Object as Kind>::LIST_KIND),
        api_version: Str::const_new(<S::Object as Kind>::API_VERSION),
        plural: Str::const_new(plural),
        singular: if S::SINGULAR.is_empty() {
            kind.to_ascii_lowercase().into()
        } else {
            Str::const_new(S::SINGULAR)
        },
        short_names: shared(S::SHORT_NAMES),
        categories: shared(S::CATEGORIES),
        scope: <S::Object as Kind>::SCOPE,
        verbs: S::VERBS,
        key_prefix: format!("/registry/{group_part}/{plural}/"),
        name_rule: S::NAME_RULE,
        metadata_on_update: S::METADATA_ON_UPDATE,
        standard_finalizers: S::STANDARD_FINALIZERS,
        subresources: subresource_infos::<S::Object>(declared),
        columns: S::COLUMNS.iter().map(Column::definition).collect(),
        field_labels: shared(S::FIELD_LABELS),
        older_field_labels: S::OLDER_FIELD_LABELS,
        reset_fields: shared(&reset_fields),
        garbage_collection: S::GARBAGE_COLLECTION,
        ttl_seconds: strategy.ttl_seconds(),
        allow_create_on_update: S::ALLOW_CREATE_ON_UPDATE,
        allow_unconditional_update: S::ALLOW_UNCONDITIONAL_UPDATE,
        generation: S::GENERATION,
        has_status: declared.copy_status.is_some(),
        relaxed_fields: if S::RELAXED_UPDATES {
            S::RELAXED_FIELDS
        } else {
            &[]
        },
        observes: S::OBSERVES,
        returns_deleted_object: S::RETURNS_DELETED_OBJECT,
        guides_admission: S::GUIDES_ADMISSION,
        upstream: S::UPSTREAM,
        deprecation: S::DEPRECATION.map(Str::const_new),
        dynamic: false,
    }
}

/// Names of the binary, not copied.
pub(crate) fn shared(names: &[&'static str]) -> Vec<Str> {
    names.iter().copied().map(Str::const_new).collect()
}

fn subresource_infos<T: Kind>(declared: &Subresources<T>) -> Vec<SubresourceInfo> {
    let own = (T::GROUP, T::VERSION, T::KIND);
    let of = |name, (group, version, kind), verbs, sort| SubresourceInfo {
        name,
        group: Str::const_new(group),
        version: Str::const_new(version),
        kind: Str::const_new(kind),
        verbs,
        sort,
    };
    let parts = declared
        .parts
        .iter()
        .map(|p| of(p.0, own, p.1.verbs(), SubresourceSort::Part));
    let views = declared
        .views
        .iter()
        .map(|v| of(v.0, v.1.kind(), VIEW_VERBS, SubresourceSort::View));
    let actions = declared
        .actions
        .iter()
        .map(|a| of(a.0, a.1.kind(), ACTION_VERBS, SubresourceSort::Action));
    let server = declared.server_side.iter().map(|(name, what)| {
        let sort = SubresourceSort::Server(*what);
        match what {
            ServerSide::Token => of(
                name,
                ("authentication.k8s.io", "v1", "TokenRequest"),
                ACTION_VERBS,
                sort,
            ),
            ServerSide::Connect(Connect::Log) => of(name, own, GET_VERBS, sort),
            ServerSide::Connect(Connect::Exec) => {
                of(name, (own.0, own.1, "PodExecOptions"), CONNECT_VERBS, sort)
            }
            ServerSide::Connect(Connect::Attach) => of(
                name,
                (own.0, own.1, "PodAttachOptions"),
                CONNECT_VERBS,
                sort,
            ),
            ServerSide::Connect(Connect::PortForward) => of(
                name,
                (own.0, own.1, "PodPortForwardOptions"),
                CONNECT_VERBS,
                sort,
            ),
            ServerSide::Connect(Connect::Proxy) => {
                of(name, (own.0, own.1, "PodProxyOptions"), PROXY_VERBS, sort)
            }
        }
    });
    let mut infos: Vec<_> = parts.chain(views).chain(actions).chain(server).collect();
    infos.sort_by_key(|s| s.name);
    infos
}
