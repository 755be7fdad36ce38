//! The only functions that write objects to the store. They take a [`Validated`], as requests work on it, or an entry that is to go.
use crate::{
    cache::{self, Entry, ResourceCache},
    endpoint::Endpoint,
    managed::{Manager, Reset},
    shared::Api,
};
use bytes::Bytes;
use meta::{ApiError, Reason, Str, Time, codec};
use resource::{Object, Validated};
use serde_json::Value;
use std::sync::{Arc, atomic::Ordering};
use store::{Revision, StoreError, Txn, TxnResponse};

/// Who manages what the server says of its own.
pub(crate) const ITSELF: &str = "kube-apiserver";

/// How a guarded write ended.
pub(crate) enum Outcome {
    /// The object as it is now stored.
    Written(Arc<Entry>),
    /// Someone else wrote first: this is what is there.
    Changed(Option<Arc<Entry>>),
}

/// Creates an object that must not exist.
pub(crate) async fn create(
    api: &Api,
    endpoint: &Endpoint,
    validated: Validated,
) -> Result<Outcome, ApiError> {
    let cache = &*endpoint.cache;
    let stored = endpoint.stored(api, validated.object()).await?;
    let (key, value) = encoded(cache, &stored);
    let txn = Txn::create(store_key(cache, &key), value.clone());
    let txn = expiring(api, cache, txn).await?;
    let response = commit(api, cache, "create", txn).await?;
    settle(cache, key, value, &response, validated)
}

/// Replaces the object that `old` is the last known state of.
pub(crate) async fn replace(
    api: &Api,
    endpoint: &Endpoint,
    old: &Entry,
    validated: Validated,
) -> Result<Outcome, ApiError> {
    let cache = &*endpoint.cache;
    let stored = endpoint.stored(api, validated.object()).await?;
    let (key, value) = encoded(cache, &stored);
    if value.len() == old.size_bytes() && old.is_value(&value) {
        drop(validated);
        return Ok(Outcome::Written(Arc::new(old.at(old.revision))));
    }
    let mut txn = Txn::replace(
        store_key(cache, &key),
        Revision(old.revision),
        value.clone(),
    );
    if is_renewal(
        cache.resource.info().relaxed_fields,
        old,
        validated.object(),
    ) {
        txn = txn.relaxed();
    }
    let txn = expiring(api, cache, txn).await?;
    let response = commit(api, cache, "update", txn).await?;
    settle(cache, key, value, &response, validated)
}

/// The server's own word on an object, in its status; false when it is not as it was read.
pub(crate) async fn status(api: &Api, now: Time, mut object: Object) -> Result<bool, ApiError> {
    let kind = object.group_version_kind();
    let row = schema::discovery::resource_of_kind(&kind.group, &kind.version, &kind.kind);
    let endpoint = row.and_then(|row| api.served(&kind.group, &kind.version, row.plural));
    let endpoint = endpoint.ok_or_else(|| ApiError::internal("the object's kind is served"))?;
    let metadata = object.metadata();
    let key = cache::cache_key(&metadata.namespace, &metadata.name);
    let entry = endpoint.cache.get(&key);
    let read = |entry: &Arc<Entry>| *metadata.resource_version == entry.revision.to_string();
    let Some(entry) = entry.filter(read) else {
        return Ok(false);
    };
    let before = endpoint
        .cache
        .decode(&entry)
        .ok_or_else(|| crate::render::undecodable(&key))?;
    let manager = Manager::new(&endpoint, "status", now);
    manager
        .update(api, Some(&before), &mut object, ITSELF, Reset::No)
        .await?;
    let validated = Validated::by_the_server(object);
    let written = replace(api, &endpoint, &entry, validated).await?;
    Ok(matches!(written, Outcome::Written(_)))
}

/// Removes the object that `old` is the last known state of. The answer carries the revision of the removal.
pub(crate) async fn remove(
    api: &Api,
    cache: &ResourceCache,
    old: &Entry,
) -> Result<Outcome, ApiError> {
    let txn = Txn::delete(store_key(cache, &old.key), Revision(old.revision));
    let response = commit(api, cache, "delete", txn).await?;
    if response.succeeded {
        return Ok(Outcome::Written(Arc::new(old.at(response.revision.0))));
    }
    Ok(changed(cache, &old.key, &response))
}

