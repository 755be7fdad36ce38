//! ConversionReview: what a webhook is asked, and what its answer must be. Upstream: apiextensions-apiserver's
//! `pkg/apiserver/conversion/webhook_converter.go`. Both versions of the kind have the same fields.
use crate::{
    decode::without_type,
    webhook_client::{check_review, untyped},
};
use api::apiextensions::v1::{ConversionRequest, ConversionResponse, ConversionReview};
use meta::{
    Dynamic, RawJson, Slice, Str,
    codec::{self, Strictness},
    go_quote,
};
use serde_json::json;

const GROUP: &str = "apiextensions.k8s.io";
const KIND: &str = "ConversionReview";

/// In which version of ConversionReview a webhook is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReviewVersion {
    V1,
    V1beta1,
}

impl ReviewVersion {
    /// The first that this server knows of those that the webhook understands.
    pub(super) fn first_of(versions: &[Str]) -> Option<Self> {
        versions.iter().find_map(|version| match &**version {
            "v1" => Some(Self::V1),
            "v1beta1" => Some(Self::V1beta1),
            _ => None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V1beta1 => "v1beta1",
        }
    }
}

/// Why an answer has no objects.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no review at all.
    Undecodable(String),
    /// It is one that does not belong to the question, or says no.
    Malformed(String),
}

/// The question as JSON. Resource versions are left out: a stored object has none.
pub(super) fn question(
    version: ReviewVersion,
    uid: &str,
    desired_api_version: &str,
    objects: &[Dynamic],
) -> Vec<u8> {
    let objects = objects.iter().map(|object| {
        let mut object = object.clone();
        object.metadata.resource_version = Str::default();
        RawJson::from_json(codec::to_json(&object))
    });
    let request = ConversionRequest {
        uid: uid.into(),
        desired_api_version: desired_api_version.into(),
        objects: objects.collect(),
    };
    let review = json!({
        "kind": KIND,
        "apiVersion": format!("{GROUP}/{}", version.name()),
        "request": codec::value_to_tree(&request),
        "response": codec::value_to_tree(&ConversionResponse::default()),
    });
    review.to_string().into_bytes()
}

/// The objects of an answer to the question with this UID.
pub(super) fn answer(
    version: ReviewVersion,
    uid: &str,
    body: &[u8],
) -> Result<Slice<RawJson>, Refusal> {
    let found = codec::peek_type_meta(body)
        .map_err(|error| Refusal::Undecodable(without_type(&error.to_string())))?;
    check_review(&found, (GROUP, version.name(), KIND)).map_err(Refusal::Undecodable)?;
    let review = codec::from_json::<ConversionReview>(body, Strictness::Lenient)
        .map_err(|error| Refusal::Undecodable(error.to_string()))?;
    let malformed = |words: String| Err(Refusal::Malformed(words));
    if version == ReviewVersion::V1
        && let Some(words) = untyped(&found, (GROUP, version.name(), KIND))
    {
        return malformed(words);
    }
    let Some(response) = review.object.response else {
        return malformed("no response provided".to_owned());
    };
    // Upstream trusts the old version without looking at its UID.
    if version == ReviewVersion::V1 && response.uid != uid {
        let (wanted, got) = (go_quote(uid), go_quote(&response.uid));
        return malformed(format!("expected response.uid={wanted}, got {got}"));
    }
    let result = &response.result;
    if result.status == "Success" {
        return Ok(response.converted_objects);
    }
    malformed(if result.message.is_empty() {
        let status = &result.status;
        format!("response.result.status was '{status}', not 'Success'")
    } else {
        result.message.to_string()
    })
}

#[cfg(test)]
mod tests;
