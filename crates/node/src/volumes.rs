//! A pod's volumes on this node: directories under the pod's own, made before its containers, removed after.

pub(crate) mod atomic;
mod directory;
pub(crate) mod payload;
pub(crate) mod sub_path;
#[cfg(test)]
mod tests;

use crate::env::Objects;
use crate::fields::Facts;
use api::core::v1::{Pod, Volume};
use payload::{Payload, Tokens};
use std::path::{Path, PathBuf};

/// Where a pod's volumes and other files are: `<root>/pods/<uid>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PodDir(PathBuf);

impl PodDir {
    /// The directory of the pod with this uid.
    pub(crate) fn new(root: &Path, uid: &str) -> Self {
        Self(root.join("pods").join(uid))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn etc_hosts(&self) -> PathBuf {
        self.0.join("etc-hosts")
    }

    /// Where a container writes its termination message.
    pub(crate) fn termination_message(&self, container: &str, attempt: u32) -> PathBuf {
        self.0
            .join("containers")
            .join(container)
            .join(attempt.to_string())
    }

    /// A volume's directory, by kubelet's plugin names.
    pub(crate) fn volume(&self, volume: &Volume) -> PathBuf {
        let source = &volume.volume_source;
        let plugin = if source.config_map.is_some() {
            "kubernetes.io~configmap"
        } else if source.secret.is_some() {
            "kubernetes.io~secret"
        } else if source.projected.is_some() {
            "kubernetes.io~projected"
        } else if source.downward_api.is_some() {
            "kubernetes.io~downward-api"
        } else {
            "kubernetes.io~empty-dir"
        };
        self.0.join("volumes").join(plugin).join(&*volume.name)
    }

    pub(crate) fn sub_paths(&self) -> PathBuf {
        self.0.join("volume-subpaths")
    }
}

/// What a volume is made of, for one pod at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// A directory of its own; `memory` is a tmpfs of at most so many bytes (0: no limit).
    Empty {
        memory: Option<u64>,
    },
    HostPath {
        path: PathBuf,
        type_: String,
    },
    Files(Payload),
}

/// A volume with its place on the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prepared {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    content: Content,
    fs_group: Option<u32>,
}

/// Computes every volume. An error is FailedMount's message.
pub(crate) fn prepare(
    pod: &Pod,
    dir: &PodDir,
    facts: &Facts,
    objects: &dyn Objects,
    tokens: &Tokens,
) -> Result<Vec<Prepared>, String> {
    let security = pod.spec.security_context.as_ref();
    let fs_group = security
        .and_then(|s| s.fs_group)
        .and_then(|group| u32::try_from(group).ok());
    let prepared = pod.spec.volumes.iter().map(|volume| {
        let content = content(pod, volume, facts, objects, tokens).map_err(|error| {
            format!(
                "MountVolume.SetUp failed for volume \"{}\" : {error}",
                volume.name
            )
        })?;
        let path = match &content {
            Content::HostPath { path, .. } => path.clone(),
            _ => dir.volume(volume),
        };
        Ok(Prepared {
            name: volume.name.to_string(),
            path,
            content,
            fs_group,
        })
    });
    prepared.collect()
}

fn content(
    pod: &Pod,
    volume: &Volume,
    facts: &Facts,
    objects: &dyn Objects,
    tokens: &Tokens,
) -> Result<Content, String> {
    let source = &volume.volume_source;
    if let Some(empty) = &source.empty_dir {
        let size = empty
            .size_limit
            .as_ref()
            .map_or(0, |limit| u64::try_from(limit.value()).unwrap_or(0));
        let memory = (empty.medium == "Memory").then_some(size);
        return Ok(Content::Empty { memory });
    }
    if let Some(host) = &source.host_path {
        let type_ = host
            .type_
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        return Ok(Content::HostPath {
            path: PathBuf::from(host.path.as_str()),
            type_,
        });
    }
    match payload::of(pod, volume, facts, objects, tokens)? {
        Some(payload) => Ok(Content::Files(payload)),
        None => Err("volume plugin is not supported by this node".to_owned()),
    }
}

/// Makes every volume, or brings its files up to date. Blocking. An error is FailedMount's message.
pub(crate) fn mount(volumes: &[Prepared]) -> Result<(), String> {
    for volume in volumes {
        volume.mount().map_err(|error| {
            format!(
                "MountVolume.SetUp failed for volume \"{}\" : {error}",
                volume.name
            )
        })?;
    }
    Ok(())
}

/// Brings the files of config volumes up to date; leaves all others alone. Blocking.
pub(crate) fn refresh(volumes: &[Prepared]) -> Result<(), String> {
    let files = volumes
        .iter()
        .filter(|volume| matches!(volume.content, Content::Files(_)));
    for volume in files {
        volume
            .mount()
            .map_err(|error| format!("volume \"{}\": {error}", volume.name))?;
    }
    Ok(())
}

/// Unmounts whatever is mounted in the pod's directory. Blocking.
pub(crate) fn unmount(dir: &PodDir) -> Result<(), String> {
    if !dir.path().exists() {
        return Ok(());
    }
    sys::mount::unmount_below(dir.path()).map_err(|error| error.to_string())
}

/// Unmounts and removes the pod's directory. Blocking.
pub(crate) fn remove(dir: &PodDir) -> Result<(), String> {
    unmount(dir)?;
    match std::fs::remove_dir_all(dir.path()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.to_string()),
        _ => Ok(()),
    }
}

impl Prepared {
    fn mount(&self) -> Result<(), String> {
        match &self.content {
            Content::Empty { memory } => directory::empty(&self.path, *memory, self.fs_group),
            Content::HostPath { path, type_ } => directory::check_host_path(path, type_),
            Content::Files(payload) => {
                directory::make(&self.path, 0o777, self.fs_group)?;
                atomic::write(&self.path, payload, self.fs_group).map_err(|error| error.to_string())
            }
        }
    }
}
