//! A node that reports itself, renews its Lease, and pretends to run pods.

use crate::{World, ledger::Ledger};
use api::{
    coordination::v1::Lease,
    core::v1::{Node, Pod},
};
use client::{
    Api, Cache, Client, DeleteParams, Patch, PatchParams, Resource,
    cache::{Changed, Selector},
};
use meta::{Kind, MicroTime, ObjectKey, Str};
use parking_lot::Mutex;
use platform::{Platform, TaskHandle};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

const RENEW_EVERY: Duration = Duration::from_secs(10);
/// From being bound to being ready.
const START: Duration = Duration::from_millis(300);
/// A bad network is tried so often, with such a rest.
const TRIES_MAX: usize = 30;
const TRY_AGAIN: Duration = Duration::from_secs(2);

/// Ends when dropped or stopped; its pods stay as they were.
#[derive(Debug)]
pub struct FakeNode {
    lease: TaskHandle<()>,
    pods: TaskHandle<()>,
}

impl FakeNode {
    pub(crate) async fn start(world: &World, name: &str) -> Self {
        let client = world.client_of(&format!("system:node:{name}"));
        let agent = Agent {
            name: Str::new(name),
            platform: world.platform.clone(),
            client,
            ledger: world.ledger.clone(),
            pods: Arc::default(),
        };
        agent.register(world).await;
        let lease = world
            .platform
            .tasks
            .spawn("fake node lease", agent.clone().renew());
        let pods = world
            .platform
            .tasks
            .spawn("fake node pods", agent.run_pods());
        Self { lease, pods }
    }

    /// The machine is cut off: nothing is heard of it any more.
    pub fn silence(&self) {
        self.lease.abort();
        self.pods.abort();
    }
}

impl Drop for FakeNode {
    fn drop(&mut self) {
        self.silence();
    }
}

#[derive(Clone)]
struct Agent {
    name: Str,
    platform: Platform,
    client: Client,
    ledger: Ledger,
    pods: Arc<Mutex<Pods>>,
}

/// What the node's runtime knows: whatever becomes of the API server, its pods go on.
#[derive(Default)]
struct Pods {
    running: BTreeMap<ObjectKey, Str>,
    /// The uids of those that were stopped; they do not start again.
    stopped: BTreeSet<Str>,
}

impl Agent {
    async fn register(&self, world: &World) {
        let now = self.now();
        world
            .create::<Node>(json!({
                "metadata": {"name": self.name.as_str(), "labels": {
                    "kubernetes.io/hostname": self.name.as_str(),
                    "topology.kubernetes.io/zone": "z",
                }},
            }))
            .await;
        self.report_ready(&now).await;
        world
            .create::<Lease>(json!({
                "metadata": {"name": self.name.as_str(), "namespace": "kube-node-lease"},
                "spec": {"holderIdentity": self.name.as_str(), "leaseDurationSeconds": 40},
            }))
            .await;
    }

