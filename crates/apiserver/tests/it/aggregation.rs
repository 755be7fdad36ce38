//! Group versions of another server, which speaks TLS and believes nobody but the cluster's front proxy.
use crate::kit::{
    self, Kit, send_with,
    tls::{TlsServer, authority, base64, leaf},
};
use bytes::Bytes;
use http::{Request, Response, header};
use http_body_util::Full;
use hyper::body::Incoming;
use platform::Platform;
use serde_json::{Map, Value, json};
use std::{convert::Infallible, sync::Arc, time::Duration};

const GROUP: &str = "metrics.k8s.io";
const SERVICES: &str = "/apis/apiregistration.k8s.io/v1/apiservices";

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let document = |kind: &'static str, document: Value| {
        let mut response = Response::new(Full::new(document.to_string().into()));
        let kind = header::HeaderValue::from_static(kind);
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        Ok(response)
    };
    let json = "application/json";
    let resources = json!([{
        "resource": "nodes",
        "responseKind": {"group": GROUP, "version": "v1beta1", "kind": "NodeMetrics"},
        "scope": "Cluster",
        "singularResource": "",
        "verbs": ["get", "list"],
    }]);
    match request.uri().path() {
        "/apis" => document(
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
            json!({"items": [{
                "metadata": {"name": GROUP},
                "versions": [{"version": "v1beta1", "resources": resources}],
            }]}),
        ),
        "/apis/metrics.k8s.io/v1beta1" => document(
            json,
            json!({"kind": "APIResourceList", "groupVersion": "metrics.k8s.io/v1beta1"}),
        ),
        "/openapi/v3" => document(
            json,
            json!({"paths": {"apis/metrics.k8s.io/v1beta1": {
                "serverRelativeURL": "/openapi/v3/apis/metrics.k8s.io/v1beta1?hash=1",
            }}}),
        ),
        "/openapi/v2" => document(
            json,
            json!({
                "swagger": "2.0",
                "paths": {
                    "/apis/metrics.k8s.io/v1beta1/nodes": {"get": {"responses": {"200": {
                        "description": "OK",
                        "schema": {"$ref": "#/definitions/NodeMetricsList"},
                    }}}},
                    "/apis/metrics.k8s.io/v1/nodes": {},
                    "/version/": {},
                },
                "definitions": {"NodeMetricsList": {"type": "object", "odd": true}},
            }),
        ),
        "/apis/metrics.k8s.io/v1beta1/away" => {
            let mut away = Response::new(Full::default());
            *away.status_mut() = http::StatusCode::FOUND;
            let to = header::HeaderValue::from_static("https://example.com/");
            away.headers_mut().insert(header::LOCATION, to);
            Ok(away)
        }
        _ => {
            let names = request.headers().iter();
            let told: Map<String, Value> = names
                .filter(|(name, _)| name.as_str().starts_with("x-") || *name == "audit-id")
                .map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap())))
                .collect();
            let target = request.uri().path_and_query().unwrap().as_str();
            document(json, json!({"target": target, "headers": told}))
        }
    }
}

struct Cluster {
    kit: Kit,
    /// At 10.0.0.8:8443.
    other: Arc<TlsServer>,
    /// Who signs the other server's certificate, PEM in base64.
    authority: String,
}

fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Cluster) -> F) {
    platform::simulated::run(7, |platform: Platform| async move {
        let (authority_pem, servers) = authority("servers");
        let (proxies_pem, proxies) = authority("proxies");
        let own = leaf(&servers, &["metrics.kube-system.svc"]);
        let clients = Some(proxies_pem.as_str());
        let other = TlsServer::new(&[("10.0.0.8", 8443)], &own, clients, answer);
        let other = Arc::new(other);
        let (certificate, key) = leaf(&proxies, &[]);
        let shown = (
            certificate.pem().into_bytes(),
            key.serialize_pem().into_bytes(),
        );
        let kit = kit::start(platform, kit::all_kinds(), |config| {
            config.dial = Arc::<TlsServer>::clone(&other);
            config.front_proxy = Arc::new(move || Some(shown.clone()));
            config.bootstrap.enabled = true;
        })
        .await;
        kit.server.ready().await;
        scenario(Cluster {
            kit,
            other,
            authority: base64(authority_pem.as_bytes()),
        })
        .await;
    });
}

