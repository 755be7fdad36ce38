//! Whether the certificate and the key of a TLS secret belong together, in the words of Go's `tls.X509KeyPair`.

#[cfg(test)]
mod tests;

use crate::x509::{
    certificate,
    pem::{Block, blocks},
    private_key,
    public_key::PublicKey,
};
use api::core::v1::Secret;
use std::mem::discriminant;

const CERTIFICATE: &str = "CERTIFICATE";
const PRIVATE_KEY: &str = "PRIVATE KEY";

pub(super) fn problem(secret: &Secret) -> Option<String> {
    let of = |key: &str| secret.data.get(key).map_or(&[][..], |bytes| bytes);
    check(of("tls.crt"), of("tls.key")).err()
}

fn check(certificate: &[u8], key: &[u8]) -> Result<(), String> {
    let certificate = find_certificate(certificate)?;
    let key = find_key(key)?;
    let public = certificate::parse(&certificate.contents)?;
    let private = private_key::public_key(&key.contents);
    let words = match private.ok_or("tls: failed to parse private key")? {
        PublicKey::Other => "tls: found unknown private key type in PKCS#8 wrapping",
        _ if public == PublicKey::Other => "tls: unknown public key algorithm",
        private if discriminant(&private) != discriminant(&public) => {
            "tls: private key type does not match public key type"
        }
        private if private != public => "tls: private key does not match public key",
        _ => return Ok(()),
    };
    Err(words.to_owned())
}

/// `[A B]`, as Go prints a list of words.
fn labels(blocks: &[Block]) -> String {
    let labels: Vec<&str> = blocks.iter().map(|block| block.label.as_str()).collect();
    format!("[{}]", labels.join(" "))
}

fn find_certificate(pem: &[u8]) -> Result<Block, String> {
    let mut blocks: Vec<Block> = blocks(pem).collect();
    if let Some(leaf) = blocks.iter().position(|block| block.label == CERTIFICATE) {
        return Ok(blocks.swap_remove(leaf));
    }
    Err(match blocks.as_slice() {
        [] => "tls: failed to find any PEM data in certificate input".to_owned(),
        [only] if only.label.ends_with(PRIVATE_KEY) => "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched".to_owned(),
        skipped => format!("tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the following types: {}", labels(skipped)),
    })
}

fn find_key(pem: &[u8]) -> Result<Block, String> {
    let mut blocks: Vec<Block> = blocks(pem).collect();
    let is_key =
        |block: &Block| block.label == PRIVATE_KEY || block.label.ends_with(" PRIVATE KEY");
    if let Some(key) = blocks.iter().position(is_key) {
        return Ok(blocks.swap_remove(key));
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
