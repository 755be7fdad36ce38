//! JSON into structs, with the checks, the leniency and the words of `sigs.k8s.io/json`.

use super::{
    json::{self, RawString, Reader},
    message::{Message, MessageInfo, Shape},
    projection::Projection,
    value::{List, Mut, Ref, StringMap},
};
use crate::Str;
use base64::Engine as _;
use std::borrow::Cow;

/// Nesting of structs that is followed by recursion, bounded by a stack of 2 MiB in a debug build. Only JSON schemas nest
/// without bound, and real ones stay far below.
const RECURSION_MAX: u32 = 150;
/// Upstream stops collecting here.
const STRICT_ERRORS_MAX: usize = 100;

/// Whether unknown and duplicate fields are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// They are collected; the caller decides what follows from them.
    Strict,
    /// They pass.
    Lenient,
}

/// A field that the body should not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StrictError {
    /// The type has no such field.
    #[error("unknown field {0:?}")]
    UnknownField(String),
    /// The field stands there twice.
    #[error("duplicate field {0:?}")]
    DuplicateField(String),
    /// As a YAML parser words it.
    #[error("{0}")]
    Yaml(String),
}

/// Why a body cannot be decoded. `Display` is upstream's text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// It is not JSON, or too deep.
    #[error("{message}")]
    Syntax {
        /// In Go's words.
        message: String,
    },
    /// A value has the wrong type for its field.
    #[error("{message}")]
    Type {
        /// In Go's words.
        message: String,
    },
    /// A scalar that wants another type; gets its field's name on the way out.
    #[error("json: cannot unmarshal {noun} into Go value of type {go_type}")]
    Scalar {
        /// What stands there.
        noun: String,
        /// What should.
        go_type: String,
    },
    /// A value does not parse: a quantity, a time.
    #[error("{message}")]
    Value {
        /// In upstream's words.
        message: String,
    },
}

impl DecodeError {
    /// An error of a scalar's own parser.
    #[must_use]
    pub fn value(message: impl Into<String>) -> Self {
        Self::Value {
            message: message.into(),
        }
    }
    /// What begins with `open` is nested too deeply.
    pub(super) fn too_deep(open: u8) -> Self {
        Self::Syntax {
            message: format!(
                "invalid character '{}' exceeded max depth",
                char::from(open)
            ),
        }
    }
    pub(super) fn kind_of(text: &[u8]) -> Self {
        let first = text
            .iter()
            .copied()
            .find(|byte| !byte.is_ascii_whitespace())
            .unwrap_or(b'0');
        let target = "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";
        Self::Type {
            message: format!(
                "couldn't get version/kind; json parse error: json: cannot unmarshal {} into Go value of type {target}",
                json::noun(first)
            ),
        }
    }
    pub(super) fn type_meta(noun: &str, field: &str) -> Self {
        Self::Type {
            message: format!(
                "couldn't get version/kind; json parse error: json: cannot unmarshal {noun} into Go struct field .{field} of type string"
            ),
        }
    }
}

/// What was decoded, and what the body had beyond it.
#[derive(Clone, Debug)]
pub struct Decoded<T> {
    /// The object.
    pub object: T,
    /// In the order of the body.
    pub strict: Vec<StrictError>,
}

/// Decodes a whole document.
///
/// # Errors
/// When it is not JSON, or a value has the wrong type: the first one, in Go's words.
pub fn from_json<T: Message + Default>(
    text: &[u8],
    strictness: Strictness,
) -> Result<Decoded<T>, DecodeError> {
    let mut object = T::default();
    let strict = decode_into(&mut object, text, strictness)?;
    Ok(Decoded { object, strict })
}

/// Decodes the parts of a document that `parts` names, leniently: what is passed over is checked for its syntax alone.
///
/// # Errors
/// As [`from_json`].
pub fn from_json_parts<T: Message + Default>(
    text: &[u8],
    parts: Projection,
) -> Result<T, DecodeError> {
    let mut object = T::default();
    decode_parts(&mut object, text, Strictness::Lenient, parts)?;
    Ok(object)
}

