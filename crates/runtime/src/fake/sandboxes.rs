//! CRI's runtime calls over the script.

use std::time::Duration;

use super::{FakeRuntime, Run, Script};
use crate::cri::v1;
use crate::records::{ContainerRecord, SandboxRecord};
use crate::service::{Answer, Code, CriError, CriResult, RuntimeService};

use v1::ContainerEventType as Event;

impl FakeRuntime {
    fn create(&self, request: v1::CreateContainerRequest) -> CriResult<String> {
        let now = self.now();
        let mut state = self.0.state.lock();
        if state.sandbox(&request.pod_sandbox_id)?.stopped {
            return Err(CriError::new(
                Code::FailedPrecondition,
                "sandbox is not ready",
            ));
        }
        let config = request.config.unwrap_or_default();
        if let Some(error) = state.script_of(&config).create_error {
            return Err(error);
        }
        let name = config.image.as_ref().map_or("", |i| i.image.as_str());
        let image = state
            .image(name)
            .cloned()
            .ok_or_else(|| CriError::not_found("image", name))?;
        let id = state.new_id();
        let log_directory = request
            .sandbox_config
            .map(|c| c.log_directory)
            .unwrap_or_default();
        let record = ContainerRecord {
            id: id.clone(),
            sandbox_id: request.pod_sandbox_id,
            log_path: crate::records::log_path(&log_directory, &config.log_path),
            image_ref: image
                .repo_digests
                .first()
                .cloned()
                .unwrap_or_else(|| image.id.clone()),
            image_id: image.id,
            config: Some(config),
            created_at: now,
            ..Default::default()
        };
        state.containers.insert(id.clone(), record);
        let event = state.event(&id, Event::ContainerCreatedEvent, now);
        drop(state);
        self.0.events.send(event);
        Ok(id)
    }

    async fn start(&self, id: &str) -> CriResult<()> {
        let script = {
            let state = self.0.state.lock();
            let record = state.container(id)?;
            if record.state != v1::ContainerState::ContainerCreated as i32 {
                return Err(CriError::new(
                    Code::FailedPrecondition,
                    format!("container {id:?} was started before"),
                ));
            }
            state.script_of(&record.config())
        };
        self.0.platform.clock.sleep(script.start_delay).await;
        let now = self.now();
        let mut state = self.0.state.lock();
        let record = state
            .containers
            .get_mut(id)
            .ok_or_else(|| CriError::not_found("container", id))?;
        if let Some(error) = script.start_error {
            record.start_failed(error.message.clone(), now);
            let event = state.event(id, Event::ContainerStoppedEvent, now);
            drop(state);
            self.0.events.send(event);
            return Err(error);
        }
        record.state = v1::ContainerState::ContainerRunning as i32;
        record.started_at = now;
        write_logs(
            &record.log_path,
            &script,
            &self.0.platform.clock.now().to_string(),
        );
        let event = state.event(id, Event::ContainerStartedEvent, now);
        drop(state);
        self.0.events.send(event);
        self.run(id, script.run);
        Ok(())
    }

    fn run(&self, id: &str, run: Run) {
        match run {
            Run::Forever => {}
            Run::Exit { after, code } => self.finish_later(id.to_owned(), after, code, false),
            Run::OutOfMemory { after } => self.finish_later(id.to_owned(), after, 137, true),
        }
    }

    async fn stop(&self, id: &str, grace: Duration) {
        let script = {
            let state = self.0.state.lock();
            let Some(record) = state.containers.get(id).filter(|c| c.is_running()) else {
                return;
            };
            state.script_of(&record.config())
        };
        self.0
            .platform
            .clock
            .sleep(script.stop_delay.min(grace))
            .await;
        let code = if script.stop_delay > grace { 137 } else { 0 };
        self.finish(id, code, false);
    }

    fn stop_sandbox(&self, id: &str) {
        let running: Vec<String> = {
            let state = self.0.state.lock();
            state
                .containers_of(id)
                .filter(|c| c.is_running())
                .map(|c| c.id.clone())
                .collect()
        };
        for container in running {
            self.finish(&container, 137, false);
        }
        let now = self.now();
        let mut state = self.0.state.lock();
        let Some(record) = state.sandboxes.get_mut(id).filter(|s| !s.stopped) else {
            return;
        };
        record.stopped = true;
        let event = state.event(id, Event::ContainerStoppedEvent, now);
        drop(state);
        self.0.events.send(event);
    }

