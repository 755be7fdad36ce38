//! What is in the PEM of a request and of a certificate, and what is wrong with it.

use super::signature;
use x509_parser::{
    certification_request::X509CertificationRequest,
    pem::Pem,
    prelude::{FromDer, X509Certificate},
};

/// Whether the bytes are a signing request that its own key signed.
pub(super) fn check_request(pem: &[u8]) -> Result<(), String> {
    let block = blocks(pem).next();
    let Some(block) = block.filter(|block| block.label == "CERTIFICATE REQUEST") else {
        return Err("PEM block type must be CERTIFICATE REQUEST".to_owned());
    };
    match X509CertificationRequest::from_der(&block.contents) {
        Ok(([], request)) => signature::verify(&request).map_err(str::to_owned),
        Ok(_) => Err("asn1: syntax error: trailing data".to_owned()),
        Err(_) => Err("asn1: structure error: malformed certificate request".to_owned()),
    }
}

/// Whether the bytes are certificates and nothing else. None at all is good: nothing is issued yet.
pub(super) fn check_certificates(pem: &[u8]) -> Result<(), String> {
    if pem.is_empty() {
        return Ok(());
    }
    let mut found = false;
    for block in blocks(pem) {
        found = true;
        if block.label != "CERTIFICATE" {
            let label = meta::go_quote(&block.label);
            return Err(format!(
                "only CERTIFICATE PEM blocks are allowed, found {label}"
            ));
        }
        if has_headers(pem) {
            return Err("no PEM block headers are permitted".to_owned());
        }
        if X509Certificate::from_der(&block.contents).is_err() {
            return Err("x509: malformed certificate".to_owned());
        }
    }
    if found {
        Ok(())
    } else {
        Err("must contain at least one CERTIFICATE PEM block".to_owned())
    }
}

/// Blocks up to the first malformed one.
fn blocks(pem: &[u8]) -> impl Iterator<Item = Pem> {
    Pem::iter_from_buffer(pem).map_while(Result::ok)
}

/// No line of base64 has a colon.
fn has_headers(pem: &[u8]) -> bool {
    let mut inside = false;
    pem.split(|byte| *byte == b'\n').any(|line| {
        if line.starts_with(b"-----") {
            inside = line.starts_with(b"-----BEGIN");
        }
        inside && line.contains(&b':')
    })
}
