//! Names of pools, attributes and allocations.

use crate::{core::csi, rules};
use meta::{FieldErrors, FieldPath, validation};

const POOL_BYTES_MAX: usize = 253;
const ID_BYTES_MAX: usize = 32;
const DOMAIN_BYTES_MAX: usize = 63;
const KEY_SHOWN_BYTES_MAX: usize = DOMAIN_BYTES_MAX + 1 + ID_BYTES_MAX;

/// Subdomains with slashes between them.
pub(super) fn check_pool(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    if name.is_empty() {
        return errors.required(path, "");
    }
    if name.len() > POOL_BYTES_MAX {
        errors.too_long(path, POOL_BYTES_MAX);
    }
    for part in name.split('/') {
        rules::subdomain(errors, path, part);
    }
}

/// An identifier, with or without the domain of whoever defines it.
pub(super) fn check_qualified(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    let parts: Vec<&str> = name.split('/').collect();
    match parts[..] {
        [id] => check_id(errors, path, id),
        [domain, id] => {
            if domain.is_empty() {
                errors.invalid(path, "", "the domain must not be empty");
            } else {
                csi::check_driver_name(errors, path, domain);
            }
            if id.is_empty() {
                errors.invalid(path, "", "the name must not be empty");
            } else {
                check_id(errors, path, id);
            }
        }
        _ => {}
    }
}

/// The same with a domain.
pub(super) fn check_fully_qualified(errors: &mut FieldErrors, path: &FieldPath, name: &str) {
    check_qualified(errors, path, name);
    if !name.contains('/') {
        let words = "a fully qualified name must be a domain and a name separated by a slash";
        errors.invalid(path, name, words);
    }
}

fn check_id(errors: &mut FieldErrors, path: &FieldPath, id: &str) {
    if id.len() > ID_BYTES_MAX {
        errors.too_long(path, ID_BYTES_MAX);
    }
    rules::each(errors, path, id, validation::c_identifier(id));
}

/// The path of an entry, with the middle of a long key cut out.
pub(super) fn entry(path: &FieldPath, key: &str) -> FieldPath {
    const ELLIPSIS: &str = "...";
    if key.len() <= KEY_SHOWN_BYTES_MAX || !key.is_ascii() {
        return path.key(key);
    }
    let left = KEY_SHOWN_BYTES_MAX - ELLIPSIS.len();
    let (front, back) = (left.div_ceil(2), left / 2);
    path.key(&format!(
        "{}{ELLIPSIS}{}",
        &key[..front],
        &key[key.len() - back..]
    ))
}

/// A UUID in lower case and with its four dashes.
pub(super) fn check_uid(errors: &mut FieldErrors, path: &FieldPath, uid: &str) {
    const NORMAL: &str = "uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase hexadecimal characters";
    let bare = match uid.len() {
        45 => uid.strip_prefix("urn:uuid:"),
        38 => uid
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}')),
        36 => Some(uid),
        32 => {
            let good = uid.bytes().all(|byte| byte.is_ascii_hexdigit());
            let words = if good {
                NORMAL
            } else {
                "error validating uid: invalid UUID format"
            };
            return errors.invalid(path, uid, words);
        }
        length => {
            let words = format!("error validating uid: invalid UUID length: {length}");
            return errors.invalid(path, uid, words);
        }
    };
    let good = bare.is_some_and(|bare| {
        let dashes = [8, 13, 18, 23];
        let fits = |(index, byte): (usize, u8)| match dashes.contains(&index) {
            true => byte == b'-',
            false => byte.is_ascii_hexdigit(),
        };
        bare.bytes().enumerate().all(fits)
    });
    if !good {
        errors.invalid(path, uid, "error validating uid: invalid UUID format");
    } else if uid.len() != 36 || uid != uid.to_ascii_lowercase() {
        errors.invalid(path, uid, NORMAL);
    }
}
