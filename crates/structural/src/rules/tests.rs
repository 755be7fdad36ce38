use super::{RULES_BUDGET, Rules, rules_blocked};
use crate::{
    Root,
    testing::{lines, structural},
};
use meta::{FieldErrors, FieldPath};
use serde_json::{Value, json};

/// What the rules of a whole object say: errors, warnings, and what is left of the budget.
fn run(schema: Value, value: &Value, old: Option<&Value>) -> (Vec<String>, Vec<String>, u64) {
    run_within(RULES_BUDGET, schema, value, old)
}

fn run_within(
    mut budget: u64,
    schema: Value,
    value: &Value,
    old: Option<&Value>,
) -> (Vec<String>, Vec<String>, u64) {
    let rules = Rules::new(&structural(schema), Root::Resource).unwrap();
    let (mut errors, mut warnings) = (FieldErrors::new(), Vec::new());
    let root = FieldPath::root();
    rules.validate(&root, value, old, &mut errors, &mut warnings, &mut budget);
    (lines(&errors), warnings, budget)
}

/// The rules of `spec`.
#[track_caller]
fn check(spec: Value, value: Value, old: Option<Value>, wanted: &[&str]) {
    let schema = json!({"type": "object", "properties": {"spec": spec}});
    let object = |spec: Value| json!({"apiVersion": "a/v1", "kind": "A", "metadata": {"name": "n"}, "spec": spec});
    let old = old.map(object);
    let (errors, warnings, _) = run(schema, &object(value), old.as_ref());
    assert_eq!(errors, wanted);
    assert_eq!(warnings, [""; 0]);
}

