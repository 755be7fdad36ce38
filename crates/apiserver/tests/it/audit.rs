//! The audit log: what a policy records, at which stages, with which annotations.
use crate::kit::{self, Kit, pod, send, send_with};
use apiserver::{
    Audit, AuditBatch, AuditLogFormat, AuditLogMode, AuditPolicy, AuditTruncation, LogSettings,
};
use resource::ResourceType;
use serde_json::{Value, json};
use std::{future::Future, path::Path, sync::Arc, time::Duration};

const POLICY: &str = r"
apiVersion: audit.k8s.io/v1
kind: Policy
omitManagedFields: true
rules:
- {level: Metadata, resources: [{resources: [secrets]}]}
- {level: None, nonResourceURLs: [/version]}
- {level: RequestResponse, resources: [{resources: [configmaps, pods]}]}
- {level: Metadata, omitStages: [RequestReceived]}
";

/// Runs a scenario against a server that records, and gives the events.
fn recorded<F: Future<Output = ()>>(scenario: impl FnOnce(Kit) -> F) -> Vec<Value> {
    recorded_with(kit::toys(), scenario)
}

/// The same with other kinds.
pub(crate) fn recorded_with<F: Future<Output = ()>>(
    resources: Vec<Arc<dyn ResourceType>>,
    scenario: impl FnOnce(Kit) -> F,
) -> Vec<Value> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("audit.log");
    let audit = logged(&path, AuditLogMode::Blocking);
    serve(audit, resources, scenario);
    events_in(&path)
}

/// Events by [`POLICY`] in a log.
fn logged(path: &Path, mode: AuditLogMode) -> Audit {
    Audit {
        policy: AuditPolicy::parse(POLICY).unwrap(),
        log: Some(LogSettings {
            path: path.to_owned(),
            mode,
            format: AuditLogFormat::Json,
            bytes_max: 1 << 20,
            backups_max: 0,
            age_days_max: 0,
            compress: false,
        }),
        webhook: None,
        log_truncation: None,
        webhook_truncation: None,
    }
}

fn serve<F: Future<Output = ()>>(
    audit: Audit,
    resources: Vec<Arc<dyn ResourceType>>,
    scenario: impl FnOnce(Kit) -> F,
) {
    platform::simulated::run(7, |platform| async move {
        let kit = kit::start(platform, resources, |config| config.audit = Some(audit));
        scenario(kit.await).await;
    });
}

fn events_in(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn shown(event: &Value, keys: &[&str]) -> Value {
    keys.iter().map(|key| event[*key].clone()).collect()
}

/// Makes a namespace and a ConfigMap twice, and looks for two things.
fn first_steps() -> Vec<Value> {
    recorded(|kit| async move {
        let map = json!({"metadata": {"name": "m"}, "data": {"a": "b"}});
        let maps = "/api/v1/namespaces/n/configmaps";
        let namespace = json!({"metadata": {"name": "n"}});
        kit.post("/api/v1/namespaces", namespace).await.expect(201);
        kit.post(maps, map.clone()).await.expect(201);
        kit.post(maps, map).await.expect(409);
        kit.get("/version").await.expect(200);
        kit.get("/api/v1/namespaces/n/secrets/s").await.expect(404);
    })
}

#[test]
fn what_was_sent_is_told_as_far_as_it_was_looked_at() {
    let maps = "/api/v1/namespaces/n/configmaps";
    let events = recorded(|kit| async move {
        let map = json!({"metadata": {"name": "m"}});
        let namespace = json!({"metadata": {"name": "n"}});
        kit.post("/api/v1/namespaces", namespace).await.expect(201);
        let nobody = kit.server.in_process(kit::user("nobody", &[]));
        send(&nobody, "POST", maps, "", map.clone())
            .await
            .expect(403);
        kit.post(maps, map).await.expect(201);
        let path = format!("{maps}/m");
        let html = [("accept", "text/html")];
        send_with(&kit.admin, "GET", &path, "", Value::Null, &html)
            .await
            .expect(406);
        let apply = "application/apply-patch+yaml";
        let map = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "m"}});
        for (query, code) in [("", 422), ("?fieldManager=kit", 200)] {
            let path = format!("{path}{query}");
            let answer = send(&kit.admin, "PATCH", &path, apply, map.clone()).await;
            answer.expect(code);
        }
        let options = json!({"gracePeriodSeconds": 3});
        kit.delete(&path, options).await.expect(200);
    });
    let done: Vec<&Value> = events
        .iter()
        .filter(|event| event["stage"] == "ResponseComplete")
        .collect();
    let [_, refused, _, unacceptable, unread, applied, deleted] = done.as_slice() else {
        panic!("{done:?}");
    };
    assert!(refused.get("requestObject").is_none(), "{refused}");
    let status = json!({"metadata": {}, "code": 406});
    assert_eq!(unacceptable["responseStatus"], status);
    assert!(unacceptable.get("responseObject").is_none());
    assert!(unread.get("requestObject").is_none(), "{unread}");
    assert_eq!(applied["requestObject"]["kind"], "ConfigMap");
    assert_eq!(
        deleted["requestObject"],
        json!({"kind": "DeleteOptions", "apiVersion": "meta.k8s.io/__internal", "gracePeriodSeconds": 3})
    );
}

