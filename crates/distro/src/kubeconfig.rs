//! The administrator's kubeconfig: readable by whoever ran `sampan up`, also behind `sudo`, and by nobody else.

use crate::{
    files,
    pki::{Identity, Leaf, Pki, PkiError, ca_path},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    io,
    os::unix::fs::{chown, symlink},
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

/// Where commands find a data directory's kubeconfig: the file, or a link to where `--kubeconfig` put it.
pub(crate) fn of_data_dir(data_dir: &Path) -> PathBuf {
    data_dir.join("kubeconfig")
}

/// What a person reads when that file cannot be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> String {
    let shown = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => {
            format!("there is no {shown}: `sampan up` with this --data-dir writes it")
        }
        io::ErrorKind::PermissionDenied => {
            format!("you may not read {shown}: run as whoever ran `sampan up`, or as root")
        }
        _ => format!("cannot read {shown}"),
    }
}

/// Issues a new certificate for the administrator and writes the file.
///
/// # Errors
/// A certificate that cannot be issued, or a file that cannot be written.
pub(crate) fn write(
    path: &Path,
    data_dir: &Path,
    server: &str,
    pki: &Pki,
    now: OffsetDateTime,
) -> Result<Leaf, KubeconfigError> {
    let identity = Identity::Client {
        user: "admin".to_owned(),
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
        open_the_way(data_dir, user).map_err(wrong)?;
    }
    link(path, &of_data_dir(data_dir)).map_err(wrong)?;
    Ok(leaf)
}

/// Leaves in the data directory where the file is. A file that an earlier start wrote there would be found instead, so it goes.
fn link(path: &Path, known: &Path) -> io::Result<()> {
    if path == known {
        return Ok(());
    }
    let temporary = known.with_extension("new");
    remove_file(&temporary)?;
    symlink(path, &temporary)?;
    std::fs::rename(&temporary, known)
}

/// Removes a file that `--kubeconfig` put elsewhere, unless it has become another cluster's.
///
/// # Errors
/// What the file system says.
pub(crate) fn forget(data_dir: &Path) -> io::Result<()> {
    let Ok(elsewhere) = std::fs::read_link(of_data_dir(data_dir)) else {
        return Ok(());
    };
    let ca = std::fs::read(ca_path(&data_dir.join("pki")))?;
    let ours =
        std::fs::read_to_string(&elsewhere).is_ok_and(|text| text.contains(&STANDARD.encode(ca)));
    if ours {
        remove_file(&elsewhere)?;
    }
    Ok(())
}

fn remove_file(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
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

/// Lets the user pass through the data directory, which stays unreadable: what is in it keeps its own modes.
fn open_the_way(dir: &Path, user: u32) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let metadata = std::fs::metadata(dir)?;
    if metadata.uid() == user || metadata.permissions().mode() & 0o001 != 0 {
        return Ok(());
    }
    std::fs::set_permissions(
        dir,
        PermissionsExt::from_mode(metadata.permissions().mode() | 0o011),
    )
}
