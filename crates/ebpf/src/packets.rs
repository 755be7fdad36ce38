//! The packet programs on interfaces that face other machines. From Linux 6.6 on they are tcx links, pinned; before that,
//! filters of the interface's clsact qdisc, which stay by themselves.

#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use nix::net::if_::if_nametoindex;
use sys::netlink::Socket;
use sys::netlink::qdisc::{self, Side};

use crate::bpf::{self, Definition};
use crate::datapath::DatapathError;
use crate::program::{self, Program};

include!(concat!(env!("OUT_DIR"), "/packets.rs"));

/// `BPF_PROG_TYPE_SCHED_CLS`
const KIND: u32 = 3;

/// Each program with the side of the interface that it is for.
const SIDES: [(&str, Side); 2] = [
    ("sampan_ingress", Side::Ingress),
    ("sampan_egress", Side::Egress),
];

const OUR_QDISC: &str = "clsact";
/// In names of directories instead of a dot, which the bpf file system does not take. No interface has it in its name.
const DOT: &str = ":";

/// How packet programs hang on an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// Links, from Linux 6.6 on.
    Tcx,
    /// Filters of the clsact qdisc.
    Clsact,
}

impl Hook {
    /// The better of those that the kernel has.
    pub fn of_this_kernel() -> Hook {
        let release =
            nix::sys::utsname::uname().map(|name| name.release().to_string_lossy().into_owned());
        if release.is_ok_and(|release| has_tcx(&release)) {
            Hook::Tcx
        } else {
            Hook::Clsact
        }
    }
}

/// Attaches both programs to each interface, in place of those of an earlier start, and lets go of interfaces no longer
/// named. `links` holds a directory per interface.
pub(crate) fn attach(
    interfaces: &[String],
    hook: Hook,
    maps: &Path,
    links: &Path,
) -> Result<(), DatapathError> {
    if !interfaces.is_empty() {
        program::create_maps(MAPS, maps)?;
    }
    for (name, side) in SIDES.iter().filter(|_| !interfaces.is_empty()) {
        let program = program::load(PROGRAMS, name, KIND, 0, maps)?;
        for interface in interfaces {
            let directory = links.join(interface.replace('.', DOT));
            create_dir(&directory)?;
            attach_one(&program, name, interface, *side, hook, &directory).map_err(|source| {
                DatapathError::Interface {
                    interface: interface.clone(),
                    source,
                }
            })?;
        }
    }
    detach_others(interfaces, links)
}

/// Detaches from every interface that `links` names but `keep` does not.
pub(crate) fn detach_others(keep: &[String], links: &Path) -> Result<(), DatapathError> {
    let failed = |source| DatapathError::Pin {
        path: links.into(),
        source,
    };
    let entries = match fs::read_dir(links) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(failed)?,
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let interface = entry.file_name().to_string_lossy().replace(DOT, ".");
        if !keep.contains(&interface) {
            detach(&interface, &entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

fn attach_one(
    program: &OwnedFd,
    name: &'static str,
    interface: &str,
    side: Side,
    hook: Hook,
    links: &Path,
) -> io::Result<()> {
    let index = if_nametoindex(interface)?;
    match hook {
        Hook::Tcx => {
            let link = bpf::create_link(program, index, tcx_attach_kind(side))?;
            program::pin_link(&link, &links.join(name))
        }
        Hook::Clsact => {
            let mut socket = Socket::route()?;
            if qdisc::add_clsact(&mut socket, index)? {
                // Remembered by a directory beside the links: what we added, we remove.
                crate::bpffs::create_dir(&links.join(OUR_QDISC))?;
            }
            socket.request(qdisc::set_program(index, side, program, name))
        }
    }
}

/// An interface that is gone has taken its programs along.
fn detach(interface: &str, links: &Path) -> io::Result<()> {
    for (name, _) in SIDES {
        program::detach_pinned(&links.join(name))?;
    }
    if let Ok(index) = if_nametoindex(interface) {
        let mut socket = Socket::route()?;
        for (_, side) in SIDES {
            // There is none where the programs are links.
            let _absent = socket.request(qdisc::remove_program(index, side));
        }
        if links.join(OUR_QDISC).exists() {
            qdisc::delete_unused_clsact(&mut socket, index)?;
        }
    }
    fs::remove_dir_all(links)
}

/// `BPF_TCX_INGRESS` and `BPF_TCX_EGRESS`.
const fn tcx_attach_kind(side: Side) -> u32 {
    match side {
        Side::Ingress => 46,
        Side::Egress => 47,
    }
}

fn create_dir(path: &Path) -> Result<(), DatapathError> {
    crate::bpffs::create_dir(path).map_err(|source| DatapathError::Pin {
        path: path.into(),
        source,
    })
}

/// From Linux 6.6 on.
fn has_tcx(release: &str) -> bool {
    let mut numbers = release
        .split(['.', '-'])
        .map_while(|number| number.parse::<u32>().ok());
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= (6, 6)
}
