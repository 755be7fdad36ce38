//! Reading the body of a write: size, encoding, kind, strictness — each with upstream's status and words.
use crate::{
    negotiate::{self, Media},
    options::FieldValidation,
    stack::RequestBody,
};
use bytes::Bytes;
use http::HeaderMap;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use meta::{
    ApiError, Reason, Str,
    codec::{self, StrictError, Strictness, Unknown},
    go_quote,
};
use resource::{DecodeFailure, DecodedObject, Encoding, Object, RequestContext, ResourceInfo};
use serde_json::{Map, Value, json};

/// The largest body of a write: upstream's limit.
pub(crate) const BODY_BYTES_MAX: usize = 3 * 1024 * 1024;
/// What is read of a larger one, only so that its sender gets to reading.
const DROPPED_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The kind that a path takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected<'a> {
    pub(crate) group: &'a str,
    pub(crate) version: &'a str,
    pub(crate) kind: &'a str,
    /// Other versions of the group that the kind may be sent in.
    pub(crate) older: &'a [&'a str],
    /// See [`ResourceInfo::dynamic`].
    pub(crate) dynamic: bool,
}

impl<'a> Expected<'a> {
    /// The kind of a resource.
    pub(crate) fn of(info: &'a ResourceInfo) -> Self {
        Self {
            group: &info.group,
            version: &info.version,
            kind: &info.kind,
            older: &[],
            dynamic: info.dynamic,
        }
    }

    /// A kind of the API that no resource stores: its group, version and name.
    pub(crate) const fn built_in((group, version, kind): (&'a str, &'a str, &'a str)) -> Self {
        Self {
            group,
            version,
            kind,
            older: &[],
            dynamic: false,
        }
    }
}

/// Reads a whole body.
///
/// # Errors
/// 413 past the limit; 400 when the client goes away.
pub(crate) async fn read(mut body: RequestBody) -> Result<Bytes, ApiError> {
    match Limited::new(&mut body, BODY_BYTES_MAX).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            drop_rest(&mut body).await;
            let words = format!("Request entity too large: limit is {BODY_BYTES_MAX}");
            Err(ApiError::new(Reason::RequestEntityTooLarge, words))
        }
        Err(error) => Err(ApiError::bad_request(format!(
            "unable to read request body: {error}"
        ))),
    }
}

/// A body that [`read`] refuses for its size.
pub(crate) fn too_large() -> Bytes {
    vec![0; BODY_BYTES_MAX + 1].into()
}

/// Takes what follows, up to a bound, and keeps none of it: a client that writes all before it reads would never see the answer.
pub(crate) async fn drop_rest<B: http_body::Body<Data = Bytes> + Unpin>(body: &mut B) {
    let mut dropped_bytes = 0;
    while dropped_bytes < DROPPED_BYTES_MAX {
        match body.frame().await {
            Some(Ok(frame)) => dropped_bytes += frame.data_ref().map_or(0, Bytes::len),
            Some(Err(_)) | None => return,
        }
    }
}

/// The object of a body, in whichever encoding it came; strict errors are refused, warned of or ignored as asked.
pub(crate) fn object(
    cx: &RequestContext,
    headers: &HeaderMap,
    body: &Bytes,
    expected: Expected<'_>,
    validation: FieldValidation,
    decode: impl FnOnce(&[u8], Encoding, Strictness) -> Result<DecodedObject, DecodeFailure>,
) -> Result<Object, ApiError> {
    let media = negotiate::request_media(headers)?;
    json_or_protobuf(cx, media, body, expected, validation, decode)
}

/// The same for an encoding that is known.
pub(crate) fn json_or_protobuf(
    cx: &RequestContext,
    media: Media,
    body: &Bytes,
    expected: Expected<'_>,
    validation: FieldValidation,
    decode: impl FnOnce(&[u8], Encoding, Strictness) -> Result<DecodedObject, DecodeFailure>,
) -> Result<Object, ApiError> {
    let (bytes, encoding, mut strict) = prepare(media, body, expected)?;
    if expected.dynamic {
        check_dynamic(&bytes, encoding, body, expected, validation)?;
    } else {
        check_kind(&bytes, encoding, body, expected)?;
    }
    let strictness = if validation == FieldValidation::Ignore {
        Strictness::Lenient
    } else {
        Strictness::Strict
    };
    let decoded = decode(&bytes, encoding, strictness)
        .map_err(|error| cannot_be_handled(expected, &error.to_string()))?;
    strict.extend(decoded.strict);
    settle(cx, expected, validation, &strict)?;
    Ok(decoded.object)
}

