//! Bearer tokens in requests: of the header `Authorization`, or among a WebSocket's subprotocols, where browsers must put it.
use super::proof::Notes;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderName, HeaderValue, header};

const PROTOCOL: HeaderName = header::SEC_WEBSOCKET_PROTOCOL;
const SPACE: &str = "the provided Authorization header contains extra space before the bearer token, and is ignored";
const PROTOCOL_PREFIX: &str = "base64url.bearer.authorization.k8s.io.";

/// The token of `Authorization: Bearer …`.
pub(super) fn header(headers: &HeaderMap, notes: &mut Notes) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim();
    let (scheme, rest) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(())?;
    // Words behind the token are ignored, as upstream does.
    let token = rest.split(' ').next().unwrap_or_default();
    if token.is_empty() {
        notes.warnings.push(SPACE);
        return None;
    }
    Some(token.to_owned())
}

/// The token among the subprotocols of a WebSocket. `Err` when there is one that cannot be used.
pub(super) fn protocol(headers: &HeaderMap) -> Result<Option<String>, ()> {
    let is = |name: HeaderName, wanted: &str| {
        let text = headers.get(name).and_then(|value| value.to_str().ok());
        text.is_some_and(|text| text.to_ascii_lowercase().contains(wanted))
    };
    if !is(header::CONNECTION, "upgrade") || !is(header::UPGRADE, "websocket") {
        return Ok(None);
    }
    let (tokens, others): (Vec<&str>, Vec<&str>) =
        protocols(headers).partition(|protocol| protocol.starts_with(PROTOCOL_PREFIX));
    match tokens.as_slice() {
        [] => Ok(None),
        [one] => {
            let token = URL_SAFE_NO_PAD.decode(&one[PROTOCOL_PREFIX.len()..]);
            let token = token.ok().and_then(|token| String::from_utf8(token).ok());
            match token.ok_or(())? {
                token if token.is_empty() => Ok(None),
                // One must be left that the server can agree to.
                _ if others.is_empty() => Err(()),
                token => Ok(Some(token)),
            }
        }
        _ => Err(()),
    }
}

fn protocols(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let values = headers.get_all(PROTOCOL).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

/// Takes the token out: nobody behind needs it.
pub(super) fn forget(headers: &mut HeaderMap) {
    headers.remove(header::AUTHORIZATION);
    let all: Vec<&str> = protocols(headers).collect();
    let kept: Vec<&str> = all
        .iter()
        .copied()
        .filter(|protocol| !protocol.starts_with(PROTOCOL_PREFIX))
        .collect();
    if kept.len() < all.len()
        && let Ok(value) = HeaderValue::from_str(&kept.join(","))
    {
        headers.insert(PROTOCOL, value);
    }
}

#[cfg(test)]
mod tests;
