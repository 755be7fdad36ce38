//! The embedded runtime: CRI over shims, images and the kernel.
//!
//! Truth about running processes is in the shims; records on disk say what was asked for. Both survive this process,
//! and [`Embedded::open`] puts them together again.

mod blocking;
mod containers;
mod files;
mod image_store;
mod images;
mod recover;
mod sandboxes;
mod service;
mod shims;
mod stats;
mod streaming;
mod streams;
mod zygote;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use image::{Puller, Store};
use parking_lot::Mutex;
use platform::{Platform, TaskHandle};
use sys::cgroup::{Cgroups, HostCgroups};
use tokio::sync::watch;

pub use image_store::{open_images, puller};
pub use recover::reset;

use crate::cri::v1;
use crate::records::{self, ContainerRecord, SandboxRecord};
use crate::service::{
    ContainerEvents, CriError, CriResult, EventReceiver, EventSender, SandboxNetwork,
};
use files::Files;
use shims::Shim;
use zygote::Zygote;

/// How a runtime is set up. `data_dir` may be on any file system that overlayfs takes as upper one.
#[derive(Clone)]
pub struct EmbeddedConfig {
    /// Images, writable layers, records.
    pub data_dir: PathBuf,
    /// Sockets, bundles and namespaces of running pods; best on a tmpfs.
    pub run_dir: PathBuf,
    /// A program whose `main` begins with [`crate::shim::run_if_shim`]: usually `/proc/self/exe`.
    pub shim_program: PathBuf,
    /// `host:port` of registries without TLS; loopback ones need not be named.
    pub insecure_registries: Vec<String>,
    /// A log file is rotated when it is longer.
    pub log_bytes_max: u64,
    /// Files kept of a container's log, the present one included.
    pub log_files_max: u32,
    pub network: Arc<dyn SandboxNetwork>,
    pub platform: Platform,
}

/// The runtime. Clones are the same runtime; dropping the last one leaves all pods running.
#[derive(Clone)]
pub struct Embedded(Arc<Inner>);

struct Inner {
    config: EmbeddedConfig,
    files: Files,
    store: Arc<Store>,
    puller: Puller,
    cgroups: Arc<dyn Cgroups>,
    zygote: Zygote,
    events: EventSender,
    state: Mutex<State>,
    /// Capabilities of this process.
    available: Vec<String>,
    warned: Mutex<std::collections::BTreeSet<&'static str>>,
}

#[derive(Default)]
struct State {
    sandboxes: BTreeMap<String, Sandbox>,
    containers: BTreeMap<String, ContainerRecord>,
}

struct Sandbox {
    record: SandboxRecord,
    /// `None` once it is stopped or its shim has died.
    shim: Option<Arc<Shim>>,
    /// Counts changes of its containers.
    changed: watch::Sender<u64>,
    /// Listens to the shim.
    reader: Option<TaskHandle<()>>,
    /// Held by whoever stops it.
    stopping: Arc<tokio::sync::Mutex<()>>,
}

impl Sandbox {
    fn new(record: SandboxRecord, shim: Option<Arc<Shim>>) -> Self {
        Self {
            record,
            shim,
            changed: watch::Sender::new(0),
            reader: None,
            stopping: Arc::default(),
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(reader) = &self.reader {
            reader.abort();
        }
    }
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Embedded").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for EmbeddedConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EmbeddedConfig")
            .field("data_dir", &self.data_dir)
            .field("run_dir", &self.run_dir)
            .finish_non_exhaustive()
    }
}

