use super::{Signed, TokenError, WebKey, claimed_issuer};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    signature::{self, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A pair and its public half as a key set.
fn pair(curve: &str, id: &str) -> (EcdsaKeyPair, Vec<u8>) {
    let (algorithm, length) = match curve {
        "P-256" => (&signature::ECDSA_P256_SHA256_FIXED_SIGNING, 32),
        _ => (&signature::ECDSA_P384_SHA384_FIXED_SIGNING, 48),
    };
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
    let point = &pair.public_key().as_ref()[1..];
    let (x, y) = point.split_at(length);
    let key =
        json!({"kty": "EC", "crv": curve, "kid": id, "use": "sig", "x": encode(x), "y": encode(y)});
    let set = json!({"keys": [{"kty": "oct", "k": "AAAA"}, key]});
    (pair, set.to_string().into_bytes())
}

fn token(pair: &EcdsaKeyPair, header: &Value, claims: &Value) -> String {
    let message = format!(
        "{}.{}",
        encode(header.to_string()),
        encode(claims.to_string())
    );
    let signature = pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    format!("{message}.{}", encode(signature))
}

#[test]
fn what_a_key_of_the_set_has_signed_verifies() {
    for (curve, algorithm) in [("P-256", "ES256"), ("P-384", "ES384")] {
        let (own, set) = pair(curve, "one");
        let keys = WebKey::set(&set).unwrap();
        assert_eq!(keys.len(), 1, "keys for other purposes pass");
        let (_, other) = pair(curve, "one");
        let claims = json!({"iss": "https://issuer", "sub": "jane"});
        let good = token(&own, &json!({"alg": algorithm, "kid": "one"}), &claims);
        assert_eq!(claimed_issuer(&good).as_deref(), Some("https://issuer"));
        let signed = Signed::parse(&good).unwrap();
        assert!(signed.verifies(&keys));
        assert!(!signed.verifies(&WebKey::set(&other).unwrap()));
        assert_eq!(Value::Object(signed.into_claims()), claims);
        for (header, verifies) in [
            (json!({"alg": algorithm}), true),
            (json!({"alg": algorithm, "kid": "two"}), false),
            (json!({"alg": "RS256", "kid": "one"}), false),
            (json!({"alg": "none", "kid": "one"}), false),
        ] {
            let token = token(&own, &header, &claims);
            assert_eq!(
                Signed::parse(&token).unwrap().verifies(&keys),
                verifies,
                "{header}"
            );
        }
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let (own, _) = pair("P-256", "one");
    let good = token(&own, &json!({"alg": "ES256"}), &json!({"iss": 1}));
    assert_eq!(claimed_issuer(&good), None);
    let allowed = ["RS256".to_owned()];
    let refused = Signed::parse(&good).unwrap().check_algorithm(&allowed);
    assert_eq!(
        refused.unwrap_err().to_string(),
        "id token signed with unsupported algorithm, expected [\"RS256\"] got \"ES256\""
    );
    let critical = token(&own, &json!({"alg": "ES256", "crit": ["x"]}), &json!({}));
    let long = "a".repeat(100_000);
    for text in ["", ".", "..", "a.b.c", &good[1..], &critical, &long] {
        assert_eq!(
            Signed::parse(text).err(),
            Some(TokenError::Malformed),
            "{text}"
        );
    }
    assert!(WebKey::set(b"{}").is_err());
}
