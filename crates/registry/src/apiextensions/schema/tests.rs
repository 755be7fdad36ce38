use super::super::testing::{boats, boats_of, boats_with, check, check_update};
use expect_test::{Expect, expect};
use serde_json::{Value, json};

/// A schema of the field `spec.a` -> the errors.
#[track_caller]
fn check_field(field: Value, expect: Expect) {
    check(&boats_of(of_field(field)), expect);
}

fn of_field(field: Value) -> Value {
    json!({"type": "object", "properties": {"a": field}})
}

#[test]
fn what_openapi_has_and_custom_resources_have_not() {
    check_field(
        json!({"type": "string", "id": "x", "$ref": "y"}),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].id: Forbidden: id is not supported, spec.validation.openAPIV3Schema.properties[a].$ref: Forbidden: $ref is not supported]"#
        ]],
    );
    check_field(
        json!({"type": "object", "patternProperties": {"a": {"type": "string"}}, "definitions": {"b": {"type": "string"}}}),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].patternProperties: Forbidden: patternProperties is not supported, spec.validation.openAPIV3Schema.properties[a].definitions: Forbidden: definitions is not supported]"#
        ]],
    );
    check_field(
        json!({"type": "array", "items": [{"type": "string"}], "additionalItems": false, "uniqueItems": true}),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].additionalItems: Forbidden: additionalItems is not supported, spec.validation.openAPIV3Schema.properties[a].items: Forbidden: items must be a schema object and not an array, spec.validation.openAPIV3Schema.properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic]"#
        ]],
    );
    check_field(
        json!({"type": "null"}),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].type: Unsupported value: "null": supported values: "array", "boolean", "integer", "number", "object", "string", spec.validation.openAPIV3Schema.properties[a].type: Forbidden: type cannot be set to null, use nullable as an alternative]"#
        ]],
    );
    check_field(
        json!({"type": "text"}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].type: Unsupported value: "text": supported values: "array", "boolean", "integer", "number", "object", "string""#
        ]],
    );
    check_field(
        json!({"type": "object", "properties": {"b": {"type": "string"}}, "additionalProperties": {"type": "string"}}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive"#
        ]],
    );
    check_field(
        json!({"type": "object", "properties": {"b": {"type": "string"}}, "additionalProperties": true}),
        expect!["[]"],
    );
    check_field(
        json!({"type": "object", "dependencies": {"a": ["b"]}}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].dependencies: Forbidden: dependencies is not supported"#
        ]],
    );
    check_field(
        json!({"type": "object", "patternProperties": {}, "definitions": {}, "dependencies": {}}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].dependencies: Forbidden: dependencies is not supported"#
        ]],
    );
    check_field(
        json!({"type": "object", "x-kubernetes-preserve-unknown-fields": false}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined"#
        ]],
    );
}

