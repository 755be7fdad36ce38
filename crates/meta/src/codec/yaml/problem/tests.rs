use super::super::to_json;

fn check(text: &str, expect: &str) {
    let error = to_json(text).expect_err(text).to_string();
    assert_eq!(
        error.strip_prefix("error converting YAML to JSON: yaml: "),
        Some(expect),
        "{text}"
    );
}

#[test]
fn in_the_words_of_gos_library() {
    check(", a", "did not find expected node content");
    check("a: 'b' c", "did not find expected key");
    check(
        "a: &",
        "did not find expected alphabetic or numeric character",
    );
    check("a: \"\\x4\"", "did not find expected hexdecimal number");
    check("a: |0\n b", "found an indentation indicator equal to 0");
    check("%", "could not find expected directive name");
    check("a: 'b\nc: d", "line 2: found unexpected end of stream");
    check("\ta: 1", "found character that cannot start any token");
    check(
        "# x\n \ta: 1",
        "line 2: found character that cannot start any token",
    );
    check("{,}", "did not find expected node content");
    check(
        "a: - b",
        "block sequence entries are not allowed in this context",
    );
    check(
        "# x\n...\na: b",
        "line 1: did not find expected node content",
    );
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
    for text in ["a: \u{1}", "a: \"\u{ffff}\""] {
        check(text, "control characters are not allowed");
    }
    check("%YAML 1.2\n---\na: b", "found incompatible YAML document");
    check("a: \"\\q\"", "found unknown escape character");
    check(
        "x: 1\na: {b: \"c\n",
        "line 3: found unexpected end of stream",
    );
    check(
        "x: 1\na: |x\n",
        "line 2: did not find expected comment or line break",
    );
    check("x: 1\na: }\n", "line 1: did not find expected node content");
    check("x: 1\ny: 2\n- a\n", "line 2: did not find expected key");
}

#[test]
fn numbers_that_json_does_not_know() {
    for (text, expect) in [
        ("a: .inf", "json: unsupported value: +Inf"),
        ("- -.Inf", "json: unsupported value: -Inf"),
        ("a: {b: .nan}", "json: unsupported value: NaN"),
    ] {
        let error = to_json(text).expect_err(text).to_string();
        assert_eq!(error, format!("error converting YAML to JSON: {expect}"));
    }
    for text in [
        "a: '.inf'",
        ".inf: a",
        "\u{feff}a: b",
        "%YAML 1.1\n---\na: b",
    ] {
        assert!(to_json(text).is_ok(), "{text}");
    }
}

#[test]
fn tags_merges_and_what_closes_nothing() {
    check("%YAML\n---\na: b", "did not find expected version number");
    check("# x\n%B c\n---\n", "line 2: found unknown directive name");
    check("x: 1\n%B", "line 2: found unknown directive name");
    check("a: {b: c}}", "did not find expected key");
    check("x: 1\na: ]", "line 1: did not find expected node content");
    check(
        "x: 1\na: {b c: d e: f}",
        "line 1: did not find expected ',' or '}'",
    );
    check("a: [b}", "did not find expected ',' or ']'");
    check("x: 1\na: !b!c d", "line 1: found undefined tag handle");
    check("a: !! b", "did not find expected tag URI");
    check("a: |4\n  b", "line 1: did not find expected key");
    check("a: &b {c: [*b]}", "anchor 'b' value contains itself");
    check("a: !!int b", "cannot decode !!str `b` as a !!int");
    check("a: !!bool '5'", "cannot decode !!int `5` as a !!bool");
    check("a: !!null 1.5", "cannot decode !!float `1.5` as a !!null");
    check(
        "a: !!binary '.'",
        "!!binary value contains invalid base64 data",
    );
    for merged in ["<<: 5", "<<: [[{a: b}]]", "!!merge <<: ~"] {
        check(
            merged,
            "map merge requires map or sequence of maps as the value",
        );
    }
}
