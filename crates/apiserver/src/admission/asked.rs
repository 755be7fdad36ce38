//! [`Asked`]: a request as rules, webhooks and policies see it: of which resource in which version it is, and what its objects look like in
//! this version or in an equivalent one. Upstream: `admission.Attributes` and `admission.VersionedAttributes`.
mod review;

pub(crate) use self::review::operation_name;

use crate::{
    authn,
    catalog::Catalog,
    custom::Definition,
    decode::{self, Expected},
    endpoint::Endpoint,
    reviews,
    shared::Api,
};
use meta::{
    ApiError, Dynamic, DynamicType, GroupVersionKind, Kind, ObjectKey, Str,
    codec::{self, Strictness},
};
use resource::{
    AdmissionRequest, Encoding, ErasedView, Object, Operation, RequestContext, ResourceInfo,
    SubresourceSort,
};
use schema::discovery::ResourceInfo as Row;
use serde_json::Value;
use std::sync::{Arc, Weak};

/// One request.
#[derive(Clone)]
pub(crate) struct Asked<'a> {
    pub(crate) cx: &'a RequestContext,
    pub(crate) operation: Operation,
    /// Of the object; empty while it is to be generated, and of a collection.
    pub(crate) name: Str,
    /// What the client named.
    pub(crate) place: Place,
    /// The stored object, on update and delete.
    pub(crate) old: Option<&'a Object>,
    catalog: Arc<Catalog>,
    /// Who converts where a webhook does.
    api: Weak<Api>,
}

/// The documents of a request's objects in one place; null where there is none.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    pub(crate) new: Value,
    pub(crate) old: Value,
}

/// A resource in one version, and the kind of its objects; or, where the request's context has a subresource, of that one's.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) group: Str,
    pub(crate) version: Str,
    /// Plural.
    pub(crate) resource: Str,
    pub(crate) kind: GroupVersionKind,
    form: Form,
}

/// How objects as requests work on them become those that webhooks and policies see.
#[derive(Clone)]
enum Form {
    /// By conversion to the version.
    Whole(Arc<Endpoint>),
    /// They are seen through a subresource.
    View(Arc<Endpoint>),
    /// They are sent to a subresource, and are of one version only.
    Action(Arc<Endpoint>),
    /// They are kept by nobody, and are of one version only.
    Unstored,
    /// They are the options of a connection, which have no metadata.
    Options(Arc<DynamicType>),
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        (&self.group, &self.version, &self.resource)
            == (&other.group, &other.version, &other.resource)
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Place")
            .field("group", &self.group)
            .field("version", &self.version)
            .field("resource", &self.resource)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

fn kind_of(info: &ResourceInfo) -> GroupVersionKind {
    GroupVersionKind {
        group: info.group.clone(),
        version: info.version.clone(),
        kind: info.kind.clone(),
    }
}

impl Place {
    /// `None` when the version has no such subresource.
    fn at(endpoint: &Arc<Endpoint>, subresource: &str) -> Option<Self> {
        let info = endpoint.info();
        let of = Arc::clone(endpoint);
        let (kind, form) = if subresource.is_empty() {
            (kind_of(info), Form::Whole(of))
        } else {
            let found = info.subresource(subresource)?;
            let kind = GroupVersionKind {
                group: found.group.clone(),
                version: found.version.clone(),
                kind: found.kind.clone(),
            };
            let form = match found.sort {
                SubresourceSort::Part => Form::Whole(of),
                SubresourceSort::View => Form::View(of),
                SubresourceSort::Action => Form::Action(of),
                SubresourceSort::Server(_) => Form::Unstored,
            };
            (kind, form)
        };
        Some(Self {
            group: info.group.clone(),
            version: info.version.clone(),
            resource: info.plural.clone(),
            kind,
            form,
        })
    }

