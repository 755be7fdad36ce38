//! The cluster's certificate authority: what a certificate says (RFC 5280), and the signature on it.
//!
//! The certificate is written here and not by `rcgen`, which knows one organization for each subject: a user is in many groups.

use super::{request::Request, usages::Usages};
use rcgen::{KeyPair, SigningKey};
use std::fmt;
use time::OffsetDateTime;
use x509_parser::{pem::Pem, prelude::X509Certificate};
use yasna::{
    DERWriter, DERWriterSeq, Tag,
    models::{GeneralizedTime, ObjectIdentifier, UTCTime},
};

/// Signs what the signers let through. The certificate's key must be P-256, P-384, Ed25519 or RSA.
pub struct Authority {
    key: KeyPair,
    algorithm: &'static Algorithm,
    /// `Name`, DER.
    issuer: Vec<u8>,
    /// What certificates name this key by.
    key_id: Option<Vec<u8>>,
    /// Seconds since 1970; nothing that is issued is valid longer.
    not_after: i64,
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").finish_non_exhaustive()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    #[error("the authority's key cannot be used")]
    Key(#[source] rcgen::Error),
    #[error("certificates cannot be signed with keys of this algorithm")]
    Algorithm,
    #[error("the authority's certificate cannot be read")]
    Certificate,
}

/// When a certificate is valid, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Validity {
    pub(super) not_before: i64,
    pub(super) not_after: i64,
}

struct Algorithm {
    oid: &'static [u64],
    /// RSA's algorithms have parameters, of no content.
    null: bool,
}

const ECDSA_SHA256: Algorithm = plain(&[1, 2, 840, 10045, 4, 3, 2]);
const ECDSA_SHA384: Algorithm = plain(&[1, 2, 840, 10045, 4, 3, 3]);
const ED25519: Algorithm = plain(&[1, 3, 101, 112]);
const RSA_SHA256: Algorithm = Algorithm {
    oid: &[1, 2, 840, 113_549, 1, 1, 11],
    null: true,
};

const fn plain(oid: &'static [u64]) -> Algorithm {
    Algorithm { oid, null: false }
}

impl Authority {
    /// From the certificate and its PKCS #8 key, PEM both.
    ///
    /// # Errors
    /// One that cannot be read or used.
    pub fn new(certificate_pem: &str, key_pem: &str) -> Result<Self, AuthorityError> {
        let key = KeyPair::from_pem(key_pem).map_err(AuthorityError::Key)?;
        let known = [
            (&rcgen::PKCS_ECDSA_P256_SHA256, &ECDSA_SHA256),
            (&rcgen::PKCS_ECDSA_P384_SHA384, &ECDSA_SHA384),
            (&rcgen::PKCS_ED25519, &ED25519),
            (&rcgen::PKCS_RSA_SHA256, &RSA_SHA256),
        ];
        let algorithm = known
            .into_iter()
            .find_map(|(known, ours)| (known == key.algorithm()).then_some(ours))
            .ok_or(AuthorityError::Algorithm)?;
        let pem = Pem::iter_from_buffer(certificate_pem.as_bytes()).next();
        let pem = pem
            .and_then(Result::ok)
            .ok_or(AuthorityError::Certificate)?;
        let certificate = pem.parse_x509().map_err(|_| AuthorityError::Certificate)?;
        Ok(Self {
            algorithm,
            issuer: certificate.subject().as_raw().to_vec(),
            key_id: key_id(&certificate),
            not_after: certificate.validity().not_after.timestamp(),
            key,
        })
    }

    /// Until when what is issued can be valid, in seconds since 1970.
    pub(super) const fn not_after(&self) -> i64 {
        self.not_after
    }

    /// The certificate, PEM. It is no authority's, and carries nothing of the request's but subject, names and key.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub(super) fn issue(
        &self,
        request: &Request,
        usages: &Usages,
        validity: Validity,
        serial: [u8; 16],
    ) -> Result<String, String> {
        let validity = [validity.not_before, validity.not_after].map(Moment::of);
        let [Some(not_before), Some(not_after)] = validity else {
            return Err("failed to sign certificate: times out of range".to_owned());
        };
        let content = yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                let third = |writer: DERWriter<'_>| writer.write_u8(2);
                writer.next().write_tagged(Tag::context(0), third);
                writer.next().write_bigint_bytes(&serial, true);
                self.algorithm.write(writer.next());
                writer.next().write_der(&self.issuer);
                writer.next().write_sequence(|writer| {
                    not_before.write(writer.next());
                    not_after.write(writer.next());
                });
                write_subject(writer.next(), request);
                writer.next().write_der(&request.public_key);
                let all = |writer: DERWriter<'_>| {
                    writer.write_sequence(|writer| self.write_extensions(writer, request, usages));
                };
                writer.next().write_tagged(Tag::context(3), all);
            });
        });
        let signature = self.key.sign(&content);
        let signature =
            signature.map_err(|error| format!("failed to sign certificate: {error}"))?;
        let certificate = yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                writer.next().write_der(&content);
                self.algorithm.write(writer.next());
                let bits = signature.len() * 8;
                writer.next().write_bitvec_bytes(&signature, bits);
            });
        });
        Ok(to_pem(&certificate))
    }

    fn write_extensions(&self, writer: &mut DERWriterSeq<'_>, request: &Request, usages: &Usages) {
        if usages.key != 0 {
            extension(writer, 15, Critical::Yes, |writer| {
                write_key_usage(writer, usages.key)
            });
        }
        if !usages.extended.is_empty() {
            extension(writer, 37, Critical::No, |writer| {
                writer.write_sequence(|writer| {
                    for purpose in &usages.extended {
                        write_oid(writer.next(), &purpose.oid());
                    }
                });
            });
        }
        // Basic constraints that say nothing: not an authority.
        extension(writer, 19, Critical::Yes, |writer| {
            writer.write_sequence(|_| {});
        });
        if let Some(id) = &self.key_id {
            extension(writer, 35, Critical::No, |writer| {
                writer.write_sequence(|writer| {
                    let id = |writer: DERWriter<'_>| writer.write_bytes(id);
                    writer.next().write_tagged_implicit(Tag::context(0), id);
                });
            });
        }
        if !request.names.is_empty() {
            let critical = if request.subject().next().is_none() {
                Critical::Yes
            } else {
                Critical::No
            };
            extension(writer, 17, critical, |writer| write_names(writer, request));
        }
    }
}

