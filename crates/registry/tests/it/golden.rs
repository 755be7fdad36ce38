//! What upstream answered to creates and updates, against what this crate answers. Not compared here: managed fields (the patch
//! crate's tests do), and what admission refuses other than the stand-ins.

use crate::{
    compare::{calm, causes, cells, difference, settle, without_addresses, words},
    recorded,
    replay::{Answer, Server, table},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// Names a file that gets every failure, for those who work on them.
const REPORT: &str = "GOLDEN_REPORT";

/// Kinds of which some checks do not hold yet, and how many per folder at most. Lower the numbers, never raise them.
const OPEN: &[(&str, &str, usize)] = &[];

#[test]
fn manifests() {
    check("golden/valid");
}

#[test]
fn manifests_with_one_thing_changed() {
    check("golden/invalid");
}

#[test]
fn every_field_filled_in() {
    check("golden/every-kind");
}

#[test]
fn updates() {
    check("golden/updates");
}

/// Replays a folder: for every kind that is served each check holds, but for the [`OPEN`] ones.
#[track_caller]
fn check(folder: &str) {
    let records = recorded::folder(folder);
    if records.is_empty() {
        return;
    }
    let mut held = 0;
    let mut failures: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, record) in &records {
        let server = Server::new();
        let Some(resource) = server.resource(&record["input"]) else {
            continue;
        };
        let kind = resource.info().kind.to_string();
        let checks = if record["update"].is_object() {
            update(&server, record)
        } else {
            create(&server, record)
        };
        for (check, wrong) in checks {
            match wrong {
                None => held += 1,
                Some(wrong) => {
                    let failure = format!("{name} [{kind}] {check}: {wrong}");
                    failures.entry(kind.clone()).or_default().push(failure);
                }
            }
        }
    }
    let all: Vec<&str> = failures.values().flatten().map(String::as_str).collect();
    let report = format!("{folder}: {held} checks hold\n{}\n", all.join("\n"));
    if let Ok(path) = std::env::var(REPORT) {
        std::fs::write(format!("{path}.{}", folder.replace('/', ".")), &report).unwrap();
    }
    assert!(held > 0, "no record of {folder} is of a served kind");
    let open = |kind: &str| {
        let line = OPEN
            .iter()
            .find(|(of, named, _)| *of == folder && *named == kind);
        line.map_or(0, |line| line.2)
    };
    let worse: Vec<String> = failures
        .iter()
        .filter(|(kind, failures)| failures.len() > open(kind))
        .map(|(kind, _)| kind.clone())
        .collect();
    assert!(worse.is_empty(), "of {worse:?}:\n{report}");
}

type Checks = Vec<(&'static str, Option<String>)>;

fn create(server: &Server, record: &Value) -> Checks {
    let (input, want) = (&record["input"], &record["create"]);
    let got = server.create(input, record["path"].as_str().unwrap());
    let mut checks = vec![status(want, &got)];
    if want["status"].as_u64() < Some(300) {
        let mut documents = [&want["body"], &got.body].map(|body| settle(&calm(body), input, ""));
        if input["metadata"]["generateName"].is_string() {
            for document in &mut documents {
                document["metadata"]["name"] = Value::Null;
            }
        }
        checks.push(("object", difference(&documents[0], &documents[1], "")));
    } else {
        checks.extend(refusal(want, &got));
    }
    let warnings = got.warnings.clone().map_or(Value::Null, Value::String);
    if !warnings.is_null() || !want["warnings"].is_null() {
        checks.push(("warnings", difference(&want["warnings"], &warnings, "")));
    }
    if let (Some(object), true) = (&got.object, record["table"].is_object()) {
        let resource = server.resource(input).unwrap();
        let tables = [record["table"].clone(), table(resource, object)]
            .map(|table| comparable(table, &resource.info().kind));
        checks.push(("table", difference(&tables[0], &tables[1], "")));
    }
    checks
}

fn comparable(mut table: Value, kind: &str) -> Value {
    for column in table["columnDefinitions"]
        .as_array_mut()
        .into_iter()
        .flatten()
    {
        column.as_object_mut().unwrap().remove("description");
    }
    table["cells"] = cells(&table["cells"], kind);
    table
}

fn update(server: &Server, record: &Value) -> Checks {
    let (input, want, path) = (
        &record["input"],
        &record["answer"],
        record["path"].as_str().unwrap(),
    );
    let created = server.create(input, path);
    let Some(old) = &created.object else {
        return vec![(
            "update status",
            Some(format!("not created: {}", created.body)),
        )];
    };
    let Some(new) = edit(&created.body, &record["update"]) else {
        return vec![(
            "update status",
            Some(format!("the stored object has no {}", record["update"])),
        )];
    };
    let got = server.update(old, &new, path);
    let mut checks = vec![status(want, &got)];
    if want["status"].as_u64() < Some(300) {
        let mut body = calm(&got.body);
        body.as_object_mut().unwrap().remove("status");
        let (want, got) = (settle(&want["body"], input, ""), settle(&body, input, ""));
        checks.push(("update object", difference(&want, &got, "")));
    } else {
        checks.extend(refusal(want, &got));
    }
    checks
}

fn status(want: &Value, got: &Answer) -> (&'static str, Option<String>) {
    let wrong = want["status"] != got.status;
    (
        "status",
        wrong.then(|| {
            format!(
                "want {} {} got {} {}",
                want["status"], want["body"]["message"], got.status, got.body["message"]
            )
        }),
    )
}

fn refusal(want: &Value, got: &Answer) -> Checks {
    let message = |body: &Value| -> Value {
        without_addresses(&words(body["message"].as_str().unwrap_or_default())).into()
    };
    vec![
        (
            "causes",
            difference(&causes(&want["body"]), &causes(&got.body), ""),
        ),
        (
            "message",
            difference(&message(&want["body"]), &message(&got.body), ""),
        ),
    ]
}

/// The object to send: the current one with one field set or deleted.
fn edit(current: &Value, operation: &Value) -> Option<Value> {
    let mut new = current.clone();
    for key in ["resourceVersion", "managedFields"] {
        new["metadata"].as_object_mut()?.remove(key);
    }
    let way = operation
        .get("set")
        .or_else(|| operation.get("delete"))?
        .as_array()?;
    let (last, front) = way.split_last()?;
    let mut place = &mut new;
    for step in front {
        place = match step {
            Value::String(key) => place.get_mut(key.as_str())?,
            step => place.get_mut(usize::try_from(step.as_u64()?).ok()?)?,
        };
    }
    let set = operation.get("set").is_some();
    match (place, last) {
        (Value::Object(fields), Value::String(key)) if set => {
            drop(fields.insert(key.clone(), operation["value"].clone()))
        }
        (Value::Object(fields), Value::String(key)) => drop(fields.remove(key)?),
        (Value::Array(items), index) => {
            let index = usize::try_from(index.as_u64()?).ok()?;
            if set {
                *items.get_mut(index)? = operation["value"].clone();
            } else if index < items.len() {
                items.remove(index);
            } else {
                return None;
            }
        }
        _ => return None,
    }
    Some(new)
}
