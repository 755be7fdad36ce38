//! Whole documents: version 2 of everything, version 3 of a place.

use super::{
    Endpoint, Version, definition,
    group_versions::GROUP_VERSIONS,
    operations::{JSON, OBJECTS, Operation, PathItem, Shown, Type},
    paths,
};
use crate::TypeInfo;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A document of version 3. The paths of each are those that begin with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place<'a> {
    /// `api`
    Core,
    /// `apis`
    Groups,
    /// `apis/apps`
    Group(&'a str),
    /// `api/v1`, `apis/apps/v1`
    GroupVersion(&'a str, &'a str),
    /// `version`
    ServerVersion,
    /// `.well-known/openid-configuration`
    IssuerConfiguration,
    /// `openid/v1/jwks`
    IssuerKeys,
}

impl<'a> Place<'a> {
    /// Every place of a server with these resources. Groups that definitions make are none.
    #[must_use]
    pub fn all(endpoints: &[Endpoint<'a>]) -> Vec<Self> {
        let group_versions: BTreeSet<(&str, &str)> = endpoints
            .iter()
            .map(|endpoint| (endpoint.group, endpoint.version))
            .collect();
        let groups: BTreeSet<&str> = endpoints
            .iter()
            .filter(|endpoint| endpoint.definitions.is_none() && !endpoint.group.is_empty())
            .map(|endpoint| endpoint.group)
            .collect();
        let mut out = vec![
            Self::Core,
            Self::Groups,
            Self::ServerVersion,
            Self::IssuerConfiguration,
            Self::IssuerKeys,
        ];
        out.extend(groups.into_iter().map(Self::Group));
        out.extend(
            group_versions
                .into_iter()
                .map(|(group, version)| Self::GroupVersion(group, version)),
        );
        out
    }

    /// What the index calls it: `apis/apps/v1`.
    #[must_use]
    pub fn path(&self) -> String {
        match *self {
            Self::Core => "api".to_owned(),
            Self::Groups => "apis".to_owned(),
            Self::Group(group) => format!("apis/{group}"),
            Self::GroupVersion(group, version) => {
                let path = paths::group_version_path(group, version);
                path.trim_start_matches('/').to_owned()
            }
            Self::ServerVersion => "version".to_owned(),
            Self::IssuerConfiguration => ".well-known/openid-configuration".to_owned(),
            Self::IssuerKeys => "openid/v1/jwks".to_owned(),
        }
    }

    /// The operation at the place itself; what is in a group version comes from its resources.
    fn operation(&self) -> Option<Operation<'static>> {
        let meta = |name: &str| {
            let info = crate::by_name(&format!("io.k8s.apimachinery.pkg.apis.meta.v1.{name}"));
            info.map(|info| Shown::Type(Type::Known(info)))
        };
        let (id, tag, shown) = match *self {
            Self::Core => (
                "getCoreAPIVersions".into(),
                "core".into(),
                meta("APIVersions")?,
            ),
            Self::Groups => (
                "getAPIVersions".into(),
                "apis".into(),
                meta("APIGroupList")?,
            ),
            Self::Group(group) => (
                format!("get{}APIGroup", paths::group_title(group)),
                paths::group_tag(group),
                meta("APIGroup")?,
            ),
            Self::GroupVersion(group, version) => (
                format!(
                    "get{}{}APIResources",
                    paths::group_title(group),
                    paths::title(version)
                ),
                format!("{}_{version}", paths::group_tag(group)),
                meta("APIResourceList")?,
            ),
            Self::ServerVersion => (
                "getCodeVersion".into(),
                "version".into(),
                Shown::Type(Type::Known(crate::by_name(
                    "io.k8s.apimachinery.pkg.version.Info",
                )?)),
            ),
            Self::IssuerConfiguration => (
                "getServiceAccountIssuerOpenIDConfiguration".into(),
                "WellKnown".into(),
                Shown::Text,
            ),
            Self::IssuerKeys => (
                "getServiceAccountIssuerOpenIDKeyset".into(),
                "openid".into(),
                Shown::Text,
            ),
        };
        let (consumes, produces): (&[&str], &[&str]) = match self {
            Self::ServerVersion => (JSON, JSON),
            Self::IssuerConfiguration => (&[], JSON),
            Self::IssuerKeys => (&[], &["application/jwk-set+json"]),
            _ => (OBJECTS, OBJECTS),
        };
        Some(Operation {
            method: "get",
            id,
            tag,
            action: "",
            kind: None,
            parameters: Vec::new(),
            body: None,
            consumes,
            produces,
            codes: &[200],
            shown,
        })
    }

