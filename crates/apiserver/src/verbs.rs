//! One module per verb, and the way from a request's path to it.
pub(crate) mod action;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod delete_collection;
pub(crate) mod get;
pub(crate) mod list;
mod owners;
pub(crate) mod patch;
mod precondition;
pub(crate) mod update;
pub(crate) mod view;
pub(crate) mod watch;

use crate::{
    aggregation,
    audit::{self, Record, Sent},
    body::Body,
    cache::{Entry, ResourceCache},
    catalog::Catalog,
    decode,
    endpoint::Endpoint,
    flow::Watching,
    metrics::Labels,
    negotiate::{self, Accepted, Form, Offer},
    node_proxy, options, paths, render,
    request_info::VerbPlace,
    reviews,
    shared::Api,
    stack::{Call, RequestBody},
    status,
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use meta::{ApiError, Reason, Str};
use resource::{
    Annotations, Connect, NameRule, Object, RequestContext, ResourceInfo, ServerSide,
    SubresourceSort, User, Verb, Warnings,
};
use schema::discovery::GROUPS;
use serde_json::Value;
use std::sync::{Arc, atomic::Ordering};

/// One request on its way through a verb.
pub(crate) struct Request<'a> {
    pub(crate) api: &'a Api,
    pub(crate) endpoint: &'a Arc<Endpoint>,
    /// The endpoint's: what all versions share.
    pub(crate) cache: &'a Arc<ResourceCache>,
    pub(crate) accepted: Accepted,
    /// Of tables.
    pub(crate) include: options::IncludeObject,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) query: &'a str,
    pub(crate) namespace: Str,
    pub(crate) name: Str,
    pub(crate) subresource: Str,
    pub(crate) user: User,
    pub(crate) annotations: Option<Arc<Annotations>>,
    /// Of the audit event, where there is one.
    pub(crate) record: Option<Arc<Record>>,
    pub(crate) warnings: Arc<Warnings>,
    /// Of a watch: what it holds of its priority level.
    pub(crate) watching: Option<Arc<Watching>>,
}

impl Request<'_> {
    /// The name must be one that can stand in a path.
    ///
    /// # Errors
    /// 400 in upstream's words.
    pub(crate) fn check_name(&self) -> Result<(), ApiError> {
        let problems = NameRule::PathSegment.check(&self.name, false);
        if problems.is_empty() {
            return Ok(());
        }
        let (name, problems) = (meta::go_quote(&self.name), problems.join(";"));
        let words = format!("Name parameter invalid: {name}: {problems}");
        Err(ApiError::bad_request(words))
    }

    pub(crate) fn key(&self) -> Str {
        crate::cache::cache_key(&self.namespace, &self.name)
    }

    /// The whole body of a request that is to `verb` something.
    ///
    /// # Errors
    /// When it is too large or breaks off.
    pub(crate) async fn read(&self, body: RequestBody, verb: &str) -> Result<Bytes, ApiError> {
        let body = decode::read(body).await?;
        let metrics = &self.api.metrics;
        metrics.read(self.endpoint.info(), verb, body.len());
        Ok(body)
    }

    /// The options of a patch, which the audit event does not tell when they are wrong.
    ///
    /// # Errors
    /// Those of [`options::write_options`].
    pub(crate) fn patch_options(&self, apply: bool) -> Result<options::WriteOptions, ApiError> {
        let options = options::write_options(self.query, "PatchOptions", apply);
        if options.is_err()
            && let Some(record) = &self.record
        {
            record.is_unread.store(true, Ordering::Relaxed);
        }
        options
    }

    /// Tells the audit event what was sent.
    pub(crate) fn sent(&self, object: &Object) {
        let Some(record) = &self.record else { return };
        *record.sent.lock() = Sent {
            names: Sent::names_of(object.metadata()),
            object: record
                .tells_objects
                .then(|| self.document(&self.defaulted(object)))
                .flatten(),
        };
    }

    /// As it was understood: with its defaults.
    fn defaulted(&self, object: &Object) -> Object {
        let mut object = object.clone_object();
        self.cache.resource.set_defaults(&mut object);
        object
    }

    /// The object in JSON and in the request's version.
    fn document(&self, object: &Object) -> Option<Value> {
        let renderer = render::Renderer {
            accepted: Accepted::JSON,
            ..self.renderer()
        };
        let response = renderer.object(StatusCode::OK, object);
        let (_, bytes) = audit::whole(response);
        serde_json::from_slice(&bytes?).ok()
    }

    /// An entry that can be rendered.
    ///
    /// # Errors
    /// Those of the webhook that converts it, if one does.
    pub(crate) async fn shown(&self, entry: &Arc<Entry>) -> Result<Arc<Entry>, ApiError> {
        self.endpoint.shown_now(self.api, entry).await
    }

    pub(crate) fn renderer(&self) -> render::Renderer<'_> {
        render::Renderer {
            endpoint: self.endpoint,
            accepted: self.accepted,
            include: self.include,
            now: self.api.now(),
        }
    }

    /// The context of a write.
    pub(crate) fn context(&self, verb: Verb, write: &options::WriteOptions) -> RequestContext {
        let mut cx = self.api.context(self.user.clone(), verb);
        cx.namespace = self.namespace.clone();
        cx.api_version = self.endpoint.info().api_version.clone();
        cx.name = self.name.clone();
        cx.subresource = self.subresource.clone();
        cx.dry_run = write.dry_run;
        cx.annotations = self.annotations.clone();
        cx.warnings = Arc::clone(&self.warnings);
        cx.field_manager = crate::shared::field_manager(&write.field_manager, self.headers);
        cx.options = write.given();
        cx
    }
}

