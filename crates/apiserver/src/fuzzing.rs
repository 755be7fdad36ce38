//! Doors for fuzz targets to the parsers of foreign text. Not for anything else.
use crate::{authn, continue_token, negotiate, proxy, query, request_info};
use http::{HeaderMap, HeaderValue, Method, header};

/// Method-less targets: path and query as a request line has them.
pub fn target(text: &str) {
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    for method in [Method::GET, Method::POST, Method::DELETE] {
        let info = request_info::parse(&method, path, query);
        assert!(
            info.is_resource || info.resource.is_empty(),
            "only resource paths name a resource"
        );
    }
    query::pairs(query).for_each(drop);
}

/// Continue tokens: what decodes encodes to what decodes to the same.
pub fn continue_token(text: &str) {
    if let Ok(token) = continue_token::decode(text) {
        let again = continue_token::decode(&continue_token::encode(&token));
        assert_eq!(again.ok(), Some(token), "a token survives a round trip");
    }
}

/// `Accept` headers.
pub fn accept(text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        let headers = HeaderMap::from_iter([(header::ACCEPT, value)]);
        drop(negotiate::Accepted::of(&headers, negotiate::Offer::Objects));
    }
}

/// Tokens of foreign issuers: without keys none verifies.
pub fn foreign_token(text: &str) {
    assert!(!authn::parse_foreign(text), "there is no key");
}

/// Files of static tokens: every token has a user.
pub fn token_file(text: &str) {
    if let Ok(tokens) = authn::StaticToken::parse_file("fuzz", text) {
        assert!(tokens.iter().all(|known| !known.token.is_empty()));
    }
}

/// Bearer tokens: nothing foreign verifies.
pub fn bearer_token(text: &str, key: &authn::VerifyingKey) {
    assert!(
        !authn::verifies(text, key),
        "no one else signs with this key"
    );
}

/// Pages of proxied servers: however they come in pieces, the same comes out.
pub fn proxied_page(page: &[u8]) {
    let whole = proxy::rewritten(page, page.len());
    for piece in [1, 7, 64] {
        assert_eq!(proxy::rewritten(page, piece), whole, "pieces of {piece}");
    }
}
