//! A server with three toy strategies, and short ways to ask it.
pub(crate) mod tls;

use api::{
    core::v1::{ConfigMap, Namespace, Pod, Secret, ServiceAccount},
    rbac::v1::{ClusterRole, ClusterRoleBinding},
};
use apiserver::{
    Anonymous, Authentication, Authorization, Body, Bootstrap, Config, Enablement, InProcess,
    Limits, NoNodes, Remotes, Server, ServiceAccounts, SigningKey, Version,
};
use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt;
use meta::{DeleteOptions, FieldErrors, FieldPath, Str};
use platform::Platform;
use registry::{AddressRange, ServiceNetwork};
use resource::{
    Generation, NameRule, RequestContext, ResourceType, ServerSide, Strategy, Subresources, User,
    resource,
};
use ring::{rand::SystemRandom, signature};
use serde_json::{Value, json};
use std::{path::Path, sync::Arc};
use telemetry::metrics::Registry;

struct Maps;
impl Strategy for Maps {
    type Object = ConfigMap;
    const SHORT_NAMES: &'static [&'static str] = &["cm"];
}

struct Spaces;
impl Strategy for Spaces {
    type Object = Namespace;
    const NAME_RULE: NameRule = NameRule::Label;
}

struct Accounts;
impl Strategy for Accounts {
    type Object = ServiceAccount;

    fn subresources(&self) -> Subresources<ServiceAccount> {
        Subresources::none().server_side("token", ServerSide::Token)
    }
}

struct Roles;
impl Strategy for Roles {
    type Object = ClusterRole;
    const NAME_RULE: NameRule = NameRule::PathSegment;
}

struct Bindings;
impl Strategy for Bindings {
    type Object = ClusterRoleBinding;
    const NAME_RULE: NameRule = NameRule::PathSegment;
}

struct Secrets;
impl Strategy for Secrets {
    type Object = Secret;
}

struct Pods;
impl Strategy for Pods {
    type Object = Pod;
    const GENERATION: Generation = Generation::Content;
    const FIELD_LABELS: &'static [&'static str] = &["spec.nodeName"];
    const OLDER_FIELD_LABELS: &'static [(&'static str, &'static str)] =
        &[("spec.host", "spec.nodeName")];
    const RETURNS_DELETED_OBJECT: bool = true;
    fn subresources(&self) -> Subresources<Pod> {
        Subresources::none().status(|to, from| to.status = from.status.clone())
    }
    fn set_defaults(&self, pod: &mut Pod) {
        pod.spec.termination_grace_period_seconds.get_or_insert(30);
    }
    fn prepare_create(&self, _cx: &RequestContext, pod: &mut Pod) {
        pod.status.phase = "Pending".into();
    }
    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, pod: &Pod) {
        if pod.spec.containers.is_empty() {
            errors.required(&FieldPath::new("spec").child("containers"), "");
        }
    }
    fn check_graceful_delete(
        &self,
        _cx: &RequestContext,
        pod: &Pod,
        options: &mut DeleteOptions,
    ) -> bool {
        let seconds = if pod.spec.node_name.is_empty() { 0 } else { 30 };
        options.grace_period_seconds.get_or_insert(seconds);
        true
    }
    fn selectable_field(&self, pod: &Pod, _label: &str) -> Str {
        pod.spec.node_name.clone()
    }
}

/// A server and an administrator's way in.
pub(crate) struct Kit {
    pub(crate) platform: Platform,
    pub(crate) server: Server,
    pub(crate) admin: InProcess,
    pub(crate) store: Arc<dyn store::Store>,
}

/// Runs a scenario in virtual time against a fresh server that has the namespace `n` with its default account.
pub(crate) fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Kit) -> F) {
    platform::simulated::run(7, |platform: Platform| async move {
        let kit = start(platform, toys(), |_| {}).await;
        kit.post("/api/v1/namespaces", json!({"metadata": {"name": "n"}}))
            .await
            .expect(201);
        kit.post(
            "/api/v1/namespaces/n/serviceaccounts",
            json!({"metadata": {"name": "default"}}),
        )
        .await
        .expect(201);
        scenario(kit).await;
    });
}

/// A fresh, empty server of these kinds, whose configuration `change` completes.
pub(crate) async fn start(
    platform: Platform,
    kinds: Vec<Arc<dyn ResourceType>>,
    change: impl FnOnce(&mut Config),
) -> Kit {
    let store = store::Embedded::open(&platform, Path::new("data"), store::Options::server());
    let store = store.await.unwrap();
    start_over(platform, store, kinds, change).await
}

/// The same with what is in this store.
pub(crate) async fn start_over(
    platform: Platform,
    store: Arc<dyn store::Store>,
    kinds: Vec<Arc<dyn ResourceType>>,
    change: impl FnOnce(&mut Config),
) -> Kit {
    let mut config = config(platform.clone(), store, kinds);
    change(&mut config);
    let store = Arc::clone(&config.store);
    let server = Server::start(config).await.unwrap();
    let admin = server.in_process(user("admin", &["system:masters"]));
    Kit {
        platform,
        server,
        admin,
        store,
    }
}

/// All kinds that there are, in a cluster whose services are in 10.96.0.0/16.
pub(crate) fn all_kinds() -> Vec<Arc<dyn ResourceType>> {
    kinds_of_services(&["10.96.0.0/16"])
}

