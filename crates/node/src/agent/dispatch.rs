//! Pods of this node to their workers: adopted at the start, then one worker for each that the API brings.

use super::Shared;
use crate::worker::context::PodContext;
use crate::worker::machine::{Machine, Now};
use crate::worker::recover::{self, Found};
use crate::worker::{Handle, Worker};
use crate::{admission, pods, sandbox, volumes};
use api::core::v1::Pod;
use client::cache::Changed;
use client::{Cache, Resource, Selector};
use meta::{Kind, ObjectKey};
use runtime::cri::v1;
use runtime::{ContainerEvent, CriError};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// Keys of changed pods that are kept apart.
const KEYS_MAX: usize = 1024;
/// Ends of workers that wait to be noticed.
const ENDED_MAX: usize = 64;
/// Before the runtime is asked again at the start.
const RUNTIME_RETRY: Duration = Duration::from_millis(500);

/// Everything that can wake the loop.
enum Event {
    Pods(Changed),
    Runtime(ContainerEvent),
    Ended(String),
}

struct Dispatch {
    shared: Arc<Shared>,
    pods: Cache<Pod>,
    /// The uid that a key stood for when it was last seen.
    uids: HashMap<ObjectKey, String>,
    ended: mpsc::Sender<String>,
}

/// Runs until the node drains.
pub(super) async fn run(shared: Arc<Shared>) {
    let draining = shared.platform.tasks.draining();
    tokio::select! {
        () = draining => {}
        () = work(shared) => {}
    }
}

async fn work(shared: Arc<Shared>) {
    let fields = format!("spec.nodeName={}", shared.config.node_name);
    let selector = Selector {
        fields: fields.into(),
        ..Selector::default()
    };
    let pods: Cache<Pod> = Cache::start(&shared.client, Resource::of::<Pod>(), selector);
    // Subscribed before the list, so that no exit falls between.
    let mut events = shared.runtime.subscribe();
    let (found, ()) = tokio::join!(list(&shared), pods.synced());
    let (sender, mut ended) = mpsc::channel(ENDED_MAX);
    let mut changes = pods.subscribe(KEYS_MAX);
    let mut dispatch = Dispatch {
        shared,
        pods,
        uids: HashMap::new(),
        ended: sender,
    };
    dispatch.adopt(found);
    loop {
        let event = tokio::select! {
            changed = changes.next() => Event::Pods(changed),
            Some(event) = events.recv() => Event::Runtime(event),
            Some(uid) = ended.recv() => Event::Ended(uid),
        };
        dispatch.handle(event);
    }
}

/// All that the runtime has, by pod uid. Asks until it answers.
async fn list(shared: &Shared) -> HashMap<String, Found> {
    loop {
        match try_list(shared).await {
            Ok(found) => return found,
            Err(error) => {
                tracing::warn!(%error, "the runtime does not list its pods");
                shared.platform.clock.sleep(RUNTIME_RETRY).await;
            }
        }
    }
}

async fn try_list(shared: &Shared) -> Result<HashMap<String, Found>, CriError> {
    let runtime = &shared.runtime;
    let mut found: HashMap<String, Found> = HashMap::new();
    for item in runtime
        .list_pod_sandbox(v1::ListPodSandboxRequest::default())
        .await?
        .items
    {
        let request = v1::PodSandboxStatusRequest {
            pod_sandbox_id: item.id,
            verbose: false,
        };
        if let (Some(uid), Ok(answer)) = (
            item.labels.get(sandbox::POD_UID),
            runtime.pod_sandbox_status(request).await,
        ) {
            found
                .entry(uid.clone())
                .or_default()
                .sandboxes
                .extend(answer.status);
        }
    }
    for container in runtime
        .list_containers(v1::ListContainersRequest::default())
        .await?
        .containers
    {
        let request = v1::ContainerStatusRequest {
            container_id: container.id,
            verbose: false,
        };
        if let (Some(uid), Ok(answer)) = (
            container.labels.get(sandbox::POD_UID),
            runtime.container_status(request).await,
        ) {
            found
                .entry(uid.clone())
                .or_default()
                .containers
                .extend(answer.status);
        }
    }
    Ok(found)
}

impl Dispatch {
    /// Workers for the pods that the API has; the rest of what the runtime has is nobody's.
    fn adopt(&mut self, mut found: HashMap<String, Found>) {
        for pod in self.pods.list(None) {
            let found = found.remove(pod.metadata.uid.as_str()).unwrap_or_default();
            self.take(pod, &found);
        }
        for (uid, found) in found {
            tracing::info!(uid, "removing a pod that the API does not know");
            let shared = Arc::clone(&self.shared);
            drop(
                self.shared
                    .platform
                    .tasks
                    .spawn("orphan", remove_orphan(shared, uid, found)),
            );
        }
        self.remove_stray_dirs();
    }

