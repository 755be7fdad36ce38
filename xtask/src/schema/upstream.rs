//! What is read from `../shared/upstream`.

use crate::Error;
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

/// A Go package that becomes a Rust module.
pub(super) struct Package {
    /// In `go-types.json`.
    pub go: &'static str,
    /// Rust module, `core::v1`.
    pub module: &'static str,
    /// API group, "" for core.
    pub group: &'static str,
}

impl Package {
    pub(super) fn version(&self) -> &'static str {
        self.go.rsplit('/').next().unwrap_or_default()
    }
    pub(super) fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version().to_owned()
        } else {
            format!("{}/{}", self.group, self.version())
        }
    }
}

macro_rules! package {
    ($go:literal, $module:literal, $group:literal) => {
        Package {
            go: $go,
            module: $module,
            group: $group,
        }
    };
}

pub(super) const META: &str = "k8s.io/apimachinery/pkg/apis/meta/v1";
pub(super) const CORE: &str = "k8s.io/api/core/v1";

/// Every group version that is served, the reviews that webhooks get, and aggregated discovery. Alphabetical.
#[rustfmt::skip]
pub(super) const PACKAGES: &[Package] = &[
    package!("k8s.io/api/admission/v1", "admission::v1", "admission.k8s.io"),
    package!("k8s.io/api/admissionregistration/v1", "admissionregistration::v1", "admissionregistration.k8s.io"),
    package!("k8s.io/api/apidiscovery/v2", "apidiscovery::v2", "apidiscovery.k8s.io"),
    package!("k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1", "apiextensions::v1", "apiextensions.k8s.io"),
    package!("k8s.io/kube-aggregator/pkg/apis/apiregistration/v1", "apiregistration::v1", "apiregistration.k8s.io"),
    package!("k8s.io/api/apps/v1", "apps::v1", "apps"),
    package!("k8s.io/api/authentication/v1", "authentication::v1", "authentication.k8s.io"),
    package!("k8s.io/api/authorization/v1", "authorization::v1", "authorization.k8s.io"),
    package!("k8s.io/api/autoscaling/v1", "autoscaling::v1", "autoscaling"),
    package!("k8s.io/api/autoscaling/v2", "autoscaling::v2", "autoscaling"),
    package!("k8s.io/api/batch/v1", "batch::v1", "batch"),
    package!("k8s.io/api/certificates/v1", "certificates::v1", "certificates.k8s.io"),
    package!("k8s.io/api/coordination/v1", "coordination::v1", "coordination.k8s.io"),
    package!("k8s.io/api/core/v1", "core::v1", ""),
    package!("k8s.io/api/discovery/v1", "discovery::v1", "discovery.k8s.io"),
    package!("k8s.io/api/events/v1", "events::v1", "events.k8s.io"),
    package!("k8s.io/api/flowcontrol/v1", "flowcontrol::v1", "flowcontrol.apiserver.k8s.io"),
    package!("k8s.io/api/networking/v1", "networking::v1", "networking.k8s.io"),
    package!("k8s.io/api/node/v1", "node::v1", "node.k8s.io"),
    package!("k8s.io/api/policy/v1", "policy::v1", "policy"),
    package!("k8s.io/api/rbac/v1", "rbac::v1", "rbac.authorization.k8s.io"),
    package!("k8s.io/api/resource/v1", "resource::v1", "resource.k8s.io"),
    package!("k8s.io/api/scheduling/v1", "scheduling::v1", "scheduling.k8s.io"),
    package!("k8s.io/api/storage/v1", "storage::v1", "storage.k8s.io"),
    package!("k8s.io/apimachinery/pkg/apis/meta/v1", "meta::v1", "meta.k8s.io"),
];

/// A field of a Go struct.
pub(super) struct Field {
    pub go: String,
    pub json: String,
    pub ty: String,
    pub pointer: bool,
    pub omit_empty: bool,
    pub omit_zero: bool,
    pub inline: bool,
    pub number: u16,
}

/// A named Go type.
pub(super) enum Type {
    Struct { fields: Vec<Field> },
    Named { is: String, values: Vec<String> },
}

/// A resource as discovery shows it.
#[derive(Clone)]
pub(super) struct Resource {
    pub plural: String,
    pub namespaced: bool,
}

pub(super) struct Upstream {
    pub types: BTreeMap<String, BTreeMap<String, Type>>,
    /// By group, version and kind.
    pub resources: BTreeMap<(String, String, String), Resource>,
}

impl Upstream {
    pub(super) fn load(dir: &Path) -> Result<Self, Error> {
        let go = json(&dir.join("go-types.json"))?;
        let mut types = BTreeMap::new();
        for (package, members) in members(&go) {
            let parsed = self::members(members).map(|(name, ty)| (name.clone(), parse_type(ty)));
            types.insert(package.clone(), parsed.collect());
        }
        add_empty_structs(&mut types);
        let mut resources = BTreeMap::new();
        for name in ["aggregated-api.json", "aggregated-apis.json"] {
            read_discovery(&json(&dir.join("discovery").join(name))?, &mut resources);
        }
        Ok(Self { types, resources })
    }
}

/// Structs without fields: the table leaves them out.
const EMPTY: &[(&str, &str)] = &[
    ("k8s.io/api/scheduling/v1alpha2", "BasicSchedulingPolicy"),
    (
        "k8s.io/api/apiserverinternal/v1alpha1",
        "StorageVersionSpec",
    ),
    (
        "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1",
        "CustomResourceSubresourceStatus",
    ),
    (
        "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1",
        "CustomResourceSubresourceStatus",
    ),
];

fn add_empty_structs(types: &mut BTreeMap<String, BTreeMap<String, Type>>) {
    for (package, name) in EMPTY {
        if let Some(types) = types.get_mut(*package) {
            let empty = Type::Struct { fields: Vec::new() };
            types.entry((*name).to_owned()).or_insert(empty);
        }
    }
}

pub(super) fn json(path: &Path) -> Result<Value, Error> {
    let text =
        fs::read(path).map_err(|error| format!("failed to read {}: {error}", path.display()))?;
    Ok(serde_json::from_slice(&text)?)
}

pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

pub(super) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn parse_type(value: &Value) -> Type {
    if value["fields"].is_array() {
        let fields = items(&value["fields"])
            .map(parse_field)
            .filter(|field| field.json != "-");
        return Type::Struct {
            fields: fields.collect(),
        };
    }
    Type::Named {
        is: text(&value["is"]),
        values: items(&value["values"]).map(text).collect(),
    }
}

fn parse_field(value: &Value) -> Field {
    let number = text(&value["protobuf"])
        .split(',')
        .nth(1)
        .and_then(|part| part.parse().ok());
    let flag = |name: &str| value[name].as_bool().unwrap_or(false);
    Field {
        go: text(&value["go"]),
        json: text(&value["json"]),
        ty: text(&value["type"]),
        pointer: flag("pointer"),
        omit_empty: flag("omitempty"),
        omit_zero: flag("omitzero"),
        inline: flag("inline"),
        number: number.unwrap_or(0),
    }
}

fn read_discovery(document: &Value, out: &mut BTreeMap<(String, String, String), Resource>) {
    for group in items(&document["items"]) {
        let group_name = text(&group["metadata"]["name"]);
        for version in items(&group["versions"]) {
            for resource in items(&version["resources"]) {
                let key = (
                    group_name.clone(),
                    text(&version["version"]),
                    text(&resource["responseKind"]["kind"]),
                );
                let plural = text(&resource["resource"]);
                let namespaced = resource["scope"] == "Namespaced";
                out.insert(key, Resource { plural, namespaced });
            }
        }
    }
}