impl Cluster {
    async fn register(&self) {
        let service = json!({
            "metadata": {"name": "v1beta1.metrics.k8s.io"},
            "spec": {
                "group": GROUP,
                "version": "v1beta1",
                "groupPriorityMinimum": 100,
                "versionPriority": 100,
                "caBundle": self.authority,
                "service": {"namespace": "kube-system", "name": "metrics"},
            },
        });
        self.kit.post(SERVICES, service).await.expect(201);
    }

    async fn serve(&self) {
        let service = json!({
            "metadata": {"name": "metrics"},
            "spec": {"ports": [{"name": "https", "port": 443}]},
        });
        let path = "/api/v1/namespaces/kube-system/services";
        self.kit.post(path, service).await.expect(201);
        self.available("EndpointsNotFound").await;
        let slice = json!({
            "metadata": {
                "name": "metrics-1",
                "labels": {"kubernetes.io/service-name": "metrics"},
            },
            "addressType": "IPv4",
            "ports": [{"name": "https", "port": 8443}],
            "endpoints": [{"addresses": ["10.0.0.8"]}],
        });
        let path = "/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices";
        self.kit.post(path, slice).await.expect(201);
    }

    /// Waits until the condition has this reason; its status and message.
    async fn available(&self, reason: &str) -> (String, String) {
        for _ in 0..1000 {
            let path = format!("{SERVICES}/v1beta1.metrics.k8s.io");
            let service = self.kit.get(&path).await.expect(200);
            let condition = &service["status"]["conditions"][0];
            if condition["reason"] == reason {
                let text = |field: &str| condition[field].as_str().unwrap().to_owned();
                return (text("status"), text("message"));
            }
            self.kit
                .platform
                .clock
                .sleep(Duration::from_millis(100))
                .await;
        }
        panic!("the condition never says {reason}");
    }
}

const NODES: &str = "/apis/metrics.k8s.io/v1beta1/nodes?limit=1";

#[test]
fn a_server_is_aggregated_from_registration_to_removal() {
    run(|cluster| async move {
        cluster.register().await;
        let (status, message) = cluster.available("ServiceNotFound").await;
        assert_eq!(status, "False");
        assert_eq!(message, "service/metrics in \"kube-system\" is not present");
        let early = cluster.kit.get(NODES).await;
        assert_eq!((early.code, &*early.text), (503, "service unavailable\n"));
        cluster.serve().await;
        let (status, message) = cluster.available("Passed").await;
        assert_eq!((&*status, &*message), ("True", "all checks passed"));
        let answer = cluster.kit.get(NODES).await.expect(200);
        assert_eq!(
            answer["target"],
            "/apis/metrics.k8s.io/v1beta1/nodes?limit=1"
        );
        let headers = &answer["headers"];
        assert_eq!(headers["x-remote-user"], "admin");
        let id = headers["audit-id"].as_str().unwrap_or_default();
        assert_eq!(id.len(), 36, "a UUID: {id}");
        assert_eq!(headers["x-remote-group"], "system:masters");
        assert_eq!(headers["x-forwarded-host"], "10.0.0.8:8443");
        let headers = [("audit-id", "one-of-mine")];
        let told = send_with(&cluster.kit.admin, "GET", NODES, "", Value::Null, &headers);
        let told = told.await.expect(200);
        assert_eq!(told["headers"]["audit-id"], "one-of-mine");
        shown(&cluster).await;
        let away = cluster.kit.get("/apis/metrics.k8s.io/v1beta1/away").await;
        let words = "the backend attempted to redirect this request, which is not permitted";
        assert_eq!((away.code, &*away.text), (502, words));
        cluster
            .kit
            .delete(&format!("{SERVICES}/v1beta1.metrics.k8s.io"), Value::Null)
            .await
            .expect(200);
        cluster
            .kit
            .platform
            .clock
            .sleep(Duration::from_secs(1))
            .await;
        assert_eq!(cluster.kit.get(NODES).await.code, 404);
        let groups = cluster.kit.get("/apis").await.expect(200).to_string();
        assert!(!groups.contains(GROUP));
    });
}

