use super::super::testing::{boats_with, check, check_update, version};
use expect_test::expect;
use serde_json::{Value, json};

fn column(column: Value) -> Value {
    boats_with(&[("/versions/0/additionalPrinterColumns", json!([column]))])
}

#[test]
fn columns() {
    check(
        &column(
            json!({"name": "Size", "type": "integer", "format": "int32", "jsonPath": ".spec.size"}),
        ),
        expect!["[]"],
    );
    check(
        &column(json!({})),
        expect![[
            r#"[spec.additionalPrinterColumns[0].name: Required value, spec.additionalPrinterColumns[0].type: Required value: must be one of boolean,date,integer,number,string, spec.additionalPrinterColumns[0].JSONPath: Required value]"#
        ]],
    );
    check(
        &column(json!({"name": "a", "type": "text", "format": "uuid", "jsonPath": "spec.size"})),
        expect![[
            r#"[spec.additionalPrinterColumns[0].type: Invalid value: "text": must be one of boolean,date,integer,number,string, spec.additionalPrinterColumns[0].format: Invalid value: "uuid": must be one of byte,date,date-time,double,float,int32,int64,password, spec.additionalPrinterColumns[0].JSONPath: Invalid value: "spec.size": must be a simple json path starting with .]"#
        ]],
    );
}

#[test]
fn scale() {
    let scale = |scale: Value| boats_with(&[("/versions/0/subresources/scale", scale)]);
    check(
        &scale(json!({})),
        expect![[
            r#"[spec.subresources.scale.specReplicasPath: Required value, spec.subresources.scale.statusReplicasPath: Required value]"#
        ]],
    );
    check(
        &scale(
            json!({"specReplicasPath": ".status.a", "statusReplicasPath": "status.a", "labelSelectorPath": ".metadata.a"}),
        ),
        expect![[
            r#"[spec.subresources.scale.specReplicasPath: Invalid value: ".status.a": should be a json path under .spec, spec.subresources.scale.statusReplicasPath: Invalid value: "status.a": must be a simple json path starting with ., spec.subresources.scale.labelSelectorPath: Invalid value: ".metadata.a": should be a json path under either .spec or .status]"#
        ]],
    );
    check(
        &scale(
            json!({"specReplicasPath": ".spec.a", "statusReplicasPath": ".status.a", "labelSelectorPath": "a"}),
        ),
        expect![[
            r#"spec.subresources.scale.labelSelectorPath: Invalid value: "a": must be a simple json path starting with ."#
        ]],
    );
    check(
        &scale(
            json!({"specReplicasPath": ".spec.a", "statusReplicasPath": ".status.a", "labelSelectorPath": ""}),
        ),
        expect!["[]"],
    );
}

#[test]
fn deprecation() {
    let warning = |deprecated: bool, text: &str| {
        boats_with(&[
            ("/versions/0/deprecated", json!(deprecated)),
            ("/versions/0/deprecationWarning", json!(text)),
        ])
    };
    check(&warning(true, "use v2, \"é\" 'x' \\"), expect!["[]"]);
    check(
        &warning(false, "use v2"),
        expect![[
            r#"spec.versions[0].deprecationWarning: Invalid value: "use v2": can only be set for deprecated versions"#
        ]],
    );
    check(
        &warning(true, ""),
        expect![[
            r#"spec.versions[0].deprecationWarning: Invalid value: "": must not be an empty string"#
        ]],
    );
    check(
        &warning(true, "a\nb<"),
        expect![[
            r#"spec.versions[0].deprecationWarning: Invalid value: "a\nb\u003c": must only contain printable UTF-8 characters; non-printable character found at index 1"#
        ]],
    );
    check(
        &warning(true, "a\u{a0}b"),
        expect![[
            r#"spec.versions[0].deprecationWarning: Invalid value: "a b": must only contain printable UTF-8 characters; non-printable character found at index 1"#
        ]],
    );
    check(&warning(true, &"x".repeat(256)), expect!["[]"]);
    assert!(
        crate::testing::create(
            &super::super::custom_resource_definition::CustomResourceDefinitions,
            &warning(true, &"x".repeat(257))
        )
        .ends_with("must be <= 256 characters long")
    );
}

