//! bpf(2): the few commands that are needed, each with the part of `union bpf_attr` (linux/bpf.h) that it reads.
//!
//! Written out because libraries read and index all of the kernel's own type information before they load a program: 14 MB
//! and most of a server's start, for programs that use none of it.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsFd, AsRawFd as _, FromRawFd as _, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// `enum bpf_cmd`.
#[derive(Debug, Clone, Copy)]
enum Command {
    MapCreate = 0,
    MapLookup = 1,
    MapUpdate = 2,
    MapDelete = 3,
    MapNextKey = 4,
    ProgramLoad = 5,
    ObjectPin = 6,
    ObjectGet = 7,
    LinkCreate = 28,
    LinkDetach = 34,
}

const NAME_BYTES: usize = 16;
const LOG_BYTES: usize = 256 * 1024;
/// Not compatible with the GPL, as far as the kernel is concerned: the programs call no helper that asks for it.
const LICENSE: &std::ffi::CStr = c"Apache-2.0";

#[repr(C)]
struct MapCreate {
    kind: u32,
    key_bytes: u32,
    value_bytes: u32,
    entries_max: u32,
    flags: u32,
    inner: u32,
    numa_node: u32,
    name: [u8; NAME_BYTES],
}

#[repr(C)]
struct MapElement {
    map: u32,
    padding: u32,
    key: u64,
    value: u64,
    flags: u64,
}

#[repr(C)]
struct ProgramLoad {
    kind: u32,
    count: u32,
    code: u64,
    license: u64,
    log_level: u32,
    log_bytes: u32,
    log: u64,
    kernel_version: u32,
    flags: u32,
    name: [u8; NAME_BYTES],
    interface: u32,
    attach_kind: u32,
}

#[repr(C)]
struct Object {
    path: u64,
    descriptor: u32,
    flags: u32,
}

#[repr(C)]
struct LinkCreate {
    program: u32,
    target: u32,
    attach_kind: u32,
    flags: u32,
}

/// A map to be made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Definition {
    pub(crate) name: &'static str,
    pub(crate) kind: u32,
    pub(crate) key_bytes: u32,
    pub(crate) value_bytes: u32,
    pub(crate) entries_max: u32,
    pub(crate) flags: u32,
}

/// The kernel does not take a program.
#[derive(Debug, thiserror::Error)]
#[error("{source}{}{log}", if log.is_empty() { "" } else { "; the verifier says: " })]
pub struct RefusedError {
    source: io::Error,
    /// The end of what the verifier says.
    log: String,
}

pub(crate) fn create_map(definition: &Definition) -> io::Result<OwnedFd> {
    let Definition {
        kind,
        key_bytes,
        value_bytes,
        entries_max,
        flags,
        ..
    } = *definition;
    let name = name_bytes(definition.name);
    let attributes = MapCreate {
        kind,
        key_bytes,
        value_bytes,
        entries_max,
        flags,
        inner: 0,
        numa_node: 0,
        name,
    };
    descriptor(Command::MapCreate, &attributes)
}

/// Fills `value`; `false`: the map has no such key.
pub(crate) fn lookup(map: &OwnedFd, key: &[u8], value: &mut [u8]) -> io::Result<bool> {
    let attributes = element(map, key.as_ptr(), value.as_mut_ptr());
    found(call(Command::MapLookup, &attributes))
}

pub(crate) fn update(map: &OwnedFd, key: &[u8], value: &[u8]) -> io::Result<()> {
    call(
        Command::MapUpdate,
        &element(map, key.as_ptr(), value.as_ptr()),
    )
    .map(drop)
}

/// `false`: the map has no such key.
pub(crate) fn delete(map: &OwnedFd, key: &[u8]) -> io::Result<bool> {
    found(call(
        Command::MapDelete,
        &element(map, key.as_ptr(), std::ptr::null()),
    ))
}

/// Fills `next` with the key after `key`, or the first; `false`: there is none.
pub(crate) fn next_key(map: &OwnedFd, key: Option<&[u8]>, next: &mut [u8]) -> io::Result<bool> {
    let key = key.map_or(std::ptr::null(), <[u8]>::as_ptr);
    found(call(
        Command::MapNextKey,
        &element(map, key, next.as_mut_ptr()),
    ))
}

