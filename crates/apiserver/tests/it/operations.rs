//! The life that upstream's conformance suite leads an object of each kind through: made, found, watched, patched, replaced, told its
//! status, deleted alone and with others.
use crate::{
    full::run,
    kit::{Kit, events, send_bytes},
};
use apiserver::Body;
use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const MERGE: &str = "application/merge-patch+json";

/// One of each kind. `$` is the number of the object; `name` is there where `op-$` would be no name.
fn rows() -> Vec<Value> {
    serde_json::from_str(include_str!("operations.json")).unwrap()
}

/// A kind of the table, and where its objects are.
struct Row {
    row: Value,
    /// `/apis/apps/v1`.
    version: String,
    plural: String,
    namespaced: bool,
}

impl Row {
    async fn new(kit: &Kit, row: Value) -> Self {
        let resource = row["resource"].as_str().unwrap();
        let (version, plural) = resource.rsplit_once('/').unwrap();
        let prefix = if version == "v1" { "/api" } else { "/apis" };
        let version = format!("{prefix}/{version}");
        let list = kit.get(&version).await.expect(200);
        let found = entries(&list).find(|entry| entry["name"] == plural);
        let namespaced = found.unwrap_or_else(|| panic!("no {resource}"))["namespaced"] == true;
        Self {
            plural: plural.to_owned(),
            row,
            version,
            namespaced,
        }
    }

    /// Where objects are made.
    fn root(&self) -> String {
        let place = if self.namespaced { "/namespaces/n" } else { "" };
        format!("{}{place}/{}", self.version, self.plural)
    }

    fn object(&self, number: usize) -> Value {
        let text = self.row["object"].to_string();
        let number = number.to_string();
        // Directives of patches begin with the same sign.
        let text = text.replace("$patch", "\u{1}").replace('$', &number);
        let mut object: Value = serde_json::from_str(&text.replace('\u{1}', "$patch")).unwrap();
        let name = self.row["name"].as_str().unwrap_or("op-$");
        object["metadata"] = json!({
            "name": name.replace('$', &number), "labels": {"op": self.plural},
        });
        object
    }

    fn selector(&self) -> String {
        format!("labelSelector=op%3D{}", self.plural)
    }

    /// The statuses that are written, one after the other; none when the kind has no status to write.
    fn statuses(&self) -> Vec<Value> {
        let condition = |type_: &str| json!({"type": type_, "status": "True", "reason": "R", "message": "m", "lastTransitionTime": "2026-01-01T00:00:00Z"});
        match &self.row["statuses"] {
            Value::Array(statuses) => statuses.clone(),
            Value::String(_) => vec![
                json!({"conditions": [condition("Patched")]}),
                json!({"conditions": [condition("Patched"), condition("Updated")]}),
            ],
            _ => Vec::new(),
        }
    }
}

fn entries(list: &Value) -> impl Iterator<Item = &Value> {
    list["resources"].as_array().unwrap().iter()
}

/// Replaces as clients do that print JSON for people.
async fn put(kit: &Kit, path: &str, object: &Value) -> Value {
    let body = Bytes::from(serde_json::to_string_pretty(object).unwrap());
    let media = [("content-type", "application/json")];
    let answer = send_bytes(&kit.admin, "PUT", path, body, &media).await;
    answer.expect(200)
}

async fn merge(kit: &Kit, path: &str, patch: Value) -> Value {
    kit.patch(path, MERGE, patch).await.expect(200)
}

async fn list(kit: &Kit, path: &str, row: &Row) -> Value {
    let path = format!("{path}?{}", row.selector());
    kit.get(&path).await.expect(200)
}

fn count(list: &Value) -> usize {
    list["items"].as_array().unwrap().len()
}

async fn watch(kit: &Kit, path: &str, row: &Row, from: &Value) -> Body {
    let from = from["metadata"]["resourceVersion"].as_str().unwrap();
    let path = format!("{path}?watch=1&{}&resourceVersion={from}", row.selector());
    let request = Request::get(path).body(Bytes::new()).unwrap();
    kit.admin.call(request).await.into_body()
}

/// What is told until three objects have gone, each event with the last thing that was done to its object.
async fn told(body: &mut Body) -> Vec<String> {
    let (mut seen, mut gone, mut last) = (Vec::new(), 0, 0);
    while gone < 3 {
        let chunk = events(body).await;
        assert!(!chunk.is_empty(), "the watch ended after {seen:?}");
        for event in chunk {
            let meta = &event["object"]["metadata"];
            let version: u64 = meta["resourceVersion"].as_str().unwrap().parse().unwrap();
            assert!(version > last, "{event}");
            last = version;
            let type_ = event["type"].as_str().unwrap();
            gone += usize::from(type_ == "DELETED");
            let name = meta["name"].as_str().unwrap();
            let leaving = !meta["deletionTimestamp"].is_null() && type_ == "MODIFIED";
            let done = if leaving {
                "leaving"
            } else {
                meta["annotations"]["done"].as_str().unwrap_or("")
            };
            seen.push(format!("{type_} {name} {done}"));
        }
    }
    // The server writes the status of some kinds, too.
    seen.dedup();
    seen
}

/// Whether everything that was sent is in what was got; the server may add to it.
fn holds(got: &Value, sent: &Value) -> bool {
    match (got, sent) {
        (Value::Object(got), Value::Object(sent)) => sent
            .iter()
            .all(|(field, sent)| got.get(field).is_some_and(|got| holds(got, sent))),
        (Value::Array(got), Value::Array(sent)) => sent
            .iter()
            .all(|sent| got.iter().any(|got| holds(got, sent))),
        _ => got == sent,
    }
}

