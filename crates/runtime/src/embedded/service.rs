//! CRI's runtime calls, each a few lines over what does the work.

use std::time::Duration;

use super::Embedded;
use crate::cri::v1;
use crate::records::{self, ContainerRecord};
use crate::service::{Answer, CriResult, RuntimeService};
use crate::shim::protocol::Call;

const RUNTIME_NAME: &str = "sampan";

impl Embedded {
    fn conditions(&self) -> Vec<v1::RuntimeCondition> {
        let network = self.0.config.network.not_ready();
        let runtime = v1::RuntimeCondition {
            r#type: "RuntimeReady".to_owned(),
            status: true,
            ..Default::default()
        };
        let network = v1::RuntimeCondition {
            r#type: "NetworkReady".to_owned(),
            status: network.is_none(),
            reason: if network.is_some() {
                "NetworkPluginNotReady".to_owned()
            } else {
                String::new()
            },
            message: network.unwrap_or_default(),
        };
        vec![runtime, network]
    }

    fn sandbox_status(&self, id: &str) -> CriResult<v1::PodSandboxStatusResponse> {
        let timestamp = self.now();
        let state = self.0.state.lock();
        let status = state.sandbox(id)?.record.status();
        let containers_statuses = state
            .containers_of(id)
            .map(ContainerRecord::status)
            .collect();
        Ok(v1::PodSandboxStatusResponse {
            status: Some(status),
            containers_statuses,
            timestamp,
            ..Default::default()
        })
    }

    fn verbose(&self, container: &str) -> CriResult<std::collections::BTreeMap<String, String>> {
        let state = self.0.state.lock();
        let record = state.container(container)?;
        Ok([
            ("pid".to_owned(), record.pid.to_string()),
            ("sandboxID".to_owned(), record.sandbox_id.clone()),
        ]
        .into())
    }
}