/// `code` is whole instructions, maps filled in.
pub(crate) fn load_program(
    name: &str,
    kind: u32,
    attach_kind: u32,
    code: &[u64],
) -> Result<OwnedFd, RefusedError> {
    let plain = |source| RefusedError {
        source,
        log: String::new(),
    };
    let count = u32::try_from(code.len()).map_err(|error| plain(io::Error::other(error)))?;
    let mut attributes = ProgramLoad {
        kind,
        count,
        code: code.as_ptr() as u64,
        license: LICENSE.as_ptr() as u64,
        log_level: 0,
        log_bytes: 0,
        log: 0,
        kernel_version: 0,
        flags: 0,
        name: name_bytes(name),
        interface: 0,
        attach_kind,
    };
    let first = match descriptor(Command::ProgramLoad, &attributes) {
        Ok(program) => return Ok(program),
        Err(error) => error,
    };
    // Once more, for the verifier's reasons.
    let mut log = vec![0_u8; LOG_BYTES];
    attributes.log_level = 1;
    attributes.log_bytes =
        u32::try_from(LOG_BYTES).map_err(|error| plain(io::Error::other(error)))?;
    attributes.log = log.as_mut_ptr() as u64;
    match descriptor(Command::ProgramLoad, &attributes) {
        Ok(program) => Ok(program),
        Err(_) => Err(RefusedError {
            source: first,
            log: last_lines(&log),
        }),
    }
}

/// `target` is a cgroup's descriptor, or an interface's index.
pub(crate) fn create_link(program: &OwnedFd, target: u32, attach_kind: u32) -> io::Result<OwnedFd> {
    descriptor(
        Command::LinkCreate,
        &LinkCreate {
            program: number(program),
            target,
            attach_kind,
            flags: 0,
        },
    )
}

/// Detaches at once. Removing the last pin detaches too, but some time later, when the kernel frees the file. A link whose
/// cgroup or interface is gone is detached already.
pub(crate) fn detach_link(link: &OwnedFd) -> io::Result<()> {
    match call(Command::LinkDetach, &number(link)) {
        Err(error) if error.raw_os_error() == Some(libc::ENOLINK) => Ok(()),
        other => other.map(drop),
    }
}

pub(crate) fn pin(object: &OwnedFd, path: &Path) -> io::Result<()> {
    let path = CString::new(path.as_os_str().as_bytes())?;
    let attributes = Object {
        path: path.as_ptr() as u64,
        descriptor: number(object),
        flags: 0,
    };
    call(Command::ObjectPin, &attributes).map(drop)
}

pub(crate) fn open_pin(path: &Path) -> io::Result<OwnedFd> {
    let path = CString::new(path.as_os_str().as_bytes())?;
    descriptor(
        Command::ObjectGet,
        &Object {
            path: path.as_ptr() as u64,
            descriptor: 0,
            flags: 0,
        },
    )
}

pub(crate) fn number(descriptor: &impl AsFd) -> u32 {
    u32::try_from(descriptor.as_fd().as_raw_fd()).expect("descriptors are not negative")
}

fn element(map: &OwnedFd, key: *const u8, value: *const u8) -> MapElement {
    MapElement {
        map: number(map),
        padding: 0,
        key: key as u64,
        value: value as u64,
        flags: 0,
    }
}

fn found(result: io::Result<i32>) -> io::Result<bool> {
    match result {
        Err(error) if error.raw_os_error() == Some(libc::ENOENT) => Ok(false),
        other => other.map(|_| true),
    }
}

fn descriptor<T>(command: Command, attributes: &T) -> io::Result<OwnedFd> {
    let descriptor = call(command, attributes)?;
    #[expect(unsafe_code, reason = "the system call returns a raw descriptor")]
    // SAFETY: the kernel has just made this descriptor for us.
    Ok(unsafe { OwnedFd::from_raw_fd(descriptor) })
}

/// The pointers in `attributes` are to memory that outlives the call and is as large as the command says: each caller is
/// in this file, and [`crate::map::Map`] keeps the sizes of keys and values.
fn call<T>(command: Command, attributes: &T) -> io::Result<i32> {
    #[expect(unsafe_code, reason = "no safe wrapper of bpf(2) exists")]
    // SAFETY: the kernel reads `size_of::<T>()` bytes of `attributes`; for what those point to see above.
    let result = unsafe {
        libc::syscall(
            libc::SYS_bpf,
            command as libc::c_long,
            std::ptr::from_ref(attributes),
            size_of::<T>(),
        )
    };
    if result < 0 {
        Err(io::Error::last_os_error())
    } else {
        i32::try_from(result).map_err(io::Error::other)
    }
}

/// Cut to what the kernel takes, with a zero at the end.
fn name_bytes(name: &str) -> [u8; NAME_BYTES] {
    let mut bytes = [0; NAME_BYTES];
    for (place, byte) in bytes.iter_mut().take(NAME_BYTES - 1).zip(name.bytes()) {
        *place = byte;
    }
    bytes
}

fn last_lines(log: &[u8]) -> String {
    let end = log.iter().position(|byte| *byte == 0).unwrap_or(log.len());
    let text = String::from_utf8_lossy(&log[..end]);
    let lines: Vec<&str> = text.lines().rev().take(3).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("; ")
}
