//! YAML into JSON bytes, as `sigs.k8s.io/yaml` does it.

use super::decode::{DecodeError, StrictError};

/// The JSON of a YAML document, and its duplicate keys.
///
/// # Errors
/// When the text is not YAML.
pub fn to_json(text: &str) -> Result<(Vec<u8>, Vec<StrictError>), DecodeError> {
    let value: serde_json::Value =
        serde_saphyr::from_str(text).map_err(|error| DecodeError::Syntax {
            message: format!("error converting YAML to JSON: {error}"),
        })?;
    Ok((value.to_string().into_bytes(), Vec::new()))
}
