//! The public key of a certificate.

use super::{
    der::{ObjectIdentifier, Reader, SEQUENCE},
    elliptic::Curve,
};
use x509_parser::num_bigint::BigUint;

const NULL: &[u8] = &[5, 0];
const RSA: &[u32] = &[1, 2, 840, 113549, 1, 1, 1];
const DSA: &[u32] = &[1, 2, 840, 10040, 4, 1];
const ECDSA: &[u32] = &[1, 2, 840, 10045, 2, 1];
const X25519: &[u32] = &[1, 3, 101, 110];
const ED25519: &[u32] = &[1, 3, 101, 112];
const ED25519_BYTES: usize = 32;

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PublicKey {
    Rsa {
        modulus: BigUint,
        exponent: i64,
    },
    /// With the uncompressed point.
    Ecdsa(Curve, Vec<u8>),
    Ed25519(Vec<u8>),
    /// One that TLS has no use for.
    Other,
}

/// What kind of key follows.
pub(super) struct Algorithm<'a> {
    id: ObjectIdentifier,
    /// The whole element, empty if there is none.
    pub(super) parameters: &'a [u8],
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Rsa,
    Dsa,
    Ecdsa,
    X25519,
    Ed25519,
}

impl<'a> Algorithm<'a> {
    pub(super) fn read(mut fields: Reader<'a>) -> Result<Self, &'static str> {
        let id = fields.object_identifier().ok_or("x509: malformed OID")?;
        let parameters = if fields.is_empty() {
            &[]
        } else {
            fields.any().ok_or("x509: malformed parameters")?.whole
        };
        Ok(Self { id, parameters })
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        match self.id.arcs() {
            RSA => Some(Kind::Rsa),
            DSA => Some(Kind::Dsa),
            ECDSA => Some(Kind::Ecdsa),
            X25519 => Some(Kind::X25519),
            ED25519 => Some(Kind::Ed25519),
            _ => None,
        }
    }

    /// The object identifier that the parameters are, if they are one.
    pub(super) fn parameter(&self) -> Option<ObjectIdentifier> {
        Reader::new(self.parameters).object_identifier()
    }
}

/// The key that is the only thing in the bytes, with its algorithm.
pub(crate) fn parse(info: &[u8]) -> Result<PublicKey, String> {
    read(&mut Reader::new(info))
}

pub(super) fn read(input: &mut Reader<'_>) -> Result<PublicKey, String> {
    let mut info = input.read(SEQUENCE).ok_or("x509: malformed spki")?;
    let algorithm = info
        .read(SEQUENCE)
        .ok_or("x509: malformed public key algorithm identifier")?;
    let algorithm = Algorithm::read(algorithm)?;
    let key = info.bits().ok_or("x509: malformed subjectPublicKey")?;
    of_algorithm(&algorithm, key)
}

/// `key` is what the bits of the key's info are.
fn of_algorithm(algorithm: &Algorithm<'_>, key: Vec<u8>) -> Result<PublicKey, String> {
    match algorithm.kind() {
        Some(Kind::Rsa) => rsa(algorithm.parameters, &key).map_err(str::to_owned),
        Some(Kind::Dsa) => {
            check_dsa(algorithm.parameters, &key)?;
            Ok(PublicKey::Other)
        }
        Some(Kind::Ecdsa) => {
            let named = algorithm
                .parameter()
                .ok_or("x509: invalid ECDSA parameters")?;
            let curve = Curve::of(named.arcs()).ok_or("x509: unsupported elliptic curve")?;
            curve.check_point(&key)?;
            Ok(PublicKey::Ecdsa(curve, key))
        }
        Some(Kind::Ed25519) => {
            if !algorithm.parameters.is_empty() {
                return Err("x509: Ed25519 key encoded with illegal parameters".to_owned());
            }
            if key.len() != ED25519_BYTES {
                return Err("x509: wrong Ed25519 public key size".to_owned());
            }
            Ok(PublicKey::Ed25519(key))
        }
        Some(Kind::X25519) | None => Ok(PublicKey::Other),
    }
}

fn rsa(parameters: &[u8], key: &[u8]) -> Result<PublicKey, &'static str> {
    if parameters != NULL {
        return Err("x509: RSA key missing NULL parameters");
    }
    let mut numbers = Reader::new(key)
        .read(SEQUENCE)
        .ok_or("x509: invalid RSA public key")?;
    let modulus = numbers.integer().ok_or("x509: invalid RSA modulus")?;
    let exponent = numbers
        .small_integer()
        .ok_or("x509: invalid RSA public exponent")?;
    let modulus = modulus
        .positive()
        .ok_or("x509: RSA modulus is not a positive number")?;
    if exponent <= 0 {
        return Err("x509: RSA public exponent is not a positive number");
    }
    Ok(PublicKey::Rsa { modulus, exponent })
}

fn check_dsa(parameters: &[u8], key: &[u8]) -> Result<(), &'static str> {
    let key = Reader::new(key)
        .integer()
        .ok_or("x509: invalid DSA public key")?;
    let numbers = || {
        let mut numbers = Reader::new(parameters).read(SEQUENCE)?;
        Some([numbers.integer()?, numbers.integer()?, numbers.integer()?])
    };
    let numbers = numbers().ok_or("x509: invalid DSA parameters")?;
    if numbers
        .iter()
        .chain([&key])
        .all(|number| number.is_positive())
    {
        Ok(())
    } else {
        Err("x509: zero or negative DSA parameter")
    }
}
