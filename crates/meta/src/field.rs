//! Validation errors that name the field they are about, in upstream's words (`k8s.io/apimachinery/pkg/util/validation/field`).

use smallvec::SmallVec;
use std::fmt;

/// Bytes of a path that need no allocation: a validation makes some hundred paths that nobody prints.
const INLINE_BYTES: usize = 48;

/// The path of a field: `spec.containers[0].name`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldPath(SmallVec<[u8; INLINE_BYTES]>);

impl FieldPath {
    /// A path of one name; dots in `name` make several.
    #[must_use]
    pub fn new(name: impl AsRef<str>) -> Self {
        Self(SmallVec::from_slice(name.as_ref().as_bytes()))
    }
    /// The root, which prints as nothing.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }
    /// A member.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        if self.0.is_empty() {
            Self::new(name)
        } else {
            self.then([".", name, ""])
        }
    }
    /// An element of a list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.key(itoa::Buffer::new().format(index))
    }
    /// An entry of a map.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.then(["[", key, "]"])
    }
    /// As it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a path is made of strings only")
    }
    fn then(&self, parts: [&str; 3]) -> Self {
        let mut path = self.0.clone();
        for part in parts {
            path.extend_from_slice(part.as_bytes());
        }
        Self(path)
    }
}
impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl From<&str> for FieldPath {
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}

/// What is wrong, with upstream's cause types and words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorType {
    /// Names something that is not there.
    NotFound,
    /// Must be given.
    Required,
    /// Another element has the same.
    Duplicate,
    /// Malformed, or out of bounds.
    Invalid,
    /// Not one of the known values.
    NotSupported,
    /// Well-formed, but not permitted here.
    Forbidden,
    /// Too many characters or bytes.
    TooLong,
    /// Too many elements.
    TooMany,
    /// Not the user's mistake.
    Internal,
    /// Of another type than it must be.
    TypeInvalid,
}

impl ErrorType {
    /// `reason` of the cause in a Status.
    #[must_use]
    pub const fn cause(self) -> &'static str {
        match self {
            Self::NotFound => "FieldValueNotFound",
            Self::Required => "FieldValueRequired",
            Self::Duplicate => "FieldValueDuplicate",
            Self::Invalid => "FieldValueInvalid",
            Self::NotSupported => "FieldValueNotSupported",
            Self::Forbidden => "FieldValueForbidden",
            Self::TooLong => "FieldValueTooLong",
            Self::TooMany => "FieldValueTooMany",
            Self::Internal => "InternalError",
            Self::TypeInvalid => "FieldValueTypeInvalid",
        }
    }
    const fn words(self) -> &'static str {
        match self {
            Self::NotFound => "Not found",
            Self::Required => "Required value",
            Self::Duplicate => "Duplicate value",
            Self::Invalid => "Invalid value",
            Self::NotSupported => "Unsupported value",
            Self::Forbidden => "Forbidden",
            Self::TooLong => "Too long",
            Self::TooMany => "Too many",
            Self::Internal => "Internal error",
            Self::TypeInvalid => "Invalid value",
        }
    }
}

/// One error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// What is wrong.
    pub error_type: ErrorType,
    /// Where.
    pub field: FieldPath,
    /// The value as Go's `%#v`-like printing shows it; none when upstream shows no value.
    pub value: Option<String>,
    /// More words; may be empty.
    pub detail: String,
}

impl FieldError {
    /// `message` of the cause in a Status: everything but the path.
    #[must_use]
    pub fn body(&self) -> String {
        let mut text = self.error_type.words().to_owned();
        if let Some(value) = &self.value {
            text.push_str(": ");
            text.push_str(value);
        }
        if !self.detail.is_empty() {
            text.push_str(": ");
            text.push_str(&self.detail);
        }
        text
    }
}
impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.body())
    }
}

