//! [`Api`]: the verbs on one resource.

use crate::{Client, Decode, Error, Resource, WatchStream, error::Optional, resource::Query, wire};
use bytes::Bytes;
use http::Method;
use meta::{Kind, ObjectKey, Str, codec::Projection};
use serde_json::{Value, json};
use std::marker::PhantomData;

/// The verbs on resource `D`. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Api<D> {
    client: Client,
    resource: Resource,
    /// What lists and watches decode.
    parts: Projection,
    decoded: PhantomData<fn() -> D>,
}

/// A list, or one page of it.
#[derive(Clone, Debug)]
pub struct List<D> {
    pub revision: Str,
    /// Empty on the last page.
    pub continue_: Str,
    pub remaining: Option<i64>,
    pub items: Vec<D>,
}

/// What to list or watch. Empty strings are left out of the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListParams {
    pub label_selector: Str,
    pub field_selector: Str,
    pub limit: Option<u32>,
    pub continue_: Str,
    pub resource_version: Str,
    /// `Exact` or `NotOlderThan`.
    pub resource_version_match: Str,
    /// Watches: the server ends the watch after so long.
    pub timeout_seconds: Option<u32>,
    /// Watches: begin with synthetic `ADDED` events of what is there.
    pub send_initial_events: Option<bool>,
}

/// Options of create, replace and patch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteParams {
    pub field_manager: Str,
    /// `All` does everything but the write.
    pub dry_run: Str,
    /// `Ignore`, `Warn` or `Strict`.
    pub field_validation: Str,
}

/// Options of patch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatchParams {
    pub write: WriteParams,
    /// Apply only: take over fields of other managers.
    pub force: Option<bool>,
}

impl PatchParams {
    /// To apply what `field_manager` wants, whoever else wants it otherwise.
    #[must_use]
    pub fn forced(field_manager: &str) -> Self {
        Self {
            write: WriteParams {
                field_manager: field_manager.into(),
                ..WriteParams::default()
            },
            force: Some(true),
        }
    }
}

/// A patch and its media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    content_type: &'static str,
    body: Bytes,
}

impl Patch {
    /// RFC 6902.
    #[must_use]
    pub fn json(operations: &Value) -> Self {
        Self::new("application/json-patch+json", operations)
    }

    /// RFC 7396.
    #[must_use]
    pub fn merge(patch: &Value) -> Self {
        Self::new("application/merge-patch+json", patch)
    }

    /// Strategic merge: lists merge by their keys. Built-in kinds only.
    #[must_use]
    pub fn strategic(patch: &Value) -> Self {
        Self::new("application/strategic-merge-patch+json", patch)
    }

    /// Server-side apply of exactly these fields. Needs a field manager.
    #[must_use]
    pub fn apply(configuration: &Value) -> Self {
        Self::new("application/apply-patch+yaml", configuration)
    }

    fn new(content_type: &'static str, body: &Value) -> Self {
        Self {
            content_type,
            body: Bytes::from(body.to_string()),
        }
    }
}

/// What happens to an object's dependents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Propagation {
    Background,
    Foreground,
    Orphan,
}

impl Propagation {
    /// As `DeleteOptions` spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Background => "Background",
            Self::Foreground => "Foreground",
            Self::Orphan => "Orphan",
        }
    }
}

/// Options of delete. The default is the kind's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteParams {
    pub grace_period_seconds: Option<i64>,
    pub propagation: Option<Propagation>,
    /// Delete only the object with this uid.
    pub uid: Option<Str>,
    /// Delete only at this revision.
    pub resource_version: Option<Str>,
}

impl DeleteParams {
    /// Only the object with this uid.
    #[must_use]
    pub fn of_uid(uid: &str) -> Self {
        Self {
            uid: Some(Str::new(uid)),
            ..Self::default()
        }
    }

    fn to_body(&self) -> Bytes {
        let mut body = json!({"kind": "DeleteOptions", "apiVersion": "v1"});
        if let Some(seconds) = self.grace_period_seconds {
            body["gracePeriodSeconds"] = seconds.into();
        }
        if let Some(propagation) = self.propagation {
            body["propagationPolicy"] = propagation.as_str().into();
        }
        if let Some(uid) = &self.uid {
            body["preconditions"]["uid"] = uid.as_str().into();
        }
        if let Some(revision) = &self.resource_version {
            body["preconditions"]["resourceVersion"] = revision.as_str().into();
        }
        Bytes::from(body.to_string())
    }
}

