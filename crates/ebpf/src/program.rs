//! Programs and maps as the build found them in the objects, brought into the kernel.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;

use crate::bpf::{self, Definition, RefusedError};
use crate::datapath::DatapathError;

const INSTRUCTION_BYTES: usize = 8;
/// `BPF_PSEUDO_MAP_FD`, in the source register of the instruction that loads a map.
const MAP_DESCRIPTOR: u8 = 1;

#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) code: &'static [u8],
    /// Instructions that load a map.
    pub(crate) maps: &'static [(usize, &'static str)],
}

/// Makes the maps that are not pinned in the directory `maps` yet, and pins them there.
pub(crate) fn create_maps(definitions: &[Definition], maps: &Path) -> Result<(), DatapathError> {
    for definition in definitions {
        let path = maps.join(definition.name);
        if path.exists() {
            continue;
        }
        bpf::create_map(definition)
            .and_then(|map| bpf::pin(&map, &path))
            .map_err(|source| DatapathError::Map {
                map: definition.name,
                source,
            })?;
    }
    Ok(())
}

/// Loads the program called `name`, with the maps in the directory `maps`.
pub(crate) fn load(
    programs: &[Program],
    name: &'static str,
    kind: u32,
    attach_kind: u32,
    maps: &Path,
) -> Result<OwnedFd, DatapathError> {
    let program = programs
        .iter()
        .find(|program| program.name == name)
        .expect("callers name programs of their object");
    let mut code = instructions(program.code);
    // Kept open until the program is loaded; then it holds them itself.
    let mut opened = Vec::with_capacity(program.maps.len());
    for (index, map) in program.maps {
        let descriptor =
            bpf::open_pin(&maps.join(map)).map_err(|source| DatapathError::Map { map, source })?;
        code[*index] = with_map(code[*index], bpf::number(&descriptor));
        opened.push(descriptor);
    }
    bpf::load_program(name, kind, attach_kind, &code).map_err(|source: RefusedError| {
        DatapathError::Program {
            program: name,
            source,
        }
    })
}

/// Pins a link at `path`, replacing the link there only when the new one is in place.
pub(crate) fn pin_link(link: &OwnedFd, path: &Path) -> io::Result<()> {
    let name = path
        .file_name()
        .expect("a pin has a name")
        .to_string_lossy();
    let fresh = path.with_file_name(format!("{name}-new"));
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    bpf::pin(link, &fresh)?;
    fs::rename(&fresh, path)
}

/// Detaches the link pinned at `path`, if there is one.
pub(crate) fn detach_pinned(path: &Path) -> io::Result<()> {
    match bpf::open_pin(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        link => bpf::detach_link(&link?),
    }
}

fn instructions(code: &[u8]) -> Vec<u64> {
    let whole =
        |bytes: &[u8]| u64::from_ne_bytes(bytes.try_into().expect("chunks have eight bytes"));
    code.chunks_exact(INSTRUCTION_BYTES).map(whole).collect()
}

/// `struct bpf_insn`: the registers are in the second byte, the constant in the last four.
fn with_map(instruction: u64, map: u32) -> u64 {
    let mut bytes = instruction.to_ne_bytes();
    bytes[1] = if cfg!(target_endian = "little") {
        (bytes[1] & 0x0f) | MAP_DESCRIPTOR << 4
    } else {
        (bytes[1] & 0xf0) | MAP_DESCRIPTOR
    };
    bytes[4..].copy_from_slice(&map.to_ne_bytes());
    u64::from_ne_bytes(bytes)
}
