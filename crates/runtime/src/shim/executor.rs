//! The last step inside the container: finding the program and becoming it, with errors that say what is wrong.

use std::ffi::{CString, OsStr};
use std::fs::File;
use std::io::Write;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use libcontainer::oci_spec::runtime::{LinuxCapabilities, LinuxSeccomp, Spec};
use libcontainer::syscall::syscall::create_syscall;
use libcontainer::workload::{Executor, ExecutorError, ExecutorValidationError};
use libcontainer::{capabilities, seccomp};
use nix::unistd::{AccessFlags, access, execve};

/// Runs the program of the OCI spec, as the other runtimes do. Words of errors are runc's.
#[derive(Clone)]
pub(super) struct ProgramExecutor {
    /// Closed when the program has started; carries the reason when it cannot.
    failure: Arc<File>,
    /// What libcontainer does for containers and not for commands inside them.
    filter: Option<Filter>,
}

/// A system call filter, and the capabilities that stay once it is taken.
#[derive(Clone, serde::Deserialize)]
pub(super) struct Filter {
    seccomp: LinuxSeccomp,
    capabilities: LinuxCapabilities,
}

impl Filter {
    fn take(&self) -> Result<(), String> {
        let describe =
            |error: &dyn std::error::Error| format!("exec: no system call filter: {error}");
        seccomp::initialize_seccomp(&self.seccomp).map_err(|e| describe(&e))?;
        capabilities::drop_privileges(&self.capabilities, &*create_syscall())
            .map_err(|e| describe(&e))
    }
}

impl ProgramExecutor {
    pub(super) fn new(failure: Arc<File>) -> Self {
        Self {
            failure,
            filter: None,
        }
    }

    pub(super) fn with_filter(self, filter: Option<Filter>) -> Self {
        Self { filter, ..self }
    }

    fn become_program(arguments: &[String]) -> Result<std::convert::Infallible, String> {
        let path = find(arguments)?;
        let name = arguments.first().map_or("", String::as_str);
        let string = |bytes: &[u8]| {
            CString::new(bytes).map_err(|_| format!("exec {name:?}: argument with a zero byte"))
        };
        let program = string(path.as_os_str().as_bytes())?;
        let arguments = arguments
            .iter()
            .map(|a| string(a.as_bytes()))
            .collect::<Result<Vec<_>, _>>()?;
        let environment: Vec<CString> = std::env::vars_os()
            .filter_map(|(key, value)| {
                CString::new([key.into_vec(), b"=".to_vec(), value.into_vec()].concat()).ok()
            })
            .collect();
        sys::process::default_signals();
        execve(&program, &arguments, &environment)
            .map_err(|e| format!("exec {name:?}: {}", e.desc().to_lowercase()))
    }
}

impl Executor for ProgramExecutor {
    fn exec(&self, spec: &Spec) -> Result<(), ExecutorError> {
        let filtered = self.filter.as_ref().map_or(Ok(()), Filter::take);
        match filtered.and_then(|()| Self::become_program(arguments(spec))) {
            Ok(never) => match never {},
            Err(reason) => {
                // Nobody reads any more when the server has given up.
                let _unheard = (&*self.failure).write_all(reason.as_bytes());
                Err(ExecutorError::Other(reason))
            }
        }
    }

    fn validate(&self, spec: &Spec) -> Result<(), ExecutorValidationError> {
        find(arguments(spec))
            .map(drop)
            .map_err(ExecutorValidationError::ArgValidationError)
    }
}

fn arguments(spec: &Spec) -> &[String] {
    spec.process()
        .as_ref()
        .and_then(|p| p.args().as_deref())
        .unwrap_or_default()
}

/// The program's path, by the container's `PATH` when its name has no slash.
fn find(arguments: &[String]) -> Result<PathBuf, String> {
    let name = arguments
        .first()
        .filter(|n| !n.is_empty())
        .ok_or("exec: no command")?;
    if name.contains('/') {
        let path = PathBuf::from(name);
        if !path.exists() {
            return Err(format!(
                "exec: {name:?}: stat {name}: no such file or directory"
            ));
        }
        return if is_executable(&path) {
            Ok(path)
        } else {
            Err(format!("exec: {name:?}: permission denied"))
        };
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let directories = path
        .as_bytes()
        .split(|b| *b == b':')
        .map(|d| Path::new(OsStr::from_bytes(d)));
    directories
        .map(|directory| directory.join(name))
        .find(|candidate| is_executable(candidate))
        .ok_or_else(|| format!("exec: {name:?}: executable file not found in $PATH"))
}

fn is_executable(path: &Path) -> bool {
    path.is_file() && access(path, AccessFlags::X_OK).is_ok()
}
