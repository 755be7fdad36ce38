//! Between JSON and values.

use super::{EvaluationError, Key, List, Map, Value, duration_text, text};
use crate::{ListMerge, ListType, Type};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value as Json;

/// Of lists about which nothing is known.
static ANY: ListType = ListType {
    element: Type::Dyn,
    merge: ListMerge::Atomic,
};

/// Deeper values are not written as JSON: readers of it have such a bound.
const DEPTH_MAX: usize = 100;
/// Values that share their parts can be large beyond reason when all is written.
const PARTS_MAX: usize = 1_000_000;

impl<'a> Value<'a> {
    /// What JSON holds, by its declared type; `Dyn` goes by what is there, and null is null whatever the type. What lists and maps hold
    /// is not looked at. An error where the two do not fit, in upstream's words.
    pub fn json(json: &'a Json, type_: &'a Type) -> Result<Self, EvaluationError> {
        Ok(match (type_, json) {
            (_, Json::Null) => Self::Null,
            (Type::Bool, Json::Bool(value)) => Self::Bool(*value),
            (Type::String, Json::String(value)) => value.as_str().into(),
            (Type::Int, Json::Number(number)) => match number.as_i64() {
                Some(value) => Self::Int(value),
                None => return Err(unfit("int", json)),
            },
            (Type::Uint, Json::Number(number)) => match number.as_u64() {
                Some(value) => Self::Uint(value),
                None => return Err(unfit("uint", json)),
            },
            (Type::Double, Json::Number(number)) => match number.as_f64() {
                Some(value) => Self::Double(value),
                None => return Err(unfit("float", json)),
            },
            (Type::List(list), Json::Array(elements)) => Self::List(List::Json(elements, list)),
            (Type::Map(map), Json::Object(entries)) => Self::Map(Map::Json(entries, &map.value)),
            (Type::Object(object), Json::Object(entries)) => {
                Self::Map(Map::Object(entries, object))
            }
            (Type::Duration, Json::String(value)) => Self::Duration(text::schema_duration(value)?),
            (Type::Timestamp, Json::String(value)) => {
                Self::Timestamp(text::schema_timestamp(value)?)
            }
            (Type::Bytes, Json::String(value)) => {
                let bytes = STANDARD.decode(value).map_err(|error| {
                    let words = format!("Invalid byte formatted string {value}: {error}");
                    EvaluationError::Runtime(words)
                })?;
                Self::Bytes(bytes.into())
            }
            (Type::Dyn | Type::Named(_) | Type::Null, _) => Self::natural(json),
            (Type::List(_), _) => {
                return Err(EvaluationError::runtime(
                    "invalid data, expected an array for the provided schema with type=array",
                ));
            }
            (Type::Map(_) | Type::Object(_), _) => {
                return Err(EvaluationError::runtime(
                    "invalid data, expected a map for the provided schema with type=object",
                ));
            }
            (Type::Bool, _) => return Err(unfit("bool", json)),
            (Type::Int, _) => return Err(unfit("int", json)),
            (Type::Double, _) => return Err(unfit("float", json)),
            _ => return Err(unfit("string", json)),
        })
    }

