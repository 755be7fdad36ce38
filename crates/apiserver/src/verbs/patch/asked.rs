//! A patch as it was sent: reading it, laying it over an object, and what is said of one that cannot be.
use crate::{
    decode::{self, Expected},
    negotiate::Media,
    options::FieldValidation,
};
use bytes::Bytes;
use meta::{
    ApiError, Dynamic, FieldErrors, FieldPath, Reason, StatusCause, StatusDetails,
    codec::{self, StrictError, Strictness},
};
use patch::{JsonPatch, Node, PatchError, merge_patch, strategic};
use resource::{DecodeFailure, DecodedObject, Encoding, Object, RequestContext};
use serde_json::{Map, Value};

const STRICT: &str = "strict decoding error: ";

/// A patch that has been read once and is applied to as many versions of the object as it takes.
pub(crate) enum Change {
    Json(JsonPatch),
    Merge(Value),
    Strategic(Value),
    Apply(Value),
}

/// A patch, and what strict field validation complains of in it.
pub(crate) struct Asked {
    pub(crate) change: Change,
    complaints: Vec<String>,
    validation: FieldValidation,
}

impl Asked {
    /// Reads a patch of one of the media types that are patches.
    ///
    /// # Errors
    /// 400 for what is none; 413 for too many operations.
    pub(crate) fn read(
        media: &str,
        body: &Bytes,
        validation: FieldValidation,
    ) -> Result<Self, ApiError> {
        let said = |error: &PatchError| unreadable(error, media, validation);
        let (change, complaints) = match media {
            "application/json-patch+json" => {
                let (patch, strict) = JsonPatch::decode(body).map_err(|error| said(&error))?;
                (Change::Json(patch), strict)
            }
            "application/merge-patch+json" => {
                let (patch, strict) = merge_patch::decode(body).map_err(|error| said(&error))?;
                (Change::Merge(patch), strict)
            }
            "application/strategic-merge-patch+json" => {
                let (patch, strict) = strategic::decode(body).map_err(|error| said(&error))?;
                (Change::Strategic(patch), strict)
            }
            _ => {
                let (applied, strict) = read_applied(body)?;
                let strict = strict.iter().map(ToString::to_string).collect();
                (Change::Apply(applied), strict)
            }
        };
        Ok(Self {
            change,
            complaints,
            validation,
        })
    }

    /// The patched document as an object. Unknown fields are those that the patch brought.
    ///
    /// # Errors
    /// What does not make an object of it, for [`Self::settled`] to tell.
    pub(crate) fn decoded(
        &self,
        cx: &RequestContext,
        patched: &Bytes,
        expected: Expected<'_>,
        decode: impl FnOnce(&[u8], Encoding, Strictness) -> Result<DecodedObject, DecodeFailure>,
    ) -> Result<Object, ApiError> {
        let validation = match &self.change {
            // What no type knows was refused before; what is pruned is not told of.
            Change::Apply(_) => FieldValidation::Ignore,
            Change::Json(_) | Change::Merge(_) | Change::Strategic(_) => self.validation,
        };
        if self.may_take_version() && decode::is_unversioned(patched, expected) {
            return decode::unversioned(cx, patched, expected, validation, decode);
        }
        decode::json_or_protobuf(cx, Media::Json, patched, expected, validation, decode)
    }

    /// Whether the version that an object has may be gone when this is applied. Few patches say anything of it, and only these are worth a look
    /// at the whole result. Upstream converts what comes of the others as what it was.
    fn may_take_version(&self) -> bool {
        match &self.change {
            Change::Merge(Value::Object(members)) => members
                .keys()
                .any(|name| name.eq_ignore_ascii_case("apiVersion")),
            Change::Json(_) | Change::Merge(_) => true,
            Change::Strategic(_) | Change::Apply(_) => false,
        }
    }