/// Whether a document of the expected kind says no version.
pub(crate) fn is_unversioned(body: &[u8], expected: Expected<'_>) -> bool {
    codec::peek_type_meta(body).is_ok_and(|found| {
        let (group, version) = found
            .api_version
            .split_once('/')
            .unwrap_or(("", &found.api_version));
        let is_of_group = group.is_empty() || group == expected.group;
        let is_of_kind = found.kind.is_empty() || found.kind == expected.kind;
        version.is_empty() && is_of_group && is_of_kind && !expected.dynamic
    })
}

/// The object of a document that a patch took the version from. Upstream takes it for its own internal form, which has the fields of
/// metadata at the top, and no other field by these names.
pub(crate) fn unversioned(
    cx: &RequestContext,
    body: &[u8],
    expected: Expected<'_>,
    validation: FieldValidation,
    decode: impl FnOnce(&[u8], Encoding, Strictness) -> Result<DecodedObject, DecodeFailure>,
) -> Result<Object, ApiError> {
    let not_handled = |why: &str| cannot_be_handled(expected, why);
    let mut fields: Map<String, Value> =
        serde_json::from_slice(body).map_err(|error| not_handled(&error.to_string()))?;
    fields.retain(|name, _| name != "apiVersion" && name != "kind");
    let document = json!({"metadata": fields}).to_string();
    let decoded = decode(document.as_bytes(), Encoding::Json, Strictness::Strict)
        .map_err(|error| not_handled(&error.to_string()))?;
    let strict = decoded.strict.into_iter().map(|error| match error {
        StrictError::UnknownField(path) => {
            let name = path.strip_prefix("metadata.").unwrap_or(&path);
            StrictError::UnknownField(name.to_owned())
        }
        other => other,
    });
    settle(cx, expected, validation, &strict.collect::<Vec<_>>())?;
    Ok(decoded.object)
}

fn prepare(
    media: Media,
    body: &Bytes,
    expected: Expected<'_>,
) -> Result<(Bytes, Encoding, Vec<StrictError>), ApiError> {
    match media {
        Media::Json => Ok((body.clone(), Encoding::Json, Vec::new())),
        Media::Protobuf => Ok((body.clone(), Encoding::Protobuf, Vec::new())),
        Media::Yaml => {
            let text = codec::yaml::text(body)
                .map_err(|error| unrecognized(expected, of_yaml(&error.to_string()), body))?;
            let (json, strict) = codec::yaml::to_json(&text)
                .map_err(|error| unrecognized(expected, of_yaml(&error.to_string()), body))?;
            Ok((Bytes::from(json), Encoding::Json, strict))
        }
    }
}

fn check_kind(
    bytes: &[u8],
    encoding: Encoding,
    body: &[u8],
    expected: Expected<'_>,
) -> Result<(), ApiError> {
    let (api_version, kind) = match encoding {
        Encoding::Json => {
            let found = codec::peek_type_meta(bytes)
                .map_err(|error| unrecognized(expected, &without_type(&error.to_string()), body))?;
            (found.api_version, found.kind)
        }
        Encoding::Protobuf => type_in_protobuf(bytes, expected)?,
    };
    let named = Named::of(&api_version, &kind, expected);
    let named = named.map_err(|error| unrecognized(expected, &error, body))?;
    match named.known(expected) {
        Known::Expected => return Ok(()),
        Known::OtherVersion => return Err(other_version(&api_version, expected)),
        Known::OtherKind | Known::Not => {}
    }
    let (version, kind) = (named.version, named.kind);
    let why = if version.is_empty() {
        format!(
            "Object 'apiVersion' is missing in '{}'",
            String::from_utf8_lossy(bytes)
        )
    } else {
        let text = (encoding == Encoding::Json).then_some(bytes);
        named.unlike(expected, text, Strictness::Lenient)
    };
    let words = format!(
        "{kind} in version {} cannot be handled as a {}: {why}",
        go_quote(version),
        expected.kind
    );
    Err(ApiError::bad_request(words))
}

/// Why a document that admission has written is of another kind than it was before.
pub(crate) fn other_kind(
    document: &[u8],
    expected: Expected<'_>,
    strictness: Strictness,
) -> Option<String> {
    let found = match codec::peek_type_meta(document) {
        Ok(found) => found,
        Err(error) => return Some(without_type(&error.to_string())),
    };
    match Named::of(&found.api_version, &found.kind, expected) {
        Err(error) => Some(error),
        Ok(named) => match named.known(expected) {
            Known::Expected | Known::OtherVersion => None,
            Known::OtherKind | Known::Not => {
                Some(named.unlike(expected, Some(document), strictness))
            }
        },
    }
}

/// What a document says that it is.
struct Named<'a> {
    api_version: &'a str,
    group: &'a str,
    version: &'a str,
    kind: &'a str,
}

/// How that stands to what is expected.
enum Known {
    Expected,
    /// The expected kind, of a version that is another one.
    OtherVersion,
    OtherKind,
    Not,
}