    /// A status is no part of what is created.
    async fn report_ready(&self, now: &str) {
        let ready = json!({"status": {
            "allocatable": {"cpu": "8", "memory": "16Gi", "pods": "110"},
            "capacity": {"cpu": "8", "memory": "16Gi", "pods": "110"},
            "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady",
                "lastHeartbeatTime": now, "lastTransitionTime": now}],
        }});
        let nodes = self.client.of::<Node>();
        let key = ObjectKey::cluster(self.name.clone());
        let (patch, parameters) = (Patch::strategic(&ready), PatchParams::default());
        for _ in 0..TRIES_MAX {
            let reported = nodes.patch_subresource(&key, "status", &patch, &parameters);
            if reported.await.is_ok() {
                return;
            }
            self.platform.clock.sleep(TRY_AGAIN).await;
        }
    }

    fn now(&self) -> String {
        self.platform
            .clock
            .now()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string()
    }

    async fn renew(self) {
        let leases = self.client.of::<Lease>();
        let key = ObjectKey::namespaced("kube-node-lease", self.name.clone());
        loop {
            // A renewal that is lost is made up for by the next one.
            if let Ok(mut lease) = leases.get(&key).await {
                let micros = self.platform.clock.now().as_microsecond();
                lease.spec.renew_time = Some(MicroTime::from_unix_micros(micros));
                drop(leases.replace(&lease).await);
            }
            self.platform.clock.sleep(RENEW_EVERY).await;
        }
    }

    async fn run_pods(self) {
        let selector = Selector {
            fields: Str::from(format!("spec.nodeName={}", self.name)),
            ..Selector::default()
        };
        let pods: Cache<Pod> = Cache::start(&self.client, Resource::of::<Pod>(), selector);
        let mut changes = pods.subscribe(1000);
        loop {
            let keys = match changes.next().await {
                Changed::Keys(keys) => keys,
                Changed::All => pods.keys(None),
            };
            for key in &keys {
                let Some(pod) = pods.get(key) else {
                    self.stop(key, None);
                    continue;
                };
                let agent = self.clone();
                let pod = Pod::clone(&pod);
                drop(
                    self.platform
                        .tasks
                        .spawn("fake pod", async move { agent.step(&pod).await }),
                );
            }
        }
    }

    /// Brings one pod on, and tries again when the network fails: nobody else will.
    async fn step(&self, pod: &Pod) {
        for _ in 0..TRIES_MAX {
            if self.try_step(pod).await {
                return;
            }
            self.platform.clock.sleep(TRY_AGAIN).await;
        }
    }

    /// Whether it is done, by this try or by an earlier one.
    async fn try_step(&self, pod: &Pod) -> bool {
        let api = self.client.of::<Pod>();
        let Ok(present) = api.find(&pod.key()).await else {
            return false;
        };
        let Some(present) = present.filter(|present| present.metadata.uid == pod.metadata.uid)
        else {
            self.stop(&pod.key(), Some(&pod.metadata.uid));
            return true;
        };
        if present.metadata.deletion_timestamp.is_some() {
            self.stop(&pod.key(), Some(&pod.metadata.uid));
            let now = DeleteParams {
                grace_period_seconds: Some(0),
                ..DeleteParams::of_uid(&pod.metadata.uid)
            };
            return api.delete(&pod.key(), &now).await.is_ok();
        }
        if present.status.phase == "Pending" {
            self.platform.clock.sleep(START).await;
            if !self.start(&present) {
                return true;
            }
            return self.report_running(&api, &present).await;
        }
        true
    }

    /// Runs the pod, once; says whether it runs.
    fn start(&self, pod: &Pod) -> bool {
        let (key, uid) = (pod.key(), &pod.metadata.uid);
        let mut pods = self.pods.lock();
        if pods.stopped.contains(uid) {
            return false;
        }
        match pods.running.get(&key) {
            Some(running) if running == uid => {}
            _ => {
                self.ledger.starts(&key, uid, &self.name);
                pods.running.insert(key, uid.clone());
            }
        }
        true
    }

    /// Ends the pod of that name, or only the one with this uid, and keeps it from starting.
    fn stop(&self, key: &ObjectKey, uid: Option<&Str>) {
        let mut pods = self.pods.lock();
        pods.stopped.extend(uid.cloned());
        if let Some(running) = pods.running.get(key).cloned()
            && uid.is_none_or(|uid| *uid == running)
        {
            pods.running.remove(key);
            self.ledger.stopped(key, &running);
            pods.stopped.insert(running);
        }
    }

    async fn report_running(&self, api: &Api<Pod>, pod: &Pod) -> bool {
        let now = self.now();
        let [high, low] = (self.platform.rng.u64() & 0xffff).to_be_bytes()[6..] else {
            unreachable!("two bytes")
        };
        let ip = format!("10.244.{high}.{low}");
        let image = pod
            .spec
            .containers
            .first()
            .map(|container| container.image.to_string());
        let status = json!({"status": {
            "phase": "Running", "podIP": ip, "podIPs": [{"ip": ip}], "startTime": now,
            "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": now}],
            "containerStatuses": [{"name": "c", "ready": true, "restartCount": 0, "image": image,
                "imageID": "", "state": {"running": {"startedAt": now}}}],
        }});
        let patch = Patch::strategic(&status);
        let parameters = PatchParams::default();
        api.patch_subresource(&pod.key(), "status", &patch, &parameters)
            .await
            .is_ok()
    }
}