/// Lets what is written expire, where objects of its kind do.
async fn expiring(api: &Api, cache: &ResourceCache, txn: Txn) -> Result<Txn, ApiError> {
    match cache.resource.info().ttl_seconds {
        0 => Ok(txn),
        seconds => api
            .with_expiry(txn, seconds)
            .await
            .map_err(|error| failed(api, &error)),
    }
}

/// Whether nothing but `relaxed` fields (and who wrote them) differs from what is stored.
fn is_renewal(relaxed: &[&str], old: &Entry, new: &Object) -> bool {
    if relaxed.is_empty() {
        return false;
    }
    let Ok(mut old) = serde_json::from_slice::<Value>(old.body()) else {
        return false;
    };
    let mut new = codec::to_value(new.as_message());
    for path in relaxed.iter().copied().chain([
        "apiVersion",
        "kind",
        "metadata.managedFields",
        "metadata.resourceVersion",
    ]) {
        forget(&mut old, path);
        forget(&mut new, path);
    }
    old == new
}

fn forget(value: &mut Value, path: &str) {
    let (parents, last) = path.rsplit_once('.').unwrap_or(("", path));
    let parent = parents
        .split('.')
        .filter(|name| !name.is_empty())
        .try_fold(value, |value, name| value.get_mut(name));
    if let Some(Value::Object(fields)) = parent {
        fields.remove(last);
    }
}

fn settle(
    cache: &ResourceCache,
    key: Str,
    value: Bytes,
    response: &TxnResponse,
    validated: Validated,
) -> Result<Outcome, ApiError> {
    if !response.succeeded {
        return Ok(changed(cache, &key, response));
    }
    drop(validated.committed());
    let entry = cache.entry(key, value, response.revision.0);
    entry
        .map(|entry| Outcome::Written(Arc::new(entry)))
        .map_err(|_| crate::render::undecodable(&cache.resource.info().plural))
}

fn changed(cache: &ResourceCache, key: &Str, response: &TxnResponse) -> Outcome {
    let current = response.current().and_then(|current| {
        let value = current.value.clone();
        cache.entry(key.clone(), value, current.mod_revision.0).ok()
    });
    Outcome::Changed(current.map(Arc::new))
}

fn encoded(cache: &ResourceCache, object: &Object) -> (Str, Bytes) {
    let metadata = object.metadata();
    let key = cache::cache_key(&metadata.namespace, &metadata.name);
    let fields = cache.resource.selectable_fields(object);
    let origin = cache.resource.origin();
    let body = codec::encode_body(&**object);
    let value = cache::encode(&body, origin, &metadata.labels, &fields);
    (key, value)
}

fn store_key(cache: &ResourceCache, key: &str) -> Vec<u8> {
    let prefix = cache.resource.info().key_prefix.as_bytes();
    [prefix, key.as_bytes()].concat()
}

/// `operation` is what metrics call it.
async fn commit(
    api: &Api,
    cache: &ResourceCache,
    operation: &'static str,
    txn: Txn,
) -> Result<TxnResponse, ApiError> {
    let clock = &api.platform.clock;
    let began = clock.monotonic();
    let response = api.store.txn(txn).await;
    let (info, took) = (cache.resource.info(), clock.monotonic().since(began));
    if info.is_stored() {
        let storage = &api.metrics.storage;
        storage.written(operation, info, took, response.is_err());
    }
    let response = response.map_err(|error| failed(api, &error))?;
    if response.succeeded && cache.resource.info().guides_admission {
        // Whoever has the answer may create what depends on this at once.
        api.caches.reach(response.revision.0).await;
    }
    if api.disk_full.swap(false, Ordering::Relaxed) {
        tracing::info!("the disk of the data directory has room again");
    }
    Ok(response)
}

/// A full disk is news once, not with each write that it refuses. To clients it is what etcd says when it has no room, as an
/// error that upstream gives no reason.
fn failed(api: &Api, error: &StoreError) -> ApiError {
    if matches!(error, StoreError::NoSpace) {
        if !api.disk_full.swap(true, Ordering::Relaxed) {
            tracing::error!(
                "the disk of the data directory is full: writes are refused until there is room"
            );
        }
        let message = format!("etcdserver: mvcc: database space exceeded: {error}");
        return ApiError::new(Reason::Unknown, message);
    }
    tracing::error!(%error, "a write to the store failed");
    ApiError::internal(error)
}