/// Decodes a whole document over what `message` already holds.
///
/// # Errors
/// As [`from_json`].
pub fn decode_into(
    message: &mut dyn Message,
    text: &[u8],
    strictness: Strictness,
) -> Result<Vec<StrictError>, DecodeError> {
    decode_parts(message, text, strictness, Projection::WHOLE)
}

fn decode_parts(
    message: &mut dyn Message,
    text: &[u8],
    strictness: Strictness,
    parts: Projection,
) -> Result<Vec<StrictError>, DecodeError> {
    let mut decoder = Decoder {
        reader: Reader::new(text),
        parts,
        path: Vec::new(),
        strictness,
        strict: Vec::new(),
        type_error: None,
        depth: 0,
    };
    let go_type = format!("v1.{}", message.info().go_name);
    let context = Context {
        owner: None,
        go_type: &go_type,
    };
    decoder.message(message, context)?;
    decoder.reader.end()?;
    decoder.type_error.map_or(Ok(decoder.strict), Err)
}

#[derive(Clone, Copy)]
struct Context<'c> {
    owner: Option<&'static MessageInfo>,
    go_type: &'c str,
}

impl Context<'_> {
    fn element(self) -> Self {
        let go_type = self
            .go_type
            .strip_prefix("[]")
            .unwrap_or(element_of(self.go_type));
        Self { go_type, ..self }
    }
}

/// The element type of a map, named or not.
fn element_of(go_type: &str) -> &str {
    match go_type
        .strip_prefix("map[")
        .and_then(|rest| rest.split_once(']'))
    {
        Some((_, value)) => value,
        None => "string",
    }
}

