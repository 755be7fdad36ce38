//! What the streaming server asks of the node, answered from the workers' views.

use super::Shared;
use crate::logs::{self, LogSource};
use crate::sandbox;
use crate::streaming::{
    Backend, ContainerTarget, LogOptions, LogPieces, PodTarget, Refusal, RunningContainer,
};
use crate::worker::{ContainerView, View};
use api::core::v1::Pod;
use bytes::Bytes;
use futures::future::BoxFuture;
use http::StatusCode;
use meta::ObjectList;
use runtime::cri::v1;
use runtime::{Answer, ByteStream, Runtime, Session, Streaming};
use std::sync::Arc;
use tokio::sync::watch;

pub(super) struct NodeBackend {
    shared: Arc<Shared>,
}

/// A runtime as the one of its traits that streams.
struct Streams(Arc<dyn Runtime>);

impl Streaming for Streams {
    fn exec(&self, request: v1::ExecRequest) -> Answer<'_, Session> {
        self.0.exec(request)
    }

    fn attach(&self, request: v1::AttachRequest) -> Answer<'_, Session> {
        self.0.attach(request)
    }

    fn port_forward<'a>(
        &'a self,
        pod_sandbox_id: &'a str,
        port: u16,
    ) -> Answer<'a, Box<dyn ByteStream>> {
        self.0.port_forward(pod_sandbox_id, port)
    }
}

impl NodeBackend {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    fn view(&self, target: &PodTarget) -> Result<watch::Receiver<View>, Refusal> {
        let workers = self.shared.workers.lock();
        let found = workers.values().map(|worker| &worker.view).find(|view| {
            let view = view.borrow();
            let metadata = &view.pod.metadata;
            metadata.name == target.name
                && metadata.namespace == target.namespace
                && target.uid.as_ref().is_none_or(|uid| metadata.uid == *uid)
        });
        found.cloned().ok_or_else(|| {
            let message = format!("pod \"{}_{}\" not found", target.name, target.namespace);
            Refusal::new(StatusCode::NOT_FOUND, message)
        })
    }

    fn container_of(view: &View, target: &ContainerTarget) -> Result<ContainerView, Refusal> {
        let found = view
            .containers
            .iter()
            .find(|container| container.name == target.container)
            .cloned();
        found.ok_or_else(|| {
            let (pod, container) = (&target.pod.name, &target.container);
            let message = format!("container \"{container}\" in pod \"{pod}\" is not available");
            Refusal::new(StatusCode::BAD_REQUEST, message)
        })
    }

    fn start_logs(
        &self,
        target: &ContainerTarget,
        options: &LogOptions,
    ) -> Result<LogPieces, Refusal> {
        let mut view = self.view(&target.pod)?;
        let current = view.borrow().clone();
        let container = Self::container_of(&current, target)?;
        let (pod, name) = (&target.pod.name, &target.container);
        let bad = |message: String| Refusal::new(StatusCode::BAD_REQUEST, message);
        let attempt = if options.previous {
            let missing = || {
                bad(format!(
                    "previous terminated container \"{name}\" in pod \"{pod}\" not found"
                ))
            };
            // While it runs, the one before; while it waits to be started again, the one that has just died.
            let back = if container.backing_off { 1 } else { 2 };
            container.made.checked_sub(back).ok_or_else(missing)?
        } else {
            let waiting = &container.waiting;
            let missing = || {
                bad(format!(
                    "container \"{name}\" in pod \"{pod}\" is waiting to start: {waiting}"
                ))
            };
            container.made.checked_sub(1).ok_or_else(missing)?
        };
        let path = self
            .shared
            .config
            .log_dir
            .join(sandbox::log_directory(&current.pod))
            .join(name)
            .join(format!("{attempt}.log"));
        let (name, id) = (
            name.clone(),
            container.running.filter(|_| !options.previous),
        );
        let stopped = async move {
            let runs = |view: &View| {
                view.containers
                    .iter()
                    .any(|c| c.name == name && c.running == id && id.is_some())
            };
            // A worker that is gone has nothing running.
            let _ = view.wait_for(|view| !runs(view)).await;
        };
        let source = LogSource {
            path,
            stopped: Box::pin(stopped),
        };
        let (reading, pieces) = logs::read(source, options, self.shared.platform.clock.now());
        drop(self.shared.platform.tasks.spawn("logs", reading));
        Ok(pieces)
    }

    fn running(&self, target: &ContainerTarget) -> Result<RunningContainer, Refusal> {
        let view = self.view(&target.pod)?;
        let container = Self::container_of(&view.borrow(), target);
        let missing = || {
            let message = format!("container not found (\"{}\")", target.container);
            Refusal::new(StatusCode::NOT_FOUND, message)
        };
        let container = container.map_err(|_| missing())?;
        let ContainerView {
            running,
            tty,
            stdin,
            ..
        } = container;
        Ok(RunningContainer {
            id: running.ok_or_else(missing)?,
            tty,
            stdin,
        })
    }