    fn delete(&self, id: &str) {
        self.finish(id, 137, false);
        let now = self.now();
        let mut state = self.0.state.lock();
        let event = state.event(id, Event::ContainerDeletedEvent, now);
        let known = state.containers.remove(id).is_some() || state.sandboxes.remove(id).is_some();
        drop(state);
        if known {
            self.0.events.send(event);
        }
    }

    fn stats_of(&self, record: &ContainerRecord) -> v1::ContainerStats {
        let timestamp = self.now();
        let value = |value| Some(v1::UInt64Value { value });
        v1::ContainerStats {
            attributes: Some(record.attributes()),
            cpu: Some(v1::CpuUsage {
                timestamp,
                usage_core_nano_seconds: value(0),
                ..Default::default()
            }),
            memory: Some(v1::MemoryUsage {
                timestamp,
                working_set_bytes: value(1 << 20),
                ..Default::default()
            }),
            ..Default::default()
        }
    }

    fn pod_stats(
        &self,
        record: &SandboxRecord,
        containers: Vec<v1::ContainerStats>,
    ) -> v1::PodSandboxStats {
        let linux = v1::LinuxPodSandboxStats {
            containers,
            ..Default::default()
        };
        v1::PodSandboxStats {
            attributes: Some(record.attributes()),
            linux: Some(linux),
            windows: None,
        }
    }
}

/// The log as the embedded runtime would have written it. A test without a disk gives no log path.
fn write_logs(path: &str, script: &Script, time: &str) {
    if path.is_empty() || script.logs.is_empty() {
        return;
    }
    let lines: String = script
        .logs
        .iter()
        .map(|line| format!("{time} stdout F {line}\n"))
        .collect();
    let path = std::path::Path::new(path);
    let parent = path.parent().unwrap_or(path);
    std::fs::create_dir_all(parent)
        .and_then(|()| std::fs::write(path, lines))
        .expect("a test that gives a log path gives one that can be written");
}

