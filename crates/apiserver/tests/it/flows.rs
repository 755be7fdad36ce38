//! Priority and fairness: a level that is flooded refuses and queues, and nobody else notices.
use crate::kit::{Answer, Kit, events, send, user};
use futures::future::{join, join_all};
use serde_json::{Value, json};

const GROUP: &str = "/apis/flowcontrol.apiserver.k8s.io/v1";
const MAPS: &str = "/api/v1/namespaces/default/configmaps";

/// A level with three seats (of 600, for one of 246 shares) that borrows none.
fn level(name: &str, queuing: Value) -> Value {
    let response = match queuing {
        Value::Null => json!({"type": "Reject"}),
        queuing => json!({"type": "Queue", "queuing": queuing}),
    };
    json!({
        "metadata": {"name": name},
        "spec": {
            "type": "Limited",
            "limited": {
                "nominalConcurrencyShares": 1,
                "borrowingLimitPercent": 0,
                "limitResponse": response,
            },
        },
    })
}

fn schema(name: &str, level: &str, user: &str) -> Value {
    let everything = json!([{
        "verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "namespaces": ["*"], "clusterScope": true,
    }]);
    json!({
        "metadata": {"name": name},
        "spec": {
            "matchingPrecedence": 100,
            "priorityLevelConfiguration": {"name": level},
            "distinguisherMethod": {"type": "ByUser"},
            "rules": [{
                "subjects": [{"kind": "User", "user": {"name": user}}],
                "resourceRules": everything,
            }],
        },
    })
}

/// Makes the flooder an administrator of another group than the exempt one.
async fn flooder(kit: &Kit, queuing: Value) {
    let binding = json!({
        "metadata": {"name": "flooder"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "flooder"}],
    });
    let bindings = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
    kit.post(bindings, binding).await.expect(201);
    let levels = format!("{GROUP}/prioritylevelconfigurations");
    kit.post(&levels, level("small", queuing)).await.expect(201);
    let schemas = format!("{GROUP}/flowschemas");
    let schema = schema("floods", "small", "flooder");
    kit.post(&schemas, schema).await.expect(201);
}

/// So many creates at once; their names begin with `prefix`.
async fn flood(kit: &Kit, prefix: &str, count: usize) -> Vec<Answer> {
    let way = kit
        .server
        .in_process(user("flooder", &["system:authenticated"]));
    let creates = (0..count).map(|index| {
        let map = json!({"metadata": {"name": format!("{prefix}{index}")}});
        let way = way.clone();
        async move { send(&way, "POST", MAPS, "application/json", map).await }
    });
    join_all(creates).await
}

fn codes(answers: &[Answer], code: u16) -> usize {
    answers.iter().filter(|answer| answer.code == code).count()
}

