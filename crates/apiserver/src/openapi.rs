//! OpenAPI of what is served, from the schema tables. Documents are made on demand and not held; clients keep them by their hashes.
mod content;
mod descriptions;

use crate::{
    aggregation::{Swagger, swagger},
    body::Body,
    catalog::Catalog,
    discovery, negotiate, query, render,
    shared::Api,
    status,
};
use content::Identity;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use parking_lot::Mutex;
use resource::ResourceInfo;
use ring::digest;
use schema::openapi::{self, Endpoint, Place, Version};
use serde_json::{Map, Value, json};
use std::{collections::HashMap, fmt::Write, sync::Arc};

/// Since when each document is as it is: the hash it had when it was last asked for, and when that was new.
#[derive(Debug, Default)]
pub(crate) struct Ages(Mutex<HashMap<String, (String, Timestamp)>>);

impl Ages {
    fn modified(&self, place: &str, etag: &str, now: Timestamp) -> Timestamp {
        let mut known = self.0.lock();
        let age = known.entry(place.to_owned()).or_default();
        if age.0 != etag {
            *age = (etag.to_owned(), now);
        }
        age.1
    }
}

/// Of a document.
#[derive(Clone, Copy)]
enum Encoding {
    Json,
    Protobuf,
}

/// What a document is of.
#[derive(Clone)]
enum Document {
    V2,
    /// The path of a place: `apis/apps/v1`.
    V3(String),
}

/// What a request says of the document that it wants.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    method: &'a Method,
    query: &'a str,
    headers: &'a HeaderMap,
}

impl<'a> Asked<'a> {
    pub(crate) fn of<B>(request: &'a Request<B>) -> Self {
        Self {
            method: request.method(),
            query: request.uri().query().unwrap_or(""),
            headers: request.headers(),
        }
    }
}

/// Serves `/openapi/v2`, `/openapi/v3` and `/openapi/v3/…`.
pub(crate) async fn serve(
    api: &Arc<Api>,
    path: &[&str],
    asked: Asked<'_>,
) -> Option<Response<Body>> {
    match path {
        ["v2"] => Some(answer(api, Document::V2, asked).await),
        ["v3"] => Some(index(api, asked.headers)),
        ["v3", place @ ..] => {
            let place = place.join("/");
            let catalog = api.catalog();
            let endpoints = endpoints(&catalog);
            if !Place::all(&endpoints)
                .iter()
                .any(|known| known.path() == place)
            {
                return Some(nothing());
            }
            Some(answer(api, Document::V3(place), asked).await)
        }
        _ => None,
    }
}

/// There is no document at a path.
pub(crate) fn nothing() -> Response<Body> {
    bare(StatusCode::NOT_FOUND)
}

fn bare(code: StatusCode) -> Response<Body> {
    let mut response = status::with_body(code, status::TEXT, Body::empty());
    response.headers_mut().remove(header::CONTENT_TYPE);
    response
}

/// The index: where the document of each place is, and its hash.
fn index(api: &Api, headers: &HeaderMap) -> Response<Body> {
    let catalog = api.catalog();
    let endpoints = endpoints(&catalog);
    let mut paths: Map<String, Value> = Place::all(&endpoints)
        .iter()
        .map(|place| {
            let path = place.path();
            let url = hashed_url(&path, &hash(api, &endpoints, &path));
            (path, json!({ "serverRelativeURL": url }))
        })
        .collect();
    for (place, url) in api.aggregation.documents() {
        paths.insert(place, json!({ "serverRelativeURL": url }));
    }
    // Upstream lets its file server guess what this is.
    let document = json!({ "paths": paths }).to_string().into_bytes();
    let identity = Identity {
        etag: None,
        modified: api.platform.clock.now(),
        media: "text/plain; charset=utf-8",
    };
    let condition = identity.condition(headers);
    condition.unwrap_or_else(|| identity.answer(headers, document, &boundary(api)))
}

