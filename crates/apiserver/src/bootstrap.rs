//! What every cluster holds: namespaces, roles, priority classes, the server's own Service. Created at start where missing, by the
//! same path as everything else.
mod accounts;
mod addresses;
pub(crate) mod served;
mod trust;

use crate::{
    aggregation,
    custom::api_services,
    endpoint::Endpoint,
    flow,
    managed::Reset,
    server::InProcess,
    shared::Api,
    verbs::create::{self, Created, Tracking, Version, Way},
    write::ITSELF,
};
use api::rbac::v1::{ClusterRole, PolicyRule};
use meta::{
    ApiError, Reason,
    codec::{self, Message, Strictness},
};
use resource::{Encoding, User, Verb};
use serde_json::{Value, json};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// Roles, bindings, priority classes, priority levels and flow schemas of a fresh cluster, one JSON document a line, parents before what names them.
const OBJECTS: &str = include_str!("bootstrap/objects.jsonl");
const NAMESPACES: &[&str] = &["default", "kube-node-lease", "kube-public", "kube-system"];
/// Whose fields the objects of priority and fairness hold; those of the others are [`ITSELF`]'s.
const FLOW_MANAGER: &str = "api-priority-and-fairness-config-producer-v1";

/// Start hooks that readiness waits for.
///
/// Upstream's names and order. Each stands for a part of this server that is there when the stage is over.
pub(crate) const HOOKS: &[(&str, Stage)] = &[
    (
        "poststarthook/start-apiserver-admission-initializer",
        Stage::Namespaces,
    ),
    (
        "poststarthook/generic-apiserver-start-informers",
        Stage::Namespaces,
    ),
    (
        "poststarthook/priority-and-fairness-config-consumer",
        Stage::Namespaces,
    ),
    (
        "poststarthook/priority-and-fairness-filter",
        Stage::Namespaces,
    ),
    (
        "poststarthook/storage-object-count-tracker-hook",
        Stage::Namespaces,
    ),
    (
        "poststarthook/start-apiextensions-informers",
        Stage::Namespaces,
    ),
    (
        "poststarthook/start-apiextensions-controllers",
        Stage::Namespaces,
    ),
    ("poststarthook/crd-informer-synced", Stage::Namespaces),
    (
        "poststarthook/start-system-namespaces-controller",
        Stage::Namespaces,
    ),
    (
        "poststarthook/start-cluster-authentication-info-controller",
        Stage::Own,
    ),
    ("poststarthook/storage-readiness", Stage::Namespaces),
    (
        "poststarthook/start-legacy-token-tracking-controller",
        Stage::Objects,
    ),
    (
        "poststarthook/start-service-ip-repair-controllers",
        Stage::Own,
    ),
    ("poststarthook/rbac/bootstrap-roles", Stage::Objects),
    (
        "poststarthook/scheduling/bootstrap-system-priority-classes",
        Stage::Objects,
    ),
    (
        "poststarthook/priority-and-fairness-config-producer",
        Stage::Objects,
    ),
    ("poststarthook/bootstrap-controller", Stage::Own),
    (
        "poststarthook/start-kubernetes-service-cidr-controller",
        Stage::Own,
    ),
    ("poststarthook/start-kube-aggregator-informers", Stage::Own),
    (
        "poststarthook/apiservice-status-local-available-controller",
        Stage::Own,
    ),
    (
        "poststarthook/apiservice-status-remote-available-controller",
        Stage::Own,
    ),
    (
        "poststarthook/apiservice-registration-controller",
        Stage::Own,
    ),
    ("poststarthook/apiservice-wait-for-first-sync", Stage::Own),
    ("poststarthook/apiservice-discovery-controller", Stage::Own),
    (
        "poststarthook/kube-apiserver-autoregistration",
        Stage::Objects,
    ),
    ("autoregister-completion", Stage::Objects),
    ("poststarthook/apiservice-openapi-controller", Stage::Own),
    ("poststarthook/apiservice-openapiv3-controller", Stage::Own),
];

/// How far the start has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The first namespaces are there.
    Namespaces,
    /// So is all that every cluster has.
    Objects,
    /// The server's own address is there, and what follows changes runs.
    Own,
}