/// Serves an authorized request.
pub(crate) async fn serve(api: &Arc<Api>, mut call: Call) -> Response<Body> {
    if let Some(remote) = api.aggregation.of_path(&call.info.path) {
        return aggregation::serve(api, &remote, call).await;
    }
    if !call.info.is_resource {
        return paths::serve(api, call).await;
    }
    let catalog = api.catalog();
    if let Some(review) = reviews::find(&catalog, &call.info) {
        let labels = labels(&call, false);
        let times = call.times;
        return match reviews::serve(api, review, call).await {
            Ok(response) => api.metrics.answered(api, &labels, times, None, response),
            Err(unrouted) => *unrouted,
        };
    }
    let wanted = &call.info;
    let Some(endpoint) = catalog.served(&wanted.group, &wanted.version, &wanted.resource) else {
        return unknown(&catalog, &call);
    };
    if is_misplaced(&call, endpoint.info()) {
        return status::page_not_found();
    }
    let labels = labels(&call, endpoint.info().dynamic);
    let lasts = call.info.is_long_running();
    let mut open = (lasts && labels.verb == "CONNECT").then(|| api.metrics.lasting(&labels));
    let (parts, body) = call.take_request().into_parts();
    let response = match resource(api, &endpoint, &call, &parts, body).await {
        Ok(response) if negotiate::accepts_gzip(&parts.headers) => render::compressed(response),
        Ok(response) => response,
        // No route leads there: upstream neither warns nor counts.
        Err(error) if status::is_unrouted(&error) => {
            return status::error_at(&error, &parts.headers, parts.uri.query().unwrap_or(""));
        }
        Err(error) => status::error_at(&error, &parts.headers, parts.uri.query().unwrap_or("")),
    };
    let subresource = &call.info.subresource;
    let is_part = subresource.is_empty() || endpoint.info().subresource(subresource).is_some();
    if !is_part && !endpoint.info().dynamic {
        return response;
    }
    if let Some(words) = &endpoint.info().deprecation {
        api.metrics
            .deprecated(endpoint.info(), &call.info.subresource);
        call.warnings.add_first(words.as_str());
        if let Some(record) = &call.record {
            record.annotations.add("k8s.io/deprecated", "true");
        }
    }
    api.metrics.asked(&labels, &call.user.name);
    if lasts && open.is_none() && response.status().as_u16() < 400 {
        let labels = Labels::of(&call.info, &parts.method, &parts.uri, &parts.headers);
        open = Some(api.metrics.lasting(&labels));
    }
    api.metrics
        .answered(api, &labels, call.times, open, response)
}

