//! YAML by tables: a text and its JSON.

use super::*;
use expect_test::{Expect, expect};

fn check(text: &str, expected: Expect) {
    let shown = match to_json(text) {
        Ok((json, strict)) => {
            let strict: Vec<String> = strict.iter().map(ToString::to_string).collect();
            format!("{} {}", String::from_utf8(json).unwrap(), strict.join(", "))
        }
        Err(error) => format!("error: {error}"),
    };
    expected.assert_eq(&shown);
}

#[test]
fn scalars() {
    check(
        "[yes, off, y, True, ~, null, '']",
        expect![[r#"[true,false,true,true,null,null,""] "#]],
    );
    check(
        "[0644, 0x10, 1_000, -5, 18446744073709551615]",
        expect![[r#"[420,16,1000,-5,18446744073709551615] "#]],
    );
    check(
        "[1.5, 1e3, .5, 1e30, 1.0, 0b11, 08]",
        expect![[r#"[1.5,1000,0.5,1e+30,1,3,8] "#]],
    );
    check(
        "['1', \"true\", 2001-01-01, 1.2.3, 10Gi, 500m]",
        expect![[r#"["1","true","2001-01-01","1.2.3","10Gi","500m"] "#]],
    );
    check("!!str 5", expect![[r#""5" "#]]);
    check("!!binary YQ==", expect![[r#""a" "#]]);
    check("", expect![["null "]]);
}

#[test]
fn structure() {
    check(
        "b: 1\na: {c: [x, y]}\n",
        expect![[r#"{"a":{"c":["x",true]},"b":1} "#]],
    );
    check("1: a\ntrue: b\n", expect![[r#"{"1":"a","true":"b"} "#]]);
    check(
        "a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n  l: 2\n",
        expect![[r#"{"a":{"k":1},"b":{"k":1},"c":{"k":1,"l":2}} "#]],
    );
    check(
        "a: |\n  x\n  y\nb: >-\n  x\n  y\n",
        expect![[r#"{"a":"x\ny\n","b":"x y"} "#]],
    );
    check("a: 1\n---\nb: 2\n", expect![[r#"{"a":1} "#]]);
    check(
        "'<<': {a: 1}\nb: !!float 5\n",
        expect![[r#"{"\u003c\u003c":{"a":1},"b":5} "#]],
    );
}

#[test]
fn wrong() {
    check(
        "a: 1\nb: 2\na: 3\n",
        expect![[r#"
        {"a":3,"b":2} yaml: unmarshal errors:
          line 3: key "a" already set in map"#]],
    );
    check(
        "a: b: c\n",
        expect![
            "error: error converting YAML to JSON: yaml: mapping values are not allowed in this context"
        ],
    );
    check(
        "a: [\n",
        expect![
            "error: error converting YAML to JSON: yaml: line 1: did not find expected node content"
        ],
    );
    check(
        "a: *x\n",
        expect!["error: error converting YAML to JSON: yaml: unknown anchor 'x' referenced"],
    );
}

#[test]
fn keys_that_json_has_not() {
    let check = |text: &str, expect: &str| {
        let error = to_json(text).expect_err(text).to_string();
        let words = error.strip_prefix("error converting YAML to JSON: ");
        assert_eq!(words, Some(expect), "{text}");
    };
    check(
        "~: [1]",
        "unsupported map key of type: %!s(<nil>), key: <nil>, value: []interface {}{1}",
    );
    check(
        "? {a: [b, ~]}\n: c",
        "yaml: invalid map key: map[interface {}]interface {}{\"a\":[]interface {}{\"b\", interface {}(nil)}}",
    );
}

#[test]
fn sixteen_bits() {
    let check = |bytes: &[u8], expect: Result<&str, &str>| {
        let found = text(bytes).map_err(|error| error.to_string());
        let expect =
            expect.map_err(|words| format!("error converting YAML to JSON: yaml: {words}"));
        assert_eq!(found.as_deref(), expect.as_ref().map(|text| *text));
    };
    check(b"\xff\xfea\0\x3d\xd8\x00\xde", Ok("a\u{1F600}"));
    check(b"\xfe\xff\0a\0:", Ok("a:"));
    check(b"\xff\xfea", Err("incomplete UTF-16 character"));
    check(b"\xff\xfe\x3d\xd8", Err("incomplete UTF-16 surrogate pair"));
    check(b"\xff\xfe\x3d\xd8a\0", Err("expected low surrogate area"));
    check(b"\xff\xfe\x00\xde", Err("unexpected low surrogate area"));
}

#[test]
fn bombs() {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..9 {
        let before = level - 1;
        let aliases = vec![format!("*a{before}"); 9].join(",");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert!(
        to_json(&text)
            .unwrap_err()
            .to_string()
            .contains("excessive aliasing")
    );
    assert!(to_json(&"[".repeat(100_000)).is_err());
}