    fn endpoint(&self) -> Option<&Arc<Endpoint>> {
        match &self.form {
            Form::Whole(endpoint) | Form::View(endpoint) | Form::Action(endpoint) => Some(endpoint),
            Form::Unstored | Form::Options(_) => None,
        }
    }
}

impl<'a> Asked<'a> {
    /// `None` where nobody but the server's own plugins is asked: of deletions that are the effect of another request, and of what is
    /// not served.
    pub(crate) fn new(
        cx: &'a RequestContext,
        request: AdmissionRequest<'a>,
        catalog: Arc<Catalog>,
    ) -> Option<Self> {
        let info = request.resource;
        if request.operation == Operation::Delete && !cx.subresource.is_empty() {
            return None;
        }
        let api_version = if cx.api_version.is_empty() {
            &info.api_version
        } else {
            &cx.api_version
        };
        let (group, version) = api_version
            .split_once('/')
            .unwrap_or(("", api_version.as_str()));
        let endpoint = catalog.served(group, version, &info.plural);
        let endpoint =
            endpoint.or_else(|| catalog.served(&info.group, &info.version, &info.plural))?;
        Some(Self {
            cx,
            operation: request.operation,
            name: cx.name.clone(),
            place: Place::at(&endpoint, &cx.subresource)?,
            old: request.old,
            catalog,
            api: Weak::new(),
        })
    }

    /// In a server that can ask webhooks to convert.
    pub(crate) fn by(mut self, api: Weak<Api>) -> Self {
        self.api = api;
        self
    }

    /// Behind the generator of names: the object has its own.
    pub(crate) fn generated(mut self, object: Option<&Object>) -> Self {
        if let Some(object) = object
            && self.operation == Operation::Create
            && self.name.is_empty()
        {
            self.name = object.metadata().name.clone();
        }
        self
    }

    /// About a connection, with its options, a document that says its kind, as the object that it is about.
    pub(crate) fn connection(mut self, options: &Value) -> Result<(Self, Object), ApiError> {
        let text = |field: &str| Str::from(options[field].as_str().unwrap_or_default());
        let version = text("apiVersion");
        let (group, version) = version.split_once('/').unwrap_or(("", version.as_str()));
        let type_ = Arc::new(DynamicType {
            group: group.into(),
            version: version.into(),
            kind: text("kind"),
        });
        self.place.kind = GroupVersionKind {
            group: group.into(),
            version: version.into(),
            kind: text("kind"),
        };
        let object = options_of(&type_, options)?;
        self.place.form = Form::Options(type_);
        Ok((self, object))
    }

    /// About a create of what is answered and not kept.
    pub(crate) fn unstored(cx: &'a RequestContext, row: &Row, catalog: Arc<Catalog>) -> Self {
        Self {
            cx,
            operation: Operation::Create,
            name: cx.name.clone(),
            place: Place {
                group: row.group.into(),
                version: row.version.into(),
                resource: row.plural.into(),
                kind: GroupVersionKind {
                    group: row.group.into(),
                    version: row.version.into(),
                    kind: row.kind.into(),
                },
                form: Form::Unstored,
            },
            old: None,
            catalog,
            api: Weak::new(),
        }
    }

    /// The object's namespace, or the name of an object that is a namespace.
    pub(crate) fn namespace(&self) -> &str {
        if self.is_namespace() {
            &self.cx.name
        } else {
            &self.cx.namespace
        }
    }

    pub(crate) fn is_namespace(&self) -> bool {
        self.place.group.is_empty() && self.place.resource == "namespaces"
    }

    /// The labels by which a namespace is selected: of the object itself while a namespace is written. `None` when there is no such
    /// namespace.
    pub(crate) fn namespace_labels(&self, object: Option<&Object>) -> Option<meta::Map<Str, Str>> {
        let writes = matches!(self.operation, Operation::Create | Operation::Update);
        if self.is_namespace() && self.cx.subresource.is_empty() && writes {
            return object.map(|object| object.metadata().labels.clone());
        }
        let key = ObjectKey::cluster(self.namespace());
        let (group, plural) = (
            api::core::v1::Namespace::GROUP,
            api::core::v1::Namespace::PLURAL,
        );
        let found = self.cx.reader.get(group, plural, &key)?;
        Some(found.metadata().labels.clone())
    }