    /// What comes of a patch must be such an object, and what strict validation complains of in the patch counts with what it complains
    /// of in the result. Upstream shows the result, of a strategic patch the patch, and names no kind.
    ///
    /// # Errors
    /// 422 for what is none; 400 for a configuration that repeats itself.
    pub(crate) fn settled(
        &self,
        cx: &RequestContext,
        node: Node<'_>,
        patched: &Bytes,
        decoded: Result<Object, ApiError>,
    ) -> Result<Object, ApiError> {
        if self.validation == FieldValidation::Warn && decoded.is_ok() {
            // Upstream reads the patch before what comes of it.
            let of_result = cx.warnings.take();
            for complaint in &self.complaints {
                decode::warn_of(cx, complaint);
            }
            of_result.into_iter().for_each(|warning| cx.warn(warning));
        }
        let complaints = match self.validation {
            FieldValidation::Strict => self.complaints.join(", "),
            _ => String::new(),
        };
        let shown = match &self.change {
            Change::Apply(applied) if complaints.is_empty() => {
                return decoded.map_err(|error| {
                    let mismatch = self.mismatch(node, patched);
                    not_converted(error, applied, mismatch)
                });
            }
            Change::Apply(_) => {
                return decoded.and(Err(ApiError::bad_request(format!(
                    "error strict decoding YAML: error converting YAML to JSON: {complaints}"
                ))));
            }
            Change::Json(_) | Change::Merge(_) => String::from_utf8_lossy(patched).into_owned(),
            Change::Strategic(patch) => patch::go_text(patch),
        };
        let why = match &decoded {
            Ok(_) if complaints.is_empty() => return decoded,
            Ok(_) => format!("{STRICT}{complaints}"),
            Err(error) => match decode::why_not_handled(error) {
                None => return decoded,
                Some(why) => match why.strip_prefix(STRICT) {
                    None => self
                        .mismatch(node, patched)
                        .unwrap_or_else(|| match &self.change {
                            Change::Strategic(_) => converting(why),
                            _ => why.to_owned(),
                        }),
                    Some(more) if complaints.is_empty() => format!("{STRICT}{more}"),
                    Some(more) => format!("{STRICT}{complaints}, {more}"),
                },
            },
        };
        let mut errors = FieldErrors::new();
        errors.invalid(&FieldPath::new("patch"), shown, why);
        Err(ApiError::invalid("", "", "", &errors))
    }

    /// Nulls of an applied document without a struct stand until it is validated: only those who send a whole one have them dropped.
    pub(crate) fn keep_nulls(&self, object: &mut Object, applied: &Bytes) {
        let Change::Apply(_) = self.change else {
            return;
        };
        let Some(document) = (**object).as_any_mut().downcast_mut::<Dynamic>() else {
            return;
        };
        let applied: Value = serde_json::from_slice(applied).unwrap_or_default();
        put_nulls(&mut document.content, &applied);
    }

    /// Upstream converts what comes of a strategic patch or an apply, and has other words there for values of the wrong type.
    fn mismatch(&self, node: Node<'_>, patched: &Bytes) -> Option<String> {
        let (Change::Strategic(_) | Change::Apply(_)) = self.change else {
            return None;
        };
        let patched = serde_json::from_slice(patched).ok()?;
        strategic::mismatch(node, &patched)
    }
}

/// What a strategic merge patch makes of an object of a kind, as text.
///
/// # Errors
/// As upstream answers what cannot be done.
pub(crate) fn laid_over(
    node: Node<'_>,
    current: Value,
    patch: &Value,
) -> Result<Vec<u8>, ApiError> {
    let kind = ["apiVersion", "kind"].map(|name| (name, current[name].clone()));
    let patched = strategic::apply(node, current, patch.clone());
    let mut patched = patched.map_err(|error| patch_error(&error))?;
    // What an object is stands in the path: upstream does not look into the patch for it, other than for texts.
    for (name, value) in kind {
        if matches!(patched[name], Value::String(_) | Value::Null) {
            patched[name] = value;
        }
    }
    Ok(converted(node, patched))
}

/// What upstream converts, as text.
pub(crate) fn converted(node: Node<'_>, mut value: Value) -> Vec<u8> {
    strategic::narrow(node, &mut value);
    value.to_string().into_bytes()
}

/// Puts back the nulls that reading has dropped.
fn put_nulls(content: &mut Map<String, Value>, applied: &Value) {
    for (name, value) in applied.as_object().into_iter().flatten() {
        match (content.get_mut(name), value) {
            (None, Value::Null) => drop(content.insert(name.clone(), Value::Null)),
            (Some(present), value) => put_nulls_below(present, value),
            (None, _) => {}
        }
    }
}

fn put_nulls_below(present: &mut Value, applied: &Value) {
    match (present, applied) {
        (Value::Object(present), applied) => put_nulls(present, applied),
        (Value::Array(present), Value::Array(applied)) => {
            let pairs = present.iter_mut().zip(applied);
            pairs.for_each(|(present, applied)| put_nulls_below(present, applied));
        }
        _ => {}
    }
}

