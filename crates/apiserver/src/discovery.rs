//! What is served: group lists, resource lists, and both in one document.
use crate::{
    aggregation::RemoteVersion,
    body::Body,
    bootstrap::served,
    negotiate::{self, Accepted, Media, Offer},
    options, status,
};
use api::apidiscovery::v2::APIGroupDiscoveryList;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use meta::{
    codec::{self, Message, Strictness},
    v1::{APIGroup, APIGroupList, APIResourceList, APIVersions},
};
use resource::ResourceInfo;
use ring::digest;
use schema::{
    discovery::{self, GROUPS, ResourceInfo as Row},
    openapi::{Endpoint, Subendpoint},
};
use serde_json::{Value, json};
use std::cmp::Reverse;

/// What a client may compare to learn that a kind is stored in another version than before: upstream's `storageVersionHash`.
/// `stored`: the version in which a definition stores its kind.
fn storage_version_hash(info: &ResourceInfo, stored: Option<&str>) -> Option<String> {
    if !info.is_stored() {
        return None;
    }
    let served = (&*info.group, stored.unwrap_or(&info.version));
    let (group, version) = info.upstream.stored_as.unwrap_or(served);
    let text = format!("{group}/{version}/{}", info.kind);
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    Some(STANDARD.encode(&hash.as_ref()[..8]))
}

/// A resource that discovery is to show.
pub(crate) struct Shown<'a> {
    pub(crate) info: &'a ResourceInfo,
    /// Whether its definition is being deleted.
    pub(crate) ends: bool,
    /// The version in which it is stored, of a kind of a definition.
    pub(crate) stored: Option<&'a str>,
}

/// A registered resource as discovery and OpenAPI show it. Of a subresource the table knows the kind where it is none of the registered
/// ones: the options of a connection.
pub(crate) fn endpoint(info: &ResourceInfo) -> Endpoint<'_> {
    let row = discovery::resource(&info.group, &info.version, &info.plural);
    let subresources = info.subresources.iter().map(|sub| {
        let known = row.and_then(|row| row.subresource(sub.name));
        Subendpoint {
            name: sub.name,
            group: &sub.group,
            version: &sub.version,
            kind: known.map_or(&sub.kind, |known| known.kind),
            verbs: verbs(sub.verbs),
        }
    });
    Endpoint {
        group: &info.group,
        version: &info.version,
        plural: &info.plural,
        kind: &info.kind,
        namespaced: info.namespaced(),
        verbs: if info.dynamic {
            info.verbs.iter().map(|verb| verb.as_str()).collect()
        } else {
            verbs(info.verbs)
        },
        subresources: subresources.collect(),
        definitions: None,
    }
}

/// Orders the versions of a group as upstream does, the preferred one first: stable before beta before alpha, greater numbers
/// before smaller ones, and all of these before names of other forms.
pub(crate) fn priority(version: &str) -> impl Ord + use<> {
    let (stage, major, minor) = numbered(version).unwrap_or((3, 0, 0));
    let name = if stage == 3 { version } else { "" };
    (stage, Reverse(major), Reverse(minor), name.to_owned())
}

/// `v2beta3`: stage, 2 and 3.
fn numbered(version: &str) -> Option<(u8, u64, u64)> {
    let number = |text: &str| {
        let digits = !text.is_empty() && !text.starts_with('0');
        digits.then(|| text.parse().ok()).flatten()
    };
    let rest = version.strip_prefix('v')?;
    for (stage, word) in [(1, "beta"), (2, "alpha")] {
        if let Some((major, minor)) = rest.split_once(word) {
            return Some((stage, number(major)?, number(minor)?));
        }
    }
    Some((0, number(rest)?, 0))
}

/// Whether the client has the document with this hash already.
pub(crate) fn knows(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    known.split(',').any(|known| {
        let known = known.trim().trim_start_matches("W/");
        known == "*" || known.trim_matches('"') == etag
    })
}

