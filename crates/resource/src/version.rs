//! Versions: one stored kind, served in several. The strategy's own kind is the stored one; each other version converts to it and
//! from it. Everything behind decoding sees the stored kind; every answer, patch and managed field speaks the request's version.
//!
//! Kinds of definitions are the exception, as they are upstream: a request works on objects of its own version from one end to the
//! other, and only what reads and writes the store converts. Such a version has no [`StoredForm`].
use crate::{
    Now, Object,
    column::Cell,
    erased::{DecodeFailure, DecodedObject, Encoding, ErasedView, ResourceInfo, ResourceType},
    typed::{cast, cast_mut, decode, shared},
};
use meta::{Kind, Str, codec::Strictness, v1::TableRowCondition};
use std::{marker::PhantomData, ops::Deref, sync::Arc};

/// Another version, or another group, in which a stored kind is served.
pub trait Version<T: Kind>: Send + Sync + 'static {
    type Served: Kind;

    /// The stored kind's field labels as this version names them, in the same order. Empty when the names are the same.
    const FIELD_LABELS: &'static [&'static str] = &[];
    /// Printed as a `Warning` on every request in this version.
    const DEPRECATION: Option<&'static str> = None;

    /// Defaults of this version; the stored kind's own come after the conversion.
    fn set_defaults(&self, _object: &mut Self::Served) {}
    fn to_stored(&self, object: Self::Served) -> T;
    fn to_served(&self, object: &T) -> Self::Served;
}

/// The versions of one kind besides the stored one. Built once.
pub struct Versions<T: Kind> {
    others: Vec<Build>,
    stored: PhantomData<fn(T)>,
}

type Build = Box<dyn FnOnce(&ResourceInfo) -> Arc<dyn ErasedVersion> + Send>;

impl<T: Kind> Versions<T> {
    /// The stored version alone.
    #[must_use]
    pub fn stored_only() -> Self {
        Self {
            others: Vec::new(),
            stored: PhantomData,
        }
    }

    #[must_use]
    pub fn and<V: Version<T>>(mut self, version: V) -> Self {
        self.others.push(Box::new(move |stored| {
            Arc::new(TypedVersion {
                info: info_of::<T, V>(stored),
                version,
                stored: PhantomData,
            })
        }));
        self
    }

    pub(crate) fn build(self, stored: &ResourceInfo) -> Vec<Arc<dyn ErasedVersion>> {
        self.others.into_iter().map(|build| build(stored)).collect()
    }
}

impl<T: Kind> std::fmt::Debug for Versions<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Versions")
            .field("others", &self.others.len())
            .finish()
    }
}

/// A [`Version`] of kinds not known.
pub trait ErasedVersion: Send + Sync {
    fn info(&self) -> &ResourceInfo;
    fn new_object(&self) -> Object;
    /// Reads an object of this version, without defaults.
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure>;
    fn set_defaults(&self, object: &mut Object);
    /// How its objects become stored ones. `None` where requests work on objects of this version.
    fn stored_form(&self) -> Option<&dyn StoredForm> {
        None
    }
    /// The row of an object that requests work on, where this version has columns of its own.
    fn cells(&self, _object: &Object, _now: &Now) -> Option<Vec<Cell>> {
        None
    }
    /// A view of objects that requests work on, where this version has views of its own.
    fn view(&self, _name: &str) -> Option<&dyn ErasedView> {
        None
    }
}

/// Conversion by a function of this program.
pub trait StoredForm: Send + Sync {
    fn to_stored(&self, object: Object) -> Object;
    fn to_served(&self, object: &Object) -> Object;
}

struct TypedVersion<T, V> {
    version: V,
    info: ResourceInfo,
    stored: PhantomData<fn(T)>,
}

impl<T: Kind, V: Version<T>> ErasedVersion for TypedVersion<T, V> {
    fn info(&self) -> &ResourceInfo {
        &self.info
    }
    fn new_object(&self) -> Object {
        Box::new(V::Served::default())
    }
    fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure> {
        decode::<V::Served>(bytes, encoding, strictness)
    }
    fn set_defaults(&self, object: &mut Object) {
        self.version.set_defaults(cast_mut(object));
    }
    fn stored_form(&self) -> Option<&dyn StoredForm> {
        Some(self)
    }
}

impl<T: Kind, V: Version<T>> StoredForm for TypedVersion<T, V> {
    fn to_stored(&self, mut object: Object) -> Object {
        let served = std::mem::take(cast_mut::<V::Served>(&mut object));
        Box::new(self.version.to_stored(served))
    }
    fn to_served(&self, object: &Object) -> Object {
        Box::new(self.version.to_served(cast(object)))
    }
}