    async fn summary(&self) -> Result<Bytes, Refusal> {
        let unavailable =
            |error: runtime::CriError| Refusal::new(StatusCode::SERVICE_UNAVAILABLE, error.message);
        let request = v1::ListPodSandboxStatsRequest::default();
        let stats = self
            .shared
            .runtime
            .list_pod_sandbox_stats(request)
            .await
            .map_err(unavailable)?
            .stats;
        let pods: Vec<serde_json::Value> = stats.iter().filter_map(pod_stats).collect();
        let now = self.shared.platform.clock.now().to_string();
        let summary = serde_json::json!({
            "node": {"nodeName": self.shared.config.node_name, "startTime": now},
            "pods": pods,
        });
        Ok(Bytes::from(summary.to_string()))
    }
}

fn pod_stats(stats: &v1::PodSandboxStats) -> Option<serde_json::Value> {
    let metadata = stats.attributes.as_ref()?.metadata.as_ref()?;
    let linux = stats.linux.as_ref()?;
    let containers: Vec<serde_json::Value> = linux
        .containers
        .iter()
        .map(|container| {
            let name = container.attributes.as_ref().and_then(|a| a.metadata.as_ref()).map(|m| m.name.as_str());
            serde_json::json!({"name": name, "cpu": cpu(container.cpu.as_ref()), "memory": memory(container.memory.as_ref())})
        })
        .collect();
    Some(serde_json::json!({
        "podRef": {"name": metadata.name, "namespace": metadata.namespace, "uid": metadata.uid},
        "cpu": cpu(linux.cpu.as_ref()),
        "memory": memory(linux.memory.as_ref()),
        "containers": containers,
    }))
}

fn cpu(usage: Option<&v1::CpuUsage>) -> serde_json::Value {
    let Some(usage) = usage else {
        return serde_json::Value::Null;
    };
    serde_json::json!({
        "time": moment(usage.timestamp),
        "usageNanoCores": usage.usage_nano_cores.as_ref().map(|value| value.value),
        "usageCoreNanoSeconds": usage.usage_core_nano_seconds.as_ref().map(|value| value.value),
    })
}

fn memory(usage: Option<&v1::MemoryUsage>) -> serde_json::Value {
    let Some(usage) = usage else {
        return serde_json::Value::Null;
    };
    serde_json::json!({
        "time": moment(usage.timestamp),
        "workingSetBytes": usage.working_set_bytes.as_ref().map(|value| value.value),
        "usageBytes": usage.usage_bytes.as_ref().map(|value| value.value),
        "rssBytes": usage.rss_bytes.as_ref().map(|value| value.value),
    })
}

fn moment(nanos: i64) -> String {
    jiff::Timestamp::from_nanosecond(i128::from(nanos))
        .map(|time| time.to_string())
        .unwrap_or_default()
}

impl Backend for NodeBackend {
    fn health(&self) -> Result<(), String> {
        Ok(())
    }

    fn pods(&self) -> BoxFuture<'_, Bytes> {
        let views: Vec<View> = self
            .shared
            .workers
            .lock()
            .values()
            .map(|worker| worker.view.borrow().clone())
            .collect();
        let items: Vec<Pod> = views
            .into_iter()
            .map(|view| Pod {
                status: (*view.status).clone(),
                ..(*view.pod).clone()
            })
            .collect();
        let list = ObjectList {
            metadata: meta::ListMeta::default(),
            items: items.into(),
        };
        Box::pin(async move { Bytes::from(meta::codec::to_json(&list)) })
    }

    fn stats_summary(&self) -> BoxFuture<'_, Result<Bytes, Refusal>> {
        Box::pin(self.summary())
    }

    fn metrics(&self) -> BoxFuture<'_, String> {
        let pods = self.shared.workers.lock().len();
        Box::pin(async move {
            format!(
                "# HELP kubelet_running_pods Number of pods that have a running pod sandbox\n# TYPE kubelet_running_pods gauge\nkubelet_running_pods {pods}\n"
            )
        })
    }

    fn logs(
        &self,
        target: ContainerTarget,
        options: LogOptions,
    ) -> BoxFuture<'_, Result<LogPieces, Refusal>> {
        let started = self.start_logs(&target, &options);
        Box::pin(std::future::ready(started))
    }

    fn container(
        &self,
        target: ContainerTarget,
    ) -> BoxFuture<'_, Result<RunningContainer, Refusal>> {
        Box::pin(std::future::ready(self.running(&target)))
    }

    fn sandbox(&self, target: PodTarget) -> BoxFuture<'_, Result<String, Refusal>> {
        let found = self.view(&target).and_then(|view| {
            let message = format!(
                "unable to do port forwarding: pod \"{}\" is not running",
                target.name
            );
            view.borrow()
                .sandbox
                .clone()
                .ok_or_else(|| Refusal::new(StatusCode::BAD_REQUEST, message))
        });
        Box::pin(std::future::ready(found))
    }

    fn streams(&self) -> Arc<dyn Streaming> {
        Arc::new(Streams(Arc::clone(&self.shared.runtime)))
    }
}
