//! `openapi.v3` of gnostic: the numbers of its fields.

use super::writer::{
    Message,
    Shape::{self, Any, Double, Flag, Integer, Json, Text},
    field as f,
};
use serde_json::Value;

const fn of(message: &'static Message) -> Shape {
    Shape::Message(message)
}

#[rustfmt::skip]
pub(super) static DOCUMENT: Message = Message::Object { extensions: 9, fields: &[
    f("openapi", 1, Text), f("info", 2, of(&INFO)), f("paths", 4, of(&PATHS)), f("components", 5, of(&COMPONENTS)),
] };

static INFO: Message = Message::Object {
    extensions: 7,
    fields: &[f("title", 1, Text), f("version", 6, Text)],
};

static COMPONENTS: Message = Message::Object {
    extensions: 10,
    fields: &[
        f("schemas", 1, of(&SCHEMAS)),
        f("securitySchemes", 7, of(&SECURITY_SCHEMES)),
    ],
};

static PATHS: Message = Message::Entries {
    number: 1,
    value: of(&PATH_ITEM),
};

#[rustfmt::skip]
static PATH_ITEM: Message = Message::Object { extensions: 14, fields: &[
    f("get", 4, of(&OPERATION)), f("put", 5, of(&OPERATION)), f("post", 6, of(&OPERATION)), f("delete", 7, of(&OPERATION)),
    f("options", 8, of(&OPERATION)), f("head", 9, of(&OPERATION)), f("patch", 10, of(&OPERATION)),
    f("parameters", 13, of(&PARAMETER_OR_REFERENCE)),
] };

#[rustfmt::skip]
static OPERATION: Message = Message::Object { extensions: 13, fields: &[
    f("tags", 1, Text), f("description", 3, Text), f("operationId", 5, Text), f("parameters", 6, of(&PARAMETER_OR_REFERENCE)),
    f("requestBody", 7, of(&BODY_OR_REFERENCE)), f("responses", 8, of(&RESPONSES)),
] };

static PARAMETER_OR_REFERENCE: Message = Message::Wrapped {
    number: 1,
    value: of(&PARAMETER),
};

#[rustfmt::skip]
static PARAMETER: Message = Message::Object { extensions: 14, fields: &[
    f("name", 1, Text), f("in", 2, Text), f("description", 3, Text), f("required", 4, Flag),
    f("schema", 10, of(&SCHEMA_OR_REFERENCE)),
] };

static BODY_OR_REFERENCE: Message = Message::Wrapped {
    number: 1,
    value: of(&BODY),
};

#[rustfmt::skip]
static BODY: Message = Message::Object { extensions: 4, fields: &[
    f("description", 1, Text), f("content", 2, of(&MEDIA_TYPES)), f("required", 3, Flag),
] };

static MEDIA_TYPES: Message = Message::Entries {
    number: 1,
    value: of(&MEDIA_TYPE),
};

static MEDIA_TYPE: Message = Message::Object {
    extensions: 5,
    fields: &[f("schema", 1, of(&SCHEMA_OR_REFERENCE))],
};

static RESPONSES: Message = Message::Entries {
    number: 2,
    value: of(&RESPONSE_OR_REFERENCE),
};

static RESPONSE_OR_REFERENCE: Message = Message::Wrapped {
    number: 1,
    value: of(&RESPONSE),
};

static RESPONSE: Message = Message::Object {
    extensions: 5,
    fields: &[f("description", 1, Text), f("content", 3, of(&MEDIA_TYPES))],
};

static SCHEMAS: Message = Message::Entries {
    number: 1,
    value: of(&SCHEMA_OR_REFERENCE),
};

/// A reference has nothing but its path beside it.
static SCHEMA_OR_REFERENCE: Message = Message::Choice(|value| {
    if value.get("$ref").is_some() {
        (2, of(&REFERENCE))
    } else {
        (1, of(&SCHEMA))
    }
});

static REFERENCE: Message = Message::Object {
    extensions: 4,
    fields: &[f("$ref", 1, Text), f("description", 3, Text)],
};

#[rustfmt::skip]
static SCHEMA: Message = Message::Object { extensions: 36, fields: &[
    f("nullable", 1, Flag), f("externalDocs", 6, of(&EXTERNAL_DOCS)), f("example", 7, Any), f("title", 9, Text),
    f("multipleOf", 10, Double), f("maximum", 11, Double), f("exclusiveMaximum", 12, Flag), f("minimum", 13, Double),
    f("exclusiveMinimum", 14, Flag), f("maxLength", 15, Integer), f("minLength", 16, Integer), f("pattern", 17, Text),
    f("maxItems", 18, Integer), f("minItems", 19, Integer), f("uniqueItems", 20, Flag), f("maxProperties", 21, Integer),
    f("minProperties", 22, Integer), f("required", 23, Text), f("enum", 24, of(&ENUM_VALUE)), f("type", 25, Text),
    f("allOf", 26, of(&SCHEMA_OR_REFERENCE)), f("oneOf", 27, of(&SCHEMA_OR_REFERENCE)),
    f("anyOf", 28, of(&SCHEMA_OR_REFERENCE)), f("not", 29, of(&SCHEMA)), f("items", 30, of(&ITEMS)),
    f("properties", 31, of(&SCHEMAS)), f("additionalProperties", 32, of(&ADDITIONAL_PROPERTIES)),
    f("default", 33, of(&DEFAULT)), f("description", 34, Text), f("format", 35, Text),
] };

/// `Any`, once for each value of an enum.
static ENUM_VALUE: Message = Message::Choice(|value| match value {
    Value::String(_) => (2, Text),
    _ => (2, Json),
});

static ADDITIONAL_PROPERTIES: Message = Message::Choice(|value| match value {
    Value::Bool(_) => (2, Flag),
    _ => (1, of(&SCHEMA_OR_REFERENCE)),
});

static EXTERNAL_DOCS: Message = Message::Object {
    extensions: 3,
    fields: &[f("description", 1, Text), f("url", 2, Text)],
};

static ITEMS: Message = Message::Wrapped {
    number: 1,
    value: of(&SCHEMA_OR_REFERENCE),
};

/// A number, a flag or a text. What is none of these, `{}`, is there without a value.
static DEFAULT: Message = Message::Choice(|value| match value {
    Value::Number(_) => (1, Shape::Double),
    Value::Bool(_) => (2, Flag),
    Value::String(_) => (3, Text),
    _ => (0, Shape::Nothing),
});

static SECURITY_SCHEMES: Message = Message::Entries {
    number: 1,
    value: of(&SECURITY_SCHEME_OR_REFERENCE),
};

static SECURITY_SCHEME_OR_REFERENCE: Message = Message::Wrapped {
    number: 1,
    value: of(&SECURITY_SCHEME),
};

#[rustfmt::skip]
static SECURITY_SCHEME: Message = Message::Object { extensions: 9, fields: &[
    f("type", 1, Text), f("description", 2, Text), f("name", 3, Text), f("in", 4, Text),
] };
