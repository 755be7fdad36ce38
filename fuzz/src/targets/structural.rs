//! Schemas of custom resources from anywhere: a line of schema, a line of value, and a JSONPath into it.

use api::apiextensions::v1::JSONSchemaProps;
use meta::{FieldErrors, FieldPath, codec};
use schema::openapi::Version;
use serde_json::Value;
use structural::{
    JsonPath, Malformed, Root, Rules, Structural, check, openapi, openapi::Published,
};

/// A tenth of what one write may spend.
const BUDGET: u64 = 1_000_000;

pub(super) fn run(input: &[u8]) {
    let Some((schema, rest)) = super::document_and_patch(input) else {
        return;
    };
    let Some((value, path)) = super::document_and_patch(rest) else {
        return;
    };
    if let Ok(path) = std::str::from_utf8(path)
        && let Ok(path) = JsonPath::parse(path)
        && let Ok(found) = path.find(&value)
    {
        assert_eq!(found.first().copied(), path.first(&value));
    }
    if let Ok(decoded) = codec::from_value::<JSONSchemaProps>(&schema) {
        with_schema(&decoded.object, &value);
    }
}

fn with_schema(props: &JSONSchemaProps, value: &Value) {
    let root = FieldPath::root();
    let Ok(schema) = Structural::new(props) else {
        return;
    };
    let mut errors = FieldErrors::new();
    check::structural(props, &root, &mut errors);
    check::rule_texts(props, &root, &mut errors);
    let is_structural = errors.is_empty();
    let metadata = |_: &mut FieldErrors, _: &meta::ObjectMeta, _: &FieldPath| {};
    check::defaults(
        &schema,
        &root,
        check::DefaultPruning::Required,
        &metadata,
        &mut errors,
    );
    let options = check::RuleOptions {
        suppress_cost: false,
    };
    let before = errors.clone();
    check::rules(props, &root, options, &before, &mut errors);
    publish(props);
    if is_structural && let Ok(schema) = Structural::serving(props) {
        write(&schema, value);
    }
}

fn write(schema: &Structural, value: &Value) {
    let root = FieldPath::root();
    let mut read = value.clone();
    if schema.read(&mut read, Malformed::Refuse).is_err() {
        schema
            .coerce_metadata(&root, &mut read, Root::Value, Malformed::Drop)
            .ok();
    }
    schema.default(&mut read);
    let mut again = read.clone();
    schema.default(&mut again);
    assert_eq!(again, read, "defaulting twice is defaulting once");
    let unknown = schema.prune(&mut again, Root::Resource);
    assert_eq!(unknown, Vec::<String>::new(), "what is stored is known");

    let (mut all, mut left) = (FieldErrors::new(), FieldErrors::new());
    schema.validate(&root, &read, None, &mut all);
    schema.validate(&root, &read, Some(value), &mut left);
    assert!(left.len() <= all.len(), "an update is judged no harder");
    schema.validate_lists(&root, &read, &mut all);
    let apply = schema.apply_schema();
    let _ = patch::typed::validate(apply.node(), &read, patch::typed::Duplicates::Allowed);
    if let Some(rules) = Rules::new(schema, Root::Resource) {
        let (mut warnings, mut budget) = (Vec::new(), BUDGET);
        rules.validate(
            &root,
            &read,
            Some(value),
            &mut all,
            &mut warnings,
            &mut budget,
        );
        assert!(budget <= BUDGET);
    }
}

fn publish(props: &JSONSchemaProps) {
    let published = Published {
        schema: Some(props),
        group: "example.com",
        version: "v1",
        kind: "Boat",
        list_kind: "BoatList",
        plural: "boats",
        selectable_fields: Vec::new(),
        preserve_unknown_fields: false,
    };
    for version in [Version::V2, Version::V3] {
        let definition = openapi::definition(&published, version);
        assert!(definition["x-kubernetes-group-version-kind"].is_array());
    }
}
