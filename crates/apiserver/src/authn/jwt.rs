//! JSON Web Tokens: signing and verification with ES256 and RS256, on `ring`. Nothing else of JOSE.
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    digest,
    rand::SystemRandom,
    signature::{self, EcdsaKeyPair, KeyPair, RsaKeyPair, UnparsedPublicKey},
};
use serde_json::{Value, json};
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};

/// Tokens longer than this are not looked at.
const TOKEN_BYTES_MAX: usize = 16 * 1024;
/// DER of an `AlgorithmIdentifier` for P-256 keys and of the bit string that follows.
const P256_SPKI_HEAD: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// DER of the `AlgorithmIdentifier` of RSA keys.
const RSA_ALGORITHM: &[u8] = &[
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key is not PEM")]
    NotPem,
    #[error("the key is neither ECDSA P-256 nor RSA, in PKCS#8 or SPKI form")]
    Unsupported,
}

/// Signs tokens.
pub struct SigningKey {
    pair: Pair,
    public: VerifyingKey,
}

enum Pair {
    Ecdsa(Box<EcdsaKeyPair>),
    Rsa(Box<RsaKeyPair>),
}

/// Verifies tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyingKey {
    algorithm: Algorithm,
    /// The curve point, or PKCS#1 DER.
    bytes: Vec<u8>,
    /// base64url of the SHA-256 of the SPKI DER, as upstream names keys.
    id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Algorithm {
    Es256,
    Rs256,
}

impl SigningKey {
    /// # Errors
    /// When it is not a PKCS#8 private key of a supported kind.
    pub fn from_pkcs8_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_pkcs8_der(&pem(text)?)
    }

    /// # Errors
    /// As [`SigningKey::from_pkcs8_pem`].
    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        let random = SystemRandom::new();
        if let Ok(pair) =
            EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, der, &random)
        {
            let public = VerifyingKey::new(Algorithm::Es256, pair.public_key().as_ref().to_vec());
            return Ok(Self {
                pair: Pair::Ecdsa(Box::new(pair)),
                public,
            });
        }
        let pair = RsaKeyPair::from_pkcs8(der).map_err(|_| KeyError::Unsupported)?;
        let public = VerifyingKey::new(Algorithm::Rs256, pair.public_key().as_ref().to_vec());
        Ok(Self {
            pair: Pair::Rsa(Box::new(pair)),
            public,
        })
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> &VerifyingKey {
        &self.public
    }

    /// A signed token with these claims. `None` when the system has no randomness.
    #[must_use]
    pub fn sign(&self, claims: &Value) -> Option<String> {
        let header = json!({ "alg": self.public.algorithm.name(), "kid": self.public.id });
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let mut token = format!("{}.{}", encode(&header), encode(claims));
        let random = SystemRandom::new();
        let signature = match &self.pair {
            Pair::Ecdsa(pair) => pair.sign(&random, token.as_bytes()).ok()?.as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut out = vec![0; pair.public().modulus_len()];
                pair.sign(
                    &signature::RSA_PKCS1_SHA256,
                    &random,
                    token.as_bytes(),
                    &mut out,
                )
                .ok()?;
                out
            }
        };
        token.push('.');
        token.push_str(&URL_SAFE_NO_PAD.encode(signature));
        Some(token)
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey")
            .field("public", &self.public.id)
            .finish_non_exhaustive()
    }
}

impl VerifyingKey {
    /// # Errors
    /// When it is not an SPKI public key of a supported kind.
    pub fn from_spki_pem(text: &str) -> Result<Self, KeyError> {
        let der = pem(text)?;
        let (_, spki) = SubjectPublicKeyInfo::from_der(&der).map_err(|_| KeyError::Unsupported)?;
        let bytes = spki.subject_public_key.data.to_vec();
        match spki.algorithm.algorithm.to_id_string().as_str() {
            "1.2.840.10045.2.1" => Ok(Self::new(Algorithm::Es256, bytes)),
            "1.2.840.113549.1.1.1" => Ok(Self::new(Algorithm::Rs256, bytes)),
            _ => Err(KeyError::Unsupported),
        }
    }

