//! Bootstrap tokens: short-lived credentials of machines that join, kept as Secrets of `kube-system`. The rules are those of upstream's
//! bootstrap token authenticator.
use super::constant_time_eq;
use crate::shared::Api;
use api::core::v1::Secret;
use meta::{Str, Time};
use resource::User;
use std::sync::Arc;

const NAMESPACE: &str = "kube-system";
const SECRET_TYPE: &str = "bootstrap.kubernetes.io/token";
const GROUP: &str = "system:bootstrappers";
const ID_BYTES: usize = 6;
const SECRET_BYTES: usize = 16;
const GROUP_BYTES_MAX: usize = 256;

/// The user of `ID.SECRET`, when a Secret of that name holds it, may authenticate, and has not expired.
pub(super) fn verify(api: &Api, token: &str) -> Option<User> {
    let (id, secret) = token.split_once('.')?;
    (is_word(id, ID_BYTES) && is_word(secret, SECRET_BYTES)).then_some(())?;
    let name = format!("bootstrap-token-{id}");
    let held: Arc<Secret> = resource::read(&*api.caches, NAMESPACE, &name)?;
    let usable = held.type_ == SECRET_TYPE
        && held.metadata.deletion_timestamp.is_none()
        && constant_time_eq(value(&held, "token-secret"), secret.as_bytes())
        && value(&held, "token-id") == id.as_bytes()
        && value(&held, "usage-bootstrap-authentication") == b"true"
        && !expired(&held, api.now());
    usable.then_some(())?;
    let mut groups = extra_groups(&held)?;
    groups.push(GROUP.into());
    groups.sort();
    groups.dedup();
    Some(User {
        name: Str::from(format!("system:bootstrap:{id}")),
        groups,
        ..User::default()
    })
}

/// Letters and digits as tokens have them.
fn is_word(text: &str, length: usize) -> bool {
    let of_token = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.len() == length && text.bytes().all(of_token)
}

fn value<'a>(secret: &'a Secret, key: &str) -> &'a [u8] {
    secret.data.get(key).map_or(&[], |bytes| &bytes.0)
}

/// A time that cannot be read has passed.
fn expired(secret: &Secret, now: Time) -> bool {
    let end = value(secret, "expiration");
    if end.is_empty() {
        return false;
    }
    let end = std::str::from_utf8(end)
        .ok()
        .and_then(|end| Time::parse(end).ok());
    end.is_none_or(|end| end.unix_seconds() <= now.unix_seconds())
}

/// `None` when one of them is not a group for bootstrapping: then the token is good for nothing.
fn extra_groups(secret: &Secret) -> Option<Vec<Str>> {
    let listed = std::str::from_utf8(value(secret, "auth-extra-groups")).ok()?;
    let names = listed.split(',').filter(|_| !listed.is_empty());
    names
        .map(|name| is_bootstrap_group(name).then(|| name.into()))
        .collect()
}

/// `system:bootstrappers:` and at most 256 of `a-z0-9:-`, of which the last is a letter or a digit.
fn is_bootstrap_group(name: &str) -> bool {
    let rest = name
        .strip_prefix(GROUP)
        .and_then(|rest| rest.strip_prefix(':'));
    rest.is_some_and(|rest| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        rest.len() <= GROUP_BYTES_MAX
            && rest
                .bytes()
                .all(|byte| plain(byte) || matches!(byte, b':' | b'-'))
            && rest.bytes().last().is_some_and(plain)
    })
}