#[test]
fn what_was_not_understood_is_not_told_and_what_is_too_large_has_its_events() {
    let maps = "/api/v1/namespaces/n/configmaps";
    let events = recorded(|kit| async move {
        let other = json!({"kind": "Pod", "apiVersion": "v1"});
        kit.post(maps, other).await.expect(400);
        let large = json!({"metadata": {"name": "m"}, "data": {"a": "b".repeat(4 << 20)}});
        kit.post(maps, large.clone()).await.expect(413);
        let nobody = kit.server.in_process(kit::user("nobody", &[]));
        send(&nobody, "POST", maps, "", large).await.expect(403);
    });
    let done = events
        .iter()
        .filter(|event| event["stage"] == "ResponseComplete");
    let told = done.map(|event| {
        let decision = &event["annotations"]["authorization.k8s.io/decision"];
        json!([
            event["responseStatus"]["code"],
            decision,
            event.get("requestObject")
        ])
    });
    let wanted = json!([
        [400, "allow", null],
        [413, "allow", null],
        [403, "forbid", null]
    ]);
    assert_eq!(told.collect::<Value>(), wanted);
}

#[test]
fn levels_and_stages() {
    let told = first_steps().into_iter().map(|event| {
        let (what, code) = (
            &event["objectRef"]["resource"],
            &event["responseStatus"]["code"],
        );
        json!([event["level"], event["stage"], event["verb"], what, code])
    });
    let wanted = json!([
        ["Metadata", "ResponseComplete", "create", "namespaces", 201],
        [
            "RequestResponse",
            "RequestReceived",
            "create",
            "configmaps",
            null
        ],
        [
            "RequestResponse",
            "ResponseComplete",
            "create",
            "configmaps",
            201
        ],
        [
            "RequestResponse",
            "RequestReceived",
            "create",
            "configmaps",
            null
        ],
        [
            "RequestResponse",
            "ResponseComplete",
            "create",
            "configmaps",
            409
        ],
        ["Metadata", "RequestReceived", "get", "secrets", null],
        ["Metadata", "ResponseComplete", "get", "secrets", 404],
    ]);
    assert_eq!(told.collect::<Value>(), wanted);
}

