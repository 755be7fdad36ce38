//! Removal of what no image and no container needs.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use super::Store;
use crate::ImageError;

/// What a collection has removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    pub layers: u32,
    pub configs: u32,
    pub temporaries: u32,
}

impl Store {
    /// Removes layers, configurations and temporary files that neither an image nor `in_use` (names of the
    /// layers of containers, see [`Store::layer_name`]) names. Does nothing while content is being added, here or in another process.
    ///
    /// # Errors
    /// When something cannot be removed.
    pub fn collect(&self, in_use: &BTreeSet<String>) -> Result<Collected, ImageError> {
        let path = self.config.root.join("lock");
        let lock = File::options().create(true).append(true).open(&path);
        let lock = lock.map_err(|e| ImageError::io("open", &path, e))?;
        if lock.try_lock().is_err() {
            return Ok(Collected::default());
        }
        self.reload()?;
        let images = self.list();
        let layers: BTreeSet<String> = images
            .iter()
            .flat_map(|image| image.layers.iter().map(Store::layer_name))
            .chain(in_use.iter().cloned())
            .filter_map(|name| name.split('/').next().map(str::to_owned))
            .collect();
        let configs: BTreeSet<String> = images.iter().map(|image| image.id.hex()).collect();
        Ok(Collected {
            layers: remove_others(&self.config.root.join("layers"), &layers)?,
            configs: remove_others(&self.config.root.join("configs"), &configs)?,
            temporaries: remove_others(&self.config.root.join("tmp"), &BTreeSet::new())?,
        })
    }
}

fn remove_others(directory: &Path, keep: &BTreeSet<String>) -> Result<u32, ImageError> {
    let entries = std::fs::read_dir(directory).map_err(|e| ImageError::io("read", directory, e))?;
    let mut removed = 0;
    for entry in entries.flatten() {
        if entry
            .file_name()
            .to_str()
            .is_some_and(|name| keep.contains(name))
        {
            continue;
        }
        let path = entry.path();
        let is_directory = entry.file_type().is_ok_and(|t| t.is_dir());
        let result = if is_directory {
            std::fs::remove_dir_all(&path)
        } else {
            std::fs::remove_file(&path)
        };
        result.map_err(|e| ImageError::io("remove", &path, e))?;
        removed += 1;
    }
    Ok(removed)
}
