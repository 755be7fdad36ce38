//! The user that a verified client certificate names.
use meta::Str;
use resource::User;
use ring::digest;
use std::fmt::Write;
use x509_parser::{
    asn1_rs::Tag,
    prelude::{FromDer, X509Certificate},
    x509::AttributeTypeAndValue,
};

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
    let groups: Result<Vec<Str>, Unusable> = subject
        .iter_organization()
        .map(|group| text(group).map(Str::from).ok_or(Unusable))
        .collect();
    let mut fingerprint = "X509SHA256=".to_owned();
    for byte in digest::digest(&digest::SHA256, der).as_ref() {
        write!(fingerprint, "{byte:02x}").expect("a string takes all");
    }
    Ok(Some(User {
        name: name.into(),
        uid: uid(&certificate)?,
        groups: groups?,
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
    name.and_then(text).unwrap_or_default()
}

/// The text of an attribute in one of the encodings that Go knows: a group must not hide in an old one.
pub(crate) fn text(attribute: &AttributeTypeAndValue<'_>) -> Option<String> {
    let value = attribute.attr_value();
    match value.tag() {
        Tag::T61String => Some(value.data.iter().copied().map(char::from).collect()),
        Tag::BmpString => {
            let (pairs, rest) = value.data.as_chunks::<2>();
            let units: Vec<u16> = pairs.iter().copied().map(u16::from_be_bytes).collect();
            let units = units.strip_suffix(&[0]).unwrap_or(&units);
            rest.is_empty().then(|| String::from_utf16_lossy(units))
        }
        _ => attribute.as_str().ok().map(str::to_owned),
    }
}

fn uid(certificate: &X509Certificate<'_>) -> Result<Str, Unusable> {
    let attributes = certificate.subject().iter_attributes();
    let mut uids = attributes.filter(|attribute| attribute.attr_type().to_id_string() == UID);
    let Some(uid) = uids.next() else {
        return Ok(Str::default());
    };
    match (text(uid).ok_or(Unusable)?, uids.next()) {
        (uid, None) if !uid.is_empty() => Ok(uid.into()),
        _ => Err(Unusable),
    }
}
