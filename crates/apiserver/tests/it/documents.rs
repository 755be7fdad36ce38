//! Discovery and OpenAPI of a server with every built-in kind, against upstream's records of the kinds that are served.
use crate::{
    compare::differences,
    full,
    kit::{self, Answer, Kit, send_with},
};
use apiserver::Enablement;
use serde_json::{Value, json};

async fn get(kit: &Kit, path: &str, headers: &[(&str, &str)]) -> Answer {
    send_with(&kit.admin, "GET", path, "", Value::Null, headers).await
}

#[track_caller]
fn same(at: &str, want: &Value, got: &Value) {
    let mut wrong = Vec::new();
    differences(want, got, at, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Keeps of a recorded list what is served, by the names at `pointer` of each item.
fn restrict(recorded: &mut Value, served: &Value, pointer: &str) {
    let names: Vec<&Value> = served
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item[pointer])
        .collect();
    let items = recorded.as_array_mut().unwrap();
    items.retain(|item| names.contains(&&item[pointer]));
}

/// The same of a list of rows, where a subresource counts by itself.
fn restrict_rows(recorded: &mut Value, served: &Value) {
    restrict(&mut recorded["resources"], &served["resources"], "name");
}

const V2: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
const V2BETA1: &str = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

#[test]
fn group_lists_and_resource_lists() {
    let (Some(api), Some(mut groups)) = (
        full::document("discovery/api.json"),
        full::document("discovery/apis.json"),
    ) else {
        return;
    };
    full::run(|kit: Kit| async move {
        same("/api", &api, &get(&kit, "/api", &[]).await.expect(200));
        let served = get(&kit, "/apis", &[]).await.expect(200);
        restrict(&mut groups["groups"], &served["groups"], "name");
        for group in served["groups"].as_array().unwrap() {
            let recorded = groups["groups"].as_array_mut().unwrap().iter_mut();
            let name = group["name"].as_str().unwrap();
            for known in recorded.filter(|known| known["name"] == name) {
                restrict(&mut known["versions"], &group["versions"], "version");
            }
        }
        same("/apis", &groups, &served);
        let mut versions = vec![("core".to_owned(), "v1".to_owned(), "/api/v1".to_owned())];
        for group in served["groups"].as_array().unwrap() {
            let name = group["name"].as_str().unwrap();
            let own = get(&kit, &format!("/apis/{name}"), &[]).await.expect(200);
            assert_eq!(own["preferredVersion"], group["preferredVersion"]);
            for version in group["versions"].as_array().unwrap() {
                let version = version["version"].as_str().unwrap();
                let path = format!("/apis/{name}/{version}");
                versions.push((name.to_owned(), version.to_owned(), path));
            }
        }
        for (group, version, path) in versions {
            let mut served = get(&kit, &path, &[]).await.expect(200);
            for row in served["resources"].as_array_mut().unwrap() {
                // The records are without.
                row.as_object_mut().unwrap().remove("storageVersionHash");
            }
            let mut recorded =
                full::document(&format!("discovery/{group}/{version}.json")).unwrap();
            restrict_rows(&mut recorded, &served);
            same(&path, &recorded, &served);
        }
    });
}

#[test]
fn aggregated() {
    for (path, name) in [
        ("/api", "discovery/aggregated-api.json"),
        ("/apis", "discovery/aggregated-apis.json"),
    ] {
        let Some(mut recorded) = full::document(name) else {
            return;
        };
        full::run(|kit: Kit| async move {
            let answer = get(&kit, path, &[("accept", V2)]).await;
            assert_eq!(answer.headers["content-type"], V2);
            assert_eq!(answer.headers["cache-control"], "public");
            assert_eq!(answer.headers["vary"], "Accept");
            let etag = answer.headers["etag"].to_str().unwrap().to_owned();
            let served = answer.expect(200);
            let known = [("accept", V2), ("if-none-match", etag.as_str())];
            let again = get(&kit, path, &known).await;
            assert_eq!((again.code, again.text.as_str()), (304, ""));
            recorded["items"]
                .as_array_mut()
                .unwrap()
                .retain_mut(|group| restrict_group(group, &served));
            same(path, &recorded, &served);
            // In whatever encoding, it is known by one hash.
            for media in ["application/yaml", "application/vnd.kubernetes.protobuf"] {
                let accept = V2.replace("application/json", media);
                let asked = http::Request::get(path).header("accept", &accept);
                let other = kit
                    .admin
                    .call(asked.body(bytes::Bytes::new()).unwrap())
                    .await;
                assert_eq!(other.status(), 200);
                assert_eq!(other.headers()["content-type"], *accept);
                assert_eq!(other.headers()["etag"], *etag);
            }
            let better = format!("application/json;q=0.5,{V2}");
            let better = get(&kit, path, &[("accept", &better)]).await.expect(200);
            assert_eq!(better, served);
            let both = format!("{V2BETA1},{V2},application/json");
            let newer = get(&kit, path, &[("accept", &both)]).await.expect(200);
            assert_eq!(newer, served);
            get(&kit, path, &[("accept", V2BETA1)]).await.expect(406);
            let plain = format!("application/json,{V2}");
            let plain = get(&kit, path, &[("accept", &plain)]).await.expect(200);
            assert_ne!(plain["kind"], "APIGroupDiscoveryList");
        });
    }
}

/// Keeps of a recorded group what is served; false when nothing is.
fn restrict_group(group: &mut Value, served: &Value) -> bool {
    let items = served["items"].as_array().unwrap();
    let Some(own) = items
        .iter()
        .find(|own| own["metadata"] == group["metadata"])
    else {
        return false;
    };
    restrict(&mut group["versions"], &own["versions"], "version");
    let versions = group["versions"].as_array_mut().unwrap();
    for (recorded, served) in versions.iter_mut().zip(own["versions"].as_array().unwrap()) {
        restrict(&mut recorded["resources"], &served["resources"], "resource");
        let resources = recorded["resources"].as_array_mut().unwrap();
        for (recorded, served) in resources
            .iter_mut()
            .zip(served["resources"].as_array().unwrap())
        {
            let (Some(subs), Some(own)) =
                (recorded.get_mut("subresources"), served.get("subresources"))
            else {
                recorded.as_object_mut().unwrap().remove("subresources");
                continue;
            };
            restrict(subs, own, "subresource");
        }
    }
    true
}

#[test]
fn paths_and_version() {
    let (Some(paths), Some(version)) = (
        full::document("discovery/paths.json"),
        full::document("discovery/version.json"),
    ) else {
        return;
    };
    full::run(|kit: Kit| async move {
        let served = get(&kit, "/", &[]).await.expect(200);
        let served = served["paths"].as_array().unwrap();
        assert!(served.is_sorted_by_key(|path| path.as_str()));
        for path in served {
            let known = paths["paths"].as_array().unwrap().contains(path);
            assert!(known, "upstream has no {path}");
            let answer = get(&kit, path.as_str().unwrap(), &[]).await;
            // Documents are below it, none is at it.
            let code = if path == "/openapi/v3/" { 404 } else { 200 };
            assert_eq!(answer.code, code, "{path}");
        }
        let served = get(&kit, "/version", &[]).await.expect(200);
        let keys = |value: &Value| -> Vec<String> {
            let mut keys: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
            keys.sort();
            keys
        };
        assert_eq!(keys(&served), keys(&version));
        for key in [
            "major",
            "minor",
            "emulationMajor",
            "emulationMinor",
            "minCompatibilityMajor",
            "minCompatibilityMinor",
            "gitVersion",
        ] {
            assert_eq!(served[key], version[key], "{key}");
        }
    });
}

#[test]
fn openapi_is_served_by_its_hash() {
    full::run(|kit: Kit| async move {
        let index = get(&kit, "/openapi/v3", &[]).await;
        assert_eq!(index.headers["content-type"], "text/plain; charset=utf-8");
        let index = index.expect(200);
        let url = index["paths"]["apis/apps/v1"]["serverRelativeURL"]
            .as_str()
            .unwrap();
        assert!(url.starts_with("/openapi/v3/apis/apps/v1?hash="));
        let answer = get(&kit, url, &[]).await;
        assert_eq!(answer.headers["cache-control"], "public, immutable");
        assert_eq!(answer.headers["vary"], "Accept");
        assert!(
            answer.headers["expires"]
                .to_str()
                .unwrap()
                .ends_with(" UTC")
        );
        let etag = answer.headers["etag"].to_str().unwrap().to_owned();
        assert!(url.ends_with(&format!("={}", etag.trim_matches('"'))));
        let document = answer.expect(200);
        let deployment = &document["components"]["schemas"]["io.k8s.api.apps.v1.Deployment"];
        for words in [
            &deployment["description"],
            &deployment["properties"]["spec"]["description"],
            &document["components"]["schemas"]["io.k8s.api.apps.v1.DeploymentList"]["description"],
        ] {
            assert!(
                words.as_str().is_some_and(|words| words.len() > 10),
                "{words}"
            );
        }
        let known = get(&kit, url, &[("if-none-match", etag.as_str())]).await;
        assert_eq!((known.code, known.text.as_str()), (304, ""));
        let stale = get(&kit, "/openapi/v3/apis/apps/v1?hash=0", &[]).await;
        assert_eq!(
            (stale.code, stale.headers["location"].to_str().unwrap()),
            (301, url)
        );
        let plain = get(&kit, "/openapi/v3/apis/apps/v1", &[]).await;
        assert_eq!(plain.headers["cache-control"], "no-cache, private");
        for (path, media) in [
            ("/openid/v1/jwks", "application/jwk-set+json"),
            ("/.well-known/openid-configuration", "application/json"),
        ] {
            let refused = get(&kit, path, &[("accept", "text/css")]).await;
            assert_eq!(refused.headers["cache-control"], "no-cache, private");
            assert_eq!(
                refused.message(406),
                format!("406: Not Acceptable\n\nAvailable representations: {media}")
            );
            let shown = get(&kit, path, &[("accept", media)]).await;
            assert_eq!(shown.headers["cache-control"], "public, max-age=3600");
        }
        // What the index names is there.
        for (place, entry) in index["paths"].as_object().unwrap() {
            let url = entry["serverRelativeURL"].as_str().unwrap();
            let document = get(&kit, url, &[]).await.expect(200);
            assert_eq!(
                document["info"],
                json!({"title": "Kubernetes", "version": "1.36"}),
                "{place}"
            );
        }
    });
}

#[test]
fn openapi_has_nothing_for_some() {
    full::run(|kit: Kit| async move {
        for (path, accept, code) in [
            ("/openapi/v3/apis/none/v1", "*/*", 404),
            ("/openapi/v3/version", "text/css", 406),
            ("/openapi/v2", "text/css", 406),
            ("/openapi/v2", "css", 406),
            ("/openapi/v3/version", "css", 200),
        ] {
            let answer = get(&kit, path, &[("accept", accept)]).await;
            assert_eq!((answer.code, answer.text.as_str()), (code, ""), "{path}");
            assert_eq!(answer.headers["cache-control"], "no-cache, private");
            assert!(!answer.headers.contains_key("content-type"), "{path}");
        }
        // Small documents are not compressed, nor is what is not sent.
        let head = http::Request::head("/openapi/v2").header("accept-encoding", "gzip");
        let head = kit
            .admin
            .call(head.body(bytes::Bytes::new()).unwrap())
            .await;
        assert!(!head.headers().contains_key("content-encoding"));
        // The length of a whole document is told, and not as that of the compressed one.
        for (coding, is_told) in [("identity", true), ("gzip", false)] {
            let whole = http::Request::get("/openapi/v2").header("accept-encoding", coding);
            let whole = kit
                .admin
                .call(whole.body(bytes::Bytes::new()).unwrap())
                .await;
            let headers = whole.headers();
            assert_eq!(headers.contains_key("content-encoding"), !is_told);
            assert_eq!(headers.contains_key("content-length"), is_told);
        }
        let asked = [("accept", "*/*"), ("accept-encoding", "gzip")];
        let loose = get(&kit, "/openapi/v3/version", &asked).await;
        assert!(!loose.headers.contains_key("content-encoding"));
        loose.expect(200);
    });
}

#[test]
fn openapi_has_protobuf() {
    full::run(|kit: Kit| async move {
        for (path, accept, expect) in [
            (
                "/openapi/v2",
                "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
                "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
            ),
            (
                "/openapi/v3/version",
                "application/com.github.proto-openapi.spec.v3@v1.0+protobuf",
                "application/com.github.proto-openapi.spec.v3.v1.0+protobuf",
            ),
        ] {
            let request = http::Request::get(path)
                .header("accept", accept)
                .body(bytes::Bytes::new());
            let answer = kit.admin.call(request.unwrap()).await;
            assert_eq!(answer.headers()["content-type"], expect);
            // What may be compressed says so, compressed or not.
            let varies: Vec<_> = answer.headers().get_all("vary").iter().collect();
            let packs = ["Accept-Encoding", "Accept"];
            assert_eq!(varies, packs[usize::from(path != "/openapi/v2")..]);
        }
    });
}

#[test]
fn openapi_shows_what_is_served_as_upstream_does() {
    let Some(recorded) = full::document("openapi/v2.json") else {
        return;
    };
    full::run(|kit: Kit| async move {
        let served = get(&kit, "/openapi/v2", &[]).await.expect(200);
        let paths = served["paths"].as_object().unwrap();
        assert!(paths.len() > 200);
        for (path, item) in paths {
            let mut item = item.clone();
            without_descriptions(&mut item);
            let mut known = recorded["paths"][path].clone();
            // A method that is not served yet leaves what all the others share at the path.
            if !same_keys(&known, &item) {
                for item in [&mut known, &mut item] {
                    without_parameters(item);
                }
            }
            let served = item.as_object().unwrap();
            known
                .as_object_mut()
                .unwrap()
                .retain(|method, _| served.contains_key(method));
            same(path, &known, &item);
        }
    });
}

fn same_keys(a: &Value, b: &Value) -> bool {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else {
        return false;
    };
    a.len() == b.len() && a.keys().all(|key| b.contains_key(key))
}

fn without_parameters(item: &mut Value) {
    let item = item.as_object_mut().unwrap();
    item.remove("parameters");
    for operation in item.values_mut() {
        operation.as_object_mut().unwrap().remove("parameters");
    }
}

fn without_descriptions(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("description");
            map.values_mut().for_each(without_descriptions);
        }
        Value::Array(items) => items.iter_mut().for_each(without_descriptions),
        _ => {}
    }
}