    fn new(algorithm: Algorithm, bytes: Vec<u8>) -> Self {
        let spki = match algorithm {
            Algorithm::Es256 => [P256_SPKI_HEAD, &bytes].concat(),
            Algorithm::Rs256 => der(
                0x30,
                &[
                    RSA_ALGORITHM,
                    &der(0x03, &[&[0], bytes.as_slice()].concat()),
                ]
                .concat(),
            ),
        };
        let id = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &spki));
        Self {
            algorithm,
            bytes,
            id,
        }
    }

    fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let algorithm: &dyn signature::VerificationAlgorithm = match self.algorithm {
            Algorithm::Es256 => &signature::ECDSA_P256_SHA256_FIXED,
            Algorithm::Rs256 => &signature::RSA_PKCS1_2048_8192_SHA256,
        };
        UnparsedPublicKey::new(algorithm, &self.bytes)
            .verify(message, signature)
            .is_ok()
    }

    /// The key as a JWK.
    pub(crate) fn jwk(&self) -> Value {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match self.algorithm {
            Algorithm::Es256 => {
                let (x, y) = self.bytes.get(1..).unwrap_or_default().split_at(32);
                json!({"use": "sig", "kty": "EC", "kid": self.id, "crv": "P-256", "alg": "ES256", "x": encode(x), "y": encode(y)})
            }
            Algorithm::Rs256 => {
                let (n, e) = rsa_parts(&self.bytes).unwrap_or_default();
                json!({"use": "sig", "kty": "RSA", "kid": self.id, "alg": "RS256", "n": encode(&n), "e": encode(&e)})
            }
        }
    }

    /// `ES256` or `RS256`.
    pub(crate) fn algorithm_name(&self) -> &'static str {
        self.algorithm.name()
    }
}

impl Algorithm {
    fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
        }
    }
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unverified {
    #[error("malformed jwt")]
    Malformed,
    #[error("invalid signature, no keys found")]
    NoKey,
    #[error("go-jose/go-jose: error in cryptographic primitive")]
    Signature,
}

/// The claims of a token that one of the keys has signed. Times and audiences are the caller's to check.
pub(super) fn verify(token: &str, keys: &[VerifyingKey]) -> Result<Value, Unverified> {
    let (header, signed, signature, claims) = parts(token).ok_or(Unverified::Malformed)?;
    let algorithm = header["alg"].as_str().ok_or(Unverified::Malformed)?;
    let id = header["kid"].as_str().filter(|id| !id.is_empty());
    let mut named = keys
        .iter()
        .filter(|key| id.is_none_or(|id| id == key.id))
        .peekable();
    named.peek().ok_or(Unverified::NoKey)?;
    let verified = named.any(|key| {
        key.algorithm.name() == algorithm && key.verifies(signed.as_bytes(), &signature)
    });
    verified.then_some(claims).ok_or(Unverified::Signature)
}

/// Header, what is signed, signature, claims.
fn parts(token: &str) -> Option<(Value, &str, Vec<u8>, Value)> {
    if token.len() > TOKEN_BYTES_MAX {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
    Some((
        serde_json::from_slice(&decode(header)?).ok()?,
        signed,
        decode(signature)?,
        serde_json::from_slice(&decode(claims)?).ok()?,
    ))
}

/// The claims of a token without looking at its signature: to tell whose it is.
pub(super) fn unverified(token: &str) -> Option<Value> {
    let claims = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

fn pem(text: &str) -> Result<Vec<u8>, KeyError> {
    let body: String = text
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .map(str::trim)
        .collect();
    match STANDARD.decode(body) {
        Ok(der) if text.contains("-----BEGIN") => Ok(der),
        _ => Err(KeyError::NotPem),
    }
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let bytes: Vec<u8> = content
                .len()
                .to_be_bytes()
                .into_iter()
                .skip_while(|byte| *byte == 0)
                .collect();
            out.push(0x80 | u8::try_from(bytes.len()).expect("a length has at most eight bytes"));
            out.extend(bytes);
        }
    }
    out.extend_from_slice(content);
    out
}

/// Modulus and exponent of a PKCS#1 public key, without leading zeros.
fn rsa_parts(pkcs1: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (sequence, _) = take(pkcs1)?;
    let (modulus, rest) = take(sequence)?;
    let (exponent, _) = take(rest)?;
    let trim = |bytes: &[u8]| {
        bytes
            .iter()
            .copied()
            .skip_while(|byte| *byte == 0)
            .collect::<Vec<u8>>()
    };
    Some((trim(modulus), trim(exponent)))
}

/// Content of the first DER value and what follows it.
fn take(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = der.get(1..)?.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (length, rest) = rest.split_at_checked(usize::from(first & 0x7F).min(8))?;
        (
            length
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte)),
            rest,
        )
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests;