impl RuntimeService for Embedded {
    fn version(&self, _: v1::VersionRequest) -> Answer<'_, v1::VersionResponse> {
        Box::pin(async {
            Ok(v1::VersionResponse {
                version: "0.1.0".to_owned(),
                runtime_name: RUNTIME_NAME.to_owned(),
                runtime_version: env!("CARGO_PKG_VERSION").to_owned(),
                runtime_api_version: "v1".to_owned(),
            })
        })
    }

    fn status(&self, _: v1::StatusRequest) -> Answer<'_, v1::StatusResponse> {
        Box::pin(async {
            let status = v1::RuntimeStatus {
                conditions: self.conditions(),
            };
            let features = v1::RuntimeFeatures {
                supplemental_groups_policy: true,
                ..Default::default()
            };
            Ok(v1::StatusResponse {
                status: Some(status),
                features: Some(features),
                ..Default::default()
            })
        })
    }

    fn run_pod_sandbox(
        &self,
        request: v1::RunPodSandboxRequest,
    ) -> Answer<'_, v1::RunPodSandboxResponse> {
        Box::pin(async {
            Ok(v1::RunPodSandboxResponse {
                pod_sandbox_id: self.make_sandbox(request).await?,
            })
        })
    }

    fn stop_pod_sandbox(
        &self,
        request: v1::StopPodSandboxRequest,
    ) -> Answer<'_, v1::StopPodSandboxResponse> {
        Box::pin(async move {
            self.stop_sandbox(&request.pod_sandbox_id).await?;
            Ok(v1::StopPodSandboxResponse {})
        })
    }

    fn remove_pod_sandbox(
        &self,
        request: v1::RemovePodSandboxRequest,
    ) -> Answer<'_, v1::RemovePodSandboxResponse> {
        Box::pin(async move {
            self.remove_sandbox(&request.pod_sandbox_id).await?;
            Ok(v1::RemovePodSandboxResponse {})
        })
    }

    fn pod_sandbox_status(
        &self,
        request: v1::PodSandboxStatusRequest,
    ) -> Answer<'_, v1::PodSandboxStatusResponse> {
        Box::pin(async move { self.sandbox_status(&request.pod_sandbox_id) })
    }

    fn list_pod_sandbox(
        &self,
        request: v1::ListPodSandboxRequest,
    ) -> Answer<'_, v1::ListPodSandboxResponse> {
        Box::pin(async move {
            let filter = request.filter.unwrap_or_default();
            let state = self.0.state.lock();
            let found = state
                .sandboxes
                .values()
                .map(|s| &s.record)
                .filter(|s| s.matches(&filter));
            Ok(v1::ListPodSandboxResponse {
                items: found.map(records::SandboxRecord::summary).collect(),
            })
        })
    }

    fn create_container(
        &self,
        request: v1::CreateContainerRequest,
    ) -> Answer<'_, v1::CreateContainerResponse> {
        Box::pin(async move {
            let container_id = self
                .blocking("container-create", |this| this.make_container(request))
                .await?;
            Ok(v1::CreateContainerResponse { container_id })
        })
    }

    fn start_container(
        &self,
        request: v1::StartContainerRequest,
    ) -> Answer<'_, v1::StartContainerResponse> {
        Box::pin(async move {
            self.begin_container(&request.container_id).await?;
            Ok(v1::StartContainerResponse {})
        })
    }

    fn stop_container(
        &self,
        request: v1::StopContainerRequest,
    ) -> Answer<'_, v1::StopContainerResponse> {
        Box::pin(async move {
            let grace = Duration::from_secs(u64::try_from(request.timeout).unwrap_or(0));
            self.end_container(&request.container_id, grace).await?;
            Ok(v1::StopContainerResponse {})
        })
    }

    fn remove_container(
        &self,
        request: v1::RemoveContainerRequest,
    ) -> Answer<'_, v1::RemoveContainerResponse> {
        Box::pin(async move {
            self.delete_container(&request.container_id).await?;
            Ok(v1::RemoveContainerResponse {})
        })
    }

    fn list_containers(
        &self,
        request: v1::ListContainersRequest,
    ) -> Answer<'_, v1::ListContainersResponse> {
        Box::pin(async move {
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
            let id = &request.container_id;
            let status = self.0.state.lock().container(id)?.status();
            let info = if request.verbose {
                self.verbose(id)?
            } else {
                std::collections::BTreeMap::new()
            };
            Ok(v1::ContainerStatusResponse {
                status: Some(status),
                info,
            })
        })
    }

    fn update_container_resources(
        &self,
        request: v1::UpdateContainerResourcesRequest,
    ) -> Answer<'_, v1::UpdateContainerResourcesResponse> {
        Box::pin(async move {
            let resources = request.linux.unwrap_or_default();
            let id = request.container_id;
            self.blocking("container-update", move |this| {
                this.update_resources(&id, resources)
            })
            .await?;
            Ok(v1::UpdateContainerResourcesResponse {})
        })
    }

    fn reopen_container_log(
        &self,
        request: v1::ReopenContainerLogRequest,
    ) -> Answer<'_, v1::ReopenContainerLogResponse> {
        Box::pin(async move {
            let shim = self.0.state.lock().shim_of(&request.container_id)?;
            shim.call(Call::ReopenLog(request.container_id)).await?;
            Ok(v1::ReopenContainerLogResponse {})
        })
    }

    fn exec_sync(&self, request: v1::ExecSyncRequest) -> Answer<'_, v1::ExecSyncResponse> {
        Box::pin(self.run_exec(request))
    }

    fn container_stats(
        &self,
        request: v1::ContainerStatsRequest,
    ) -> Answer<'_, v1::ContainerStatsResponse> {
        Box::pin(async move {
            let stats = self
                .blocking("stats", move |this| {
                    this.container_usage(&request.container_id)
                })
                .await?;
            Ok(v1::ContainerStatsResponse { stats: Some(stats) })
        })
    }

    fn list_container_stats(
        &self,
        request: v1::ListContainerStatsRequest,
    ) -> Answer<'_, v1::ListContainerStatsResponse> {
        Box::pin(async move {
            let filter = records::stats_filter(request.filter.unwrap_or_default());
            let stats = self
                .blocking("stats", move |this| Ok(this.containers_usage(&filter)))
                .await?;
            Ok(v1::ListContainerStatsResponse { stats })
        })
    }

    fn pod_sandbox_stats(
        &self,
        request: v1::PodSandboxStatsRequest,
    ) -> Answer<'_, v1::PodSandboxStatsResponse> {
        Box::pin(async move {
            let stats = self
                .blocking("stats", move |this| this.pod_usage(&request.pod_sandbox_id))
                .await?;
            Ok(v1::PodSandboxStatsResponse { stats: Some(stats) })
        })
    }

    fn list_pod_sandbox_stats(
        &self,
        request: v1::ListPodSandboxStatsRequest,
    ) -> Answer<'_, v1::ListPodSandboxStatsResponse> {
        Box::pin(async move {
            let filter = records::pod_stats_filter(request.filter.unwrap_or_default());
            let stats = self
                .blocking("stats", move |this| Ok(this.pods_usage(&filter)))
                .await?;
            Ok(v1::ListPodSandboxStatsResponse { stats })
        })
    }

    /// The pod CIDR is the network's own matter.
    fn update_runtime_config(
        &self,
        _: v1::UpdateRuntimeConfigRequest,
    ) -> Answer<'_, v1::UpdateRuntimeConfigResponse> {
        Box::pin(async { Ok(v1::UpdateRuntimeConfigResponse {}) })
    }

    fn runtime_config(&self, _: v1::RuntimeConfigRequest) -> Answer<'_, v1::RuntimeConfigResponse> {
        Box::pin(async {
            let linux = v1::LinuxRuntimeConfiguration {
                cgroup_driver: v1::CgroupDriver::Cgroupfs as i32,
            };
            Ok(v1::RuntimeConfigResponse { linux: Some(linux) })
        })
    }
}
