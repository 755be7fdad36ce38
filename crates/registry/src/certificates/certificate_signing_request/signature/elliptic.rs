//! Verification of ECDSA signatures on NIST's curves, with any hash: `ring` knows neither P-521 nor SHA-512 on the others.

use ecdsa::{
    EcdsaCurve, Error, Signature, VerifyingKey, elliptic_curve::CurveArithmetic,
    signature::hazmat::PrehashVerifier,
};
use p256::NistP256;
use p384::NistP384;
use p521::NistP521;
use x509_parser::{asn1_rs::Oid, oid_registry as oids};

/// How an uncompressed point begins, the only form that Go reads.
const UNCOMPRESSED: u8 = 4;

#[derive(Clone, Copy)]
pub(super) enum Curve {
    P256,
    P384,
    P521,
}

impl Curve {
    pub(super) fn of(oid: &Oid<'_>) -> Option<Self> {
        if *oid == oids::OID_EC_P256 {
            Some(Self::P256)
        } else if *oid == oids::OID_NIST_EC_P384 {
            Some(Self::P384)
        } else if *oid == oids::OID_NIST_EC_P521 {
            Some(Self::P521)
        } else {
            None
        }
    }

    /// `key` is an uncompressed point, `signature` the DER of two numbers.
    pub(super) fn verify(self, key: &[u8], hash: &[u8], signature: &[u8]) -> bool {
        if key.first() != Some(&UNCOMPRESSED) {
            return false;
        }
        match self {
            Self::P256 => {
                let key = VerifyingKey::<NistP256>::from_sec1_bytes(key);
                signed(key, hash, Signature::from_der(signature))
            }
            Self::P384 => {
                let key = VerifyingKey::<NistP384>::from_sec1_bytes(key);
                signed(key, hash, Signature::from_der(signature))
            }
            Self::P521 => {
                let key = VerifyingKey::<NistP521>::from_sec1_bytes(key);
                signed(key, hash, Signature::from_der(signature))
            }
        }
    }
}

fn signed<C: EcdsaCurve + CurveArithmetic>(
    key: Result<VerifyingKey<C>, Error>,
    hash: &[u8],
    signature: Result<Signature<C>, Error>,
) -> bool {
    let verify = || key?.verify_prehash(hash, &signature?);
    verify().is_ok()
}