#[test]
fn the_root() {
    check(
        &boats_of(json!({"type": "object", "nullable": true})),
        expect![[
            r#"spec.validation.openAPIV3Schema.nullable: Forbidden: nullable cannot be true at the root"#
        ]],
    );
    let root = |field: &str, value: Value| {
        boats_with(&[(
            &format!("/versions/0/schema/openAPIV3Schema/{field}"),
            value,
        )])
    };
    check(
        &root("type", json!("array")),
        expect![[
            r#"[spec.validation.openAPIV3Schema.type: Invalid value: "array": only "object" is allowed as the type at the root of the schema if the status subresource is enabled, spec.validation.openAPIV3Schema.items: Required value: must be specified, spec.validation.openAPIV3Schema.type: Invalid value: "array": must be object at the root]"#
        ]],
    );
    check(&root("required", json!(["spec"])), expect!["[]"]);
    check(&root("title", json!("Boats <of> a fleet")), expect!["[]"]);
    check(
        &boats_with(&[(
            "/versions/0/schema/openAPIV3Schema",
            json!({"type": "object", "maxProperties": 7, "description": "a < b"}),
        )]),
        expect![[
            r#"spec.validation.openAPIV3Schema: Invalid value: {"ID":"","Schema":"","Ref":null,"Description":"a \u003c b","Type":"object","Nullable":false,"Format":"","Title":"","Default":null,"Maximum":null,"ExclusiveMaximum":false,"Minimum":null,"ExclusiveMinimum":false,"MaxLength":null,"MinLength":null,"Pattern":"","MaxItems":null,"MinItems":null,"UniqueItems":false,"MultipleOf":null,"Enum":null,"MaxProperties":7,"MinProperties":null,"Required":null,"Items":null,"AllOf":null,"OneOf":null,"AnyOf":null,"Not":null,"Properties":null,"AdditionalProperties":null,"PatternProperties":null,"Dependencies":null,"AdditionalItems":null,"Definitions":null,"ExternalDocs":null,"Example":null,"XPreserveUnknownFields":null,"XEmbeddedResource":false,"XIntOrString":false,"XListMapKeys":null,"XListType":null,"XMapType":null,"XValidations":null}: only [Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations] fields are allowed at the root of the schema if the status subresource is enabled"#
        ]],
    );
}

#[test]
fn metadata() {
    check(
        &boats_of(
            json!({"type": "object", "properties": {"metadata": {"type": "object", "default": {}, "properties": {
                "name": {"type": "string", "default": "a"},
            }}}}),
        ),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[metadata].default: Forbidden: must not be set in top-level metadata, spec.validation.openAPIV3Schema.properties[metadata].properties[name].default: Forbidden: must not be set in top-level metadata]"#
        ]],
    );
    check_field(
        json!({"type": "object", "x-kubernetes-embedded-resource": true, "properties": {
            "metadata": {"type": "object", "x-kubernetes-embedded-resource": true, "additionalProperties": {"type": "string", "default": "a"}},
        }}),
        expect![
            "[spec.validation.openAPIV3Schema.properties[a].properties[metadata].additionalProperties: Forbidden: must not be used if x-kubernetes-embedded-resource is set, spec.validation.openAPIV3Schema.properties[a].properties[metadata].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields, spec.validation.openAPIV3Schema.properties[a].properties[metadata].x-kubernetes-embedded-resource: Forbidden: must not be used inside of resource meta, spec.validation.openAPIV3Schema.properties[a].properties[metadata].additionalProperties.default: Forbidden: must not be set inside additionalProperties applying to object metadata]"
        ],
    );
}

#[test]
fn list_types() {
    check_field(
        json!({"type": "string", "x-kubernetes-list-type": "bag"}),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].type: Invalid value: "string": must be array if x-kubernetes-list-type is specified, spec.validation.openAPIV3Schema.properties[a].x-kubernetes-list-type: Unsupported value: "bag": supported values: "atomic", "set", "map"]"#
        ]],
    );
    check_field(
        json!({"x-kubernetes-preserve-unknown-fields": true, "x-kubernetes-list-type": "set", "x-kubernetes-map-type": "loose"}),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].type: Required value: must be object if x-kubernetes-map-type is specified, spec.validation.openAPIV3Schema.properties[a].x-kubernetes-map-type: Unsupported value: "loose": supported values: "atomic", "granular", spec.validation.openAPIV3Schema.properties[a].type: Required value: must be array if x-kubernetes-list-type is specified]"#
        ]],
    );
    check_field(
        json!({"type": "array", "items": {"type": "string"}, "x-kubernetes-list-map-keys": ["a"]}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].x-kubernetes-list-type: Required value: must be map if x-kubernetes-list-map-keys is non-empty"#
        ]],
    );
    check_field(
        json!({"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set", "x-kubernetes-list-map-keys": ["a"]}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].x-kubernetes-list-type: Invalid value: "set": must be map if x-kubernetes-list-map-keys is non-empty"#
        ]],
    );
    check_field(
        json!({"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "map"}),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map, spec.validation.openAPIV3Schema.properties[a].items.type: Invalid value: "string": must be object if parent array's x-kubernetes-list-type is map]"#
        ]],
    );
    check_field(
        json!({"type": "array", "x-kubernetes-list-type": "map"}),
        expect![
            "[spec.validation.openAPIV3Schema.properties[a].items: Required value: must be specified, spec.validation.openAPIV3Schema.properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map, spec.validation.openAPIV3Schema.properties[a].items: Required value: must have a schema if x-kubernetes-list-type is map]"
        ],
    );
}

