//! Whether a signing request was signed by its own key, in the words of Go's `crypto/x509`.

#[cfg(test)]
mod tests;

use crate::x509::elliptic::Curve;
use ring::{digest, signature as keys};
use x509_parser::{
    asn1_rs::Oid, certification_request::X509CertificationRequest, oid_registry as oids,
    signature_algorithm::RsaSsaPssParams, x509::AlgorithmIdentifier,
};

const UNKNOWN: &str = "x509: cannot verify signature: algorithm unimplemented";
const RSA: &str = "crypto/rsa: verification error";
const ECDSA: &str = "x509: ECDSA verification failure";
const ED25519: &str = "x509: Ed25519 verification failure";

pub(super) fn verify(request: &X509CertificationRequest<'_>) -> Result<(), &'static str> {
    let info = &request.certification_request_info;
    let key = &info.subject_pki;
    let signed = Signed {
        text: info.raw,
        signature: &request.signature_value.data,
        key: &key.subject_public_key.data,
    };
    let algorithm = &request.signature_algorithm;
    if let Some(rsa) = rsa(algorithm) {
        return signed.verify(rsa, RSA);
    }
    if algorithm.algorithm == oids::OID_SIG_ED25519 {
        return signed.verify(&keys::ED25519, ED25519);
    }
    let digest = ecdsa_digest(algorithm).ok_or(UNKNOWN)?;
    let curve = key.algorithm.parameters.as_ref();
    let curve = curve.and_then(|parameters| parameters.as_oid().ok());
    let curve = curve.and_then(|oid| Curve::of(&arcs(&oid)));
    let hash = digest::digest(digest, signed.text);
    match curve
        .ok_or(UNKNOWN)?
        .verify(signed.key, hash.as_ref(), signed.signature)
    {
        true => Ok(()),
        false => Err(ECDSA),
    }
}

/// The numbers of the object identifier.
fn arcs(oid: &Oid<'_>) -> Vec<u32> {
    let arcs = oid.iter().into_iter().flatten();
    arcs.map_while(|arc| arc.try_into().ok()).collect()
}

struct Signed<'a> {
    text: &'a [u8],
    signature: &'a [u8],
    key: &'a [u8],
}

impl Signed<'_> {
    fn verify(
        &self,
        algorithm: &'static dyn keys::VerificationAlgorithm,
        failure: &'static str,
    ) -> Result<(), &'static str> {
        let key = keys::UnparsedPublicKey::new(algorithm, self.key);
        key.verify(self.text, self.signature).map_err(|_| failure)
    }
}

/// Go takes keys of 1024 bits and more, and SHA-1 in requests.
fn rsa(of: &AlgorithmIdentifier<'_>) -> Option<&'static dyn keys::VerificationAlgorithm> {
    let oid = &of.algorithm;
    if *oid == oids::OID_PKCS1_SHA1WITHRSA || *oid == oids::OID_SHA1_WITH_RSA {
        Some(&keys::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY)
    } else if *oid == oids::OID_PKCS1_SHA256WITHRSA {
        Some(&keys::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY)
    } else if *oid == oids::OID_PKCS1_SHA384WITHRSA {
        Some(&keys::RSA_PKCS1_2048_8192_SHA384)
    } else if *oid == oids::OID_PKCS1_SHA512WITHRSA {
        Some(&keys::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY)
    } else if *oid == oids::OID_PKCS1_RSASSAPSS {
        let parameters = RsaSsaPssParams::try_from(of.parameters.as_ref()?).ok()?;
        let hash = parameters.hash_algorithm_oid();
        if *hash == oids::OID_NIST_HASH_SHA256 {
            Some(&keys::RSA_PSS_2048_8192_SHA256)
        } else if *hash == oids::OID_NIST_HASH_SHA384 {
            Some(&keys::RSA_PSS_2048_8192_SHA384)
        } else if *hash == oids::OID_NIST_HASH_SHA512 {
            Some(&keys::RSA_PSS_2048_8192_SHA512)
        } else {
            None
        }
    } else {
        None
    }
}

fn ecdsa_digest(of: &AlgorithmIdentifier<'_>) -> Option<&'static digest::Algorithm> {
    let oid = &of.algorithm;
    if *oid == oids::OID_SIG_ECDSA_WITH_SHA256 {
        Some(&digest::SHA256)
    } else if *oid == oids::OID_SIG_ECDSA_WITH_SHA384 {
        Some(&digest::SHA384)
    } else if *oid == oids::OID_SIG_ECDSA_WITH_SHA512 {
        Some(&digest::SHA512)
    } else if *oid.as_bytes() == ECDSA_WITH_SHA1 {
        Some(&digest::SHA1_FOR_LEGACY_USE_ONLY)
    } else {
        None
    }
}

/// 1.2.840.10045.4.1
const ECDSA_WITH_SHA1: [u8; 7] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01];
