//! Signed tokens of foreign issuers: JSON Web Signatures in compact form, and the JSON Web Keys that verify them. RS, PS and ES with
//! SHA-256 to SHA-512, on `ring`; ES512 on `p521`, a curve that `ring` does not have.
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ecdsa::{Signature, VerifyingKey, signature::hazmat::PrehashVerifier};
use p521::NistP521;
use ring::{
    digest,
    signature::{
        self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
    },
};
use serde_json::{Map, Value};

/// Tokens longer than this are not looked at.
const TOKEN_BYTES_MAX: usize = 64 * 1024;
const KEYS_MAX: usize = 1000;

/// Names of the algorithms that tokens may be signed with, as headers have them, in the order in which a refusal lists them.
pub const ALGORITHMS: [&str; 9] = [
    "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512",
];

/// A token taken apart, its signature not yet looked at.
#[derive(Debug)]
pub(crate) struct Signed<'a> {
    message: &'a str,
    signature: Vec<u8>,
    algorithm: String,
    key_id: String,
    claims: Map<String, Value>,
}

/// Why a token is none.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum TokenError {
    #[error("malformed jwt")]
    Malformed,
    #[error("id token signed with unsupported algorithm, expected {expected:?} got {found:?}")]
    Algorithm {
        expected: Vec<String>,
        found: String,
    },
}

/// A public key that verifies tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WebKey {
    pub(crate) id: String,
    /// Empty when it is good for all that its kind can.
    algorithm: String,
    material: Material,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Material {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
    P384(Vec<u8>),
    P521(Box<VerifyingKey<NistP521>>),
}

/// The issuer that an unverified token names: to tell whose it is.
pub(crate) fn claimed_issuer(token: &str) -> Option<String> {
    let parts: Vec<&str> = token.split('.').take(4).collect();
    let [_, claims, _] = parts.as_slice() else {
        return None;
    };
    if token.len() > TOKEN_BYTES_MAX {
        return None;
    }
    match object(claims)?.remove("iss")? {
        Value::String(issuer) => Some(issuer),
        _ => None,
    }
}

fn object(part: &str) -> Option<Map<String, Value>> {
    let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&bytes).ok()
}

impl<'a> Signed<'a> {
    /// # Errors
    /// When it is not three parts of base64url, of which two are JSON objects.
    pub(crate) fn parse(token: &'a str) -> Result<Self, TokenError> {
        let parse = || {
            if token.len() > TOKEN_BYTES_MAX {
                return None;
            }
            let (message, signature) = token.rsplit_once('.')?;
            let (header, claims) = message.split_once('.')?;
            let header = object(header)?;
            let text = |name: &str| header.get(name).and_then(Value::as_str).map(str::to_owned);
            // An extension that must be understood is not.
            if header.contains_key("crit") {
                return None;
            }
            Some(Self {
                message,
                signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
                algorithm: text("alg")?,
                key_id: text("kid").unwrap_or_default(),
                claims: object(claims)?,
            })
        };
        parse().ok_or(TokenError::Malformed)
    }

    /// # Errors
    /// When it is not signed with one of these algorithms.
    pub(crate) fn check_algorithm(&self, allowed: &[String]) -> Result<(), TokenError> {
        if allowed.contains(&self.algorithm) {
            return Ok(());
        }
        Err(TokenError::Algorithm {
            expected: allowed.to_vec(),
            found: self.algorithm.clone(),
        })
    }

    /// Whether one of the keys has signed it: those that the token names, or all when it names none.
    pub(crate) fn verifies(&self, keys: &[WebKey]) -> bool {
        let mut named = keys
            .iter()
            .filter(|key| self.key_id.is_empty() || key.id == self.key_id);
        named.any(|key| key.verifies(&self.algorithm, self.message.as_bytes(), &self.signature))
    }

    /// What it claims, not to be believed yet.
    pub(crate) fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// What it claims, to be believed when it verifies.
    pub(crate) fn into_claims(self) -> Map<String, Value> {
        self.claims
    }
}

