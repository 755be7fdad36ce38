//! What the effects of one pod share.

use crate::agent::Shared;
use crate::fields::Facts;
use crate::objects::PodObjects;
use crate::pods;
use crate::sandbox::Surroundings;
use crate::volumes::payload::Tokens;
use crate::volumes::{PodDir, Prepared};
use api::core::v1::{Pod, Secret};
use client::events::{Reference, Type};
use jiff::Timestamp;
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::{Notify, watch};

/// Tokens of a pod, and when they are to be replaced.
#[derive(Debug, Default)]
pub(crate) struct Issued {
    pub(crate) tokens: Tokens,
    pub(crate) renew_at: Option<Timestamp>,
}

/// One pod's place on this node.
pub(crate) struct PodContext {
    pub(crate) shared: Arc<Shared>,
    pub(crate) dir: PodDir,
    /// Told when a ConfigMap or Secret of the pod changes, or a token is due.
    pub(crate) changed: Arc<Notify>,
    /// True once the pod is on its way out: pulls are given up.
    pub(crate) ending: watch::Sender<bool>,
    objects: Mutex<Arc<PodObjects>>,
    pub(crate) issued: tokio::sync::Mutex<Issued>,
    volumes: Mutex<Arc<Vec<Prepared>>>,
    reference: Reference,
}

impl std::fmt::Debug for PodContext {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PodContext")
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

impl PodContext {
    pub(crate) fn new(shared: Arc<Shared>, pod: &Pod) -> Arc<Self> {
        let changed = Arc::new(Notify::new());
        let objects = shared.objects.of_pod(pod, &changed);
        Arc::new(Self {
            dir: PodDir::new(&shared.config.root_dir, &pods::uid(pod)),
            changed,
            ending: watch::Sender::new(false),
            objects: Mutex::new(Arc::new(objects)),
            issued: tokio::sync::Mutex::default(),
            volumes: Mutex::default(),
            reference: Reference::of(pod),
            shared,
        })
    }

    /// Takes a newer object: ephemeral containers may refer to more.
    pub(crate) fn update(&self, pod: &Pod) {
        let objects = self.shared.objects.of_pod(pod, &self.changed);
        *self.objects.lock() = Arc::new(objects);
    }

    pub(crate) fn objects(&self) -> Arc<PodObjects> {
        Arc::clone(&self.objects.lock())
    }

    pub(crate) fn volumes(&self) -> Arc<Vec<Prepared>> {
        Arc::clone(&self.volumes.lock())
    }

    pub(crate) fn set_volumes(&self, volumes: Vec<Prepared>) {
        *self.volumes.lock() = Arc::new(volumes);
    }

    pub(crate) fn pull_secrets(&self, pod: &Pod) -> Vec<Arc<Secret>> {
        use crate::env::Objects;
        let objects = self.objects();
        pod.spec
            .image_pull_secrets
            .iter()
            .filter_map(|reference| objects.secret(&reference.name))
            .collect()
    }

    /// Records an Event about the pod, or one of its containers.
    pub(crate) fn record(
        &self,
        place: Option<String>,
        warning: bool,
        reason: &str,
        message: String,
    ) {
        let about = match place {
            Some(place) => self.reference.clone().at(place),
            None => self.reference.clone(),
        };
        let type_ = if warning { Type::Warning } else { Type::Normal };
        self.shared.recorder.event(about, type_, reason, message);
    }

    pub(crate) fn facts(&self, pod: &Pod, ips: &[String]) -> Facts {
        let host_ips = self.shared.host_ips();
        let pod_ips = if pod.spec.host_network {
            host_ips.clone()
        } else {
            ips.to_vec()
        };
        Facts {
            host_ips,
            pod_ips,
            allocatable: self.shared.machine.allocatable.clone(),
        }
    }

    pub(crate) fn surroundings(&self) -> Surroundings<'_> {
        let config = &self.shared.config;
        Surroundings {
            cluster_domain: &config.cluster_domain,
            cluster_dns: &config.cluster_dns,
            host: &self.shared.resolver,
            hostname: &config.hostname,
            cgroup_root: &config.cgroup_root,
            log_dir: &config.log_dir,
        }
    }
}