/// Divides the parts of an answer, as long as Go's.
fn boundary(api: &Api) -> String {
    let mut bytes = [0; 30];
    api.platform.rng.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hashed_url(place: &str, hash: &str) -> String {
    format!("/openapi/v3/{place}?hash={hash}")
}

async fn answer(api: &Arc<Api>, document: Document, asked: Asked<'_>) -> Response<Body> {
    let headers = asked.headers;
    let accept = negotiate::accept(headers);
    let accept = if accept.is_empty() { "*/*" } else { &accept };
    if matches!(document, Document::V3(_)) && negotiate::media_types(accept).next().is_none() {
        // Upstream has nothing to say to whoever takes nothing.
        return bare(StatusCode::OK);
    }
    let Some(encoding) = accepted(accept, &document) else {
        return varying(bare(StatusCode::NOT_ACCEPTABLE), &document);
    };
    let mut immutable = false;
    let catalog = api.catalog();
    let etag = match &document {
        Document::V2 => {
            let own = hash(api, &endpoints(&catalog), "");
            with_others(own, &api.aggregation.swaggers())
        }
        Document::V3(place) => {
            let etag = hash(api, &endpoints(&catalog), place);
            let known = query::pairs(asked.query).find(|(key, _)| key == "hash");
            if let Some((_, known)) = known.filter(|(_, known)| !known.is_empty()) {
                if known != etag {
                    return varying(moved(&hashed_url(place, &etag)), &document);
                }
                immutable = true;
            }
            etag
        }
    };
    let place = match &document {
        Document::V2 => "",
        Document::V3(place) => place,
    };
    let identity = Identity {
        etag: Some(&etag),
        modified: api
            .documents
            .modified(place, &etag, api.platform.clock.now()),
        media: media(&document, encoding),
    };
    let response = match identity.condition(headers) {
        Some(response) => response,
        None => built(api, &document, encoding, asked, &identity).await,
    };
    let mut response = varying(response, &document);
    if immutable {
        cache_for_a_year(api, &mut response);
    }
    response
}

/// Builds the document beside the threads that serve: large ones take tens of milliseconds.
async fn built(
    api: &Arc<Api>,
    document: &Document,
    encoding: Encoding,
    Asked {
        method, headers, ..
    }: Asked<'_>,
    identity: &Identity<'_>,
) -> Response<Body> {
    // Upstream compresses the one document, and not the many small ones; and nothing that is not sent.
    let gzips = matches!(document, Document::V2) && *method != Method::HEAD;
    let (here, made) = (Arc::clone(api), document.clone());
    let work = api
        .platform
        .tasks
        .spawn_blocking("OpenAPI document", move || encoded(&here, &made, encoding));
    let bytes = match work.await {
        Ok(bytes) => bytes,
        Err(error) => {
            let failure = meta::ApiError::internal(error.to_string());
            return status::error_for(&failure, headers);
        }
    };
    let response = identity.answer(headers, bytes, &boundary(api));
    let whole = response.status() == StatusCode::OK;
    if whole && gzips && negotiate::accepts_gzip(headers) {
        render::compressed(response)
    } else {
        response
    }
}

fn encoded(api: &Api, document: &Document, encoding: Encoding) -> Vec<u8> {
    let catalog = api.catalog();
    let endpoints = endpoints(&catalog);
    let version = served_version(api);
    match document {
        Document::V2 => {
            let mut made = openapi::v2(&endpoints, version);
            descriptions::add(&mut made["definitions"], Version::V2);
            let all = |_: &ResourceInfo| true;
            add_kinds(&catalog, all, Version::V2, &mut made["definitions"]);
            for other in api.aggregation.swaggers() {
                if let Some(document) = &other.document {
                    swagger::merge(&mut made, document);
                }
            }
            match encoding {
                Encoding::Json => made.to_string().into_bytes(),
                Encoding::Protobuf => openapi::v2_to_protobuf(&made),
            }
        }
        Document::V3(path) => {
            let places = Place::all(&endpoints);
            let place = places.iter().find(|place| place.path() == *path);
            let place = *place.expect("a document is made of a place that is there");
            let mut made = openapi::v3(&endpoints, place, version);
            let schemas = &mut made["components"]["schemas"];
            descriptions::add(schemas, Version::V3);
            let here =
                |info: &ResourceInfo| place == Place::GroupVersion(&info.group, &info.version);
            add_kinds(&catalog, here, Version::V3, schemas);
            match encoding {
                Encoding::Json => made.to_string().into_bytes(),
                Encoding::Protobuf => openapi::v3_to_protobuf(&made),
            }
        }
    }
}

/// Adds the types of kinds that definitions add.
fn add_kinds(
    catalog: &Catalog,
    wanted: impl Fn(&ResourceInfo) -> bool,
    version: Version,
    table: &mut Value,
) {
    let own_fields = std::cell::LazyCell::new(descriptions::OwnFields::read);
    let endpoints = catalog.endpoints().iter();
    for endpoint in endpoints.filter(|endpoint| wanted(endpoint.info())) {
        let served = &endpoint.info().version;
        if let Some(definition) = endpoint.definition()
            && let Some(names) = definition.names_in_openapi(served)
        {
            definition.add_to_openapi(served, version, table);
            own_fields.describe(&mut table[names.object], version);
            descriptions::describe_fields_of_list(&mut table[names.list]);
        }
    }
}

/// All that is served, as the documents show it.
fn endpoints(catalog: &Catalog) -> Vec<Endpoint<'_>> {
    let served = catalog.endpoints().iter().map(|endpoint| {
        let info = endpoint.info();
        let definition = endpoint.definition();
        Endpoint {
            definitions: definition.and_then(|added| added.names_in_openapi(&info.version)),
            ..discovery::endpoint(info)
        }
    });
    let mut endpoints: Vec<Endpoint<'_>> = served.collect();
    endpoints.extend(catalog.unstored().iter().copied().map(Endpoint::from));
    endpoints
}

