//! What is counted, and what health says.
use crate::kit::{Kit, pod, run, send_with};
use serde_json::{Value, json};

const PODS: &str = "/api/v1/namespaces/n/pods";

#[test]
fn requests_are_counted_under_upstreams_labels() {
    run(|kit: Kit| async move {
        kit.post(PODS, pod("p", json!({}))).await.expect(201);
        kit.post(&format!("{PODS}?dryRun=All"), pod("q", json!({})))
            .await
            .expect(201);
        kit.get(PODS).await.expect(200);
        kit.get(&format!("{PODS}/p")).await.expect(200);
        kit.get(&format!("{PODS}/none")).await.expect(404);
        kit.get("/api/v1/pods").await.expect(200);
        kit.get("/api/v1/pods?resourceVersion=1").await.expect(200);
        kit.get("/api/v1/pods?resourceVersion=999999").await;
        kit.get("/apis/made.up/v1/things/anything").await;
        let apply = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}});
        let path = "/api/v1/namespaces/n/configmaps/c?fieldManager=me";
        kit.patch(path, "application/apply-patch+yaml", apply)
            .await
            .expect(201);
        let text = kit.get("/metrics").await.text;
        let count = |labels: &str| {
            let start = format!("apiserver_request_total{{{labels}}} ");
            let line = text.lines().find(|line| line.starts_with(&start));
            line.and_then(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
        };
        let pods = |code: &str, dry_run: &str, scope: &str, verb: &str| {
            count(&format!(
                "code=\"{code}\",component=\"apiserver\",dry_run=\"{dry_run}\",group=\"\",resource=\"pods\",scope=\"{scope}\",subresource=\"\",verb=\"{verb}\",version=\"v1\""
            ))
        };
        assert_eq!(pods("201", "", "resource", "POST"), Some(1));
        assert_eq!(pods("201", "All", "resource", "POST"), Some(1));
        assert_eq!(pods("200", "", "namespace", "LIST"), Some(1));
        assert_eq!(pods("200", "", "cluster", "LIST"), Some(2));
        assert_eq!(pods("200", "", "resource", "GET"), Some(1));
        assert_eq!(pods("404", "", "resource", "GET"), Some(1));
        assert!(text.contains(
            "resource=\"configmaps\",scope=\"resource\",subresource=\"\",verb=\"APPLY\""
        ));
        // What clients make up does not become a label.
        assert!(!text.contains("made.up") && !text.contains("things"));
        for line in [
            "apiserver_request_duration_seconds_count{component=\"apiserver\",dry_run=\"\",group=\"\",resource=\"pods\",scope=\"resource\",subresource=\"\",verb=\"GET\",version=\"v1\"} 2",
            "apiserver_storage_objects{resource=\"pods\"} 1",
            "apiserver_watch_cache_read_wait_seconds_count{group=\"\",resource=\"pods\"} 2",
            "apiserver_watch_cache_read_wait_seconds_sum{group=\"\",resource=\"pods\"} 3",
            "apiserver_current_inflight_requests{request_kind=\"readOnly\"} 1",
            "apiserver_current_inflight_requests{request_kind=\"mutating\"} 0",
            "sampan_panics_total 0",
            "apiserver_request_sli_duration_seconds_count{component=\"apiserver\",group=\"\",resource=\"pods\",scope=\"resource\",subresource=\"\",verb=\"POST\",version=\"v1\"} 1",
            "apiserver_response_sizes_count{component=\"apiserver\",group=\"\",resource=\"pods\",scope=\"namespace\",subresource=\"\",verb=\"LIST\",version=\"v1\"} 1",
            "apiserver_tls_handshake_errors_total 0",
            "kubernetes_build_info{build_date=\"\",compiler=\"rustc\",git_commit=\"\",git_tree_state=\"clean\",git_version=\"v1.36.2\",go_version=\"none\",major=\"1\",minor=\"36\",platform=\"linux/amd64\"} 1",
            "version_info{binary=\"1.36.2\",component=\"kube\",emulation=\"1.36\",min_compat=\"1.35\"} 1",
            "apiserver_request_body_size_bytes_count{group=\"\",resource=\"pods\",verb=\"create\"} 2",
            "registered_metrics_total{deprecated_version=\"1.34.0\",stability_level=\"STABLE\"} 1",
            "# TYPE process_cpu_seconds_total counter",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    });
}

