use super::{Authorizers, FailurePolicy, Webhook, WebhookAuthorization, WebhookSettings};
use crate::{
    authz::{Attributes, Decision},
    remote::Remotes,
};
use client::kubeconfig::Endpoint;
use platform::Platform;
use resource::User;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The body of a request, whose length its head tells.
async fn body(stream: &mut TcpStream) -> Value {
    let mut read = Vec::new();
    loop {
        let mut some = [0; 4096];
        let count = stream.read(&mut some).await.unwrap();
        read.extend_from_slice(&some[..count]);
        let text = String::from_utf8_lossy(&read).to_lowercase();
        let Some(head) = text.find("\r\n\r\n") else {
            continue;
        };
        let length = text.split("content-length: ").nth(1).unwrap();
        let length: usize = length.lines().next().unwrap().parse().unwrap();
        if read.len() >= head + 4 + length {
            return serde_json::from_slice(&read[head + 4..]).unwrap();
        }
    }
}

/// Answers one review, and tells what it asked.
async fn answer(listener: &TcpListener, status: Value) -> Value {
    let (mut stream, _) = listener.accept().await.unwrap();
    let asked = body(&mut stream).await;
    let review =
        json!({"apiVersion": asked["apiVersion"], "kind": asked["kind"], "status": status});
    let text = review.to_string();
    let length = text.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    stream.write_all((head + &text).as_bytes()).await.unwrap();
    asked
}

fn webhook(server: String) -> Webhook {
    let platform = Platform::real();
    let settings = WebhookSettings {
        name: "default".to_owned(),
        endpoint: Endpoint {
            server,
            tls_server_name: None,
            certificate_authority: None,
            insecure_skip_tls_verify: false,
            client_certificate: None,
            token: None,
            namespace: String::new(),
        },
        version: "v1beta1".to_owned(),
        failure_policy: FailurePolicy::Deny,
        timeout: Duration::from_secs(20),
        authorized_ttl: Duration::from_secs(60),
        unauthorized_ttl: Duration::ZERO,
    };
    let remotes = Remotes::new(platform.clock.clone(), &telemetry::metrics::Registry::new());
    let config = WebhookAuthorization::new(&remotes, settings).unwrap();
    let counts = Authorizers::new(&telemetry::metrics::Registry::new());
    Webhook::new(config, platform.clock, Arc::new(counts))
}

#[test]
fn a_webhook_is_asked_and_its_consent_remembered() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let webhook = webhook(format!("http://{address}/authorize?a=b"));
        let jane = User {
            name: "jane".into(),
            groups: vec!["devs".into()],
            ..User::default()
        };
        let asked = Attributes {
            verb: "get",
            resource: "pods",
            name: "p",
            ..Attributes::default()
        };
        assert!(webhook.decide(&jane, &asked).is_none());
        let (verdict, question) = tokio::join!(
            webhook.authorize(&jane, &asked),
            answer(&listener, json!({"allowed": true, "reason": "friend"}))
        );
        assert_eq!(
            (verdict.decision, &*verdict.reason),
            (Decision::Allow, "friend")
        );
        assert_eq!(question["apiVersion"], "authorization.k8s.io/v1beta1");
        assert_eq!(question["spec"]["group"], json!(["devs"]));
        assert_eq!(question["spec"]["resourceAttributes"]["resource"], "pods");
        assert!(
            webhook
                .decide(&jane, &asked)
                .is_some_and(|verdict| verdict.allows())
        );
        let other = Attributes { name: "q", ..asked };
        let (verdict, _) = tokio::join!(
            webhook.authorize(&jane, &other),
            answer(&listener, json!({"allowed": false, "denied": true}))
        );
        assert_eq!(verdict.decision, Decision::Deny);
        assert!(
            webhook.decide(&jane, &other).is_none(),
            "a refusal is not kept"
        );
        drop(listener);
        let verdict = webhook.authorize(&jane, &other).await;
        assert_eq!(verdict.decision, Decision::Deny);
        assert!(verdict.error.is_some());
    });
}