fn info_of<T: Kind, V: Version<T>>(stored: &ResourceInfo) -> ResourceInfo {
    let (group, version, kind) = (V::Served::GROUP, V::Served::VERSION, V::Served::KIND);
    let mut info = stored.clone();
    for subresource in &mut info.subresources {
        let own = (&subresource.group, &subresource.version, &subresource.kind)
            == (&stored.group, &stored.version, &stored.kind);
        if own {
            subresource.group = Str::const_new(group);
            subresource.version = Str::const_new(version);
            subresource.kind = Str::const_new(kind);
        }
    }
    info.group = Str::const_new(group);
    info.version = Str::const_new(version);
    info.kind = Str::const_new(kind);
    info.list_kind = Str::const_new(V::Served::LIST_KIND);
    info.api_version = Str::const_new(V::Served::API_VERSION);
    info.plural = Str::const_new(V::Served::PLURAL);
    info.deprecation = V::DEPRECATION.map(Str::const_new);
    if !V::FIELD_LABELS.is_empty() {
        assert_eq!(
            V::FIELD_LABELS.len(),
            stored.field_labels.len(),
            "a version names every field label of its stored kind"
        );
        info.field_labels = shared(V::FIELD_LABELS);
    }
    info
}

/// A resource in one of the versions in which it is served.
#[derive(Clone)]
pub struct Served {
    resource: Arc<dyn ResourceType>,
    /// `None` for the stored version.
    other: Option<Arc<dyn ErasedVersion>>,
}

impl Served {
    /// Every version in which a resource is served, the stored one first.
    pub fn versions_of(resource: &Arc<dyn ResourceType>) -> impl Iterator<Item = Self> {
        let others = resource.versions().iter().cloned().map(Some);
        let stored = resource.serves_stored().then_some(None);
        stored.into_iter().chain(others).map(|other| Self {
            resource: Arc::clone(resource),
            other,
        })
    }

    #[must_use]
    pub fn resource(&self) -> &Arc<dyn ResourceType> {
        &self.resource
    }

    /// Of this version: names, kinds and labels in it.
    #[must_use]
    pub fn info(&self) -> &ResourceInfo {
        match &self.other {
            None => self.resource.info(),
            Some(other) => other.info(),
        }
    }

    #[must_use]
    pub fn is_stored(&self) -> bool {
        self.other.is_none()
    }

    /// The zero object of this version.
    #[must_use]
    pub fn new_object(&self) -> Object {
        match &self.other {
            None => self.resource.new_object(),
            Some(other) => other.new_object(),
        }
    }

    /// The zero object as requests work on it.
    #[must_use]
    pub fn blank(&self) -> Object {
        match &self.other {
            Some(other) if other.stored_form().is_none() => other.new_object(),
            _ => self.resource.new_object(),
        }
    }

    /// Reads an object of this version and gives it as requests work on it, with this version's defaults when they differ.
    pub fn decode(
        &self,
        bytes: &[u8],
        encoding: Encoding,
        strictness: Strictness,
    ) -> Result<DecodedObject, DecodeFailure> {
        let Some(other) = &self.other else {
            return self.resource.decode(bytes, encoding, strictness);
        };
        let mut decoded = other.decode(bytes, encoding, strictness)?;
        other.set_defaults(&mut decoded.object);
        if let Some(form) = other.stored_form() {
            decoded.object = form.to_stored(decoded.object);
        }
        Ok(decoded)
    }

    /// The row of an object that requests work on.
    #[must_use]
    pub fn cells(&self, object: &Object, now: &Now) -> Vec<Cell> {
        let own = self
            .other
            .as_ref()
            .and_then(|other| other.cells(object, now));
        own.unwrap_or_else(|| self.resource.cells(object, now))
    }

    /// What a row says of the whole object that requests work on.
    #[must_use]
    pub fn row_conditions(&self, object: &Object) -> Vec<TableRowCondition> {
        self.resource.row_conditions(object)
    }

    /// What a subresource shows of objects that requests work on.
    #[must_use]
    pub fn view(&self, name: &str) -> Option<&dyn ErasedView> {
        let own = self.other.as_ref().and_then(|other| other.view(name));
        own.or_else(|| self.resource.view(name))
    }

    /// An object that requests work on, in this version.
    #[must_use]
    pub fn shown<'a>(&self, object: &'a Object) -> Shown<'a> {
        let form = self.other.as_ref().and_then(|other| other.stored_form());
        match form {
            None => Shown::Same(object),
            Some(form) => Shown::Converted(form.to_served(object)),
        }
    }
}

impl std::fmt::Debug for Served {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Served")
            .field(&self.info().api_version)
            .field(&self.info().plural)
            .finish()
    }
}

/// An object in another version: itself when it is in that version already.
#[derive(Debug)]
pub enum Shown<'a> {
    Same(&'a Object),
    Converted(Object),
}

impl Deref for Shown<'_> {
    type Target = Object;
    fn deref(&self) -> &Object {
        match self {
            Self::Same(object) => object,
            Self::Converted(object) => object,
        }
    }
}
