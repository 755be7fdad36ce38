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

/// Made by OpenSSL: `ring` signs nothing on this curve.
const ES512: [&str; 3] = [
    "AcIw7Qt5xUjncSM-sgk9c1OQnH_UjTA2l7T5Nw2NOka70eWpDqaPnoIgpeKX0MD0y7U9TnJ5f8Evoua7XcaC6VoT",
    "AboIJ2gBJn3xjtfI-6i0G2U_5DQZp5nvH3ypXE6HYvnnN8tgDeoBJnUbCSrL88JsoZCi-WLwJYN1A7IMO8ao6Dpn",
    "eyJhbGciOiJFUzUxMiIsImtpZCI6Im9uZSJ9.eyJpc3MiOiJodHRwczovL2lzc3VlciIsInN1YiI6ImphbmUifQ.AF8GeV7sAnZrFx33AM2XgOUL7jxjDtV--fzWQPXhttL6XS0-W1gJMbi9GHoM7K0YdnmQlXwkONPZGd6z3u8TozWZAWCrm2Zc6xFfXgFL5-sd88Szc2A0DQD-8cFmBw87LkU-vOpO-99FDKdazrfLFACRkJ6rVdcGFSTupWThCe5oJK40",
];

#[test]
fn es512_verifies() {
    let [x, y, token] = ES512;
    let set = |key: Value| WebKey::set(json!({"keys": [key]}).to_string().as_bytes()).unwrap();
    let key =
        |curve: &str, y: &str| json!({"kty": "EC", "crv": curve, "kid": "one", "x": x, "y": y});
    let keys = set(key("P-521", y));
    let signed = Signed::parse(token).unwrap();
    assert!(signed.verifies(&keys));
    assert_eq!(
        set(key("P-521", x)),
        [],
        "a point that is not on the curve is no key"
    );
    assert_eq!(set(key("P-384", y)), [], "nor one that is too long");
    let (message, signature) = token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let mut changed = signature.clone();
    changed[131] ^= 1;
    for wrong in [&changed[..], &signature[..131], &[0; 132], &[]] {
        let token = format!("{message}.{}", encode(wrong));
        assert!(!Signed::parse(&token).unwrap().verifies(&keys));
    }
    let (header, _) = message.split_once('.').unwrap();
    let other = encode(json!({"iss": "https://issuer", "sub": "joan"}).to_string());
    let other = format!("{header}.{other}.{}", encode(&signature));
    assert!(!Signed::parse(&other).unwrap().verifies(&keys));
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
