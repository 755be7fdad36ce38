//! `openapi.v2` of gnostic: the numbers of its fields.

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
pub(super) static DOCUMENT: Message = Message::Object { extensions: 16, fields: &[
    f("swagger", 1, Text), f("info", 2, of(&INFO)), f("paths", 8, of(&PATHS)), f("definitions", 9, of(&SCHEMAS)),
    f("parameters", 10, of(&PARAMETERS)), f("security", 12, of(&REQUIREMENT)), f("securityDefinitions", 13, of(&SECURITY)),
] };

static INFO: Message = Message::Object {
    extensions: 7,
    fields: &[f("title", 1, Text), f("version", 2, Text)],
};

static PATHS: Message = Message::Entries {
    number: 2,
    value: of(&PATH_ITEM),
};

#[rustfmt::skip]
static PATH_ITEM: Message = Message::Object { extensions: 10, fields: &[
    f("get", 2, of(&OPERATION)), f("put", 3, of(&OPERATION)), f("post", 4, of(&OPERATION)), f("delete", 5, of(&OPERATION)),
    f("options", 6, of(&OPERATION)), f("head", 7, of(&OPERATION)), f("patch", 8, of(&OPERATION)),
    f("parameters", 9, of(&PARAMETER_OR_REFERENCE)),
] };

#[rustfmt::skip]
static OPERATION: Message = Message::Object { extensions: 13, fields: &[
    f("tags", 1, Text), f("description", 3, Text), f("operationId", 5, Text), f("produces", 6, Text), f("consumes", 7, Text),
    f("parameters", 8, of(&PARAMETER_OR_REFERENCE)), f("responses", 9, of(&RESPONSES)), f("schemes", 10, Text),
] };

static PARAMETERS: Message = Message::Entries {
    number: 1,
    value: of(&PARAMETER),
};

static PARAMETER_OR_REFERENCE: Message = Message::Choice(|value| {
    if is_reference(value) {
        (2, of(&REFERENCE))
    } else {
        (1, of(&PARAMETER))
    }
});

static PARAMETER: Message = Message::Choice(|value| {
    if value["in"] == "body" {
        (1, of(&BODY_PARAMETER))
    } else {
        (2, of(&OTHER_PARAMETER))
    }
});

static OTHER_PARAMETER: Message = Message::Choice(|value| {
    if value["in"] == "path" {
        (4, of(&PATH_PARAMETER))
    } else {
        (3, of(&QUERY_PARAMETER))
    }
});

#[rustfmt::skip]
static BODY_PARAMETER: Message = Message::Object { extensions: 6, fields: &[
    f("description", 1, Text), f("name", 2, Text), f("in", 3, Text), f("required", 4, Flag), f("schema", 5, of(&SCHEMA)),
] };

#[rustfmt::skip]
static QUERY_PARAMETER: Message = Message::Object { extensions: 23, fields: &[
    f("required", 1, Flag), f("in", 2, Text), f("description", 3, Text), f("name", 4, Text), f("type", 6, Text),
    f("uniqueItems", 20, Flag),
] };

#[rustfmt::skip]
static PATH_PARAMETER: Message = Message::Object { extensions: 22, fields: &[
    f("required", 1, Flag), f("in", 2, Text), f("description", 3, Text), f("name", 4, Text), f("type", 5, Text),
    f("uniqueItems", 19, Flag),
] };

static REFERENCE: Message = Message::Object {
    extensions: 3,
    fields: &[f("$ref", 1, Text), f("description", 2, Text)],
};

static RESPONSES: Message = Message::Entries {
    number: 1,
    value: of(&RESPONSE_OR_REFERENCE),
};

static RESPONSE_OR_REFERENCE: Message = Message::Wrapped {
    number: 1,
    value: of(&RESPONSE),
};

static RESPONSE: Message = Message::Object {
    extensions: 5,
    fields: &[f("description", 1, Text), f("schema", 2, of(&SCHEMA_ITEM))],
};

static SCHEMA_ITEM: Message = Message::Wrapped {
    number: 1,
    value: of(&SCHEMA),
};

static SCHEMAS: Message = Message::Entries {
    number: 1,
    value: of(&SCHEMA),
};

#[rustfmt::skip]
static SCHEMA: Message = Message::Object { extensions: 31, fields: &[
    f("$ref", 1, Text), f("format", 2, Text), f("title", 3, Text), f("description", 4, Text), f("default", 5, Any),
    f("multipleOf", 6, Double), f("maximum", 7, Double), f("exclusiveMaximum", 8, Flag), f("minimum", 9, Double),
    f("exclusiveMinimum", 10, Flag), f("maxLength", 11, Integer), f("minLength", 12, Integer), f("pattern", 13, Text),
    f("maxItems", 14, Integer), f("minItems", 15, Integer), f("uniqueItems", 16, Flag), f("maxProperties", 17, Integer),
    f("minProperties", 18, Integer), f("required", 19, Text), f("enum", 20, of(&ENUM_VALUE)),
    f("additionalProperties", 21, of(&ADDITIONAL_PROPERTIES)), f("type", 22, of(&TYPE)), f("items", 23, of(&ITEMS)),
    f("allOf", 24, of(&SCHEMA)), f("properties", 25, of(&SCHEMAS)), f("externalDocs", 29, of(&EXTERNAL_DOCS)),
    f("example", 30, Any),
] };

/// `Any`, once for each value of an enum.
static ENUM_VALUE: Message = Message::Choice(|value| match value {
    Value::String(_) => (2, Text),
    _ => (2, Json),
});

static ADDITIONAL_PROPERTIES: Message = Message::Choice(|value| match value {
    Value::Bool(_) => (2, Flag),
    _ => (1, of(&SCHEMA)),
});

static EXTERNAL_DOCS: Message = Message::Object {
    extensions: 3,
    fields: &[f("description", 1, Text), f("url", 2, Text)],
};

static TYPE: Message = Message::Wrapped {
    number: 1,
    value: Text,
};

static ITEMS: Message = Message::Wrapped {
    number: 1,
    value: of(&SCHEMA),
};

static SECURITY: Message = Message::Entries {
    number: 1,
    value: of(&SECURITY_ITEM),
};

static SECURITY_ITEM: Message = Message::Wrapped {
    number: 2,
    value: of(&API_KEY),
};

#[rustfmt::skip]
static API_KEY: Message = Message::Object { extensions: 5, fields: &[
    f("type", 1, Text), f("name", 2, Text), f("in", 3, Text), f("description", 4, Text),
] };

static REQUIREMENT: Message = Message::Entries {
    number: 1,
    value: of(&SCOPES),
};

static SCOPES: Message = Message::Wrapped {
    number: 1,
    value: Text,
};

fn is_reference(value: &Value) -> bool {
    value.get("$ref").is_some()
}
