use crate::{
    Answer, Authorize, Bindings, Check, Program, ResourceTarget, Target, Type, Value,
    admission::{AUTHORIZER, OBJECT, REQUEST_RESOURCE, Scope, VARIABLES, VariableTypes},
    compile,
};
use expect_test::{Expect, expect};
use serde_json::json;
use std::sync::Arc;

/// Allows what is done by verbs that begin with `g`, and says what it was asked.
#[derive(Debug)]
struct Gentle;

impl Authorize for Gentle {
    fn authorize(&self, check: &Check) -> Answer {
        let target = match &check.target {
            Target::Path(path) => path.to_string(),
            Target::Resource(target) => format!(
                "{}/{}/{} {}/{} {}|{}",
                target.group,
                target.resource,
                target.subresource,
                target.namespace,
                target.name,
                target.field_selector,
                target.label_selector
            ),
        };
        Answer {
            allowed: check.verb.starts_with('g'),
            reason: format!("{:?} {} {target}", check.account, check.verb),
            error: (check.verb == "fail").then(|| "no answer".to_owned()),
        }
    }
}

type Compiled = Vec<(String, Result<Program, String>)>;

/// Compiles variables in order, as `name = expression`.
fn variables(lines: &[&str]) -> (Compiled, VariableTypes) {
    let scope = Scope {
        params: false,
        authorizer: true,
    };
    let (environment, mut types) = (scope.environment(), VariableTypes::default());
    let mut compiled = Vec::new();
    for line in lines {
        let (name, text) = line.split_once(" = ").unwrap();
        let program = compile(text, &types.within(&environment));
        types.add(name, program.as_ref().ok().map(Program::result));
        compiled.push((name.to_owned(), program.map_err(|error| error.to_string())));
    }
    (compiled, types)
}

/// Values of the expressions, each with its own cost and that of the variables it looked at first.
fn check(lines: &[&str], expressions: &[&str], expect: &Expect) {
    let (compiled, types) = variables(lines);
    let scope = Scope {
        params: false,
        authorizer: true,
    };
    let environment = types.within(&scope.environment());
    let programs: Vec<Program> = expressions
        .iter()
        .map(|text| compile(text, &environment).unwrap())
        .collect();
    let object = json!({"a": {"b": 1}, "list": [1, 2]});
    let target = ResourceTarget {
        resource: "pods".into(),
        ..ResourceTarget::default()
    };
    let given = vec![
        (OBJECT, Value::json(&object, &Type::Dyn).unwrap()),
        (AUTHORIZER, Value::authorizer(Arc::new(Gentle))),
        (
            REQUEST_RESOURCE,
            Value::resource_check(Arc::new(Gentle), target),
        ),
    ];
    let composed = compiled
        .iter()
        .map(|(name, program)| (&**name, program.as_ref().map_err(|error| &**error)));
    let bindings = Bindings::new(given).composed(VARIABLES, composed);
    let mut shown = String::new();
    for (text, program) in expressions.iter().zip(&programs) {
        let mut budget = crate::EVALUATION_COST_MAX;
        let value = match program.evaluate_in(&bindings, &mut budget) {
            Ok(value) => value.shown(),
            Err(error) => format!("error: {error}"),
        };
        let own = crate::EVALUATION_COST_MAX - budget;
        shown += &format!("{text} -> {value} ({own}+{})\n", bindings.take_cost());
    }
    expect.assert_eq(&shown);
}