/// All kinds, in a cluster of these ranges of Services.
pub(crate) fn kinds_of_services(cidrs: &[&str]) -> Vec<Arc<dyn ResourceType>> {
    let mut ranges = cidrs
        .iter()
        .map(|cidr| AddressRange::parse_sloppy(cidr).unwrap());
    let services = ServiceNetwork {
        range: ranges.next().unwrap(),
        second_range: ranges.next(),
        node_ports: (30000, 32767),
    };
    registry::builtin(services, registry::EVENT_TTL_SECONDS, &Registry::new())
}

/// The kinds that the tests are about.
pub(crate) fn toys() -> Vec<Arc<dyn ResourceType>> {
    vec![
        resource(Maps),
        resource(Spaces),
        resource(Accounts),
        resource(Pods),
        resource(Secrets),
        resource(Roles),
        resource(Bindings),
    ]
}

/// Without what a fresh cluster holds.
pub(crate) fn config(
    platform: Platform,
    store: Arc<dyn store::Store>,
    resources: Vec<Arc<dyn ResourceType>>,
) -> Config {
    let algorithm = &signature::ECDSA_P256_SHA256_FIXED_SIGNING;
    let key = signature::EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).unwrap();
    let metrics = Registry::new();
    Config {
        remotes: Remotes::new(platform.clock.clone(), &metrics),
        metrics,
        platform,
        store,
        resources,
        enablement: Enablement::default(),
        authentication: Authentication {
            client_roots: Vec::new(),
            client_ca_pem: String::new(),
            request_header: None,
            service_accounts: ServiceAccounts {
                issuer: "https://issuer".to_owned(),
                keys_url: "https://192.0.2.1:6443/openid/v1/jwks".to_owned(),
                audiences: Vec::new(),
                signer: SigningKey::from_pkcs8_der(key.as_ref()).unwrap(),
                verifiers: Vec::new(),
                max_expiration_seconds: Some(86_400),
            },
            static_tokens: Vec::new(),
            configuration: None,
            webhook: None,
            anonymous: Anonymous {
                enabled: true,
                paths: Vec::new(),
            },
        },
        authorization: Authorization::node_rbac(),
        audit: None,
        cors_allowed_origins: Vec::new(),
        nodes: Arc::new(NoNodes),
        dial: Arc::new(client::transport::Nowhere),
        flags: std::collections::BTreeMap::new(),
        front_proxy: Arc::new(|| None),
        bootstrap: Bootstrap {
            enabled: false,
            advertise_address: [127, 0, 0, 1].into(),
            advertise_port: 1,
            service_address: [10, 96, 0, 1].into(),
            service_port: 443,
            service_cidrs: vec!["10.96.0.0/16".to_owned()],
        },
        limits: Limits::default(),
        version: Version {
            git_version: "v1.36.2".to_owned(),
            git_commit: String::new(),
            build_date: String::new(),
            platform: "linux/amd64".to_owned(),
        },
    }
}

pub(crate) fn user(name: &str, groups: &[&str]) -> User {
    User {
        name: name.into(),
        groups: groups.iter().map(|g| Str::from(*g)).collect(),
        ..User::default()
    }
}

pub(crate) fn pod(name: &str, labels: Value) -> Value {
    json!({"metadata": {"name": name, "labels": labels}, "spec": {"containers": [{"name": "c", "image": "i"}]}})
}

/// An answer that has been read.
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    #[track_caller]
    pub(crate) fn expect(self, code: u16) -> Value {
        assert_eq!(self.code, code, "{}", self.text);
        serde_json::from_str(&self.text).unwrap_or_default()
    }
    #[track_caller]
    pub(crate) fn message(self, code: u16) -> String {
        self.expect(code)["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

impl Kit {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(&self.admin, "GET", path, "", Value::Null).await
    }
    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        send(&self.admin, "POST", path, "application/json", body).await
    }
    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        send(&self.admin, "PUT", path, "application/json", body).await
    }
    pub(crate) async fn delete(&self, path: &str, body: Value) -> Answer {
        send(&self.admin, "DELETE", path, "application/json", body).await
    }
    pub(crate) async fn patch(&self, path: &str, media: &str, body: Value) -> Answer {
        send(&self.admin, "PATCH", path, media, body).await
    }
}

pub(crate) async fn send(
    way: &InProcess,
    method: &str,
    path: &str,
    media: &str,
    body: Value,
) -> Answer {
    send_with(way, method, path, media, body, &[]).await
}

pub(crate) async fn send_with(
    way: &InProcess,
    method: &str,
    path: &str,
    media: &str,
    body: Value,
    headers: &[(&str, &str)],
) -> Answer {
    let body = if body.is_null() {
        Bytes::new()
    } else {
        Bytes::from(body.to_string())
    };
    let mut all = headers.to_vec();
    if !media.is_empty() {
        all.push(("content-type", media));
    }
    send_bytes(way, method, path, body, &all).await
}

pub(crate) async fn send_bytes(
    way: &InProcess,
    method: &str,
    path: &str,
    body: Bytes,
    headers: &[(&str, &str)],
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (parts, body) = way.call(request.body(body).unwrap()).await.into_parts();
    let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    Answer {
        code: parts.status.as_u16(),
        headers: parts.headers,
        text,
    }
}

/// The next chunk of a stream, as the events in it.
pub(crate) async fn events(body: &mut Body) -> Vec<Value> {
    let Some(frame) = body.frame().await else {
        return Vec::new();
    };
    let bytes = frame.unwrap().into_data().unwrap().into_bytes();
    std::str::from_utf8(&bytes)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
