//! Keys and signatures on NIST's curves, with any hash: `ring` knows neither P-224 nor P-521, nor SHA-512 on the others.

use ecdsa::{
    EcdsaCurve, Error, Signature, SigningKey, VerifyingKey,
    elliptic_curve::{
        AffinePoint, CurveArithmetic, FieldBytesSize,
        sec1::{FromSec1Point, ModulusSize, ToSec1Point},
    },
    signature::hazmat::PrehashVerifier,
};
use p224::NistP224;
use p256::NistP256;
use p384::NistP384;
use p521::NistP521;
use std::fmt;
use x509_parser::num_bigint::BigUint;

/// How an uncompressed point begins, the only form that Go reads.
const UNCOMPRESSED: u8 = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Curve {
    P224,
    P256,
    P384,
    P521,
}

impl Curve {
    /// By the numbers of its object identifier.
    pub(crate) fn of(arcs: &[u32]) -> Option<Self> {
        match arcs {
            [1, 3, 132, 0, 33] => Some(Self::P224),
            [1, 2, 840, 10045, 3, 1, 7] => Some(Self::P256),
            [1, 3, 132, 0, 34] => Some(Self::P384),
            [1, 3, 132, 0, 35] => Some(Self::P521),
            _ => None,
        }
    }

    /// How many bytes a coordinate has, and a private key.
    fn bytes(self) -> usize {
        match self {
            Self::P224 => 28,
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// What coordinates are below.
    fn prime(self) -> BigUint {
        let power = |bit: u32| BigUint::from(1_u8) << bit;
        match self {
            Self::P224 => power(224) - power(96) + 1_u8,
            Self::P256 => power(256) - power(224) + power(192) + power(96) - 1_u8,
            Self::P384 => power(384) - power(128) - power(96) + power(32) - 1_u8,
            Self::P521 => power(521) - 1_u8,
        }
    }

    pub(super) fn check_point(self, point: &[u8]) -> Result<(), String> {
        if point.first() != Some(&UNCOMPRESSED) {
            return Err("ecdsa: invalid uncompressed public key".to_owned());
        }
        if point.len() != 1 + 2 * self.bytes() {
            return Err(format!("invalid {self} point encoding"));
        }
        let on_curve = match self {
            Self::P224 => VerifyingKey::<NistP224>::from_sec1_bytes(point).is_ok(),
            Self::P256 => VerifyingKey::<NistP256>::from_sec1_bytes(point).is_ok(),
            Self::P384 => VerifyingKey::<NistP384>::from_sec1_bytes(point).is_ok(),
            Self::P521 => VerifyingKey::<NistP521>::from_sec1_bytes(point).is_ok(),
        };
        let prime = self.prime();
        let mut coordinates = point[1..].chunks(self.bytes()).map(BigUint::from_bytes_be);
        match self {
            _ if on_curve => Ok(()),
            _ if coordinates.all(|coordinate| coordinate < prime) => {
                Err(format!("{self} point not on curve"))
            }
            Self::P256 => Err(format!("invalid {self} element encoding")),
            _ => Err(format!("invalid {self}Element encoding")),
        }
    }

    /// The uncompressed point of a private key, which may have more or fewer zeros in front than it should.
    pub(super) fn point(self, private: &[u8]) -> Option<Vec<u8>> {
        let zeros = private.iter().take_while(|byte| **byte == 0).count();
        let digits = &private[zeros..];
        let mut private = vec![0; self.bytes().checked_sub(digits.len())?];
        private.extend_from_slice(digits);
        match self {
            Self::P224 => point::<NistP224>(&private),
            Self::P256 => point::<NistP256>(&private),
            Self::P384 => point::<NistP384>(&private),
            Self::P521 => point::<NistP521>(&private),
        }
    }

    /// `key` is an uncompressed point, `signature` the DER of two numbers.
    pub(crate) fn verify(self, key: &[u8], hash: &[u8], signature: &[u8]) -> bool {
        if key.first() != Some(&UNCOMPRESSED) {
            return false;
        }
        match self {
            Self::P224 => signed::<NistP224>(key, hash, Signature::from_der(signature)),
            Self::P256 => signed::<NistP256>(key, hash, Signature::from_der(signature)),
            Self::P384 => signed::<NistP384>(key, hash, Signature::from_der(signature)),
            Self::P521 => signed::<NistP521>(key, hash, Signature::from_der(signature)),
        }
    }
}

impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

fn point<C>(private: &[u8]) -> Option<Vec<u8>>
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    let key = SigningKey::<C>::from_slice(private).ok()?;
    let point = key.verifying_key().to_sec1_point(false);
    Some(point.as_bytes().to_vec())
}

fn signed<C>(key: &[u8], hash: &[u8], signature: Result<Signature<C>, Error>) -> bool
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    let verify = || VerifyingKey::<C>::from_sec1_bytes(key)?.verify_prehash(hash, &signature?);
    verify().is_ok()
}
