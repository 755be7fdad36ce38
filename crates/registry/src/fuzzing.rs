//! Doors for fuzz targets to the parsers of foreign bytes. Not for anything else.

use crate::{
    certificates::certificate_signing_request::pem::check_request,
    x509::{certificate, pem::blocks, private_key},
};

/// Certificates and keys, bare and in PEM.
pub fn x509(bytes: &[u8]) {
    let read = |der: &[u8]| {
        drop(certificate::parse(der));
        drop(certificate::count(der));
        drop(private_key::public_key(der));
    };
    read(bytes);
    blocks(bytes).for_each(|block| read(&block.contents));
}

/// Signing requests.
pub fn signing_request(pem: &[u8]) {
    drop(check_request(pem));
}