#[test]
fn answers_say_what_their_requests_were_taken_for() {
    crate::full::run(|kit: Kit| async move {
        let group = "/apis/flowcontrol.apiserver.k8s.io/v1";
        let uid = async |path: &str| {
            let object = kit.get(&format!("{group}/{path}")).await.expect(200);
            object["metadata"]["uid"].as_str().unwrap().to_owned()
        };
        let told = |answer: &Answer| {
            let header = |name: &str| {
                let value = answer.headers.get(name);
                value.map(|value| value.to_str().unwrap().to_owned())
            };
            header("x-kubernetes-pf-flowschema-uid")
                .zip(header("x-kubernetes-pf-prioritylevel-uid"))
        };
        let expected = async |schema: &str, level: &str| {
            let schema = uid(&format!("flowschemas/{schema}")).await;
            let level = uid(&format!("prioritylevelconfigurations/{level}")).await;
            Some((schema, level))
        };
        let someone = crate::kit::user("someone", &["system:authenticated"]);
        let someone = kit.server.in_process(someone);
        let ask = async |path: &str| send_with(&someone, "GET", path, "", Value::Null, &[]).await;
        let admin = kit.get("/version").await;
        assert_eq!(told(&admin), expected("exempt", "exempt").await);
        let health = ask("/livez/ping").await;
        assert_eq!(told(&health), expected("probes", "exempt").await);
        // Refused, and missing: they were sorted before.
        for path in ["/api/v1/nodes", "/none"] {
            let refused = ask(path).await;
            assert_eq!(refused.code, 403);
            let global = expected("global-default", "global-default").await;
            assert_eq!(told(&refused), global);
        }
        // A schema that someone adds is followed at once.
        let mine = json!({
            "metadata": {"name": "mine"},
            "spec": {
                "priorityLevelConfiguration": {"name": "workload-low"},
                "matchingPrecedence": 50,
                "rules": [{
                    "subjects": [{"kind": "User", "user": {"name": "someone"}}],
                    "nonResourceRules": [{"verbs": ["get"], "nonResourceURLs": ["/none"]}],
                }],
            },
        });
        kit.post(&format!("{group}/flowschemas"), mine)
            .await
            .expect(201);
        let refused = ask("/none").await;
        assert_eq!(told(&refused), expected("mine", "workload-low").await);
    });
}

