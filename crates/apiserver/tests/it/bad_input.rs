//! What clients must not send: each gets upstream's status and words, and nothing is changed.
use crate::kit::{Answer, Kit, run, send_bytes};
use serde_json::{Value, json};

const MAPS: &str = "/api/v1/namespaces/n/configmaps";
const MAP: &str = "/api/v1/namespaces/n/configmaps/a";
const JSON: &str = "application/json";
const YAML: &str = "application/yaml";
const JSON_PATCH: &str = "application/json-patch+json";
const MERGE_PATCH: &str = "application/merge-patch+json";
const STRATEGIC_PATCH: &str = "application/strategic-merge-patch+json";
const APPLY_PATCH: &str = "application/apply-patch+yaml";

/// Runs a scenario beside an object that must come out of it unchanged, and alone.
fn unchanged<F: Future<Output = Kit>>(scenario: impl FnOnce(Kit) -> F) {
    run(|kit: Kit| async move {
        let map = json!({"metadata": {"name": "a"}, "data": {"k": "v"}});
        let before = kit.post(MAPS, map).await.expect(201);
        let kit = scenario(kit).await;
        assert_eq!(kit.get(MAP).await.expect(200), before);
        let all = kit.get(MAPS).await.expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 1);
    });
}

impl Kit {
    async fn send(&self, method: &str, path: &str, media: &str, body: &[u8]) -> Answer {
        let headers = [("content-type", media)];
        send_bytes(&self.admin, method, path, body.to_vec().into(), &headers).await
    }
}

/// The message and the reason of a refusal with that code.
#[track_caller]
fn refusal(answer: Answer, code: u16) -> (String, String) {
    let status = answer.expect(code);
    let text = |field: &str| status[field].as_str().unwrap_or_default().to_owned();
    (text("message"), text("reason"))
}

#[test]
fn bodies_over_the_limit() {
    unchanged(|kit| async move {
        let fits = 3 * 1024 * 1024;
        let empty = json!({"metadata": {"name": "a"}, "data": {"k": ""}}).to_string();
        let body = empty.replace(
            "\"\"",
            &format!("\"{}\"", "x".repeat(fits - empty.len() + 1)),
        );
        assert_eq!(body.len(), fits + 1);
        let words = "Request entity too large: limit is 3145728";
        for (method, path, media) in [
            ("POST", MAPS, JSON),
            ("PUT", MAP, JSON),
            ("PATCH", MAP, MERGE_PATCH),
            ("DELETE", MAP, JSON),
            ("DELETE", MAPS, JSON),
            (
                "POST",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                JSON,
            ),
        ] {
            let answer = kit.send(method, path, media, body.as_bytes()).await;
            let found = refusal(answer, 413);
            assert_eq!(
                found,
                (words.to_owned(), "RequestEntityTooLarge".to_owned())
            );
        }
        // A byte less is read, and refused for what it is.
        let answer = kit.send("POST", MAPS, JSON, &body.as_bytes()[1..]).await;
        assert_eq!(answer.code, 400);
        kit
    });
}

#[test]
fn deep_nesting() {
    unchanged(|kit| async move {
        let deep = |depth: usize| {
            let value = "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
            format!("{{\"metadata\":{{\"name\":\"d\"}},\"data\":{value}}}")
        };
        let wrong_type = "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal object into Go struct field ConfigMap.data of type string";
        for depth in [2, 100, 9_990] {
            let answer = kit.send("POST", MAPS, JSON, deep(depth).as_bytes()).await;
            assert_eq!(refusal(answer, 400).0, wrong_type);
        }
        let too_deep = "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: invalid character '{' exceeded max depth ({\"metadata\":{\"name\":\"d\"},\"data ...)";
        for depth in [10_001, 500_000] {
            let answer = kit.send("POST", MAPS, JSON, deep(depth).as_bytes()).await;
            assert_eq!(refusal(answer, 400).0, too_deep);
            for media in [JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH] {
                let answer = kit.send("PATCH", MAP, media, deep(depth).as_bytes()).await;
                let words = if media == STRATEGIC_PATCH {
                    "invalid character '{' exceeded max depth"
                } else {
                    "error decoding patch: invalid character '{' exceeded max depth"
                };
                assert_eq!(refusal(answer, 400).0, words);
            }
            for (method, path, media) in [("POST", MAPS, YAML), ("PATCH", MAP_APPLIED, APPLY_PATCH)]
            {
                let answer = kit.send(method, path, media, deep(depth).as_bytes()).await;
                assert_eq!(answer.code, 400);
            }
        }
        kit
    });
}