impl<D: Decode> Api<D> {
    pub(crate) fn new(client: Client, resource: Resource) -> Self {
        Self {
            client,
            resource,
            parts: Projection::WHOLE,
            decoded: PhantomData,
        }
    }

    /// The same, whose lists and watches decode no more than these parts.
    pub(crate) fn with_parts(self, parts: Projection) -> Self {
        Self { parts, ..self }
    }

    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// # Errors
    /// `NotFound`, and whatever any request can end in.
    pub async fn get(&self, key: &ObjectKey) -> Result<D, Error> {
        let path = self.path_of(key, "");
        let bytes = self
            .client
            .fetch(Method::GET, &path, D::ACCEPT, None)
            .await?;
        wire::decode(&path, &bytes)
    }

    /// [`Self::get`], where absence is an answer.
    ///
    /// # Errors
    /// Any but `NotFound`.
    pub async fn find(&self, key: &ObjectKey) -> Result<Option<D>, Error> {
        self.get(key).await.optional()
    }

    /// One page: the whole list, unless `params.limit` says otherwise. `None`: all namespaces.
    ///
    /// # Errors
    /// `Expired` for a continue token that is too old, and whatever any request can end in.
    pub async fn list(
        &self,
        namespace: Option<&str>,
        params: &ListParams,
    ) -> Result<List<D>, Error> {
        let mut path = self.resource.path(namespace, None, "");
        list_query(params).append_to(&mut path);
        let bytes = self
            .client
            .fetch(Method::GET, &path, D::ACCEPT_LIST, None)
            .await?;
        let page = wire::decode_list(&path, &bytes, self.parts)?;
        Ok(List {
            revision: page.revision,
            continue_: page.continue_,
            remaining: page.remaining,
            items: page.items,
        })
    }

    /// Watches from `params.resource_version`, with bookmarks.
    ///
    /// # Errors
    /// `Expired` when that revision is gone (now, or as the first event).
    pub async fn watch(
        &self,
        namespace: Option<&str>,
        params: &ListParams,
    ) -> Result<WatchStream<D>, Error> {
        let mut path = self.resource.path(namespace, None, "");
        let mut query = list_query(params);
        query
            .add("watch", "true")
            .add("allowWatchBookmarks", "true");
        query.append_to(&mut path);
        let response = self
            .client
            .call(Method::GET, &path, D::ACCEPT, None)
            .await?;
        Ok(WatchStream::new(path, response.into_body(), self.parts))
    }

    /// # Errors
    /// `NotFound`, `Conflict` for a failed precondition, `Forbidden`.
    pub async fn delete(&self, key: &ObjectKey, params: &DeleteParams) -> Result<(), Error> {
        let path = self.path_of(key, "");
        let body = Some((wire::JSON, params.to_body()));
        self.client
            .fetch(Method::DELETE, &path, wire::JSON, body)
            .await
            .map(drop)
    }

    /// Deletes all that `params` selects.
    ///
    /// # Errors
    /// `MethodNotAllowed` where the resource has no such verb.
    pub async fn delete_collection(
        &self,
        namespace: Option<&str>,
        params: &ListParams,
        delete: &DeleteParams,
    ) -> Result<(), Error> {
        let mut path = self.resource.path(namespace, None, "");
        list_query(params).append_to(&mut path);
        let body = Some((wire::JSON, delete.to_body()));
        self.client
            .fetch(Method::DELETE, &path, wire::JSON, body)
            .await
            .map(drop)
    }

    /// # Errors
    /// `NotFound`, `Conflict`, `Invalid`.
    pub async fn patch(
        &self,
        key: &ObjectKey,
        patch: &Patch,
        params: &PatchParams,
    ) -> Result<D, Error> {
        self.patch_subresource(key, "", patch, params).await
    }

    /// Patches `status`, `scale` and the like.
    ///
    /// # Errors
    /// `NotFound`, `Conflict`, `Invalid`.
    pub async fn patch_subresource(
        &self,
        key: &ObjectKey,
        subresource: &str,
        patch: &Patch,
        params: &PatchParams,
    ) -> Result<D, Error> {
        let mut path = self.path_of(key, subresource);
        let mut query = write_query(&params.write);
        if let Some(force) = params.force {
            query.add("force", if force { "true" } else { "false" });
        }
        query.append_to(&mut path);
        let body = Some((patch.content_type, patch.body.clone()));
        let bytes = self
            .client
            .fetch(Method::PATCH, &path, D::ACCEPT, body)
            .await?;
        wire::decode(&path, &bytes)
    }

    fn path_of(&self, key: &ObjectKey, subresource: &str) -> String {
        self.resource
            .path(key.namespace.as_deref(), Some(&key.name), subresource)
    }
}

