//! Private keys as PKCS#1, PKCS#8 and SEC 1 write them, read for the public keys that belong to them.

use super::{
    der::{BIT_STRING, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE, explicit},
    elliptic::Curve,
    public_key::{Algorithm, Kind, PublicKey},
    rsa,
};
use ring::signature::{Ed25519KeyPair, KeyPair};
use x509_parser::num_bigint::BigUint;

const RSA_VERSION_MAX: i64 = 1;
const SEC1_VERSION: i64 = 1;
const X25519_BYTES: usize = 32;

/// The public key of the private key that the bytes are in one of the three forms.
pub(crate) fn public_key(der: &[u8]) -> Option<PublicKey> {
    rsa_key(der)
        .or_else(|| wrapped_key(der))
        .or_else(|| sec1_key(None, der))
}

/// PKCS#1, and nothing behind it.
fn rsa_key(der: &[u8]) -> Option<PublicKey> {
    let mut outer = Reader::new(der);
    let mut fields = outer.read(SEQUENCE)?;
    if !outer.is_empty() || fields.small_integer()? > RSA_VERSION_MAX {
        return None;
    }
    let modulus = fields.integer()?.positive()?;
    let exponent = fields.small_integer()?;
    let key = rsa::PrivateKey {
        modulus: &modulus,
        exponent,
        private_exponent: fields.integer()?.positive()?,
        p: fields.integer()?.positive()?,
        q: fields.integer()?.positive()?,
        remainders: remainders(&mut fields)?,
        more_primes: more_primes(&mut fields)?,
    };
    key.is_valid()
        .then_some(PublicKey::Rsa { modulus, exponent })
}

/// Each may be missing.
fn remainders(fields: &mut Reader<'_>) -> Option<Option<rsa::Remainders>> {
    let mut next = || {
        if fields.next_is(INTEGER) {
            fields.integer()?.positive().map(Some)
        } else {
            Some(None)
        }
    };
    let (dp, dq, q_inverse) = (next()?, next()?, next()?);
    let all = || {
        Some(rsa::Remainders {
            dp: dp?,
            dq: dq?,
            q_inverse: q_inverse?,
        })
    };
    Some(all())
}

fn more_primes(fields: &mut Reader<'_>) -> Option<Vec<BigUint>> {
    let mut primes = Vec::new();
    if let Some(mut all) = fields.optional(SEQUENCE)? {
        while !all.is_empty() {
            let mut numbers = all.read(SEQUENCE)?;
            primes.push(numbers.integer()?.positive()?);
            // What belongs to it is computed anew.
            numbers.integer()?;
            numbers.integer()?;
        }
    }
    Some(primes)
}

/// PKCS#8.
fn wrapped_key(der: &[u8]) -> Option<PublicKey> {
    let mut fields = Reader::new(der).read(SEQUENCE)?;
    fields.small_integer()?;
    let algorithm = Algorithm::read(fields.read(SEQUENCE)?).ok()?;
    let key = fields.bytes(OCTET_STRING)?;
    match algorithm.kind()? {
        Kind::Rsa => rsa_key(key),
        Kind::Ecdsa => {
            let named = algorithm.parameter();
            sec1_key(named.as_ref().map(|named| named.arcs()), key)
        }
        Kind::Ed25519 if algorithm.parameters.is_empty() => {
            let seed = Reader::new(key).bytes(OCTET_STRING)?;
            let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
            Some(PublicKey::Ed25519(pair.public_key().as_ref().to_vec()))
        }
        Kind::X25519 if algorithm.parameters.is_empty() => {
            let key = Reader::new(key).bytes(OCTET_STRING)?;
            (key.len() == X25519_BYTES).then_some(PublicKey::Other)
        }
        Kind::Dsa | Kind::Ed25519 | Kind::X25519 => None,
    }
}

/// SEC 1. The curve that stands around the key wins over the one within.
fn sec1_key(curve: Option<&[u32]>, der: &[u8]) -> Option<PublicKey> {
    let mut fields = Reader::new(der).read(SEQUENCE)?;
    if fields.small_integer()? != SEC1_VERSION {
        return None;
    }
    let private = fields.bytes(OCTET_STRING)?;
    let named = if unwrap(&mut fields, 0, OBJECT_IDENTIFIER)? {
        Some(fields.object_identifier()?)
    } else {
        None
    };
    if unwrap(&mut fields, 1, BIT_STRING)? {
        fields.bits()?;
    }
    let named = named.as_ref().map(|named| named.arcs());
    let curve = Curve::of(curve.or(named)?)?;
    Some(PublicKey::Ecdsa(curve, curve.point(private)?))
}

/// Whether `[tag]` follows with this kind within, and to there. Go asks nothing of the length of `[tag]` but that there is something.
fn unwrap(fields: &mut Reader<'_>, tag: u8, kind: u8) -> Option<bool> {
    if fields.is_empty() {
        return Some(false);
    }
    let mut inner = *fields;
    let (outer, length) = inner.header()?;
    if inner.is_empty() || (outer == explicit(tag) && length == 0) {
        return None;
    }
    let found = outer == explicit(tag) && inner.next_is(kind);
    if found {
        *fields = inner;
    }
    Some(found)
}