    fn natural(json: &'a Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(*value),
            // What does not fit is a float, as upstream decodes it.
            Json::Number(number) => match number.as_i64() {
                Some(value) => Self::Int(value),
                None => Self::Double(number.as_f64().unwrap_or(f64::NAN)),
            },
            Json::String(value) => value.as_str().into(),
            Json::Array(elements) => Self::List(List::Json(elements, &ANY)),
            Json::Object(entries) => Self::Map(Map::Json(entries, &ANY.element)),
        }
    }

    /// As a document: durations, times and bytes as strings, optional values as what they hold. What has no such form is an error in
    /// upstream's words, who makes a `google.protobuf.Value` of it.
    pub fn to_json(&self) -> Result<Json, EvaluationError> {
        self.write(Form::Document, DEPTH_MAX, &mut PARTS_MAX.clone())
    }

    /// As fields of an object, of what Go itself has for them: durations are numbers there, and bytes and times are nothing.
    pub fn to_fields(&self) -> Result<Json, EvaluationError> {
        self.write(Form::Fields, DEPTH_MAX, &mut PARTS_MAX.clone())
    }

    fn write(&self, form: Form, depth: usize, parts: &mut usize) -> Result<Json, EvaluationError> {
        let (Some(depth), Some(left)) = (depth.checked_sub(1), parts.checked_sub(1)) else {
            return Err(EvaluationError::runtime("value is too large to be written"));
        };
        *parts = left;
        Ok(match self {
            Self::Null | Self::Optional(None) => Json::Null,
            Self::Bool(value) => (*value).into(),
            Self::Int(value) => (*value).into(),
            Self::Uint(value) => (*value).into(),
            Self::Double(value) => {
                let number = serde_json::Number::from_f64(*value);
                let words = || format!("{} is no number of JSON", self.shown());
                Json::Number(number.ok_or_else(|| EvaluationError::Runtime(words()))?)
            }
            Self::String(text) => text.as_str().into(),
            Self::Bytes(_)
            | Self::Timestamp(_)
            | Self::Type(_)
            | Self::Duration(_)
            | Self::Opaque(_) => form.other(self)?,
            Self::List(List::Json(elements, _)) => Json::Array(elements.to_vec()),
            Self::List(list @ (List::Own(_) | List::Merged(..))) => {
                let elements = list
                    .iter()
                    .map(|element| element?.write(form, depth, parts));
                Json::Array(elements.collect::<Result<_, _>>()?)
            }
            Self::Map(Map::Json(entries, _) | Map::Object(entries, _)) => {
                Json::Object((*entries).clone())
            }
            Self::Map(Map::Composed) => Json::Object(serde_json::Map::new()),
            Self::Map(Map::Own(entries) | Map::Message(_, entries)) => {
                let mut object = serde_json::Map::new();
                for (key, value) in entries.iter() {
                    object.insert(form.name(key)?, value.write(form, depth, parts)?);
                }
                Json::Object(object)
            }
            Self::Optional(Some(value)) => return value.write(form, depth, parts),
        })
    }
}

/// What JSON is made for.
#[derive(Clone, Copy)]
enum Form {
    Document,
    Fields,
}

impl Form {
    /// Of a value that JSON does not have.
    fn other(self, value: &Value<'_>) -> Result<Json, EvaluationError> {
        Ok(match (self, value) {
            (Self::Document, Value::Bytes(bytes)) => STANDARD.encode(bytes).into(),
            (Self::Document, Value::Duration(nanos)) => duration_text(*nanos).into(),
            (Self::Document, Value::Timestamp(time)) => time.to_string().into(),
            (Self::Fields, Value::Duration(nanos)) => (*nanos).into(),
            (Self::Fields, Value::Type(name)) => (**name).into(),
            (Self::Document, Value::Type(_)) => {
                return Err(EvaluationError::runtime(
                    "type conversion not supported for 'type'",
                ));
            }
            (Self::Document, _) => {
                let type_ = value.go_type();
                let name = type_.strip_prefix("cel.").unwrap_or(type_);
                let words = format!("type conversion error from '{name}' to '*structpb.Value'");
                return Err(EvaluationError::Runtime(words));
            }
            (Self::Fields, _) => {
                let words = format!("no field holds a value of type {}", value.type_name());
                return Err(EvaluationError::Runtime(words));
            }
        })
    }

    fn name(self, key: &Key<'_>) -> Result<String, EvaluationError> {
        let words = match (self, key) {
            (_, Key::String(text)) => return Ok(text.as_str().to_owned()),
            (Self::Fields, _) => "invalid return type: *dynamic.ObjectVal",
            (_, Key::Bool(_)) => "type conversion error from bool to 'string'",
            (_, Key::Uint(_)) => "unsupported type conversion from 'uint' to string",
            (_, Key::Int(_)) => "unsupported type conversion from 'int' to string",
        };
        Err(EvaluationError::runtime(words))
    }
}

fn unfit(expected: &str, json: &Json) -> EvaluationError {
    let got = match json {
        Json::Null => "<nil>",
        Json::Bool(_) => "bool",
        Json::Number(number) if number.is_f64() => "float64",
        Json::Number(_) => "int64",
        Json::String(_) => "string",
        Json::Array(_) => "[]interface {}",
        Json::Object(_) => "map[string]interface {}",
    };
    EvaluationError::Runtime(format!("invalid data, expected {expected}, got {got}"))
}