#[test]
fn what_is_turned_off_is_neither_served_nor_shown() {
    let off = [
        "/v1/secrets",
        "rbac.authorization.k8s.io/v1",
        "authentication.k8s.io/v1/tokenreviews",
    ];
    let pairs = off.map(|api| (api.to_owned(), "false".to_owned()));
    let enablement = Enablement::parse(&pairs.into()).unwrap();
    platform::simulated::run(7, |platform| async move {
        let change = |config: &mut apiserver::Config| config.enablement = enablement;
        let kit = kit::start(platform, kit::toys(), change).await;
        let names = async |path: &str| {
            let list = kit.get(path).await.expect(200);
            let rows = list["resources"].as_array().unwrap().clone();
            rows.iter()
                .map(|row| row["name"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let core = names("/api/v1").await;
        assert!(core.contains(&"configmaps".to_owned()), "{core:?}");
        assert!(!core.contains(&"secrets".to_owned()), "{core:?}");
        let reviews = names("/apis/authentication.k8s.io/v1").await;
        assert_eq!(reviews, ["selfsubjectreviews"]);
        let document = kit.get("/openapi/v3/api/v1").await.expect(200);
        let paths = document["paths"].as_object().unwrap();
        assert!(paths.contains_key("/api/v1/configmaps"));
        assert!(!paths.contains_key("/api/v1/secrets"));
        let message = kit.get("/api/v1/secrets").await.message(404);
        assert_eq!(message, "the server could not find the requested resource");
        let review = json!({"spec": {"token": "a"}});
        let path = "/apis/authentication.k8s.io/v1/tokenreviews";
        kit.post(path, review).await.message(404);
        // Nothing is left of a whole group.
        for rest in ["", "/v1", "/v1/clusterroles"] {
            let path = format!("/apis/rbac.authorization.k8s.io{rest}");
            assert_eq!(kit.get(&path).await.text, "404 page not found\n", "{path}");
        }
    });
}
