//! A request's context over a few objects, for tests of plugins.
use super::{Look, metrics::AdmissionMetrics};
use crate::{Authorization, authz::Authorizer, cache::Caches, metrics::Authorizers};
use meta::{Kind, ObjectKey};
use resource::{
    AdmissionRequest, Object, Operation, Reader, RequestContext, ResourceType, SharedObject,
    Strategy, User, Verb, resource,
};
use serde_json::Value;
use std::sync::Arc;

struct Toy<K>(std::marker::PhantomData<fn() -> K>);
impl<K: Kind> Strategy for Toy<K> {
    type Object = K;
}

/// What a plugin looks at when an object of a kind is written, in a cluster where everything is allowed.
pub(super) fn look<K: Kind, R>(
    cx: &RequestContext,
    operation: Operation,
    old: Option<&Object>,
    then: impl FnOnce(&Look<'_>) -> R,
) -> R {
    let kind: Arc<dyn ResourceType> = resource(Toy::<K>(std::marker::PhantomData));
    let (store, clock) = platform::simulated::run(1, |platform| async move {
        let path = std::path::Path::new("data");
        let store = store::Embedded::open(&platform, path, store::Options::server());
        let store: Arc<dyn store::Store> = store.await.unwrap();
        (store, platform.clock)
    });
    let caches = Arc::new(Caches::new(store, &[Arc::clone(&kind)]));
    let authorizer = Authorizer::new(
        Authorization::always_allow(),
        Arc::clone(&caches),
        clock,
        Arc::new(Authorizers::new(&telemetry::metrics::Registry::new())),
    );
    then(&Look {
        cx,
        request: AdmissionRequest {
            operation,
            resource: kind.info(),
            old,
        },
        caches: &caches,
        authorizer: &authorizer,
        metrics: &AdmissionMetrics::new(&telemetry::metrics::Registry::new(), 0),
    })
}

struct Objects(Vec<Object>);

fn is_of(object: &Object, group: &str, resource: &str) -> bool {
    let kind = object.group_version_kind();
    let row = schema::discovery::resource_of_kind(group, &kind.version, &kind.kind);
    kind.group == group && row.is_some_and(|row| row.plural == resource)
}

impl Reader for Objects {
    fn get(&self, group: &str, resource: &str, key: &ObjectKey) -> Option<SharedObject> {
        let namespace = key.namespace.as_deref();
        let found = self.list(group, resource, namespace).into_iter();
        let mut found = found.filter(|object| object.metadata().name == key.name);
        found.next()
    }

    fn list(&self, group: &str, resource: &str, namespace: Option<&str>) -> Vec<SharedObject> {
        let fits = |object: &&Object| {
            namespace.is_none_or(|namespace| object.metadata().namespace == namespace)
                && is_of(object, group, resource)
        };
        let found = self.0.iter().filter(fits);
        found.map(|object| object.clone_object().into()).collect()
    }
}

/// A create in the namespace `n`, in a cluster of these objects.
pub(super) fn context(objects: Vec<Object>) -> RequestContext {
    let now = meta::Time::from_unix_seconds(0);
    let reader = Arc::new(Objects(objects));
    let mut cx = RequestContext::new(User::default(), Verb::Create, now, 7, reader);
    cx.namespace = "n".into();
    cx
}

pub(super) fn decoded<K: Kind + meta::codec::Message + Default>(document: &Value) -> Object {
    Box::new(meta::codec::from_value::<K>(document).unwrap().object)
}
