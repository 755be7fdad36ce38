//! The webhook that converts boats, a real TLS server in memory, and what it can be made to do wrong.
use crate::kit::tls::{TlsServer, authority, base64, leaf};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use serde_json::{Value, json};
use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
};

/// How the webhook answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Right,
    SaysNo,
    SaysNothing,
    OtherUid,
    NoObjects,
    OtherName,
    OtherVersion,
    OtherKind,
    NoMetadata,
    WrongLabel,
    LabelOfNumber,
    NoKind,
    NoReview,
    OtherReview,
    Broken,
    Silent,
}

/// At 10.0.0.9:9443 and, by its service, at port 443.
pub(crate) struct Webhook {
    pub(crate) server: Arc<TlsServer>,
    /// Who signs its certificate, PEM in base64.
    pub(crate) authority: String,
    state: Arc<State>,
}

struct State {
    mode: Mutex<Mode>,
    /// Paths and bodies of all requests.
    asked: Mutex<Vec<(String, Value)>>,
}

impl Webhook {
    pub(crate) fn new() -> Self {
        let (pem, issuer) = authority("webhooks");
        let own = leaf(&issuer, &["boats.sea.svc", "10.0.0.9"]);
        let state = Arc::new(State {
            mode: Mutex::new(Mode::Right),
            asked: Mutex::default(),
        });
        let told = Arc::clone(&state);
        let handler = move |request| answer(Arc::clone(&told), request);
        Self {
            server: Arc::new(TlsServer::new(&[("10.0.0.9", 9443)], &own, None, handler)),
            authority: base64(pem.as_bytes()),
            state,
        }
    }

    pub(crate) fn is(&self, mode: Mode) {
        *self.state.mode.lock().unwrap() = mode;
    }

    /// The requests since the last call.
    pub(crate) fn asked(&self) -> Vec<(String, Value)> {
        std::mem::take(&mut *self.state.asked.lock().unwrap())
    }
}

async fn answer(
    state: Arc<State>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let target = request.uri().path_and_query().unwrap().to_string();
    let body = request.into_body().collect().await.unwrap().to_bytes();
    let review: Value = serde_json::from_slice(&body).unwrap();
    state.asked.lock().unwrap().push((target, review.clone()));
    let mode = *state.mode.lock().unwrap();
    let mut response = Response::new(Full::default());
    match mode {
        Mode::Silent => std::future::pending::<()>().await,
        Mode::Broken => {
            *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
            *response.body_mut() = Full::from("no way");
        }
        mode => *response.body_mut() = reviewed(mode, &review).to_string().into(),
    }
    Ok(response)
}

fn reviewed(mode: Mode, review: &Value) -> Value {
    let request = &review["request"];
    let target = request["desiredAPIVersion"].as_str().unwrap();
    let objects = request["objects"].as_array().unwrap().iter();
    let mut converted: Vec<Value> = objects.map(|object| converted(object, target)).collect();
    let first = &mut converted[0];
    match mode {
        Mode::OtherName => first["metadata"]["name"] = json!("other"),
        Mode::OtherVersion => first["apiVersion"] = json!("sea.example.com/v9"),
        Mode::OtherKind => first["kind"] = json!("Raft"),
        Mode::NoMetadata => first["metadata"] = json!("none"),
        Mode::WrongLabel => first["metadata"]["labels"] = json!({"a b": "c"}),
        Mode::LabelOfNumber => first["metadata"]["labels"] = json!({"a": 1}),
        Mode::NoKind => drop(first.as_object_mut().unwrap().remove("kind")),
        Mode::NoObjects => converted.clear(),
        _ => {}
    }
    let result = match mode {
        Mode::SaysNo => json!({"status": "Failure", "message": "the sea is rough"}),
        Mode::SaysNothing => json!({}),
        _ => json!({"status": "Success"}),
    };
    let uid = match mode {
        Mode::OtherUid => json!("u"),
        _ => request["uid"].clone(),
    };
    let response = json!({"uid": uid, "convertedObjects": converted, "result": result});
    match mode {
        Mode::NoReview => json!({"response": response}),
        Mode::OtherReview => {
            json!({"kind": "ConversionReview", "apiVersion": "apiextensions.k8s.io/v1beta1", "response": response})
        }
        _ => {
            json!({"kind": "ConversionReview", "apiVersion": review["apiVersion"], "response": response})
        }
    }
}

/// What is `spec.size` in v1 is `spec.hull.length` in v2, and a label says in which form the object is.
fn converted(object: &Value, target: &str) -> Value {
    let mut object = object.clone();
    object["apiVersion"] = json!(target);
    let spec = object["spec"].as_object_mut().unwrap();
    if target.ends_with("/v2") {
        let size = spec.remove("size").unwrap_or_default();
        spec.insert("hull".to_owned(), json!({"length": size, "unknown": true}));
        object["metadata"]["labels"]["form"] = json!("new");
    } else {
        let hull = spec.remove("hull").unwrap_or_default();
        spec.insert("size".to_owned(), hull["length"].clone());
        object["metadata"]["labels"]["form"] = json!("old");
    }
    // Of the metadata only labels and annotations are taken.
    object["metadata"]["finalizers"] = json!(["example.com/ignored"]);
    object
}
