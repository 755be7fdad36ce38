//! Processes: fork, pidfds, signals, the subreaper flag, OOM scores.
#![expect(unsafe_code, reason = "fork, clone and prctl have no safe wrapper")]

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use crate::SysError;

/// Which side of a fork this is.
#[derive(Debug, PartialEq, Eq)]
pub enum Fork {
    Child,
    /// The child's process id.
    Parent(i32),
}

/// Copies the process.
///
/// # Errors
/// [`SysError::Threads`] when the process has more than one thread, or the kernel's refusal.
pub fn fork() -> Result<Fork, SysError> {
    single_threaded()?;
    // SAFETY: no other thread exists, so no lock can be held by a thread that the child lacks.
    match unsafe { libc::fork() } {
        -1 => Err(SysError::call("fork", io::Error::last_os_error())),
        0 => Ok(Fork::Child),
        pid => Ok(Fork::Parent(pid)),
    }
}

/// Copies the process into a new PID namespace, whose first process is the child.
///
/// # Errors
/// As [`fork`].
pub fn fork_into_pid_namespace() -> Result<Fork, SysError> {
    single_threaded()?;
    let flags = libc::c_long::from(libc::CLONE_NEWPID | libc::SIGCHLD);
    // SAFETY: a zero stack pointer makes clone act as fork does; there is one thread, see above.
    match unsafe { libc::syscall(libc::SYS_clone, flags, 0, 0, 0, 0) } {
        -1 => Err(SysError::call(
            "clone into a PID namespace",
            io::Error::last_os_error(),
        )),
        0 => Ok(Fork::Child),
        pid => Ok(Fork::Parent(
            i32::try_from(pid).expect("a process id fits in 32 bits"),
        )),
    }
}

fn single_threaded() -> Result<(), SysError> {
    let tasks = std::fs::read_dir("/proc/self/task")
        .map_err(|e| SysError::call("read /proc/self/task", e))?;
    match tasks.count() {
        1 => Ok(()),
        threads => Err(SysError::Threads { threads }),
    }
}

/// Ends the process without running destructors or exit handlers: for forked children.
pub fn exit_now(code: i32) -> ! {
    // SAFETY: _exit only ends the process.
    unsafe { libc::_exit(code) }
}

/// Makes orphaned descendants become children of this process.
///
/// # Errors
/// The kernel's refusal.
pub fn become_subreaper() -> Result<(), SysError> {
    prctl("become subreaper", libc::PR_SET_CHILD_SUBREAPER, 1)
}

/// Asks for `signal` when the parent ends; 0 takes it back.
///
/// # Errors
/// The kernel's refusal.
pub fn signal_on_parent_death(signal: i32) -> Result<(), SysError> {
    let signal = libc::c_ulong::try_from(signal).unwrap_or(0);
    prctl(
        "set the parent death signal",
        libc::PR_SET_PDEATHSIG,
        signal,
    )
}

/// The short name that `ps` shows; cut to 15 bytes.
pub fn set_name(name: &std::ffi::CStr) {
    // SAFETY: the kernel copies at most 16 bytes of a string that ends with a zero.
    unsafe { libc::prctl(libc::PR_SET_NAME, name.as_ptr(), 0, 0, 0) };
}

fn prctl(action: &'static str, option: libc::c_int, value: libc::c_ulong) -> Result<(), SysError> {
    // SAFETY: these options take plain numbers.
    match unsafe { libc::prctl(option, value, 0, 0, 0) } {
        0 => Ok(()),
        _ => Err(SysError::call(action, io::Error::last_os_error())),
    }
}

/// A file descriptor that becomes readable when the process has ended.
///
/// # Errors
/// `NotFound`-like (`ESRCH`) when there is no such process.
pub fn pidfd(pid: i32) -> Result<OwnedFd, SysError> {
    // SAFETY: pidfd_open takes numbers and answers with a new descriptor that nobody else owns.
    match unsafe { libc::syscall(libc::SYS_pidfd_open, pid, 0) } {
        -1 => Err(SysError::process(
            "open a pidfd of",
            pid,
            io::Error::last_os_error(),
        )),
        fd => {
            let fd = i32::try_from(fd).expect("a descriptor fits in 32 bits");
            // SAFETY: as above.
            Ok(unsafe { OwnedFd::from_raw_fd(fd) })
        }
    }
}