    /// Directories of pods that neither the API nor the runtime has.
    fn remove_stray_dirs(&self) {
        let root = self.shared.config.root_dir.clone();
        let workers = self.shared.workers.lock();
        let Ok(entries) = std::fs::read_dir(root.join("pods")) else {
            return;
        };
        for entry in entries.flatten() {
            let uid = entry.file_name().to_string_lossy().into_owned();
            if !workers.contains_key(&uid) {
                let dir = volumes::PodDir::new(&root, &uid);
                drop(
                    self.shared
                        .platform
                        .tasks
                        .spawn_blocking("stray directory", move || volumes::remove(&dir)),
                );
            }
        }
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Pods(Changed::Keys(keys)) => keys.iter().for_each(|key| self.look_at(key)),
            Event::Pods(Changed::All) => {
                let mut keys = self.pods.keys(None);
                keys.extend(self.uids.keys().cloned());
                keys.iter().for_each(|key| self.look_at(key));
            }
            Event::Runtime(ContainerEvent::Changed(event)) => self.hint(&event),
            Event::Runtime(ContainerEvent::Lost) => {
                self.shared
                    .workers
                    .lock()
                    .values()
                    .for_each(|worker| worker.hints.notify_one());
            }
            Event::Ended(uid) => {
                self.shared.workers.lock().remove(&uid);
                self.uids.retain(|_, known| *known != uid);
            }
        }
    }

    fn hint(&self, event: &v1::ContainerEventResponse) {
        let created = v1::ContainerEventType::ContainerCreatedEvent as i32;
        let started = v1::ContainerEventType::ContainerStartedEvent as i32;
        if event.container_event_type == created || event.container_event_type == started {
            return;
        }
        let uid = event
            .pod_sandbox_status
            .as_ref()
            .and_then(|status| status.metadata.as_ref())
            .map(|m| &m.uid);
        let workers = self.shared.workers.lock();
        match uid.and_then(|uid| workers.get(uid)) {
            Some(worker) => worker.hints.notify_one(),
            None if uid.is_none() => workers
                .values()
                .for_each(|worker| worker.hints.notify_one()),
            None => {}
        }
    }

    fn look_at(&mut self, key: &ObjectKey) {
        let pod = self.pods.get(key);
        let known = self.uids.get(key).cloned();
        let replaced = known.filter(|uid| pod.as_ref().is_none_or(|pod| pod.metadata.uid != *uid));
        if let Some(uid) = replaced {
            self.uids.remove(key);
            if let Some(worker) = self.shared.workers.lock().get(&uid) {
                worker.pod.send_replace(None);
            }
        }
        let Some(pod) = pod else { return };
        let workers = self.shared.workers.lock();
        match workers.get(pod.metadata.uid.as_str()) {
            Some(worker) => {
                worker.pod.send_replace(Some(pod));
            }
            None => {
                drop(workers);
                self.take(pod, &Found::default());
            }
        }
    }

    /// Starts a worker.
    fn take(&mut self, pod: Arc<Pod>, found: &Found) {
        let uid = pod.metadata.uid.to_string();
        let clock = &self.shared.platform.clock;
        let now = Now {
            wall: clock.now(),
            at: clock.monotonic(),
        };
        let context = PodContext::new(Arc::clone(&self.shared), &pod);
        let is_new = found.is_empty() && !pods::is_terminal(&pod) && !pods::is_deleting(&pod);
        let rejection = if is_new { self.rejection(&pod) } else { None };
        let (machine, frozen) = match rejection {
            Some(failure) => {
                context.record(None, true, &failure.reason, failure.message.clone());
                (Machine::rejected(Arc::clone(&pod), failure, now), false)
            }
            None => recover::machine(Arc::clone(&pod), found, now),
        };
        let (worker, handle): (Worker, Handle) = Worker::new(context, machine, frozen);
        self.uids.insert(pod.key(), uid.clone());
        self.shared.workers.lock().insert(uid.clone(), handle);
        let ended = self.ended.clone();
        let name = format!("pod {}/{}", pod.metadata.namespace, pod.metadata.name);
        drop(self.shared.platform.tasks.spawn(name, async move {
            worker.run().await;
            // The loop is gone only when the node drains.
            let _ = ended.send(uid).await;
        }));
    }

    fn rejection(&self, pod: &Pod) -> Option<crate::worker::machine::Failure> {
        let others: Vec<Arc<Pod>> = {
            let workers = self.shared.workers.lock();
            let views = workers.values().map(|worker| worker.view.borrow().clone());
            let active = views
                .filter(|view| view.status.phase != "Succeeded" && view.status.phase != "Failed");
            active.map(|view| view.pod).collect()
        };
        let shared = &self.shared;
        let labels = super::registration_object::labels(shared);
        admission::check(
            pod,
            &others,
            &shared.config.node_name,
            &labels,
            &shared.machine.allocatable,
        )
    }
}

async fn remove_orphan(shared: Arc<Shared>, uid: String, found: Found) {
    for status in found.sandboxes {
        let stop = v1::StopPodSandboxRequest {
            pod_sandbox_id: status.id.clone(),
        };
        let remove = v1::RemovePodSandboxRequest {
            pod_sandbox_id: status.id,
        };
        let stopped = shared.runtime.stop_pod_sandbox(stop).await;
        let removed = shared.runtime.remove_pod_sandbox(remove).await;
        if let Err(error) = stopped.and(removed.map(|_| v1::StopPodSandboxResponse {})) {
            tracing::warn!(%error, uid, "an orphaned pod could not be removed");
        }
    }
    let dir = volumes::PodDir::new(&shared.config.root_dir, &uid);
    let work = shared
        .platform
        .tasks
        .spawn_blocking("remove orphan", move || volumes::remove(&dir));
    if let Ok(Err(error)) = work.await {
        tracing::warn!(
            error,
            uid,
            "an orphaned pod's directory could not be removed"
        );
    }
}
