//! Secret: confidential data for pods, in files or variables; some types promise certain keys.

mod key_pair;
#[cfg(test)]
mod tests;

use super::config_map::{DATA_BYTES_MAX, check_key};
use api::core::v1::{Secret, SecretType};
use meta::{FieldErrors, FieldPath, Str, codec::json};
use resource::{Column, MetadataCheck, RequestContext, Strategy};
use serde_json::Value;

pub(crate) struct Secrets;

const SERVICE_ACCOUNT_NAME: &str = "kubernetes.io/service-account.name";

impl Strategy for Secrets {
    type Object = Secret;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Changes, MetadataCheck::Whole];
    const FIELD_LABELS: &'static [&'static str] = &["type"];
    const COLUMNS: &'static [Column<Secret>] = &[
        Column::NAME,
        Column::text(
            "Type",
            "Used to facilitate programmatic handling of secret data.",
            |secret, _| secret.type_.as_str().into(),
        ),
        Column::text(
            "Data",
            "Data contains the secret data, by key.",
            |secret, _| secret.data.len().into(),
        ),
        Column::AGE,
    ];

    fn set_defaults(&self, secret: &mut Secret) {
        if secret.type_.is_empty() {
            secret.type_ = SecretType::OPAQUE.into();
        }
        for (key, value) in std::mem::take(&mut secret.string_data).iter() {
            secret
                .data
                .insert(key.clone(), value.as_bytes().to_vec().into());
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, secret: &Secret) {
        let data = FieldPath::new("data");
        let mut bytes = 0;
        for (key, value) in secret.data.iter() {
            check_key(errors, &data.key(key), key);
            bytes += value.len();
        }
        if bytes > DATA_BYTES_MAX {
            errors.too_long(&data, DATA_BYTES_MAX);
        }
        check_type(errors, &data, secret);
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Secret,
        old: &Secret,
    ) {
        if new.type_ != old.type_ {
            errors.immutable(&FieldPath::new("type"), &new.type_);
        }
        if old.immutable == Some(true) {
            let frozen = "field is immutable when `immutable` is set";
            if new.immutable != Some(true) {
                errors.forbidden(&FieldPath::new("immutable"), frozen);
            }
            if new.data != old.data {
                errors.forbidden(&FieldPath::new("data"), frozen);
            }
        }
        self.validate(cx, errors, new);
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut Secret, old: &Secret) {
        // A client that sends no type means the one that is there.
        if new.type_.is_empty() {
            new.type_ = old.type_.clone();
        }
    }

    fn warnings_on_create(&self, _cx: &RequestContext, secret: &Secret) -> Vec<String> {
        let pair = secret.type_ == SecretType::KUBERNETES_IO_TLS;
        let problem = pair.then(|| key_pair::problem(secret)).flatten();
        problem.into_iter().collect()
    }

    fn selectable_field(&self, secret: &Secret, _label: &str) -> Str {
        secret.type_.clone()
    }
}

fn check_type(errors: &mut FieldErrors, data: &FieldPath, secret: &Secret) {
    let mut need = |key: &str| {
        if !secret.data.contains_key(key) {
            errors.required(&data.key(key), "");
        }
    };
    match secret.type_.as_str() {
        SecretType::KUBERNETES_IO_SERVICE_ACCOUNT_TOKEN => {
            let annotations = &secret.metadata.annotations;
            if annotations
                .get(SERVICE_ACCOUNT_NAME)
                .is_none_or(|name| name.is_empty())
            {
                let path = FieldPath::new("metadata").child("annotations");
                errors.required(&path.key(SERVICE_ACCOUNT_NAME), "");
            }
        }
        SecretType::KUBERNETES_IO_DOCKERCFG => check_json(errors, data, secret, ".dockercfg"),
        SecretType::KUBERNETES_IO_DOCKERCONFIGJSON => {
            check_json(errors, data, secret, ".dockerconfigjson");
        }
        SecretType::KUBERNETES_IO_BASIC_AUTH if !secret.data.contains_key("password") => {
            need("username");
            if !secret.data.contains_key("username") {
                need("password");
            }
        }
        SecretType::KUBERNETES_IO_SSH_AUTH => {
            let key = "ssh-privatekey";
            if secret.data.get(key).is_none_or(|key| key.is_empty()) {
                errors.required(&data.key(key), "");
            }
        }
        SecretType::KUBERNETES_IO_TLS => {
            need("tls.crt");
            need("tls.key");
        }
        _ => {}
    }
}

fn check_json(errors: &mut FieldErrors, data: &FieldPath, secret: &Secret, key: &str) {
    let path = data.key(key);
    match secret.data.get(key) {
        None => errors.required(&path, ""),
        Some(value) => {
            if let Some(words) = not_a_map(value) {
                errors.invalid(&path, "<secret contents redacted>", words);
            }
        }
    }
}

/// What Go says where it wants an object: nothing of `null`, which is an empty one.
fn not_a_map(text: &[u8]) -> Option<String> {
    let kind = match serde_json::from_slice::<Value>(text) {
        Err(_) => return Some(json::syntax_error(text)),
        Ok(Value::Object(_) | Value::Null) => return None,
        Ok(Value::Array(_)) => "array",
        Ok(Value::String(_)) => "string",
        Ok(Value::Number(_)) => "number",
        Ok(Value::Bool(_)) => "bool",
    };
    Some(format!(
        "json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}"
    ))
}