    /// The same resource, or subresource, in its other versions and groups.
    pub(crate) fn equivalents(&self) -> Vec<Place> {
        let Some(own) = self.place.endpoint() else {
            return Vec::new();
        };
        let endpoints = self.catalog.endpoints().iter();
        let same = endpoints.filter(|endpoint| Arc::ptr_eq(&endpoint.cache, &own.cache));
        let places = same.filter_map(|endpoint| Place::at(endpoint, &self.cx.subresource));
        places.filter(|place| *place != self.place).collect()
    }

    /// The object as a document of `place`, which is this request's or an equivalent.
    pub(crate) fn shown(&self, place: &Place, object: &Object) -> Result<Value, ApiError> {
        Ok(match &place.form {
            Form::Whole(endpoint) => {
                let document = codec::to_value(endpoint.served.shown(object).as_message());
                self.converted(place, document)?
            }
            Form::View(endpoint) => {
                let view = self.view(self.working(endpoint))?;
                codec::to_value(view.get(object)?.as_message())
            }
            Form::Action(_) | Form::Unstored => codec::to_value(object.as_message()),
            Form::Options(_) => {
                let mut document = codec::to_value(object.as_message());
                if let Some(document) = document.as_object_mut() {
                    document.remove("metadata");
                }
                document["apiVersion"] = place.kind.api_version().into();
                document
            }
        })
    }

    /// A document of a custom resource in the version of `place`: requests work on objects of their own version. Where a webhook converts,
    /// [`Asked::awaited`] has taken another way.
    fn converted(&self, place: &Place, document: Value) -> Result<Value, ApiError> {
        let definition = place.endpoint().and_then(|endpoint| endpoint.definition());
        let Some(definition) = definition else {
            return Ok(document);
        };
        let api_version = place.kind.api_version();
        if document["apiVersion"] == *api_version {
            return Ok(document);
        }
        definition.view_tree(&document, &api_version)
    }

    /// Both objects in `place`, for which this waits where a webhook converts.
    pub(crate) async fn documents(
        &self,
        place: &Place,
        object: Option<&Object>,
    ) -> Result<Documents, ApiError> {
        if self.awaited(place).is_none() {
            let old = self.old.map(|old| self.shown(place, old)).transpose()?;
            let new = object.map(|object| self.shown(place, object)).transpose()?;
            return Ok(Documents {
                new: new.unwrap_or_default(),
                old: old.unwrap_or_default(),
            });
        }
        let mut documents = Documents::default();
        let both = [(object, &mut documents.new), (self.old, &mut documents.old)];
        for (object, document) in both {
            if let Some(object) = object {
                let own = self.shown(&self.place, object)?;
                *document = self.convert(place, &own).await?;
            }
        }
        Ok(documents)
    }

    /// Writes a changed document of `place` back, with defaults; waits where a webhook converts. Strictly, fields that the kind does not
    /// have are an error.
    pub(crate) async fn write_back(
        &self,
        place: &Place,
        document: &Value,
        object: &mut Object,
        strictness: Strictness,
    ) -> Result<(), ApiError> {
        if self.awaited(place).is_none() {
            return self.write(place, document, object, strictness);
        }
        let own = self.convert(&self.place, document).await?;
        self.write(&self.place, &own, object, strictness)
    }

