//! JSON trees: read with Go's leniency and words, written as Go's encoder writes its maps, sorted by key.

use super::{
    reader::{RAW_DEPTH_MAX, Reader},
    write::{put_f64, put_i64, put_string},
};
use crate::codec::{DecodeError, StrictError};
use serde_json::{Map, Value};

/// Upstream stops collecting here.
const STRICT_ERRORS_MAX: usize = 100;

/// Reads a whole document. The last of several values of one key counts; each repetition is reported by its path from the root
/// (`spec.list[0].name`).
///
/// # Errors
/// When the text is not JSON, or is nested deeper than [`RAW_DEPTH_MAX`].
pub fn parse_tree(text: &[u8]) -> Result<(Value, Vec<StrictError>), DecodeError> {
    let mut parser = Parser {
        reader: Reader::new(text),
        path: String::new(),
        repeated: Vec::new(),
        depth: 0,
    };
    let value = parser.value()?;
    parser.reader.end()?;
    Ok((value, parser.repeated))
}

struct Parser<'a> {
    reader: Reader<'a>,
    path: String,
    repeated: Vec<StrictError>,
    depth: usize,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<Value, DecodeError> {
        Ok(match self.reader.peek()? {
            b'"' => Value::String(self.reader.string()?.into_owned()),
            b'{' => self.nested(b'{', Self::object)?,
            b'[' => self.nested(b'[', Self::array)?,
            b'-' | b'0'..=b'9' => number(self.reader.number()?)?,
            _ => match self.reader.literal()? {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => Value::Null,
            },
        })
    }

    fn nested(
        &mut self,
        open: u8,
        read: impl FnOnce(&mut Self) -> Result<Value, DecodeError>,
    ) -> Result<Value, DecodeError> {
        if self.depth == RAW_DEPTH_MAX {
            return Err(DecodeError::too_deep(open));
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Value, DecodeError> {
        let mut fields = Map::new();
        let mut members = self.reader.begin_object()?;
        let length = self.path.len();
        while let Some(key) = self.reader.next_key(&mut members)? {
            if length > 0 {
                self.path.push('.');
            }
            self.path.push_str(&key);
            let value = self.value()?;
            if fields.insert(key.into_owned(), value).is_some() {
                self.report();
            }
            self.path.truncate(length);
        }
        Ok(Value::Object(fields))
    }

    fn report(&mut self) {
        let error = StrictError::DuplicateField(self.path.clone());
        if self.repeated.len() < STRICT_ERRORS_MAX && !self.repeated.contains(&error) {
            self.repeated.push(error);
        }
    }

    fn array(&mut self) -> Result<Value, DecodeError> {
        let mut items = Vec::new();
        let mut members = self.reader.begin_array()?;
        let length = self.path.len();
        while self.reader.next_element(&mut members)? {
            self.path.push_str(&format!("[{}]", items.len()));
            let item = self.value()?;
            self.path.truncate(length);
            items.push(item);
        }
        Ok(Value::Array(items))
    }
}

/// Integers that fit 64 bits stay integers, as in upstream's decoder.
fn number(text: &str) -> Result<Value, DecodeError> {
    if let Ok(integer) = text.parse::<i64>() {
        return Ok(integer.into());
    }
    let float = text.parse().ok().filter(|float: &f64| float.is_finite());
    float.map(Value::from).ok_or_else(|| DecodeError::Scalar {
        noun: format!("number {text}"),
        go_type: "float64".to_owned(),
    })
}

/// Appends a tree.
pub fn put_tree(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => put_i64(out, integer),
            (None, float) => put_f64(out, float.unwrap_or_default()),
        },
        Value::String(text) => put_string(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                put_tree(out, item);
            }
            out.push(b']');
        }
        Value::Object(fields) => {
            out.push(b'{');
            let mut comma = false;
            for (key, value) in fields {
                put_member(out, &mut comma, key, value);
            }
            out.push(b'}');
        }
    }
}

/// Appends `"key":value`, with a comma before it unless it is the first.
pub(crate) fn put_member(out: &mut Vec<u8>, comma: &mut bool, key: &str, value: &Value) {
    if std::mem::replace(comma, true) {
        out.push(b',');
    }
    put_string(out, key);
    out.push(b':');
    put_tree(out, value);
}