/// The documents, built once.
#[derive(Debug)]
pub(crate) struct Discovery {
    groups: Vec<Group>,
    /// `host:port` where the server says that it is.
    address: String,
}

#[derive(Debug)]
struct Group {
    name: String,
    /// Groups of other servers stand among these by theirs.
    priority: i32,
    versions: Vec<Version>,
}

#[derive(Debug)]
struct Version {
    version: String,
    resources: Vec<Value>,
    aggregated: Vec<Value>,
    freshness: &'static str,
    /// Of a version of another server; others are ordered by name.
    priority: Option<i32>,
}

/// A resource and its names.
struct Entry<'a> {
    endpoint: Endpoint<'a>,
    singular: &'a str,
    short_names: Vec<&'a str>,
    categories: Vec<&'a str>,
    /// See [`ResourceInfo::dynamic`].
    dynamic: bool,
    storage_version_hash: Option<String>,
}

impl Discovery {
    pub(crate) fn new<'a>(
        infos: impl Iterator<Item = Shown<'a>>,
        unstored: &[&'static Row],
        remote: &[RemoteVersion],
        address: String,
    ) -> Self {
        let infos: Vec<Shown<'_>> = infos.collect();
        let mut groups: Vec<Group> = Vec::new();
        let known = GROUPS
            .iter()
            .flat_map(|group| group.versions.iter().map(|version| (group.name, *version)));
        let mut pairs: Vec<(&str, &str)> = known.collect();
        // Groups of definitions have the same priority, below that of all others: they follow by name.
        let added = infos
            .iter()
            .map(|shown| (&*shown.info.group, &*shown.info.version));
        let mut added: Vec<_> = added.filter(|added| !pairs.contains(added)).collect();
        added.sort_by_cached_key(|(group, version)| (*group, priority(version)));
        added.dedup();
        pairs.extend(added);
        for (name, version) in pairs {
            let built = build(&infos, unstored, name, version);
            if built.resources.is_empty() {
                continue;
            }
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.versions.push(built),
                None => groups.push(Group {
                    name: name.to_owned(),
                    priority: served::group_priority(name),
                    versions: vec![built],
                }),
            }
        }
        for version in remote {
            add_remote(&mut groups, version);
        }
        Self { groups, address }
    }

    pub(crate) fn has_group(&self, group: &str) -> bool {
        self.groups.iter().any(|known| known.name == group)
    }

    /// Whether a group is one of this program's, and served.
    fn has_own(&self, group: &str) -> bool {
        self.has_group(group) && GROUPS.iter().any(|known| known.name == group)
    }

    /// Whether a document answers whatever the method: that of all groups, that of one, and those of versions of definitions. Upstream's
    /// others are routes.
    pub(crate) fn takes_any_method(&self, path: &[&str]) -> bool {
        match path {
            // The group in which others are registered is its server's own.
            ["apis", "apiregistration.k8s.io"] => false,
            ["apis"] | ["apis", _] => true,
            ["apis", group, _] => !self.has_own(group),
            _ => false,
        }
    }

    /// The 404 of a path at which there is nothing: a Status below the groups of this program, else plain text.
    pub(crate) fn nothing_at(
        &self,
        path: &[&str],
        headers: &HeaderMap,
        query: &str,
    ) -> Response<Body> {
        match path {
            ["api", _, ..] => {}
            ["apis", group, _, ..] if self.has_own(group) => {}
            _ => return status::page_not_found(),
        }
        status::error_at(&status::unknown_resource(), headers, query)
    }

    /// Group versions in order: `("", "v1")`, `("apps", "v1")`, ….
    pub(crate) fn group_versions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.groups.iter().flat_map(|group| {
            group
                .versions
                .iter()
                .map(|version| (group.name.as_str(), version.version.as_str()))
        })
    }

    fn version(&self, group: &str, version: &str) -> Option<&Version> {
        let group = self.groups.iter().find(|known| known.name == group)?;
        group.versions.iter().find(|known| known.version == version)
    }

    /// Serves `/api`, `/apis`, `/apis/GROUP`, and the resource lists; `None` when the path is none of these.
    pub(crate) fn serve(
        &self,
        path: &[&str],
        headers: &HeaderMap,
        query: &str,
    ) -> Option<Response<Body>> {
        let document = match path {
            ["api"] | ["apis"] if let Some(media) = negotiate::aggregated_discovery(headers) => {
                let document = self.aggregated(path == ["api"]);
                return Some(hashed(&*document, media, headers));
            }
            ["api"] => typed::<APIVersions>(&self.legacy()),
            ["apis"] => typed::<APIGroupList>(&self.group_list()),
            ["apis", group] => {
                let group = self.groups.iter().find(|known| known.name == *group)?;
                typed::<APIGroup>(&group_document(group))
            }
            ["api", version] => typed::<APIResourceList>(&self.resource_list("", version)?),
            ["apis", group, version] => {
                typed::<APIResourceList>(&self.resource_list(group, version)?)
            }
            _ => return None,
        };
        let routed = if self.takes_any_method(path) {
            Ok(())
        } else {
            negotiate::check_route(headers, false)
        };
        Some(match routed {
            Ok(()) => answer(&*document, path, headers, query),
            Err(error) => status::error_at(&error, headers, query),
        })
    }

    fn legacy(&self) -> Value {
        json!({
            "versions": ["v1"],
            "serverAddressByClientCIDRs": [{"clientCIDR": "0.0.0.0/0", "serverAddress": self.address}],
        })
    }

    fn group_list(&self) -> Value {
        let groups = self
            .groups
            .iter()
            .filter(|group| !group.name.is_empty())
            .map(group_document);
        json!({"groups": groups.collect::<Vec<_>>()})
    }

    fn resource_list(&self, group: &str, version: &str) -> Option<Value> {
        let found = self.version(group, version)?;
        let group_version = if group.is_empty() {
            version.to_owned()
        } else {
            format!("{group}/{version}")
        };
        Some(json!({"groupVersion": group_version, "resources": found.resources}))
    }

    fn aggregated(&self, core: bool) -> Box<dyn Message> {
        let items = self.groups.iter().filter(|group| group.name.is_empty() == core).map(|group| {
            let versions = group.versions.iter().map(|version| {
                json!({"version": version.version, "resources": version.aggregated, "freshness": version.freshness})
            });
            let metadata = if core { json!({}) } else { json!({"name": group.name}) };
            json!({"metadata": metadata, "versions": versions.collect::<Vec<_>>()})
        });
        typed::<APIGroupDiscoveryList>(&json!({"items": items.collect::<Vec<_>>()}))
    }
}

