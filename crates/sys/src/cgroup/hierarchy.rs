//! The machine's real control groups: where they are mounted, and what both versions share.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::{Cgroups, Layout, Limits, Usage, v1, v2};
use crate::{SysError, mount, process};

/// Attempts at removing a group whose last processes are on their way out.
const REMOVE_ATTEMPTS: u32 = 3;

/// Rounds of killing: a process can start another between being found and being killed.
const KILL_ROUNDS: u32 = 100;

/// Version 1's controllers in which a runtime of the OCI makes a group for each container.
const OCI_CONTROLLERS: &[&str] = &[
    "blkio",
    "cpu",
    "cpuacct",
    "cpuset",
    "devices",
    "freezer",
    "hugetlb",
    "memory",
    "net_cls",
    "net_prio",
    "perf_event",
    "pids",
];

/// The mounted hierarchies, found once.
#[derive(Debug)]
pub struct HostCgroups {
    layout: Layout,
    /// Version 1: controller (or `name=…`) to mount point.
    controllers: BTreeMap<String, PathBuf>,
    unified: Option<PathBuf>,
}

impl HostCgroups {
    /// Reads the mounts.
    ///
    /// # Errors
    /// [`SysError::NoCgroups`] when there are none.
    pub fn detect() -> Result<Self, SysError> {
        let mut controllers = BTreeMap::new();
        let mut unified = None;
        for info in mount::mountinfo()? {
            match info.file_system.as_str() {
                "cgroup2" => {
                    unified.get_or_insert(info.target);
                }
                "cgroup" => {
                    for option in info.super_options.split(',').filter(|o| is_controller(o)) {
                        controllers
                            .entry(option.to_owned())
                            .or_insert_with(|| info.target.clone());
                    }
                }
                _ => {}
            }
        }
        let layout = match (controllers.is_empty(), &unified) {
            (true, None) => return Err(SysError::NoCgroups),
            (true, Some(_)) => Layout::V2,
            (false, None) => Layout::V1,
            (false, Some(_)) => Layout::Hybrid,
        };
        Ok(Self {
            layout,
            controllers,
            unified,
        })
    }

    /// The group's directory for one controller; in version 2 they are all the same.
    pub(super) fn directory(&self, controller: &str, path: &str) -> Option<PathBuf> {
        let mount = match self.layout {
            Layout::V2 => self.unified.as_ref(),
            Layout::V1 | Layout::Hybrid => self.controllers.get(controller),
        };
        mount.map(|mount| mount.join(path.trim_start_matches('/')))
    }

    /// Every directory that the group has, one a hierarchy.
    fn directories(&self, path: &str) -> Vec<PathBuf> {
        let path = path.trim_start_matches('/');
        let mut mounts: Vec<&PathBuf> = self.controllers.values().chain(&self.unified).collect();
        mounts.sort();
        mounts.dedup();
        mounts.into_iter().map(|mount| mount.join(path)).collect()
    }
}

impl Cgroups for HostCgroups {
    fn layout(&self) -> Layout {
        self.layout
    }

    fn create(&self, path: &str, limits: &Limits) -> Result<(), SysError> {
        match self.layout {
            Layout::V2 => v2::create(self.unified.as_deref().unwrap_or(Path::new("/")), path)?,
            Layout::V1 | Layout::Hybrid => {
                for (controller, mount) in &self.controllers {
                    v1::create(controller, mount, path)?;
                }
            }
        }
        self.update(path, limits)
    }

    fn update(&self, path: &str, limits: &Limits) -> Result<(), SysError> {
        match self.layout {
            Layout::V2 => v2::update(self, path, limits),
            Layout::V1 | Layout::Hybrid => v1::update(self, path, limits),
        }
    }

    fn remove(&self, path: &str) -> Result<(), SysError> {
        if path.trim_matches('/').is_empty() {
            return Err(SysError::path(
                "remove the root cgroup",
                Path::new("/"),
                io::ErrorKind::InvalidInput,
            ));
        }
        self.directories(path)
            .iter()
            .try_for_each(|directory| remove_tree(directory))
    }

