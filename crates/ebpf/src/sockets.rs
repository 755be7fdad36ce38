//! The socket programs: loaded, attached to a cgroup, their links pinned.

use std::fs::{self, File};
use std::path::Path;

use aya::programs::links::FdLink;
use aya::programs::{CgroupAttachMode, CgroupSockAddr};
use aya::{Ebpf, EbpfLoader};

use crate::datapath::DatapathError;

const OBJECT: &[u8] = aya::include_bytes_aligned!(concat!(env!("OUT_DIR"), "/sockets.o"));

pub(crate) const PROGRAMS: [&str; 8] = [
    "connect4",
    "connect6",
    "sendmsg4",
    "sendmsg6",
    "recvmsg4",
    "recvmsg6",
    "getpeername4",
    "getpeername6",
];

/// Attaches the programs to `cgroup` and pins their links in `links`, in place of links of an earlier start. For a moment
/// both are attached, which is harmless: the second sees a backend's address, which is no Service.
pub(crate) fn attach(ebpf: &mut Ebpf, cgroup: &Path, links: &Path) -> Result<(), DatapathError> {
    let target = File::open(cgroup).map_err(|source| DatapathError::Cgroup {
        path: cgroup.into(),
        source,
    })?;
    for program in PROGRAMS {
        let link = attach_one(ebpf, program, &target)?;
        pin(link, &links.join(program))?;
    }
    Ok(())
}

fn attach_one(
    ebpf: &mut Ebpf,
    program: &'static str,
    cgroup: &File,
) -> Result<FdLink, DatapathError> {
    let failed = |source| DatapathError::Program { program, source };
    let loaded = ebpf
        .program_mut(program)
        .expect("PROGRAMS lists what sockets.bpf.c defines");
    let loaded: &mut CgroupSockAddr = loaded.try_into().map_err(failed)?;
    loaded.load().map_err(failed)?;
    // Links always allow others beside them; `Single` says only that no flag is set, and flags are refused.
    let id = loaded
        .attach(cgroup, CgroupAttachMode::Single)
        .map_err(failed)?;
    let link = loaded.take_link(id).map_err(failed)?;
    link.try_into()
        .map_err(|source| DatapathError::Link { program, source })
}

/// A loader for both objects: making one reads the kernel's own types, whether it uses them or not, which costs more
/// than all the rest of a start.
pub(crate) fn loader(maps: &Path) -> EbpfLoader<'static> {
    let mut loader = EbpfLoader::new();
    loader.btf(None).default_map_pin_directory(maps);
    loader
}

/// Creates the maps, or finds where an earlier start pinned them, without attaching anything.
pub(crate) fn open(loader: &mut EbpfLoader<'_>) -> Result<Ebpf, DatapathError> {
    loader
        .load(OBJECT)
        .map_err(|source| DatapathError::Load { source })
}

/// Pins a link at `path`, replacing the link there only when the new one is in place.
pub(crate) fn pin(link: FdLink, path: &Path) -> Result<(), DatapathError> {
    let fresh = path.with_file_name(format!(
        "{}-new",
        path.file_name()
            .expect("a pin has a name")
            .to_string_lossy()
    ));
    let failed = |source| DatapathError::Pin {
        path: path.into(),
        source,
    };
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    link.pin(&fresh).map_err(|source| DatapathError::PinLink {
        path: path.into(),
        source,
    })?;
    fs::rename(&fresh, path).map_err(failed)
}