#[test]
fn items_of_sets() {
    let set =
        |item: Value| json!({"type": "array", "items": item, "x-kubernetes-list-type": "set"});
    check_field(set(json!({"type": "string"})), expect!["[]"]);
    check_field(
        set(json!({"type": "string", "nullable": true})),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is set"#
        ]],
    );
    check_field(
        set(json!({"type": "object", "x-kubernetes-map-type": "atomic"})),
        expect!["[]"],
    );
    check_field(
        set(json!({"type": "object"})),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set"#
        ]],
    );
    check_field(
        set(json!({"type": "array", "items": {"type": "string"}})),
        expect!["[]"],
    );
    let nested = set(set(json!({"type": "string"})));
    check_field(
        nested.clone(),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].items.x-kubernetes-list-type: Invalid value: "set": must be atomic as item of a list with x-kubernetes-list-type=set"#
        ]],
    );
    let stored = boats_of(of_field(nested));
    check_update(&stored, &stored, expect!["[]"]);
    check_update(
        &boats(),
        &stored,
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].items.x-kubernetes-list-type: Invalid value: "set": must be atomic as item of a list with x-kubernetes-list-type=set"#
        ]],
    );
}

#[test]
fn keys_of_maps() {
    let map = |item: Value, keys: Value| json!({"type": "array", "items": item, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys});
    let item = |required: Value| {
        json!({"type": "object", "required": required, "properties": {
            "k": {"type": "string"},
            "n": {"type": "integer", "nullable": true},
            "o": {"type": "object"},
        }})
    };
    check_field(map(item(json!(["k"])), json!(["k"])), expect!["[]"]);
    check_field(
        map(item(json!(["k", "o"])), json!(["k", "o", "k", "x"])),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].items.properties[o].type: Invalid value: "object": must be a scalar type if parent array's x-kubernetes-list-type is map, spec.validation.openAPIV3Schema.properties[a].x-kubernetes-list-map-keys: Invalid value: ["k","o","k","x"]: must not contain duplicate entries, spec.validation.openAPIV3Schema.properties[a].x-kubernetes-list-map-keys: Invalid value: ["k","o","k","x"]: entries must all be names of item properties]"#
        ]],
    );
    let loose = map(item(json!([])), json!(["k", "n"]));
    check_field(
        loose.clone(),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property, spec.validation.openAPIV3Schema.properties[a].items.properties[n].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property, spec.validation.openAPIV3Schema.properties[a].items.properties[n].nullable: Forbidden: this property is in x-kubernetes-list-map-keys, so it cannot be nullable]"#
        ]],
    );
    let stored = boats_of(of_field(loose));
    check_update(&stored, &stored, expect!["[]"]);
}

#[test]
fn unknown_types_may_stay() {
    let stored = boats_with(&[
        ("/preserveUnknownFields", json!(true)),
        (
            "/versions/0/schema/openAPIV3Schema/properties/spec/properties/size/type",
            json!("text"),
        ),
    ]);
    check_update(&stored, &stored, expect!["[]"]);
}