/// A document that clients keep by its hash, which is that of its JSON.
fn hashed(document: &dyn Message, media: Media, headers: &HeaderMap) -> Response<Body> {
    let mut json = codec::to_json(document);
    json.push(b'\n');
    let digest = digest::digest(&digest::SHA512, &json);
    let etag: String = digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    let mut response = if knows(headers, &etag) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        let body = match media {
            Media::Json => json,
            Media::Yaml => crate::render::yaml(&json),
            Media::Protobuf => codec::to_protobuf(document),
        };
        status::with_body(StatusCode::OK, media.content_type(), body.into())
    };
    let headers = response.headers_mut();
    let [kind, group, version] = negotiate::DISCOVERY;
    let parameters = format!(";g={group};v={version};as={kind}").into_bytes();
    let full = [media.content_type().as_bytes(), &parameters].concat();
    if headers.contains_key(header::CONTENT_TYPE)
        && let Ok(full) = HeaderValue::from_bytes(&full)
    {
        headers.insert(header::CONTENT_TYPE, full);
    }
    if let Ok(etag) = HeaderValue::from_str(&format!("\"{etag}\"")) {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public"));
    response
}

/// A document of our own with its type.
fn typed<T: Message + Default + 'static>(document: &Value) -> Box<dyn Message> {
    let text = document.to_string();
    let decoded = codec::from_json::<T>(text.as_bytes(), Strictness::Lenient);
    Box::new(decoded.expect("discovery is made by its types").object)
}