impl Algorithm {
    fn write(&self, writer: DERWriter<'_>) {
        writer.write_sequence(|writer| {
            write_oid(writer.next(), self.oid);
            if self.null {
                writer.next().write_null();
            }
        });
    }
}

/// A time as certificates write it: short until 2049.
enum Moment {
    Short(UTCTime),
    Long(GeneralizedTime),
}

impl Moment {
    /// `None` for years that certificates cannot have.
    fn of(seconds: i64) -> Option<Self> {
        let time = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        match time.year() {
            1950..2050 => Some(Self::Short(UTCTime::from_datetime(time))),
            0..10_000 => Some(Self::Long(GeneralizedTime::from_datetime(time))),
            _ => None,
        }
    }

    fn write(&self, writer: DERWriter<'_>) {
        match self {
            Self::Short(time) => writer.write_utctime(time),
            Self::Long(time) => writer.write_generalized_time(time),
        }
    }
}

fn key_id(certificate: &X509Certificate<'_>) -> Option<Vec<u8>> {
    use x509_parser::extensions::ParsedExtension::SubjectKeyIdentifier;
    certificate.extensions().iter().find_map(|extension| {
        let SubjectKeyIdentifier(id) = extension.parsed_extension() else {
            return None;
        };
        Some(id.0.to_vec())
    })
}

/// One set for each attribute, with all its values.
fn write_subject(writer: DERWriter<'_>, request: &Request) {
    writer.write_sequence(|writer| {
        for (arc, values) in request.subject() {
            writer.next().write_set_of(|writer| {
                for value in values {
                    writer.next().write_sequence(|writer| {
                        write_oid(writer.next(), &[2, 5, 4, arc.into()]);
                        if value.bytes().all(is_printable) {
                            writer.next().write_printable_string(value);
                        } else {
                            writer.next().write_utf8_string(value);
                        }
                    });
                }
            });
        }
    });
}

fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=".contains(&byte)
}

#[derive(Clone, Copy)]
enum Critical {
    Yes,
    No,
}

/// An extension under `id-ce` (2.5.29).
fn extension(
    writer: &mut DERWriterSeq<'_>,
    arc: u64,
    critical: Critical,
    value: impl FnOnce(DERWriter<'_>),
) {
    writer.next().write_sequence(|writer| {
        write_oid(writer.next(), &[2, 5, 29, arc]);
        if matches!(critical, Critical::Yes) {
            writer.next().write_bool(true);
        }
        writer.next().write_bytes(&yasna::construct_der(value));
    });
}

/// The standard's first bit is the highest of the first byte; trailing zeros are left out.
fn write_key_usage(writer: DERWriter<'_>, bits: u16) {
    let [first, second] = bits.reverse_bits().to_be_bytes();
    let length = usize::try_from(u16::BITS - bits.leading_zeros()).unwrap_or_default();
    if second == 0 {
        writer.write_bitvec_bytes(&[first], length);
    } else {
        writer.write_bitvec_bytes(&[first, second], length);
    }
}

fn write_names(writer: DERWriter<'_>, request: &Request) {
    let names = &request.names;
    let texts = [(2, &names.dns), (1, &names.emails)];
    writer.write_sequence(|writer| {
        let mut text = |tag: u64, name: &str| {
            let name = |writer: DERWriter<'_>| writer.write_ia5_string(name);
            writer.next().write_tagged_implicit(Tag::context(tag), name);
        };
        for (tag, names) in texts {
            names.iter().for_each(|name| text(tag, name));
        }
        for address in &names.addresses {
            let address = |writer: DERWriter<'_>| writer.write_bytes(address);
            writer
                .next()
                .write_tagged_implicit(Tag::context(7), address);
        }
        for uri in &names.uris {
            let uri = |writer: DERWriter<'_>| writer.write_ia5_string(uri);
            writer.next().write_tagged_implicit(Tag::context(6), uri);
        }
    });
}

fn write_oid(writer: DERWriter<'_>, oid: &[u64]) {
    writer.write_oid(&ObjectIdentifier::from_slice(oid));
}

fn to_pem(der: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
    let text = STANDARD.encode(der);
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, next) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = next;
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}

#[cfg(test)]
mod tests;
