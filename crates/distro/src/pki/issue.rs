//! Leaf certificates: short-lived, issued in memory.

use super::{Pki, PkiError};
use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, Issuer, KeyPair, KeyUsagePurpose, SanType,
};
use std::net::IpAddr;
use time::{Duration, OffsetDateTime};

/// The common name that the cluster's own configuration lets speak for users.
pub(crate) const FRONT_PROXY: &str = "front-proxy-client";
/// How long a leaf lives; it is issued again when a third of this is left.
const LEAF_DAYS: i64 = 365;

/// Whom a leaf speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// A client: the user's name and group (RFC 5280 CN and O).
    Client { user: String, group: String },
    /// A server: its names and addresses.
    Server {
        names: Vec<String>,
        addresses: Vec<IpAddr>,
    },
}

/// A certificate and its key.
#[derive(Clone)]
pub(crate) struct Leaf {
    pub(crate) certificate_pem: String,
    pub(crate) certificate_der: Vec<u8>,
    pub(crate) key_pem: String,
    pub(crate) key_der: Vec<u8>,
    /// When it is time for the next one.
    pub(crate) renew_at: OffsetDateTime,
}

impl std::fmt::Debug for Leaf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Leaf")
            .field("renew_at", &self.renew_at)
            .finish_non_exhaustive()
    }
}

impl Pki {
    /// # Errors
    /// A name that no certificate can hold.
    pub(crate) fn issue(&self, identity: &Identity, now: OffsetDateTime) -> Result<Leaf, PkiError> {
        signed(identity, &self.issuer, now)
    }

    /// With this one the API server speaks for its users to aggregated servers.
    ///
    /// # Errors
    /// When no key can be made.
    pub(crate) fn issue_front_proxy(&self, now: OffsetDateTime) -> Result<Leaf, PkiError> {
        let identity = Identity::Client {
            user: FRONT_PROXY.to_owned(),
            group: String::new(),
        };
        signed(&identity, &self.front_proxy_issuer, now)
    }
}

fn signed(
    identity: &Identity,
    issuer: &Issuer<'static, KeyPair>,
    now: OffsetDateTime,
) -> Result<Leaf, PkiError> {
    let wrong = |source| PkiError::Issue {
        subject: format!("{identity:?}"),
        source,
    };
    let key = KeyPair::generate().map_err(wrong)?;
    let mut params = params(identity).map_err(wrong)?;
    params.not_before = now - Duration::hours(1);
    params.not_after = now + Duration::days(LEAF_DAYS);
    let certificate = params.signed_by(&key, issuer).map_err(wrong)?;
    Ok(Leaf {
        certificate_pem: certificate.pem(),
        certificate_der: certificate.der().to_vec(),
        key_pem: key.serialize_pem(),
        key_der: key.serialize_der(),
        renew_at: now + Duration::days(LEAF_DAYS * 2 / 3),
    })
}

fn params(identity: &Identity) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::default();
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    match identity {
        Identity::Client { user, group } => {
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
            params
                .distinguished_name
                .push(DnType::CommonName, user.as_str());
            if !group.is_empty() {
                params
                    .distinguished_name
                    .push(DnType::OrganizationName, group.as_str());
            }
        }
        Identity::Server { names, addresses } => {
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
            params
                .distinguished_name
                .push(DnType::CommonName, "sampan-apiserver");
            for name in names {
                params
                    .subject_alt_names
                    .push(SanType::DnsName(name.as_str().try_into()?));
            }
            params
                .subject_alt_names
                .extend(addresses.iter().map(|ip| SanType::IpAddress(*ip)));
        }
    }
    Ok(params)
}
