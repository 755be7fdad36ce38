//! What is known of a sandbox and of a container, and how CRI sees it.
//!
//! The records are protobuf, so that they lie on disk in a form that an older or newer server can read.

use std::collections::BTreeMap;

use crate::cri::v1;
use crate::service::{Code, CriError, CriResult};

/// One sandbox.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct SandboxRecord {
    #[prost(string, tag = "1")]
    pub(crate) id: String,
    #[prost(message, optional, tag = "2")]
    pub(crate) config: Option<v1::PodSandboxConfig>,
    #[prost(string, tag = "3")]
    pub(crate) runtime_handler: String,
    /// Nanoseconds since 1970, as all times in CRI.
    #[prost(int64, tag = "4")]
    pub(crate) created_at: i64,
    #[prost(bool, tag = "5")]
    pub(crate) stopped: bool,
    /// The primary address first.
    #[prost(string, repeated, tag = "6")]
    pub(crate) ips: Vec<String>,
    /// The shim's process id and start time (field 22 of `/proc/PID/stat`), so that a reused id is noticed.
    #[prost(int32, tag = "7")]
    pub(crate) shim_pid: i32,
    #[prost(uint64, tag = "8")]
    pub(crate) shim_start_ticks: u64,
}

/// One container.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ContainerRecord {
    #[prost(string, tag = "1")]
    pub(crate) id: String,
    #[prost(string, tag = "2")]
    pub(crate) sandbox_id: String,
    #[prost(message, optional, tag = "3")]
    pub(crate) config: Option<v1::ContainerConfig>,
    /// `sha256:…` of the image's configuration.
    #[prost(string, tag = "4")]
    pub(crate) image_id: String,
    /// `repository@digest`, or the id of an image without one.
    #[prost(string, tag = "5")]
    pub(crate) image_ref: String,
    #[prost(int64, tag = "6")]
    pub(crate) created_at: i64,
    #[prost(int64, tag = "7")]
    pub(crate) started_at: i64,
    #[prost(int64, tag = "8")]
    pub(crate) finished_at: i64,
    #[prost(int32, tag = "9")]
    pub(crate) exit_code: i32,
    #[prost(enumeration = "v1::ContainerState", tag = "10")]
    pub(crate) state: i32,
    #[prost(string, tag = "11")]
    pub(crate) reason: String,
    #[prost(string, tag = "12")]
    pub(crate) message: String,
    #[prost(message, optional, tag = "13")]
    pub(crate) user: Option<v1::ContainerUser>,
    /// The signal that asks the process to end, by number.
    #[prost(int32, tag = "14")]
    pub(crate) stop_signal: i32,
    /// The whole path; empty without a log.
    #[prost(string, tag = "15")]
    pub(crate) log_path: String,
    /// Names of the image's layers, topmost first.
    #[prost(string, repeated, tag = "16")]
    pub(crate) layers: Vec<String>,
    #[prost(string, tag = "17")]
    pub(crate) working_directory: String,
    /// Of its first process, on the host; 0 before it is started.
    #[prost(int32, tag = "18")]
    pub(crate) pid: i32,
}

/// How a container ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Exit {
    /// 128 + signal for a killed process.
    pub(crate) code: i32,
    pub(crate) oom_killed: bool,
    pub(crate) finished_at: i64,
}

impl SandboxRecord {
    pub(crate) fn config(&self) -> v1::PodSandboxConfig {
        self.config.clone().unwrap_or_default()
    }

    pub(crate) fn state(&self) -> v1::PodSandboxState {
        if self.stopped {
            v1::PodSandboxState::SandboxNotready
        } else {
            v1::PodSandboxState::SandboxReady
        }
    }

    pub(crate) fn summary(&self) -> v1::PodSandbox {
        let config = self.config();
        v1::PodSandbox {
            id: self.id.clone(),
            metadata: config.metadata,
            state: self.state() as i32,
            created_at: self.created_at,
            labels: config.labels,
            annotations: config.annotations,
            runtime_handler: self.runtime_handler.clone(),
        }
    }

    pub(crate) fn status(&self) -> v1::PodSandboxStatus {
        let config = self.config();
        let options = config
            .linux
            .as_ref()
            .and_then(|l| l.security_context.as_ref())
            .and_then(|s| s.namespace_options.clone());
        v1::PodSandboxStatus {
            id: self.id.clone(),
            metadata: config.metadata,
            state: self.state() as i32,
            created_at: self.created_at,
            network: Some(self.network()),
            linux: Some(v1::LinuxPodSandboxStatus {
                namespaces: Some(v1::Namespace { options }),
            }),
            labels: config.labels,
            annotations: config.annotations,
            runtime_handler: self.runtime_handler.clone(),
        }
    }

    pub(crate) fn attributes(&self) -> v1::PodSandboxAttributes {
        let config = self.config();
        v1::PodSandboxAttributes {
            id: self.id.clone(),
            metadata: config.metadata,
            labels: config.labels,
            annotations: config.annotations,
        }
    }

    /// Whether a list with `filter` shows it. All parts must match; an id may be a prefix.
    pub(crate) fn matches(&self, filter: &v1::PodSandboxFilter) -> bool {
        self.id.starts_with(&filter.id)
            && filter.state.is_none_or(|s| s.state == self.state() as i32)
            && self
                .config
                .as_ref()
                .is_some_and(|c| selects(&filter.label_selector, &c.labels))
    }

    fn network(&self) -> v1::PodSandboxNetworkStatus {
        let mut ips = self.ips.iter().cloned();
        v1::PodSandboxNetworkStatus {
            ip: ips.next().unwrap_or_default(),
            additional_ips: ips.map(|ip| v1::PodIp { ip }).collect(),
        }
    }
}

