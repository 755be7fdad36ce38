//! The user that a verified client certificate names.
use meta::Str;
use resource::User;
use ring::digest;
use std::fmt::Write;
use x509_parser::prelude::{FromDer, X509Certificate};

/// Attribute of the subject that holds the user's UID.
const UID: &str = "1.3.6.1.4.1.57683.2";
const CREDENTIAL: &str = "authentication.kubernetes.io/credential-id";

/// The subject says what no user can be: several UIDs, or an empty one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unusable;

/// CN is the name, every O a group. `None` when there is no CN.
pub(crate) fn user(der: &[u8]) -> Result<Option<User>, Unusable> {
    let (_, certificate) = X509Certificate::from_der(der).map_err(|_| Unusable)?;
    let subject = certificate.subject();
    let name = common_name(der);
    if name.is_empty() {
        return Ok(None);
    }
    let groups = subject
        .iter_organization()
        .filter_map(|group| group.as_str().ok())
        .map(Str::from);
    let mut fingerprint = "X509SHA256=".to_owned();
    for byte in digest::digest(&digest::SHA256, der).as_ref() {
        write!(fingerprint, "{byte:02x}").expect("a string takes all");
    }
    Ok(Some(User {
        name: name.into(),
        uid: uid(&certificate)?,
        groups: groups.collect(),
        extra: vec![(CREDENTIAL.into(), vec![fingerprint.into()])],
    }))
}

/// The common name of a certificate's subject; empty when it has none.
pub(super) fn common_name(der: &[u8]) -> String {
    let Ok((_, certificate)) = X509Certificate::from_der(der) else {
        return String::new();
    };
    // Go keeps the last of several.
    let name = certificate.subject().iter_common_name().last();
    name.and_then(|name| name.as_str().ok())
        .map(str::to_owned)
        .unwrap_or_default()
}

fn uid(certificate: &X509Certificate<'_>) -> Result<Str, Unusable> {
    let attributes = certificate.subject().iter_attributes();
    let mut uids = attributes.filter(|attribute| attribute.attr_type().to_id_string() == UID);
    let Some(uid) = uids.next() else {
        return Ok(Str::default());
    };
    match (uid.as_str(), uids.next()) {
        (Ok(uid), None) if !uid.is_empty() => Ok(uid.into()),
        _ => Err(Unusable),
    }
}