impl<K: Kind> Api<K> {
    /// Creates `object` in its `metadata.namespace`.
    ///
    /// # Errors
    /// `AlreadyExists`, `Invalid`, `Forbidden`.
    pub async fn create(&self, object: &K) -> Result<K, Error> {
        self.create_with(object, &WriteParams::default()).await
    }

    /// [`Self::create`] with options.
    ///
    /// # Errors
    /// `AlreadyExists`, `Invalid`, `Forbidden`.
    pub async fn create_with(&self, object: &K, params: &WriteParams) -> Result<K, Error> {
        let namespace = Kind::metadata(object).namespace.as_str();
        let mut path = self.resource.path(Some(namespace), None, "");
        write_query(params).append_to(&mut path);
        self.write(Method::POST, &path, object).await
    }

    /// Replaces the object at its `metadata.resourceVersion`.
    ///
    /// # Errors
    /// `Conflict` when it has changed since, `NotFound`, `Invalid`.
    pub async fn replace(&self, object: &K) -> Result<K, Error> {
        self.write(Method::PUT, &self.path_of(&object.key(), ""), object)
            .await
    }

    /// Replaces the status alone.
    ///
    /// # Errors
    /// `Conflict` when the object has changed since, `NotFound`, `Invalid`.
    pub async fn replace_status(&self, object: &K) -> Result<K, Error> {
        self.write(Method::PUT, &self.path_of(&object.key(), "status"), object)
            .await
    }

    /// Replaces through another subresource that takes the whole object (`finalize`, `approval`).
    ///
    /// # Errors
    /// `Conflict` when the object has changed since, `NotFound`, `Invalid`.
    pub async fn replace_subresource(&self, object: &K, subresource: &str) -> Result<K, Error> {
        let path = self.path_of(&object.key(), subresource);
        self.write(Method::PUT, &path, object).await
    }

    /// Reads a subresource (`scale`).
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn get_subresource<R: Decode>(
        &self,
        key: &ObjectKey,
        subresource: &str,
    ) -> Result<R, Error> {
        let path = self.path_of(key, subresource);
        let bytes = self
            .client
            .fetch(Method::GET, &path, R::ACCEPT, None)
            .await?;
        wire::decode(&path, &bytes)
    }

    /// Posts to a subresource (`token`, `binding`, `eviction`); the answer is read as `R`.
    ///
    /// # Errors
    /// As the subresource defines.
    pub async fn create_subresource<B: Kind, R: Decode>(
        &self,
        key: &ObjectKey,
        subresource: &str,
        body: &B,
    ) -> Result<R, Error> {
        let path = self.path_of(key, subresource);
        let body = Some((wire::JSON, wire::encode(body)));
        let bytes = self
            .client
            .fetch(Method::POST, &path, R::ACCEPT, body)
            .await?;
        wire::decode(&path, &bytes)
    }

    /// Posts to a subresource whose answer is a `Status` of success (`binding`, `eviction`).
    ///
    /// # Errors
    /// `Conflict` (already bound), `TooManyRequests` (a disruption budget says no), `NotFound`.
    pub async fn post<B: Kind>(
        &self,
        key: &ObjectKey,
        subresource: &str,
        body: &B,
    ) -> Result<(), Error> {
        let path = self.path_of(key, subresource);
        let body = Some((wire::JSON, wire::encode(body)));
        self.client
            .fetch(Method::POST, &path, wire::JSON, body)
            .await
            .map(drop)
    }

    async fn write(&self, method: Method, path: &str, object: &K) -> Result<K, Error> {
        let body = Some((wire::JSON, wire::encode(object)));
        let bytes = self.client.fetch(method, path, K::ACCEPT, body).await?;
        wire::decode(path, &bytes)
    }
}

fn list_query(params: &ListParams) -> Query {
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let mut query = Query::default();
    query
        .add("labelSelector", &params.label_selector)
        .add("fieldSelector", &params.field_selector)
        .add("limit", &number(params.limit))
        .add("continue", &params.continue_)
        .add("resourceVersion", &params.resource_version)
        .add("resourceVersionMatch", &params.resource_version_match)
        .add("timeoutSeconds", &number(params.timeout_seconds));
    if let Some(send) = params.send_initial_events {
        query.add("sendInitialEvents", if send { "true" } else { "false" });
    }
    query
}

fn write_query(params: &WriteParams) -> Query {
    let mut query = Query::default();
    query
        .add("fieldManager", &params.field_manager)
        .add("dryRun", &params.dry_run)
        .add("fieldValidation", &params.field_validation);
    query
}