/// `1.36` of `v1.36.2+sampan`.
fn served_version(api: &Api) -> &str {
    let version = api.version.git_version.trim_start_matches('v');
    let end = version
        .match_indices('.')
        .nth(1)
        .map_or(version.len(), |(at, _)| at);
    &version[..end]
}

/// Changes whenever the document of a place (of version 2: of "") can have changed: with the build and with what is served there. So no
/// document need be made to know it.
fn hash(api: &Api, endpoints: &[Endpoint<'_>], place: &str) -> String {
    let version = &api.version;
    let mut seed = format!(
        "{} {} {} {place}",
        version.git_version, version.git_commit, version.build_date
    );
    for endpoint in endpoints {
        let group_version = Place::GroupVersion(endpoint.group, endpoint.version);
        let group = Place::Group(endpoint.group);
        if place.is_empty() || group_version.path() == place || group.path() == place {
            write!(seed, "{endpoint:?}").expect("a String takes all writes");
        }
    }
    hex(digest::digest(&digest::SHA512, seed.as_bytes()).as_ref())
}

/// The hash of a document into which those of other servers are put.
fn with_others(own: String, others: &[Arc<Swagger>]) -> String {
    if others.is_empty() {
        return own;
    }
    let mut seed = own;
    for other in others {
        write!(seed, " {:?}", other.etag).expect("a String takes all writes");
    }
    hex(digest::digest(&digest::SHA512, seed.as_bytes()).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The first encoding that the client takes. The protobuf types are client-go's own, the first as old clients spell it.
fn accepted(accept: &str, document: &Document) -> Option<Encoding> {
    let old = match document {
        Document::V2 => "com.github.proto-openapi.spec.v2@v1.0+protobuf",
        Document::V3(_) => "com.github.proto-openapi.spec.v3@v1.0+protobuf",
    };
    let new = media(document, Encoding::Protobuf);
    negotiate::media_types(accept).find_map(|(type_, subtype)| match subtype {
        _ if !matches!(type_, "application" | "*") => None,
        "json" | "*" => Some(Encoding::Json),
        _ if subtype == old || new.ends_with(&format!("/{subtype}")) => Some(Encoding::Protobuf),
        _ => None,
    })
}

fn media(document: &Document, encoding: Encoding) -> &'static str {
    match (encoding, document) {
        (Encoding::Json, _) => "application/json",
        (Encoding::Protobuf, Document::V2) => {
            "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"
        }
        (Encoding::Protobuf, Document::V3(_)) => {
            "application/com.github.proto-openapi.spec.v3.v1.0+protobuf"
        }
    }
}

fn moved(to: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

/// The one document that is compressed says so, whether it is or not.
fn varying(mut response: Response<Body>, document: &Document) -> Response<Body> {
    let headers = response.headers_mut();
    if matches!(document, Document::V2) {
        let encoding = HeaderValue::from_static("Accept-Encoding");
        headers.insert(header::VARY, encoding);
    }
    headers.append(header::VARY, HeaderValue::from_static("Accept"));
    response
}

/// A document under its own hash never changes.
fn cache_for_a_year(api: &Api, response: &mut Response<Body>) {
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, immutable"),
    );
    if let Ok(value) = HeaderValue::from_str(&in_a_year(api.platform.clock.now())) {
        headers.insert(header::EXPIRES, value);
    }
}

fn in_a_year(now: Timestamp) -> String {
    let now = now.to_zoned(TimeZone::UTC);
    let then = now.checked_add(1.year()).unwrap_or(now);
    then.strftime("%a, %d %b %Y %H:%M:%S UTC").to_string()
}

#[cfg(test)]
mod tests;