enum Segment<'a> {
    /// In all paths.
    Field(&'static str),
    /// In Go's type errors alone.
    Embedded(&'static str),
    /// In strict errors alone.
    Key(Cow<'a, str>),
    /// In strict errors alone.
    Index(usize),
}

struct Decoder<'a> {
    reader: Reader<'a>,
    parts: Projection,
    path: Vec<Segment<'a>>,
    strictness: Strictness,
    strict: Vec<StrictError>,
    type_error: Option<DecodeError>,
    depth: u32,
}

impl<'a> Decoder<'a> {
    fn value(&mut self, value: Mut<'_>, context: Context<'_>) -> Result<(), DecodeError> {
        let first = self.reader.peek()?;
        if first == b'n' && !matches!(value, Mut::Scalar(_)) {
            self.reader.literal()?;
            set_null(value);
            return Ok(());
        }
        match value {
            Mut::Optional(optional) => self.value(optional.get_or_default().view_mut(), context),
            Mut::Str(place) if first == b'"' => {
                *place = into_str(self.reader.string()?);
                Ok(())
            }
            Mut::Bool(place) if first == b't' || first == b'f' => {
                *place = self.reader.literal()? == "true";
                Ok(())
            }
            Mut::I32(place) if is_number(first) => self.integer(context, |value| {
                i32::try_from(value).map(|value| *place = value).is_ok()
            }),
            Mut::I64(place) if is_number(first) => self.integer(context, |value| {
                *place = value;
                true
            }),
            Mut::F64(place) if is_number(first) => self.float(place, context),
            Mut::Bytes(place) if first == b'"' => {
                place.0 = decode_base64(&self.reader.string()?)?;
                Ok(())
            }
            Mut::Bytes(place) if first == b'[' => self.numbers(&mut place.0, context.element()),
            Mut::Message(message) => self.message(message, context),
            Mut::List(list) | Mut::WrappedList(list) if first == b'[' => self.list(list, context),
            Mut::Map(map) if first == b'{' => self.map(map, context),
            Mut::Scalar(scalar) => match scalar.decode_json(&mut self.reader) {
                Err(DecodeError::Scalar { noun, go_type }) => {
                    let message = self.type_message(
                        &noun,
                        Context {
                            go_type: &go_type,
                            ..context
                        },
                    );
                    Err(DecodeError::Type { message })
                }
                other => other,
            },
            _ => self.mismatch(context),
        }
    }

    fn integer(
        &mut self,
        context: Context<'_>,
        set: impl FnOnce(i64) -> bool,
    ) -> Result<(), DecodeError> {
        let text = self.reader.number()?;
        if !text.parse().is_ok_and(set) {
            self.save_type_error(&format!("number {text}"), context);
        }
        Ok(())
    }

    /// Bytes as Go takes them as well: a list of numbers, where null is zero.
    fn numbers(&mut self, bytes: &mut Vec<u8>, context: Context<'_>) -> Result<(), DecodeError> {
        bytes.clear();
        let mut members = self.reader.begin_array()?;
        while self.reader.next_element(&mut members)? {
            let mut byte = 0;
            match self.reader.peek()? {
                b'n' => drop(self.reader.literal()?),
                first if is_number(first) => self.integer(context, |value| {
                    u8::try_from(value).map(|value| byte = value).is_ok()
                })?,
                _ => self.mismatch(context)?,
            }
            bytes.push(byte);
        }
        Ok(())
    }

    fn float(&mut self, place: &mut f64, context: Context<'_>) -> Result<(), DecodeError> {
        let text = self.reader.number()?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => *place = value,
            _ => self.save_type_error(&format!("number {text}"), context),
        }
        Ok(())
    }

    fn mismatch(&mut self, context: Context<'_>) -> Result<(), DecodeError> {
        let first = self.reader.peek()?;
        self.reader.skip_value()?;
        self.save_type_error(json::noun(first), context);
        Ok(())
    }

    /// Go reports the first wrong type, after it has read everything.
    fn save_type_error(&mut self, noun: &str, context: Context<'_>) {
        if self.type_error.is_none() {
            let message = self.type_message(noun, context);
            self.type_error = Some(DecodeError::Type { message });
        }
    }

    fn type_message(&self, noun: &str, context: Context<'_>) -> String {
        let target = match context.owner {
            None => "value".to_owned(),
            Some(owner) => format!("struct field {}.{}", owner.go_name, self.go_path()),
        };
        let go_type = context.go_type;
        format!("json: cannot unmarshal {noun} into Go {target} of type {go_type}")
    }

    fn go_path(&self) -> String {
        let names = self.path.iter().filter_map(|segment| match segment {
            Segment::Field(name) | Segment::Embedded(name) => Some(*name),
            Segment::Key(_) | Segment::Index(_) => None,
        });
        names.collect::<Vec<_>>().join(".")
    }

    fn strict_path(&self, last: &str) -> String {
        let mut path = String::new();
        let name = |name: &str, path: &mut String| {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        };
        for segment in &self.path {
            match segment {
                Segment::Field(field) => name(field, &mut path),
                Segment::Key(key) => name(key, &mut path),
                Segment::Index(index) => path.push_str(&format!("[{index}]")),
                Segment::Embedded(_) => {}
            }
        }
        name(last, &mut path);
        path
    }

    fn save_strict(&mut self, make: fn(String) -> StrictError, key: &str) {
        if self.strictness == Strictness::Strict && self.strict.len() < STRICT_ERRORS_MAX {
            let error = make(self.strict_path(key));
            if !self.strict.contains(&error) {
                self.strict.push(error);
            }
        }
    }

    fn list(&mut self, list: &mut dyn List, context: Context<'_>) -> Result<(), DecodeError> {
        list.reset(false);
        let mut members = self.reader.begin_array()?;
        let mut index = 0;
        while self.reader.next_element(&mut members)? {
            self.path.push(Segment::Index(index));
            self.value(list.push_default().view_mut(), context.element())?;
            self.path.pop();
            index += 1;
        }
        Ok(())
    }

    fn map(&mut self, map: &mut dyn StringMap, context: Context<'_>) -> Result<(), DecodeError> {
        map.reset(false);
        let mut members = self.reader.begin_object()?;
        let mut known = 0;
        while let Some(key) = self.reader.next_key(&mut members)? {
            let place = map.insert_default(Str::from(&*key)).view_mut();
            self.path.push(Segment::Key(key));
            self.value(place, context.element())?;
            let Some(Segment::Key(key)) = self.path.pop() else {
                continue;
            };
            if map.len() == known {
                self.save_strict(StrictError::DuplicateField, &key);
            }
            known = map.len();
        }
        Ok(())
    }

    fn message(
        &mut self,
        message: &mut dyn Message,
        context: Context<'_>,
    ) -> Result<(), DecodeError> {
        self.depth += 1;
        if self.depth > RECURSION_MAX {
            return Err(DecodeError::too_deep(b'{'));
        }
        let first = self.reader.peek()?;
        match (message.info().shape, first) {
            (Shape::Struct, b'{') => self.fields(message)?,
            (Shape::Struct, b'n') => drop(self.reader.literal()?),
            (Shape::Struct, _) => self.mismatch(context)?,
            (shape, _) => self.union(message, shape, first, context)?,
        }
        self.depth -= 1;
        Ok(())
    }

    fn union(
        &mut self,
        message: &mut dyn Message,
        shape: Shape,
        first: u8,
        context: Context<'_>,
    ) -> Result<(), DecodeError> {
        let index = match (shape, first) {
            (Shape::SchemaOrBool, b't' | b'f') => 0,
            (Shape::SchemaOrBool, b'{') => {
                if let Mut::Bool(allows) = message.field_mut(0).view_mut() {
                    *allows = true;
                }
                1
            }
            (Shape::SchemaOrBool, _) => {
                return Err(DecodeError::value("boolean or JSON schema expected"));
            }
            (_, b'{') => 0,
            (_, b'[') => 1,
            _ => return self.reader.skip_value(),
        };
        self.value(message.field_mut(index).view_mut(), context)
    }

    fn fields(&mut self, message: &mut dyn Message) -> Result<(), DecodeError> {
        let info = message.info();
        let kept = self.parts.of(info.go_name);
        let mut seen: u128 = 0;
        let mut hint = 0;
        let mut members = self.reader.begin_object()?;
        while let Some(key) = self.reader.next_raw_key(&mut members)? {
            if kept.is_some_and(|kept| !kept.iter().any(|name| key.is(name))) {
                self.reader.skip_value()?;
                continue;
            }
            let found = match find_direct(info, key, hint) {
                Some(index) => {
                    hint = index + 1;
                    Some(Place {
                        outer: index,
                        inner: Vec::new(),
                        bit: index,
                    })
                }
                None => find_inlined(message, key),
            };
            match found {
                Some(place) => {
                    let bit = 1 << (place.bit & 127);
                    if seen & bit != 0 {
                        self.save_strict(StrictError::DuplicateField, &key.text());
                    }
                    seen |= bit;
                    self.member(message, info, &place)?;
                }
                None => self.unknown(info, &mut seen, &key.text())?,
            }
        }
        Ok(())
    }

    fn member(
        &mut self,
        message: &mut dyn Message,
        info: &'static MessageInfo,
        place: &Place,
    ) -> Result<(), DecodeError> {
        let path_len = self.path.len();
        let mut field = &info.fields[place.outer];
        let mut value = message.field_mut(place.outer).view_mut();
        for index in &place.inner {
            let Mut::Message(inlined) = value else {
                unreachable!("only structs are inlined")
            };
            self.path.push(Segment::Embedded(field.go_name));
            field = &inlined.info().fields[*index];
            value = inlined.field_mut(*index).view_mut();
        }
        self.path.push(Segment::Field(field.json_name));
        self.value(
            value,
            Context {
                owner: Some(info),
                go_type: field.go_type,
            },
        )?;
        self.path.truncate(path_len);
        Ok(())
    }

    /// `kind` and `apiVersion` are fields of every struct with a `TypeMeta`, which we do not keep.
    fn unknown(
        &mut self,
        info: &MessageInfo,
        seen: &mut u128,
        key: &str,
    ) -> Result<(), DecodeError> {
        let bit = match key {
            "kind" if !info.kind.is_empty() => 1 << 126,
            "apiVersion" if !info.kind.is_empty() => 1 << 127,
            _ => {
                self.save_strict(StrictError::UnknownField, key);
                return self.reader.skip_value();
            }
        };
        if *seen & bit != 0 {
            self.save_strict(StrictError::DuplicateField, key);
        }
        *seen |= bit;
        self.reader.skip_value()
    }
}

