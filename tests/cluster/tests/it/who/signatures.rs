//! Tokens signed in every way that there is for keys of RSA and of the curves P-256 and P-384.
use super::{Issuer, encoded, put, whoami};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    rand::SystemRandom,
    signature::{
        ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256,
        RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512,
        RsaEncoding, RsaKeyPair,
    },
};
use serde_json::json;
use std::process::Command;
use testkit::{Cluster, output, text};

const RSA: [(&str, &dyn RsaEncoding); 6] = [
    ("RS256", &RSA_PKCS1_SHA256),
    ("RS384", &RSA_PKCS1_SHA384),
    ("RS512", &RSA_PKCS1_SHA512),
    ("PS256", &RSA_PSS_SHA256),
    ("PS384", &RSA_PSS_SHA384),
    ("PS512", &RSA_PSS_SHA512),
];

/// Publishes a key of each kind and presents a token of each, and of each with another's name.
pub(super) fn all(cluster: &Cluster, issuer: &Issuer) {
    let random = SystemRandom::new();
    let rsa = rsa_key();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &random).unwrap();
    let curve =
        EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, document.as_ref(), &random)
            .unwrap();
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let public: ring::rsa::PublicKeyComponents<Vec<u8>> = rsa.public().into();
    let (x, y) = curve.public_key().as_ref()[1..].split_at(48);
    let keys = json!({"keys": [
        {"kty": "RSA", "use": "sig", "kid": "rsa", "n": part(&public.n), "e": part(&public.e)},
        {"kty": "EC", "use": "sig", "kid": "p384", "crv": "P-384", "x": part(x), "y": part(y)},
        {"kty": "EC", "use": "sig", "kid": "p521", "crv": "P-521", "x": part(&[1; 66]), "y": part(&[2; 66])},
    ]});
    put(issuer.directory.path(), "keys", &keys.to_string());
    let with_rsa = |signed: &str, encoding: &'static dyn RsaEncoding| {
        let mut signature = vec![0; rsa.public().modulus_len()];
        rsa.sign(encoding, &random, signed.as_bytes(), &mut signature)
            .unwrap();
        format!("{signed}.{}", part(&signature))
    };
    let signed = |algorithm: &str, key: &str| {
        let header = json!({"alg": algorithm, "kid": key});
        format!(
            "{}.{}",
            encoded(&header),
            encoded(&Issuer::claims(&json!({"sub": algorithm})))
        )
    };
    let curve_token = {
        let signed = signed("ES384", "p384");
        let signature = curve.sign(&random, signed.as_bytes()).unwrap();
        format!("{signed}.{}", part(signature.as_ref()))
    };
    // The server has fetched keys a moment ago, perhaps, and does not do so again at once.
    let first = testkit::eventually("the keys of all kinds", super::LATER, || {
        whoami(cluster, &curve_token)
    });
    assert_eq!(first["username"], "other:ES384");
    for (name, encoding) in RSA {
        let user = whoami(cluster, &with_rsa(&signed(name, "rsa"), encoding));
        assert_eq!(user.unwrap()["username"], format!("other:{name}"));
        let (other, _) = RSA.into_iter().find(|(other, _)| *other != name).unwrap();
        let confused = with_rsa(&signed(other, "rsa"), encoding);
        assert_eq!(whoami(cluster, &confused), None, "{other} as {name}");
    }
    let unknown = with_rsa(&signed("ES512", "p521"), &RSA_PKCS1_SHA256);
    assert_eq!(whoami(cluster, &unknown), None);
}

fn rsa_key() -> RsaKeyPair {
    let mut openssl = Command::new("openssl");
    openssl.args([
        "genpkey",
        "-algorithm",
        "RSA",
        "-pkeyopt",
        "rsa_keygen_bits:2048",
    ]);
    let pem = text(&output(&mut openssl).stdout);
    let lines = pem.lines().filter(|line| !line.starts_with('-'));
    let der = STANDARD.decode(lines.collect::<String>()).unwrap();
    RsaKeyPair::from_pkcs8(&der).unwrap()
}
