//! The administrator's kubeconfig: readable by whoever ran `sampan up`, also behind `sudo`, and by nobody else.

use crate::{
    files,
    pki::{Identity, Leaf, Pki, PkiError},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    io,
    os::unix::fs::chown,
    path::{Path, PathBuf},
};
use time::OffsetDateTime;

#[derive(Debug, thiserror::Error)]
pub(crate) enum KubeconfigError {
    #[error("failed to issue the administrator's certificate")]
    Issue(#[source] PkiError),
    #[error("failed to write {path}")]
    Write {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

/// Issues a new certificate for the administrator and writes the file.
///
/// # Errors
/// A certificate that cannot be issued, or a file that cannot be written.
pub(crate) fn write(
    path: &Path,
    server: &str,
    pki: &Pki,
    now: OffsetDateTime,
) -> Result<Leaf, KubeconfigError> {
    let identity = Identity::Client {
        user: "kubernetes-admin".to_owned(),
        group: "system:masters".to_owned(),
    };
    let leaf = pki.issue(&identity, now).map_err(KubeconfigError::Issue)?;
    let wrong = |source| KubeconfigError::Write {
        path: path.to_owned(),
        source,
    };
    files::write_private(path, text(server, &pki.ca_pem, &leaf).as_bytes()).map_err(wrong)?;
    if let Some((user, group)) = invoking_user() {
        chown(path, Some(user), Some(group)).map_err(wrong)?;
        open_the_way(path, user).map_err(wrong)?;
    }
    Ok(leaf)
}

fn text(server: &str, ca_pem: &str, leaf: &Leaf) -> String {
    let (ca, certificate, key) = (
        STANDARD.encode(ca_pem),
        STANDARD.encode(&leaf.certificate_pem),
        STANDARD.encode(&leaf.key_pem),
    );
    format!(
        "apiVersion: v1
kind: Config
clusters:
- name: sampan
  cluster:
    server: {server}
    certificate-authority-data: {ca}
users:
- name: sampan
  user:
    client-certificate-data: {certificate}
    client-key-data: {key}
contexts:
- name: sampan
  context:
    cluster: sampan
    user: sampan
current-context: sampan
"
    )
}

/// The user who ran `sudo sampan up`, if that is how it was run.
fn invoking_user() -> Option<(u32, u32)> {
    let number = |name| std::env::var(name).ok()?.parse().ok();
    Some((number("SUDO_UID")?, number("SUDO_GID")?)).filter(|(user, _)| *user != 0)
}

/// Lets the user pass through the file's own directory, which stays unreadable: what is in it keeps its own modes.
fn open_the_way(path: &Path, user: u32) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let Some(dir) = path.parent() else {
        return Ok(());
    };
    let metadata = std::fs::metadata(dir)?;
    if metadata.uid() == user || metadata.permissions().mode() & 0o001 != 0 {
        return Ok(());
    }
    std::fs::set_permissions(
        dir,
        PermissionsExt::from_mode(metadata.permissions().mode() | 0o011),
    )
}