fn labels(call: &Call, is_dynamic: bool) -> Labels {
    let request = &call.request;
    let asked = (request.method(), request.uri(), request.headers());
    Labels::routed(&call.info, is_dynamic, asked)
}

/// Whether the path is not one at which the kind is: plain text says so where no program has a route for it.
fn is_misplaced(call: &Call, info: &ResourceInfo) -> bool {
    let across = matches!(&*call.info.verb, "list" | "watch");
    let in_namespace = !call.info.namespace.is_empty();
    info.dynamic
        && if info.namespaced() {
            !in_namespace && !across
        } else {
            in_namespace
        }
}

/// 404: a Status when the group is one of this program's and served, else plain text.
fn unknown(catalog: &Catalog, call: &Call) -> Response<Body> {
    let group = &*call.info.group;
    let ours = GROUPS.iter().any(|known| known.name == group);
    if ours && catalog.discovery.has_group(group) {
        status::error_for(&status::unknown_resource(), call.request.headers())
    } else {
        status::page_not_found()
    }
}

async fn resource(
    api: &Arc<Api>,
    endpoint: &Arc<Endpoint>,
    call: &Call,
    parts: &http::request::Parts,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let info = endpoint.info();
    let namespace = call.info.container();
    if !namespace.is_empty() && !info.namespaced() {
        return Err(status::unknown_resource());
    }
    if !info.dynamic {
        check_place(call, info, parts)?;
        check_method(call, info, parts)?;
    }
    let query = parts.uri.query().unwrap_or("");
    let accepted = accepted(call, info, &parts.headers, query)?;
    let request = Request {
        api,
        endpoint,
        cache: &endpoint.cache,
        accepted,
        include: match accepted.form {
            Form::Table => options::include_object(query)?,
            _ => options::IncludeObject::default(),
        },
        headers: &parts.headers,
        query,
        namespace,
        name: name_of(call, info),
        subresource: call.info.subresource.clone(),
        user: call.user.clone(),
        annotations: call.annotations(),
        record: call.record.clone(),
        warnings: Arc::clone(&call.warnings),
        watching: call.watching.clone(),
    };
    if matches!(&*request.namespace, "." | "..") && call.info.verb != "create" {
        return Err(invalid_key(info, &request));
    }
    if !request.subresource.is_empty() {
        let upgrade = http::Request::from_parts(parts.clone(), body);
        return subresource(request, call, upgrade).await;
    }
    let named = !request.name.is_empty();
    let elsewhere = info.namespaced() && request.namespace.is_empty();
    let verb = verb_of(&call.info.verb)
        .filter(|verb| info.verbs.contains(verb))
        .ok_or_else(|| not_supported(info, &call.info.verb))?;
    match verb {
        Verb::Get if named => get::get(&request).await,
        Verb::List => list::list(&request).await,
        Verb::Watch => watch::watch(&request, parts.extensions.get().cloned()).await,
        Verb::Create if !named && !elsewhere => create::create(&request, body).await,
        Verb::Update if named && !elsewhere => update::update(&request, body).await,
        Verb::Patch if named && !elsewhere => patch::patch(&request, body).await,
        Verb::Delete if named && !elsewhere => delete::delete(&request, body).await,
        Verb::DeleteCollection if !elsewhere => {
            delete_collection::delete_collection(&request, body).await
        }
        Verb::Update | Verb::Patch if !named => Err(nameless(&request, verb)),
        _ => Err(status::method_not_allowed()),
    }
}

