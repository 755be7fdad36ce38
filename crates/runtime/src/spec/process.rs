//! The program, its environment and who runs it.

use serde_json::{Value, json};

use super::{Input, SpecError, capabilities};
use crate::cri::v1;

const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

pub(super) fn process(
    input: &Input<'_>,
    context: &v1::LinuxContainerSecurityContext,
) -> Result<Value, SpecError> {
    let mut process = json!({
        "terminal": input.container.tty,
        "user": {
            "uid": input.user.uid,
            "gid": input.user.gid,
            "additionalGids": input.user.groups,
        },
        "args": arguments(input.container, input.image)?,
        "env": environment(input),
        "cwd": working_directory(input.container, input.image),
        "capabilities": capabilities::capabilities(context, input.available)?,
        "rlimits": [],
    });
    // Absent and false differ to libcontainer: with `false` it would load the filter too late.
    if context.no_new_privs {
        process["noNewPrivileges"] = json!(true);
    }
    Ok(process)
}

/// A command without arguments hides the image's arguments too.
fn arguments(
    container: &v1::ContainerConfig,
    image: &image::ImageConfig,
) -> Result<Vec<String>, SpecError> {
    let command = if container.command.is_empty() {
        &image.entrypoint
    } else {
        &container.command
    };
    let arguments = match (container.args.is_empty(), container.command.is_empty()) {
        (false, _) => container.args.as_slice(),
        (true, true) => image.cmd.as_slice(),
        (true, false) => &[],
    };
    let all: Vec<String> = command.iter().chain(arguments).cloned().collect();
    if all.first().is_none_or(String::is_empty) {
        Err(SpecError::NoCommand)
    } else {
        Ok(all)
    }
}

/// `PATH` and `HOSTNAME`, then the image's, then the container's; the last value of a name counts.
fn environment(input: &Input<'_>) -> Vec<String> {
    let mut variables: Vec<(String, String)> = Vec::new();
    let mut set = |key: &str, value: &str| match variables.iter_mut().find(|(k, _)| k == key) {
        Some((_, old)) => value.clone_into(old),
        None => variables.push((key.to_owned(), value.to_owned())),
    };
    set("PATH", DEFAULT_PATH);
    if !input.sandbox.hostname.is_empty() {
        set("HOSTNAME", &input.sandbox.hostname);
    }
    if input.container.tty {
        set("TERM", "xterm");
    }
    for (key, value) in input.image.env.iter().filter_map(|e| e.split_once('=')) {
        set(key, value);
    }
    for variable in &input.container.envs {
        set(&variable.key, &String::from_utf8_lossy(&variable.value));
    }
    variables
        .into_iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect()
}

pub(crate) fn working_directory(
    container: &v1::ContainerConfig,
    image: &image::ImageConfig,
) -> String {
    let found = [&container.working_dir, &image.working_dir]
        .into_iter()
        .find(|d| !d.is_empty());
    match found {
        Some(directory) if directory.starts_with('/') => directory.clone(),
        Some(directory) => format!("/{directory}"),
        None => "/".to_owned(),
    }
}

/// The number of the signal that asks a container to end: its own, its image's, or SIGTERM.
pub(crate) fn stop_signal(container: &v1::ContainerConfig, image: &image::ImageConfig) -> i32 {
    match container.stop_signal() {
        v1::Signal::RuntimeDefault => {
            stop_signal_of_image(&image.stop_signal).unwrap_or(libc::SIGTERM)
        }
        signal => signal_number(signal.as_str_name()).unwrap_or(libc::SIGTERM),
    }
}

/// Images write `SIGQUIT`, `QUIT` or `3`.
pub(super) fn stop_signal_of_image(text: &str) -> Option<i32> {
    if text.is_empty() {
        return None;
    }
    if let Ok(number) = text.parse::<i32>() {
        return (1..=64).contains(&number).then_some(number);
    }
    let upper = text.to_ascii_uppercase();
    signal_number(&format!(
        "SIG{}",
        upper.strip_prefix("SIG").unwrap_or(&upper)
    ))
}

fn signal_number(name: &str) -> Option<i32> {
    if let Ok(signal) = name.parse::<nix::sys::signal::Signal>() {
        return Some(signal as i32);
    }
    let offset = |text: &str| text.parse::<i32>().ok().filter(|n| (0..=30).contains(n));
    match name {
        "SIGCLD" => Some(libc::SIGCHLD),
        "SIGIOT" => Some(libc::SIGABRT),
        "SIGPOLL" => Some(libc::SIGIO),
        "SIGRTMIN" => Some(34),
        "SIGRTMAX" => Some(64),
        _ => {
            let up = name
                .strip_prefix("SIGRTMINPLUS")
                .or_else(|| name.strip_prefix("SIGRTMIN+"));
            let down = name
                .strip_prefix("SIGRTMAXMINUS")
                .or_else(|| name.strip_prefix("SIGRTMAX-"));
            up.and_then(offset)
                .map(|n| 34 + n)
                .or_else(|| down.and_then(offset).map(|n| 64 - n))
        }
    }
}