#[test]
fn schemas_are_structural() {
    check_field(
        json!({}),
        expect![
            "spec.validation.openAPIV3Schema.properties[a].type: Required value: must not be empty for specified object fields"
        ],
    );
    check_field(
        json!({"type": "string", "anyOf": [{"type": "string"}], "pattern": "("}),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].anyOf[0].type: Forbidden: must be empty to be structural, spec.validation.openAPIV3Schema.properties[a].pattern: Invalid value: "(": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`]"#
        ]],
    );
    let with = |preserve: bool, field: Value| {
        boats_with(&[
            ("/preserveUnknownFields", json!(preserve)),
            ("/versions/0/schema/openAPIV3Schema/properties/a", field),
        ])
    };
    let stored = with(true, json!({}));
    check_update(&stored, &stored, expect!["[]"]);
    check_update(
        &stored,
        &with(false, json!({})),
        expect![
            "spec.validation.openAPIV3Schema.properties[a].type: Required value: must not be empty for specified object fields"
        ],
    );
    check_update(
        &stored,
        &with(
            true,
            json!({"x-kubernetes-int-or-string": true, "type": "string", "properties": {"b": {}}}),
        ),
        expect![
            "spec.validation.openAPIV3Schema.properties[a].properties[b].type: Required value: must not be empty for specified object fields"
        ],
    );
}

#[test]
fn defaults_fit_their_schema() {
    check_field(
        json!({"type": "integer", "default": 3, "maximum": 9}),
        expect!["[]"],
    );
    check_field(
        json!({"type": "integer", "default": 10, "maximum": 9}),
        expect![
            "spec.validation.openAPIV3Schema.properties[a].default: Invalid value: 10:  in body should be less than or equal to 9"
        ],
    );
    check_field(
        json!({"type": "string", "default": 10}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].default: Invalid value: "integer":  in body must be of type string: "integer""#
        ]],
    );
    check_field(
        json!({"type": "object", "default": {"b": 1, "c": 2}, "properties": {"b": {"type": "integer"}}}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].default: Invalid value: {"b":1,"c":2}: must not have unknown fields"#
        ]],
    );
    let unpruned = boats_of(of_field(json!({
        "type": "object", "default": {"c": 2}, "properties": {"b": {"type": "integer"}},
    })));
    check_update(&unpruned, &unpruned, expect!["[]"]);
    check_update(
        &boats(),
        &unpruned,
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].default: Invalid value: {"c":2}: must not have unknown fields"#
        ]],
    );
    check_field(
        json!({"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true,
            "default": {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"a b": "c"}}}}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].default.metadata.labels: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"#
        ]],
    );
}

#[test]
fn texts_of_rules() {
    let rule = |rule: Value| json!({"type": "object", "x-kubernetes-validations": [rule], "properties": {"b": {"type": "string"}}});
    check_field(
        rule(json!({"rule": " "})),
        expect![
            "spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].rule: Required value: rule is not specified"
        ],
    );
    check_field(
        rule(json!({"rule": "true\n", "message": " "})),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].message: Invalid value: " ": must be non-empty if specified"#
        ]],
    );
    check_field(
        rule(json!({"rule": "self.b\n== 'a'"})),
        expect![
            "spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].message: Required value: message must be specified if rule contains line breaks"
        ],
    );
    check_field(
        rule(
            json!({"rule": "true", "message": "a\nb", "messageExpression": " ", "reason": "Bad", "fieldPath": ".c"}),
        ),
        expect![[
            r#"[spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].message: Invalid value: "a\nb": must not contain line breaks, spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].messageExpression: Required value: messageExpression must be non-empty if specified, spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].reason: Unsupported value: "Bad": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired", spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].fieldPath: Invalid value: ".c": must be a valid path]"#
        ]],
    );
    check_field(
        rule(
            json!({"rule": "true", "message": "a", "reason": "FieldValueForbidden", "fieldPath": ".b"}),
        ),
        expect!["[]"],
    );
}

#[test]
fn rules_compile() {
    let rules = |rules: Value| {
        json!({"type": "object", "x-kubernetes-validations": rules, "properties": {
            "b": {"type": "string", "maxLength": 9},
            "l": {"type": "array", "maxItems": 5, "items": {"type": "string", "maxLength": 9}},
        }})
    };
    check_field(rules(json!([{"rule": "self.b == 'a'"}])), expect!["[]"]);
    check_field(
        rules(json!([{"rule": "self.b ==", "message": "m"}])),
        expect![[r#"
        spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].rule: Invalid value: {"Rule":"self.b ==","Message":"m","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:10: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}
         | self.b ==
         | .........^"#]],
    );
    check_field(
        rules(json!([{"rule": "self.c == 'a'"}])),
        expect![[r#"
        spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].rule: Invalid value: {"Rule":"self.c == 'a'","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: compilation failed: ERROR: <input>:1:5: undefined field 'c'
         | self.c == 'a'
         | ....^"#]],
    );
    check_field(
        rules(json!([{"rule": "size(self.b)"}])),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].rule: Invalid value: {"Rule":"size(self.b)","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: cel expression must evaluate to a bool"#
        ]],
    );
    check_field(
        rules(json!([{"rule": "true", "messageExpression": "1"}])),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].messageExpression: Invalid value: {"Rule":"true","Message":"","MessageExpression":"1","Reason":null,"FieldPath":"","OptionalOldSelf":null}: messageExpression must evaluate to a string"#
        ]],
    );
    check_field(
        rules(json!([{"rule": "true", "messageExpression": "self.c"}])),
        expect![[r#"
        spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].messageExpression: Invalid value: {"Rule":"true","Message":"","MessageExpression":"self.c","Reason":null,"FieldPath":"","OptionalOldSelf":null}: messageExpression compilation failed: ERROR: <input>:1:5: undefined field 'c'
         | self.c
         | ....^"#]],
    );
    check_field(
        rules(json!([{"rule": "true", "optionalOldSelf": true}])),
        expect![
            "spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule"
        ],
    );
    // Nothing is said of rules whose schema has other mistakes.
    let mut mistaken = rules(json!([{"rule": "self.c == 'a'"}]));
    mistaken["uniqueItems"] = json!(true);
    check_field(
        mistaken,
        expect![
            "spec.validation.openAPIV3Schema.properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic"
        ],
    );
}

#[test]
fn rules_look_back_only_at_what_can_be_found() {
    let item = json!({"type": "object", "x-kubernetes-validations": [{"rule": "self.k == oldSelf.k"}],
        "required": ["k"], "properties": {"k": {"type": "string", "maxLength": 9}}});
    check_field(
        json!({"type": "array", "maxItems": 5, "items": item}),
        expect![[
            r#"spec.validation.openAPIV3Schema.properties[a].items.x-kubernetes-validations[0].rule: Invalid value: "self.k == oldSelf.k": oldSelf cannot be used on the uncorrelatable portion of the schema within spec.validation.openAPIV3Schema.properties[a]"#
        ]],
    );
    check_field(
        json!({"type": "array", "maxItems": 5, "items": item, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k"]}),
        expect!["[]"],
    );
}

#[test]
fn rules_cost_something() {
    let expensive = json!({"type": "array", "items": {"type": "string"}, "x-kubernetes-validations": [
        {"rule": "self.all(x, self.all(y, x == y || x != y))"},
    ]});
    check_field(
        expensive.clone(),
        expect![
            "[spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared), spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].rule: Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema, spec.validation.openAPIV3Schema: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)]"
        ],
    );
    let stored = boats_of(of_field(expensive.clone()));
    let mut changed = stored.clone();
    changed["spec"]["versions"][0]["additionalPrinterColumns"] =
        json!([{"name": "A", "type": "string", "jsonPath": ".a"}]);
    check_update(
        &stored,
        &changed,
        expect![
            "[spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].rule: Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema, spec.validation.openAPIV3Schema: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)]"
        ],
    );
    check_update(
        &boats(),
        &stored,
        expect![
            "[spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared), spec.validation.openAPIV3Schema.properties[a].x-kubernetes-validations[0].rule: Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema, spec.validation.openAPIV3Schema: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)]"
        ],
    );
}