#[test]
fn bodies_that_say_what_they_are() {
    unchanged(|kit| async move {
        let unknown = "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: no kind \"ConfigMap\" is registered for version \"nowhere/v1\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"";
        let malformed = "the object provided is unrecognized (must be of type ConfigMap): unexpected GroupVersion string: a/b/c ({\"apiVersion\":\"a/b/c\"})";
        let missing = "ConfigMap in version \"\" cannot be handled as a ConfigMap: Object 'apiVersion' is missing in '{\"apiVersion\":\"a/\"}'";
        let nameless = "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required";
        for (path, body, code, words) in [
            (
                MAPS,
                r#"{"apiVersion":"nowhere/v1","kind":"ConfigMap"}"#,
                400,
                unknown,
            ),
            (MAPS, r#"{"apiVersion":"a/b/c"}"#, 400, malformed),
            (MAPS, r#"{"apiVersion":"a/"}"#, 400, missing),
            (MAPS, "null", 422, nameless),
            (MAPS, r#"{"apiVersion":"/"}"#, 422, nameless),
        ] {
            let answer = kit.send("POST", path, JSON, body.as_bytes()).await;
            assert_eq!(refusal(answer, code).0, words, "{body}");
        }
        kit
    });
}

const MAP_APPLIED: &str = "/api/v1/namespaces/n/configmaps/a?fieldManager=m";

#[test]
fn huge_numbers() {
    unchanged(|kit| async move {
        let pods = "/api/v1/namespaces/n/pods";
        for number in ["99999999999999999999", "1e400", "1.5", "-1e3"] {
            for (field, place, bits) in [
                (
                    "containerPort",
                    "ContainerPort.spec.containers.ports.containerPort",
                    "int32",
                ),
                (
                    "hostPort",
                    "ContainerPort.spec.containers.ports.hostPort",
                    "int32",
                ),
            ] {
                let body = format!(
                    "{{\"metadata\":{{\"name\":\"p\"}},\"spec\":{{\"containers\":[{{\"name\":\"c\",\"image\":\"i\",\"ports\":[{{\"{field}\":{number}}}]}}]}}}}"
                );
                let words = format!(
                    "Pod in version \"v1\" cannot be handled as a Pod: json: cannot unmarshal number {number} into Go struct field {place} of type {bits}"
                );
                let answer = kit.send("POST", pods, JSON, body.as_bytes()).await;
                assert_eq!(refusal(answer, 400).0, words);
            }
        }
        let digits = "9".repeat(1_000_000);
        let body = format!("{{\"metadata\":{{\"name\":\"d\"}},\"immutable\":{digits}}}");
        let answer = kit.send("POST", MAPS, JSON, body.as_bytes()).await;
        assert_eq!(answer.code, 400);
        kit
    });
}

#[test]
fn duplicate_keys() {
    unchanged(|kit| async move {
        let twice = br#"{"metadata":{"name":"d"},"data":{"k":"1","k":"2"},"data":{"k":"3"}}"#;
        let strict = |path: &str| format!("{path}?fieldValidation=Strict");
        let complaint =
            "strict decoding error: duplicate field \"data.k\", duplicate field \"data\"";
        let answer = kit.send("POST", &strict(MAPS), JSON, twice).await;
        assert_eq!(
            refusal(answer, 400).0,
            format!("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: {complaint}")
        );
        let yaml = b"metadata: {name: d}\ndata: {k: one}\ndata: {k: two}\n";
        let answer = kit.send("POST", &strict(MAPS), YAML, yaml).await;
        assert_eq!(
            refusal(answer, 400).0,
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: yaml: unmarshal errors:\n  line 3: key \"data\" already set in map"
        );
        let dry = format!("{MAPS}?dryRun=All");
        let answer = kit.send("POST", &dry, JSON, twice).await;
        let warnings: Vec<_> = answer.headers.get_all("warning").iter().collect();
        assert_eq!(
            warnings,
            [
                "299 - \"duplicate field \\\"data.k\\\"\"",
                "299 - \"duplicate field \\\"data\\\"\""
            ]
        );
        assert_eq!(answer.expect(201)["data"]["k"], "3");
        kit
    });
}

#[test]
fn patches_with_repeated_or_unknown_fields() {
    unchanged(|kit| async move {
        let strict = format!("{MAP}?fieldValidation=Strict");
        let twice = br#"{"data":{"k":"1","k":"2"}}"#;
        let answer = kit.send("PATCH", &strict, STRATEGIC_PATCH, twice).await;
        assert_eq!(
            refusal(answer, 422),
            (
                " \"\" is invalid: patch: Invalid value: \"map[data:map[k:2]]\": strict decoding error: duplicate field \"data.k\"".to_owned(),
                "Invalid".to_owned()
            )
        );
        let unknown = br#"{"data":{"k":"1","k":"2"},"bogus":1}"#;
        let answer = kit.send("PATCH", &strict, MERGE_PATCH, unknown).await;
        let status = answer.expect(422);
        let cause = &status["details"]["causes"][0];
        assert_eq!(cause["field"], "patch");
        let words = cause["message"].as_str().unwrap();
        let complaint =
            "strict decoding error: duplicate field \"data.k\", unknown field \"bogus\"";
        assert!(words.starts_with("Invalid value: \"{"), "{words}");
        assert!(words.ends_with(complaint), "{words}");
        let dry = format!("{MAP}?dryRun=All");
        let answer = kit.send("PATCH", &dry, MERGE_PATCH, unknown).await;
        let warnings: Vec<_> = answer.headers.get_all("warning").iter().collect();
        assert_eq!(
            warnings,
            [
                "299 - \"duplicate field \\\"data.k\\\"\"",
                "299 - \"unknown field \\\"bogus\\\"\""
            ]
        );
        let zipped = kit.send("PATCH", MAP_APPLIED, APPLY_PATCH, b"\x1f\x8b");
        assert_eq!(
            refusal(zipped.await, 400).0,
            "error decoding YAML: error converting YAML to JSON: yaml: control characters are not allowed"
        );
        let wrong = br#"[{"op": "replace", "path": "/data", "value": 7}]"#;
        let words = refusal(kit.send("PATCH", MAP, JSON_PATCH, wrong).await, 422).0;
        let complaint = "json: cannot unmarshal number into Go struct field ConfigMap.data of type map[string]string";
        assert!(words.ends_with(complaint), "{words}");
        kit
    });
}

#[test]
fn bytes_that_are_not_text() {
    unchanged(|kit| async move {
        let dry = |path: &str| format!("{path}?dryRun=All");
        let body = b"{\"metadata\":{\"name\":\"u\"},\"data\":{\"k\":\"\xff\xfe\"}}";
        let made = kit.send("POST", &dry(MAPS), JSON, body).await.expect(201);
        assert_eq!(made["data"]["k"], "\u{fffd}\u{fffd}");
        let patch = b"{\"data\":{\"k\":\"\xe2\x82\"}}";
        for media in [MERGE_PATCH, STRATEGIC_PATCH] {
            let made = kit.send("PATCH", &dry(MAP), media, patch).await.expect(200);
            assert_eq!(made["data"]["k"], "\u{fffd}\u{fffd}");
        }
        for (body, why) in [
            (
                &b"metadata: {name: \"\xff\"}"[..],
                "invalid leading UTF-8 octet",
            ),
            (
                b"metadata: {name: \"\xe2\x28\xa1\"}",
                "invalid trailing UTF-8 octet",
            ),
            (
                b"metadata: {name: \"\xc0\x80\"}",
                "invalid length of a UTF-8 sequence",
            ),
            (
                b"metadata: {name: \"\xed\xa0\x80\"}",
                "invalid Unicode character",
            ),
            (
                b"metadata: {name: \xf0\x9f",
                "incomplete UTF-8 octet sequence",
            ),
        ] {
            let words = refusal(kit.send("POST", MAPS, YAML, body).await, 400).0;
            let lead = "the object provided is unrecognized (must be of type ConfigMap): yaml: ";
            assert!(words.starts_with(&format!("{lead}{why} (")), "{words}");
            let answer = kit.send("PATCH", MAP_APPLIED, APPLY_PATCH, body).await;
            assert_eq!(
                refusal(answer, 400).0,
                format!("error decoding YAML: error converting YAML to JSON: yaml: {why}")
            );
        }
        kit
    });
}

#[test]
fn content_types() {
    unchanged(|kit| async move {
        let accepted = "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf";
        for media in [
            "text/plain",
            "application/xml",
            ";",
            "application/json+patch",
        ] {
            for (method, path) in [("POST", MAPS), ("PUT", MAP), ("DELETE", MAP)] {
                let answer = kit.send(method, path, media, b"{}").await;
                let want = (accepted.to_owned(), "UnsupportedMediaType".to_owned());
                assert_eq!(refusal(answer, 415), want);
            }
        }
        for media in ["text/plain", "application/apply-patch+cbor", "*/*", ""] {
            let answer = kit.send("PATCH", MAP, media, b"{}").await;
            assert_eq!(refusal(answer, 415).0, "415: Unsupported Media Type");
        }
        let dry = format!("{MAPS}?dryRun=All");
        let body = br#"{"metadata":{"name":"n"}}"#;
        for media in ["application/json; charset=latin1", "Application/JSON"] {
            kit.send("POST", &dry, media, body).await.expect(201);
        }
        kit
    });
}

#[test]
fn answers_that_nobody_can_give() {
    unchanged(|kit| async move {
        let body = json!({"metadata": {"name": "z"}}).to_string();
        // The route refuses types, the handler what is asked for in one of them.
        let route = "406: Not Acceptable\n\nAvailable representations: application/json, ";
        let handler = "only the following media types are accepted: application/json, ";
        for (accept, refused) in [
            ("text/css", route),
            ("application/xml, text/html;q=0.9", route),
            (
                "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1",
                handler,
            ),
        ] {
            let headers = [("content-type", JSON), ("accept", accept)];
            let answer = send_bytes(&kit.admin, "POST", MAPS, body.clone().into(), &headers).await;
            let (words, reason) = refusal(answer, 406);
            assert_eq!(reason, "NotAcceptable");
            assert!(words.starts_with(refused), "{words}");
        }
        kit
    });
}

#[test]
fn routes_are_told_apart_by_method_before_what_is_accepted() {
    unchanged(|kit| async move {
        for (method, path, media, accept, code) in [
            ("HEAD", MAP, JSON, "text/css", 405),
            ("PUT", MAPS, JSON, "text/css", 405),
            ("PUT", MAP, JSON, "text/css", 406),
            ("PATCH", MAP, JSON, "text/css", 415),
            ("PATCH", MAP, MERGE_PATCH, "text/css", 406),
        ] {
            let headers = [("content-type", media), ("accept", accept)];
            let answer = send_bytes(&kit.admin, method, path, "{}".into(), &headers).await;
            assert_eq!(answer.code, code, "{method} {path} {media}");
        }
        kit
    });
}

#[test]
fn patches_of_very_many_operations() {
    unchanged(|kit| async move {
        let test = json!({"op": "test", "path": "/metadata/name", "value": "a"});
        let many = |count: usize| Value::from(vec![test.clone(); count]).to_string();
        let answer = kit
            .send("PATCH", MAP, JSON_PATCH, many(10_001).as_bytes())
            .await;
        assert_eq!(
            refusal(answer, 413),
            (
                "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001".to_owned(),
                "RequestEntityTooLarge".to_owned()
            )
        );
        kit.send("PATCH", MAP, JSON_PATCH, many(10_000).as_bytes())
            .await
            .expect(200);
        // Each copy doubles the document.
        let copy =
            |at: usize| json!({"op": "copy", "from": "/data", "path": format!("/data/x{at}")});
        let bomb: Value = (0..60).map(copy).collect();
        let answer = kit
            .send("PATCH", MAP, JSON_PATCH, bomb.to_string().as_bytes())
            .await;
        assert_eq!(
            refusal(answer, 422).0,
            "the server rejected our request due to an error in our request"
        );
        kit
    });
}

#[test]
fn aliases_that_multiply() {
    unchanged(|kit| async move {
        let mut yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for at in 1..12 {
            let before = format!("*a{}", at - 1);
            yaml += &format!("a{at}: &a{at} [{}]\n", vec![before; 9].join(", "));
        }
        let words = refusal(kit.send("POST", MAPS, YAML, yaml.as_bytes()).await, 400).0;
        assert!(
            words.contains("document contains excessive aliasing"),
            "{words}"
        );
        kit
    });
}
