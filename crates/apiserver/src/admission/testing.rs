//! A request's context over a few objects, for tests of plugins.
use meta::{Kind, ObjectKey};
use resource::{Object, Reader, RequestContext, User, Verb};
use serde_json::Value;
use std::sync::Arc;

struct Objects(Vec<Object>);

fn is_of(object: &Object, group: &str, resource: &str) -> bool {
    let kind = object.group_version_kind();
    let row = schema::discovery::resource_of_kind(group, &kind.version, &kind.kind);
    kind.group == group && row.is_some_and(|row| row.plural == resource)
}

impl Reader for Objects {
    fn get(&self, group: &str, resource: &str, key: &ObjectKey) -> Option<Object> {
        let namespace = key.namespace.as_deref();
        let found = self.list(group, resource, namespace).into_iter();
        let mut found = found.filter(|object| object.metadata().name == key.name);
        found.next()
    }

    fn list(&self, group: &str, resource: &str, namespace: Option<&str>) -> Vec<Object> {
        let fits = |object: &&Object| {
            namespace.is_none_or(|namespace| object.metadata().namespace == namespace)
                && is_of(object, group, resource)
        };
        let found = self.0.iter().filter(fits);
        found.map(|object| object.clone_object()).collect()
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