impl<'a> Named<'a> {
    fn of(api_version: &'a str, kind: &'a str, expected: Expected<'a>) -> Result<Self, String> {
        let (group, version) = group_and_version(api_version, expected)
            .ok_or_else(|| format!("unexpected GroupVersion string: {api_version}"))?;
        let kind = if kind.is_empty() { expected.kind } else { kind };
        Ok(Self {
            api_version,
            group,
            version,
            kind,
        })
    }

    fn is_near(&self, expected: Expected<'_>) -> bool {
        scheme(self.group) == scheme(expected.group)
    }

    fn known(&self, expected: Expected<'_>) -> Known {
        let same_version = self.group == expected.group
            && (self.version == expected.version || expected.older.contains(&self.version));
        let same_kind = self.kind == expected.kind;
        if same_kind && same_version {
            return Known::Expected;
        }
        let known = schema::lookup(self.group, self.version, self.kind).is_some();
        match known && self.is_near(expected) {
            true if same_kind => Known::OtherVersion,
            true => Known::OtherKind,
            false => Known::Not,
        }
    }

    /// Why a document of another kind, read as that where it has a text, is none of the expected one.
    fn unlike(
        &self,
        expected: Expected<'_>,
        text: Option<&[u8]>,
        strictness: Strictness,
    ) -> String {
        let (api_version, kind) = (self.api_version, self.kind);
        let text = text.filter(|_| self.is_near(expected));
        if let Some(why) = text.and_then(|text| undecodable(api_version, kind, text, strictness)) {
            return why;
        }
        if matches!(self.known(expected), Known::OtherKind) {
            return format!(
                "converting ({}.{kind}) to ({}.{}): unknown conversion",
                self.version,
                internal_package(expected.group),
                expected.kind
            );
        }
        let named = if api_version.is_empty() {
            group_version(expected)
        } else {
            api_version.to_owned()
        };
        format!(
            "no kind {} is registered for version {} in scheme \"{}\"",
            go_quote(kind),
            go_quote(&named),
            scheme(expected.group)
        )
    }
}

/// The version and the kind that an envelope names. What is no version is passed over here.
fn type_in_protobuf(body: &[u8], expected: Expected<'_>) -> Result<(Str, Str), ApiError> {
    if body.is_empty() {
        return Err(unrecognized(expected, "empty data", body));
    }
    let found =
        Unknown::parse(body).map_err(|error| unrecognized(expected, &error.to_string(), body))?;
    let known = group_and_version(&found.api_version, expected).is_some();
    let api_version = Some(found.api_version).filter(|_| known);
    Ok((api_version.unwrap_or_default(), found.kind))
}

/// Where upstream keeps the types of a group, as its refusals name the place: extensions and aggregation are servers of their own there.
pub(crate) fn scheme(group: &str) -> &'static str {
    match group {
        "apiextensions.k8s.io" => "pkg/apiserver/apiserver.go:55",
        "apiregistration.k8s.io" => "pkg/apiserver/scheme/scheme.go:28",
        _ => "pkg/api/legacyscheme/scheme.go:30",
    }
}

/// Why a document is not even of the kind that it names: upstream reads it first, and converts it then.
fn undecodable(
    api_version: &str,
    kind: &str,
    bytes: &[u8],
    strictness: Strictness,
) -> Option<String> {
    let mut message = api::new_message(api_version, kind)?;
    match codec::decode_into(&mut *message, bytes, strictness) {
        Err(error) => Some(error.to_string()),
        Ok(strict) if strict.is_empty() => None,
        Ok(strict) => Some(strictly(&strict)),
    }
}

/// What a document says of its version, with what is expected where it says nothing. `None` for what is neither `VERSION` nor
/// `GROUP/VERSION`.
pub(crate) fn group_and_version<'a>(
    api_version: &'a str,
    expected: Expected<'a>,
) -> Option<(&'a str, &'a str)> {
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    match (group, version) {
        (_, version) if version.contains('/') => None,
        ("", "") => Some((expected.group, expected.version)),
        (group, "") if group == expected.group => Some((group, expected.version)),
        both => Some(both),
    }
}

