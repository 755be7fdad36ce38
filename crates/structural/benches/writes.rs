//! What every write of a custom resource pays for its schema: read, defaulted, validated, rules evaluated. `cargo bench -p structural`.

use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath, codec};
use serde_json::{Value, json};
use structural::{Malformed, RULES_BUDGET, Root, Rules, Structural};

/// A write of 3 KB may cost this much on the machine of the promises.
const WRITE_MICROS_MAX: f64 = 120.0;
const ROUNDS: u32 = 5_000;

fn main() {
    bench::main(&[("write", write), ("schema", schema)]);
}

fn write(size: &bench::Bench) {
    let schema = Structural::serving(&props()).expect("the schema is structural");
    let rules = Rules::new(&schema, Root::Resource).expect("the schema has rules");
    let object = object();
    let clone = size.measure("clone of the value alone", ROUNDS, || object.clone());
    size.measure("read and defaulted", ROUNDS, || read(&schema, &object));
    let stored = read(&schema, &object);
    size.measure("validated", ROUNDS, || validate(&schema, &stored, None));
    size.measure("validated as an update", ROUNDS, || {
        validate(&schema, &stored, Some(&stored))
    });
    size.measure("rules", ROUNDS, || evaluate(&rules, &stored));
    let whole = size.measure("all of a write", ROUNDS, || {
        let stored = read(&schema, &object);
        validate(&schema, &stored, None);
        evaluate(&rules, &stored);
        stored
    });
    let micros = whole.saturating_sub(clone).as_secs_f64() * 1e6;
    assert!(
        !size.is_full() || micros < WRITE_MICROS_MAX,
        "a write costs {micros} µs"
    );
}

fn schema(size: &bench::Bench) {
    let props = props();
    let schema = Structural::serving(&props).expect("the schema is structural");
    size.measure("schema compiled", 200, || Structural::serving(&props));
    size.measure("rules compiled", 200, || {
        Rules::new(&schema, Root::Resource)
    });
}

fn read(schema: &Structural, object: &Value) -> Value {
    let mut object = object.clone();
    let unknown = schema.read(&mut object, Malformed::Refuse);
    assert!(unknown.is_ok_and(|unknown| unknown.is_empty()));
    schema.default(&mut object);
    object
}

fn validate(schema: &Structural, object: &Value, old: Option<&Value>) {
    let mut errors = FieldErrors::new();
    schema.validate(&FieldPath::root(), object, old, &mut errors);
    schema.validate_lists(&FieldPath::root(), object, &mut errors);
    assert!(errors.is_empty(), "{errors:?}");
}

fn evaluate(rules: &Rules, object: &Value) {
    let (mut errors, mut warnings, mut budget) = (FieldErrors::new(), Vec::new(), RULES_BUDGET);
    let root = FieldPath::root();
    rules.validate(&root, object, None, &mut errors, &mut warnings, &mut budget);
    assert!(errors.is_empty(), "{errors:?}");
}

/// Twenty items of ten fields each, as a route or a policy has.
fn props() -> JSONSchemaProps {
    let item = json!({"type": "object", "required": ["name", "port"], "properties": {
        "name": {"type": "string", "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"},
        "port": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 65535},
        "protocol": {"type": "string", "enum": ["TCP", "UDP"], "default": "TCP"},
        "weight": {"x-kubernetes-int-or-string": true, "anyOf": [{"type": "integer"}, {"type": "string"}], "default": 1},
        "address": {"type": "string", "format": "ipv4"},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "paths": {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set", "maxItems": 10},
        "enabled": {"type": "boolean", "default": true},
    }, "x-kubernetes-validations": [{"rule": "self.protocol != 'UDP' || self.port < 60000"}]});
    let schema = json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {
        "items": {"type": "array", "maxItems": 100, "items": item, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]},
    }, "x-kubernetes-validations": [{"rule": "self.items.all(i, i.name != 'default')"}]}}});
    let decoded = codec::from_value::<JSONSchemaProps>(&schema);
    decoded.expect("the schema is one").object
}

fn object() -> Value {
    let items = (0..20).map(|n| {
        json!({"name": format!("item-{n}"), "port": 8000 + n, "address": "10.0.0.1", "labels": {"app": "web", "tier": "front"}, "paths": ["/", "/a"]})
    });
    let items: Value = items.collect();
    json!({"apiVersion": "example.com/v1", "kind": "Route", "metadata": {"name": "r"}, "spec": {"items": items}})
}