impl RuntimeService for FakeRuntime {
    fn version(&self, _: v1::VersionRequest) -> Answer<'_, v1::VersionResponse> {
        Box::pin(async move {
            self.call("Version", "")?;
            Ok(v1::VersionResponse {
                version: "0.1.0".to_owned(),
                runtime_name: "fake".to_owned(),
                runtime_version: env!("CARGO_PKG_VERSION").to_owned(),
                runtime_api_version: "v1".to_owned(),
            })
        })
    }

    fn status(&self, _: v1::StatusRequest) -> Answer<'_, v1::StatusResponse> {
        Box::pin(async move {
            self.call("Status", "")?;
            let condition = |name: &str| v1::RuntimeCondition {
                r#type: name.to_owned(),
                status: true,
                ..Default::default()
            };
            let conditions = vec![condition("RuntimeReady"), condition("NetworkReady")];
            Ok(v1::StatusResponse {
                status: Some(v1::RuntimeStatus { conditions }),
                ..Default::default()
            })
        })
    }

    fn run_pod_sandbox(
        &self,
        request: v1::RunPodSandboxRequest,
    ) -> Answer<'_, v1::RunPodSandboxResponse> {
        Box::pin(async move {
            let config = request.config.unwrap_or_default();
            self.call(
                "RunPodSandbox",
                config.metadata.as_ref().map_or("", |m| &m.name),
            )?;
            let now = self.now();
            let mut state = self.0.state.lock();
            let id = state.new_id();
            let ip = self.0.ip(state.sandboxes_made);
            state.sandboxes_made += 1;
            let record = SandboxRecord {
                id: id.clone(),
                config: Some(config),
                runtime_handler: request.runtime_handler,
                created_at: now,
                ips: vec![ip.to_string()],
                ..Default::default()
            };
            state.sandboxes.insert(id.clone(), record);
            let event = state.event(&id, Event::ContainerStartedEvent, now);
            drop(state);
            self.0.events.send(event);
            Ok(v1::RunPodSandboxResponse { pod_sandbox_id: id })
        })
    }

    fn stop_pod_sandbox(
        &self,
        request: v1::StopPodSandboxRequest,
    ) -> Answer<'_, v1::StopPodSandboxResponse> {
        Box::pin(async move {
            self.call("StopPodSandbox", &request.pod_sandbox_id)?;
            self.stop_sandbox(&request.pod_sandbox_id);
            Ok(v1::StopPodSandboxResponse {})
        })
    }

    fn remove_pod_sandbox(
        &self,
        request: v1::RemovePodSandboxRequest,
    ) -> Answer<'_, v1::RemovePodSandboxResponse> {
        Box::pin(async move {
            let id = request.pod_sandbox_id;
            self.call("RemovePodSandbox", &id)?;
            self.stop_sandbox(&id);
            let ids: Vec<String> = self
                .0
                .state
                .lock()
                .containers_of(&id)
                .map(|c| c.id.clone())
                .collect();
            for container in ids {
                self.delete(&container);
            }
            self.delete(&id);
            Ok(v1::RemovePodSandboxResponse {})
        })
    }

    fn pod_sandbox_status(
        &self,
        request: v1::PodSandboxStatusRequest,
    ) -> Answer<'_, v1::PodSandboxStatusResponse> {
        Box::pin(async move {
            self.call("PodSandboxStatus", &request.pod_sandbox_id)?;
            let timestamp = self.now();
            let state = self.0.state.lock();
            let record = state.sandbox(&request.pod_sandbox_id)?;
            Ok(v1::PodSandboxStatusResponse {
                status: Some(record.status()),
                containers_statuses: state
                    .containers_of(&record.id)
                    .map(ContainerRecord::status)
                    .collect(),
                timestamp,
                ..Default::default()
            })
        })
    }

    fn list_pod_sandbox(
        &self,
        request: v1::ListPodSandboxRequest,
    ) -> Answer<'_, v1::ListPodSandboxResponse> {
        Box::pin(async move {
            self.call("ListPodSandbox", "")?;
            let filter = request.filter.unwrap_or_default();
            let state = self.0.state.lock();
            let items = state
                .sandboxes
                .values()
                .filter(|s| s.matches(&filter))
                .map(SandboxRecord::summary)
                .collect();
            Ok(v1::ListPodSandboxResponse { items })
        })
    }

    fn create_container(
        &self,
        request: v1::CreateContainerRequest,
    ) -> Answer<'_, v1::CreateContainerResponse> {
        Box::pin(async move {
            let metadata = request.config.as_ref().and_then(|c| c.metadata.as_ref());
            self.call("CreateContainer", metadata.map_or("", |m| &m.name))?;
            Ok(v1::CreateContainerResponse {
                container_id: self.create(request)?,
            })
        })
    }

    fn start_container(
        &self,
        request: v1::StartContainerRequest,
    ) -> Answer<'_, v1::StartContainerResponse> {
        Box::pin(async move {
            self.call("StartContainer", &request.container_id)?;
            self.start(&request.container_id).await?;
            Ok(v1::StartContainerResponse {})
        })
    }

    fn stop_container(
        &self,
        request: v1::StopContainerRequest,
    ) -> Answer<'_, v1::StopContainerResponse> {
        Box::pin(async move {
            self.call("StopContainer", &request.container_id)?;
            let grace = Duration::from_secs(u64::try_from(request.timeout).unwrap_or(0));
            self.stop(&request.container_id, grace).await;
            Ok(v1::StopContainerResponse {})
        })
    }

    fn remove_container(
        &self,
        request: v1::RemoveContainerRequest,
    ) -> Answer<'_, v1::RemoveContainerResponse> {
        Box::pin(async move {
            self.call("RemoveContainer", &request.container_id)?;
            self.delete(&request.container_id);
            Ok(v1::RemoveContainerResponse {})
        })
    }

    fn list_containers(
        &self,
        request: v1::ListContainersRequest,
    ) -> Answer<'_, v1::ListContainersResponse> {
        Box::pin(async move {
            self.call("ListContainers", "")?;
            let filter = request.filter.unwrap_or_default();
            let state = self.0.state.lock();
            let found = state.containers.values().filter(|c| c.matches(&filter));
            Ok(v1::ListContainersResponse {
                containers: found.map(ContainerRecord::summary).collect(),
            })
        })
    }

    fn container_status(
        &self,
        request: v1::ContainerStatusRequest,
    ) -> Answer<'_, v1::ContainerStatusResponse> {
        Box::pin(async move {
            self.call("ContainerStatus", &request.container_id)?;
            let status = self
                .0
                .state
                .lock()
                .container(&request.container_id)?
                .status();
            Ok(v1::ContainerStatusResponse {
                status: Some(status),
                ..Default::default()
            })
        })
    }

    fn update_container_resources(
        &self,
        request: v1::UpdateContainerResourcesRequest,
    ) -> Answer<'_, v1::UpdateContainerResourcesResponse> {
        Box::pin(async move {
            self.call("UpdateContainerResources", &request.container_id)?;
            let mut state = self.0.state.lock();
            let id = &request.container_id;
            let record = state
                .containers
                .get_mut(id)
                .ok_or_else(|| CriError::not_found("container", id))?;
            let config = record.config.get_or_insert_default();
            config.linux.get_or_insert_default().resources = request.linux;
            Ok(v1::UpdateContainerResourcesResponse {})
        })
    }

    fn reopen_container_log(
        &self,
        request: v1::ReopenContainerLogRequest,
    ) -> Answer<'_, v1::ReopenContainerLogResponse> {
        Box::pin(async move {
            self.call("ReopenContainerLog", &request.container_id)?;
            Ok(v1::ReopenContainerLogResponse {})
        })
    }

    fn exec_sync(&self, request: v1::ExecSyncRequest) -> Answer<'_, v1::ExecSyncResponse> {
        Box::pin(async move {
            self.call("ExecSync", &request.container_id)?;
            let script = self.exec_script(&request.container_id, &request.cmd)?;
            let limit = Duration::from_secs(u64::try_from(request.timeout).unwrap_or(0));
            if !limit.is_zero() && script.delay > limit {
                self.0.platform.clock.sleep(limit).await;
                return Err(CriError::new(
                    Code::DeadlineExceeded,
                    format!("command timed out after {limit:?}"),
                ));
            }
            self.0.platform.clock.sleep(script.delay).await;
            Ok(v1::ExecSyncResponse {
                stdout: script.stdout,
                stderr: script.stderr,
                exit_code: script.code,
            })
        })
    }

    fn container_stats(
        &self,
        request: v1::ContainerStatsRequest,
    ) -> Answer<'_, v1::ContainerStatsResponse> {
        Box::pin(async move {
            let record = self
                .0
                .state
                .lock()
                .container(&request.container_id)?
                .clone();
            Ok(v1::ContainerStatsResponse {
                stats: Some(self.stats_of(&record)),
            })
        })
    }

    fn list_container_stats(
        &self,
        request: v1::ListContainerStatsRequest,
    ) -> Answer<'_, v1::ListContainerStatsResponse> {
        Box::pin(async move {
            let filter = crate::records::stats_filter(request.filter.unwrap_or_default());
            let records: Vec<ContainerRecord> = {
                let state = self.0.state.lock();
                state
                    .containers
                    .values()
                    .filter(|c| c.matches(&filter))
                    .cloned()
                    .collect()
            };
            Ok(v1::ListContainerStatsResponse {
                stats: records.iter().map(|r| self.stats_of(r)).collect(),
            })
        })
    }

    fn pod_sandbox_stats(
        &self,
        request: v1::PodSandboxStatsRequest,
    ) -> Answer<'_, v1::PodSandboxStatsResponse> {
        Box::pin(async move {
            let (record, containers) = {
                let state = self.0.state.lock();
                let record = state.sandbox(&request.pod_sandbox_id)?.clone();
                let containers: Vec<_> = state.containers_of(&record.id).cloned().collect();
                (record, containers)
            };
            let stats = containers.iter().map(|c| self.stats_of(c)).collect();
            Ok(v1::PodSandboxStatsResponse {
                stats: Some(self.pod_stats(&record, stats)),
            })
        })
    }

    fn list_pod_sandbox_stats(
        &self,
        request: v1::ListPodSandboxStatsRequest,
    ) -> Answer<'_, v1::ListPodSandboxStatsResponse> {
        Box::pin(async move {
            let filter = crate::records::pod_stats_filter(request.filter.unwrap_or_default());
            let state = self.0.state.lock();
            let pods: Vec<_> = state
                .sandboxes
                .values()
                .filter(|s| s.matches(&filter))
                .cloned()
                .collect();
            let all: Vec<_> = state.containers.values().cloned().collect();
            drop(state);
            let stats = pods
                .iter()
                .map(|pod| {
                    let mine = all.iter().filter(|c| c.sandbox_id == pod.id);
                    self.pod_stats(pod, mine.map(|c| self.stats_of(c)).collect())
                })
                .collect();
            Ok(v1::ListPodSandboxStatsResponse { stats })
        })
    }

    fn update_runtime_config(
        &self,
        _: v1::UpdateRuntimeConfigRequest,
    ) -> Answer<'_, v1::UpdateRuntimeConfigResponse> {
        Box::pin(async move {
            self.call("UpdateRuntimeConfig", "")?;
            Ok(v1::UpdateRuntimeConfigResponse {})
        })
    }

    fn runtime_config(&self, _: v1::RuntimeConfigRequest) -> Answer<'_, v1::RuntimeConfigResponse> {
        Box::pin(async move {
            let linux = v1::LinuxRuntimeConfiguration {
                cgroup_driver: v1::CgroupDriver::Cgroupfs as i32,
            };
            Ok(v1::RuntimeConfigResponse { linux: Some(linux) })
        })
    }
}