#[test]
fn what_an_event_tells() {
    let events = first_steps();
    let made = &events[2];
    let keys = [
        "kind",
        "apiVersion",
        "requestURI",
        "objectRef",
        "requestObject",
        "user",
        "annotations",
    ];
    let wanted = json!([
        "Event",
        "audit.k8s.io/v1",
        "/api/v1/namespaces/n/configmaps",
        {"resource": "configmaps", "namespace": "n", "name": "m", "apiVersion": "v1"},
        {
            "kind": "ConfigMap",
            "apiVersion": "v1",
            "metadata": {"name": "m"},
            "data": {"a": "b"},
        },
        {"username": "admin", "groups": ["system:masters"]},
        {"authorization.k8s.io/decision": "allow", "authorization.k8s.io/reason": ""},
    ]);
    assert_eq!(shown(made, &keys), wanted);
    let answered = &made["responseObject"];
    assert_eq!(answered["data"], json!({"a": "b"}));
    assert!(answered["metadata"]["uid"].is_string());
    assert!(answered["metadata"].get("managedFields").is_none());
    assert_eq!(made["auditID"], events[1]["auditID"]);
    let failed = shown(
        &events[4]["responseStatus"],
        &["status", "reason", "message"],
    );
    let wanted = json!([
        "Failure",
        "AlreadyExists",
        "configmaps \"m\" already exists"
    ]);
    assert_eq!(failed, wanted);
    assert!(events[6].get("requestObject").is_none() && events[6].get("responseObject").is_none());
}

#[test]
fn who_is_impersonated_and_who_is_refused() {
    let events = recorded(|kit| async move {
        let jane = [
            ("impersonate-user", "jane"),
            ("audit-id", "given"),
            ("user-agent", "test/1"),
        ];
        let path = "/api/v1/namespaces/n/secrets/s";
        let answer = send_with(&kit.admin, "GET", path, "", Value::Null, &jane).await;
        answer.message(403);
    });
    let refused = events.last().unwrap();
    let keys = ["auditID", "userAgent", "impersonatedUser"];
    let jane = json!({"username": "jane", "groups": ["system:authenticated"]});
    assert_eq!(shown(refused, &keys), json!(["given", "test/1", jane]));
    assert_eq!(refused["user"]["username"], "admin");
    assert_eq!(
        refused["annotations"]["authorization.k8s.io/decision"],
        "forbid"
    );
}

#[test]
fn which_bounds_a_pod_breaks_and_what_a_patch_was() {
    let events = recorded(|kit| async move {
        let labels = json!({"pod-security.kubernetes.io/audit": "restricted"});
        let namespace = json!({"metadata": {"name": "n", "labels": labels}});
        kit.post("/api/v1/namespaces", namespace).await.expect(201);
        let account = json!({"metadata": {"name": "default"}});
        let accounts = "/api/v1/namespaces/n/serviceaccounts";
        kit.post(accounts, account).await.expect(201);
        let pods = "/api/v1/namespaces/n/pods";
        kit.post(pods, pod("p", json!({}))).await.expect(201);
        let patch = json!({"metadata": {"labels": {"a": "b"}, "managedFields": [{}]}});
        let (path, media) = (
            "/api/v1/namespaces/n/pods/p",
            "application/merge-patch+json",
        );
        send(&kit.admin, "PATCH", path, media, patch)
            .await
            .expect(200);
    });
    let made = events
        .iter()
        .rfind(|event| event["verb"] == "create" && event["objectRef"]["resource"] == "pods");
    let annotations = &made.unwrap()["annotations"];
    assert_eq!(
        annotations["pod-security.kubernetes.io/enforce-policy"],
        "privileged:latest"
    );
    let broken = annotations["pod-security.kubernetes.io/audit-violations"]
        .as_str()
        .unwrap();
    assert!(
        broken.starts_with("would violate PodSecurity \"restricted:latest\": "),
        "{broken}"
    );
    let patched = events.last().unwrap();
    assert_eq!(patched["verb"], "patch");
    assert_eq!(
        patched["requestObject"],
        json!({"metadata": {"labels": {"a": "b"}, "managedFields": [{}]}}),
        "a patch is told as it came"
    );
    assert_eq!(
        patched["responseObject"]["metadata"]["labels"],
        json!({"a": "b"})
    );
}

