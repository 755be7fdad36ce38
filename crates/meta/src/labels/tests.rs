//! Selectors by tables.

use super::*;
use crate::{LabelSelectorRequirement, Slice};
use expect_test::{Expect, expect};

fn check(text: &str, expected: Expect) {
    let shown = match Selector::parse(text) {
        Ok(selector) => selector.to_string(),
        Err(error) => format!("error: {error}"),
    };
    expected.assert_eq(&shown);
}

#[test]
fn grammar() {
    check("", expect![[""]]);
    check("b=c, a in (y,x),!d", expect![["a in (x,y),b=c,!d"]]);
    check("a==b,c!=d,e", expect![["a==b,c!=d,e"]]);
    check("a notin (),b", expect![["a notin (),b"]]);
    check("\0a", expect![[""]]);
    check("a\0=\0b,\0c", expect![["a=b,c"]]);
    check("a,c \0=", expect![["a,c"]]);
    check("x in (,)", expect![["x in ()"]]);
    check("in=in", expect![["in=in"]]);
    check("a>5,b<7", expect![["a>5,b<7"]]);
    check(
        "a>x",
        expect![[
            r#"error: unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer"#
        ]],
    );
    check("a=", expect![["a="]]);
    check(
        "a=b=c",
        expect![["error: found '=', expected: ',' or 'end of string'"]],
    );
    check(
        "a,",
        expect![["error: found '', expected: identifier after ','"]],
    );
    check(
        "=a",
        expect![["error: found '=', expected: !, identifier, or 'end of string'"]],
    );
    check(
        "a==%=",
        expect![[
            r#"error: unable to parse requirement: values[0][a]: Invalid value: "%": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"#
        ]],
    );
    check(
        "a===b",
        expect![["error: unable to parse requirement: found '=', expected: identifier"]],
    );
    check(
        "!",
        expect![["error: unable to parse requirement: found '', expected: identifier"]],
    );
    check(
        "a in b",
        expect![["error: unable to parse requirement: found 'b' expected: '('"]],
    );
}

#[test]
fn matching() {
    let labels = Map::from([("app", "web"), ("n", "5")]);
    let cases = [
        ("", true),
        ("app=web", true),
        ("app!=web", false),
        ("app in (db,web)", true),
        ("app notin (db)", true),
        ("missing notin (db)", true),
        ("missing!=x", true),
        ("missing", false),
        ("!missing", true),
        ("n>4", true),
        ("n<5", false),
        ("app>1", false),
    ];
    for (text, expected) in cases {
        assert_eq!(
            Selector::parse(text).unwrap().matches(&labels),
            expected,
            "{text}"
        );
    }
}

#[test]
fn of_the_api() {
    assert!(Selector::from_label_selector(None).unwrap().is_nothing());
    assert!(
        Selector::from_label_selector(Some(&LabelSelector::default()))
            .unwrap()
            .is_everything()
    );
    let wrong = LabelSelector {
        match_expressions: [LabelSelectorRequirement {
            key: "a".into(),
            operator: "x".into(),
            values: Slice::nil(),
        }]
        .into(),
        ..LabelSelector::default()
    };
    let error = Selector::from_label_selector(Some(&wrong)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "\"x\" is not a valid label selector operator"
    );
}
