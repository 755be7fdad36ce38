use super::super::to_json;

#[test]
fn in_the_words_of_gos_library() {
    let check = |text: &str, expect: &str| {
        let error = to_json(text).expect_err(text).to_string();
        assert_eq!(
            error.strip_prefix("error converting YAML to JSON: yaml: "),
            Some(expect),
            "{text}"
        );
    };
    check("{", "line 1: did not find expected node content");
    check("a: [1, 2", "line 1: did not find expected ',' or ']'");
    check("a: {b: c", "line 1: did not find expected ',' or '}'");
    check("a: b: c", "mapping values are not allowed in this context");
    check(
        "x: 1\na: b: c",
        "line 2: mapping values are not allowed in this context",
    );
    check("a: \"x", "found unexpected end of stream");
    check("a: %b", "found character that cannot start any token");
    check(
        "a:\n\t- b",
        "line 2: found character that cannot start any token",
    );
    check("a: &x b\nd: *y", "unknown anchor 'y' referenced");
    check("a: \u{1}", "control characters are not allowed");
}
