//! The directory in which a cluster lives: made at the first start, refused when a newer Sampan made it.

use crate::files;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Grows when the layout changes in a way that an older Sampan cannot read; a migration then brings older directories up.
const LAYOUT: u32 = 1;

#[derive(Debug, thiserror::Error)]
pub(crate) enum DataDirError {
    #[error(
        "cannot use {path} as the data directory: choose another with --data-dir, or run as root"
    )]
    Unusable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(
        "{path} was made by a newer Sampan (layout {found}; this one knows {LAYOUT}): upgrade sampan, or choose another --data-dir"
    )]
    Newer { path: PathBuf, found: u32 },
    #[error(
        "{path} does not say which Sampan made it: its file `version` is damaged; restore it from a backup, or start over with `sampan reset`"
    )]
    Damaged { path: PathBuf },
}

/// Makes the directory if it is not there, and checks who made it.
///
/// # Errors
/// One that names the directory and what to do.
pub(crate) fn open(path: &Path) -> Result<(), DataDirError> {
    let unusable = |source| DataDirError::Unusable {
        path: path.to_owned(),
        source,
    };
    let version = path.join("version");
    match fs::read_to_string(&version) {
        Ok(text) => check(path, &text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            files::private_dir(path).map_err(unusable)?;
            files::write_private(&version, format!("{LAYOUT}\n").as_bytes()).map_err(unusable)
        }
        Err(error) => Err(unusable(error)),
    }
}

fn check(path: &Path, text: &str) -> Result<(), DataDirError> {
    match text.trim().parse::<u32>() {
        Ok(found) if found > LAYOUT => Err(DataDirError::Newer {
            path: path.to_owned(),
            found,
        }),
        Ok(_) => Ok(()),
        Err(_) => Err(DataDirError::Damaged {
            path: path.to_owned(),
        }),
    }
}