fn answer(
    document: &dyn Message,
    path: &[&str],
    headers: &HeaderMap,
    query: &str,
) -> Response<Body> {
    let accepted = match Accepted::of(headers, Offer::Documents) {
        Ok(accepted) => accepted,
        Err(error) => return status::error_at(&error, headers, query),
    };
    // The oldest of these documents do not say their version.
    let is_old = path.first() == Some(&"api");
    if accepted.media == Media::Protobuf {
        let info = document.info();
        let version = if is_old { "" } else { info.api_version };
        let body = codec::envelope(version, info.kind, |out| {
            out.extend_from_slice(&codec::message_to_protobuf(document));
        });
        let body = Body::from(body);
        return status::with_body(StatusCode::OK, Media::Protobuf.content_type(), body);
    }
    let mut json = codec::to_json(document);
    if is_old {
        const VERSION: &[u8] = b"\"apiVersion\":\"v1\",";
        let at = json.windows(VERSION.len()).position(|part| part == VERSION);
        let at = at.expect("a document begins with its type");
        json.drain(at..at + VERSION.len());
    }
    if accepted.media == Media::Yaml {
        let body = Body::from(crate::render::yaml(&json));
        return status::with_body(StatusCode::OK, Media::Yaml.content_type(), body);
    }
    if options::pretty(query).unwrap_or(accepted.pretty) {
        return status::json(StatusCode::OK, crate::render::pretty(&json));
    }
    json.push(b'\n');
    status::json(StatusCode::OK, json)
}

/// Whether the client wants the aggregated document.
pub(crate) fn is_aggregated(headers: &HeaderMap) -> bool {
    negotiate::aggregated_discovery(headers).is_some()
}

fn group_document(group: &Group) -> Value {
    let versions: Vec<Value> = group
        .versions
        .iter()
        .map(|version| json!({"groupVersion": format!("{}/{}", group.name, version.version), "version": version.version}))
        .collect();
    json!({"name": group.name, "versions": versions, "preferredVersion": versions[0]})
}

/// Puts a group version of another server where its priorities say.
fn add_remote(groups: &mut Vec<Group>, remote: &RemoteVersion) {
    let version = Version {
        version: remote.version.to_string(),
        resources: Vec::new(),
        aggregated: remote.resources.clone(),
        freshness: if remote.stale { "Stale" } else { "Current" },
        priority: Some(remote.version_priority),
    };
    let at = groups.iter().position(|group| remote.group == group.name);
    let Some(group) = at else {
        let own = (Reverse(remote.group_priority), &*remote.group);
        let behind = |group: &Group| (Reverse(group.priority), &*group.name) > own;
        let at = groups.iter().position(behind);
        groups.insert(
            at.unwrap_or(groups.len()),
            Group {
                name: remote.group.to_string(),
                priority: remote.group_priority,
                versions: vec![version],
            },
        );
        return;
    };
    let versions = &mut groups[group].versions;
    versions.retain(|known| known.version != *remote.version);
    // Those of definitions have this priority.
    let order = |version: &Version| {
        let own = version.priority.unwrap_or(100);
        (Reverse(own), priority(&version.version))
    };
    let at = versions
        .iter()
        .position(|known| order(known) > order(&version));
    versions.insert(at.unwrap_or(versions.len()), version);
}