fn spec(rule: Value) -> Value {
    json!({"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}, "x-kubernetes-validations": [rule]})
}

/// A schema that changed may leave an old value of another type.
#[test]
fn what_a_rule_does_not_name_need_not_fit() {
    let old = Some(json!("text"));
    let holds = json!({"rule": "self.a > 1"});
    check(spec(holds), json!({"a": 2}), old.clone(), &[]);
    check(
        spec(json!({"rule": "oldSelf.a > 1"})),
        json!({"a": 2}),
        old,
        &[
            r#"spec: Invalid value: "object": invalid data, expected a map for the provided schema with type=object evaluating rule: oldSelf.a > 1"#,
        ],
    );
}

#[test]
fn patterns_that_are_none_are_told_at_once() {
    check(
        spec(json!({"rule": "self.b.find(')') == ''"})),
        json!({"b": "x"}),
        None,
        &[
            r#"spec: Invalid value: "object": rule compile error: program instantiation failed: error parsing regexp: unexpected ): `)`"#,
        ],
    );
}

#[test]
fn rules_hold_or_say_why_not() {
    check(
        spec(json!({"rule": "self.a > 1"})),
        json!({"a": 2}),
        None,
        &[],
    );
    check(
        spec(json!({"rule": " self.a > 1 "})),
        json!({"a": 1}),
        None,
        &["spec: Invalid value: failed rule: self.a > 1"],
    );
    check(
        spec(json!({"rule": "self.a > 1", "message": " too few "})),
        json!({"a": 1}),
        None,
        &["spec: Invalid value: too few"],
    );
    check(
        spec(
            json!({"rule": "self.a > 1", "message": "m", "messageExpression": "'has ' + string(self.a)"}),
        ),
        json!({"a": 1}),
        None,
        &["spec: Invalid value: has 1"],
    );
    check(
        spec(json!({"rule": "self.a > 1", "message": "m", "messageExpression": "' '"})),
        json!({"a": 1}),
        None,
        &["spec: Invalid value: m"],
    );
    for (reason, words) in [
        ("FieldValueForbidden", "spec.a: Forbidden: m"),
        ("FieldValueRequired", "spec.a: Required value: m"),
        ("FieldValueDuplicate", "spec.a: Duplicate value"),
        ("FieldValueInvalid", "spec.a: Invalid value: m"),
    ] {
        check(
            spec(
                json!({"rule": "self.a > 1", "message": "m", "reason": reason, "fieldPath": ".a"}),
            ),
            json!({"a": 1}),
            None,
            &[words],
        );
    }
    check(
        json!({"type": "integer", "x-kubernetes-validations": [{"rule": "self > 1", "message": "m"}]}),
        json!(1),
        None,
        &["spec: Invalid value: 1: m"],
    );
}

#[test]
fn rules_of_the_whole_see_type_and_name() {
    let schema = json!({"type": "object", "x-kubernetes-validations": [{"rule": "self.metadata.name == 'x' && self.kind == 'A'"}]});
    let (errors, ..) = run(
        schema,
        &json!({"kind": "A", "metadata": {"name": "n"}}),
        None,
    );
    assert_eq!(
        errors,
        ["<nil>: Invalid value: failed rule: self.metadata.name == 'x' && self.kind == 'A'"]
    );
}

#[test]
fn what_fails_to_evaluate_is_wrong() {
    check(
        spec(json!({"rule": "self.a > 1"})),
        json!({}),
        None,
        &[r#"spec: Invalid value: "object": no such key: a evaluating rule: self.a > 1"#],
    );
    check(
        spec(json!({"rule": "self.none > 1"})),
        json!({}),
        None,
        &[
            "spec: Invalid value: \"object\": rule compile error: compilation failed: ERROR: <input>:1:5: undefined field 'none'\n | self.none > 1\n | ....^",
        ],
    );
    check(
        json!({"x-kubernetes-int-or-string": true, "x-kubernetes-validations": [{"rule": "self > 1"}]}),
        json!("a"),
        None,
        &[
            "spec: Invalid value: \"\": 'no such overload': call arguments did not match a supported operator, function or macro signature for rule: self > 1",
        ],
    );
}

#[test]
fn rules_about_transitions_need_what_was() {
    let grows = json!({"rule": "self.a >= oldSelf.a", "message": "shrinks"});
    check(spec(grows.clone()), json!({"a": 1}), None, &[]);
    check(
        spec(grows.clone()),
        json!({"a": 1}),
        Some(json!({"a": 2})),
        &["spec: Invalid value: shrinks"],
    );
    let optional = json!({"rule": "!oldSelf.hasValue() || self.a >= oldSelf.value().a", "message": "shrinks", "optionalOldSelf": true});
    check(spec(optional.clone()), json!({"a": 1}), None, &[]);
    check(
        spec(optional),
        json!({"a": 1}),
        Some(json!({"a": 2})),
        &["spec: Invalid value: shrinks"],
    );
    let list = |list_type: Value| {
        let mut schema = json!({"type": "array", "items": {
            "type": "object", "properties": {"k": {"type": "string"}, "a": {"type": "integer"}}, "x-kubernetes-validations": [grows],
        }});
        schema
            .as_object_mut()
            .unwrap()
            .append(&mut list_type.as_object().unwrap().clone());
        schema
    };
    let (old, new) = (
        json!([{"k": "x", "a": 5}, {"k": "y", "a": 1}]),
        json!([{"k": "y", "a": 1}, {"k": "z", "a": 0}, {"k": "x", "a": 4}]),
    );
    check(
        list(json!({"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]})),
        new.clone(),
        Some(old.clone()),
        &["spec[2]: Invalid value: shrinks"],
    );
    check(list(json!({})), new, Some(old), &[]);
}

#[test]
fn rules_are_found_at_any_depth() {
    let rule = json!([{"rule": "self != 'bad'", "message": "m"}]);
    check(
        json!({"type": "object", "properties": {
            "list": {"type": "array", "items": {"type": "string", "x-kubernetes-validations": rule}},
            "map": {"type": "object", "additionalProperties": {"type": "object", "properties": {"x-y": {"type": "string", "x-kubernetes-validations": rule}}}},
            "1": {"type": "string", "x-kubernetes-validations": rule},
            "null": {"type": "string", "nullable": true, "x-kubernetes-validations": rule},
        }}),
        json!({"list": ["good", "bad"], "map": {"k": {"x-y": "bad"}}, "1": "bad", "null": null}),
        None,
        &[
            r#"spec.1: Invalid value: "bad": m"#,
            r#"spec.list[1]: Invalid value: "bad": m"#,
            r#"spec.map[k].x-y: Invalid value: "bad": m"#,
        ],
    );
}

#[test]
fn what_an_update_leaves_is_a_warning() {
    let schema = json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {
        "a": {"type": "string", "x-kubernetes-validations": [{"rule": "self != 'bad'", "message": "m"}]},
        "b": {"type": "string", "x-kubernetes-validations": [{"rule": "self != 'bad'", "message": "m"}]},
        "c": {"type": "integer"},
        "l": {"type": "array", "items": {"type": "string", "x-kubernetes-validations": [{"rule": "self != 'bad'", "message": "m"}]}},
        "t": {"type": "integer", "x-kubernetes-validations": [{"rule": "self > oldSelf", "message": "stays"}]},
    }}}});
    let old =
        json!({"metadata": {}, "spec": {"a": "bad", "b": "good", "c": 1, "l": ["bad"], "t": 1}});
    let new =
        json!({"metadata": {}, "spec": {"a": "bad", "b": "bad", "c": 2, "l": ["bad"], "t": 1}});
    let (errors, warnings, _) = run(schema, &new, Some(&old));
    assert_eq!(
        errors,
        [
            r#"spec.b: Invalid value: "bad": m"#,
            "spec.t: Invalid value: 1: stays"
        ]
    );
    assert_eq!(
        warnings,
        [
            r#"spec.a: Invalid value: "bad": m"#,
            r#"spec.l[0]: Invalid value: "bad": m"#
        ]
    );
}

#[test]
fn the_budget_is_spent() {
    let schema = json!({"type": "object", "properties": {"l": {"type": "array", "items": {"type": "integer"}, "x-kubernetes-validations": [
        {"rule": "self.all(x, self.all(y, x + y >= 0))", "message": "all"}, {"rule": "size(self) == 0", "message": "size"},
    ]}}});
    let few = json!({"l": [1, 2, 3]});
    let (errors, _, left) = run(schema.clone(), &few, None);
    assert_eq!(errors, ["l: Invalid value: size"]);
    assert!((1..RULES_BUDGET).contains(&left), "{left}");
    let many: Vec<u32> = (0..2000).collect();
    let (errors, ..) = run(schema, &json!({"l": many}), None);
    assert_eq!(
        errors,
        [
            r#"l: Invalid value: "array": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: all"#
        ]
    );
    let expensive = json!({"type": "object", "properties": {"l": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}, "x-kubernetes-validations": [
        {"rule": "self.all(x, self.all(y, x + y >= 0))"},
    ]}}}});
    let list: Vec<u32> = (0..30).collect();
    let lists = vec![list; 100];
    let (errors, _, left) = run_within(50_000, expensive, &json!({"l": lists}), None);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].ends_with("validation failed due to running out of cost budget, no further validation rules will be run"), "{errors:?}");
    assert_eq!(left, 0);
}

#[test]
fn rules_wait_for_sound_objects() {
    let mut errors = FieldErrors::new();
    errors.invalid(&FieldPath::new("a"), "b", "c");
    assert_eq!(rules_blocked(&errors), None);
    errors.required(&FieldPath::new("a"), "");
    assert_eq!(
        rules_blocked(&errors).unwrap().to_string(),
        "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"
    );
    assert!(Rules::new(&structural(json!({"type": "object"})), Root::Resource).is_none());
}