#[test]
fn a_watch_has_an_event_when_it_starts_and_one_when_it_has_ended() {
    let events = recorded(|kit| async move {
        let path = "/api/v1/configmaps?watch=true&timeoutSeconds=1";
        let request = http::Request::get(path).body(bytes::Bytes::new()).unwrap();
        let mut answer = kit.admin.call(request).await;
        kit::events(answer.body_mut()).await;
        drop(answer);
        // The event of the end is written by a task of its own: another request's is behind it.
        kit.get("/api/v1/namespaces/n/secrets/s").await.expect(404);
    });
    let stages = events
        .iter()
        .filter(|event| event["verb"] == "watch")
        .map(|event| event["stage"].clone());
    let wanted = json!(["RequestReceived", "ResponseStarted", "ResponseComplete"]);
    assert_eq!(stages.collect::<Value>(), wanted);
}

#[test]
fn a_stop_waits_for_no_more_lines_and_loses_none() {
    let events = recorded(|kit| async move {
        kit.get("/api/v1/namespaces/n/secrets/before")
            .await
            .expect(404);
        let drained = kit.server.drain(Duration::from_secs(5)).await;
        // The store is in the same group here, and is not stopped.
        let busy = drained
            .map_err(|hung| hung.to_string())
            .err()
            .unwrap_or_default();
        assert!(!busy.contains("audit log"), "{busy}");
        kit.get("/api/v1/namespaces/n/secrets/after")
            .await
            .expect(404);
    });
    let names = events
        .iter()
        .map(|event| event["objectRef"]["name"].clone());
    let wanted = json!(["before", "before", "after", "after"]);
    assert_eq!(names.collect::<Value>(), wanted);
}

