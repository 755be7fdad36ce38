//! What a webhook answers: an `AdmissionReview` with a response.
use super::hook::ReviewVersion;
use crate::{
    decode::without_type,
    webhook_client::{check_review, untyped},
};
use meta::{ApiError, Reason, Status, codec, go_quote};
use serde_json::Value;

/// Of which sort a webhook is: what its answer may say differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::admission) enum Sort {
    Mutating,
    Validating,
}

impl Sort {
    /// As metrics call it.
    pub(in crate::admission) fn step(self) -> &'static str {
        match self {
            Self::Mutating => "admit",
            Self::Validating => "validating",
        }
    }
}

impl Sort {
    /// As metrics call it where conditions leave a request out.
    pub(super) fn exclusion_step(self) -> &'static str {
        match self {
            Self::Mutating => "admit",
            Self::Validating => "validate",
        }
    }
}

/// A response that can be used.
#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) allowed: bool,
    /// Why not.
    pub(super) result: Option<Status>,
    /// A JSON patch; empty for none.
    pub(super) patch: Vec<u8>,
    pub(super) patch_type: String,
    pub(super) annotations: Vec<(String, String)>,
    pub(super) warnings: Vec<String>,
}

const GROUP: &str = "admission.k8s.io";
const KIND: &str = "AdmissionReview";

impl ReviewVersion {
    fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V1Beta1 => "v1beta1",
        }
    }

    pub(super) fn api_version(self) -> String {
        format!("{GROUP}/{}", self.name())
    }
}

/// Reads an answer.
///
/// # Errors
/// In upstream's words, why it is none to the request with this `uid`.
pub(super) fn read(
    body: &[u8],
    version: ReviewVersion,
    sort: Sort,
    uid: &str,
) -> Result<Verdict, Unusable> {
    let type_ = (GROUP, version.name(), KIND);
    let undecodable = |error: &dyn std::fmt::Display| Unusable::Undecodable(error.to_string());
    let found = codec::peek_type_meta(body)
        .map_err(|error| Unusable::Undecodable(without_type(&error.to_string())))?;
    check_review(&found, type_).map_err(Unusable::Undecodable)?;
    let review: Value = serde_json::from_slice(body).map_err(|error| undecodable(&error))?;
    let response = &review["response"];
    if !response.is_object() {
        return Err(invalid("webhook response was absent"));
    }
    if version == ReviewVersion::V1 {
        let given = response["uid"].as_str().unwrap_or_default();
        if given != uid {
            let (uid, given) = (go_quote(uid), go_quote(given));
            return Err(invalid(format!("expected response.uid={uid}, got {given}")));
        }
        if let Some(words) = untyped(&found, type_) {
            return Err(invalid(words));
        }
    }
    let (patch, patch_type) = patch(response, version, sort)?;
    let texts = |field: &str| response[field].as_array().into_iter().flatten();
    let annotations = response["auditAnnotations"]
        .as_object()
        .into_iter()
        .flatten();
    Ok(Verdict {
        allowed: response["allowed"].as_bool().unwrap_or(false),
        result: result(&response["status"])?,
        patch,
        patch_type,
        annotations: annotations
            .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
            .collect(),
        warnings: texts("warnings")
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    })
}

/// Why an answer cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// It is no document of the kind.
    Undecodable(String),
    Invalid(String),
}

fn invalid(words: impl Into<String>) -> Unusable {
    Unusable::Invalid(words.into())
}

fn result(status: &Value) -> Result<Option<Status>, Unusable> {
    if status.is_null() {
        return Ok(None);
    }
    let decoded = codec::from_value::<Status>(status);
    let decoded = decoded.map_err(|error| Unusable::Undecodable(error.to_string()))?;
    Ok(Some(decoded.object))
}

/// Bytes and type of the patch, if there may be one.
fn patch(
    response: &Value,
    version: ReviewVersion,
    sort: Sort,
) -> Result<(Vec<u8>, String), Unusable> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let given = response["patch"].as_str().unwrap_or_default();
    let patch = STANDARD
        .decode(given)
        .map_err(|error| Unusable::Undecodable(error.to_string()))?;
    let patch_type = response["patchType"].as_str();
    match (version, sort) {
        (ReviewVersion::V1Beta1, Sort::Validating) => Ok((Vec::new(), String::new())),
        (ReviewVersion::V1Beta1, Sort::Mutating) => Ok((patch, "JSONPatch".to_owned())),
        (ReviewVersion::V1, Sort::Validating) if !patch.is_empty() => {
            Err(invalid("validating webhook may not return response.patch"))
        }
        (ReviewVersion::V1, Sort::Validating) if patch_type.is_some() => Err(invalid(
            "validating webhook may not return response.patchType",
        )),
        (ReviewVersion::V1, Sort::Validating) => Ok((Vec::new(), String::new())),
        (ReviewVersion::V1, Sort::Mutating) => match (patch.is_empty(), patch_type) {
            (false, None) => Err(invalid(
                "webhook returned response.patch but not response.patchType",
            )),
            (true, Some(_)) => Err(invalid(
                "webhook returned response.patchType but not response.patch",
            )),
            (false, Some("")) => Err(invalid(
                "webhook returned invalid response.patchType of \"\"",
            )),
            (_, patch_type) => Ok((patch, patch_type.unwrap_or_default().to_owned())),
        },
    }
}

/// The refusal of a webhook of this name. A code below 400 is none.
pub(super) fn denial(webhook: &str, result: Option<Status>) -> ApiError {
    const CODE_MIN: u16 = 400;
    let by = format!("admission webhook {} denied the request", go_quote(webhook));
    let result = result.unwrap_or_default();
    let message = match (&*result.message, &*result.reason) {
        ("", "") => format!("{by} without explanation"),
        ("", reason) => format!("{by}: {reason}"),
        (message, _) => format!("{by}: {message}"),
    };
    let code = u16::try_from(result.code).unwrap_or(CODE_MIN);
    ApiError {
        reason: Reason::parse(&result.reason),
        code: code.max(CODE_MIN),
        message,
        details: result.details,
    }
}

#[cfg(test)]
mod tests;
