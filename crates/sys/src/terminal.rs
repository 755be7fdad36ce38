//! Pseudo terminals.
#![expect(unsafe_code, reason = "terminal sizes are set by ioctl")]

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};

/// Sets the size of the terminal behind `master`, in characters.
///
/// # Errors
/// When the descriptor is no terminal.
pub fn set_size(master: BorrowedFd<'_>, width: u16, height: u16) -> io::Result<()> {
    let size = libc::winsize {
        ws_row: height,
        ws_col: width,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    // SAFETY: the pointer is to a winsize that lives through the call.
    match unsafe { libc::ioctl(master.as_raw_fd(), libc::TIOCSWINSZ, &raw const size) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Makes reads and writes answer `WouldBlock` instead of waiting.
///
/// # Errors
/// When the descriptor does not allow it.
pub fn set_nonblocking(fd: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: fcntl with these commands takes numbers.
    unsafe {
        let flags = libc::fcntl(fd.as_raw_fd(), libc::F_GETFL);
        if flags < 0 || libc::fcntl(fd.as_raw_fd(), libc::F_SETFL, flags | libc::O_NONBLOCK) < 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}
