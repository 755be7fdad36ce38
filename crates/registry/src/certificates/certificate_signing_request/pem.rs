//! What is in the PEM of a request and of a certificate, and what is wrong with it.

use super::signature;
use crate::x509::{certificate, pem::blocks, public_key};
use x509_parser::{certification_request::X509CertificationRequest, prelude::FromDer};

/// Whether the bytes are a signing request that its own key signed.
pub(crate) fn check_request(pem: &[u8]) -> Result<(), String> {
    let block = blocks(pem).next();
    let Some(block) = block.filter(|block| block.label == "CERTIFICATE REQUEST") else {
        return Err("PEM block type must be CERTIFICATE REQUEST".to_owned());
    };
    match X509CertificationRequest::from_der(&block.contents) {
        Ok(([], request)) => {
            public_key::parse(request.certification_request_info.subject_pki.raw)?;
            signature::verify(&request).map_err(str::to_owned)
        }
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
        if block.has_headers {
            return Err("no PEM block headers are permitted".to_owned());
        }
        if certificate::count(&block.contents)? == 0 {
            return Err("found CERTIFICATE PEM block containing 0 certificates".to_owned());
        }
    }
    if found {
        Ok(())
    } else {
        Err("must contain at least one CERTIFICATE PEM block".to_owned())
    }
}
