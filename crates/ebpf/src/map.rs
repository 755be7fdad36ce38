//! A map in the kernel, with keys and values of known sizes.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use crate::bpf;

#[derive(Debug)]
pub(crate) struct Map<const KEY: usize, const VALUE: usize>(OwnedFd);

impl<const KEY: usize, const VALUE: usize> Map<KEY, VALUE> {
    /// Opens what [`crate::program::create_maps`] pinned in the directory `maps`. Maps of another layout have another
    /// directory, so the sizes fit.
    pub(crate) fn open(maps: &Path, name: &str) -> io::Result<Self> {
        bpf::open_pin(&maps.join(name)).map(Self)
    }

    pub(crate) fn get(&self, key: &[u8; KEY]) -> io::Result<Option<[u8; VALUE]>> {
        let mut value = [0; VALUE];
        Ok(bpf::lookup(&self.0, key, &mut value)?.then_some(value))
    }

    pub(crate) fn insert(&self, key: &[u8; KEY], value: &[u8; VALUE]) -> io::Result<()> {
        bpf::update(&self.0, key, value)
    }

    /// A key that is not there is no error.
    pub(crate) fn remove(&self, key: &[u8; KEY]) -> io::Result<()> {
        bpf::delete(&self.0, key).map(drop)
    }

    pub(crate) fn keys(&self) -> io::Result<Vec<[u8; KEY]>> {
        let mut keys: Vec<[u8; KEY]> = Vec::new();
        let mut next = [0; KEY];
        while bpf::next_key(&self.0, keys.last().map(<[u8; KEY]>::as_slice), &mut next)? {
            keys.push(next);
        }
        Ok(keys)
    }
}