    /// Whether the documents have its own path: of what definitions make they have the resources alone.
    fn is_described(&self, endpoints: &[Endpoint<'a>]) -> bool {
        let Self::GroupVersion(group, version) = *self else {
            return true;
        };
        endpoints
            .iter()
            .filter(|endpoint| endpoint.group == group && endpoint.version == version)
            .any(|endpoint| endpoint.definitions.is_none())
    }

    /// The place's own path, and those of the resources in it.
    fn items(&self, endpoints: &[Endpoint<'a>]) -> Vec<(String, PathItem<'a>)> {
        let own = self.operation().filter(|_| self.is_described(endpoints));
        let own = own.map(|operation| {
            let operations = vec![operation];
            (format!("/{}/", self.path()), PathItem { operations })
        });
        let mut out: Vec<(String, PathItem<'a>)> = own.into_iter().collect();
        if let Self::GroupVersion(group, version) = *self {
            let here = endpoints
                .iter()
                .filter(|endpoint| endpoint.group == group && endpoint.version == version);
            out.extend(here.flat_map(paths::of));
        }
        out
    }
}

/// The document of version 3 for one place. `version` is what `info` shows: `1.36`.
#[must_use]
pub fn v3(endpoints: &[Endpoint<'_>], place: Place<'_>, version: &str) -> Value {
    let items = place.items(endpoints);
    let groups = match place {
        Place::GroupVersion("", _) => vec![("", "v1")],
        Place::GroupVersion(group, version) => vec![("", "v1"), (group, version)],
        _ => Vec::new(),
    };
    let schemas = definitions(&items, Version::V3, &groups);
    let mut components = json!({"securitySchemes": security()});
    if !schemas.is_empty() {
        components["schemas"] = Value::Object(schemas);
    }
    json!({
        "openapi": "3.0.0",
        "info": info(version),
        "paths": written(items, Version::V3),
        "components": components,
    })
}

/// The document of version 2. `version` is what `info` shows: `1.36`.
#[must_use]
pub fn v2(endpoints: &[Endpoint<'_>], version: &str) -> Value {
    let items: Vec<(String, PathItem<'_>)> = Place::all(endpoints)
        .iter()
        .flat_map(|place| place.items(endpoints))
        .collect();
    let groups: Vec<(&str, &str)> = GROUP_VERSIONS
        .iter()
        .flat_map(|(group, versions)| versions.iter().map(|version| (*group, *version)))
        .collect();
    let mut parameters = Map::new();
    items
        .iter()
        .for_each(|(_, item)| item.add_shared(&mut parameters));
    json!({
        "swagger": "2.0",
        "info": info(version),
        "definitions": definitions(&items, Version::V2, &groups),
        "paths": written(items, Version::V2),
        "parameters": parameters,
        "securityDefinitions": security(),
        "security": [{"BearerToken": []}],
    })
}

fn written(items: Vec<(String, PathItem<'_>)>, version: Version) -> Map<String, Value> {
    items
        .into_iter()
        .map(|(path, item)| (path, item.write(version)))
        .collect()
}

fn info(version: &str) -> Value {
    json!({"title": "Kubernetes", "version": version})
}

fn security() -> Value {
    json!({"BearerToken": {
        "type": "apiKey",
        "in": "header",
        "name": "authorization",
        "description": "A bearer token",
    }})
}

/// The definitions of all types that the paths speak of, and of those they refer to. `groups` are those that the types of every group
/// are shown to belong to.
fn definitions(
    items: &[(String, PathItem<'_>)],
    version: Version,
    groups: &[(&str, &str)],
) -> Map<String, Value> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&'static TypeInfo> =
        items.iter().flat_map(|(_, item)| item.types()).collect();
    let mut out = Map::new();
    while let Some(info) = open.pop() {
        if !seen.insert(info.name) {
            continue;
        }
        open.extend(
            info.fields
                .iter()
                .filter_map(crate::FieldInfo::innermost_type),
        );
        let mut written = definition(info, version);
        if belongs_to_every_group(info) {
            let kinds = groups.iter().map(|(group, version)| {
                json!({"group": group, "version": version, "kind": info.go_name()})
            });
            written["x-kubernetes-group-version-kind"] = kinds.collect();
        }
        out.insert(info.name.to_owned(), written);
    }
    out
}

fn belongs_to_every_group(info: &TypeInfo) -> bool {
    ["DeleteOptions", "WatchEvent"].contains(&info.go_name())
        && info
            .name
            .starts_with("io.k8s.apimachinery.pkg.apis.meta.v1.")
}