/// What is aggregated stands in discovery and OpenAPI.
async fn shown(cluster: &Cluster) {
    cluster
        .kit
        .platform
        .clock
        .sleep(Duration::from_secs(1))
        .await;
    let groups = cluster.kit.get("/apis").await.expect(200);
    let last = groups["groups"].as_array().unwrap().last().unwrap();
    assert_eq!(last["name"], GROUP);
    assert_eq!(last["preferredVersion"]["version"], "v1beta1");
    let accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    let headers = [("accept", accept)];
    let all = send_with(
        &cluster.kit.admin,
        "GET",
        "/apis",
        "",
        Value::Null,
        &headers,
    );
    let all = all.await.expect(200);
    let version = &all["items"].as_array().unwrap().last().unwrap()["versions"][0];
    assert_eq!(version["freshness"], "Current");
    assert_eq!(version["resources"][0]["resource"], "nodes");
    let index = cluster.kit.get("/openapi/v3").await.expect(200);
    let url = &index["paths"]["apis/metrics.k8s.io/v1beta1"]["serverRelativeURL"];
    let document = cluster.kit.get(url.as_str().unwrap()).await.expect(200);
    assert_eq!(document["target"], *url);
    assert_eq!(document["headers"]["x-remote-user"], "system:aggregator");
    let all = cluster.kit.get("/openapi/v2").await.expect(200);
    assert!(all["paths"]["/apis/metrics.k8s.io/v1beta1/nodes"].is_object());
    assert!(all["paths"]["/apis/metrics.k8s.io/v1/nodes"].is_null());
    assert_eq!(all["definitions"]["NodeMetricsList"]["type"], "object");
    assert!(all["definitions"]["io.k8s.api.core.v1.Pod"].is_object());
    let protobuf = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    let request = Request::get("/openapi/v2").header(header::ACCEPT, protobuf);
    let answer = cluster.kit.admin.call(request.body(Bytes::new()).unwrap());
    assert_eq!(answer.await.status(), 200);
}

#[test]
fn a_server_that_goes_away_is_missed_and_found_again() {
    run(|cluster| async move {
        cluster.register().await;
        cluster.available("ServiceNotFound").await;
        cluster.serve().await;
        cluster.available("Passed").await;
        cluster.other.is_down(true);
        let (status, message) = cluster.available("FailedDiscoveryCheck").await;
        assert_eq!(status, "False");
        let url = "https://10.0.0.8:8443/apis/metrics.k8s.io/v1beta1";
        assert_eq!(
            message,
            format!(
                "failing or missing response from {url}: Get \"{url}\": dial tcp 10.0.0.8:8443: connect: connection refused"
            )
        );
        assert_eq!(cluster.kit.get(NODES).await.code, 503);
        let name = "name=\"v1beta1.metrics.k8s.io\"";
        let metrics = cluster.kit.get("/metrics").await.text;
        let gauge = format!("aggregator_unavailable_apiservice{{{name}}} 1");
        assert!(metrics.contains(&gauge), "{metrics}");
        let reason = "reason=\"FailedDiscoveryCheck\"";
        let counter = format!("aggregator_unavailable_apiservice_total{{{name},{reason}}} 1");
        assert!(metrics.contains(&counter), "{metrics}");
        cluster.other.is_down(false);
        cluster.available("Passed").await;
        cluster.kit.get(NODES).await.expect(200);
    });
}

#[test]
fn a_server_that_nobody_vouches_for_is_not_there() {
    run(|cluster| async move {
        let (stranger, _) = authority("strangers");
        let cluster = Cluster {
            authority: base64(stranger.as_bytes()),
            ..cluster
        };
        cluster.register().await;
        cluster.available("ServiceNotFound").await;
        cluster.serve().await;
        let (_, message) = cluster.available("FailedDiscoveryCheck").await;
        let words =
            "tls: failed to verify certificate: x509: certificate signed by unknown authority";
        assert!(message.ends_with(words), "{message}");
    });
}