/// Sends `signal` to the process behind `pidfd`.
///
/// # Errors
/// `ESRCH` when it has ended and was waited for.
pub fn signal_pidfd(pidfd: BorrowedFd<'_>, signal: i32) -> io::Result<()> {
    // SAFETY: the signal information pointer may be null.
    let result = unsafe {
        libc::syscall(
            libc::SYS_pidfd_send_signal,
            pidfd.as_raw_fd(),
            signal,
            std::ptr::null::<u8>(),
            0,
        )
    };
    if result == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Sends SIGKILL to each of `processes`. Returns when all have ended (`true`), or when none has for five seconds: a
/// transfer from a slow disk is not cut off.
pub fn kill_and_wait(processes: impl IntoIterator<Item = i32>) -> bool {
    // What has ended meanwhile has no descriptor, and needs no signal.
    let mut ending: Vec<OwnedFd> = processes
        .into_iter()
        .filter_map(|pid| pidfd(pid).ok())
        .collect();
    for process in &ending {
        let _gone = signal_pidfd(process.as_fd(), libc::SIGKILL);
    }
    while !ending.is_empty() {
        let mut waits: Vec<PollFd<'_>> = ending
            .iter()
            .map(|process| PollFd::new(process.as_fd(), PollFlags::POLLIN))
            .collect();
        match poll(&mut waits, PollTimeout::from(5_000_u16)) {
            Err(Errno::EINTR) => continue,
            Ok(0) | Err(_) => return false,
            Ok(_) => {}
        }
        let ended: Vec<bool> = waits.iter().map(|wait| wait.any() == Some(true)).collect();
        let mut ended = ended.into_iter();
        ending.retain(|_| ended.next() == Some(false));
    }
    true
}

/// Sends `signal` to a process by id.
///
/// # Errors
/// `ESRCH` when it does not exist.
pub fn signal(pid: i32, signal: i32) -> io::Result<()> {
    // SAFETY: kill takes numbers.
    match unsafe { libc::kill(pid, signal) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// How a child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    pub pid: i32,
    /// The exit status, or 128 + signal.
    pub code: i32,
}

/// Waits for any child that has ended, without blocking. `None`: none has.
#[must_use]
pub fn reap() -> Option<Ended> {
    let mut status = 0;
    // SAFETY: status is a valid place for the answer.
    let pid = unsafe { libc::waitpid(-1, &raw mut status, libc::WNOHANG) };
    if pid <= 0 {
        return None;
    }
    let code = if libc::WIFSIGNALED(status) {
        128 + libc::WTERMSIG(status)
    } else {
        libc::WEXITSTATUS(status)
    };
    Some(Ended { pid, code })
}

/// When the process was started, in clock ticks since boot: with the id it names a process for good.
#[must_use]
pub fn start_ticks(pid: i32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The command's name is in parentheses and may hold anything.
    let rest = stat.rsplit_once(')')?.1;
    let mut fields = rest.split_ascii_whitespace();
    let state = fields.next()?;
    if state == "Z" || state == "X" {
        return None;
    }
    fields.nth(18)?.parse().ok()
}

/// Sets this process's OOM score; lowering it needs CAP_SYS_RESOURCE.
///
/// # Errors
/// The kernel's refusal.
pub fn set_oom_score_adj(score: i64) -> io::Result<()> {
    std::fs::write("/proc/self/oom_score_adj", score.to_string())
}

/// Lets the kernel forget ended children, without [`reap`].
pub fn ignore_children() {
    // SAFETY: no handler is installed, only a disposition.
    unsafe { libc::signal(libc::SIGCHLD, libc::SIG_IGN) };
}

/// Gives every signal its default action and lets all arrive, as a program expects at its start. Rust ignores
/// SIGPIPE, which a started program would inherit.
pub fn default_signals() {
    for signal in [
        libc::SIGCHLD,
        libc::SIGPIPE,
        libc::SIGINT,
        libc::SIGTERM,
        libc::SIGHUP,
        libc::SIGQUIT,
    ] {
        // SAFETY: no handler is installed, only a disposition.
        unsafe { libc::signal(signal, libc::SIG_DFL) };
    }
    // Unblocking cannot fail: the set is a valid one.
    let _never = nix::sys::signal::SigSet::all().thread_unblock();
}

/// Lets a write to a pipe that nobody reads fail instead of ending the process.
pub fn ignore_broken_pipes() {
    // SAFETY: no handler is installed, only a disposition.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
}

/// Closes every descriptor from `first` up.
pub fn close_from(first: u32) {
    // SAFETY: the caller's owned descriptors become invalid, so this is for a forked child that owns none of them.
    unsafe { libc::syscall(libc::SYS_close_range, first, u32::MAX, 0) };
}

/// Lets go of the pages of code that this process has used: what it needs again comes from the page cache. For
/// processes that wait most of their lives.
pub fn release_code() {
    let Ok(maps) = std::fs::read_to_string("/proc/self/maps") else {
        return;
    };
    for (start, end) in maps.lines().filter_map(code_range) {
        // SAFETY: the mapping is of a file, private and not writable, so its pages are those of the file: dropping
        // them loses nothing.
        unsafe { libc::madvise(start as *mut libc::c_void, end - start, libc::MADV_DONTNEED) };
    }
}

/// The addresses of a line of `/proc/PID/maps` that maps code of a file.
fn code_range(line: &str) -> Option<(usize, usize)> {
    let mut fields = line.split_ascii_whitespace();
    let (range, access) = (fields.next()?, fields.next()?);
    let path = fields.nth(3)?;
    if access != "r-xp" || !path.starts_with('/') {
        return None;
    }
    let (start, end) = range.split_once('-')?;
    let number = |text| usize::from_str_radix(text, 16).ok();
    Some((number(start)?, number(end)?))
}

/// Gives freed heap pages back to the kernel.
pub fn trim_heap() {
    #[cfg(target_env = "gnu")]
    // SAFETY: malloc_trim is safe to call at any time.
    unsafe {
        libc::malloc_trim(0);
    }
}
