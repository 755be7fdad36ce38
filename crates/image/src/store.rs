//! Images and layers on disk.
//!
//! ```text
//! lock                     held shared by whoever adds, exclusively by the collector
//! layers/<16 hex>/fs/      an unpacked layer; `diff_id` beside it says which
//! configs/<64 hex>         configuration documents, as they came
//! images/<64 hex>          records: names, layers, size. Written last
//! tmp/                     what is being made
//! ```

mod collect;
mod record;

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;

pub use collect::Collected;
pub use record::Image;

use crate::manifest::{Configuration, parse_config};
use crate::unpack::{Limits, unpack};
use crate::{Digest, ImageError, Reference};

const LAYER_NAME_DIGITS: usize = 16;

/// Where images lie and how large their parts may be.
#[derive(Clone, Debug)]
pub struct StoreConfig {
    pub root: PathBuf,
    /// Uncompressed bytes of one layer.
    pub layer_bytes_max: u64,
    pub layer_entries_max: u64,
    pub rng: platform::Rng,
}

/// The images of this machine. Calls block on the disk: use it from blocking threads, except for the look-ups.
#[derive(Debug)]
pub struct Store {
    config: StoreConfig,
    images: Mutex<BTreeMap<Digest, Arc<Image>>>,
    /// One lock a layer that is being unpacked, so that two pulls do not unpack it twice.
    unpacking: Mutex<HashMap<Digest, Arc<Mutex<()>>>>,
}

/// Keeps the collector away while content is added that no record names yet.
#[derive(Debug)]
pub(crate) struct Adding(
    #[expect(dead_code, reason = "the lock is held while the file is open")] File,
);

impl Store {
    /// Opens or creates the store, and removes what an interrupted pull has left.
    ///
    /// # Errors
    /// When the directory cannot be used.
    pub fn open(config: StoreConfig) -> Result<Self, ImageError> {
        for part in ["layers", "configs", "images", "tmp"] {
            let path = config.root.join(part);
            std::fs::create_dir_all(&path).map_err(|e| ImageError::io("create", &path, e))?;
        }
        let store = Self {
            config,
            images: Mutex::default(),
            unpacking: Mutex::default(),
        };
        store.reload()?;
        Ok(store)
    }

    /// All images, by id.
    #[must_use]
    pub fn list(&self) -> Vec<Arc<Image>> {
        self.images.lock().values().cloned().collect()
    }

