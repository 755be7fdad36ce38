//! The traits that the embedded runtime, a remote one behind a socket and the fake one implement.
//!
//! Method names, idempotence and the meaning of every field are CRI v1's. What CRI does with URLs (exec, attach,
//! port-forward) and with a gRPC stream (events) is byte streams and a receiver here.

mod events;
mod network;
mod status;
mod streaming;

use futures::future::BoxFuture;

pub use events::{ContainerEvent, ContainerEvents, EventReceiver, EventSender};
pub use network::{SandboxIdentity, SandboxNetwork};
pub use status::{Code, CriError, CriResult};
pub use streaming::{ByteStream, Session, Streaming, TerminalSize};

use crate::cri::v1;

/// What a CRI call answers with.
pub type Answer<'a, T> = BoxFuture<'a, CriResult<T>>;

/// CRI's `RuntimeService`, unary calls only. Lists are whole: the `Stream*` forms exist for sockets.
///
/// Stop and remove calls are idempotent: an unknown id is success.
pub trait RuntimeService: Send + Sync {
    fn version(&self, request: v1::VersionRequest) -> Answer<'_, v1::VersionResponse>;
    /// Conditions `RuntimeReady` and `NetworkReady`.
    fn status(&self, request: v1::StatusRequest) -> Answer<'_, v1::StatusResponse>;

    /// Creates and starts the sandbox: namespaces, network, cgroup parent. The answer is its id.
    fn run_pod_sandbox(
        &self,
        request: v1::RunPodSandboxRequest,
    ) -> Answer<'_, v1::RunPodSandboxResponse>;
    /// Kills what still runs in it and gives the network back. Called before every removal.
    fn stop_pod_sandbox(
        &self,
        request: v1::StopPodSandboxRequest,
    ) -> Answer<'_, v1::StopPodSandboxResponse>;
    /// Removes the sandbox and all its containers.
    fn remove_pod_sandbox(
        &self,
        request: v1::RemovePodSandboxRequest,
    ) -> Answer<'_, v1::RemovePodSandboxResponse>;
    fn pod_sandbox_status(
        &self,
        request: v1::PodSandboxStatusRequest,
    ) -> Answer<'_, v1::PodSandboxStatusResponse>;
    fn list_pod_sandbox(
        &self,
        request: v1::ListPodSandboxRequest,
    ) -> Answer<'_, v1::ListPodSandboxResponse>;

    fn create_container(
        &self,
        request: v1::CreateContainerRequest,
    ) -> Answer<'_, v1::CreateContainerResponse>;
    fn start_container(
        &self,
        request: v1::StartContainerRequest,
    ) -> Answer<'_, v1::StartContainerResponse>;
    /// Sends the stop signal, waits `timeout` seconds, then kills. Answers when the process is gone.
    fn stop_container(
        &self,
        request: v1::StopContainerRequest,
    ) -> Answer<'_, v1::StopContainerResponse>;
    /// Kills the container if it still runs, then forgets it.
    fn remove_container(
        &self,
        request: v1::RemoveContainerRequest,
    ) -> Answer<'_, v1::RemoveContainerResponse>;
    fn list_containers(
        &self,
        request: v1::ListContainersRequest,
    ) -> Answer<'_, v1::ListContainersResponse>;
    fn container_status(
        &self,
        request: v1::ContainerStatusRequest,
    ) -> Answer<'_, v1::ContainerStatusResponse>;
    fn update_container_resources(
        &self,
        request: v1::UpdateContainerResourcesRequest,
    ) -> Answer<'_, v1::UpdateContainerResourcesResponse>;
    fn reopen_container_log(
        &self,
        request: v1::ReopenContainerLogRequest,
    ) -> Answer<'_, v1::ReopenContainerLogResponse>;

    /// Runs a command to its end; output beyond 16 MiB a stream is cut. `timeout` in seconds, 0 = none.
    fn exec_sync(&self, request: v1::ExecSyncRequest) -> Answer<'_, v1::ExecSyncResponse>;

    fn container_stats(
        &self,
        request: v1::ContainerStatsRequest,
    ) -> Answer<'_, v1::ContainerStatsResponse>;
    fn list_container_stats(
        &self,
        request: v1::ListContainerStatsRequest,
    ) -> Answer<'_, v1::ListContainerStatsResponse>;
    fn pod_sandbox_stats(
        &self,
        request: v1::PodSandboxStatsRequest,
    ) -> Answer<'_, v1::PodSandboxStatsResponse>;
    fn list_pod_sandbox_stats(
        &self,
        request: v1::ListPodSandboxStatsRequest,
    ) -> Answer<'_, v1::ListPodSandboxStatsResponse>;

    /// Tells the runtime the node's pod CIDR.
    fn update_runtime_config(
        &self,
        request: v1::UpdateRuntimeConfigRequest,
    ) -> Answer<'_, v1::UpdateRuntimeConfigResponse>;
    /// The cgroup driver in use; always `CGROUPFS` for the embedded runtime.
    fn runtime_config(
        &self,
        request: v1::RuntimeConfigRequest,
    ) -> Answer<'_, v1::RuntimeConfigResponse>;
}

/// CRI's `ImageService`.
pub trait ImageService: Send + Sync {
    fn list_images(&self, request: v1::ListImagesRequest) -> Answer<'_, v1::ListImagesResponse>;
    /// `image` is `None` when the image is not present; that is no error.
    fn image_status(&self, request: v1::ImageStatusRequest) -> Answer<'_, v1::ImageStatusResponse>;
    /// Answers with the image id (`sha256:…` of its configuration) to put into `ContainerConfig.image.image`.
    fn pull_image(&self, request: v1::PullImageRequest) -> Answer<'_, v1::PullImageResponse>;
    fn remove_image(&self, request: v1::RemoveImageRequest) -> Answer<'_, v1::RemoveImageResponse>;
    fn image_fs_info(&self, request: v1::ImageFsInfoRequest)
    -> Answer<'_, v1::ImageFsInfoResponse>;
}

/// All that a node asks of a runtime, as one object.
pub trait Runtime: RuntimeService + ImageService + ContainerEvents + Streaming {}

impl<T: RuntimeService + ImageService + ContainerEvents + Streaming> Runtime for T {}
