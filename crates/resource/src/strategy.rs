//! [`Strategy`]: the server-side behaviour of one kind. Every method has a default; a strategy states only how its kind differs.
use crate::{
    Column, Deletion, GarbageCollection, Generation, MetadataCheck, NameRule, Now, RequestContext,
    Subresources, Upstream, Verb, Versions, column::Cell,
};
use meta::{ApiError, DeleteOptions, FieldErrors, Kind, Str, v1::TableRowCondition};

/// Called once with whether the write was committed (not for a dry run): keeps or gives back what `begin_*` took.
pub type Finish = Box<dyn FnOnce(bool) + Send>;

/// One kind. Order of calls on create: `set_defaults`, (admission), `prepare_create`, `begin_create`, `validate`,
/// `warnings_on_create`, `canonicalize`, (write). On update: `set_defaults`, (admission), `prepare_update`, `begin_update`,
/// `validate_update`, `warnings_on_update`, `canonicalize`, (write). Metadata is filled and validated by the framework.
pub trait Strategy: Send + Sync + 'static {
    type Object: Kind;

    /// Lower-cased kind when empty.
    const SINGULAR: &'static str = "";
    const SHORT_NAMES: &'static [&'static str] = &[];
    /// As in `kubectl get all`.
    const CATEGORIES: &'static [&'static str] = &[];
    const VERBS: &'static [Verb] = Verb::ALL;
    const NAME_RULE: NameRule = NameRule::Subdomain;
    /// Which rules of metadata an update must hold once more for the kind.
    const METADATA_ON_UPDATE: &'static [MetadataCheck] = &[MetadataCheck::Changes];
    /// The kind's own checks of metadata, on create, update and of parts, take only finalizers that are upstream's own or have a domain.
    const STANDARD_FINALIZERS: bool = true;
    /// PUT of an object that does not exist creates it (Lease, Endpoints, RBAC, Service no).
    const ALLOW_CREATE_ON_UPDATE: bool = false;
    /// PUT without resourceVersion is allowed.
    const ALLOW_UNCONDITIONAL_UPDATE: bool = true;
    const GENERATION: Generation = Generation::None;
    /// `kubectl get` without `--as-table`: rows print these.
    const COLUMNS: &'static [Column<Self::Object>] = &[Column::NAME, Column::AGE];
    /// Field labels that selectors may use besides `metadata.name` and `metadata.namespace`; each by `selectable_field`.
    const FIELD_LABELS: &'static [&'static str] = &[];
    /// Field labels of older days, each with the one that it means now.
    const OLDER_FIELD_LABELS: &'static [(&'static str, &'static str)] = &[];
    /// Paths that an apply or update of the main resource does not own; `status` is added when there is such a subresource.
    const RESET_FIELDS: &'static [&'static str] = &[];
    /// What happens to dependents when a delete does not say.
    const GARBAGE_COLLECTION: GarbageCollection = GarbageCollection::Background;
    /// Updates of an existing object may be written relaxed (Lease): see `store`.
    const RELAXED_UPDATES: bool = false;
    /// With `RELAXED_UPDATES`: the paths that such an update may change. Anything else makes it durable.
    const RELAXED_FIELDS: &'static [&'static str] = &["spec.renewTime"];
    /// `observed` is called for every change, and for every object at start.
    const OBSERVES: bool = false;
    /// DELETE answers with the object instead of a `Status` (Pod, PersistentVolume, Service…: kinds with `ReturnDeletedObject`).
    const RETURNS_DELETED_OBJECT: bool = false;
    /// Admission judges other objects by those of this kind, as the cache has them: writes, which are few, are answered when it has them.
    const GUIDES_ADMISSION: bool = false;
    /// How upstream keeps the kind.
    const UPSTREAM: Upstream = Upstream::USUAL;
    /// Printed as a `Warning` on every request of this kind (`v1 Endpoints is deprecated in v1.33+; …`).
    const DEPRECATION: Option<&'static str> = None;

    /// The kind's subresources. Called once.
    fn subresources(&self) -> Subresources<Self::Object> {
        Subresources::none()
    }

    /// Seconds after which an object disappears by itself (Event). 0 is never. Called once.
    fn ttl_seconds(&self) -> u32 {
        0
    }

    /// The versions in which the kind is served besides its own, which is the stored one. Called once.
    fn versions(&self) -> Versions<Self::Object> {
        Versions::stored_only()
    }

    /// Defaults of the stored version. Idempotent: called after decoding and after each mutation.
    fn set_defaults(&self, _object: &mut Self::Object) {}

    /// Drops what a client may not set, sets what the server decides. `status` has been cleared when it is a subresource.
    fn prepare_create(&self, _cx: &RequestContext, _new: &mut Self::Object) {}
    fn validate(&self, _cx: &RequestContext, _errors: &mut FieldErrors, _new: &Self::Object) {}
    fn warnings_on_create(&self, _cx: &RequestContext, _new: &Self::Object) -> Vec<String> {
        Vec::new()
    }

    /// `status` has been set back to the old one's when it is a subresource.
    fn prepare_update(&self, _cx: &RequestContext, _new: &mut Self::Object, _old: &Self::Object) {}
    /// Immutability and transitions. The default validates `new` as on create.
    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Self::Object,
        _old: &Self::Object,
    ) {
        self.validate(cx, errors, new);
    }
    fn warnings_on_update(
        &self,
        cx: &RequestContext,
        new: &Self::Object,
        _old: &Self::Object,
    ) -> Vec<String> {
        self.warnings_on_create(cx, new)
    }

    /// Last touch after validation (sorting sets, and so on).
    fn canonicalize(&self, _object: &mut Self::Object) {}

    /// Takes what the object needs from an allocator (Service addresses), writing it into `new`. Called once per request, before
    /// validation; dry runs too, which always finish with `false`.
    fn begin_create(
        &self,
        _cx: &RequestContext,
        _new: &mut Self::Object,
    ) -> Result<Option<Finish>, ApiError> {
        Ok(None)
    }
    fn begin_update(
        &self,
        _cx: &RequestContext,
        _new: &mut Self::Object,
        _old: &Self::Object,
    ) -> Result<Option<Finish>, ApiError> {
        Ok(None)
    }
    /// After the object has left the store.
    fn after_delete(&self, _object: &Self::Object) {}
    /// Every change as the cache sees it (start: `old` is `None`): how an allocator learns what is taken. Only with `OBSERVES`.
    fn observed(&self, _old: Option<&Self::Object>, _new: Option<&Self::Object>) {}

    /// Graceful deletion (Pod): writes the effective `gracePeriodSeconds` into `options` and answers true, or false for at once.
    fn check_graceful_delete(
        &self,
        _cx: &RequestContext,
        _object: &Self::Object,
        _options: &mut DeleteOptions,
    ) -> bool {
        false
    }
    /// Called on delete before anything is decided. [`Deletion::Mark`] keeps the object with a deletionTimestamp although it has
    /// no finalizers (Namespace, which also sets its phase here), whatever period was asked for.
    fn on_delete(&self, _cx: &RequestContext, _object: &mut Self::Object) -> Deletion {
        Deletion::Default
    }
    /// Whether an object with a deletionTimestamp and no finalizers may go after an update (Namespace: only without
    /// `spec.finalizers`).
    fn may_be_removed(&self, _object: &Self::Object) -> bool {
        true
    }
    /// Refuses a delete (`Forbidden` and so on) before anything else looks at it.
    fn validate_delete(
        &self,
        _cx: &RequestContext,
        _object: &Self::Object,
    ) -> Result<(), ApiError> {
        Ok(())
    }

    /// What who deletes is told, whether there is an object or not.
    fn warnings_on_delete(&self, _options: &DeleteOptions) -> Vec<String> {
        Vec::new()
    }

    /// The value of one of `FIELD_LABELS`.
    fn selectable_field(&self, _object: &Self::Object, _label: &str) -> Str {
        Str::default()
    }

    /// One row. The default asks each of `COLUMNS`; kinds whose cells share work override it.
    fn cells(&self, object: &Self::Object, now: &Now) -> Vec<Cell> {
        Self::COLUMNS
            .iter()
            .map(|column| (column.cell)(object, now))
            .collect()
    }
    /// What a row says of the whole object: that it is done, so that `kubectl` can leave it out.
    fn row_conditions(&self, _object: &Self::Object) -> Vec<TableRowCondition> {
        Vec::new()
    }
}
