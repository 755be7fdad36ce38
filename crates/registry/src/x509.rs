//! Certificates and keys as Go's `crypto/x509` reads them, with its words for what is wrong. Knows no kind.

pub(crate) mod certificate;
mod constraints;
mod der;
pub(crate) mod elliptic;
mod extensions;
mod names;
pub(crate) mod pem;
pub(crate) mod private_key;
pub(crate) mod public_key;
mod rsa;
#[cfg(test)]
mod tests;
