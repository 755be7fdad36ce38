//! Which questions a webhook is asked: expressions over the review that would be sent. Upstream: `pkg/authorization/cel`.
use super::aggregate;
use api::authorization::v1::SubjectAccessReviewSpec;
use expr::{Environment, ObjectType, Program, Type};
use meta::{FieldErrors, FieldPath, codec};
use serde_json::{Map, Value, json};
use std::{collections::HashSet, sync::LazyLock};

const CONDITIONS_MAX: usize = 64;
/// Work of one expression, in upstream's units.
const COST_MAX: u64 = 10_000_000;

static REQUEST: LazyLock<Type> = LazyLock::new(request_type);

/// Expressions of which all must hold.
#[derive(Debug, Default)]
pub(super) struct Conditions(Vec<(String, Program)>);

impl Conditions {
    /// Compiles them; errors are put below `path`.
    pub(super) fn compile(errors: &mut FieldErrors, path: &FieldPath, texts: &[String]) -> Self {
        let path = path.child("matchConditions");
        if texts.len() > CONDITIONS_MAX {
            errors.too_many(&path, texts.len(), CONDITIONS_MAX);
            return Self::default();
        }
        let environment = Environment::new().variable("request", REQUEST.clone());
        let mut seen = HashSet::new();
        let mut res = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let path = path.index(index).child("expression");
            if text.trim().is_empty() {
                errors.required(&path, "");
                continue;
            }
            if !seen.insert(text) {
                errors.duplicate(&path, text);
                continue;
            }
            match expr::compile(text, &environment) {
                Err(error) => {
                    errors.invalid(&path, text, format!("compilation failed: {error}"));
                }
                Ok(program) if *program.result() != Type::Bool => {
                    let found = program.result();
                    let words = format!("must evaluate to bool but got {found}");
                    errors.invalid(&path, text, words);
                }
                Ok(program) => res.push((text.clone(), program)),
            }
        }
        Self(res)
    }

    /// Whether the webhook is to be asked; an error when one of them fails and none is false.
    pub(super) fn hold(&self, question: &SubjectAccessReviewSpec) -> Result<bool, String> {
        if self.0.is_empty() {
            return Ok(true);
        }
        let request = request(question);
        let mut errors = Vec::new();
        for (text, program) in &self.0 {
            let mut budget = COST_MAX;
            let value = expr::Value::json(&request, &REQUEST)
                .and_then(|value| program.evaluate(&[("request", value)], &mut budget));
            match value.map(|value| value.as_bool()) {
                Ok(Some(true)) => {}
                Ok(Some(false)) => return Ok(false),
                Ok(None) => errors.push(format!(
                    "cel evaluation error: expression '{text}' eval result type should be bool"
                )),
                Err(error) => errors.push(format!(
                    "cel evaluation error: expression '{text}' resulted in error: {error}"
                )),
            }
        }
        if errors.is_empty() {
            Ok(true)
        } else {
            Err(aggregate(&errors))
        }
    }
}

fn strings() -> Type {
    Type::list(Type::String)
}

fn texts(name: &str, fields: &[&str]) -> ObjectType {
    let object = ObjectType::new(format!("kubernetes.{name}"));
    let add = |object: ObjectType, field: &&str| object.field(field, Type::String);
    fields.iter().fold(object, add)
}

fn request_type() -> Type {
    let requirement = || {
        Type::object(texts("SelectorRequirement", &["key", "operator"]).field("values", strings()))
    };
    let selector = |name: &str| {
        let requirements = Type::list(requirement());
        Type::object(texts(name, &["rawSelector"]).field("requirements", requirements))
    };
    let fields = [
        "namespace",
        "verb",
        "group",
        "version",
        "resource",
        "subresource",
        "name",
    ];
    let resource = texts("ResourceAttributes", &fields)
        .field("fieldSelector", selector("FieldSelectorAttributes"))
        .field("labelSelector", selector("LabelSelectorAttributes"));
    let path = texts("NonResourceAttributes", &["path", "verb"]);
    Type::object(
        texts("SubjectAccessReviewSpec", &["user", "uid"])
            .field("resourceAttributes", Type::object(resource))
            .field("nonResourceAttributes", Type::object(path))
            .field("groups", strings())
            .field("extra", Type::map(Type::String, strings())),
    )
}

/// The question with every field, empty ones too: expressions look at them.
fn request(question: &SubjectAccessReviewSpec) -> Value {
    let given: Value = serde_json::from_slice(&codec::to_json(question)).expect("our own JSON");
    let mut res = json!({"user": "", "uid": "", "groups": [], "extra": {}});
    fill(&mut res, &given);
    if given["resourceAttributes"].is_object() {
        let mut attributes = json!({
            "namespace": "", "verb": "", "group": "", "version": "",
            "resource": "", "subresource": "", "name": "",
        });
        fill(&mut attributes, &given["resourceAttributes"]);
        res["resourceAttributes"] = attributes;
    }
    if given["nonResourceAttributes"].is_object() {
        let mut attributes = json!({"path": "", "verb": ""});
        fill(&mut attributes, &given["nonResourceAttributes"]);
        res["nonResourceAttributes"] = attributes;
    }
    res
}

fn fill(empty: &mut Value, given: &Value) {
    let (Value::Object(fields), Some(given)) = (empty, given.as_object()) else {
        return;
    };
    let given: Map<String, Value> = given.clone();
    fields.extend(given.into_iter().filter(|(_, value)| !value.is_null()));
}
