//! [`Kind`]: the compile-time identity of an API type.

use crate::{Str, codec::Message, v1::ObjectMeta};
use std::{any::Any, fmt, sync::Arc};

/// An API type known at compile time. Generated for every served type; never written by hand.
pub trait Kind: Message + Clone + Default + fmt::Debug + Send + Sync + 'static {
    /// API group; "" for core.
    const GROUP: &'static str;
    /// Version in the group.
    const VERSION: &'static str;
    /// `apiVersion` of its documents.
    const API_VERSION: &'static str;
    /// The kind.
    const KIND: &'static str;
    /// Kind of its lists.
    const LIST_KIND: &'static str;
    /// Resource name in paths.
    const PLURAL: &'static str;
    /// Whether objects live in namespaces.
    const SCOPE: Scope;
    /// Metadata.
    fn metadata(&self) -> &ObjectMeta;
    /// Metadata.
    fn metadata_mut(&mut self) -> &mut ObjectMeta;
    /// Namespace and name.
    fn key(&self) -> ObjectKey {
        let metadata = self.metadata();
        let namespace = (!metadata.namespace.is_empty()).then(|| metadata.namespace.clone());
        ObjectKey {
            namespace,
            name: metadata.name.clone(),
        }
    }
}

/// Object-safe face of a [`Kind`].
pub trait KindObject: fmt::Debug + Send + Sync + 'static {
    /// Group, version and kind of the type.
    fn group_version_kind(&self) -> GroupVersionKind;
    /// Metadata.
    fn metadata(&self) -> &ObjectMeta;
    /// Metadata.
    fn metadata_mut(&mut self) -> &mut ObjectMeta;
    /// For the codecs.
    fn as_message(&self) -> &dyn Message;
    /// For the codecs.
    fn as_message_mut(&mut self) -> &mut dyn Message;
    /// For down-casts.
    fn as_any(&self) -> &dyn Any;
    /// For down-casts.
    fn as_any_mut(&mut self) -> &mut dyn Any;
    /// For down-casts that take it.
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
    /// For down-casts that share it.
    fn into_shared_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
    /// A copy.
    fn clone_object(&self) -> Box<dyn KindObject>;
}

impl<K: Kind> KindObject for K {
    fn group_version_kind(&self) -> GroupVersionKind {
        GroupVersionKind {
            group: K::GROUP.into(),
            version: K::VERSION.into(),
            kind: K::KIND.into(),
        }
    }
    fn metadata(&self) -> &ObjectMeta {
        Kind::metadata(self)
    }
    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        Kind::metadata_mut(self)
    }
    fn as_message(&self) -> &dyn Message {
        self
    }
    fn as_message_mut(&mut self) -> &mut dyn Message {
        self
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
    fn into_shared_any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }
    fn clone_object(&self) -> Box<dyn KindObject> {
        Box::new(self.clone())
    }
}

/// Where objects of a kind live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// One set for the cluster.
    Cluster,
    /// One set for each namespace.
    Namespaced,
}

/// Names a type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupVersionKind {
    /// "" for core.
    pub group: Str,
    /// Version in the group.
    pub version: Str,
    /// The kind.
    pub kind: Str,
}

impl GroupVersionKind {
    /// `group/version`, or the version alone for the core group.
    #[must_use]
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_string()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }
}

/// Upstream's form: `apps/v1, Kind=Deployment`.
impl fmt::Display for GroupVersionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}, Kind={}", self.group, self.version, self.kind)
    }
}

/// Names an object of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectKey {
    /// None for cluster-scoped objects.
    pub namespace: Option<Str>,
    /// The name.
    pub name: Str,
}

impl ObjectKey {
    /// An object in a namespace.
    #[must_use]
    pub fn namespaced(namespace: impl Into<Str>, name: impl Into<Str>) -> Self {
        Self {
            namespace: Some(namespace.into()),
            name: name.into(),
        }
    }
    /// An object of the cluster.
    #[must_use]
    pub fn cluster(name: impl Into<Str>) -> Self {
        Self {
            namespace: None,
            name: name.into(),
        }
    }
}

/// `namespace/name`, or the name alone.
impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.namespace {
            Some(namespace) => write!(f, "{namespace}/{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}