/// Where a key leads: a field, or a field of an inlined struct.
struct Place {
    outer: usize,
    inner: Vec<usize>,
    bit: usize,
}

/// Bodies mostly follow Go's order, so the fields after the last one are tried first.
fn find_direct(info: &MessageInfo, key: RawString<'_>, hint: usize) -> Option<usize> {
    let hash = key.hash();
    let (before, after) = info.keys.split_at(hint.min(info.keys.len()));
    let find = |keys: &[u16], from: usize| {
        let candidates = keys.iter().enumerate().filter(|(_, known)| **known == hash);
        candidates
            .map(|(index, _)| from + index)
            .find(|index| key.is(info.fields[*index].json_name))
    };
    let found = find(after, before.len()).or_else(|| find(before, 0));
    // An inlined field has no name.
    found.filter(|index| !info.fields[*index].json_name.is_empty())
}

fn find_inlined(message: &dyn Message, key: RawString<'_>) -> Option<Place> {
    let mut base = message.info().fields.len();
    for (outer, field) in message.info().fields.iter().enumerate() {
        if !field.flags.inline() {
            continue;
        }
        let Ref::Message(inlined) = message.field(outer).view() else {
            continue;
        };
        if let Some(index) = find_direct(inlined.info(), key, 0) {
            return Some(Place {
                outer,
                inner: vec![index],
                bit: base + index,
            });
        }
        if let Some(mut place) = find_inlined(inlined, key) {
            place.inner.insert(0, place.outer);
            place.outer = outer;
            place.bit += base;
            return Some(place);
        }
        base += inlined.info().fields.len();
    }
    None
}