/// A value that the struct of its kind cannot hold. Upstream finds it after the apply is done, and takes it for its own failure.
fn not_converted(error: ApiError, applied: &Value, mismatch: Option<String>) -> ApiError {
    let Some(why) = decode::why_not_handled(&error).filter(|why| !why.starts_with(STRICT)) else {
        return error;
    };
    let why = mismatch.unwrap_or_else(|| converting(why));
    let text = |pointer| {
        let value = applied.pointer(pointer).and_then(Value::as_str);
        value.unwrap_or_default()
    };
    let (namespace, name) = (text("/metadata/namespace"), text("/metadata/name"));
    let version = text("/apiVersion");
    let group = if version.contains('/') { "" } else { "/" };
    let kind = format!("{group}{version}, Kind={}", text("/kind"));
    let message = format!(
        "failed to convert new object ({namespace}/{name}; {kind}) to proper version: unable to convert unstructured object to {kind}: {why}"
    );
    ApiError {
        code: 500,
        ..ApiError::new(Reason::Unknown, message)
    }
}

/// Upstream's converter of documents names itself where bytes are no base64.
fn converting(why: &str) -> String {
    let from = if why.starts_with("illegal base64") {
        "error decoding from json: "
    } else {
        ""
    };
    format!("{from}{why}")
}

fn read_applied(body: &[u8]) -> Result<(Value, Vec<StrictError>), ApiError> {
    let bad =
        |why: &dyn std::fmt::Display| ApiError::bad_request(format!("error decoding YAML: {why}"));
    let text = codec::yaml::text(body).map_err(|error| bad(&error))?;
    let (json, strict) = codec::yaml::to_json(&text).map_err(|error| bad(&error))?;
    let applied = match serde_json::from_slice(&json).map_err(|error| bad(&error))? {
        Value::Null => Value::Object(Map::new()),
        applied @ Value::Object(_) => applied,
        other => {
            let kind = match other {
                Value::Array(_) => "array",
                Value::String(_) => "string",
                Value::Number(_) => "number",
                _ => "bool",
            };
            return Err(bad(&format!(
                "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}"
            )));
        }
    };
    Ok((applied, strict))
}

/// Who does not want fields validated gets other words: another decoder meets the patch first.
fn unreadable(error: &PatchError, media: &str, validation: FieldValidation) -> ApiError {
    let lenient = validation == FieldValidation::Ignore;
    match (error, media) {
        (PatchError::Malformed(why), "application/strategic-merge-patch+json") => {
            ApiError::bad_request(why.to_string())
        }
        (PatchError::Malformed(_) | PatchError::Shape(_), "application/merge-patch+json")
            if lenient =>
        {
            ApiError::bad_request("Invalid JSON Patch")
        }
        (PatchError::Malformed(why), _) if lenient => ApiError::bad_request(why.to_string()),
        (PatchError::Shape(why), "application/json-patch+json") if lenient => {
            let why = why.trim_start_matches("error decoding patch: ");
            let why = why.replace("[]handlers.jsonPatchOp", "jsonpatch.Patch");
            ApiError::bad_request(why.replace("handlers.jsonPatchOp", "jsonpatch.Operation"))
        }
        (PatchError::Malformed(why), _) => {
            ApiError::bad_request(format!("error decoding patch: {why}"))
        }
        _ => patch_error(error),
    }
}

pub(crate) fn patch_error(error: &PatchError) -> ApiError {
    let (code, reason, message) = error.status();
    let mut answer = ApiError {
        code,
        ..ApiError::new(Reason::parse(reason), message)
    };
    if reason == "Invalid" {
        answer.details = Some(Box::default());
    }
    answer
}

/// The answer to an apply that was refused.
pub(crate) fn apply_error(error: &patch::ApplyError) -> ApiError {
    let (code, reason, message) = error.status();
    let causes = error.causes().into_iter().map(|cause| StatusCause {
        reason: cause.reason.to_owned().into(),
        message: cause.message.into(),
        field: cause.field.into(),
    });
    let details = StatusDetails {
        causes: causes.collect(),
        ..StatusDetails::default()
    };
    let details = (!details.causes.is_empty()).then(|| Box::new(details));
    ApiError {
        code,
        details,
        ..ApiError::new(Reason::parse(reason), message)
    }
}