#[test]
fn a_flooded_level_refuses_and_others_stay_responsive() {
    crate::full::run(|kit: Kit| async move {
        let queuing = json!({"queues": 1, "handSize": 1, "queueLengthLimit": 4});
        flooder(&kit, queuing).await;
        let other = kit
            .server
            .in_process(user("other", &["system:authenticated"]));
        let tables = "/debug/api_priority_and_fairness/dump_requests?includeRequestDetails=1";
        let meanwhile = async {
            let version = send(&other, "GET", "/version", "", Value::Null).await;
            let waiting = kit.get(tables).await.text;
            (version.code, waiting, kit.get("/metrics").await.text)
        };
        let (answers, (code, waiting, text)) = join(flood(&kit, "a", 40), meanwhile).await;
        assert_eq!(code, 200);
        assert_eq!((codes(&answers, 201), codes(&answers, 429)), (7, 33));
        let refused = answers.iter().find(|answer| answer.code == 429).unwrap();
        assert_eq!(refused.text, "Too many requests, please try again later.\n");
        assert_eq!(refused.headers["retry-after"], "1");
        assert_eq!(refused.headers["content-type"], "text/plain; charset=utf-8");
        let schema = kit
            .get(&format!("{GROUP}/flowschemas/floods"))
            .await
            .expect(200);
        let told = refused.headers["x-kubernetes-pf-flowschema-uid"].to_str();
        assert_eq!(told.ok(), schema["metadata"]["uid"].as_str());
        let waits = |line: &&str| line.starts_with("small,") && line.contains("flooder,");
        assert_eq!(waiting.lines().filter(waits).count(), 4, "{waiting}");
        assert!(waiting.contains(MAPS), "{waiting}");
        let in_queue = |kind: &str, count: usize| {
            format!("apiserver_current_inqueue_requests{{request_kind=\"{kind}\"}} {count}\n")
        };
        assert!(text.contains(&in_queue("mutating", 4)), "{text}");
        assert!(text.contains(&in_queue("readOnly", 0)), "{text}");
        let text = kit.get("/metrics").await.text;
        let flow = "flow_schema=\"floods\",priority_level=\"small\"";
        for line in [
            format!("apiserver_flowcontrol_dispatched_requests_total{{{flow}}} 7"),
            format!(
                "apiserver_flowcontrol_rejected_requests_total{{{flow},reason=\"queue-full\"}} 33"
            ),
            format!("apiserver_flowcontrol_current_inqueue_requests{{{flow}}} 0"),
            format!("apiserver_flowcontrol_current_executing_requests{{{flow}}} 0"),
            format!("apiserver_flowcontrol_current_executing_seats{{{flow}}} 0"),
            format!(
                "apiserver_flowcontrol_request_wait_duration_seconds_count{{execute=\"true\",{flow}}} 7"
            ),
            format!(
                "apiserver_flowcontrol_request_wait_duration_seconds_count{{execute=\"false\",{flow}}} 33"
            ),
            format!(
                "apiserver_flowcontrol_request_execution_seconds_count{{{flow},type=\"regular\"}} 7"
            ),
            "apiserver_current_inqueue_requests{request_kind=\"mutating\"} 0".to_owned(),
            "apiserver_flowcontrol_nominal_limit_seats{priority_level=\"small\"} 3".to_owned(),
            "apiserver_flowcontrol_upper_limit_seats{priority_level=\"small\"} 3".to_owned(),
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    });
}

#[test]
fn a_changed_level_counts_for_the_next_request() {
    crate::full::run(|kit: Kit| async move {
        flooder(&kit, Value::Null).await;
        let answers = flood(&kit, "a", 20).await;
        assert_eq!((codes(&answers, 201), codes(&answers, 429)), (3, 17));
        let path = format!("{GROUP}/prioritylevelconfigurations/small");
        let patch = json!({"spec": {"limited": {"limitResponse": {
            "type": "Queue",
            "queuing": {"queues": 2, "handSize": 2, "queueLengthLimit": 50},
        }}}});
        let patched = kit
            .patch(&path, "application/merge-patch+json", patch)
            .await;
        patched.expect(200);
        let answers = flood(&kit, "b", 50).await;
        assert_eq!(codes(&answers, 201), 50);
        let text = kit
            .get("/debug/api_priority_and_fairness/dump_priority_levels")
            .await
            .text;
        let mut lines = text.lines();
        let head = "PriorityLevelName, ActiveQueues, IsIdle, IsQuiescing, WaitingRequests, ExecutingRequests, DispatchedRequests, RejectedRequests, TimedoutRequests, CancelledRequests";
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(lines.next().map(words).as_deref(), Some(head));
        let small = lines.find(|line| line.starts_with("small,")).map(words);
        let expected = "small, 0, true, false, 0, 0, 53, 17, 0, 0";
        assert_eq!(small.as_deref(), Some(expected), "{text}");
        let queues = kit
            .get("/debug/api_priority_and_fairness/dump_queues")
            .await
            .text;
        let small = queues.lines().filter(|line| line.starts_with("small,"));
        assert_eq!(small.count(), 2, "{queues}");
        let none = kit
            .get("/debug/api_priority_and_fairness/dump_nothing")
            .await;
        assert_eq!(none.code, 404);
    });
}

#[test]
fn who_waits_too_long_is_refused() {
    crate::full::run(|kit: Kit| async move {
        let queuing = json!({"queues": 1, "handSize": 1, "queueLengthLimit": 4});
        flooder(&kit, queuing).await;
        // Without shares a level is a jail.
        let path = format!("{GROUP}/prioritylevelconfigurations/small");
        let patch = json!({"spec": {"limited": {"nominalConcurrencyShares": 0}}});
        let patched = kit
            .patch(&path, "application/merge-patch+json", patch)
            .await;
        patched.expect(200);
        let way = kit
            .server
            .in_process(user("flooder", &["system:authenticated"]));
        let began = kit.platform.clock.monotonic();
        let path = format!("{MAPS}?timeout=8s");
        let answer = send(&way, "GET", &path, "", Value::Null).await;
        let waited = kit.platform.clock.monotonic().since(began);
        assert_eq!((answer.code, waited.as_secs()), (429, 2));
        let text = kit.get("/metrics").await.text;
        let line = "apiserver_flowcontrol_rejected_requests_total{flow_schema=\"floods\",priority_level=\"small\",reason=\"time-out\"} 1";
        assert!(text.contains(line), "{text}");
    });
}

#[test]
fn watches_hold_seats_until_they_have_begun() {
    crate::full::run(|kit: Kit| async move {
        flooder(&kit, Value::Null).await;
        let way = kit
            .server
            .in_process(user("flooder", &["system:authenticated"]));
        let mut open = Vec::new();
        for _ in 0..10 {
            let request = http::Request::get(format!("{MAPS}?watch=1")).body(bytes::Bytes::new());
            let response = way.call(request.unwrap()).await;
            assert_eq!(response.status(), 200);
            let mut body = response.into_body();
            let next = events(&mut body);
            let timed = kit
                .platform
                .clock
                .timeout(std::time::Duration::from_millis(1), next);
            assert!(timed.await.is_err(), "nothing has changed");
            open.push(body);
        }
        let text = kit.get("/metrics").await.text;
        let line = "apiserver_flowcontrol_request_execution_seconds_count{flow_schema=\"floods\",priority_level=\"small\",type=\"watch\"} 10";
        assert!(text.contains(line), "{text}");
        // A write of a map wakes ten watches, and takes a seat for the while.
        kit.post(MAPS, json!({"metadata": {"name": "m"}}))
            .await
            .expect(201);
        let text = kit.get("/metrics").await.text;
        let line = "apiserver_flowcontrol_watch_count_samples_bucket{flow_schema=\"exempt\",priority_level=\"exempt\",le=\"10\"}";
        assert!(text.contains(line), "{text}");
    });
}

/// The condition `Dangling` of a schema: its status and reason, once the first is `wanted`.
async fn dangling(kit: &Kit, name: &str, wanted: &str) -> Value {
    let query = format!("watch=1&fieldSelector=metadata.name%3D{name}");
    let request = http::Request::get(format!("{GROUP}/flowschemas?{query}"));
    let request = request.body(bytes::Bytes::new()).unwrap();
    let mut body = kit.admin.call(request).await.into_body();
    loop {
        for event in events(&mut body).await {
            let mut conditions = event["object"]["status"]["conditions"].clone();
            if conditions[0]["status"] == wanted {
                let condition = conditions[0].take();
                assert_eq!(condition["type"], "Dangling");
                return json!([condition["reason"], condition["message"]]);
            }
        }
    }
}

#[test]
fn schemas_say_whether_their_level_is_there() {
    crate::full::run(|kit: Kit| async move {
        let schemas = format!("{GROUP}/flowschemas");
        let schema = schema("lost", "nowhere", "somebody");
        kit.post(&schemas, schema).await.expect(201);
        let words =
            "This FlowSchema references the PriorityLevelConfiguration object named \"nowhere\"";
        assert_eq!(
            dangling(&kit, "lost", "True").await,
            json!(["NotFound", format!("{words} but there is no such object")])
        );
        let levels = format!("{GROUP}/prioritylevelconfigurations");
        kit.post(&levels, level("nowhere", Value::Null))
            .await
            .expect(201);
        let found = json!(["Found", format!("{words} and it exists")]);
        assert_eq!(dangling(&kit, "lost", "False").await, found);
        assert_eq!(dangling(&kit, "exempt", "False").await[0], "Found");
        kit.delete(&format!("{levels}/nowhere"), Value::Null)
            .await
            .expect(200);
        dangling(&kit, "lost", "True").await;
    });
}