/// Kinds of this program have routes: none to an object in a namespace without that namespace, none to a watch but by GET.
fn check_place(
    call: &Call,
    info: &ResourceInfo,
    parts: &http::request::Parts,
) -> Result<(), ApiError> {
    let named = !call.info.name.is_empty() && !name_of(call, info).is_empty();
    if named && info.namespaced() && call.info.namespace.is_empty() {
        return Err(status::unknown_resource());
    }
    if call.info.verb_place == VerbPlace::Path {
        if call.info.verb != "watch" || !call.info.subresource.is_empty() {
            return Err(status::unknown_resource());
        }
        if parts.method != Method::GET {
            return Err(status::method_not_allowed());
        }
    }
    Ok(())
}

/// Kinds of this program have routes, which are told apart by method, and then by what is sent, before anybody looks at what is accepted.
fn check_method(
    call: &Call,
    info: &ResourceInfo,
    parts: &http::request::Parts,
) -> Result<(), ApiError> {
    let part = &call.info.subresource;
    let verbs = match info.subresource(part) {
        _ if part.is_empty() => info.verbs,
        Some(found) if found.sort == PROXIED => return Ok(()),
        Some(found) => found.verbs,
        None => return Ok(()),
    };
    if parts.method == Method::HEAD {
        return Err(status::method_not_allowed());
    }
    let verb = verb_of(&call.info.verb).filter(|verb| verbs.contains(verb));
    let is_many = name_of(call, info).is_empty();
    match verb {
        // The route of a list leads to a refusal in words of its own.
        None if call.info.verb == "watch" && verbs.contains(&Verb::List) => Ok(()),
        None => Err(status::method_not_allowed()),
        Some(Verb::Update | Verb::Patch) if is_many => Err(status::method_not_allowed()),
        Some(Verb::Create) if part.is_empty() && !is_many => Err(status::method_not_allowed()),
        Some(Verb::Patch) => patch::check_media(negotiate::media_type(&parts.headers), info),
        Some(_) => Ok(()),
    }
}

/// A name that comes from a field selector is for authorization alone. Kinds of definitions are made wherever their path ends.
fn name_of(call: &Call, info: &ResourceInfo) -> Str {
    let of_many = matches!(&*call.info.verb, "list" | "watch" | "deletecollection");
    if !of_many || (call.info.verb == "watch" && call.info.verb_place == VerbPlace::Path) {
        let makes = call.info.verb == "create" && call.info.subresource.is_empty();
        if makes && info.dynamic {
            return Str::default();
        }
        return call.info.name.clone();
    }
    Str::default()
}

/// What a resource says to a method that it does not have: kinds of definitions have no routes, and name it. A watch has the route of a list.
fn not_supported(info: &ResourceInfo, verb: &str) -> ApiError {
    if info.dynamic || (verb == "watch" && info.verbs.contains(&Verb::List)) {
        ApiError::method_not_supported(&info.group, &info.plural, verb)
    } else {
        status::method_not_allowed()
    }
}

/// A change of something, but not of what: kinds of definitions have no routes that would tell.
fn nameless(request: &Request<'_>, verb: Verb) -> ApiError {
    let info = request.endpoint.info();
    if !info.dynamic || (info.namespaced() && request.namespace.is_empty()) {
        return status::method_not_allowed();
    }
    let media = negotiate::media_type(request.headers);
    match verb {
        Verb::Patch => patch::check_media(media, info).err(),
        _ => None,
    }
    .unwrap_or_else(|| ApiError::bad_request("name must be provided"))
}

/// What is behind these paths answers every method.
const PROXIED: SubresourceSort = SubresourceSort::Server(ServerSide::Connect(Connect::Proxy));

/// Upstream has no key for what is in such a namespace, and no reason to tell.
fn invalid_key(info: &ResourceInfo, request: &Request<'_>) -> ApiError {
    let key = format!("/{}/{}", info.plural, request.key());
    let words = format!("invalid key: {}", meta::go_quote(key.trim_end_matches('/')));
    ApiError::new(Reason::Unknown, words)
}

