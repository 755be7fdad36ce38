use super::{ClientConfig, Destination, Protocols, WebhookClients, cleaned_url, protocols_of};
use crate::{aggregation::resolve::ServiceName, cache::Caches, remote::Remotes};
use client::transport::Nowhere;
use std::{path::Path, sync::Arc, time::Duration};
use telemetry::metrics::Registry;

#[test]
fn urls_are_cleaned() {
    let check = |url, wanted| assert_eq!(cleaned_url(url), wanted);
    check("https://h", "https://h");
    check("https://h/", "https://h/");
    check("https://h:1/a//b/../c/", "https://h:1/a/c");
}

#[test]
fn this_machine_is_spoken_to_in_http2() {
    let check = |url, wanted| assert_eq!(protocols_of(url), wanted, "{url}");
    check("https://localhost:1/a", Protocols::Http2);
    check("https://127.0.0.9", Protocols::Http2);
    check("https://[::1]:9443/x", Protocols::Http2);
    check("https://h.example/x", Protocols::Http1);
    check("https://10.0.0.1", Protocols::Http1);
}

fn config(destination: Destination) -> ClientConfig {
    ClientConfig {
        destination,
        authority: Arc::default(),
    }
}

fn run<F: Future<Output = ()>>(scenario: impl FnOnce(WebhookClients) -> F) {
    platform::simulated::run(7, |platform| async move {
        let options = store::Options::server();
        let store = store::Embedded::open(&platform, Path::new("data"), options).await;
        let caches = Caches::new(store.unwrap(), &[]);
        let remotes = Remotes::new(platform.clock.clone(), &Registry::new());
        scenario(WebhookClients::new(
            Arc::new(caches),
            Arc::new(Nowhere),
            platform,
            remotes,
        ))
        .await;
    });
}

async fn words(clients: &WebhookClients, destination: Destination) -> String {
    let (config, timeout) = (config(destination), Duration::from_secs(9));
    let called = clients.call(&config, "?timeout=9s", "{}".into(), timeout);
    called.await.unwrap_err().for_clients()
}

#[test]
fn errors_are_in_upstreams_words() {
    run(|clients| async move {
        assert_eq!(
            words(&clients, Destination::Url("https://h:9/a".into())).await,
            "Post \"https://h:9/a?timeout=9s\": dial tcp h:9: connect: connection refused",
        );
        let service = ServiceName {
            namespace: "n".into(),
            name: "s".into(),
            port: 443,
        };
        let path = "/mutate/".into();
        assert_eq!(
            words(&clients, Destination::Service { service, path }).await,
            "Post \"https://s.n.svc:443/mutate?timeout=9s\": service \"s\" not found",
        );
    });
}

#[test]
fn clients_are_kept_within_their_bound() {
    run(|clients| async move {
        let url = |number: usize| config(Destination::Url(format!("https://h:9/{number}").into()));
        let first = clients.client(&url(0)).unwrap();
        for number in 1..super::CLIENTS_MAX {
            clients.client(&url(number)).unwrap();
            assert!(Arc::ptr_eq(&first, &clients.client(&url(0)).unwrap()));
        }
        let second = clients.client(&url(1)).unwrap();
        clients.client(&url(1000)).unwrap();
        assert_eq!(clients.kept.lock().clients.len(), super::CLIENTS_MAX);
        assert!(Arc::ptr_eq(&second, &clients.client(&url(1)).unwrap()));
        assert!(!clients.kept.lock().clients.contains_key(&url(2)));
        let other = ClientConfig {
            authority: Arc::from(
                &b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"[..],
            ),
            ..url(1)
        };
        clients.client(&other).unwrap_err();
    });
}