#[test]
fn variables_are_computed_once_and_when_looked_at() {
    check(
        &[
            "one = object.a.b",
            "two = variables.one + 1",
            "bad = object.missing",
            "after = variables.bad",
        ],
        &[
            "true || variables.bad",
            "variables.two == 2",
            "variables.two + variables.one",
            "variables.bad",
            "variables.after",
            "has(variables.one)",
            "type(variables.one) == int",
        ],
        &expect![[r#"
            true || variables.bad -> true (0+0)
            variables.two == 2 -> true (3+6)
            variables.two + variables.one -> 3 (5+0)
            variables.bad -> error: composited variable "bad" fails to evaluate: no such key: missing (1+2)
            variables.after -> error: composited variable "after" fails to evaluate: composited variable "bad" fails to evaluate: no such key: missing (1+1)
            has(variables.one) -> true (1+0)
            type(variables.one) == int -> true (4+0)
        "#]],
    );
}

#[test]
fn authorizers_are_asked() {
    check(
        &["of = authorizer.serviceAccount('n', 'robot')"],
        &[
            "authorizer.group('apps').resource('deployments').namespace('n').name('x').check('get').reason()",
            "authorizer.group('').resource('pods').subresource('exec').fieldSelector('a=b').labelSelector('c').check('go').reason()",
            "authorizer.path('/healthz').check('get').allowed()",
            "authorizer.path('/healthz').check('put').allowed()",
            "variables.of.group('').resource('pods').check('get').reason()",
            "authorizer.requestResource.check('list').reason()",
            "authorizer.path('/x').check('fail').errored()",
            "authorizer.path('/x').check('fail').error()",
            "authorizer.path('/x').check('get').error() == ''",
            "authorizer.path(' ').check('get').allowed()",
            "authorizer.group('').resource('').check('get').allowed()",
            "authorizer.serviceAccount('n', 'A').path('/').check('get').allowed()",
            "authorizer.serviceAccount('A', 'n').path('/').check('get').allowed()",
        ],
        &expect![[r#"
            authorizer.group('apps').resource('deployments').namespace('n').name('x').check('get').reason() -> None get apps/deployments/ n/x | (350006+0)
            authorizer.group('').resource('pods').subresource('exec').fieldSelector('a=b').labelSelector('c').check('go').reason() -> None go /pods/exec / a=b|c (350177+0)
            authorizer.path('/healthz').check('get').allowed() -> true (350003+0)
            authorizer.path('/healthz').check('put').allowed() -> false (350003+0)
            variables.of.group('').resource('pods').check('get').reason() -> Some(("n", "robot")) get /pods/ / | (350005+2)
            authorizer.requestResource.check('list').reason() -> None list /pods/ / | (350002+0)
            authorizer.path('/x').check('fail').errored() -> true (350003+0)
            authorizer.path('/x').check('fail').error() -> no answer (350003+0)
            authorizer.path('/x').check('get').error() == '' -> true (350003+0)
            authorizer.path(' ').check('get').allowed() -> error: path must not be empty (2+0)
            authorizer.group('').resource('').check('get').allowed() -> error: resource must not be empty (3+0)
            authorizer.serviceAccount('n', 'A').path('/').check('get').allowed() -> error: Invalid service account name (2+0)
            authorizer.serviceAccount('A', 'n').path('/').check('get').allowed() -> error: Invalid service account namespace (2+0)
        "#]],
    );
}

#[test]
fn long_chains_of_variables_end() {
    let mut lines = vec!["v0 = 1".to_owned()];
    lines.extend((1..200).map(|at| format!("v{at} = variables.v{} + 1", at - 1)));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (compiled, types) = variables(&lines);
    let environment = types.within(&crate::Environment::new());
    let composed = compiled
        .iter()
        .map(|(name, program)| (&**name, program.as_ref().map_err(|error| &**error)));
    let (short, long) = ("variables.v20 == 21", "variables.v199 > 0");
    let programs = [short, long].map(|text| compile(text, &environment).unwrap());
    let bindings = Bindings::new(Vec::new()).composed(VARIABLES, composed);
    let [short, long] = programs.each_ref().map(|program| {
        let mut budget = crate::EVALUATION_COST_MAX;
        program.evaluate_in(&bindings, &mut budget)
    });
    assert_eq!(short.unwrap().as_bool(), Some(true));
    let words = long.unwrap_err().to_string();
    assert!(
        words.ends_with("variables refer to one another too deeply"),
        "{words}"
    );
}