impl WebKey {
    /// The usable keys of a JSON Web Key Set. Others pass: sets hold keys for other purposes.
    ///
    /// # Errors
    /// When it is not a key set.
    pub(crate) fn set(document: &[u8]) -> Result<Vec<Self>, String> {
        let document: Value =
            serde_json::from_slice(document).map_err(|error| error.to_string())?;
        let keys = document["keys"].as_array();
        let keys = keys.ok_or_else(|| "the key set has no keys".to_owned())?;
        Ok(keys.iter().take(KEYS_MAX).filter_map(Self::parse).collect())
    }

    fn parse(key: &Value) -> Option<Self> {
        let text = |name: &str| key[name].as_str();
        if text("use").is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        let bytes = |name: &str| {
            URL_SAFE_NO_PAD
                .decode(text(name)?.trim_end_matches('='))
                .ok()
        };
        let material = match (text("kty")?, text("crv")) {
            ("RSA", _) => Material::Rsa {
                n: without_zeros(bytes("n")?),
                e: without_zeros(bytes("e")?),
            },
            ("EC", Some("P-256")) => Material::P256(point(&bytes("x")?, &bytes("y")?, 32)?),
            ("EC", Some("P-384")) => Material::P384(point(&bytes("x")?, &bytes("y")?, 48)?),
            ("EC", Some("P-521")) => {
                let point = point(&bytes("x")?, &bytes("y")?, 66)?;
                Material::P521(Box::new(VerifyingKey::from_sec1_bytes(&point).ok()?))
            }
            _ => return None,
        };
        Some(Self {
            id: text("kid").unwrap_or_default().to_owned(),
            algorithm: text("alg").unwrap_or_default().to_owned(),
            material,
        })
    }

    fn verifies(&self, algorithm: &str, message: &[u8], signature: &[u8]) -> bool {
        if !self.algorithm.is_empty() && self.algorithm != algorithm {
            return false;
        }
        match &self.material {
            Material::Rsa { n, e } => rsa(algorithm).is_some_and(|parameters| {
                let key = RsaPublicKeyComponents { n, e };
                key.verify(parameters, message, signature).is_ok()
            }),
            Material::P256(point) => {
                algorithm == "ES256"
                    && ecdsa(
                        &signature::ECDSA_P256_SHA256_FIXED,
                        point,
                        message,
                        signature,
                    )
            }
            Material::P384(point) => {
                algorithm == "ES384"
                    && ecdsa(
                        &signature::ECDSA_P384_SHA384_FIXED,
                        point,
                        message,
                        signature,
                    )
            }
            Material::P521(key) => algorithm == "ES512" && es512(key, message, signature),
        }
    }
}

fn ecdsa(
    algorithm: &'static dyn VerificationAlgorithm,
    point: &[u8],
    message: &[u8],
    signature: &[u8],
) -> bool {
    let key = UnparsedPublicKey::new(algorithm, point);
    key.verify(message, signature).is_ok()
}

fn es512(key: &VerifyingKey<NistP521>, message: &[u8], signature: &[u8]) -> bool {
    let hash = digest::digest(&digest::SHA512, message);
    Signature::from_slice(signature)
        .is_ok_and(|signature| key.verify_prehash(hash.as_ref(), &signature).is_ok())
}

fn rsa(algorithm: &str) -> Option<&'static RsaParameters> {
    Some(match algorithm {
        "RS256" => &signature::RSA_PKCS1_2048_8192_SHA256,
        "RS384" => &signature::RSA_PKCS1_2048_8192_SHA384,
        "RS512" => &signature::RSA_PKCS1_2048_8192_SHA512,
        "PS256" => &signature::RSA_PSS_2048_8192_SHA256,
        "PS384" => &signature::RSA_PSS_2048_8192_SHA384,
        "PS512" => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

fn without_zeros(bytes: Vec<u8>) -> Vec<u8> {
    bytes.into_iter().skip_while(|byte| *byte == 0).collect()
}

/// An uncompressed point from coordinates of at most `length` bytes.
fn point(x: &[u8], y: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut res = vec![4];
    for coordinate in [x, y] {
        let missing = length.checked_sub(coordinate.len())?;
        res.extend(std::iter::repeat_n(0, missing));
        res.extend_from_slice(coordinate);
    }
    Some(res)
}

#[cfg(test)]
mod tests;