    fn remove_empty_above(&self, path: &str) {
        let mut rest = path.trim_matches('/');
        while let Some((above, _)) = rest.rsplit_once('/') {
            for directory in self.directories(above) {
                // The kernel refuses when a process or a group is in it.
                let _in_use = std::fs::remove_dir(directory);
            }
            rest = above;
        }
    }

    fn hierarchies(&self) -> Vec<PathBuf> {
        let controllers = self.controllers.iter();
        let mounted = controllers.filter(|(name, _)| OCI_CONTROLLERS.contains(&name.as_str()));
        let mut mounts: Vec<PathBuf> = mounted.map(|(_, mount)| mount.clone()).collect();
        mounts.sort();
        mounts.dedup();
        mounts
    }

    fn processes(&self, path: &str) -> Vec<i32> {
        let mut found = Vec::new();
        for directory in self.directories(path) {
            collect_processes(&directory, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn kill(&self, path: &str) {
        for _ in 0..KILL_ROUNDS {
            // Before version 2 kills them all in one go: the ends of these are waited for.
            let processes = self.processes(path);
            if processes.is_empty() {
                return;
            }
            if let (Layout::V2, Some(directory)) = (self.layout, self.directory("", path)) {
                // A kernel before 5.14 has no such file: then one after the other, as in version 1.
                let _old = std::fs::write(directory.join("cgroup.kill"), "1");
            }
            if !process::kill_and_wait(processes) {
                return;
            }
        }
    }

    fn usage(&self, path: &str) -> Result<Usage, SysError> {
        match self.layout {
            Layout::V2 => v2::usage(self, path),
            Layout::V1 | Layout::Hybrid => v1::usage(self, path),
        }
    }

    fn oom_kills(&self, path: &str) -> u64 {
        let Some(directory) = self.directory("memory", path) else {
            return 0;
        };
        let file = if self.layout == Layout::V2 {
            "memory.events"
        } else {
            "memory.oom_control"
        };
        read_keyed(&directory.join(file), "oom_kill").unwrap_or(0)
    }

    fn exists(&self, path: &str) -> bool {
        self.directories(path)
            .iter()
            .any(|directory| directory.exists())
    }
}

/// Mount options that are no controllers.
fn is_controller(option: &str) -> bool {
    !matches!(
        option,
        "rw" | "ro" | "xattr" | "noprefix" | "clone_children" | "cpuset_v2_mode" | "nsdelegate"
    ) && !option.starts_with("release_agent")
}

fn remove_tree(directory: &Path) -> Result<(), SysError> {
    for child in children(directory) {
        remove_tree(&child)?;
    }
    let mut attempts = 0;
    loop {
        attempts += 1;
        match std::fs::remove_dir(directory) {
            Ok(()) => return Ok(()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) if e.kind() == io::ErrorKind::ResourceBusy && attempts < REMOVE_ATTEMPTS => {
                // The kernel unlinks a dead process a moment after its parent has heard of it.
                std::thread::yield_now();
            }
            Err(e) => return Err(SysError::path("remove cgroup", directory, e)),
        }
    }
}

fn children(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|e| e.file_type().is_ok_and(|t| t.is_dir()))
        .map(|e| e.path())
        .collect()
}

fn collect_processes(directory: &Path, found: &mut Vec<i32>) {
    let text = std::fs::read_to_string(directory.join("cgroup.procs")).unwrap_or_default();
    found.extend(
        text.lines()
            .filter_map(|line| line.parse::<i32>().ok())
            .filter(|pid| *pid > 0),
    );
    for child in children(directory) {
        collect_processes(&child, found);
    }
}

/// Writes one control file.
pub(super) fn write(path: &Path, value: &str) -> Result<(), SysError> {
    std::fs::write(path, value).map_err(|e| SysError::path("write", path, e))
}

/// A file with one number; `max` is `None`.
pub(super) fn read_number(path: &Path) -> Option<u64> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}

/// The number after `key` in a file of `key value` lines.
pub(super) fn read_keyed(path: &Path, key: &str) -> Option<u64> {
    keyed(&std::fs::read_to_string(path).ok()?, key)
}

pub(super) fn keyed(text: &str, key: &str) -> Option<u64> {
    text.lines().find_map(|line| {
        line.strip_prefix(key)?
            .strip_prefix(' ')?
            .trim()
            .parse()
            .ok()
    })
}
