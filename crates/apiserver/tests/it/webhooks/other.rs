//! A program elsewhere that speaks TLS and answers reviews as a test tells it.
use crate::kit::{
    Kit, all_kinds, config,
    tls::{TlsServer, authority, base64, leaf},
    user,
};
use apiserver::{Bootstrap, Server};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use parking_lot::Mutex;
use platform::Platform;
use serde_json::{Value, json};
use std::{collections::HashMap, convert::Infallible, path::Path, sync::Arc};

/// What the program says at one path.
#[derive(Clone)]
pub(super) enum Says {
    /// A response, whose uid is that of the request.
    Response(Value),
    /// A response that depends on the request.
    By(fn(&Value) -> Value),
    /// No review: a code and a text.
    Text(u16, &'static str),
    /// It is busy for so many times, with this code and `Retry-After`; then it allows everything.
    Busy(usize, u16, &'static str),
    /// Nothing, ever.
    Nothing,
}

/// What the program was asked, and what it is to say; nobody asks about other paths.
#[derive(Default)]
pub(super) struct Talk {
    says: HashMap<String, Says>,
    /// Path with query, and the review.
    pub(super) asked: Vec<(String, Value)>,
}

/// Where the program is: `hooks.example:443`, and as the service `hook` of the namespace `n`.
const AT: &[(&str, u16)] = &[("10.0.0.8", 8443), ("hooks.example", 443)];

async fn answer(
    talk: Arc<Mutex<Talk>>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let target = request.uri().path_and_query().unwrap().to_string();
    let path = request.uri().path().to_owned();
    let body = request.into_body().collect().await.unwrap().to_bytes();
    let review: Value = serde_json::from_slice(&body).unwrap();
    let (says, times) = {
        let mut talk = talk.lock();
        talk.asked.push((target, review.clone()));
        (talk.says.get(&path).cloned(), talk.asked.len())
    };
    let request = &review["request"];
    let response = match says.unwrap_or(Says::Text(404, "no such webhook")) {
        Says::Response(response) => response,
        Says::By(decide) => decide(request),
        Says::Text(code, text) => {
            let mut answer = Response::new(Full::new(text.into()));
            *answer.status_mut() = http::StatusCode::from_u16(code).unwrap();
            return Ok(answer);
        }
        Says::Busy(busy, code, seconds) if times <= busy => {
            let mut answer = Response::new(Full::new("busy".into()));
            *answer.status_mut() = http::StatusCode::from_u16(code).unwrap();
            let seconds = http::HeaderValue::from_static(seconds);
            answer.headers_mut().insert("retry-after", seconds);
            return Ok(answer);
        }
        Says::Busy(..) => json!({"allowed": true}),
        Says::Nothing => std::future::pending().await,
    };
    let mut response = response;
    response["uid"] = request["uid"].clone();
    let answer = json!({
        "apiVersion": review["apiVersion"],
        "kind": review["kind"],
        "response": response,
    });
    let mut answer = Response::new(Full::new(answer.to_string().into()));
    let json = http::HeaderValue::from_static("application/json");
    answer.headers_mut().insert("content-type", json);
    Ok(answer)
}

/// A cluster with the namespace `n`, and the other program.
pub(super) struct Cluster {
    pub(super) kit: Kit,
    talk: Arc<Mutex<Talk>>,
    /// Who signs the program's certificate, PEM in base64.
    authority: String,
}

pub(super) fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Cluster) -> F) {
    platform::simulated::run(7, |platform: Platform| async move {
        let options = store::Options::server();
        let store = store::Embedded::open(&platform, Path::new("data"), options);
        let kinds = all_kinds();
        let (authority_pem, authority) = authority("hooks");
        let talk: Arc<Mutex<Talk>> = Arc::default();
        let mut config = config(platform.clone(), store.await.unwrap(), kinds);
        let own = leaf(&authority, &["hooks.example", "hook.n.svc"]);
        let told = Arc::clone(&talk);
        let handler = move |request| answer(Arc::clone(&told), request);
        config.dial = Arc::new(TlsServer::new(AT, &own, None, handler));
        config.bootstrap = Bootstrap {
            enabled: true,
            ..config.bootstrap
        };
        let store = Arc::clone(&config.store);
        let server = Server::start(config).await.unwrap();
        server.ready().await;
        let admin = server.in_process(user("admin", &["system:masters"]));
        let kit = Kit {
            server,
            admin,
            store,
            platform,
        };
        let labels = json!({"team": "blue"});
        let namespace = json!({"metadata": {"name": "n", "labels": labels}});
        kit.post("/api/v1/namespaces", namespace).await.expect(201);
        let cluster = Cluster {
            kit,
            talk,
            authority: base64(authority_pem.as_bytes()),
        };
        scenario(cluster).await;
    });
}

const CONFIGURATIONS: &str = "/apis/admissionregistration.k8s.io/v1";

impl Cluster {
    pub(super) fn says(&self, path: &str, says: Says) {
        self.talk.lock().says.insert(path.to_owned(), says);
    }

    /// What the program was asked since this was last asked.
    pub(super) fn asked(&self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.talk.lock().asked)
    }

    /// The requests alone.
    pub(super) fn requests(&self) -> Vec<Value> {
        let asked = self.asked().into_iter();
        asked
            .map(|(_, mut review)| review["request"].take())
            .collect()
    }

    /// A webhook at `https://hooks.example/NAME` for config maps, with what `more` says besides or instead.
    pub(super) fn hook(&self, name: &str, more: &Value) -> Value {
        let mut hook = json!({
            "name": format!("{name}.example.com"),
            "clientConfig": {
                "url": format!("https://hooks.example/{name}"),
                "caBundle": self.authority,
            },
            "rules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["*"],
                "resources": ["configmaps"],
            }],
            "sideEffects": "None",
            "admissionReviewVersions": ["v1"],
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            hook[key] = value.clone();
        }
        if hook["clientConfig"]["caBundle"].is_null() {
            hook["clientConfig"]["caBundle"] = self.authority.as_str().into();
        }
        hook
    }

    /// Registers webhooks of a kind, `mutating` or `validating`.
    pub(super) async fn register(&self, kind: &str, hooks: &[Value]) {
        let path = format!("{CONFIGURATIONS}/{kind}webhookconfigurations");
        let configuration = json!({"metadata": {"name": "c"}, "webhooks": hooks});
        self.kit.post(&path, configuration).await.expect(201);
    }

    pub(super) async fn unregister(&self, kind: &str) {
        let path = format!("{CONFIGURATIONS}/{kind}webhookconfigurations/c");
        self.kit.delete(&path, Value::Null).await.expect(200);
    }
}