/// A value as upstream prints it in an error.
pub trait BadValue {
    /// Strings quoted, numbers and bools as they are, anything else as JSON.
    fn show(&self) -> String;
}
impl BadValue for str {
    fn show(&self) -> String {
        go_quote(self)
    }
}
impl BadValue for String {
    fn show(&self) -> String {
        go_quote(self)
    }
}
impl BadValue for crate::Str {
    fn show(&self) -> String {
        go_quote(self)
    }
}
impl<T: BadValue + ?Sized> BadValue for &T {
    fn show(&self) -> String {
        (**self).show()
    }
}
impl<T: BadValue> BadValue for Option<T> {
    fn show(&self) -> String {
        self.as_ref()
            .map_or_else(|| "null".to_owned(), BadValue::show)
    }
}
macro_rules! plain {
    ($($type:ty),*) => {$(
        impl BadValue for $type {
            fn show(&self) -> String {
                self.to_string()
            }
        }
    )*};
}
plain!(bool, i32, i64, u32, u64, usize, f64);
impl BadValue for crate::Quantity {
    fn show(&self) -> String {
        go_quote(&self.to_string())
    }
}
impl BadValue for crate::IntOrString {
    fn show(&self) -> String {
        json(self)
    }
}
impl BadValue for crate::Time {
    fn show(&self) -> String {
        json(self)
    }
}
impl BadValue for dyn crate::codec::Value {
    fn show(&self) -> String {
        json(self)
    }
}
impl<T: crate::codec::Value + Default> BadValue for Vec<T> {
    fn show(&self) -> String {
        json(self)
    }
}
impl<T: crate::codec::Value + Default> BadValue for crate::Slice<T> {
    fn show(&self) -> String {
        json(self)
    }
}
impl<V: crate::codec::Value + Default> BadValue for crate::Map<crate::Str, V> {
    fn show(&self) -> String {
        json(self)
    }
}
/// A struct, or anything else that is to be shown as JSON.
#[derive(Clone, Copy)]
pub struct Json<'a>(pub &'a dyn crate::codec::Value);
impl fmt::Debug for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.show())
    }
}
impl BadValue for Json<'_> {
    fn show(&self) -> String {
        json(self.0)
    }
}
/// Words that stand for the value as they are.
#[derive(Clone, Copy, Debug)]
pub struct Verbatim<'a>(pub &'a str);
impl BadValue for Verbatim<'_> {
    fn show(&self) -> String {
        self.0.to_owned()
    }
}

