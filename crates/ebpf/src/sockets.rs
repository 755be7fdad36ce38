//! The socket programs: loaded, attached to a cgroup, their links pinned.

use std::fs::File;
use std::path::Path;

use crate::bpf::{self, Definition};
use crate::datapath::DatapathError;
use crate::program::{self, Program};

include!(concat!(env!("OUT_DIR"), "/sockets.rs"));

/// `BPF_PROG_TYPE_CGROUP_SOCK_ADDR`
const KIND: u32 = 18;

/// Each program with its `enum bpf_attach_type`.
pub(crate) const HOOKS: [(&str, u32); 8] = [
    ("connect4", 10),
    ("connect6", 11),
    ("sendmsg4", 14),
    ("sendmsg6", 15),
    ("recvmsg4", 19),
    ("recvmsg6", 20),
    ("getpeername4", 29),
    ("getpeername6", 30),
];

/// Attaches the programs to `cgroup` and pins their links in `links`, in place of links of an earlier start. For a moment
/// both are attached, which is harmless: the second sees a backend's address, which is no Service.
pub(crate) fn attach(cgroup: &Path, maps: &Path, links: &Path) -> Result<(), DatapathError> {
    let target = File::open(cgroup).map_err(|source| DatapathError::Cgroup {
        path: cgroup.into(),
        source,
    })?;
    for (name, attach_kind) in HOOKS {
        let program = program::load(PROGRAMS, name, KIND, attach_kind, maps)?;
        // Links always allow others beside them.
        let link =
            bpf::create_link(&program, bpf::number(&target), attach_kind).map_err(|source| {
                DatapathError::Link {
                    program: name,
                    source,
                }
            })?;
        let path = links.join(name);
        program::pin_link(&link, &path).map_err(|source| DatapathError::Pin { path, source })?;
    }
    Ok(())
}
