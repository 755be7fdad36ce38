use super::{Fields, Wrong, parse};

#[track_caller]
fn check(text: &str, expect: &str) {
    let read = parse(text, "Thing").and_then(|document| {
        let wrong = Wrong::default();
        {
            let fields = Fields::of_document(&document, &wrong);
            let inner = fields.object("inner");
            inner.text("name");
            fields.texts("names");
        }
        wrong.into_result()
    });
    let shown = read.map_or_else(|error| error.to_string(), |()| "good".to_owned());
    assert_eq!(shown, expect);
}

#[test]
fn documents_are_read_strictly() {
    let head = "apiVersion: apiserver.config.k8s.io/v1\nkind: Thing\n";
    check(&format!("{head}inner: {{name: a}}\nnames: [a, b]"), "good");
    check(&format!("{head}inner: null"), "good");
    check("", "empty config data");
    check(
        "kind: Thing\napiVersion: v1",
        "it must be a Thing of apiserver.config.k8s.io/v1, apiserver.config.k8s.io/v1beta1 or apiserver.config.k8s.io/v1alpha1, and says Thing of v1",
    );
    check(
        &format!("{head}inner: {{nane: a}}\nother: 1"),
        "strict decoding error: unknown field \"inner.nane\", unknown field \"other\"",
    );
    check(
        &format!("{head}inner: {{name: 1}}\nnames: a"),
        "strict decoding error: inner.name must be a string, names must be a list of strings",
    );
    check(
        &format!("{head}inner: {{}}\ninner: {{}}"),
        "strict decoding error: yaml: unmarshal errors: line 4: key \"inner\" already set in map",
    );
    check(
        &format!("{head}inner: [1"),
        "error converting YAML to JSON: yaml: line 3: did not find expected ',' or ']'",
    );
}
