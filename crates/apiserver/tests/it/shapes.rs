//! One exchange of every sort as upstream recorded it, one after the other against one server.
use crate::{
    compare::{calm, differences, document, recorded},
    full,
    kit::Kit,
};
use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write};

type MakeAlike = fn(&mut Value);

/// Answers that depend on chance or on what else ran: the line of the record, and what is made the same on both sides.
const APART: &[(usize, MakeAlike)] = &[(91, without_health), (97, in_order)];

/// No scheduler and no controllers ran there, and their statuses are those of refused connections. Upstream asks all at once, and
/// tells who answers first first; ours are stored, so they have revisions.
fn without_health(list: &mut Value) {
    let drop = |object: &mut Value, key: &str| object.as_object_mut().unwrap().remove(key);
    drop(&mut list["metadata"], "resourceVersion");
    let items = list["items"].as_array_mut().unwrap();
    items.sort_by_key(|item| item["metadata"]["name"].to_string());
    for item in items {
        drop(&mut item["metadata"], "resourceVersion");
        for told in ["status", "message"] {
            assert!(drop(&mut item["conditions"][0], told).is_some());
        }
    }
}

/// The order of two errors is that of a map of Go.
fn in_order(status: &mut Value) {
    let message = status["message"].as_str().unwrap();
    let mut words: Vec<_> = message.split([' ', ',', '[', ']']).collect();
    words.sort_unstable();
    status["message"] = words.join(" ").trim().into();
    let causes = status["details"]["causes"].as_array_mut().unwrap();
    causes.sort_by_key(|cause| cause["field"].to_string() + &cause["message"].to_string());
}

/// Strings that servers choose, recorded ones to ours: what one answer says, later requests send.
#[derive(Default)]
struct Chosen(BTreeMap<String, String>);

impl Chosen {
    fn learn(&mut self, recorded: &Value, ours: &Value, key: &str) {
        match (recorded, ours) {
            (Value::Object(a), Value::Object(b)) => {
                for (key, value) in a {
                    if let Some(other) = b.get(key) {
                        self.learn(value, other, key);
                    }
                }
            }
            (Value::Array(a), Value::Array(b)) => {
                a.iter().zip(b).for_each(|(a, b)| self.learn(a, b, key));
            }
            (Value::String(a), Value::String(b))
                if matches!(key, "uid" | "continue" | "resourceVersion") =>
            {
                self.0.insert(a.clone(), b.clone());
            }
            _ => {}
        }
    }

    /// The text with every recorded choice replaced by ours.
    fn put(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for (recorded, ours) in &self.0 {
            // A revision is a whole string or a whole value of the query.
            let quoted = [
                (format!("\"{recorded}\""), format!("\"{ours}\"")),
                (format!("={recorded}"), format!("={ours}")),
            ];
            for (from, to) in quoted {
                out = out.replace(&from, &to);
            }
        }
        out
    }
}

/// What is wrong with our answer to one recorded exchange.
async fn exchange(kit: &Kit, line: usize, record: &Value, chosen: &mut Chosen) -> Vec<String> {
    let asked = &record["request"];
    let path = chosen.put(asked["path"].as_str().unwrap());
    let body = match &asked["body"] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        body => chosen.put(&body.to_string()),
    };
    let mut request = Request::builder()
        .method(asked["method"].as_str().unwrap())
        .uri(path);
    for (name, value) in [
        ("accept", &asked["accept"]),
        ("content-type", &asked["contentType"]),
    ] {
        if let Some(value) = value.as_str() {
            request = request.header(name, value);
        }
    }
    for (name, value) in asked["headers"].as_object().into_iter().flatten() {
        request = request.header(name, value.as_str().unwrap());
    }
    let request = request.body(Bytes::from(body)).unwrap();
    // Who brings a token of their own is not the administrator.
    let own = request.headers().contains_key("authorization");
    let way = if own {
        kit.server.stranger()
    } else {
        kit.admin.clone()
    };
    let (parts, body) = way.call(request).await.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let mut wrong = Vec::new();
    if record["status"] != parts.status.as_u16() {
        wrong.push(format!(
            "status: want {}, got {}",
            record["status"], parts.status
        ));
    }
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
            .to_owned()
    };
    for name in ["Content-Type", "Cache-Control", "Retry-After", "Warning"] {
        let (want, got) = (record["headers"][name].as_str().unwrap_or(""), header(name));
        if want != got {
            wrong.push(format!("{name}: want {want:?}, got {got:?}"));
        }
    }
    let mut want = recorded(
        record["headers"]["Content-Type"].as_str().unwrap_or(""),
        &record["body"],
    );
    let mut got = document(&header("Content-Type"), &bytes);
    // The record shows what is in a token.
    if let Some(token) = got["status"]["token"].as_str() {
        got["status"]["token"] = opened(token);
    }
    chosen.learn(&want, &got, "");
    for (_, make_alike) in APART.iter().filter(|(apart, _)| *apart == line) {
        make_alike(&mut want);
        make_alike(&mut got);
    }
    differences(&calm(&want, ""), &calm(&got, ""), "", &mut wrong);
    wrong
}