impl ContainerRecord {
    pub(crate) fn config(&self) -> v1::ContainerConfig {
        self.config.clone().unwrap_or_default()
    }

    pub(crate) fn is_running(&self) -> bool {
        self.state == v1::ContainerState::ContainerRunning as i32
    }

    /// # Errors
    /// `FailedPrecondition` unless it runs.
    pub(crate) fn check_running(&self) -> CriResult<()> {
        if self.is_running() {
            return Ok(());
        }
        let message = format!("container {:?} is not running", self.id);
        Err(CriError::new(Code::FailedPrecondition, message))
    }

    pub(crate) fn is_exited(&self) -> bool {
        self.state == v1::ContainerState::ContainerExited as i32
    }

    /// User and group of its first process.
    pub(crate) fn owner(&self) -> (u32, u32) {
        let linux = self.user.as_ref().and_then(|u| u.linux.as_ref());
        let id = |value: i64| u32::try_from(value).unwrap_or(0);
        linux.map_or((0, 0), |l| (id(l.uid), id(l.gid)))
    }

    /// Notes the end with the reasons that kubelet shows.
    pub(crate) fn exited(&mut self, exit: &Exit) {
        self.state = v1::ContainerState::ContainerExited as i32;
        self.exit_code = exit.code;
        self.finished_at = exit.finished_at.max(self.started_at).max(self.created_at);
        let reason = match (exit.oom_killed, exit.code) {
            (true, _) => "OOMKilled",
            (false, 0) => "Completed",
            (false, _) => "Error",
        };
        reason.clone_into(&mut self.reason);
    }

    /// Notes that its process could not be started.
    pub(crate) fn start_failed(&mut self, message: String, now: i64) {
        self.exited(&Exit {
            code: 128,
            oom_killed: false,
            finished_at: now,
        });
        "StartError".clone_into(&mut self.reason);
        self.message = message;
    }

    pub(crate) fn summary(&self) -> v1::Container {
        let config = self.config();
        v1::Container {
            id: self.id.clone(),
            pod_sandbox_id: self.sandbox_id.clone(),
            metadata: config.metadata,
            image: config.image,
            image_ref: self.image_ref.clone(),
            state: self.state,
            created_at: self.created_at,
            labels: config.labels,
            annotations: config.annotations,
            image_id: self.image_id.clone(),
        }
    }

    pub(crate) fn status(&self) -> v1::ContainerStatus {
        let config = self.config();
        let resources = config.linux.and_then(|l| l.resources);
        v1::ContainerStatus {
            id: self.id.clone(),
            metadata: config.metadata,
            state: self.state,
            created_at: self.created_at,
            started_at: self.started_at,
            finished_at: self.finished_at,
            exit_code: self.exit_code,
            image: config.image,
            image_ref: self.image_ref.clone(),
            reason: self.reason.clone(),
            message: self.message.clone(),
            labels: config.labels,
            annotations: config.annotations,
            mounts: config.mounts,
            log_path: self.log_path.clone(),
            resources: Some(v1::ContainerResources {
                linux: resources,
                windows: None,
            }),
            image_id: self.image_id.clone(),
            user: self.user.clone(),
            stop_signal: config.stop_signal,
        }
    }

    pub(crate) fn attributes(&self) -> v1::ContainerAttributes {
        let config = self.config();
        v1::ContainerAttributes {
            id: self.id.clone(),
            metadata: config.metadata,
            labels: config.labels,
            annotations: config.annotations,
        }
    }

    /// Whether a list with `filter` shows it. All parts must match; an id may be a prefix.
    pub(crate) fn matches(&self, filter: &v1::ContainerFilter) -> bool {
        self.id.starts_with(&filter.id)
            && filter.state.is_none_or(|s| s.state == self.state)
            && self.sandbox_id.starts_with(&filter.pod_sandbox_id)
            && self
                .config
                .as_ref()
                .is_some_and(|c| selects(&filter.label_selector, &c.labels))
    }
}

/// An event as CRI pushes it, with the state of the whole pod.
pub(crate) fn event<'a>(
    id: &str,
    kind: v1::ContainerEventType,
    now: i64,
    sandbox: Option<&SandboxRecord>,
    containers: impl Iterator<Item = &'a ContainerRecord>,
) -> v1::ContainerEventResponse {
    v1::ContainerEventResponse {
        container_id: id.to_owned(),
        container_event_type: kind as i32,
        created_at: now,
        pod_sandbox_status: sandbox.map(SandboxRecord::status),
        containers_statuses: containers.map(ContainerRecord::status).collect(),
    }
}

fn selects(selector: &BTreeMap<String, String>, labels: &BTreeMap<String, String>) -> bool {
    selector
        .iter()
        .all(|(key, value)| labels.get(key) == Some(value))
}

/// Where a container's log lies; empty when it has none.
pub(crate) fn log_path(log_directory: &str, log_path: &str) -> String {
    if log_directory.is_empty() || log_path.is_empty() {
        return String::new();
    }
    format!("{}/{}", log_directory.trim_end_matches('/'), log_path)
}

/// Statistics are listed for the containers that a list would show.
pub(crate) fn stats_filter(filter: v1::ContainerStatsFilter) -> v1::ContainerFilter {
    v1::ContainerFilter {
        id: filter.id,
        state: None,
        pod_sandbox_id: filter.pod_sandbox_id,
        label_selector: filter.label_selector,
    }
}

pub(crate) fn pod_stats_filter(filter: v1::PodSandboxStatsFilter) -> v1::PodSandboxFilter {
    v1::PodSandboxFilter {
        id: filter.id,
        state: None,
        label_selector: filter.label_selector,
    }
}