#[test]
fn formats_that_say_nothing() {
    let of = |schema: Value| {
        let schema = meta::codec::from_value(&schema).unwrap().object;
        super::unrecognized_formats(&schema).join(" ")
    };
    let schema = json!({"type": "object", "format": "a", "properties": {
        "x": {"type": "string", "format": "date-time"},
        "y": {"type": "string", "format": "b"},
        "z": {"type": "array", "items": {"type": "integer", "format": "c"}},
    }});
    assert_eq!(of(schema), "a b c");
}

#[test]
fn selectable_fields() {
    let fields = |paths: &[&str]| {
        let fields: Vec<_> = paths.iter().map(|path| json!({"jsonPath": path})).collect();
        boats_with(&[("/versions/0/selectableFields", json!(fields))])
    };
    check(&fields(&[".spec.size", ".status.size"]), expect!["[]"]);
    check(
        &fields(&[""]),
        expect!["spec.selectableFields[0].jsonPath: Required value"],
    );
    check(
        &fields(&[
            "spec.size",
            ".spec.colour",
            ".spec['size']",
            ".spec",
            ".spec.size.x",
        ]),
        expect![[
            r#"[spec.selectableFields[0].jsonPath: Invalid value: "spec.size": is an invalid path: expected [ or . but got: spec, spec.selectableFields[1].jsonPath: Invalid value: ".spec.colour": is an invalid path: does not refer to a valid field, spec.selectableFields[2].jsonPath: Invalid value: ".spec['size']": is an invalid path: array notation is not allowed, spec.selectableFields[3].jsonPath: Invalid value: ".spec": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed., spec.selectableFields[4].jsonPath: Invalid value: ".spec.size.x": is an invalid path: does not refer to a valid field]"#
        ]],
    );
    check(
        &fields(&[".spec.size", ".spec.size"]),
        expect![[r#"spec.selectableFields[1].jsonPath: Duplicate value: ".spec.size""#]],
    );
}

#[test]
fn selectable_fields_of_metadata_and_without_schema() {
    let field = json!([{"jsonPath": ".metadata.name"}]);
    check(
        &boats_with(&[
            ("/versions/0/selectableFields", field.clone()),
            (
                "/versions/0/schema/openAPIV3Schema/properties/metadata",
                json!({"type": "object", "properties": {"name": {"type": "string"}}}),
            ),
        ]),
        expect![[
            r#"spec.selectableFields[0].jsonPath: Invalid value: ".metadata.name": must not point to fields in metadata"#
        ]],
    );
    check(
        &boats_with(&[
            ("/versions/0/selectableFields", field.clone()),
            ("/versions/0/schema", Value::Null),
        ]),
        expect![[
            r#"[spec.versions[0].schema.openAPIV3Schema: Required value, spec.selectableFields: Invalid value: "": may only be set when validations.schema is included]"#
        ]],
    );
    let mut second = version("v2", false);
    second["selectableFields"] = field;
    second["schema"] = Value::Null;
    check(
        &boats_with(&[("/versions", json!([version("v1", true), second]))]),
        expect![[
            r#"[spec.versions[1].schema.openAPIV3Schema: Required value, spec.versions[1].selectableFields: Invalid value: "": may only be set when `version.schema.openAPIV3Schema` is not included]"#
        ]],
    );
}

#[test]
fn too_many_selectable_fields_may_stay() {
    let names: Vec<_> = (0..9).map(|index| format!("f{index}")).collect();
    let properties: serde_json::Map<_, _> = names
        .iter()
        .map(|name| (name.clone(), json!({"type": "string"})))
        .collect();
    let with = |count: usize| {
        let fields = names.iter().take(count);
        let fields: Vec<_> = fields
            .map(|name| json!({"jsonPath": format!(".spec.{name}")}))
            .collect();
        boats_with(&[
            (
                "/versions/0/schema/openAPIV3Schema/properties/spec/properties",
                json!(properties),
            ),
            ("/versions/0/selectableFields", json!(fields)),
        ])
    };
    check(&with(8), expect!["[]"]);
    check(
        &with(9),
        expect!["spec.selectableFields: Too many: 9: must have at most 8 items"],
    );
    check_update(&with(9), &with(9), expect!["[]"]);
    check_update(
        &with(8),
        &with(9),
        expect!["spec.selectableFields: Too many: 9: must have at most 8 items"],
    );
}