async fn subresource(
    request: Request<'_>,
    call: &Call,
    original: http::Request<RequestBody>,
) -> Result<Response<Body>, ApiError> {
    let info = request.endpoint.info();
    let found = info
        .subresource(&request.subresource)
        .ok_or_else(|| unknown_subresource(info, &request.name))?;
    if request.name.is_empty() {
        return Err(status::method_not_allowed());
    }
    if found.sort != PROXIED && !call.info.rest.is_empty() {
        return Err(status::unknown_resource());
    }
    if found.sort == PROXIED && original.method() == http::Method::OPTIONS {
        return node_proxy::connect(&request, Connect::Proxy, call, original).await;
    }
    let verb = verb_of(&call.info.verb);
    let verb = verb
        .filter(|verb| found.verbs.contains(verb))
        .ok_or_else(|| not_supported(info, &call.info.verb))?;
    match found.sort {
        SubresourceSort::Server(ServerSide::Connect(connect)) => {
            node_proxy::connect(&request, connect, call, original).await
        }
        SubresourceSort::Server(ServerSide::Token) => {
            crate::authn::token_request(&request, original.into_body()).await
        }
        SubresourceSort::Action => action::act(request, original.into_body()).await,
        SubresourceSort::View => view::serve(&request, verb, original.into_body()).await,
        SubresourceSort::Part => match verb {
            Verb::Get => get::get(&request).await,
            Verb::Update => update::update(&request, original.into_body()).await,
            Verb::Patch => patch::patch(&request, original.into_body()).await,
            _ => Err(status::method_not_allowed()),
        },
    }
}

fn unknown_subresource(info: &ResourceInfo, name: &str) -> ApiError {
    if info.dynamic {
        crate::shared::not_found(info, name)
    } else {
        status::unknown_resource()
    }
}

/// Of an object's parts the status is shown as the object is.
fn is_in_tables(call: &Call, info: &ResourceInfo) -> bool {
    call.info.subresource == "status" && info.upstream.status_in_tables
}

/// Streams of a node's bytes have whatever type they have; all else is negotiated.
fn accepted(
    call: &Call,
    info: &ResourceInfo,
    headers: &HeaderMap,
    query: &str,
) -> Result<Accepted, ApiError> {
    let sort = info.subresource(&call.info.subresource).map(|sub| sub.sort);
    let offer = match sort {
        Some(SubresourceSort::Action | SubresourceSort::Server(_)) => Offer::Unlisted,
        Some(SubresourceSort::View) if !info.dynamic => Offer::Objects,
        _ if info.dynamic => Offer::DynamicObjects,
        Some(SubresourceSort::Part) if !is_in_tables(call, info) => Offer::Unlisted,
        _ => Offer::Objects,
    };
    let watches = call.info.verb == "watch";
    if sort == Some(SubresourceSort::Server(ServerSide::Connect(Connect::Log))) {
        negotiate::check_log(headers)?;
    } else if call.info.is_long_running() && !watches {
        return Ok(Accepted::of(headers, offer).unwrap_or(Accepted::JSON));
    } else if !info.dynamic {
        negotiate::check_route(headers, watches || call.info.verb == "list")?;
    }
    let accepted = Accepted::of(headers, offer)?;
    Ok(Accepted {
        pretty: options::pretty(query).unwrap_or(accepted.pretty),
        ..accepted
    })
}

fn verb_of(name: &str) -> Option<Verb> {
    Verb::ALL.iter().copied().find(|verb| verb.as_str() == name)
}

/// Writes what was said of a request beside its answer, as headers.
pub(crate) fn write_warnings(response: &mut Response<Body>, warnings: &Warnings) {
    for warning in warnings.take() {
        add_warning(response, &warning);
    }
}

/// Says something to whoever sent the request.
pub(crate) fn add_warning(response: &mut Response<Body>, words: &str) {
    let escaped = words.replace('\\', "\\\\").replace('"', "\\\"");
    if let Ok(value) = HeaderValue::from_bytes(format!("299 - \"{escaped}\"").as_bytes()) {
        response.headers_mut().append(http::header::WARNING, value);
    }
}
