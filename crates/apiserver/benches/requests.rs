//! What a request costs from the stack's first layer to its answer, without a network: by an administrator, whose flow schema is the
//! first, and by somebody whom the later ones take. `cargo bench -p apiserver`.

use apiserver::{
    Anonymous, Authentication, Authorization, Bootstrap, Config, InProcess, Limits, NoNodes,
    Remotes, Server, ServiceAccounts, SigningKey, Version,
};
use bytes::Bytes;
use http::Request;
use platform::Platform;
use resource::User;
use ring::{rand::SystemRandom, signature};
use serde_json::json;
use std::{path::Path, sync::Arc};
use telemetry::metrics::Registry;

const GETS: u32 = 200_000;
const CREATES: u32 = 5_000;
const MAPS: &str = "/api/v1/namespaces/default/configmaps";

fn main() {
    bench::main(&[("get", get), ("create", create)]);
}

fn get(bench: &bench::Bench) {
    let bench = *bench;
    run(move |server| async move {
        let admin = server.in_process(user("admin", &["system:masters"]));
        let someone = server.in_process(user("someone", &["system:authenticated"]));
        call(&admin, "POST", MAPS, map("m")).await;
        let one = format!("{MAPS}/m");
        for (what, way, path) in [
            ("get a config map", admin, &*one),
            ("get the version, as anybody", someone, "/version"),
        ] {
            let round = || call(&way, "GET", path, Bytes::new());
            measure(&bench, what, GETS, round).await;
        }
    });
}

fn create(bench: &bench::Bench) {
    let bench = *bench;
    run(move |server| async move {
        let admin = server.in_process(user("admin", &["system:masters"]));
        let mut count = 0;
        measure(&bench, "create a config map", CREATES, || {
            count += 1;
            call(&admin, "POST", MAPS, map(&format!("m{count}")))
        })
        .await;
    });
}

/// Prints how long a round takes on average.
async fn measure<F: Future>(
    bench: &bench::Bench,
    what: &str,
    rounds: u32,
    mut round: impl FnMut() -> F,
) {
    let rounds = bench.size(rounds, 2);
    let clock = Platform::real().clock;
    let began = clock.monotonic();
    for _ in 0..rounds {
        round().await;
    }
    let each = clock.monotonic().since(began) / rounds;
    bench.report(what, &format!("{:.2} µs", each.as_secs_f64() * 1e6));
}

fn map(name: &str) -> Bytes {
    let map = json!({"metadata": {"name": name}, "data": {"key": "value"}});
    Bytes::from(map.to_string())
}

async fn call(way: &InProcess, method: &str, path: &str, body: Bytes) {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("content-type", "application/json");
    let request = request.body(body).expect("the path is valid");
    let answer = way.call(request).await;
    assert!(answer.status().is_success(), "{method} {path}: {answer:?}");
}

fn user(name: &str, groups: &[&str]) -> User {
    User {
        name: name.into(),
        groups: groups.iter().map(|group| (*group).into()).collect(),
        ..User::default()
    }
}

/// Runs a scenario against a fresh cluster's server in virtual time, where the disk is memory.
fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Server) -> F) {
    platform::simulated::run(7, |platform: Platform| async move {
        let opened = store::Embedded::open(&platform, Path::new("data"), store::Options::server());
        let store: Arc<dyn store::Store> = opened.await.expect("an empty disk can be opened");
        let started = Server::start(config(platform, store)).await;
        let server = started.expect("a fresh cluster starts");
        server.ready().await;
        scenario(server).await;
    });
}

fn config(platform: Platform, store: Arc<dyn store::Store>) -> Config {
    let algorithm = &signature::ECDSA_P256_SHA256_FIXED_SIGNING;
    let key = signature::EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new());
    let key = key.expect("the system gives randomness");
    let signer = SigningKey::from_pkcs8_der(key.as_ref()).expect("the key was made just now");
    let network = registry::ServiceNetwork {
        range: registry::AddressRange {
            first: [10, 96, 0, 0].into(),
            prefix: 16,
        },
        second_range: None,
        node_ports: (30000, 32767),
    };
    let metrics = Registry::new();
    Config {
        remotes: Remotes::new(platform.clock.clone(), &metrics),
        platform,
        store,
        resources: registry::builtin(network, registry::EVENT_TTL_SECONDS, &metrics),
        authentication: Authentication {
            client_roots: Vec::new(),
            client_ca_pem: String::new(),
            request_header: None,
            service_accounts: ServiceAccounts {
                issuer: "https://issuer".to_owned(),
                keys_url: "https://192.0.2.1:6443/openid/v1/jwks".to_owned(),
                audiences: Vec::new(),
                signer,
                verifiers: Vec::new(),
                max_expiration_seconds: None,
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
        enablement: apiserver::Enablement::default(),
        cors_allowed_origins: Vec::new(),
        nodes: Arc::new(NoNodes),
        dial: Arc::new(client::transport::Nowhere),
        flags: std::collections::BTreeMap::new(),
        front_proxy: Arc::new(|| None),
        bootstrap: Bootstrap {
            enabled: true,
            advertise_address: [192, 0, 2, 2].into(),
            advertise_port: 6443,
            service_address: [10, 96, 0, 1].into(),
            service_port: 443,
            service_cidrs: vec!["10.96.0.0/16".to_owned()],
        },
        metrics,
        limits: Limits::upstream(),
        version: Version {
            git_version: "v1.36.2".to_owned(),
            git_commit: String::new(),
            build_date: String::new(),
            platform: "linux/amd64".to_owned(),
        },
    }
}
