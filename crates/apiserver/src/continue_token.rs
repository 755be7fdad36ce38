//! The opaque token that continues a list: upstream's own form, so that a client cannot tell the difference.
use base64::{
    Engine, alphabet,
    engine::general_purpose::{GeneralPurpose, NO_PAD},
};
use meta::{ApiError, Reason, codec};
use serde_json::Value;

/// Go's decoder does not look at the bits that are left over.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    NO_PAD.with_decode_allow_trailing_bits(true),
);
const VERSION: &str = "meta.k8s.io/v1";

/// Where a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// -1 for "whatever is current": the client has accepted an inconsistent list.
    pub(crate) revision: i64,
    /// `/` and the key after which the list goes on, relative to what is listed.
    pub(crate) start: String,
}

pub(crate) fn encode(token: &Token) -> String {
    let start = Value::from(token.start.as_str());
    BASE64.encode(format!(
        "{{\"v\":\"{VERSION}\",\"rv\":{},\"start\":{start}}}",
        token.revision
    ))
}

/// # Errors
/// 400 with upstream's words.
pub(crate) fn decode(text: &str) -> Result<Token, ApiError> {
    let invalid = |why: &str| {
        ApiError::bad_request(format!(
            "invalid continue token: continue key is not valid: {why}"
        ))
    };
    let bytes = decode_base64(text).map_err(|why| invalid(&why))?;
    let not_json = |_| invalid(&codec::json::syntax_error(&bytes));
    let value: Value = serde_json::from_slice(&bytes).map_err(not_json)?;
    if value["v"].as_str() != Some(VERSION) {
        let version = value["v"].as_str().unwrap_or("");
        return Err(invalid(&format!(
            "server does not recognize this encoded version {version}"
        )));
    }
    let revision = value["rv"].as_i64().filter(|revision| *revision != 0);
    let revision = revision.ok_or_else(|| {
        invalid("incorrect encoded start resourceVersion (version meta.k8s.io/v1)")
    })?;
    let start = value["start"].as_str().filter(|start| !start.is_empty());
    let start = start.ok_or_else(|| invalid("encoded start key empty (version meta.k8s.io/v1)"))?;
    let key = start.strip_prefix('/').unwrap_or(start);
    if key.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(invalid(start));
    }
    Ok(Token {
        revision,
        start: format!("/{key}"),
    })
}

/// In the words of Go's decoder, which passes over line breaks and knows no padding here.
fn decode_base64(text: &str) -> Result<Vec<u8>, String> {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_break = |byte: u8| matches!(byte, b'\r' | b'\n');
    let illegal = |at: usize| format!("illegal base64 data at input byte {at}");
    let wrong = |byte: u8| !is_known(byte) && !is_break(byte);
    if let Some(at) = text.bytes().position(wrong) {
        return Err(illegal(at));
    }
    let kept: Vec<u8> = text.bytes().filter(|byte| is_known(*byte)).collect();
    // A character by itself is what is left to be wrong.
    BASE64
        .decode(kept)
        .map_err(|_| illegal(text.len().saturating_sub(1)))
}

/// 410: the revision is compacted; the answer brings a token that goes on without consistency.
pub(crate) fn expired() -> ApiError {
    let words = "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";
    ApiError::new(Reason::Expired, words)
}

#[cfg(test)]
mod tests;
