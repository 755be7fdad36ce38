//! Bootstrap tokens as controllers read them: Secrets of `kube-system` named `bootstrap-token-ID`. Pure.

use api::core::v1::Secret;
use client::{Cache, cache::Selector, controller::Builder};
use meta::Str;
use std::time::{Duration, SystemTime};

const NAMESPACE: &str = "kube-system";
const NAME_PREFIX: &str = "bootstrap-token-";
const ID_BYTES: usize = 6;

/// The bootstrap tokens of the cluster.
pub(crate) fn cache(builder: &mut Builder) -> Cache<Secret> {
    builder.view(Selector {
        namespace: Str::const_new(NAMESPACE),
        fields: Str::const_new("type=bootstrap.kubernetes.io/token"),
        ..Selector::default()
    })
}

/// For how long the token is still good: not at all when its end cannot be read, `None` when it has no end.
pub(crate) fn left(secret: &Secret, now: SystemTime) -> Option<Duration> {
    let end = value(secret, "expiration");
    if end.is_empty() {
        return None;
    }
    let end = std::str::from_utf8(end).ok();
    let end = end.and_then(|end| meta::parse_rfc3339(end).ok());
    let since_1970 =
        end.and_then(|(seconds, nanos)| Some(Duration::new(u64::try_from(seconds).ok()?, nanos)));
    let end = since_1970.and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
    let left = end.and_then(|end| end.duration_since(now).ok());
    Some(left.unwrap_or_default())
}

/// The identifier and the secret of a token that may vouch for public information.
pub(crate) fn signing(secret: &Secret, now: SystemTime) -> Option<(&str, &[u8])> {
    let named = secret.metadata.name.strip_prefix(NAME_PREFIX)?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let key = value(secret, "token-secret");
    let usable = named.len() == ID_BYTES
        && named.bytes().all(plain)
        && value(secret, "token-id") == named.as_bytes()
        && !key.is_empty()
        && left(secret, now).is_none_or(|left| !left.is_zero())
        && value(secret, "usage-bootstrap-signing") == b"true";
    usable.then_some((named, key))
}

fn value<'s>(secret: &'s Secret, key: &str) -> &'s [u8] {
    secret.data.get(key).map_or(&[], |bytes| &bytes.0)
}

#[cfg(test)]
mod tests;
