//! Nothing that compiles panics, whatever the data, and nothing costs more than its budget.

use crate::{Environment, EvaluationError, Type, Value, compile};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const FUNCTIONS: &[(&str, usize)] = &[
    ("size", 0),
    ("contains", 1),
    ("startsWith", 1),
    ("matches", 1),
    ("find", 1),
    ("findAll", 2),
    ("charAt", 1),
    ("indexOf", 1),
    ("indexOf", 2),
    ("lastIndexOf", 1),
    ("lastIndexOf", 2),
    ("substring", 1),
    ("substring", 2),
    ("replace", 2),
    ("replace", 3),
    ("split", 1),
    ("split", 2),
    ("join", 0),
    ("join", 1),
    ("format", 1),
    ("lowerAscii", 0),
    ("trim", 0),
    ("isSorted", 0),
    ("sum", 0),
    ("min", 0),
    ("max", 0),
    ("sort", 0),
    ("reverse", 0),
    ("distinct", 0),
    ("flatten", 0),
    ("flatten", 1),
    ("slice", 2),
    ("first", 0),
    ("last", 0),
    ("value", 0),
    ("hasValue", 0),
    ("or", 1),
    ("orValue", 1),
    ("getHours", 0),
    ("getHours", 1),
    ("getFullYear", 1),
    ("getSeconds", 0),
    ("add", 1),
    ("sub", 1),
    ("compareTo", 1),
    ("asInteger", 0),
    ("family", 0),
    ("containsIP", 1),
    ("masked", 0),
    ("getQuery", 0),
    ("getEscapedPath", 0),
    ("validate", 1),
    ("major", 0),
];
const GLOBALS: &[&str] = &[
    "int",
    "uint",
    "double",
    "string",
    "bytes",
    "bool",
    "duration",
    "timestamp",
    "type",
    "dyn",
    "size",
    "quantity",
    "isQuantity",
    "url",
    "isURL",
    "ip",
    "isIP",
    "cidr",
    "isCIDR",
    "semver",
    "isSemver",
    "lists.range",
    "optional.of",
    "optional.ofNonZeroValue",
    "strings.quote",
    "jsonpatch.escapeKey",
    "format.named",
    "-",
    "!",
];
const OPERATORS: &[&str] = &[
    "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "in",
];
const LEAVES: &[&str] = &[
    "any",
    "any.a",
    "any.b",
    "any.?a",
    "any[0]",
    "has(any.a)",
    "x",
    "0",
    "-1",
    "9223372036854775807",
    "1u",
    "1.5",
    "-0.0",
    "1e300",
    "true",
    "null",
    "''",
    "'a'",
    "'äö'",
    "b'x'",
    "[]",
    "{}",
    "'1h'",
    "'2024-01-01T00:00:00Z'",
    "'1Gi'",
    "'10.0.0.0/8'",
    "'::1'",
    "'https://a/b?c=d'",
    "'1.2.3'",
    "'[a-'",
    "'%s %d %.3f %x'",
    "duration('1h')",
    "timestamp('2024-02-29T01:02:03Z')",
    "optional.none()",
    "'+01:00'",
    "'Europe/Paris'",
    "[1, 2, 3]",
    "{'a': 1}",
    "int",
    "format.dns1123Label()",
];

fn expressions() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(LEAVES).prop_map(str::to_owned);
    leaf.prop_recursive(5, 40, 3, |inner| {
        prop_oneof![
            (
                inner.clone(),
                prop::sample::select(OPERATORS),
                inner.clone()
            )
                .prop_map(|(one, operator, other)| format!("dyn({one}) {operator} dyn({other})")),
            (prop::sample::select(GLOBALS), inner.clone())
                .prop_map(|(name, argument)| format!("{name}(dyn({argument}))")),
            (
                prop::sample::select(FUNCTIONS),
                prop::collection::vec(inner.clone(), 4)
            )
                .prop_map(|((name, count), arguments)| {
                    let rest: Vec<String> = arguments[1..=count]
                        .iter()
                        .map(|argument| format!("dyn({argument})"))
                        .collect();
                    format!("dyn({}).{name}({})", arguments[0], rest.join(", "))
                }),
            (inner.clone(), 0..8_usize, inner.clone()).prop_map(|(range, macro_, body)| {
                let range = format!("dyn({range})");
                match macro_ {
                    0 => format!("{range}.all(x, dyn({body}) == x)"),
                    1 => format!("{range}.exists(x, dyn({body}) == x)"),
                    2 => format!("{range}.map(x, dyn({body}))"),
                    3 => format!("{range}.filter(x, dyn({body}) != x)"),
                    4 => format!("{range}.transformMap(k, x, dyn({body}))"),
                    5 => format!("{range}.sortBy(x, dyn({body}))"),
                    6 => format!("{range}.optMap(x, dyn({body}))"),
                    _ => format!("{range}.transformMapEntry(k, x, {{dyn({body}): k}})"),
                }
            }),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(one, two, three)| format!("dyn({one}) ? dyn({two}) : dyn({three})")),
            (inner.clone(), inner.clone())
                .prop_map(|(one, two)| format!("[dyn({one}), dyn({two})]")),
            (inner.clone(), inner.clone())
                .prop_map(|(one, two)| format!("{{dyn({one}): dyn({two})}}")),
            (inner.clone(), inner).prop_map(|(one, two)| format!("dyn({one})[dyn({two})]")),
        ]
    })
}

fn data() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        ".{0,6}".prop_map(Json::from),
        Just(json!("2024-01-01T00:00:00Z")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map("[ab]", inner, 0..3)
                .prop_map(|entries| Json::Object(entries.into_iter().collect())),
        ]
    })
}

const BUDGET: u64 = 20_000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_panics(text in expressions(), data in data()) {
        let environment = Environment::new().variable("any", Type::Dyn).variable("x", Type::Dyn);
        let Ok(program) = compile(&text, &environment) else {
            return Ok(());
        };
        let any = Value::json(&data, &Type::Dyn).unwrap();
        let mut budget = BUDGET;
        match program.evaluate(&[("any", any.clone()), ("x", any)], &mut budget) {
            Ok(value) => {
                let _ = (value.to_json(), value.shown(), value.size());
            }
            Err(EvaluationError::Budget) => {}
            Err(EvaluationError::Runtime(words)) => prop_assert!(!words.is_empty()),
        }
        prop_assert!(budget <= BUDGET);
    }

    /// Text from anywhere: compiled or refused.
    #[test]
    fn any_text(text in "[a-z0-9 .()\\[\\]{}?:,'\"+*/&|!<>=-]{0,40}") {
        let environment = Environment::new().variable("a", Type::Dyn);
        if let Ok(program) = compile(&text, &environment) {
            let mut budget = BUDGET;
            let _ = program.evaluate(&[("a", Value::Null)], &mut budget);
        }
    }
}
