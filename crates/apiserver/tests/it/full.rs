//! A server with every built-in kind and what a fresh cluster holds, and upstream's records. They are not part of the repository:
//! without them, tests say so and pass.
use crate::kit::{Kit, all_kinds, config};
use apiserver::{Authentication, Bootstrap, RequestHeader, Server};
use client::transport::{Dial, Nowhere};
use platform::Platform;
use serde_json::Value;
use std::{fs, io::Write, net::IpAddr, path::Path, path::PathBuf, sync::Arc};

/// A file of the records; none when they are not at hand.
pub(crate) fn record(name: &str) -> Option<Vec<u8>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/upstream");
    let path = PathBuf::from(root).join(name);
    let found = fs::read(&path).ok();
    if found.is_none() {
        let words = format!("skipped: no record at {}\n", path.display());
        std::io::stderr().write_all(words.as_bytes()).unwrap();
    }
    found
}

pub(crate) fn document(name: &str) -> Option<Value> {
    record(name).map(|bytes| serde_json::from_slice(&bytes).unwrap())
}

/// Runs a scenario in virtual time against a fresh cluster's server.
pub(crate) fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Kit) -> F) {
    run_started(1, scenario);
}

/// The same against a server that finds a cluster in its store and remembers nothing of what came before.
pub(crate) fn run_again<F: Future<Output = ()>>(scenario: impl FnOnce(Kit) -> F) {
    run_started(2, scenario);
}

fn run_started<F: Future<Output = ()>>(starts: usize, scenario: impl FnOnce(Kit) -> F) {
    platform::simulated::run(7, |platform: Platform| async move {
        let opened = store::Embedded::open(&platform, Path::new("data"), store::Options::server());
        let store: Arc<dyn store::Store> = opened.await.unwrap();
        for _ in 1..starts {
            drop(start(&platform, Arc::clone(&store), nowhere()).await);
        }
        scenario(start(&platform, store, nowhere()).await).await;
    });
}

/// The same with something behind the cluster's network.
pub(crate) fn run_dialing<F: Future<Output = ()>>(
    dial: Arc<dyn Dial>,
    scenario: impl FnOnce(Kit) -> F,
) {
    platform::simulated::run(7, |platform: Platform| async move {
        let opened = store::Embedded::open(&platform, Path::new("data"), store::Options::server());
        let store: Arc<dyn store::Store> = opened.await.unwrap();
        scenario(start(&platform, store, dial).await).await;
    });
}

fn nowhere() -> Arc<dyn Dial> {
    Arc::new(Nowhere)
}

async fn start(platform: &Platform, store: Arc<dyn store::Store>, dial: Arc<dyn Dial>) -> Kit {
    let mut config = config(platform.clone(), store, all_kinds());
    let issuer = "https://kubernetes.default.svc.cluster.local";
    config.authentication.service_accounts.issuer = issuer.to_owned();
    trust(&mut config.authentication);
    config.dial = dial;
    config.bootstrap = Bootstrap {
        enabled: true,
        advertise_address: IpAddr::from([192, 0, 2, 2]),
        advertise_port: 16443,
        ..config.bootstrap
    };
    let store = Arc::clone(&config.store);
    let server = Server::start(config).await.unwrap();
    server.ready().await;
    let mut user = crate::kit::user("admin", &["system:masters", "system:authenticated"]);
    user.uid = "admin".into();
    let admin = server.in_process(user);
    Kit {
        platform: platform.clone(),
        server,
        admin,
        store,
    }
}

/// What the recorded server trusted.
fn trust(authentication: &mut Authentication) {
    let Some(lines) = record("shapes.jsonl") else {
        return;
    };
    let mut records = serde_json::Deserializer::from_slice(&lines).into_iter::<Value>();
    let list = records.find(|record| record.as_ref().unwrap()["name"] == "list all namespaces");
    let list = list.unwrap().unwrap();
    let data = &list["body"]["items"][0]["data"];
    let text = |key: &str| data[key].as_str().unwrap().to_owned();
    let one = |value: &str| vec![value.to_owned()];
    authentication.client_ca_pem = text("client-ca-file");
    authentication.request_header = Some(RequestHeader {
        client_roots: Vec::new(),
        client_ca_pem: text("requestheader-client-ca-file"),
        allowed_names: one("front-proxy-client"),
        username_headers: one("X-Remote-User"),
        uid_headers: Vec::new(),
        group_headers: one("X-Remote-Group"),
        extra_header_prefixes: one("X-Remote-Extra-"),
    });
}