fn json(value: &dyn crate::codec::Value) -> String {
    let mut out = Vec::new();
    crate::codec::value_to_json(&mut out, value);
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// Go's `%q`.
#[must_use]
pub fn go_quote(text: &str) -> String {
    let mut res = String::with_capacity(text.len() + 2);
    res.push('"');
    for char in text.chars() {
        match char {
            '"' => res.push_str("\\\""),
            '\\' => res.push_str("\\\\"),
            '\n' => res.push_str("\\n"),
            '\r' => res.push_str("\\r"),
            '\t' => res.push_str("\\t"),
            '\u{7}' => res.push_str("\\a"),
            '\u{8}' => res.push_str("\\b"),
            '\u{b}' => res.push_str("\\v"),
            '\u{c}' => res.push_str("\\f"),
            '\0'..' ' | '\u{7f}' => res.push_str(&format!("\\x{:02x}", char as u32)),
            char if char.is_ascii() || is_printable(char) => res.push(char),
            char if (char as u32) < 0x1_0000 => res.push_str(&format!("\\u{:04x}", char as u32)),
            char => res.push_str(&format!("\\U{:08x}", char as u32)),
        }
    }
    res.push('"');
    res
}

/// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation and symbols; of spaces only the common one.
#[must_use]
pub fn is_printable(char: char) -> bool {
    // Rust escapes the same in texts, and besides them a mark that a text begins with.
    let text = String::from_iter(['a', char]);
    matches!(char, '"' | '\'' | '\\') || text.escape_debug().nth(2).is_none()
}

/// Accumulator: validation reports every error, not the first one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Without errors.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }
    /// Adds an error.
    pub fn push(&mut self, error: FieldError) {
        self.0.push(error);
    }
    fn add(
        &mut self,
        error_type: ErrorType,
        field: &FieldPath,
        value: Option<String>,
        detail: impl Into<String>,
    ) {
        self.0.push(FieldError {
            error_type,
            field: field.clone(),
            value,
            detail: detail.into(),
        });
    }
    /// `Required value: detail`.
    pub fn required(&mut self, field: &FieldPath, detail: impl Into<String>) {
        self.add(ErrorType::Required, field, None, detail);
    }
    /// `Invalid value: value: detail`.
    pub fn invalid(&mut self, field: &FieldPath, value: impl BadValue, detail: impl Into<String>) {
        self.add(ErrorType::Invalid, field, Some(value.show()), detail);
    }
    /// `Invalid value: detail`, for a whole whose value says nothing.
    pub fn invalid_whole(&mut self, field: &FieldPath, detail: impl Into<String>) {
        self.add(ErrorType::Invalid, field, None, detail);
    }
    /// `Invalid value: value: field is immutable`.
    pub fn immutable(&mut self, field: &FieldPath, value: impl BadValue) {
        self.invalid(field, value, "field is immutable");
    }
    /// `Unsupported value: value: supported values: "a", "b"`, in the order given.
    pub fn not_supported(&mut self, field: &FieldPath, value: impl BadValue, supported: &[&str]) {
        let quoted: Vec<String> = supported.iter().map(|value| go_quote(value)).collect();
        let detail = if quoted.is_empty() {
            String::new()
        } else {
            format!("supported values: {}", quoted.join(", "))
        };
        self.add(ErrorType::NotSupported, field, Some(value.show()), detail);
    }
    /// `Forbidden: detail`.
    pub fn forbidden(&mut self, field: &FieldPath, detail: impl Into<String>) {
        self.add(ErrorType::Forbidden, field, None, detail);
    }
    /// `Duplicate value: value`.
    pub fn duplicate(&mut self, field: &FieldPath, value: impl BadValue) {
        self.add(ErrorType::Duplicate, field, Some(value.show()), "");
    }
    /// `Duplicate value: value: detail`.
    pub fn duplicate_because(
        &mut self,
        field: &FieldPath,
        value: impl BadValue,
        detail: impl Into<String>,
    ) {
        self.add(ErrorType::Duplicate, field, Some(value.show()), detail);
    }
    /// `Not found: value`.
    pub fn not_found(&mut self, field: &FieldPath, value: impl BadValue) {
        self.add(ErrorType::NotFound, field, Some(value.show()), "");
    }
    /// `Too long: may not be more than N bytes`.
    pub fn too_long(&mut self, field: &FieldPath, bytes_max: usize) {
        let unit = if bytes_max == 1 { "byte" } else { "bytes" };
        self.add(
            ErrorType::TooLong,
            field,
            None,
            format!("may not be more than {bytes_max} {unit}"),
        );
    }
    /// `Too many: N: must have at most M items`.
    pub fn too_many(&mut self, field: &FieldPath, count: usize, count_max: usize) {
        let unit = if count_max == 1 { "item" } else { "items" };
        self.add(
            ErrorType::TooMany,
            field,
            Some(count.to_string()),
            format!("must have at most {count_max} {unit}"),
        );
    }
    /// `Internal error: words`.
    pub fn internal(&mut self, field: &FieldPath, error: impl fmt::Display) {
        self.add(ErrorType::Internal, field, None, error.to_string());
    }
    /// `Invalid value: value: detail` with the cause `FieldValueTypeInvalid`.
    pub fn type_invalid(
        &mut self,
        field: &FieldPath,
        value: impl BadValue,
        detail: impl Into<String>,
    ) {
        self.add(ErrorType::TypeInvalid, field, Some(value.show()), detail);
    }
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// How much is wrong.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// The errors as they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.0.iter()
    }
    /// Takes over the errors of `other`.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
    /// Upstream's aggregate: one error as it is, several in brackets, equal ones once.
    #[must_use]
    pub fn aggregate(&self) -> String {
        let mut seen: Vec<String> = Vec::new();
        for error in &self.0 {
            let text = error.to_string();
            if !seen.contains(&text) {
                seen.push(text);
            }
        }
        if seen.len() == 1 {
            seen.remove(0)
        } else {
            format!("[{}]", seen.join(", "))
        }
    }
}
impl IntoIterator for FieldErrors {
    type Item = FieldError;
    type IntoIter = std::vec::IntoIter<FieldError>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
impl<'a> IntoIterator for &'a FieldErrors {
    type Item = &'a FieldError;
    type IntoIter = std::slice::Iter<'a, FieldError>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests;