#[test]
fn events_are_counted() {
    let metrics = Arc::new(std::sync::OnceLock::new());
    let kept = Arc::clone(&metrics);
    let events = recorded(|kit| async move {
        kit.get("/version").await.expect(200);
        kit.get("/api/v1/namespaces/n/secrets/s").await.expect(404);
        kept.set(kit.get("/metrics").await.text).unwrap();
    });
    // The last event tells that the metrics were sent.
    let made = format!("apiserver_audit_event_total {}", events.len() - 1);
    let text: &String = metrics.get().unwrap();
    for line in [
        &*made,
        "apiserver_audit_level_total{level=\"None\"} 1",
        "apiserver_audit_level_total{level=\"Metadata\"} 2",
        "apiserver_audit_error_total{plugin=\"log\"} 0",
        "apiserver_audit_requests_rejected_total 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
}

#[test]
fn the_status_of_a_deletion_is_told_at_any_level() {
    let events = recorded(|kit| async move {
        let namespace = json!({"metadata": {"name": "n"}});
        kit.post("/api/v1/namespaces", namespace).await.expect(201);
        let secrets = "/api/v1/namespaces/n/secrets";
        let secret = json!({"metadata": {"name": "s"}});
        kit.post(secrets, secret).await.expect(201);
        let path = format!("{secrets}/s");
        kit.delete(&path, Value::Null).await.expect(200);
    });
    let deleted = &events.last().unwrap()["responseStatus"];
    assert_eq!(shown(deleted, &["code", "status"]), json!([200, "Success"]));
    assert_eq!(deleted["details"]["name"], "s");
}

#[test]
fn whoever_is_not_let_in_is_told_once() {
    let events = recorded(|kit| async move {
        let stranger = kit.server.stranger();
        let path = "/api/v1/namespaces/n/secrets";
        let bearer = [("authorization", "Bearer nobodys"), ("audit-id", "a")];
        let answer = send_with(&stranger, "GET", path, "", Value::Null, &bearer).await;
        assert_eq!(answer.headers["audit-id"], "a");
        answer.expect(401);
    });
    assert_eq!(events.len(), 1, "{events:?}");
    let keys = ["stage", "level", "verb", "user", "responseStatus"];
    let status = json!({"metadata": {}, "status": "Failure", "code": 401, "message": "Unauthorized", "reason": "Unauthorized"});
    assert_eq!(
        shown(&events[0], &keys),
        json!(["ResponseStarted", "Metadata", "list", {}, status])
    );
}

#[test]
fn lists_in_protobuf_are_told() {
    let events = recorded(|kit| async move {
        let maps = "/api/v1/namespaces/n/configmaps";
        let namespace = json!({"metadata": {"name": "n"}});
        kit.post("/api/v1/namespaces", namespace).await.expect(201);
        let map = json!({"metadata": {"name": "m"}, "data": {"a": "b"}});
        kit.post(maps, map).await.expect(201);
        let request = http::Request::get(maps)
            .header("accept", "application/vnd.kubernetes.protobuf")
            .body(bytes::Bytes::new())
            .unwrap();
        let answer = kit.admin.call(request).await;
        assert_eq!(
            answer.headers()["content-type"],
            "application/vnd.kubernetes.protobuf"
        );
    });
    let listed = events.last().unwrap();
    assert_eq!(listed["verb"], "list");
    let list = &listed["responseObject"];
    assert_eq!(
        (&list["kind"], &list["apiVersion"]),
        (&json!("ConfigMapList"), &json!("v1"))
    );
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(
        (&items[0]["data"], &items[0]["kind"]),
        (&json!({"a": "b"}), &Value::Null)
    );
}

#[test]
fn an_event_of_metadata_names_what_was_made() {
    let events = recorded(|kit| async move {
        let namespace = json!({"metadata": {"name": "n"}});
        kit.post("/api/v1/namespaces", namespace).await.expect(201);
        let secrets = "/api/v1/namespaces/n/secrets";
        let secret = json!({"metadata": {"name": "s", "uid": "u"}});
        kit.post(secrets, secret.clone()).await.expect(201);
        let secret = json!({"metadata": {"name": "s", "resourceVersion": "1"}});
        kit.put(&format!("{secrets}/s"), secret).await.expect(409);
        let generated = json!({"metadata": {"generateName": "g"}});
        kit.post(secrets, generated).await.expect(201);
    });
    let complete = |event: &&Value| event["stage"] == "ResponseComplete";
    let named: Value = events
        .iter()
        .filter(complete)
        .map(|event| event["objectRef"].clone())
        .collect();
    let secret = |more: Value| {
        let mut object = json!({"resource": "secrets", "namespace": "n", "apiVersion": "v1"});
        let members = more.as_object().unwrap().clone();
        object.as_object_mut().unwrap().extend(members);
        object
    };
    let wanted = json!([
        {"resource": "namespaces", "name": "n", "apiVersion": "v1"},
        secret(json!({"name": "s", "uid": "u"})),
        secret(json!({"name": "s", "resourceVersion": "1"})),
        secret(json!({})),
    ]);
    assert_eq!(named, wanted);
    let received = &events[1];
    assert_eq!(received["stage"], "RequestReceived");
    assert!(received["objectRef"].get("name").is_none());
}

#[test]
fn a_log_in_batches_holds_nobody_up() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("audit.log");
    let mode = AuditLogMode::Batch(AuditBatch {
        events_waiting_max: 100,
        events_max: 3,
        wait: Duration::from_secs(5),
        throttle: None,
    });
    let written = path.clone();
    serve(logged(&path, mode), kit::toys(), |kit| async move {
        kit.get("/api/v1/namespaces/n/secrets/s").await.expect(404);
        kit.platform.clock.sleep(Duration::from_secs(4)).await;
        assert_eq!(events_in(&written).len(), 0);
        kit.platform.clock.sleep(Duration::from_secs(2)).await;
        assert_eq!(events_in(&written).len(), 2);
        kit.get("/api/v1/namespaces/n/secrets/s").await.expect(404);
        let drained = kit.server.drain(Duration::from_secs(5)).await;
        drop(drained);
    });
    assert_eq!(events_in(&path).len(), 4);
}

