//! [`RequestContext`]: what a strategy may know about the request it serves. It carries no transport and no store.
use crate::{Annotations, SharedObject, Warnings};
use meta::{DeleteOptions, Kind, ObjectKey, Scope, Str, Time};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// Who asks, after authentication and impersonation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    pub name: Str,
    pub uid: Str,
    pub groups: Vec<Str>,
    /// Values by key, in the order in which the authenticator gave them.
    pub extra: Vec<(Str, Vec<Str>)>,
}

impl User {
    #[must_use]
    pub fn in_group(&self, group: &str) -> bool {
        self.groups.iter().any(|g| g == group)
    }
}

/// The verbs of the resource API. Closed: a new one does not compile until every `match` handles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verb {
    Create,
    Delete,
    DeleteCollection,
    Get,
    List,
    Patch,
    Update,
    Watch,
}

impl Verb {
    /// All verbs, in discovery's (alphabetical) order.
    pub const ALL: &'static [Self] = &[
        Self::Create,
        Self::Delete,
        Self::DeleteCollection,
        Self::Get,
        Self::List,
        Self::Patch,
        Self::Update,
        Self::Watch,
    ];

    /// The name in discovery, RBAC rules and request info.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Delete => "delete",
            Self::DeleteCollection => "deletecollection",
            Self::Get => "get",
            Self::List => "list",
            Self::Patch => "patch",
            Self::Update => "update",
            Self::Watch => "watch",
        }
    }
}

/// Reads other objects from memory at the revision the server has seen. Never blocks.
pub trait Reader: Send + Sync {
    /// `group` is "" for core, `resource` the plural. `None` when the object or the resource does not exist.
    fn get(&self, group: &str, resource: &str, key: &ObjectKey) -> Option<SharedObject>;
    /// Every object of a resource, of one namespace when given, in key order.
    fn list(&self, group: &str, resource: &str, namespace: Option<&str>) -> Vec<SharedObject>;
}

/// Reads an object by its type. `namespace` is ignored for cluster-scoped kinds.
pub fn read<K: Kind>(reader: &dyn Reader, namespace: &str, name: &str) -> Option<Arc<K>> {
    let key = match K::SCOPE {
        Scope::Namespaced => ObjectKey::namespaced(namespace, name),
        Scope::Cluster => ObjectKey::cluster(name),
    };
    downcast(reader.get(K::GROUP, K::PLURAL, &key)?)
}

/// Finds nothing: for tests of strategies that look at no other object.
#[derive(Clone, Copy, Debug)]
pub struct NoReader;

impl Reader for NoReader {
    fn get(&self, _group: &str, _resource: &str, _key: &ObjectKey) -> Option<SharedObject> {
        None
    }
    fn list(&self, _group: &str, _resource: &str, _namespace: Option<&str>) -> Vec<SharedObject> {
        Vec::new()
    }
}

/// The options that a client gave with a write, as it gave them; empty where it gave none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GivenOptions {
    pub field_manager: Str,
    pub field_validation: Str,
    /// Of a delete.
    pub deletion: Option<Box<DeleteOptions>>,
}

/// One request, as strategies and admission see it.
pub struct RequestContext {
    pub user: User,
    pub verb: Verb,
    /// Empty for cluster-scoped resources.
    pub namespace: Str,
    /// The version in which the client speaks (`events.k8s.io/v1`); empty when the server itself does.
    pub api_version: Str,
    /// Empty on create, when the name stands in the body only.
    pub name: Str,
    /// Empty for the resource itself.
    pub subresource: Str,
    pub dry_run: bool,
    /// `fieldManager`, or what stands before the first `/` of the user agent.
    pub field_manager: Str,
    pub options: GivenOptions,
    /// The time of the request; one value for everything that it stamps.
    pub now: Time,
    pub reader: Arc<dyn Reader>,
    /// Those of the request's audit event, where there will be one.
    pub annotations: Option<Arc<Annotations>>,
    /// Those of the request's answer, whatever it is.
    pub warnings: Arc<Warnings>,
    seed: AtomicU64,
    labels_are_defaults: AtomicBool,
}

impl RequestContext {
    /// `seed` comes from `platform::Rng`, so that simulation repeats names and UIDs.
    #[must_use]
    pub fn new(user: User, verb: Verb, now: Time, seed: u64, reader: Arc<dyn Reader>) -> Self {
        Self {
            user,
            verb,
            namespace: Str::default(),
            api_version: Str::default(),
            name: Str::default(),
            subresource: Str::default(),
            dry_run: false,
            field_manager: Str::default(),
            options: GivenOptions::default(),
            now,
            reader,
            annotations: None,
            warnings: Arc::default(),
            seed: AtomicU64::new(seed),
            labels_are_defaults: AtomicBool::new(false),
        }
    }

    /// Says something in the request's audit event. `value` is made only where there will be one.
    pub fn annotate(&self, key: &'static str, value: impl FnOnce() -> String) {
        if let Some(annotations) = &self.annotations {
            annotations.add(key, value());
        }
    }

    /// Adds a `Warning` header to the answer.
    pub fn warn(&self, text: impl Into<String>) {
        self.warnings.add(text);
    }

    /// Whether the labels of the object to be created are defaults that nobody has written since. Upstream such labels may be one map
    /// with those that they were taken from.
    #[must_use]
    pub fn labels_are_defaults(&self) -> bool {
        self.labels_are_defaults.load(Ordering::Relaxed)
    }

    pub(crate) fn say_labels_are_defaults(&self, are: bool) {
        self.labels_are_defaults.store(are, Ordering::Relaxed);
    }

    /// The next random number of this request (splitmix64 over its seed).
    pub fn random(&self) -> u64 {
        const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut z = self
            .seed
            .fetch_add(GAMMA, Ordering::Relaxed)
            .wrapping_add(GAMMA);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// `length` characters of upstream's alphabet for generated names: no vowels, nothing that looks alike.
    pub fn random_suffix(&self, length: usize) -> String {
        const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";
        (0..length)
            .map(|_| char::from(ALPHABET[(self.random() % 27) as usize]))
            .collect()
    }

    /// A random (version 4) UUID.
    pub fn random_uid(&self) -> Str {
        let high = (self.random() & !0xF000) | 0x4000;
        let low = (self.random() & !(0b11 << 62)) | (0b10 << 62);
        meta_uuid(high, low)
    }

    /// As [`read`], what this request sees.
    #[must_use]
    pub fn get<K: Kind>(&self, namespace: &str, name: &str) -> Option<Arc<K>> {
        read(&*self.reader, namespace, name)
    }

    /// Reads all objects of a type, of one namespace when given.
    #[must_use]
    pub fn list<K: Kind>(&self, namespace: Option<&str>) -> Vec<Arc<K>> {
        self.reader
            .list(K::GROUP, K::PLURAL, namespace)
            .into_iter()
            .filter_map(downcast)
            .collect()
    }
}

impl fmt::Debug for RequestContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestContext")
            .field("user", &self.user.name)
            .field("verb", &self.verb)
            .field("namespace", &self.namespace)
            .field("name", &self.name)
            .field("subresource", &self.subresource)
            .finish_non_exhaustive()
    }
}

fn downcast<K: Kind>(object: SharedObject) -> Option<Arc<K>> {
    object.into_shared_any().downcast().ok()
}

fn meta_uuid(high: u64, low: u64) -> Str {
    Str::from(format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xFFFF,
        high & 0xFFFF,
        low >> 48,
        low & 0xFFFF_FFFF_FFFF
    ))
}
