use super::{SigningKey, Unverified, verify};
use ring::{rand::SystemRandom, signature};
use serde_json::json;

fn key() -> SigningKey {
    let algorithm = &signature::ECDSA_P256_SHA256_FIXED_SIGNING;
    let document =
        signature::EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).unwrap();
    SigningKey::from_pkcs8_der(document.as_ref()).unwrap()
}

#[test]
fn what_is_signed_verifies_with_its_own_key_only() {
    let (own, other) = (key(), key());
    let token = own.sign(&json!({"sub": "a"})).unwrap();
    assert_eq!(
        verify(&token, &[own.public().clone()]),
        Ok(json!({"sub": "a"}))
    );
    let others = [other.public().clone()];
    assert_eq!(verify(&token, &others), Err(Unverified::NoKey));
    let mut changed = token.clone();
    let at = changed.rfind('.').unwrap() + 5;
    let turned = if changed.as_bytes()[at] == b'A' {
        "B"
    } else {
        "A"
    };
    changed.replace_range(at..=at, turned);
    let own = [own.public().clone()];
    assert_eq!(verify(&changed, &own), Err(Unverified::Signature));
}

#[test]
fn what_is_changed_or_broken_does_not() {
    let own = key();
    let keys = [own.public().clone()];
    let token = own.sign(&json!({"sub": "a"})).unwrap();
    for broken in [
        "",
        ".",
        "..",
        "a.b.c",
        &token[1..],
        &token[..token.len() - 2],
        &format!("{token}."),
    ] {
        assert!(verify(broken, &keys).is_err(), "{broken}");
    }
}

#[test]
fn jwk_names_the_curve_point() {
    let jwk = key().public().jwk();
    assert_eq!(
        (jwk["kty"].as_str(), jwk["crv"].as_str()),
        (Some("EC"), Some("P-256"))
    );
    assert_eq!(jwk["x"].as_str().unwrap().len(), 43);
}
