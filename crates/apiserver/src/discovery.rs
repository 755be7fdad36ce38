//! What is served: group lists, resource lists, and both in one document.
use crate::{body::Body, negotiate::Media, status};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use resource::ResourceInfo;
use schema::discovery::{self, GROUPS, ResourceInfo as Row};
use serde_json::{Map, Value, json};

const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/// Resources that no store holds, and which therefore no [`ResourceInfo`] describes.
pub(crate) const UNSTORED: &[(&str, &str, &str)] = &[
    ("authentication.k8s.io", "v1", "tokenreviews"),
    ("authentication.k8s.io", "v1", "selfsubjectreviews"),
    ("authorization.k8s.io", "v1", "localsubjectaccessreviews"),
    ("authorization.k8s.io", "v1", "selfsubjectaccessreviews"),
    ("authorization.k8s.io", "v1", "selfsubjectrulesreviews"),
    ("authorization.k8s.io", "v1", "subjectaccessreviews"),
];

/// The documents, built once.
#[derive(Debug)]
pub(crate) struct Discovery {
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    name: String,
    versions: Vec<Version>,
}

#[derive(Debug)]
struct Version {
    version: String,
    resources: Vec<Value>,
    aggregated: Vec<Value>,
}

impl Discovery {
    pub(crate) fn new<'a>(infos: impl Iterator<Item = &'a ResourceInfo>) -> Self {
        let infos: Vec<&ResourceInfo> = infos.collect();
        let mut groups: Vec<Group> = Vec::new();
        let known = GROUPS
            .iter()
            .flat_map(|group| group.versions.iter().map(|version| (group.name, *version)));
        let mut pairs: Vec<(&str, &str)> = known.collect();
        for info in &infos {
            if !pairs.contains(&(info.group, info.version)) {
                pairs.push((info.group, info.version));
            }
        }
        for (name, version) in pairs {
            let built = build(&infos, name, version);
            if built.resources.is_empty() {
                continue;
            }
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.versions.push(built),
                None => groups.push(Group {
                    name: name.to_owned(),
                    versions: vec![built],
                }),
            }
        }
        Self { groups }
    }

    pub(crate) fn has_version(&self, group: &str, version: &str) -> bool {
        self.version(group, version).is_some()
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
    pub(crate) fn serve(&self, path: &[&str], headers: &HeaderMap) -> Option<Response<Body>> {
        let document = match path {
            ["api"] if wants_aggregated(headers) => return Some(self.aggregated(true)),
            ["apis"] if wants_aggregated(headers) => return Some(self.aggregated(false)),
            ["api"] => self.legacy(headers),
            ["apis"] => self.group_list(),
            ["apis", group] => with_type(
                group_document(self.groups.iter().find(|known| known.name == *group)?),
                "APIGroup",
            ),
            ["api", version] => self.resource_list("", version)?,
            ["apis", group, version] => self.resource_list(group, version)?,
            _ => return None,
        };
        Some(answer(&document, headers))
    }

    fn legacy(&self, headers: &HeaderMap) -> Value {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or("");
        json!({
            "kind": "APIVersions",
            "versions": ["v1"],
            "serverAddressByClientCIDRs": [{"clientCIDR": "0.0.0.0/0", "serverAddress": host}],
        })
    }

    fn group_list(&self) -> Value {
        let groups = self
            .groups
            .iter()
            .filter(|group| !group.name.is_empty())
            .map(group_document);
        json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups.collect::<Vec<_>>()})
    }

    fn resource_list(&self, group: &str, version: &str) -> Option<Value> {
        let found = self.version(group, version)?;
        let group_version = if group.is_empty() {
            version.to_owned()
        } else {
            format!("{group}/{version}")
        };
        let mut document = json!({"kind": "APIResourceList", "groupVersion": group_version, "resources": found.resources});
        if !group.is_empty() {
            document["apiVersion"] = json!("v1");
        }
        Some(document)
    }

    fn aggregated(&self, core: bool) -> Response<Body> {
        let items = self.groups.iter().filter(|group| group.name.is_empty() == core).map(|group| {
            let versions = group.versions.iter().map(|version| {
                json!({"version": version.version, "resources": version.aggregated, "freshness": "Current"})
            });
            let metadata = if core { json!({}) } else { json!({"name": group.name}) };
            json!({"metadata": metadata, "versions": versions.collect::<Vec<_>>()})
        });
        let document = json!({
            "kind": "APIGroupDiscoveryList",
            "apiVersion": "apidiscovery.k8s.io/v2",
            "metadata": {},
            "items": items.collect::<Vec<_>>(),
        });
        let mut response = status::json(StatusCode::OK, document.to_string().into_bytes());
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(AGGREGATED));
        response
            .headers_mut()
            .insert(header::VARY, HeaderValue::from_static("Accept"));
        response
    }
}