fn opened(token: &str) -> Value {
    use base64::Engine;
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let mut parts = token.split('.');
    let mut part = || -> Value {
        serde_json::from_slice(&engine.decode(parts.next().unwrap()).unwrap()).unwrap()
    };
    let (header, claims) = (part(), part());
    json!({"header": header, "claims": claims, "signature": "<left out>"})
}

/// What the recorder did beside the exchanges that it kept.
async fn prepare(kit: &Kit) {
    kit.post(
        "/api/v1/namespaces",
        json!({"metadata": {"name": "shapes"}}),
    )
    .await
    .expect(201);
    let account = json!({"metadata": {"name": "default"}});
    kit.post("/api/v1/namespaces/shapes/serviceaccounts", account)
        .await
        .expect(201);
}

async fn more_pods(kit: &Kit, first: &Value) {
    for name in ["p2", "p3", "p4", "p5"] {
        let mut pod = first["request"]["body"].clone();
        pod["metadata"] = json!({"name": name, "labels": {"app": "a", "n": name}});
        // The client of the record names itself to nobody.
        kit.post("/api/v1/namespaces/shapes/pods", pod)
            .await
            .expect(201);
    }
}

/// What the controller of definitions does.
async fn establish(kit: &Kit, definition: &Value) {
    let (name, names) = (
        &definition["metadata"]["name"],
        &definition["spec"]["names"],
    );
    let mut accepted = names.clone();
    accepted["listKind"] = json!(format!("{}List", names["kind"].as_str().unwrap()));
    let conditions = ["NamesAccepted", "Established"].map(|type_| {
        json!({"type": type_, "status": "True", "lastTransitionTime": "2026-11-22T01:40:50Z", "reason": "NoConflicts", "message": "no conflicts found"})
    });
    let status = json!({"status": {"acceptedNames": accepted, "conditions": conditions}});
    let path = format!(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{}/status",
        name.as_str().unwrap()
    );
    let media = "application/merge-patch+json";
    kit.patch(&path, media, status).await.expect(200);
}

#[test]
fn every_recorded_exchange() {
    let Some(lines) = full::record("shapes.jsonl") else {
        return;
    };
    let records: Vec<Value> = serde_json::Deserializer::from_slice(&lines)
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(records.len(), 103);
    full::run_again(|kit: Kit| async move {
        prepare(&kit).await;
        let (mut chosen, mut report) = (Chosen::default(), String::new());
        for (index, record) in records.iter().enumerate() {
            let line = index + 1;
            let wrong = exchange(&kit, line, record, &mut chosen).await;
            match line {
                1 => more_pods(&kit, record).await,
                93 => establish(&kit, &record["request"]["body"]).await,
                _ => {}
            }
            if !wrong.is_empty() {
                let name = record["name"].as_str().unwrap();
                let shown = &wrong[..wrong.len().min(8)];
                writeln!(report, "{line} {name}\n    {}", shown.join("\n    ")).unwrap();
            }
        }
        assert!(report.is_empty(), "\n{report}");
    });
}
