use super::compile;
use crate::{Environment, Type};
use expect_test::{Expect, expect};

/// Text -> the type of its value, or the errors.
#[track_caller]
fn check(text: &str, expect: &Expect) {
    let environment = Environment::new()
        .variable("object", Type::Dyn)
        .variable("request", Type::Named("kubernetes.AdmissionRequest"))
        .message("Object");
    let said = match compile(text, &environment) {
        Ok(program) => program.result().to_string(),
        Err(error) => error.to_string(),
    };
    expect.assert_eq(&said);
}

#[test]
fn types() {
    check("object.spec.replicas <= 5", &expect!["bool"]);
    check(
        "!has(object.spec) || object.spec.x in ['a']",
        &expect!["bool"],
    );
    check("'a' + object.b", &expect!["string"]);
    check("object.spec", &expect!["dyn"]);
    check("object.list.all(x, x > 1)", &expect!["bool"]);
    check("object.list.map(x, x + 1)", &expect!["list(int)"]);
    check("object.a ? 'x' : 'y'", &expect!["string"]);
    check("size(object.list) + 1", &expect!["int"]);
    check("null", &expect!["null_type"]);
    check("Object{spec: Object.spec{replicas: 3}}", &expect!["Object"]);
    check("request", &expect!["kubernetes.AdmissionRequest"]);
    // Upstream does not enable it.
    check(
        "math.greatest(1, 2) > 1",
        &expect![[r#"
            ERROR: <input>:1:1: undeclared reference to 'math' (in container '')
             | math.greatest(1, 2) > 1
             | ^
            ERROR: <input>:1:14: undeclared reference to 'greatest' (in container '')
             | math.greatest(1, 2) > 1
             | .............^"#]],
    );
}

#[test]
fn references() {
    check(
        "x",
        &expect![[r"
            ERROR: <input>:1:1: undeclared reference to 'x' (in container '')
             | x
             | ^"]],
    );
    check(
        "object.a == b\n || nope(1)",
        &expect![[r"
            ERROR: <input>:1:13: undeclared reference to 'b' (in container '')
             | object.a == b
             | ............^
            ERROR: <input>:2:9: undeclared reference to 'nope' (in container '')
             |  || nope(1)
             | ........^"]],
    );
    // Variables of macros are known within them only.
    check(
        "object.l.exists(x, x == 1) || x",
        &expect![[r"
        ERROR: <input>:1:31: undeclared reference to 'x' (in container '')
         | object.l.exists(x, x == 1) || x
         | ..............................^"]],
    );
}

#[test]
fn syntax() {
    check(
        "object.",
        &expect![[r#"
        ERROR: <input>:1:8: Syntax error: no viable alternative at input '.'
         | object.
         | .......^"#]],
    );
    check(
        "object.true == 1",
        &expect![[r#"
        ERROR: <input>:1:8: Syntax error: mismatched input 'true' expecting IDENTIFIER
         | object.true == 1
         | .......^"#]],
    );
    check(
        "a ? b",
        &expect![[r#"
        ERROR: <input>:1:6: Syntax error: mismatched input '<EOF>' expecting ':'
         | a ? b
         | .....^"#]],
    );
    check(
        "object.a[]",
        &expect![[r#"
        ERROR: <input>:1:10: Syntax error: mismatched input ']' expecting {'[', '{', '(', '.', '-', '!', '?', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}
         | object.a[]
         | .........^"#]],
    );
    check(
        "1, 2",
        &expect![[r#"
        ERROR: <input>:1:2: Syntax error: mismatched input ',' expecting <EOF>
         | 1, 2
         | .^"#]],
    );
    check(
        "1 +",
        &expect![[r#"
        ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}
         | 1 +
         | ...^"#]],
    );
    check(
        "",
        &expect![[r#"
        ERROR: <input>:1:0: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}"#]],
    );
}

/// What upstream's parser takes is taken, and what would end the process is refused, also on the small stack of a test.
#[test]
fn deep_expressions_are_refused() {
    let environment = Environment::new().variable("a", Type::Dyn);
    let forms: [fn(usize) -> String; 10] = [
        |n| format!("a{}", ".b".repeat(n)),
        |n| format!("a{}", "[0]".repeat(n)),
        |n| format!("a{}", ".?b".repeat(n)),
        |n| format!("1{}", "+1".repeat(n)),
        |n| format!("{}1{}", "(".repeat(n), ")".repeat(n)),
        |n| format!("{}1{}", "[".repeat(n), "]".repeat(n)),
        |n| format!("true{}", "?true:false".repeat(n)),
        |n| format!("{}a{}", "a.map(x,".repeat(n), ")".repeat(n)),
        // Strings that the lexer gives up.
        |n| format!("'\\q' + a{}", ".b".repeat(n)),
        |n| format!("'\n + a{}", ".b".repeat(n)),
    ];
    for (index, form) in forms.iter().enumerate() {
        if index < 8 {
            compile(&form(80), &environment).unwrap();
        }
        let error = compile(&form(9_000), &environment).unwrap_err();
        let words = match index {
            0..=3 | 8.. => "max recursion depth exceeded",
            4..=7 => "expression recursion limit exceeded: 250",
        };
        assert_eq!(error.to_string(), format!("ERROR: <input>:-1:0: {words}"));
    }
    // Neither do these nest.
    for text in [
        format!("[{}]", vec!["1.5"; 2_000].join(",")),
        format!("true{}", "&&a.b.c==1".repeat(2_000)),
        format!("'{}'", "a.".repeat(20_000)),
        format!("a // {}", "a.".repeat(20_000)),
    ] {
        compile(&text, &environment).unwrap();
    }
    let doubling = format!("a.?b{}", ".optMap(x,x)".repeat(60));
    assert!(compile(&doubling, &environment).is_err());
}

#[test]
fn what_only_upstreams_compiler_refuses() {
    let texts = [
        "[1].map(__result__, 1)",
        "[1].exists(__result__, true)",
        "{'a': 1}.transformMap(k, __result__, 1)",
        "timestamp(253402300800) == null",
        "timestamp(-62135596800) == timestamp(0)",
        "'\\ud800'",
        "jsonpatch.escapeKey('a')",
        "-9223372036854775809",
        "1 - 9223372036854775808",
        "[ - 9223372036854775809]",
        "[1].existsOne(x, x)",
        "{'a': 1}.`a`",
    ];
    let lines = texts.map(|text| match compile(text, &Environment::new()) {
        Ok(program) => format!("{text} -> {}\n", program.result()),
        Err(error) => format!("{error}\n"),
    });
    expect![[r#"
        ERROR: <input>:1:9: iteration variable overwrites accumulator variable
         | [1].map(__result__, 1)
         | ........^
        ERROR: <input>:1:12: iteration variable overwrites accumulator variable
         | [1].exists(__result__, true)
         | ...........^
        ERROR: <input>:1:26: iteration variable overwrites accumulator variable
         | {'a': 1}.transformMap(k, __result__, 1)
         | .........................^
        ERROR: <input>:1:11: invalid timestamp argument
         | timestamp(253402300800) == null
         | ..........^
        timestamp(-62135596800) == timestamp(0) -> bool
        ERROR: <input>:1:1: invalid unicode code point
         | '\ud800'
         | ^
        ERROR: <input>:1:1: undeclared reference to 'jsonpatch' (in container '')
         | jsonpatch.escapeKey('a')
         | ^
        ERROR: <input>:1:20: undeclared reference to 'escapeKey' (in container '')
         | jsonpatch.escapeKey('a')
         | ...................^
        ERROR: <input>:1:1: invalid int literal
         | -9223372036854775809
         | ^
        ERROR: <input>:1:5: invalid int literal
         | 1 - 9223372036854775808
         | ....^
        ERROR: <input>:1:3: invalid int literal
         | [ - 9223372036854775809]
         | ..^
        ERROR: <input>:1:14: undeclared reference to 'existsOne' (in container '')
         | [1].existsOne(x, x)
         | .............^
        ERROR: <input>:1:15: undeclared reference to 'x' (in container '')
         | [1].existsOne(x, x)
         | ..............^
        ERROR: <input>:1:18: undeclared reference to 'x' (in container '')
         | [1].existsOne(x, x)
         | .................^
        ERROR: <input>:1:10: unsupported syntax: '`'
         | {'a': 1}.`a`
         | .........^
    "#]]
    .assert_eq(&lines.concat());
}

/// Upstream converts literals when it makes a program: one that cannot be converted is no program, reached or not.
#[test]
fn literals_that_cannot_be_converted() {
    let error = |text| {
        let program = compile(text, &Environment::new()).unwrap();
        program.instantiation_error().map(str::to_owned)
    };
    assert_eq!(error("int('1') == 1"), None);
    assert_eq!(
        error("true || int('a') == 1").as_deref(),
        Some("type conversion error from 'string' to 'int'")
    );
    assert_eq!(
        error("uint(-1) == 1u").as_deref(),
        Some("unsigned integer overflow")
    );
    assert_eq!(error("int('a' + 'b') == 1"), None);
}