#[test]
fn a_log_that_is_full_refuses_what_must_be_recorded() {
    let full = Path::new("/dev/full");
    for (mode, code) in [
        (AuditLogMode::Blocking, 404),
        (AuditLogMode::BlockingStrict, 500),
    ] {
        let metrics = Arc::new(std::sync::OnceLock::new());
        let kept = Arc::clone(&metrics);
        serve(logged(full, mode.clone()), kit::toys(), |kit| async move {
            let path = "/api/v1/namespaces/n/secrets/s";
            let answer = kit.get(path).await;
            assert_eq!(answer.code, code, "{mode:?}");
            if code == 500 {
                let words =
                    format!("Internal Server Error: \"{path}\": failed to store audit event\n");
                assert_eq!(answer.text, words);
            }
            kept.set(kit.get("/metrics").await.text).unwrap();
        });
        let (lost, rejected) = if code == 500 { (1, 1) } else { (2, 0) };
        let text: &String = metrics.get().unwrap();
        for line in [
            format!("apiserver_audit_error_total{{plugin=\"log\"}} {lost}\n"),
            format!("apiserver_audit_requests_rejected_total {rejected}\n"),
        ] {
            assert!(text.contains(&line), "{line}\n{text}");
        }
    }
}

#[test]
fn large_events_lose_their_objects() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("audit.log");
    let audit = Audit {
        log_truncation: Some(AuditTruncation {
            event_bytes_max: 1500,
        }),
        ..logged(&path, AuditLogMode::Blocking)
    };
    serve(audit, kit::toys(), |kit| async move {
        let namespace = json!({"metadata": {"name": "n"}});
        kit.post("/api/v1/namespaces", namespace).await.expect(201);
        let map = json!({"metadata": {"name": "m"}, "data": {"a": "b".repeat(2000)}});
        kit.post("/api/v1/namespaces/n/configmaps", map)
            .await
            .expect(201);
        let long = format!("/api/v1/namespaces/n/secrets/{}", "s".repeat(2000));
        kit.get(&long).await.expect(404);
        let text = kit.get("/metrics").await.text;
        let lost = "apiserver_audit_error_total{plugin=\"truncate\"} 2\n";
        assert!(text.contains(lost), "{text}");
    });
    let events = events_in(&path);
    let made = events.iter().rfind(|event| event["verb"] == "create");
    let made = made.unwrap();
    assert_eq!(made["annotations"]["audit.k8s.io/truncated"], "true");
    assert_eq!(made["objectRef"]["name"], "m");
    assert!(made.get("requestObject").is_none() && made.get("responseObject").is_none());
    assert!(
        events
            .iter()
            .all(|event| event["verb"] != "get" || event["objectRef"].is_null())
    );
}

#[test]
fn answers_that_are_objects_are_told_without_a_resource() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("audit.log");
    let every = r#"{"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "omitStages": ["RequestReceived"], "rules": [{"level": "RequestResponse"}]}"#;
    let audit = Audit {
        policy: AuditPolicy::parse(every).unwrap(),
        ..logged(&path, AuditLogMode::Blocking)
    };
    serve(audit, kit::toys(), |kit| async move {
        let nobody = kit.server.stranger();
        for path in ["/apis", "/api/v1", "/version", "/openapi/v3", "/healthz"] {
            kit.get(path).await;
        }
        send(&nobody, "GET", "/api", "", Value::Null).await;
    });
    let told: Vec<[Value; 2]> = events_in(&path)
        .iter()
        .map(|event| {
            [
                event["requestURI"].clone(),
                event["responseObject"]["kind"].clone(),
            ]
        })
        .collect();
    let wanted = json!([
        ["/apis", "APIGroupList"],
        ["/api/v1", "APIResourceList"],
        ["/version", null],
        ["/openapi/v3", null],
        ["/healthz", null],
        ["/api", "Status"],
    ]);
    assert_eq!(json!(told), wanted);
}