/// A document without a struct says itself what it is. Another kind than expected is for validation to refuse.
fn check_dynamic(
    bytes: &[u8],
    encoding: Encoding,
    body: &[u8],
    expected: Expected<'_>,
    validation: FieldValidation,
) -> Result<(), ApiError> {
    if encoding == Encoding::Protobuf {
        let words = "object *unstructured.Unstructured does not implement the protobuf marshalling interface and cannot be encoded to a protobuf message";
        return Err(cannot_be_handled(expected, words));
    }
    let found = codec::peek_undeclared_type_meta(bytes)
        .map_err(|error| unrecognized(expected, &without_type(&error.to_string()), body))?;
    if found.kind.is_empty() {
        // Who wants nothing validated is answered by another reader of upstream's.
        let lenient = validation == FieldValidation::Ignore;
        let shown = match bytes {
            _ if body.is_empty() && !lenient => "".into(),
            bytes => String::from_utf8_lossy(bytes),
        };
        let words = format!("Object 'Kind' is missing in '{shown}'");
        return Err(if lenient {
            cannot_be_handled(expected, &words)
        } else {
            unrecognized(expected, &words, body)
        });
    }
    if *found.api_version == group_version(expected) {
        return Ok(());
    }
    Err(other_version(&found.api_version, expected))
}

fn other_version(found: &str, expected: Expected<'_>) -> ApiError {
    let wanted = group_version(expected);
    ApiError::bad_request(format!(
        "the API version in the data ({found}) does not match the expected API version ({wanted})"
    ))
}

/// What is wrong with YAML, without what upstream puts before it in patches alone.
pub(crate) fn of_yaml(why: &str) -> &str {
    why.strip_prefix("error converting YAML to JSON: ")
        .unwrap_or(why)
}

/// Upstream's words for a document whose type cannot be told.
pub(crate) fn without_type(why: &str) -> String {
    const LEAD: &str = "couldn't get version/kind; json parse error: ";
    if why.starts_with(LEAD) {
        why.to_owned()
    } else {
        format!("{LEAD}{why}")
    }
}

/// Upstream's internal Go package of a group, as its conversion errors name it.
pub(crate) fn internal_package(group: &str) -> &str {
    if group.is_empty() {
        "core"
    } else {
        group.split('.').next().unwrap_or(group)
    }
}

fn group_version(expected: Expected<'_>) -> String {
    if expected.group.is_empty() {
        expected.version.to_owned()
    } else {
        format!("{}/{}", expected.group, expected.version)
    }
}

fn settle(
    cx: &RequestContext,
    expected: Expected<'_>,
    validation: FieldValidation,
    strict: &[StrictError],
) -> Result<(), ApiError> {
    match validation {
        _ if strict.is_empty() => {}
        FieldValidation::Ignore => {}
        FieldValidation::Warn => strict
            .iter()
            .for_each(|error| warn_of(cx, &error.to_string())),
        FieldValidation::Strict => {
            return Err(cannot_be_handled(expected, &strictly(strict)));
        }
    }
    Ok(())
}

/// Warns of what strict validation complains of: of what a reader of YAML gathers, line by line.
pub(crate) fn warn_of(cx: &RequestContext, complaint: &str) {
    match complaint.strip_prefix("yaml: unmarshal errors:\n") {
        None => cx.warn(complaint),
        Some(lines) => lines.lines().for_each(|line| cx.warn(line.trim())),
    }
}

const NOT_HANDLED: &str = " cannot be handled as a ";
const UNRECOGNIZED: &str = "the object provided is unrecognized (must be of type ";

fn cannot_be_handled(expected: Expected<'_>, why: &str) -> ApiError {
    let Expected { version, kind, .. } = expected;
    ApiError::bad_request(format!(
        "{kind} in version {}{NOT_HANDLED}{kind}: {why}",
        go_quote(version)
    ))
}

/// Why a document is not the object that it is to be, from the error that says so.
pub(crate) fn why_not_handled(error: &ApiError) -> Option<&str> {
    if let Some(unrecognized) = error.message.strip_prefix(UNRECOGNIZED) {
        let (_, why) = unrecognized.split_once("): ")?;
        return Some(why.rsplit_once(" (")?.0);
    }
    let (_, kind_and_why) = error.message.split_once(NOT_HANDLED)?;
    Some(kind_and_why.split_once(": ")?.1)
}

fn unrecognized(expected: Expected<'_>, why: &str, body: &[u8]) -> ApiError {
    let words = format!(
        "{UNRECOGNIZED}{}): {why} ({})",
        expected.kind,
        summary(body)
    );
    ApiError::bad_request(words)
}

/// The start of a body, as upstream shows it.
fn summary(body: &[u8]) -> String {
    const SHOWN_BYTES: usize = 30;
    let shown = &body[..body.len().min(SHOWN_BYTES)];
    let dots = if body.len() > SHOWN_BYTES { " ..." } else { "" };
    match body.first() {
        None => "<empty>".to_owned(),
        Some(b'{') => format!("{}{dots}", String::from_utf8_lossy(shown)),
        Some(_) => format!(
            "{}{dots}",
            shown
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
        ),
    }
}

/// What a strict reader says.
pub(crate) fn strictly(errors: &[StrictError]) -> String {
    let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
    format!("strict decoding error: {}", all.join(", "))
}
