//! Whether the certificate and the key of a TLS secret belong together, in the words of Go's `tls.X509KeyPair`.

use api::core::v1::Secret;
use x509_parser::{
    pem::Pem,
    prelude::{FromDer, X509Certificate},
};

const CERTIFICATE: &str = "CERTIFICATE";
const PRIVATE_KEY: &str = "PRIVATE KEY";

/// What is wrong with the pair, as far as it can be seen without the key's own arithmetic.
pub(super) fn problem(secret: &Secret) -> Option<String> {
    let of = |key: &str| secret.data.get(key).map_or(&[][..], |bytes| bytes);
    check(of("tls.crt"), of("tls.key")).err()
}

fn check(certificate: &[u8], key: &[u8]) -> Result<(), String> {
    let leaf = find_certificate(certificate)?;
    check_key(key)?;
    match X509Certificate::from_der(&leaf.contents) {
        Ok(_) => Ok(()),
        Err(_) => Err("x509: malformed certificate".to_owned()),
    }
}

/// Blocks up to the first malformed one.
fn blocks(pem: &[u8]) -> Vec<Pem> {
    Pem::iter_from_buffer(pem).map_while(Result::ok).collect()
}

/// `[A B]`, as Go prints a list of words.
fn labels(blocks: &[Pem]) -> String {
    let labels: Vec<&str> = blocks.iter().map(|block| block.label.as_str()).collect();
    format!("[{}]", labels.join(" "))
}

fn find_certificate(pem: &[u8]) -> Result<Pem, String> {
    let mut blocks = blocks(pem);
    if let Some(leaf) = blocks.iter().position(|block| block.label == CERTIFICATE) {
        return Ok(blocks.swap_remove(leaf));
    }
    Err(match blocks.as_slice() {
        [] => "tls: failed to find any PEM data in certificate input".to_owned(),
        [only] if only.label.ends_with(PRIVATE_KEY) => "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched".to_owned(),
        skipped => format!("tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the following types: {}", labels(skipped)),
    })
}

fn check_key(pem: &[u8]) -> Result<(), String> {
    let blocks = blocks(pem);
    let found = blocks
        .iter()
        .any(|block| block.label == PRIVATE_KEY || block.label.ends_with(" PRIVATE KEY"));
    if found {
        return Ok(());
    }
    Err(match blocks.as_slice() {
        [] => "tls: failed to find any PEM data in key input".to_owned(),
        [only] if only.label == CERTIFICATE => {
            "tls: found a certificate rather than a key in the PEM for the private key".to_owned()
        }
        skipped => format!(
            "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping PEM blocks of the following types: {}",
            labels(skipped)
        ),
    })
}