    /// By id (with or without `sha256:`), or by name with tag or digest. Another process may have added it, so a
    /// miss looks at the disk.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Arc<Image>> {
        self.lookup(name).or_else(|| {
            self.reload().ok()?;
            self.lookup(name)
        })
    }

    /// Takes a name from its image, and the image away with its last name or when asked for by id. `false`: there
    /// is no such image. Layers stay until they are collected.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn remove(&self, name: &str) -> Result<bool, ImageError> {
        let Some(image) = self.find(name) else {
            return Ok(false);
        };
        let reference = name.parse::<Reference>().ok().and_then(|r| r.tagged());
        let mut left = Image::clone(&image);
        left.tags.retain(|tag| Some(tag) != reference.as_ref());
        let by_tag = left.tags.len() < image.tags.len();
        if by_tag && !left.tags.is_empty() {
            self.write_record(&left)?;
            return Ok(true);
        }
        let path = self.record_path(&image.id);
        std::fs::remove_file(&path).map_err(|e| ImageError::io("remove", &path, e))?;
        self.images.lock().remove(&image.id);
        Ok(true)
    }

    /// The directory that the names of [`Self::layer_name`] are relative to.
    #[must_use]
    pub fn layers_directory(&self) -> PathBuf {
        self.config.root.join("layers")
    }

    /// A layer's directory as overlayfs takes it: short, so that many fit.
    #[must_use]
    pub fn layer_name(diff_id: &Digest) -> String {
        format!("{}/fs", &diff_id.hex()[..LAYER_NAME_DIGITS])
    }

    /// The first bytes of a file of an image, from its topmost layer that has it; `None` when there is none.
    /// Symlinks are followed within their own layer.
    #[must_use]
    pub fn read_file(&self, image: &Image, path: &Path, bytes_max: u64) -> Option<Vec<u8>> {
        use std::os::unix::fs::MetadataExt;
        let path = path.strip_prefix("/").unwrap_or(path);
        for layer in image.layers.iter().rev() {
            let root =
                sys::fs::Root::open(&self.layers_directory().join(Self::layer_name(layer))).ok()?;
            let Ok(file) = root.read(path) else { continue };
            let metadata = file.metadata().ok()?;
            if !metadata.is_file() {
                return None;
            }
            let mut bytes =
                Vec::with_capacity(usize::try_from(metadata.size().min(bytes_max)).unwrap_or(0));
            file.take(bytes_max).read_to_end(&mut bytes).ok()?;
            return Some(bytes);
        }
        None
    }

    /// Bytes and files of all layers, for the image file system's usage.
    #[must_use]
    pub fn bytes_used(&self) -> u64 {
        let images = self.images.lock();
        let mut layers: Vec<(&Digest, u64)> = images
            .values()
            .flat_map(|i| i.layers.iter().zip(i.layer_bytes.iter().copied()))
            .collect();
        layers.sort_unstable();
        layers.dedup();
        layers.into_iter().map(|(_, bytes)| bytes).sum()
    }

    #[must_use]
    pub fn root(&self) -> &Path {
        &self.config.root
    }

    pub(crate) fn adding(&self) -> Result<Adding, ImageError> {
        let path = self.config.root.join("lock");
        let file = File::options().create(true).append(true).open(&path);
        let file = file.map_err(|e| ImageError::io("open", &path, e))?;
        file.lock_shared()
            .map_err(|e| ImageError::io("lock", &path, e))?;
        Ok(Adding(file))
    }

    pub(crate) fn has_layer(&self, diff_id: &Digest) -> bool {
        std::fs::read_to_string(self.layer_path(diff_id).join("diff_id"))
            .is_ok_and(|id| id == diff_id.to_string())
    }

    /// Unpacks a layer unless it is here. Checks the digest of the plain archive, and lets `check` judge the rest
    /// (the digest of the compressed one) before the layer counts.
    pub(crate) fn add_layer(
        &self,
        diff_id: &Digest,
        layer: impl Read,
        check: impl FnOnce() -> Result<(), ImageError>,
    ) -> Result<(), ImageError> {
        let lock = Arc::clone(self.unpacking.lock().entry(diff_id.clone()).or_default());
        let guard = lock.lock();
        let result = if self.has_layer(diff_id) {
            Ok(())
        } else {
            self.unpack_layer(diff_id, layer, check)
        };
        drop(guard);
        let mut unpacking = self.unpacking.lock();
        // Two owners: the map and this call.
        if Arc::strong_count(&lock) == 2 {
            unpacking.remove(diff_id);
        }
        result
    }

    fn unpack_layer(
        &self,
        diff_id: &Digest,
        layer: impl Read,
        check: impl FnOnce() -> Result<(), ImageError>,
    ) -> Result<(), ImageError> {
        let temporary = Temporary::directory(self)?;
        let target = temporary.path.join("fs");
        std::fs::create_dir(&target).map_err(|e| ImageError::io("create", &target, e))?;
        let limits = Limits {
            bytes_max: self.config.layer_bytes_max,
            entries_max: self.config.layer_entries_max,
        };
        let unpacked = unpack(layer, &target, limits).map_err(|source| ImageError::Unpack {
            layer: diff_id.clone(),
            source,
        })?;
        check()?;
        if unpacked != *diff_id {
            return Err(ImageError::Mismatch {
                expected: diff_id.clone(),
                actual: unpacked,
            });
        }
        let note = temporary.path.join("diff_id");
        std::fs::write(&note, diff_id.to_string())
            .map_err(|e| ImageError::io("write", &note, e))?;
        let place = self.layer_path(diff_id);
        match std::fs::rename(&temporary.path, &place) {
            Ok(()) => {
                temporary.keep();
                Ok(())
            }
            // Another process was faster.
            Err(_) if self.has_layer(diff_id) => Ok(()),
            Err(e) => Err(ImageError::io("create", &place, e)),
        }
    }

    /// Makes an image of layers that are all here. `digest` is its manifest's, for its name by digest.
    pub(crate) fn add_image(
        &self,
        config_bytes: &[u8],
        names: &[Reference],
        digest: Option<&Digest>,
    ) -> Result<Arc<Image>, ImageError> {
        let configuration = parse_config(config_bytes)?;
        let id = Digest::of(config_bytes);
        self.write_file(
            &self.config.root.join("configs").join(id.hex()),
            config_bytes,
        )?;
        let existing = self.images.lock().get(&id).cloned();
        let mut image = match existing {
            Some(image) => Image::clone(&image),
            None => self.new_image(id, configuration),
        };
        for name in names {
            image.add_name(name, digest);
        }
        self.sync()?;
        self.write_record(&image)
    }

    fn new_image(&self, id: Digest, configuration: Configuration) -> Image {
        let sizes = configuration
            .diff_ids
            .iter()
            .map(|layer| directory_bytes(&self.layer_path(layer).join("fs")));
        let layer_bytes: Vec<u64> = sizes.collect();
        Image {
            id,
            tags: Vec::new(),
            digests: Vec::new(),
            layers: configuration.diff_ids,
            layer_bytes,
            config: configuration.config,
        }
    }

    /// Another image may have the tag; it goes over to `image`.
    fn write_record(&self, image: &Image) -> Result<Arc<Image>, ImageError> {
        let losers: Vec<Image> = {
            let images = self.images.lock();
            let others = images.values().filter(|i| i.id != image.id);
            others
                .filter(|i| i.tags.iter().any(|tag| image.tags.contains(tag)))
                .map(|i| Image {
                    tags: i
                        .tags
                        .iter()
                        .filter(|t| !image.tags.contains(t))
                        .cloned()
                        .collect(),
                    ..Image::clone(i)
                })
                .collect()
        };
        for changed in losers.iter().chain([image]) {
            self.write_file(&self.record_path(&changed.id), &changed.to_record())?;
            self.images
                .lock()
                .insert(changed.id.clone(), Arc::new(changed.clone()));
        }
        Ok(Arc::new(image.clone()))
    }

    /// Everything that belongs to an image is on disk before its record is.
    fn sync(&self) -> Result<(), ImageError> {
        let root = &self.config.root;
        let file = File::open(root).map_err(|e| ImageError::io("open", root, e))?;
        nix::unistd::syncfs(&file).map_err(|e| ImageError::io("sync", root, e.into()))
    }

    fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<(), ImageError> {
        let temporary = self.temporary_path();
        let write = || {
            let mut file = File::create_new(&temporary)?;
            std::io::Write::write_all(&mut file, bytes)?;
            file.sync_data()?;
            std::fs::rename(&temporary, path)
        };
        write().map_err(|e| ImageError::io("write", path, e))
    }

    fn reload(&self) -> Result<(), ImageError> {
        let directory = self.config.root.join("images");
        let entries =
            std::fs::read_dir(&directory).map_err(|e| ImageError::io("read", &directory, e))?;
        let mut images = BTreeMap::new();
        for entry in entries.flatten() {
            if let Some(image) = self.load(&entry.path()) {
                images.insert(image.id.clone(), Arc::new(image));
            }
        }
        *self.images.lock() = images;
        Ok(())
    }

    /// A record that cannot be read is as good as none: the image is pulled again.
    fn load(&self, path: &Path) -> Option<Image> {
        let id = Digest::from_hex(path.file_name()?.to_str()?)?;
        let config = std::fs::read(self.config.root.join("configs").join(id.hex())).ok()?;
        let configuration = parse_config(&config).ok()?;
        Image::from_record(id, &std::fs::read(path).ok()?, configuration)
    }

    fn lookup(&self, name: &str) -> Option<Arc<Image>> {
        let images = self.images.lock();
        if let Some(id) = Digest::parse(name).or_else(|| Digest::from_hex(name)) {
            return images.get(&id).cloned();
        }
        let reference: Reference = name.parse().ok()?;
        let digested = reference.digest().map(|d| reference.digested(d));
        let tagged = reference.tagged();
        let has = |image: &&Arc<Image>| match &digested {
            Some(name) => image.digests.contains(name),
            None => tagged.as_ref().is_some_and(|tag| image.tags.contains(tag)),
        };
        images.values().find(has).cloned()
    }

    fn layer_path(&self, diff_id: &Digest) -> PathBuf {
        self.layers_directory()
            .join(&diff_id.hex()[..LAYER_NAME_DIGITS])
    }

    fn record_path(&self, id: &Digest) -> PathBuf {
        self.config.root.join("images").join(id.hex())
    }

    pub(crate) fn temporary_path(&self) -> PathBuf {
        self.config.root.join("tmp").join(self.config.rng.uuid())
    }
}

/// A directory that vanishes unless it is kept.
struct Temporary {
    path: PathBuf,
    kept: std::cell::Cell<bool>,
}

impl Temporary {
    fn directory(store: &Store) -> Result<Self, ImageError> {
        let path = store.temporary_path();
        std::fs::create_dir(&path).map_err(|e| ImageError::io("create", &path, e))?;
        Ok(Self {
            path,
            kept: std::cell::Cell::new(false),
        })
    }

    fn keep(&self) {
        self.kept.set(true);
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.kept.get() {
            // What stays is removed by the next collection.
            let _left = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// Bytes on disk of all files below.
fn directory_bytes(directory: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    let Ok(entries) = std::fs::read_dir(directory) else {
        return 0;
    };
    let mut bytes = 0;
    for entry in entries.flatten() {
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        bytes += metadata.blocks() * 512 / metadata.nlink().max(1);
        if metadata.is_dir() {
            bytes += directory_bytes(&entry.path());
        }
    }
    bytes
}

#[cfg(test)]
mod tests;
