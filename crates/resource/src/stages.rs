//! Stages as types. Only [`Validated`] can be written to the store, and only these functions make one.
use crate::{
    Finish, Object, RequestContext, ResourceInfo, ResourceType, erased::ErasedPart, lifecycle,
};
use meta::ApiError;
use std::{future::Future, pin::Pin};

/// A boxed future, as object-safe traits return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What admission is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Create,
    Update,
    Delete,
    Connect,
}

/// One question to admission, besides the request's context.
#[derive(Clone, Copy)]
pub struct AdmissionRequest<'a> {
    pub operation: Operation,
    pub resource: &'a ResourceInfo,
    /// The stored object, on update and delete.
    pub old: Option<&'a Object>,
}

impl std::fmt::Debug for AdmissionRequest<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AdmissionRequest")
            .field("operation", &self.operation)
            .field("plural", &self.resource.plural)
            .finish_non_exhaustive()
    }
}

/// The chain of admission plugins.
pub trait Admission: Send + Sync {
    fn mutate<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: &'a mut Object,
    ) -> BoxFuture<'a, Result<(), ApiError>>;
    /// `object` is `None` on delete.
    fn validate<'a>(
        &'a self,
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        object: Option<&'a Object>,
    ) -> BoxFuture<'a, Result<(), ApiError>>;
    /// After everything else: takes what the write of `object` uses up (quotas). Told like allocators how the write ended.
    fn reserve<'a>(
        &'a self,
        _cx: &'a RequestContext,
        _request: AdmissionRequest<'a>,
        _object: &'a Object,
    ) -> BoxFuture<'a, Result<Option<Finish>, ApiError>> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

/// Decoded and defaulted.
#[derive(Debug)]
pub struct Decoded(Object);

/// Defaults of an object as somebody has just written it: a client, or what admission asks.
pub fn set_first_defaults(cx: &RequestContext, resource: &dyn ResourceType, object: &mut Object) {
    let unlabelled = object.metadata().labels.is_empty();
    resource.set_defaults(object);
    cx.say_labels_are_defaults(unlabelled);
}

/// Seen by mutating admission.
#[derive(Debug)]
pub struct Admitted(Object);

/// Prepared, validated, seen by validating admission: may be written.
pub struct Validated {
    object: Object,
    taken: Taken,
}

impl Decoded {
    /// Takes an object as a client sent it, in the storage version, with `metadata.managedFields` as they shall be written.
    #[must_use]
    pub fn new(cx: &RequestContext, resource: &dyn ResourceType, mut object: Object) -> Self {
        set_first_defaults(cx, resource, &mut object);
        Self(object)
    }

    #[must_use]
    pub fn object(&self) -> &Object {
        &self.0
    }

    /// For what stands between decoding and admission: managed fields, names from the URL.
    pub fn object_mut(&mut self) -> &mut Object {
        &mut self.0
    }

    /// Mutating admission, then defaults again.
    ///
    /// # Errors
    /// The first plugin's refusal.
    pub async fn admit(
        mut self,
        cx: &RequestContext,
        resource: &dyn ResourceType,
        admission: &dyn Admission,
        request: AdmissionRequest<'_>,
    ) -> Result<Admitted, ApiError> {
        admission.mutate(cx, request, &mut self.0).await?;
        resource.set_defaults(&mut self.0);
        Ok(Admitted(self.0))
    }
}

impl Admitted {
    /// As the mutations have left it.
    #[must_use]
    pub fn object(&self) -> &Object {
        &self.0
    }

    /// # Errors
    /// All wrong fields at once, or a validating plugin's refusal.
    pub async fn validate_create(
        mut self,
        cx: &RequestContext,
        resource: &dyn ResourceType,
        admission: &dyn Admission,
        request: AdmissionRequest<'_>,
    ) -> Result<Validated, ApiError> {
        let finish = lifecycle::create(cx, resource, &mut self.0)?;
        let mut validated = Validated {
            object: self.0,
            taken: Taken(finish.into_iter().collect()),
        };
        admission
            .validate(cx, request, Some(&validated.object))
            .await?;
        let reserved = admission.reserve(cx, request, &validated.object).await?;
        validated.taken.0.extend(reserved);
        Ok(validated)
    }

    /// `request.old` is the stored object.
    ///
    /// # Errors
    /// As on create.
    ///
    /// # Panics
    /// When `request.old` is missing: the caller's mistake.
    pub async fn validate_update(
        mut self,
        cx: &RequestContext,
        resource: &dyn ResourceType,
        part: Option<&dyn ErasedPart>,
        admission: &dyn Admission,
        request: AdmissionRequest<'_>,
    ) -> Result<Validated, ApiError> {
        let old = request.old.expect("an update has an old object");
        let finish = match part {
            None => lifecycle::update(cx, resource, &mut self.0, old)?,
            Some(part) => {
                lifecycle::update_part(cx, resource.info(), part, &mut self.0, old)?;
                None
            }
        };
        let mut validated = Validated {
            object: self.0,
            taken: Taken(finish.into_iter().collect()),
        };
        admission
            .validate(cx, request, Some(&validated.object))
            .await?;
        let reserved = admission.reserve(cx, request, &validated.object).await?;
        validated.taken.0.extend(reserved);
        Ok(validated)
    }
}

impl Validated {
    /// An object whose change is decided by the server's own rules and not by a client's body: an action's outcome, a deletion
    /// mark, a bootstrap object that has passed create.
    #[must_use]
    pub fn by_the_server(object: Object) -> Self {
        Self {
            object,
            taken: Taken(Vec::new()),
        }
    }

    #[must_use]
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// After the write: tells allocators. A `Validated` that is dropped instead gives everything back.
    #[must_use]
    pub fn committed(self) -> Object {
        let Self { object, mut taken } = self;
        taken.end(true);
        object
    }
}

/// What allocators and quotas have lent for this write.
struct Taken(Vec<Finish>);

impl Taken {
    fn end(&mut self, committed: bool) {
        for finish in self.0.drain(..) {
            finish(committed);
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.end(false);
    }
}

impl std::fmt::Debug for Validated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Validated").field(&self.object).finish()
    }
}
