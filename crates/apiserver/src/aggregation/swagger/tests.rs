use super::{merge, of_version};
use serde_json::{Value, json};

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}

fn path(name: &str) -> Value {
    json!({"get": {"responses": {"200": {"schema": reference(name)}}}})
}

#[test]
fn what_a_group_version_needs_is_kept() {
    let document = json!({
        "swagger": "2.0",
        "paths": {
            "/apis/a/v1/things": path("Thing"),
            "/apis/a/v1beta1/things": path("Old"),
            "/apis/": path("Groups"),
        },
        "definitions": {
            "Thing": {"properties": {"part": reference("Part")}},
            "Part": {"properties": {"whole": reference("Thing")}},
            "Old": {"properties": {"part": reference("Part")}},
            "Groups": {},
            "Unused": {},
        },
    });
    let kept = of_version(&document, "/apis/a/v1/").unwrap();
    let names = |table: &str| {
        let table = kept[table].as_object().unwrap();
        table.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(names("paths"), ["/apis/a/v1/things"]);
    assert_eq!(names("definitions"), ["Part", "Thing", "Unused"]);
    assert_eq!(of_version(&document, "/apis/b/v1/"), None);
    for none in [json!({}), json!(1), json!({"paths": []})] {
        assert_eq!(of_version(&none, "/apis/a/v1/"), None, "{none}");
    }
}

#[test]
fn names_that_mean_something_else_get_numbers() {
    let mut all = json!({
        "paths": {"/known": path("Same")},
        "definitions": {
            "Same": {"type": "object", "x-kubernetes-group-version-kind": [{"kind": "A"}]},
            "Other": {"type": "object"},
            "Other_v2": {"type": "integer"},
        },
        "parameters": {"limit": {"in": "query"}},
    });
    let theirs = json!({
        "paths": {
            "/known": path("Gone"),
            "/new": {"parameters": [{"$ref": "#/parameters/limit"}], "get": path("Other")["get"]},
            "/same": path("Same"),
        },
        "definitions": {
            "Gone": {},
            "Same": {"type": "object", "x-kubernetes-group-version-kind": [{"kind": "B"}]},
            "Other": {"type": "string"},
        },
        "parameters": {"limit": {"in": "header"}},
    });
    merge(&mut all, &theirs);
    assert_eq!(
        all,
        json!({
            "paths": {
                "/known": path("Same"),
                "/new": {
                    "parameters": [{"$ref": "#/parameters/limit_v2"}],
                    "get": path("Other_v3")["get"],
                },
                "/same": path("Same"),
            },
            "definitions": {
                "Same": {"type": "object", "x-kubernetes-group-version-kind": [{"kind": "A"}, {"kind": "B"}]},
                "Other": {"type": "object"},
                "Other_v2": {"type": "integer"},
                "Other_v3": {"type": "string"},
            },
            "parameters": {"limit": {"in": "query"}, "limit_v2": {"in": "header"}},
        })
    );
    let before = all.clone();
    merge(&mut all, &json!({"paths": {"/known": path("Other")}}));
    assert_eq!(all, before, "what is there already stays");
    for odd in [json!(true), json!([1]), json!(null)] {
        let mut all = json!({"definitions": {"A": odd}});
        let theirs =
            json!({"paths": {"/a": odd}, "definitions": {"A": odd, "B": odd}, "parameters": odd});
        merge(&mut all, &theirs);
        assert_eq!(all["definitions"], json!({"A": odd, "B": odd}));
    }
}
