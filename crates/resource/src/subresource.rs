//! Subresources, as a strategy declares them. Four sorts: a part of the object with its own rules (`status`), another kind seen
//! through the object (`scale`), an action on it (`binding`), and what the server itself answers (`log`, `token`).
use crate::{Column, MetadataCheck, Object, RequestContext, Verb};
use meta::{ApiError, DeleteOptions, FieldErrors, Kind};
use std::sync::Arc;

/// GET, PUT and PATCH of the same kind under its own update rules: `status`, `finalize`, `ephemeralcontainers`, `resize`, `approval`.
///
/// For the name `status` the framework has already set every top-level field but `metadata` and `status` back to the old
/// object's before it calls `prepare_update`. Elsewhere `prepare_update` copies what the client may not change from `old`.
pub trait Part<T: Kind>: Send + Sync + 'static {
    /// What may be done to it.
    fn verbs(&self) -> &'static [Verb] {
        &[Verb::Get, Verb::Patch, Verb::Update]
    }
    fn prepare_update(&self, _cx: &RequestContext, _new: &mut T, _old: &T) {}
    /// Metadata has been validated already.
    fn validate_update(&self, _cx: &RequestContext, _errors: &mut FieldErrors, _new: &T, _old: &T) {
    }
    fn warnings_on_update(&self, _cx: &RequestContext, _new: &T, _old: &T) -> Vec<String> {
        Vec::new()
    }
    /// Which rules of metadata an update must hold once more for the part.
    fn metadata_on_update(&self) -> &'static [MetadataCheck] {
        &[MetadataCheck::Changes]
    }
    /// Paths (as in `spec`, `metadata.labels`) that an apply or update through this subresource does not own.
    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec"]
    }
}

/// The status rules that most kinds have.
#[derive(Clone, Copy, Debug)]
pub struct DefaultStatus;
impl<T: Kind> Part<T> for DefaultStatus {}

/// Another kind seen through the object, and written back into it: `scale`.
pub trait View<T: Kind>: Send + Sync + 'static {
    type View: Kind;
    /// Name, namespace, uid, resourceVersion and creationTimestamp of the view are filled in by the framework.
    fn get(&self, object: &T) -> Result<Self::View, ApiError>;
    fn validate(&self, _errors: &mut FieldErrors, _view: &Self::View) {}
    /// Writes the view's spec back. The object then passes the kind's own update rules.
    fn set(&self, cx: &RequestContext, object: &mut T, view: &Self::View);
    /// Paths of the main object behind the view's fields (`spec.replicas`), for managed fields.
    fn paths(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }
    /// What a table shows of the view.
    fn columns(&self) -> &'static [Column<Self::View>] {
        const { &[Column::NAME, Column::CREATED_AT] }
    }
}

/// POST of another kind that does something to the object: `binding`, `eviction`.
pub trait Action<T: Kind>: Send + Sync + 'static {
    type Request: Kind;
    /// Versions of the request's group in which it had the same fields, and in which it may still be sent.
    const OLDER: &'static [&'static str] = &[];
    /// Looks at the request alone, before the object is looked up.
    ///
    /// # Errors
    /// What is wrong with it, as the client is to see it.
    fn check(&self, _cx: &RequestContext, _request: &Self::Request) -> Result<(), ApiError> {
        Ok(())
    }
    /// Decides from one snapshot of the object; called again when the object changed before the write.
    fn act(
        &self,
        cx: &RequestContext,
        object: &T,
        request: &Self::Request,
    ) -> Result<Outcome<T>, ApiError>;
}

/// What an [`Action`] wants done.
#[derive(Debug)]
pub enum Outcome<T> {
    /// Write this object (it does not pass the kind's update rules: the action is the rule).
    Update(Box<T>),
    /// Delete the object by the usual path.
    Delete(Box<DeleteOptions>),
    /// Write what comes first, then delete by the usual path. When one of the writes comes too late, the action is asked again.
    DeleteAfter(Box<DeleteAfter<T>>),
    /// Nothing to do; the answer is a success.
    Nothing,
}

/// What is written before a deletion, each guarded by the version at which the action has read it.
#[derive(Debug)]
pub struct DeleteAfter<T> {
    /// Another object whose status counts this deletion. Written first.
    pub other: Option<Object>,
    /// The object itself, as it is to be when it goes.
    pub object: T,
    /// A precondition on the version means the one that was read; a write in between moves it.
    pub options: DeleteOptions,
}

/// Long-lived connections to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connect {
    Log,
    Exec,
    Attach,
    PortForward,
    Proxy,
}

/// Subresources that the API server answers from its own state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerSide {
    /// `serviceaccounts/token`: POST of a `TokenRequest`.
    Token,
    Connect(Connect),
}

/// Copies the status of the second into the first.
pub type CopyStatus<T> = fn(&mut T, &T);

/// The subresources of one kind, by name. Built once.
pub struct Subresources<T: Kind> {
    pub(crate) copy_status: Option<CopyStatus<T>>,
    pub(crate) parts: crate::typed::Named<Arc<dyn Part<T>>>,
    pub(crate) views: crate::typed::Named<Arc<dyn crate::typed::ViewOf<T>>>,
    pub(crate) actions: crate::typed::Named<Arc<dyn crate::typed::ActionOf<T>>>,
    pub(crate) server_side: crate::typed::Named<ServerSide>,
}

impl<T: Kind> Default for Subresources<T> {
    fn default() -> Self {
        Self {
            copy_status: None,
            parts: Vec::new(),
            views: Vec::new(),
            actions: Vec::new(),
            server_side: Vec::new(),
        }
    }
}

impl<T: Kind> Subresources<T> {
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }
    /// `status` with the common rules. The main resource then ignores `status` on create and update.
    #[must_use]
    pub fn status(self, copy: CopyStatus<T>) -> Self {
        self.status_with(copy, DefaultStatus)
    }
    /// `status` with the kind's own rules.
    #[must_use]
    pub fn status_with(mut self, copy: CopyStatus<T>, part: impl Part<T>) -> Self {
        self.copy_status = Some(copy);
        self.part("status", part)
    }
    #[must_use]
    pub fn part(mut self, name: &'static str, part: impl Part<T>) -> Self {
        self.parts.push((name, Arc::new(part)));
        self
    }
    #[must_use]
    pub fn view<V: View<T>>(mut self, name: &'static str, view: V) -> Self {
        self.views.push((
            name,
            Arc::new(crate::typed::TypedView(view, std::marker::PhantomData)),
        ));
        self
    }
    #[must_use]
    pub fn action<A: Action<T>>(mut self, name: &'static str, action: A) -> Self {
        self.actions.push((
            name,
            Arc::new(crate::typed::TypedAction(action, std::marker::PhantomData)),
        ));
        self
    }
    #[must_use]
    pub fn server_side(mut self, name: &'static str, what: ServerSide) -> Self {
        self.server_side.push((name, what));
        self
    }
    #[must_use]
    pub fn connect(self, name: &'static str, what: Connect) -> Self {
        self.server_side(name, ServerSide::Connect(what))
    }
}

impl<T: Kind> std::fmt::Debug for Subresources<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = self
            .parts
            .iter()
            .map(|p| p.0)
            .chain(self.views.iter().map(|v| v.0));
        let rest = self
            .actions
            .iter()
            .map(|a| a.0)
            .chain(self.server_side.iter().map(|s| s.0));
        f.debug_list().entries(names.chain(rest)).finish()
    }
}
