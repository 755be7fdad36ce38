//! Which sandbox has which address. Each entry is a symbolic link named by the address, with the sandbox's id and its
//! network namespace on two lines: made by one system call with all that it says, it is never half there.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::net::Ipv4Addr;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use ipnet::Ipv4Net;

#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error("failed to read the addresses in {path}")]
    Read { path: PathBuf, source: io::Error },
    #[error("failed to record an address at {path}")]
    Record { path: PathBuf, source: io::Error },
    #[error("failed to release the address at {path}")]
    Release { path: PathBuf, source: io::Error },
    #[error("all {count} addresses of {network} are in use")]
    Full { network: Ipv4Net, count: u32 },
}

#[derive(Debug)]
pub(crate) struct Ledger {
    directory: PathBuf,
    network: Ipv4Net,
    /// Place in the network → sandbox.
    taken: BTreeMap<u32, String>,
    sandboxes: BTreeMap<String, u32>,
    namespaces: BTreeMap<String, PathBuf>,
    /// The next address is looked for behind this one, so that an address rests before it is used again.
    last: u32,
}

impl Ledger {
    pub(crate) fn open(directory: &Path, network: Ipv4Net) -> Result<Ledger, LedgerError> {
        let failed = |source| LedgerError::Read {
            path: directory.into(),
            source,
        };
        fs::create_dir_all(directory).map_err(failed)?;
        let mut ledger = Ledger {
            directory: directory.into(),
            network,
            taken: BTreeMap::new(),
            sandboxes: BTreeMap::new(),
            namespaces: BTreeMap::new(),
            last: FIRST - 1,
        };
        for entry in fs::read_dir(directory).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let sandbox = fs::read_link(entry.path()).map_err(failed)?;
            ledger.load(
                &entry.file_name().to_string_lossy(),
                &sandbox.to_string_lossy(),
            );
        }
        Ok(ledger)
    }

    fn load(&mut self, address: &str, entry: &str) {
        let (sandbox, netns) = entry.split_once('\n').unwrap_or((entry, ""));
        let Some(address) = address
            .parse()
            .ok()
            .filter(|address: &Ipv4Addr| self.network.contains(address))
        else {
            tracing::warn!(
                address,
                sandbox,
                "an address outside of the pod network is recorded; it is left alone"
            );
            return;
        };
        let number = address.to_bits() - self.network.network().to_bits();
        self.taken.insert(number, sandbox.to_owned());
        self.sandboxes.insert(sandbox.to_owned(), number);
        self.namespaces.insert(sandbox.to_owned(), netns.into());
        self.last = self.last.max(number);
    }

    /// The place in the network that the sandbox has, or a new one, recorded before this returns.
    pub(crate) fn take(&mut self, sandbox: &str, netns: &Path) -> Result<u32, LedgerError> {
        if let Some(number) = self.sandboxes.get(sandbox) {
            return Ok(*number);
        }
        let number = self.free().ok_or(LedgerError::Full {
            network: self.network,
            count: self.capacity(),
        })?;
        let path = self.path(number);
        let entry = format!("{sandbox}\n{}", netns.display());
        symlink(entry, &path).map_err(|source| LedgerError::Record { path, source })?;
        self.taken.insert(number, sandbox.to_owned());
        self.sandboxes.insert(sandbox.to_owned(), number);
        self.namespaces.insert(sandbox.to_owned(), netns.into());
        self.last = number;
        Ok(number)
    }

    /// To be called when nothing uses the address any more.
    pub(crate) fn release(&mut self, sandbox: &str) -> Result<(), LedgerError> {
        let Some(number) = self.sandboxes.get(sandbox).copied() else {
            return Ok(());
        };
        let path = self.path(number);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(LedgerError::Release { path, source });
            }
            _ => {}
        }
        self.sandboxes.remove(sandbox);
        self.namespaces.remove(sandbox);
        self.taken.remove(&number);
        Ok(())
    }

    pub(crate) fn number(&self, sandbox: &str) -> Option<u32> {
        self.sandboxes.get(sandbox).copied()
    }

    pub(crate) fn sandboxes(&self) -> impl Iterator<Item = (&str, u32)> {
        self.sandboxes
            .iter()
            .map(|(sandbox, number)| (sandbox.as_str(), *number))
    }

    /// The network namespaces of all sandboxes.
    pub(crate) fn namespaces(&self) -> Vec<PathBuf> {
        self.namespaces.values().cloned().collect()
    }

    pub(crate) fn address(&self, number: u32) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.network.network().to_bits() + number)
    }

    fn free(&self) -> Option<u32> {
        let end = FIRST + self.capacity();
        (self.last + 1..end)
            .chain(FIRST..end)
            .find(|number| !self.taken.contains_key(number))
    }

    /// All but the network's address, the gateway's and the broadcast address.
    fn capacity(&self) -> u32 {
        (1_u32 << (32 - self.network.prefix_len())) - 3
    }

    fn path(&self, number: u32) -> PathBuf {
        self.directory.join(self.address(number).to_string())
    }
}

/// The first address of the network is the gateway's.
const FIRST: u32 = 2;
