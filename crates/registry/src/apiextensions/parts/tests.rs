use super::super::testing::{boats_with, check};
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
