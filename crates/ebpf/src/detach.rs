//! Detaching pinned links at once. Removing a pin detaches too, but some time later, when the kernel frees the file.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// `enum bpf_cmd` of linux/bpf.h.
const BPF_OBJ_GET: libc::c_long = 7;
const BPF_LINK_DETACH: libc::c_long = 34;

/// The members of `union bpf_attr` for BPF_OBJ_GET.
#[repr(C)]
struct ObjectGet {
    path: u64,
    descriptor: u32,
    flags: u32,
}

/// The members of `union bpf_attr` for BPF_LINK_DETACH.
#[repr(C)]
struct LinkDetach {
    link: u32,
}

/// Detaches the link pinned at `path`; the pin stays. A link whose cgroup or interface is gone is detached already.
pub(crate) fn detach(path: &Path) -> io::Result<()> {
    let link = open(path)?;
    let descriptor = u32::try_from(link.as_raw_fd()).expect("descriptors are not negative");
    let attributes = LinkDetach { link: descriptor };
    match bpf(BPF_LINK_DETACH, &attributes) {
        Err(error) if error.raw_os_error() == Some(libc::ENOLINK) => Ok(()),
        other => other.map(drop),
    }
}

fn open(path: &Path) -> io::Result<OwnedFd> {
    let path = CString::new(path.as_os_str().as_bytes())?;
    let attributes = ObjectGet {
        path: path.as_ptr() as u64,
        descriptor: 0,
        flags: 0,
    };
    let descriptor = i32::try_from(bpf(BPF_OBJ_GET, &attributes)?).expect("a descriptor is an int");
    #[expect(unsafe_code, reason = "the system call returns a raw descriptor")]
    // SAFETY: the kernel has just made this descriptor for us.
    Ok(unsafe { OwnedFd::from_raw_fd(descriptor) })
}

/// bpf(2) with the part of its union that a command reads.
fn bpf<T>(command: libc::c_long, attributes: &T) -> io::Result<libc::c_long> {
    #[expect(unsafe_code, reason = "no library wraps these two commands")]
    // SAFETY: the kernel reads `size_of::<T>()` bytes of `attributes`, and what it points to outlives the call.
    let result = unsafe {
        libc::syscall(
            libc::SYS_bpf,
            command,
            std::ptr::from_ref(attributes),
            size_of::<T>(),
        )
    };
    if result < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(result)
    }
}
