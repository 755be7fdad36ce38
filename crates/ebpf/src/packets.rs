//! The packet programs on interfaces that face other machines. From Linux 6.6 on they are tcx links, pinned; before that,
//! filters of the interface's clsact qdisc, which stay by themselves.

use std::fs;
use std::io;
use std::path::Path;

use aya::programs::links::FdLink;
use aya::programs::tc::{
    self, NlOptions, SchedClassifierLink, SchedClassifierLinkId, TcAttachOptions, TcError, TcHandle,
};
use aya::programs::{LinkOrder, ProgramError, SchedClassifier, TcAttachType};
use aya::util::KernelVersion;
use aya::{Ebpf, EbpfLoader};
use nix::net::if_::if_nametoindex;
use sys::netlink::{Socket, qdisc};

use crate::datapath::DatapathError;
use crate::{detach, sockets};

const OBJECT: &[u8] = aya::include_bytes_aligned!(concat!(env!("OUT_DIR"), "/packets.o"));
const DIRECTIONS: [(&str, TcAttachType); 2] = [
    ("sampan_ingress", TcAttachType::Ingress),
    ("sampan_egress", TcAttachType::Egress),
];
/// Of the clsact filters: fixed, so that a later start replaces them.
const PRIORITY: u16 = 1;
const HANDLE: TcHandle = TcHandle::new(0, 1);

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
        let tcx =
            KernelVersion::current().is_ok_and(|version| version >= KernelVersion::new(6, 6, 0));
        if tcx { Hook::Tcx } else { Hook::Clsact }
    }
}

/// Attaches both programs to each interface, in place of those of an earlier start, and lets go of interfaces no longer
/// named. `links` holds a directory per interface.
pub(crate) fn attach(
    interfaces: &[String],
    hook: Hook,
    loader: &mut EbpfLoader<'_>,
    links: &Path,
) -> Result<(), DatapathError> {
    if !interfaces.is_empty() {
        attach_all(interfaces, hook, loader, links)?;
    }
    detach_others(interfaces, links)
}

fn attach_all(
    interfaces: &[String],
    hook: Hook,
    loader: &mut EbpfLoader<'_>,
    links: &Path,
) -> Result<(), DatapathError> {
    let mut ebpf = loader
        .load(OBJECT)
        .map_err(|source| DatapathError::Load { source })?;
    for (program, _) in DIRECTIONS {
        classifier(&mut ebpf, program)
            .and_then(SchedClassifier::load)
            .map_err(|source| DatapathError::Program { program, source })?;
    }
    for interface in interfaces {
        let directory = links.join(directory_name(interface));
        create_dir(&directory)?;
        for (program, direction) in DIRECTIONS {
            attach_one(&mut ebpf, program, interface, direction, hook, &directory).map_err(
                |source| DatapathError::Interface {
                    interface: interface.clone(),
                    source: Box::new(source),
                },
            )?;
        }
    }
    Ok(())
}

/// Detaches from every interface that `links` names but `keep` does not.
pub(crate) fn detach_others(keep: &[String], links: &Path) -> Result<(), DatapathError> {
    let failed = |source| DatapathError::Pin {
        path: links.into(),
        source,
    };
    let entries = match fs::read_dir(links) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(failed)?,
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let interface = entry.file_name().to_string_lossy().replace(DOT, ".");
        if keep.contains(&interface) {
            continue;
        }
        for (program, direction) in DIRECTIONS {
            detach_filter(&interface, program, direction)?;
            match detach::detach(&entry.path().join(program)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(failed(error));
                }
                _ => {}
            }
        }
        if entry.path().join(OUR_QDISC).exists() {
            remove_qdisc(&interface).map_err(failed)?;
        }
        fs::remove_dir_all(entry.path()).map_err(failed)?;
    }
    Ok(())
}

fn attach_one(
    ebpf: &mut Ebpf,
    program: &'static str,
    interface: &str,
    direction: TcAttachType,
    hook: Hook,
    links: &Path,
) -> Result<(), DatapathError> {
    let failed = |source| DatapathError::Program { program, source };
    let loaded = classifier(ebpf, program).map_err(failed)?;
    match hook {
        Hook::Tcx => {
            let id = loaded
                .attach_with_options(
                    interface,
                    direction,
                    TcAttachOptions::TcxOrder(LinkOrder::default()),
                )
                .map_err(failed)?;
            let link = loaded.take_link(id).map_err(failed)?;
            let link =
                FdLink::try_from(link).map_err(|source| DatapathError::Link { program, source })?;
            sockets::pin(link, &links.join(program))
        }
        Hook::Clsact => {
            let added =
                add_qdisc(interface).map_err(|error| failed(TcError::IoError(error).into()))?;
            if added {
                // Remembered by a directory beside the links: what we added, we remove.
                create_dir(&links.join(OUR_QDISC))?;
            }
            let options = NlOptions {
                priority: PRIORITY,
                handle: HANDLE,
                classid: None,
            };
            let id = replace_filter(loaded, interface, direction)
                .or_else(|_| {
                    loaded.attach_with_options(
                        interface,
                        direction,
                        TcAttachOptions::Netlink(options),
                    )
                })
                .map_err(failed)?;
            // The filter is the kernel's from here on; dropping the link would remove it.
            std::mem::forget(loaded.take_link(id).map_err(failed)?);
            Ok(())
        }
    }
}

fn create_dir(path: &Path) -> Result<(), DatapathError> {
    crate::bpffs::create_dir(path).map_err(|source| DatapathError::Pin {
        path: path.into(),
        source,
    })
}

/// Returns whether the interface had none.
fn add_qdisc(interface: &str) -> io::Result<bool> {
    qdisc::add_clsact(&mut Socket::route()?, if_nametoindex(interface)?)
}

/// Removes the qdisc that an attach added, when the interface is still there and nobody else uses it.
fn remove_qdisc(interface: &str) -> io::Result<()> {
    let Ok(index) = if_nametoindex(interface) else {
        return Ok(());
    };
    let mut socket = Socket::route()?;
    qdisc::delete_unused_clsact(&mut socket, index)?;
    Ok(())
}

fn directory_name(interface: &str) -> String {
    interface.replace('.', DOT)
}

/// In place of the filter of an earlier start, without a gap; an error when there is none.
fn replace_filter(
    program: &mut SchedClassifier,
    interface: &str,
    direction: TcAttachType,
) -> Result<SchedClassifierLinkId, ProgramError> {
    let there = SchedClassifierLink::attached(interface, direction, PRIORITY, HANDLE, None)
        .map_err(|error| ProgramError::TcError(TcError::IoError(error)))?;
    program.attach_to_link(there)
}

fn classifier<'a>(
    ebpf: &'a mut Ebpf,
    program: &'static str,
) -> Result<&'a mut SchedClassifier, ProgramError> {
    ebpf.program_mut(program)
        .expect("DIRECTIONS lists what packets.bpf.c defines")
        .try_into()
}

/// Removes a clsact filter of ours, if the interface is there and has one.
fn detach_filter(
    interface: &str,
    program: &'static str,
    direction: TcAttachType,
) -> Result<(), DatapathError> {
    match tc::qdisc_detach_program(interface, direction, program) {
        Ok(()) | Err(TcError::IoError(_) | TcError::NetlinkError(_)) => Ok(()),
        Err(source) => Err(DatapathError::Program {
            program,
            source: source.into(),
        }),
    }
}