#[test]
fn watches_are_counted_while_they_last() {
    run(|kit: Kit| async move {
        kit.post(PODS, pod("p", json!({}))).await.expect(201);
        let request = http::Request::get(format!("{PODS}?watch=1")).body(bytes::Bytes::new());
        let mut body = kit.admin.call(request.unwrap()).await.into_body();
        assert_eq!(crate::kit::events(&mut body).await.len(), 1);
        let open = "apiserver_longrunning_requests{component=\"apiserver\",group=\"\",resource=\"pods\",scope=\"namespace\",subresource=\"\",verb=\"WATCH\",version=\"v1\"}";
        let text = kit.get("/metrics").await.text;
        assert!(text.contains(&format!("{open} 1")), "{text}");
        let sent = "apiserver_watch_events_total{group=\"\",resource=\"pods\",version=\"v1\"} 1";
        assert!(text.contains(sent), "{text}");
        drop(body);
        let text = kit.get("/metrics").await.text;
        assert!(text.contains(&format!("{open} 0")), "{text}");
    });
}

#[test]
fn deprecated_resources_are_told_of() {
    crate::full::run(|kit: Kit| async move {
        kit.get("/api/v1/endpoints").await.expect(200);
        let text = kit.get("/metrics").await.text;
        let line = "apiserver_requested_deprecated_apis{group=\"\",removed_release=\"\",resource=\"endpoints\",subresource=\"\",version=\"v1\"} 1";
        assert!(text.contains(line), "{text}");
    });
}

#[test]
fn health_is_worded_as_upstream_words_it() {
    crate::full::run(|kit: Kit| async move {
        for path in [
            "/healthz",
            "/livez",
            "/readyz",
            "/readyz/ping",
            "/livez/poststarthook/rbac/bootstrap-roles",
        ] {
            let answer = kit.get(path).await;
            assert_eq!((answer.code, answer.text.as_str()), (200, "ok"), "{path}");
            assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8");
        }
        let verbose = kit.get("/livez?verbose&exclude=etcd").await.text;
        assert!(
            verbose.starts_with(
                "[+]ping ok\n[+]log ok\n[+]loopback-serving-certificate ok\n[+]etcd excluded: ok\n"
            ),
            "{verbose}"
        );
        assert!(verbose.ends_with("livez check passed\n"), "{verbose}");
        let unknown = kit.get("/readyz?verbose&exclude=nope&exclude=a").await.text;
        let words = "warn: some health checks cannot be excluded: no matches for \"a\",\"nope\"\n";
        assert!(unknown.contains(words), "{unknown}");
        assert_eq!(kit.get("/readyz/nope").await.code, 404);
        // The store's own tasks belong to the same simulated process and stay.
        let drained = kit.server.drain(std::time::Duration::from_secs(1)).await;
        assert!(drained.is_err_and(|hung| hung.tasks == ["simulation/store-writer"]));
        let headers = [("accept", "*/*")];
        let send =
            |path: &'static str| send_with(&kit.admin, "GET", path, "", Value::Null, &headers);
        let down = send("/readyz").await;
        assert_eq!(down.code, 500);
        assert!(
            down.text.contains("[-]shutdown failed: reason withheld\n"),
            "{}",
            down.text
        );
        assert!(
            down.text.ends_with("readyz check failed\n"),
            "{}",
            down.text
        );
        let alone = send("/readyz/shutdown").await;
        assert_eq!(
            alone.text,
            "internal server error: process is shutting down\n"
        );
        assert_eq!(send("/readyz?exclude=shutdown").await.code, 200);
        assert_eq!(send("/livez").await.code, 200);
    });
}