/// The server's own address, as the Service `kubernetes` shows it.
#[derive(Clone, Debug)]
pub struct Bootstrap {
    /// False leaves the store as it is: for tests.
    pub enabled: bool,
    pub advertise_address: IpAddr,
    pub advertise_port: u16,
    pub service_address: IpAddr,
    pub service_port: u16,
    /// The ranges of Services, one a family, the first that of `service_address`: `10.96.0.0/16`.
    pub service_cidrs: Vec<String>,
}

impl Bootstrap {
    /// Where the server says that it is.
    pub(crate) fn advertised(&self) -> SocketAddr {
        SocketAddr::new(self.advertise_address, self.advertise_port)
    }
}

/// One of the objects of a fresh cluster, as it is before it is created.
pub(crate) fn object<T: Message + Default>(kind: &str, name: &str) -> T {
    let wanted = |line: &&str| {
        let document: Value = serde_json::from_str(line).unwrap_or_default();
        document["kind"] == kind && document["metadata"]["name"] == name
    };
    let line = OBJECTS.lines().find(wanted);
    let line = line.expect("the object is among those of a fresh cluster");
    let read = codec::from_json(line.as_bytes(), Strictness::Lenient);
    read.expect("objects of a fresh cluster can be read").object
}

/// Creates what is missing and tells health.
pub(crate) async fn run(api: Arc<Api>, server: InProcess, config: Bootstrap) {
    let namespaces: Vec<Value> = NAMESPACES
        .iter()
        .map(|name| json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}))
        .collect();
    all(&api, &namespaces).await;
    wait(&api).await;
    api.health.done(Stage::Namespaces);
    let lines = OBJECTS.lines();
    let mut objects: Vec<Value> = lines
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    objects.extend(served::api_services(&api));
    let accounts = accounts::of_controllers(&objects);
    objects.extend(accounts);
    objects.push(accounts::tracked_since(api.now()));
    objects.extend(trust::config_map(&api.authenticator));
    all(&api, &objects).await;
    wait(&api).await;
    flow::settle_schemas(&api, &server).await;
    api.health.done(Stage::Objects);
    let mut own = vec![addresses::range(&config.service_cidrs), service(&config)];
    // An endpoint on loopback would lead every client to itself; without one the Service says honestly that nobody is behind it.
    if !config.advertise_address.is_loopback() {
        own.extend([slice(&config), endpoints(&config)]);
    }
    all(&api, &own).await;
    wait(&api).await;
    addresses::range_gains_a_family(&api, &server, &config.service_cidrs).await;
    addresses::range_is_ready(&api, &server).await;
    let trust = trust::follow(Arc::clone(&api), server.clone());
    drop(api.platform.tasks.spawn("trusted authorities", trust));
    let services = api_services::follow(Arc::clone(&api), server.clone());
    drop(api.platform.tasks.spawn("APIServices", services));
    let aggregated = aggregation::follow(Arc::clone(&api), server.clone());
    drop(api.platform.tasks.spawn("aggregated servers", aggregated));
    let schemas = flow::follow_schemas(Arc::clone(&api), server.clone());
    drop(api.platform.tasks.spawn("FlowSchemas", schemas));
    let follow = addresses::follow(Arc::clone(&api), server);
    drop(api.platform.tasks.spawn("service addresses", follow));
    api.health.done(Stage::Own);
}

async fn wait(api: &Api) {
    if let Err(error) = api.current().await {
        tracing::error!(%error, "the cache did not follow while the first objects were made");
    }
}

/// Creates all at once, so that they share commits. What the server does not serve is left out.
async fn all(api: &Api, objects: &[Value]) {
    let creates = objects.iter().filter_map(|object| {
        let (group, version) = split(object["apiVersion"].as_str().unwrap_or(""));
        let kind = object["kind"].as_str().unwrap_or("");
        let row = schema::discovery::resource_of_kind(group, version, kind)?;
        let endpoint = api.served(group, version, row.plural)?;
        Some(async move { ensure(api, &endpoint, object).await })
    });
    for result in futures::future::join_all(creates).await {
        if let Err(error) = result.filter_conflict() {
            tracing::error!(%error, "failed to create an object that every cluster has");
        }
    }
}

