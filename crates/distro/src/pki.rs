//! The cluster's keys: one authority and one token key on disk, made at the first start; every other certificate is issued from them
//! when it is needed and again before it expires, so that none of them ever needs a person.

mod issue;
#[cfg(test)]
mod tests;

pub(crate) use self::issue::{FRONT_PROXY, Identity, Leaf};
use crate::files;
use controllers::{Authority, AuthorityError};
use rcgen::{CertificateParams, Issuer, KeyPair};
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};
use time::OffsetDateTime;

const CA_YEARS: i64 = 10;

/// What a cluster's certificates and tokens are signed with.
pub(crate) struct Pki {
    /// The authority's certificate, PEM: what clients and pods trust.
    pub(crate) ca_pem: String,
    /// The authority of front proxies, PEM: whom it certifies may speak for any user.
    pub(crate) front_proxy_ca_pem: String,
    /// PKCS #8, PEM, P-256: signs service-account tokens (ES256).
    pub(crate) token_key_pem: String,
    /// Signs what the cluster's users ask for.
    pub(crate) authority: Arc<Authority>,
    issuer: Issuer<'static, KeyPair>,
    front_proxy_issuer: Issuer<'static, KeyPair>,
}

impl std::fmt::Debug for Pki {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pki").finish_non_exhaustive()
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum PkiError {
    #[error("failed to read or write {path}")]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(
        "{path} does not hold a usable key or certificate: restore it from a backup, or start over with `sampan reset`"
    )]
    Damaged {
        path: PathBuf,
        #[source]
        source: rcgen::Error,
    },
    #[error(
        "{path} cannot sign for users of the cluster: restore it from a backup, or start over with `sampan reset`"
    )]
    Authority {
        path: PathBuf,
        #[source]
        source: AuthorityError,
    },
    #[error("failed to issue a certificate for {subject}")]
    Issue {
        subject: String,
        #[source]
        source: rcgen::Error,
    },
}

impl Pki {
    /// Reads the keys in `dir`, and makes those that are missing.
    ///
    /// # Errors
    /// A file that cannot be read or written, or that holds no key.
    pub(crate) fn open(dir: &Path, now: OffsetDateTime) -> Result<Self, PkiError> {
        files::private_dir(dir).map_err(|source| PkiError::File {
            path: dir.to_owned(),
            source,
        })?;
        let ca_key_path = dir.join("ca.key");
        let ca_path = ca_path(dir);
        let damaged = |path: &Path| {
            let path = path.to_owned();
            move |source| PkiError::Damaged { path, source }
        };
        let ca_key_pem = read_or_make(&ca_key_path, new_key)?;
        let ca_key = KeyPair::from_pem(&ca_key_pem).map_err(damaged(&ca_key_path))?;
        let ca_pem = read_or_make(&ca_path, || authority("sampan-ca", &ca_key, now))?;
        let signer =
            Authority::new(&ca_pem, &ca_key_pem).map_err(|source| PkiError::Authority {
                path: ca_path.clone(),
                source,
            })?;
        let proxy_key_path = dir.join("front-proxy-ca.key");
        let proxy_key = KeyPair::from_pem(&read_or_make(&proxy_key_path, new_key)?)
            .map_err(damaged(&proxy_key_path))?;
        let proxy_path = dir.join("front-proxy-ca.crt");
        let name = "sampan-front-proxy-ca";
        let front_proxy_ca_pem = read_or_make(&proxy_path, || authority(name, &proxy_key, now))?;
        let front_proxy_issuer = Issuer::from_ca_cert_pem(&front_proxy_ca_pem, proxy_key)
            .map_err(damaged(&proxy_path))?;
        let token_key_pem = read_or_make(&dir.join("service-account.key"), new_key)?;
        let issuer = Issuer::from_ca_cert_pem(&ca_pem, ca_key).map_err(damaged(&ca_path))?;
        Ok(Self {
            ca_pem,
            front_proxy_ca_pem,
            token_key_pem,
            authority: Arc::new(signer),
            issuer,
            front_proxy_issuer,
        })
    }
}

/// The authority's certificate, as PEM, within the directory of the keys.
pub(crate) fn ca_path(dir: &Path) -> PathBuf {
    dir.join("ca.crt")
}

fn read_or_make(
    path: &Path,
    make: impl FnOnce() -> Result<String, PkiError>,
) -> Result<String, PkiError> {
    let wrong = |source| PkiError::File {
        path: path.to_owned(),
        source,
    };
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = make()?;
            files::write_private(path, text.as_bytes()).map_err(wrong)?;
            Ok(text)
        }
        Err(error) => Err(wrong(error)),
    }
}

fn new_key() -> Result<String, PkiError> {
    let key = KeyPair::generate().map_err(|source| PkiError::Issue {
        subject: "a new key".to_owned(),
        source,
    })?;
    Ok(key.serialize_pem())
}

fn authority(name: &str, key: &KeyPair, now: OffsetDateTime) -> Result<String, PkiError> {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name);
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Constrained(0));
    params.key_usages = vec![
        rcgen::KeyUsagePurpose::KeyCertSign,
        rcgen::KeyUsagePurpose::CrlSign,
        rcgen::KeyUsagePurpose::DigitalSignature,
    ];
    params.not_before = now - time::Duration::hours(1);
    params.not_after = now + time::Duration::days(365 * CA_YEARS);
    let certificate = params.self_signed(key).map_err(|source| PkiError::Issue {
        subject: name.to_owned(),
        source,
    })?;
    Ok(certificate.pem())
}
