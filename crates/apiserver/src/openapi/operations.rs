//! Paths and operations: what kubectl looks up before it writes, and where `explain` finds a resource.
use resource::{ResourceInfo, Verb};
use schema::openapi::Version;
use serde_json::{Map, Value, json};

/// Adds the paths of a resource and of its subresources.
pub(super) fn add(paths: &mut Map<String, Value>, info: &ResourceInfo, version: Version) {
    let base = if info.group.is_empty() {
        format!("/api/{}", info.version)
    } else {
        format!("/apis/{}/{}", info.group, info.version)
    };
    let plural = info.plural;
    let own = (info.group, info.version, info.kind);
    let home = if info.namespaced() {
        format!("{base}/namespaces/{{namespace}}/{plural}")
    } else {
        format!("{base}/{plural}")
    };
    if info.namespaced() {
        paths.insert(
            format!("{base}/{plural}"),
            item(info, own, &[Verb::List], version, true),
        );
    }
    let collection: Vec<Verb> = info
        .verbs
        .iter()
        .copied()
        .filter(|v| matches!(v, Verb::Create | Verb::List | Verb::DeleteCollection))
        .collect();
    let single: Vec<Verb> = info
        .verbs
        .iter()
        .copied()
        .filter(|v| matches!(v, Verb::Get | Verb::Update | Verb::Patch | Verb::Delete))
        .collect();
    paths.insert(home.clone(), item(info, own, &collection, version, true));
    if !single.is_empty() {
        paths.insert(
            format!("{home}/{{name}}"),
            item(info, own, &single, version, false),
        );
    }
    for sub in &info.subresources {
        let path = format!("{home}/{{name}}/{}", sub.name);
        paths.insert(
            path,
            item(
                info,
                (sub.group, sub.version, sub.kind),
                sub.verbs,
                version,
                false,
            ),
        );
    }
}

fn item(
    info: &ResourceInfo,
    kind: (&str, &str, &str),
    verbs: &[Verb],
    version: Version,
    collection: bool,
) -> Value {
    let mut item = Map::new();
    for verb in verbs {
        let (method, action) = match verb {
            Verb::Get => ("get", "get"),
            Verb::List => ("get", "list"),
            Verb::Create => ("post", "post"),
            Verb::Update => ("put", "put"),
            Verb::Patch => ("patch", "patch"),
            Verb::Delete => ("delete", "delete"),
            Verb::DeleteCollection => ("delete", "deletecollection"),
            Verb::Watch => continue,
        };
        let shown = if *verb == Verb::List {
            (info.group, info.version, info.list_kind)
        } else {
            kind
        };
        item.insert(
            method.to_owned(),
            operation(*verb, action, kind, shown, version),
        );
    }
    let mut parameters = vec![query("pretty", version)];
    if !collection {
        parameters.push(in_path("name", version));
    }
    if info.namespaced() {
        parameters.push(in_path("namespace", version));
    }
    item.insert("parameters".to_owned(), Value::Array(parameters));
    Value::Object(item)
}

fn operation(
    verb: Verb,
    action: &str,
    kind: (&str, &str, &str),
    shown: (&str, &str, &str),
    version: Version,
) -> Value {
    let mut parameters = Vec::new();
    let writes = matches!(verb, Verb::Create | Verb::Update | Verb::Patch);
    if writes || verb == Verb::Delete {
        parameters.push(query("dryRun", version));
    }
    if writes {
        parameters.push(query("fieldManager", version));
        parameters.push(query("fieldValidation", version));
    }
    let mut answer = json!({"description": "OK"});
    if let Some(reference) = reference(shown, version) {
        match version {
            Version::V2 => answer["schema"] = reference,
            Version::V3 => answer["content"] = json!({"application/json": {"schema": reference}}),
        }
    }
    json!({
        "parameters": parameters,
        "responses": {"200": answer},
        "x-kubernetes-action": action,
        "x-kubernetes-group-version-kind": {"group": kind.0, "version": kind.1, "kind": kind.2},
    })
}

fn reference((group, version_name, kind): (&str, &str, &str), version: Version) -> Option<Value> {
    let name = schema::lookup(group, version_name, kind)?.name;
    let prefix = if version == Version::V2 {
        "#/definitions/"
    } else {
        "#/components/schemas/"
    };
    Some(json!({ "$ref": format!("{prefix}{name}") }))
}

fn query(name: &str, version: Version) -> Value {
    parameter(name, "query", version)
}

fn in_path(name: &str, version: Version) -> Value {
    let mut parameter = parameter(name, "path", version);
    parameter["required"] = json!(true);
    parameter
}

fn parameter(name: &str, place: &str, version: Version) -> Value {
    match version {
        Version::V2 => json!({"name": name, "in": place, "type": "string", "uniqueItems": true}),
        Version::V3 => {
            json!({"name": name, "in": place, "schema": {"type": "string", "uniqueItems": true}})
        }
    }
}