impl Embedded {
    /// Opens the data directory and takes up every pod that still lives.
    ///
    /// # Errors
    /// When the directories cannot be used, or the machine has no cgroups.
    pub async fn open(config: EmbeddedConfig) -> CriResult<Self> {
        let setup = config.clone();
        let (files, store, cgroups) = blocking::run(&config.platform, "runtime-open", move || {
            let files = Files::open(&setup.data_dir, &setup.run_dir)?;
            let store = open_images(&setup.data_dir, &setup.platform).map_err(|e| internal(&e))?;
            let cgroups = HostCgroups::detect().map_err(|e| internal(&e))?;
            Ok((files, store, Arc::new(cgroups) as Arc<dyn Cgroups>))
        })
        .await?;
        let this = Self(Arc::new(Inner {
            puller: puller(
                Arc::clone(&store),
                config.insecure_registries.clone(),
                &config.platform,
            ),
            zygote: Zygote::new(config.shim_program.clone(), config.platform.clone()),
            files,
            store,
            cgroups,
            events: EventSender::default(),
            state: Mutex::default(),
            available: crate::spec::available(),
            warned: Mutex::default(),
            config,
        }));
        this.recover().await?;
        Ok(this)
    }

    /// The images, for commands that import and list them.
    #[must_use]
    pub fn image_store(&self) -> Arc<Store> {
        Arc::clone(&self.0.store)
    }

    fn now(&self) -> i64 {
        i64::try_from(self.0.config.platform.clock.now().as_nanosecond()).unwrap_or(i64::MAX)
    }

    fn new_id(&self) -> String {
        use std::fmt::Write as _;
        let mut bytes = [0; 32];
        self.0.config.platform.rng.fill(&mut bytes);
        bytes
            .iter()
            .fold(String::with_capacity(64), |mut out, byte| {
                write!(out, "{byte:02x}").expect("a string takes any text");
                out
            })
    }

    /// Runs `work` where blocking is allowed.
    async fn blocking<T: Send + 'static>(
        &self,
        name: &'static str,
        work: impl FnOnce(&Self) -> CriResult<T> + Send + 'static,
    ) -> CriResult<T> {
        let this = self.clone();
        blocking::run(&self.0.config.platform, name, move || work(&this)).await
    }

    fn emit(&self, id: &str, kind: v1::ContainerEventType) {
        let now = self.now();
        let state = self.0.state.lock();
        let sandbox_id = state
            .containers
            .get(id)
            .map_or(id, |c| c.sandbox_id.as_str());
        let sandbox = state.sandboxes.get(sandbox_id).map(|s| &s.record);
        let containers = state
            .containers
            .values()
            .filter(|c| c.sandbox_id == sandbox_id);
        let event = records::event(id, kind, now, sandbox, containers);
        drop(state);
        self.0.events.send(event);
    }

    /// Says once what the machine does not allow.
    fn warn_once(&self, what: &'static str, detail: &str) {
        if self.0.warned.lock().insert(what) {
            tracing::info!(detail, "{what} is best effort on this machine");
        }
    }
}

impl ContainerEvents for Embedded {
    fn subscribe(&self) -> EventReceiver {
        self.0.events.subscribe()
    }
}

impl State {
    fn sandbox(&self, id: &str) -> CriResult<&Sandbox> {
        self.sandboxes
            .get(id)
            .ok_or_else(|| CriError::not_found("sandbox", id))
    }

    fn container(&self, id: &str) -> CriResult<&ContainerRecord> {
        self.containers
            .get(id)
            .ok_or_else(|| CriError::not_found("container", id))
    }

    fn containers_of(&self, sandbox_id: &str) -> impl Iterator<Item = &ContainerRecord> {
        self.containers
            .values()
            .filter(move |c| c.sandbox_id == sandbox_id)
    }

    /// The shim of a container's sandbox.
    fn shim_of(&self, container_id: &str) -> CriResult<Arc<Shim>> {
        let sandbox = self.sandbox(&self.container(container_id)?.sandbox_id)?;
        let gone = || {
            CriError::new(
                crate::Code::FailedPrecondition,
                format!("container {container_id:?} is not running"),
            )
        };
        sandbox.shim.clone().ok_or_else(gone)
    }
}

fn internal(error: &dyn std::error::Error) -> CriError {
    CriError::from_error(crate::Code::Internal, error)
}
