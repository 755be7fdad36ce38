//! The packet programs on interfaces that face other machines. From Linux 6.6 on they are tcx links, pinned; before that,
//! filters of the interface's clsact qdisc, which stay by themselves.

use std::fs;
use std::path::Path;

use aya::Ebpf;
use aya::programs::links::FdLink;
use aya::programs::tc::{self, NlOptions, TcAttachOptions, TcError, TcHandle};
use aya::programs::{LinkOrder, ProgramError, SchedClassifier, TcAttachType};
use aya::util::KernelVersion;

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

/// In names of directories instead of a dot, which the bpf file system does not take. No interface has it in its name.
const DOT: &str = ":";

/// How programs hang on an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hook {
    Tcx,
    Clsact,
}

impl Hook {
    pub(crate) fn of_this_kernel() -> Hook {
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
    maps: &Path,
    links: &Path,
) -> Result<(), DatapathError> {
    if !interfaces.is_empty() {
        attach_all(interfaces, hook, maps, links)?;
    }
    detach_others(interfaces, links)
}

fn attach_all(
    interfaces: &[String],
    hook: Hook,
    maps: &Path,
    links: &Path,
) -> Result<(), DatapathError> {
    let mut ebpf = sockets::load(OBJECT, maps)?;
    for (program, _) in DIRECTIONS {
        classifier(&mut ebpf, program)
            .and_then(SchedClassifier::load)
            .map_err(|source| DatapathError::Program { program, source })?;
    }
    for interface in interfaces {
        let directory = links.join(directory_name(interface));
        crate::bpffs::create_dir(&directory).map_err(|source| DatapathError::Pin {
            path: directory.clone(),
            source,
        })?;
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
            match tc::qdisc_add_clsact(interface) {
                Err(TcError::AlreadyAttached) | Ok(()) => {}
                Err(source) => return Err(failed(source.into())),
            }
            detach_filter(interface, program, direction)?;
            let options = NlOptions {
                priority: PRIORITY,
                handle: HANDLE,
                classid: None,
            };
            let id = loaded
                .attach_with_options(interface, direction, TcAttachOptions::Netlink(options))
                .map_err(failed)?;
            // The filter is the kernel's from here on; dropping the link would remove it.
            std::mem::forget(loaded.take_link(id).map_err(failed)?);
            Ok(())
        }
    }
}

fn directory_name(interface: &str) -> String {
    interface.replace('.', DOT)
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
