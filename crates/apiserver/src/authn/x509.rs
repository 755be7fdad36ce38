//! The user that a verified client certificate names.
use meta::Str;
use resource::User;
use x509_parser::prelude::{FromDer, X509Certificate};

/// CN is the name, every O a group. `None` when there is no CN.
pub(crate) fn user(certificate: &[u8]) -> Option<User> {
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    let subject = certificate.subject();
    let name = subject
        .iter_common_name()
        .next()
        .and_then(|name| name.as_str().ok())?;
    let groups = subject
        .iter_organization()
        .filter_map(|group| group.as_str().ok())
        .map(Str::from);
    Some(User {
        name: Str::from(name),
        groups: groups.collect(),
        ..User::default()
    })
}