/// Writes the status by patch and by replace.
async fn tell(kit: &Kit, row: &Row, path: &str, before: &Value) {
    let statuses = row.statuses();
    let path = format!("{path}/status");
    for (turn, status) in statuses.iter().enumerate() {
        let got = if turn == 0 {
            let patch = json!({"status": status, "spec": {"ignored": 1}});
            merge(kit, &path, patch).await
        } else {
            let mut object = kit.get(&path).await.expect(200);
            object["status"] = status.clone();
            put(kit, &path, &object).await
        };
        assert!(holds(&got["status"], status), "{path}: {got}");
        assert_eq!(got["spec"], before["spec"], "{path}");
    }
}

/// Lets go of what is kept for a controller of the kind; answers whether it was.
async fn let_go(kit: &Kit, path: &str) -> bool {
    let there = kit.get(path).await;
    if there.code == 404 {
        return false;
    }
    let meta = there.expect(200)["metadata"].clone();
    assert!(
        !meta["deletionTimestamp"].is_null() && !meta["finalizers"].is_null(),
        "{meta}"
    );
    merge(kit, path, json!({"metadata": {"finalizers": null}})).await;
    kit.get(path).await.expect(404);
    true
}

async fn life(kit: &Kit, row: &Row) {
    let root = row.root();
    let everywhere = format!("{}/{}", row.version, row.plural);
    let names: Vec<String> = (0..3)
        .map(|number| {
            row.object(number)["metadata"]["name"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    for number in 0..3 {
        let path = format!("{root}?fieldValidation=Strict");
        kit.post(&path, row.object(number)).await.expect(201);
    }
    let path = format!("{root}/{}", names[0]);
    let found = list(kit, &root, row).await;
    assert_eq!(count(&found), 3, "{root}");
    assert_eq!(count(&list(kit, &everywhere, row).await), 3, "{root}");
    let mut here = watch(kit, &root, row, &found).await;
    let mut there = watch(kit, &everywhere, row, &found).await;

    let done = |what: &str| json!({"metadata": {"annotations": {"done": what}}});
    let mut object = merge(kit, &path, done("patched")).await;
    object["metadata"]["annotations"]["done"] = "updated".into();
    object = put(kit, &path, &object).await;
    assert_eq!(object["metadata"]["annotations"]["done"], "updated");
    tell(kit, row, &path, &object).await;

    let background = json!({"propagationPolicy": "Background"});
    let deleted = kit.delete(&path, background.clone()).await.expect(200);
    let kept = let_go(kit, &path).await;
    assert_eq!(count(&list(kit, &root, row).await), 2, "{root}");
    let rest = format!("{root}?{}", row.selector());
    kit.delete(&rest, background).await.expect(200);
    for name in &names[1..] {
        assert_eq!(let_go(kit, &format!("{root}/{name}")).await, kept, "{root}");
    }
    assert_eq!(count(&list(kit, &everywhere, row).await), 0, "{root}");

    let of_first = |done: &str| format!("MODIFIED {} {done}", names[0]);
    let mut expect = vec![of_first("patched"), of_first("updated")];
    let leaving = |name: &String| format!("MODIFIED {name} leaving");
    // What is deleted with a period, if only of nothing, is seen to leave.
    let leaves = kept || deleted["metadata"]["deletionTimestamp"].is_string();
    expect.extend(leaves.then(|| leaving(&names[0])));
    expect.push(format!("DELETED {} updated", names[0]));
    expect.extend(names[1..].iter().filter(|_| leaves).map(leaving));
    expect.extend(names[1..].iter().map(|name| format!("DELETED {name} ")));
    assert_eq!(told(&mut here).await, expect, "{root}");
    assert_eq!(told(&mut there).await, expect, "{everywhere}");
}

#[test]
fn every_kind_lives_as_the_conformance_suite_has_it() {
    run(|kit: Kit| async move {
        let namespace = json!({"metadata": {"name": "n"}});
        kit.post("/api/v1/namespaces", namespace).await.expect(201);
        let account = json!({"metadata": {"name": "default"}});
        kit.post("/api/v1/namespaces/n/serviceaccounts", account)
            .await
            .expect(201);
        for row in rows() {
            life(&kit, &Row::new(&kit, row).await).await;
        }
    });
}

/// The table has every kind of which many can be deleted at once, and a status for each that has one.
#[test]
fn the_table_has_every_kind() {
    run(|kit: Kit| async move {
        let groups = kit.get("/apis").await.expect(200);
        let mut versions = vec!["v1".to_owned()];
        for group in groups["groups"].as_array().unwrap() {
            for version in group["versions"].as_array().unwrap() {
                versions.push(version["groupVersion"].as_str().unwrap().to_owned());
            }
        }
        let mut served = BTreeSet::new();
        for version in versions {
            let prefix = if version == "v1" { "/api" } else { "/apis" };
            let list = kit.get(&format!("{prefix}/{version}")).await.expect(200);
            for entry in entries(&list) {
                let verbs = entry["verbs"].as_array().unwrap();
                if verbs.contains(&json!("deletecollection")) {
                    let name = entry["name"].as_str().unwrap();
                    let status = format!("{name}/status");
                    let told = entries(&list).any(|entry| entry["name"] == *status);
                    served.insert((format!("{version}/{name}"), told));
                }
            }
        }
        let listed = rows().into_iter().map(|row| {
            let name = row["resource"].as_str().unwrap().to_owned();
            (name, !row["statuses"].is_null())
        });
        assert_eq!(listed.collect::<BTreeSet<_>>(), served);
    });
}