trait FilterConflict {
    fn filter_conflict(self) -> Result<(), ApiError>;
}
impl FilterConflict for Result<(), ApiError> {
    /// Someone else made it: as good.
    fn filter_conflict(self) -> Self {
        match self {
            Err(error) if error.reason == Reason::AlreadyExists => Ok(()),
            other => other,
        }
    }
}

async fn ensure(api: &Api, endpoint: &Endpoint, document: &Value) -> Result<(), ApiError> {
    let metadata = &document["metadata"];
    let (namespace, name) = (
        metadata["namespace"].as_str().unwrap_or(""),
        metadata["name"].as_str().unwrap_or(""),
    );
    if endpoint
        .cache
        .get(&crate::cache::cache_key(namespace, name))
        .is_some()
    {
        return Ok(());
    }
    let decoded = endpoint.served.decode(
        document.to_string().as_bytes(),
        Encoding::Json,
        Strictness::Strict,
    );
    let decoded =
        decoded.map_err(|error| ApiError::internal(format!("the built-in {name}: {error}")))?;
    let mut cx = api.context(user(), Verb::Create);
    cx.namespace = namespace.into();
    cx.name = name.into();
    let flow = endpoint.info().group == "flowcontrol.apiserver.k8s.io";
    cx.field_manager = if flow { FLOW_MANAGER } else { ITSELF }.into();
    let way = Way {
        dry_run: false,
        tracking: Tracking::Update(Reset::No),
        version: Version::Unset,
    };
    match create::run(api, endpoint, &cx, way, decoded.object).await? {
        Created::Exists(exists) => Err(exists.refusal(endpoint)),
        _ => Ok(()),
    }
}

/// What nodes may, as far as it is the same for all: the role `system:node` as upstream ships it, whatever became of it in the cluster.
pub(crate) fn node_rules() -> Vec<PolicyRule> {
    let is_role = |object: &Value| {
        object["kind"] == "ClusterRole" && object["metadata"]["name"] == "system:node"
    };
    let mut objects = OBJECTS
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let role = objects
        .find(is_role)
        .expect("the role is among the objects");
    let role = role.to_string().into_bytes();
    let role = codec::from_json::<ClusterRole>(&role, Strictness::Lenient).expect("our own JSON");
    role.object.rules.to_vec()
}

/// The server itself, as upstream's loopback client.
pub(crate) fn user() -> User {
    User {
        name: "system:apiserver".into(),
        groups: vec!["system:masters".into(), "system:authenticated".into()],
        ..User::default()
    }
}

fn split(api_version: &str) -> (&str, &str) {
    api_version.split_once('/').unwrap_or(("", api_version))
}

fn labels() -> Value {
    json!({"component": "apiserver", "provider": "kubernetes"})
}

fn service(config: &Bootstrap) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "kubernetes", "namespace": "default", "labels": labels()},
        "spec": {
            "clusterIP": config.service_address.to_string(),
            "ipFamilyPolicy": "SingleStack",
            "ports": [{"name": "https", "port": config.service_port, "protocol": "TCP", "targetPort": config.advertise_port}],
            "sessionAffinity": "None",
            "type": "ClusterIP",
        },
    })
}

fn slice(config: &Bootstrap) -> Value {
    let family = if config.advertise_address.is_ipv4() {
        "IPv4"
    } else {
        "IPv6"
    };
    json!({
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": {"name": "kubernetes", "namespace": "default", "labels": {"kubernetes.io/service-name": "kubernetes"}},
        "addressType": family,
        "endpoints": [{"addresses": [config.advertise_address.to_string()], "conditions": {"ready": true}}],
        "ports": [{"name": "https", "port": config.advertise_port, "protocol": "TCP"}],
    })
}

fn endpoints(config: &Bootstrap) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Endpoints",
        "metadata": {"name": "kubernetes", "namespace": "default", "labels": {"endpointslice.kubernetes.io/skip-mirror": "true"}},
        "subsets": [{
            "addresses": [{"ip": config.advertise_address.to_string()}],
            "ports": [{"name": "https", "port": config.advertise_port, "protocol": "TCP"}],
        }],
    })
}
