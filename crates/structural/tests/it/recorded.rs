//! Upstream's recorded answers about a custom resource. They are not part of the repository: without them, tests say so and pass.

use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath, codec};
use serde_json::{Value, json};
use std::{fs, io::Write as _, path::PathBuf};
use structural::{
    JsonPath, Malformed, RULES_BUDGET, Root, Rules, Structural, printer_cell, rules_blocked,
};

/// The exchanges about boats.
fn exchanges() -> Option<Vec<Value>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/upstream");
    let path = PathBuf::from(root).join("shapes.jsonl");
    let Ok(text) = fs::read_to_string(&path) else {
        let mut out = std::io::stderr();
        let _ = writeln!(out, "skipped: no records at {}", path.display());
        return None;
    };
    let exchanges = text.lines().map(|line| serde_json::from_str(line).unwrap());
    Some(exchanges.collect())
}

fn named<'v>(exchanges: &'v [Value], name: &str) -> &'v Value {
    let mut exchanges = exchanges.iter();
    let found = exchanges.find(|exchange| exchange["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is recorded"))
}

/// An object as it would be stored, or what is wrong with it.
fn create(schema: &Structural, object: &Value) -> (Value, FieldErrors) {
    let mut object = object.clone();
    schema.read(&mut object, Malformed::Refuse).unwrap();
    schema.default(&mut object);
    let mut errors = FieldErrors::new();
    let path = FieldPath::root();
    schema.validate(&path, &object, None, &mut errors);
    schema.validate_lists(&path, &object, &mut errors);
    let rules = Rules::new(schema, Root::Resource).unwrap();
    match rules_blocked(&errors) {
        Some(error) => errors.push(error),
        None => rules.validate(
            &path,
            &object,
            None,
            &mut errors,
            &mut Vec::new(),
            &mut RULES_BUDGET.clone(),
        ),
    }
    (object, errors)
}

/// Field, reason and message of each cause, sorted: upstream's maps are in no order.
fn causes(status: &Value) -> Vec<[String; 3]> {
    let causes = status["details"]["causes"].as_array().unwrap();
    let text = |cause: &Value, name: &str| cause[name].as_str().unwrap().to_owned();
    let causes = causes.iter().map(|cause| {
        [
            text(cause, "field"),
            text(cause, "reason"),
            text(cause, "message"),
        ]
    });
    let mut causes: Vec<_> = causes.collect();
    causes.sort();
    causes
}

#[test]
fn boats_are_as_recorded() {
    let Some(exchanges) = exchanges() else { return };
    let version = &named(&exchanges, "create definition")["request"]["body"]["spec"]["versions"][0];
    let schema = codec::from_value::<JSONSchemaProps>(&version["schema"]["openAPIV3Schema"]);
    let schema = Structural::serving(&schema.unwrap().object).unwrap();

    for name in ["custom object: defaults", "custom object: pruned"] {
        let exchange = named(&exchanges, name);
        let (stored, errors) = create(&schema, &exchange["request"]["body"]);
        assert!(errors.is_empty());
        assert_eq!(stored["spec"], exchange["body"]["spec"], "{name}");
    }
    let strict = named(&exchanges, "custom object: strict");
    let mut object = strict["request"]["body"].clone();
    let unknown = schema.read(&mut object, Malformed::Refuse).unwrap();
    let words = format!("unknown field \"{}\"", unknown.concat());
    assert!(
        strict["body"]["message"]
            .as_str()
            .unwrap()
            .ends_with(&words)
    );

    for name in ["custom object: invalid", "custom object: rule"] {
        let exchange = named(&exchanges, name);
        let (_, errors) = create(&schema, &exchange["request"]["body"]);
        let mut found: Vec<_> = errors
            .iter()
            .map(|error| {
                let field = error.field.as_str().to_owned();
                [field, error.error_type.cause().to_owned(), error.body()]
            })
            .collect();
        found.sort();
        assert_eq!(found, causes(&exchange["body"]), "{name}");
    }

    let table = named(&exchanges, "custom objects as table");
    let column = &version["additionalPrinterColumns"][0];
    let path = JsonPath::parse(column["jsonPath"].as_str().unwrap()).unwrap();
    let scaled = json!({"spec": {"size": 4}});
    let cell = printer_cell(&path, column["type"].as_str().unwrap(), &scaled, &|_| {
        String::new()
    });
    assert_eq!(cell, table["body"]["rows"][0]["cells"][1]);
}