    /// The definition whose webhook converts between this request's place and another.
    fn awaited<'p>(&self, place: &'p Place) -> Option<&'p Definition> {
        let Form::Whole(endpoint) = &place.form else {
            return None;
        };
        let definition = endpoint.definition()?;
        (*place != self.place && definition.webhook().is_some()).then_some(definition)
    }

    async fn convert(&self, place: &Place, document: &Value) -> Result<Value, ApiError> {
        let definition = place.endpoint().and_then(|endpoint| endpoint.definition());
        let definition = definition.ok_or_else(|| ApiError::internal("the definition is gone"))?;
        self.in_version(definition, document, &place.kind.api_version())
            .await
    }

    /// A document of a custom resource in another version.
    pub(crate) async fn in_version(
        &self,
        definition: &Definition,
        document: &Value,
        api_version: &str,
    ) -> Result<Value, ApiError> {
        if definition.webhook().is_none() {
            return definition.view_tree(document, api_version);
        }
        let gone = || ApiError::internal("the server is shutting down");
        let api = self.api.upgrade().ok_or_else(gone)?;
        definition.convert_tree(&api, document, api_version).await
    }

    fn write(
        &self,
        place: &Place,
        document: &Value,
        object: &mut Object,
        strictness: Strictness,
    ) -> Result<(), ApiError> {
        if let Form::Options(type_) = &place.form {
            *object = options_of(type_, document)?;
            return Ok(());
        }
        check_kind(place, document, strictness)?;
        let own = match &place.form {
            Form::Whole(_) => self.converted(&self.place, document.clone())?,
            _ => document.clone(),
        };
        // What a definition does not know is dropped.
        let is_custom = place
            .endpoint()
            .is_some_and(|endpoint| endpoint.definition().is_some());
        let strictness = if is_custom {
            Strictness::Lenient
        } else {
            strictness
        };
        let bytes = own.to_string();
        let (bytes, how) = (bytes.as_bytes(), Encoding::Json);
        let decoded = match &place.form {
            Form::Whole(endpoint) => self.working(endpoint).served.decode(bytes, how, strictness),
            Form::View(endpoint) => self
                .view(self.working(endpoint))?
                .decode(bytes, how, strictness),
            Form::Action(endpoint) => {
                let action = endpoint.cache.resource.action(&self.cx.subresource);
                let action = action.ok_or_else(|| ApiError::internal("the action is gone"))?;
                action.decode(bytes, how, strictness)
            }
            Form::Unstored if place.kind.kind == "TokenRequest" => {
                authn::decode_request(bytes, how, strictness)
            }
            Form::Unstored | Form::Options(_) => {
                reviews::decode_review(&place.kind.kind, bytes, how, strictness)
            }
        };
        let decoded = decoded.map_err(ApiError::internal)?;
        if !decoded.strict.is_empty() {
            return Err(ApiError::internal(decode::strictly(&decoded.strict)));
        }
        let decoded = decoded.object;
        match &place.form {
            Form::Whole(endpoint) => {
                *object = decoded;
                resource::set_first_defaults(self.cx, &*endpoint.cache.resource, object);
            }
            Form::View(endpoint) => {
                self.view(self.working(endpoint))?
                    .set(self.cx, object, &decoded)?;
            }
            Form::Action(_) | Form::Unstored | Form::Options(_) => *object = decoded,
        }
        Ok(())
    }

    /// The endpoint that decodes what [`Self::converted`] gives for this request's place: of custom resources its own.
    fn working<'e>(&'e self, endpoint: &'e Arc<Endpoint>) -> &'e Arc<Endpoint> {
        match self.place.endpoint() {
            Some(own) if own.definition().is_some() => own,
            _ => endpoint,
        }
    }

    fn view<'e>(&self, endpoint: &'e Endpoint) -> Result<&'e dyn ErasedView, ApiError> {
        let view = endpoint.served.view(&self.cx.subresource);
        view.ok_or_else(|| ApiError::internal("the view is gone"))
    }
}

/// Admission makes no object another kind's. What a definition describes is no struct, and says what it likes.
fn check_kind(place: &Place, document: &Value, strictness: Strictness) -> Result<(), ApiError> {
    let endpoint = place.endpoint();
    if endpoint.is_some_and(|endpoint| endpoint.definition().is_some()) {
        return Ok(());
    }
    let GroupVersionKind {
        group,
        version,
        kind,
    } = &place.kind;
    let expected = Expected::built_in((group, version, kind));
    let document = document.to_string();
    let other = decode::other_kind(document.as_bytes(), expected, strictness);
    other.map_or(Ok(()), |why| Err(ApiError::internal(why)))
}

/// The options of a connection as an object, which has no metadata of its own.
fn options_of(type_: &Arc<DynamicType>, document: &Value) -> Result<Object, ApiError> {
    let document = document.as_object().cloned().unwrap_or_default();
    let read = Dynamic::from_tree(Arc::clone(type_), document, Strictness::Lenient);
    let (object, _) = read.map_err(ApiError::internal)?;
    Ok(Box::new(object))
}

impl std::fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asked")
            .field("operation", &self.operation)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}