fn answer(document: &Value, headers: &HeaderMap) -> Response<Body> {
    let accepted = crate::negotiate::Accepted::of(headers, false);
    let mut json = document.to_string().into_bytes();
    if accepted.is_ok_and(|accepted| accepted.media == Media::Yaml) {
        return status::with_body(
            StatusCode::OK,
            Media::Yaml.content_type(),
            Body::from(crate::render::yaml(&json)),
        );
    }
    json.push(b'\n');
    status::json(StatusCode::OK, json)
}

fn wants_aggregated(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    accept.split(',').any(|clause| {
        let clause: String = clause.chars().filter(|c| !c.is_whitespace()).collect();
        let has = |part: &str| clause.split(';').any(|known| known == part);
        has("application/json")
            && has("g=apidiscovery.k8s.io")
            && has("v=v2")
            && has("as=APIGroupDiscoveryList")
    })
}

fn group_document(group: &Group) -> Value {
    let versions: Vec<Value> = group
        .versions
        .iter()
        .map(|version| json!({"groupVersion": format!("{}/{}", group.name, version.version), "version": version.version}))
        .collect();
    json!({"name": group.name, "versions": versions, "preferredVersion": versions[0]})
}

fn with_type(document: Value, kind: &str) -> Value {
    let mut typed = Map::from_iter([
        ("kind".to_owned(), json!(kind)),
        ("apiVersion".to_owned(), json!("v1")),
    ]);
    if let Value::Object(fields) = document {
        typed.extend(fields);
    }
    Value::Object(typed)
}

fn build(infos: &[&ResourceInfo], group: &str, version: &str) -> Version {
    let of_version = |info: &&ResourceInfo| info.group == group && info.version == version;
    let mut infos: Vec<&ResourceInfo> = infos.iter().copied().filter(of_version).collect();
    infos.sort_by_key(|info| info.plural);
    let mut built = Version {
        version: version.to_owned(),
        resources: Vec::new(),
        aggregated: Vec::new(),
    };
    for info in infos {
        built.resources.extend(resource_rows(info));
        built.aggregated.push(aggregated_row(info));
    }
    let unstored = UNSTORED
        .iter()
        .filter(|row| row.0 == group && row.1 == version);
    for row in unstored.filter_map(|row| discovery::resource(row.0, row.1, row.2)) {
        built.resources.push(unstored_row(row));
        built.aggregated.push(unstored_aggregated(row));
    }
    built
}

fn verbs(info: &[resource::Verb]) -> Vec<&'static str> {
    info.iter().map(|verb| verb.as_str()).collect()
}

fn add_names(row: &mut Value, short_names: &[&str], categories: &[&str]) {
    if !short_names.is_empty() {
        row["shortNames"] = json!(short_names);
    }
    if !categories.is_empty() {
        row["categories"] = json!(categories);
    }
}

fn resource_rows(info: &ResourceInfo) -> Vec<Value> {
    let mut row = json!({
        "name": info.plural,
        "singularName": info.singular,
        "namespaced": info.namespaced(),
        "kind": info.kind,
        "verbs": verbs(info.verbs),
    });
    add_names(&mut row, info.short_names, info.categories);
    let subresources = info.subresources.iter().map(|sub| {
        let mut row = json!({
            "name": format!("{}/{}", info.plural, sub.name),
            "singularName": "",
            "namespaced": info.namespaced(),
            "kind": sub.kind,
            "verbs": verbs(sub.verbs),
        });
        if (sub.group, sub.version) != (info.group, info.version) {
            row["group"] = json!(sub.group);
            row["version"] = json!(sub.version);
        }
        row
    });
    std::iter::once(row).chain(subresources).collect()
}

fn aggregated_row(info: &ResourceInfo) -> Value {
    let mut row = json!({
        "resource": info.plural,
        "responseKind": {"group": "", "version": "", "kind": info.kind},
        "scope": if info.namespaced() { "Namespaced" } else { "Cluster" },
        "singularResource": info.singular,
        "verbs": verbs(info.verbs),
    });
    add_names(&mut row, info.short_names, info.categories);
    if !info.subresources.is_empty() {
        let subresources = info.subresources.iter().map(|sub| {
            let own = (sub.group, sub.version) == (info.group, info.version);
            let (group, version) = if own {
                ("", "")
            } else {
                (sub.group, sub.version)
            };
            json!({
                "subresource": sub.name,
                "responseKind": {"group": group, "version": version, "kind": sub.kind},
                "verbs": verbs(sub.verbs),
            })
        });
        row["subresources"] = subresources.collect();
    }
    row
}

fn unstored_row(row: &Row) -> Value {
    json!({"name": row.plural, "singularName": row.singular, "namespaced": row.namespaced, "kind": row.kind, "verbs": row.verbs})
}

fn unstored_aggregated(row: &Row) -> Value {
    json!({
        "resource": row.plural,
        "responseKind": {"group": "", "version": "", "kind": row.kind},
        "scope": if row.namespaced { "Namespaced" } else { "Cluster" },
        "singularResource": row.singular,
        "verbs": row.verbs,
    })
}