fn build(infos: &[Shown<'_>], unstored: &[&'static Row], group: &str, version: &str) -> Version {
    let stored = infos
        .iter()
        .filter(|shown| shown.info.group == group && shown.info.version == version)
        .map(|Shown { info, ends, stored }| Entry {
            storage_version_hash: storage_version_hash(info, *stored),
            endpoint: shown(info, *ends),
            singular: &info.singular,
            short_names: names(&info.short_names),
            categories: names(&info.categories),
            dynamic: info.dynamic,
        });
    let unstored = unstored
        .iter()
        .filter(|row| row.group == group && row.version == version)
        .map(|row| Entry {
            endpoint: Endpoint::from(*row),
            singular: row.singular,
            short_names: row.short_names.to_vec(),
            categories: row.categories.to_vec(),
            dynamic: false,
            storage_version_hash: None,
        });
    let mut entries: Vec<Entry<'_>> = stored.chain(unstored).collect();
    entries.sort_by_key(|entry| entry.endpoint.plural);
    Version {
        version: version.to_owned(),
        resources: entries.iter().flat_map(resource_rows).collect(),
        aggregated: entries.iter().map(aggregated_row).collect(),
        freshness: "Current",
        priority: None,
    }
}

/// Nothing is made or changed any more while a definition is being deleted.
fn shown(info: &ResourceInfo, ends: bool) -> Endpoint<'_> {
    let mut shown = endpoint(info);
    shown
        .verbs
        .retain(|verb| !ends || !matches!(*verb, "create" | "patch" | "update"));
    shown
}

fn names(names: &[meta::Str]) -> Vec<&str> {
    names.iter().map(meta::Str::as_str).collect()
}

/// Sorted, as upstream shows them.
fn verbs(verbs: &[resource::Verb]) -> Vec<&'static str> {
    let mut names: Vec<&str> = verbs.iter().map(|verb| verb.as_str()).collect();
    names.sort_unstable();
    names
}

fn add_names(row: &mut Value, entry: &Entry<'_>) {
    if !entry.short_names.is_empty() {
        row["shortNames"] = json!(entry.short_names);
    }
    if !entry.categories.is_empty() {
        row["categories"] = json!(entry.categories);
    }
}

fn resource_rows(entry: &Entry<'_>) -> Vec<Value> {
    let endpoint = &entry.endpoint;
    let mut row = json!({
        "name": endpoint.plural,
        "singularName": entry.singular,
        "namespaced": endpoint.namespaced,
        "kind": endpoint.kind,
        "verbs": endpoint.verbs,
    });
    add_names(&mut row, entry);
    if let Some(hash) = &entry.storage_version_hash {
        row["storageVersionHash"] = json!(hash);
    }
    let subresources = endpoint.subresources.iter().map(|sub| {
        let mut row = json!({
            "name": format!("{}/{}", endpoint.plural, sub.name),
            "singularName": "",
            "namespaced": endpoint.namespaced,
            "kind": sub.kind,
            "verbs": sub.verbs,
        });
        if (sub.group, sub.version) != (endpoint.group, endpoint.version) {
            row["group"] = json!(sub.group);
            row["version"] = json!(sub.version);
        }
        row
    });
    std::iter::once(row).chain(subresources).collect()
}

fn aggregated_row(entry: &Entry<'_>) -> Value {
    let endpoint = &entry.endpoint;
    // Kinds of definitions are named in full.
    let own = if entry.dynamic {
        (endpoint.group, endpoint.version)
    } else {
        ("", "")
    };
    let mut row = json!({
        "resource": endpoint.plural,
        "responseKind": {"group": own.0, "version": own.1, "kind": endpoint.kind},
        "scope": if endpoint.namespaced { "Namespaced" } else { "Cluster" },
        "singularResource": entry.singular,
        "verbs": endpoint.verbs,
    });
    add_names(&mut row, entry);
    if !endpoint.subresources.is_empty() {
        let subresources = endpoint.subresources.iter().map(|sub| {
            let is_own = (sub.group, sub.version) == (endpoint.group, endpoint.version);
            let (group, version) = if is_own {
                own
            } else {
                (sub.group, sub.version)
            };
            json!({
                "subresource": sub.name,
                "responseKind": {"group": group, "version": version, "kind": sub.kind},
                "verbs": sub.verbs,
            })
        });
        row["subresources"] = subresources.collect();
    }
    row
}