#[test]
fn streaming_lists_are_timed_and_collections_deleted() {
    run(|kit: Kit| async move {
        kit.post(PODS, pod("p", json!({}))).await.expect(201);
        let query = "watch=1&allowWatchBookmarks=true";
        let request = http::Request::get(format!("{PODS}?{query}")).body(bytes::Bytes::new());
        let mut body = kit.admin.call(request.unwrap()).await.into_body();
        assert_eq!(crate::kit::events(&mut body).await.len(), 2);
        kit.delete(PODS, Value::Null).await.expect(200);
        let text = kit.get("/metrics").await.text;
        for line in [
            "apiserver_watch_list_duration_seconds_count{group=\"\",resource=\"pods\",scope=\"namespace\",version=\"v1\"} 1",
            "apiserver_request_total{code=\"200\",component=\"apiserver\",dry_run=\"\",group=\"\",resource=\"pods\",scope=\"namespace\",subresource=\"\",verb=\"DELETE\",version=\"v1\"} 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        kit.get("/readyz").await;
        let slis = kit.get("/metrics/slis").await.text;
        assert!(slis.contains("kubernetes_healthcheck{name=\"ping\",type=\"readyz\"} 1"));
        assert!(!slis.contains("apiserver_") && !slis.contains("livez"));
        assert!(
            !kit.get("/metrics")
                .await
                .text
                .contains("kubernetes_healthcheck")
        );
    });
}

/// Shares of the seats as upstream's documentation of the defaults has them: 245 shares, 600 seats.
#[test]
fn flows_are_counted() {
    crate::full::run(|kit: Kit| async move {
        kit.get("/version").await.expect(200);
        let text = kit.get("/metrics").await.text;
        for line in [
            "apiserver_flowcontrol_nominal_limit_seats{priority_level=\"workload-low\"} 245",
            "apiserver_flowcontrol_nominal_limit_seats{priority_level=\"catch-all\"} 13",
            "apiserver_flowcontrol_nominal_limit_seats{priority_level=\"exempt\"} 0",
            "apiserver_flowcontrol_current_executing_requests{flow_schema=\"exempt\",priority_level=\"exempt\"} 1",
            "apiserver_flowcontrol_lower_limit_seats{priority_level=\"workload-low\"} 24",
            "apiserver_flowcontrol_upper_limit_seats{priority_level=\"workload-low\"} 845",
            "apiserver_flowcontrol_current_inqueue_requests{flow_schema=\"global-default\",priority_level=\"global-default\"} 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    });
}

#[test]
fn methods_of_paths() {
    run(|kit: Kit| async move {
        kit.post(PODS, pod("p", json!({}))).await.expect(201);
        let one = format!("{PODS}/p");
        for (method, path, code) in [
            ("POST", "/healthz", 200),
            ("HEAD", "/livez/ping", 200),
            ("GET", "/healthz/", 404),
            ("GET", "/metrics/", 404),
            ("POST", "/version", 405),
            ("HEAD", "/version", 405),
            ("HEAD", "/api", 405),
            ("PUT", "/apis/", 200),
            ("PUT", "/api/", 405),
            ("POST", "/apis/none", 404),
            ("POST", "/nowhere", 404),
            ("GET", "//apis", 404),
            ("HEAD", PODS, 405),
            ("HEAD", &one, 405),
            ("OPTIONS", &one, 405),
            ("GET", "/openapi/v3/", 404),
        ] {
            let answer = crate::kit::send(&kit.admin, method, path, "", Value::Null).await;
            assert_eq!(answer.code, code, "{method} {path}");
            if method == "HEAD" {
                let length = answer.headers["content-length"].to_str().unwrap();
                assert!(answer.text.is_empty() && length != "0", "{path}");
            }
        }
        let since = &kit.get("/metrics").await.headers["process-start-time-unix"];
        assert_eq!(since, "1767225600");
        let refused = kit.get(&format!("{PODS}?timeout=x")).await;
        assert!(refused.headers.contains_key("audit-id"));
        assert_eq!(
            refused.message(400),
            "invalid timeout specified in the request URL - time: invalid duration \"x\""
        );
    });
}

#[test]
fn pages_tell_what_runs_here() {
    crate::full::run(|kit: Kit| async move {
        let page = |path: &'static str, accept: &'static str| {
            let headers = [("accept", accept)];
            let admin = kit.admin.clone();
            async move { send_with(&admin, "GET", path, "", Value::Null, &headers).await }
        };
        for accept in ["", "*/*", "text/plain", "application/json;q=0.5,text/*"] {
            let text = page("/statusz", accept).await;
            assert_eq!(text.code, 200, "{accept}");
            assert_eq!(text.headers["content-type"], "text/plain; charset=utf-8");
            let lines: Vec<&str> = text.text.lines().collect();
            assert_eq!(lines[1], "apiserver statusz");
            assert!(lines[2].starts_with("Warning: This endpoint is not meant to be machine"));
            assert!(lines[4].starts_with("Started"), "{lines:?}");
            assert!(
                lines[9].ends_with("/flagz /healthz /livez /metrics /readyz /statusz /version")
            );
        }
        let structured = |version: &str, kind: &str| {
            format!("application/json;g=config.k8s.io;v={version};as={kind}").leak()
        };
        let status = page("/statusz", structured("v1beta1", "Statusz")).await;
        assert!(!status.headers.contains_key("warning"));
        let status = status.expect(200);
        assert_eq!(status["apiVersion"], "config.k8s.io/v1beta1");
        assert_eq!(status["kind"], "Statusz");
        assert_eq!(status["metadata"], json!({"name": "apiserver"}));
        assert_eq!(status["binaryVersion"], "1.36.2");
        assert_eq!(status["emulationVersion"], "1.36");
        assert_eq!(status["startTime"], "2026-01-01T00:00:00Z");
        let old = page("/flagz", structured("v1alpha1", "Flagz")).await;
        assert_eq!(
            old.headers["warning"],
            "299 - \"This version of the flagz endpoint is deprecated. Please use a newer version.\""
        );
        assert_eq!(old.expect(200)["flags"], json!({}));
        let asked = "apiserver_requested_deprecated_apis{group=\"config.k8s.io\",removed_release=\"\",resource=\"flagz\",subresource=\"\",version=\"v1alpha1\"} 1\n";
        assert!(kit.get("/metrics").await.text.contains(asked));
        let yaml = "application/yaml;g=config.k8s.io;v=v1beta1;as=Flagz";
        assert!(page("/flagz", yaml).await.text.contains("kind: Flagz\n"));
        for accept in [
            "application/json",
            "text/html",
            structured("v1", "Statusz"),
            structured("v1beta1", "Flagz"),
            "application/vnd.kubernetes.protobuf",
        ] {
            let words = "only the following media types are accepted: application/json, application/yaml, text/plain";
            let refused = page("/statusz", accept).await;
            assert_eq!(refused.message(406), words, "{accept}");
        }
        let anybody = kit.server.stranger();
        let refused = send_with(&anybody, "GET", "/flagz", "", Value::Null, &[]).await;
        assert_eq!(refused.code, 403);
    });
}

#[test]
fn senders_writes_and_checks_are_counted() {
    crate::full::run(|kit: Kit| async move {
        let secrets = "/api/v1/namespaces/default/secrets";
        kit.post(secrets, json!({"metadata": {"name": "s"}}))
            .await
            .expect(201);
        let someone = crate::kit::user("someone@example.com", &["system:authenticated"]);
        let someone = kit.server.in_process(someone);
        let refused = send_with(&someone, "GET", secrets, "", Value::Null, &[]).await;
        assert_eq!(refused.code, 403);
        let found = send_with(&someone, "GET", "/version", "", Value::Null, &[]).await;
        assert_eq!(found.code, 200);
        // Only whole endpoints are counted, without what they leave out.
        kit.get("/readyz/ping").await;
        kit.get("/readyz?exclude=log").await;
        kit.server.configure_authorization(None);
        let request = http::Request::get(format!("{secrets}?watch=1")).body(bytes::Bytes::new());
        let mut body = kit.admin.call(request.unwrap()).await.into_body();
        assert_eq!(crate::kit::events(&mut body).await.len(), 1);
        let text = kit.get("/metrics").await.text;
        for line in [
            "authenticated_user_requests{username=\"email_id\"} 2",
            "authorization_attempts_total{result=\"no-opinion\"} 1",
            "authorization_duration_seconds_count{result=\"no-opinion\"} 1",
            "apiserver_authorization_decisions_total{decision=\"allowed\",name=\"rbac\",type=\"RBAC\"} 1",
            "apiserver_resource_objects{group=\"\",resource=\"secrets\"} 1",
            "apiserver_storage_objects{resource=\"secrets\"} 1",
            "apiserver_storage_size_bytes{storage_cluster_id=\"etcd-0\"} 0",
            "etcd_requests_total{group=\"\",operation=\"create\",resource=\"secrets\"} 1",
            "etcd_request_duration_seconds_count{group=\"\",operation=\"create\",resource=\"secrets\"} 1",
            "apiserver_init_events_total{group=\"\",resource=\"secrets\"} 1",
            "apiserver_watch_events_sizes_count{group=\"\",resource=\"secrets\",version=\"v1\"} 1",
            "kubernetes_feature_enabled{name=\"ComponentStatusz\",stage=\"BETA\"} 1",
            "hidden_metrics_total 0",
            "disabled_metrics_total 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        // Upstream stores none of what cannot be watched.
        assert!(!text.contains("\"componentstatuses\""));
        let checked =
            "kubernetes_healthchecks_total{name=\"ping\",status=\"success\",type=\"readyz\"} 1\n";
        let slis = kit.get("/metrics/slis").await.text;
        assert!(slis.contains(checked) && !slis.contains("\"log\""));
        assert!(text.contains("authentication_attempts{result=\"success\"} "));
        let reloads = "apiserver_authorization_config_controller_automatic_reloads_total{apiserver_id_hash=\"sha256:";
        let reloaded = text.lines().find(|line| line.starts_with(reloads));
        let failed = reloaded.is_some_and(|line| line.ends_with("status=\"failure\"} 1"));
        assert!(failed, "{reloaded:?}");
    });
}

#[test]
fn only_what_has_a_route_is_counted() {
    crate::full::run(|kit: Kit| async move {
        let stranger = kit.server.stranger();
        let bearer = [("authorization", "Bearer nobodys")];
        send_with(&stranger, "GET", "/api/v1/nodes", "", Value::Null, &bearer)
            .await
            .expect(401);
        send_with(&stranger, "GET", "/api/v1/nodes", "", Value::Null, &[])
            .await
            .expect(403);
        kit.get("/api/v1/things").await.expect(404);
        kit.get("/version").await.expect(200);
        kit.get("/livez").await;
        kit.get("/livez/ping").await;
        kit.get("/apis").await;
        let aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        let aggregated = [("accept", aggregated)];
        send_with(&kit.admin, "GET", "/apis", "", Value::Null, &aggregated).await;
        kit.get("/openapi/v2").await;
        kit.get("/openapi/v3").await;
        kit.get("/openapi/v3/api/v1").await;
        let page = "application/json;g=config.k8s.io;v=v1beta1;as=Flagz";
        let page = [("accept", page)];
        send_with(&kit.admin, "GET", "/flagz", "", Value::Null, &page).await;
        let review = json!({"spec": {"resourceAttributes": {"verb": "get"}}});
        kit.post(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            review,
        )
        .await
        .expect(201);
        let text = kit.get("/metrics").await.text;
        let mut counted: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("apiserver_request_total"))
            // What the server's own tasks write is none of this.
            .filter(|line| !line.contains("group=\"flow") && !line.contains("group=\"networking"))
            .filter(|line| !line.contains("resource=\"leases\""))
            .collect();
        counted.sort_unstable();
        expect_test::expect![[r#"
            {code="200",component="",dry_run="",group="",resource="",scope="",subresource="/livez",verb="GET",version=""} 1
            {code="200",component="",dry_run="",group="",resource="",scope="",subresource="openapi/v3",verb="GET",version=""} 1
            {code="200",component="",dry_run="",group="",resource="",scope="",subresource="openapi/v3/",verb="GET",version=""} 1
            {code="200",component="apiserver",dry_run="",group="",resource="",scope="",subresource="apis",verb="GET",version=""} 1
            {code="200",component="apiserver",dry_run="",group="config.k8s.io",resource="flagz",scope="",subresource="",verb="GET",version="v1beta1"} 1
            {code="201",component="apiserver",dry_run="",group="authorization.k8s.io",resource="selfsubjectaccessreviews",scope="resource",subresource="",verb="POST",version="v1"} 1"#]]
        .assert_eq(&counted.join("\n"));
        for line in [
            "authentication_attempts{result=\"error\"} 1\n",
            "apiserver_request_filter_duration_seconds_count{filter=\"authentication\"} ",
            "apiserver_request_filter_duration_seconds_count{filter=\"priorityandfairness\"} ",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    });
}

#[test]
fn watches_are_counted_when_they_have_ended() {
    run(|kit: Kit| async move {
        kit.post(PODS, pod("p", json!({}))).await.expect(201);
        let request = http::Request::get(format!("{PODS}?watch=1")).body(bytes::Bytes::new());
        let mut body = kit.admin.call(request.unwrap()).await.into_body();
        assert_eq!(crate::kit::events(&mut body).await.len(), 1);
        let labels = "dry_run=\"\",group=\"\",resource=\"pods\",scope=\"namespace\",subresource=\"\",verb=\"WATCH\",version=\"v1\"} 1\n";
        let counted =
            format!("apiserver_request_total{{code=\"200\",component=\"apiserver\",{labels}");
        let begun = counted.replace(" 1\n", " ");
        assert!(!kit.get("/metrics").await.text.contains(&begun));
        drop(body);
        let text = kit.get("/metrics").await.text;
        assert!(text.contains(&counted), "{text}");
        let timed =
            format!("apiserver_request_duration_seconds_count{{component=\"apiserver\",{labels}");
        assert!(text.contains(&timed), "{text}");
        // How long a watch lasts is up to the client.
        let sli = |line: &&str| line.starts_with("apiserver_request_sli_duration_seconds_count");
        let sli: Vec<&str> = text.lines().filter(sli).collect();
        assert!(!sli.is_empty() && sli.iter().all(|line| !line.contains("WATCH")));
        let sum = "apiserver_response_sizes_sum{component=\"apiserver\",group=\"\",resource=\"pods\",scope=\"namespace\",subresource=\"\",verb=\"WATCH\",version=\"v1\"} ";
        let sum = text
            .lines()
            .find_map(|line| line.strip_prefix(sum))
            .unwrap();
        assert!(sum.parse::<f64>().unwrap() > 100.0, "{sum}");
    });
}

#[test]
fn counts_begin_anew() {
    run(|kit: Kit| async move {
        kit.post(PODS, pod("p", json!({}))).await.expect(201);
        let reset = kit.delete("/metrics", Value::Null).await;
        assert_eq!((reset.code, reset.text.as_str()), (200, "metrics reset\n"));
        assert_eq!(reset.headers["content-type"], "text/plain; charset=utf-8");
        let text = kit.get("/metrics").await.text;
        let made = text.lines().find(|line| {
            line.starts_with("apiserver_request_total") && line.contains("verb=\"POST\"")
        });
        assert!(made.unwrap().ends_with(" 0"), "{made:?}");
    });
}

#[test]
fn ways_of_impersonation_are_counted() {
    crate::full::run(|kit: Kit| async move {
        let jane = kit
            .server
            .in_process(crate::kit::user("jane", &["system:authenticated"]));
        for (who, name) in [
            (&kit.admin, "bob"),
            (&kit.admin, "system:node:a"),
            (&jane, "bob"),
        ] {
            let headers = [("impersonate-user", name)];
            send_with(who, "GET", "/version", "", Value::Null, &headers).await;
        }
        let text = kit.get("/metrics").await.text;
        let counted = |prefix: &str| -> Vec<String> {
            let lines = text.lines().filter_map(|line| line.strip_prefix(prefix));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(
            counted("apiserver_impersonation_attempts_total"),
            [
                "{decision=\"allowed\",mode=\"arbitrary-node\"} 1",
                "{decision=\"allowed\",mode=\"user-info\"} 1",
                "{decision=\"denied\",mode=\"\"} 1",
            ]
        );
        assert_eq!(
            counted("apiserver_impersonation_attempts_duration_seconds_count").len(),
            3
        );
        assert_eq!(
            counted("apiserver_impersonation_authorization_attempts_total"),
            [
                "{decision=\"allowed\",mode=\"arbitrary-node\"} 2",
                "{decision=\"allowed\",mode=\"user-info\"} 2",
                "{decision=\"denied\",mode=\"legacy\"} 1",
                "{decision=\"denied\",mode=\"user-info\"} 1",
            ]
        );
        assert_eq!(
            counted("apiserver_impersonation_authorization_attempts_duration_seconds_count").len(),
            4
        );
    });
}

/// What a metric counts, without labels.
fn counted(text: &str, name: &str) -> u64 {
    let count = |line: &str| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok();
    text.lines().find_map(count).expect("there is such a line")
}

#[test]
fn rules_of_definitions_are_timed() {
    crate::full::run(|kit: Kit| async move {
        let times = async || {
            let text = kit.get("/metrics").await.text;
            ["compilation", "evaluation"].map(|what| {
                counted(
                    &text,
                    &format!("apiserver_cel_{what}_duration_seconds_count"),
                )
            })
        };
        let definition = json!({
            "metadata": {"name": "gauges.example.com"},
            "spec": {
                "group": "example.com",
                "scope": "Cluster",
                "names": {"plural": "gauges", "kind": "Gauge"},
                "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                    "type": "object",
                    "properties": {"level": {"type": "integer"}},
                    "x-kubernetes-validations": [{"rule": "self.level < 9"}],
                }}}],
            },
        });
        let path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        assert_eq!(times().await, [0, 0]);
        kit.post(path, definition).await.expect(201);
        let status = json!({"status": {
            "acceptedNames": {"plural": "gauges", "kind": "Gauge", "listKind": "GaugeList", "singular": "gauge"},
            "conditions": [{"type": "Established", "status": "True"}, {"type": "NamesAccepted", "status": "True"}],
        }});
        let named = format!("{path}/gauges.example.com/status");
        kit.patch(&named, "application/merge-patch+json", status)
            .await
            .expect(200);
        let [compiled, evaluated] = times().await;
        assert!(compiled > 0 && evaluated == 0);
        let gauge = json!({"apiVersion": "example.com/v1", "kind": "Gauge", "metadata": {"name": "g"}, "level": 1});
        let objects = "/apis/example.com/v1/gauges";
        kit.post(objects, gauge).await.expect(201);
        assert_eq!(times().await, [compiled, 1]);
    });
}
