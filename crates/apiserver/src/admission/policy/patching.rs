//! What the expression of a mutation makes of an object.
//!
//! Source: `k8s.io/apiserver/pkg/admission/plugin/policy/mutating/patch`.
use super::compiled::Mutator;
use crate::admission::expressions::{COST_MAX, Evaluated, Spent, evaluate};
use expr::{Bindings, Value};
use meta::codec::json;
use patch::{
    JsonPatch, Node, OperationError, PatchError,
    typed::{self, Duplicates},
};
use platform::Clock;
use serde_json::{Map, Value as Json};

/// The object as the mutation leaves it, or why there is none.
pub(super) fn patched<'a>(
    mutator: &'a Mutator,
    bound: &Bindings<'a>,
    object: &Json,
    node: Result<Node<'_>, String>,
    clock: &Clock,
) -> Result<Json, String> {
    let (Mutator::Apply(expression) | Mutator::JsonPatch(expression)) = mutator;
    if let Some(error) = expression.broken() {
        return Err(error.to_owned());
    }
    let mut budget = COST_MAX;
    let evaluated = evaluate(expression, bound, &mut budget, clock);
    let evaluated: Evaluated<'a> = evaluated.map_err(|Spent| Spent::WORDS.to_owned())?;
    let value = evaluated.value?;
    match mutator {
        Mutator::Apply(_) => applied(&value, object, node),
        Mutator::JsonPatch(_) => {
            let operations = operations(&value)?;
            json_patched(operations, object)
        }
    }
}

/// Fields are laid over the object as server-side apply does it; nobody owns them afterwards.
fn applied(
    value: &Value<'_>,
    object: &Json,
    node: Result<Node<'_>, String>,
) -> Result<Json, String> {
    named(value)?;
    let mut fields = value.to_fields().map_err(|error| error.to_string())?;
    for field in ["apiVersion", "kind"] {
        fields[field] = object[field].clone();
    }
    let why = |what: &str, error: &dyn std::fmt::Display| {
        format!("error applying patch: {what}: {error}")
    };
    const UNTYPED: &str = "failed to convert patch object to typed object";
    let node = node.map_err(|error| why(UNTYPED, &error))?;
    typed::validate(node, &fields, Duplicates::Refused).map_err(|errors| why(UNTYPED, &errors))?;
    let atomics = typed::atomics(node, &fields);
    if !atomics.is_empty() {
        let words = format!(
            "may not mutate atomic arrays, maps or structs: {}",
            atomics.join(", ")
        );
        return Err(why("invalid ApplyConfiguration", &words));
    }
    typed::validate(node, object, Duplicates::Allowed)
        .map_err(|errors| why("failed to convert original object to typed object", &errors))?;
    typed::merge(node, object, &fields).map_err(|errors| why("failed to merge patch", &errors))
}

/// Messages are named as the fields in which they stand.
fn named(value: &Value<'_>) -> Result<(), String> {
    let misnamed = value.misnamed();
    if misnamed.is_empty() {
        Ok(())
    } else {
        Err(format!("type mismatch: {}", misnamed.join("\n")))
    }
}

fn document(value: &Value<'_>) -> Result<Json, String> {
    named(value)?;
    value.to_json().map_err(|error| {
        format!(
            "JSONPath valueExpression evaluated to a type that could not marshal to JSON: {error}"
        )
    })
}

/// The operations of a patch that an expression made.
fn operations(value: &Value<'_>) -> Result<Vec<Json>, String> {
    let Value::List(operations) = value else {
        return Err("type mismatch: JSONPatchType.expression should evaluate to array".to_owned());
    };
    let operations = operations.iter().map(|operation| {
        let operation = operation.map_err(|error| error.to_string())?;
        let text = |field| {
            let value = operation.message_field(field);
            value
                .as_ref()
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_owned()
        };
        let mut made = Map::new();
        made.insert("op".to_owned(), text("op").into());
        made.insert("path".to_owned(), text("path").into());
        let from = text("from");
        if !from.is_empty() {
            made.insert("from".to_owned(), from.into());
        }
        if let Some(value) = operation.message_field("value") {
            made.insert("value".to_owned(), document(&value)?);
        }
        Ok(Json::Object(made))
    });
    operations.collect()
}

/// A test that fails leaves the object as it is.
fn json_patched(operations: Vec<Json>, object: &Json) -> Result<Json, String> {
    let words = |error: PatchError| match error {
        PatchError::Operation { why, .. } => format!("JSON Patch: {why}"),
        other => format!("JSON Patch: {other}"),
    };
    // As the server writes the object too: tests compare the texts.
    let mut bytes = Vec::new();
    json::put_tree(&mut bytes, &Json::from(operations));
    let (patch, _) = JsonPatch::decode(&bytes).map_err(words)?;
    match patch.apply(object.clone()) {
        Err(PatchError::Operation {
            why: OperationError::Test(_),
            ..
        }) => Ok(object.clone()),
        other => other.map_err(words),
    }
}