fn is_number(first: u8) -> bool {
    first == b'-' || first.is_ascii_digit()
}

fn into_str(text: Cow<'_, str>) -> Str {
    match text {
        Cow::Borrowed(text) => Str::new(text),
        Cow::Owned(text) => Str::from(text),
    }
}

/// Go's null: pointers, slices and maps become nil, everything else stays.
fn set_null(value: Mut<'_>) {
    match value {
        Mut::Optional(optional) => optional.set_none(),
        Mut::List(list) | Mut::WrappedList(list) => list.reset(true),
        Mut::Map(map) => map.reset(true),
        Mut::Bytes(bytes) => bytes.clear(),
        _ => {}
    }
}

/// Go's decoder passes over line breaks.
/// Go's `base64.StdEncoding`: line ends are skipped anywhere, bits left over in the last symbol are ignored.
fn decode_base64(text: &str) -> Result<Vec<u8>, DecodeError> {
    let res = if text.contains(['\r', '\n']) {
        GO_BASE64.decode(text.replace(['\r', '\n'], ""))
    } else {
        GO_BASE64.decode(text)
    };
    res.map_err(|_| {
        let offset = base64_error_offset(text.as_bytes());
        DecodeError::value(format!("illegal base64 data at input byte {offset}"))
    })
}

const GO_BASE64: base64::engine::GeneralPurpose = base64::engine::GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    base64::engine::GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// Where Go's decoder stops in a text that is not base64: at the first symbol that cannot stand where it stands (after whole padding: the
/// symbol behind it), or where an unfinished group of four begins.
fn base64_error_offset(text: &[u8]) -> usize {
    let mut symbols = text
        .iter()
        .enumerate()
        .filter(|(_, symbol)| !matches!(symbol, b'\r' | b'\n'));
    let mut place = 0;
    while let Some((at, symbol)) = symbols.next() {
        match symbol {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => place = (place + 1) % 4,
            b'=' if place >= 2 => {
                if place == 2 {
                    match symbols.next() {
                        None => return text.len(),
                        Some((_, b'=')) => {}
                        Some((at, _)) => return at - 1,
                    }
                }
                return symbols.next().map_or(text.len(), |(behind, _)| behind);
            }
            _ => return at,
        }
    }
    text.len() - place
}

#[cfg(test)]
mod tests;
