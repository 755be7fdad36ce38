//! `sampan up`: starts a cluster in the foreground, a line a step, and drains it in order on Ctrl-C.

use crate::{
    access::AccessError,
    config::{Config, ConfigError, arguments},
    control_plane::{ControlPlane, Parts, wall},
    data_dir::{self, DataDirError},
    kubeconfig::{self, KubeconfigError},
    machine::{self, Machine, MachineError, Missing},
    pki::{Pki, PkiError},
    tls,
};
use cli::{CliError, Command, Steps, say};
use platform::{Monotonic, Platform};
use std::{
    io,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

pub(crate) const COMMAND: Command = Command {
    name: "up",
    about: "Start a cluster in the foreground",
    arguments: arguments::define_all,
    run: |arguments| {
        let config =
            arguments::config(arguments).map_err(|error| CliError::new(error.to_string()))?;
        run(&config).map_err(|error| CliError::of(&error))
    },
};

/// Why a cluster did not start. Each is one sentence that says what to do; the cause, where there is one, is below it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    DataDir(DataDirError),
    #[error("failed to prepare the cluster's keys: {0}")]
    Pki(PkiError),
    #[error(
        "the key that signs service-account tokens is damaged: restore it from a backup, or start over with `sampan reset`"
    )]
    TokenKey(#[source] apiserver::KeyError),
    #[error("--audit-policy-file {}: {reason}", path.display())]
    AuditPolicy { path: PathBuf, reason: String },
    /// Settings that cannot be, or not together, in upstream's words.
    #[error("{0}")]
    Settings(String),
    #[error(
        "invalid audit truncate {place} max batch size {batch_bytes_max}, must be greater than max event size ({event_bytes_max})"
    )]
    AuditTruncation {
        place: &'static str,
        event_bytes_max: usize,
        batch_bytes_max: usize,
    },
    #[error("{0}")]
    Access(AccessError),
    #[error("failed to watch the configuration files for changes")]
    Watch(#[source] io::Error),
    #[error("{0}")]
    Store(store::OpenError),
    #[error("failed to start the API server")]
    Api(#[source] apiserver::StartError),
    #[error("failed to use the API server's certificate")]
    Tls(#[source] apiserver::ServeError),
    #[error(
        "{address} is in use: stop what listens there (`ss -ltnp`), or choose another with --port"
    )]
    PortInUse { address: SocketAddr },
    #[error("cannot listen on {address}")]
    Listen {
        address: SocketAddr,
        #[source]
        source: io::Error,
    },
    #[error(transparent)]
    Kubeconfig(KubeconfigError),
    #[error("{0}, or leave the node out with --control-plane-only")]
    Missing(Missing),
    #[error(
        "--kubeconfig {file} cannot be written: there is no directory {dir}; make it, or name another file"
    )]
    KubeconfigDir { file: PathBuf, dir: PathBuf },
    #[error(transparent)]
    Machine(MachineError),
    #[error("failed to start the threads that everything runs on")]
    Runtime(#[source] io::Error),
    #[error("failed to start logging: {0}")]
    Log(String),
    #[error("the stop took longer than {seconds} s; still busy: {tasks}")]
    Hung { seconds: u64, tasks: String },
}

fn run(config: &Config) -> Result<(), StartError> {
    check(config)?;
    telemetry::logs::start(&telemetry::logs::Config {
        filter: config.log.clone(),
        color: std::io::IsTerminal::is_terminal(&io::stderr()),
    })
    .map_err(|error| StartError::Log(error.to_string()))?;
    tls::install_provider();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("sampan")
        .build()
        .map_err(StartError::Runtime)?;
    let outcome = runtime.block_on(serve(config));
    runtime.shutdown_timeout(Duration::from_secs(1));
    outcome
}

/// What would stop the start later, when the data directory is there already.
fn check(config: &Config) -> Result<(), StartError> {
    config.check_access()?;
    if !config.control_plane_only {
        machine::check(config).map_err(StartError::Missing)?;
    }
    let file = config.kubeconfig_path();
    match (file.parent(), &config.kubeconfig) {
        (Some(dir), Some(_)) if !dir.is_dir() => Err(StartError::KubeconfigDir {
            dir: dir.to_owned(),
            file,
        }),
        _ => Ok(()),
    }
}

/// Prints each step with the time it took.
struct Progress {
    steps: Steps,
    platform: Platform,
    begun: Monotonic,
    last: Monotonic,
}

impl Progress {
    fn new(platform: &Platform) -> Self {
        let now = platform.clock.monotonic();
        Self {
            steps: Steps,
            platform: platform.clone(),
            begun: now,
            last: now,
        }
    }

    fn done(&mut self, what: &str) {
        let now = self.platform.clock.monotonic();
        self.steps.done(what, now.since(self.last));
        self.last = now;
    }

    fn total(&self) -> Duration {
        self.platform.clock.monotonic().since(self.begun)
    }
}

async fn serve(config: &Config) -> Result<(), StartError> {
    let platform = Platform::real();
    let mut progress = Progress::new(&platform);
    // Signals are caught from here on, so that a Ctrl-C during the start drains too.
    let stop = stop_signal()?;
    let listener = listen(SocketAddr::new(config.bind_address, config.port)).await?;
    data_dir::open(&config.data_dir).map_err(StartError::DataDir)?;
    let pki = Arc::new(
        Pki::open(&config.data_dir.join("pki"), wall(&platform)).map_err(StartError::Pki)?,
    );
    progress.done("keys and listener");
    let machine = Machine::survey(config, &platform).map_err(StartError::Machine)?;
    let addresses = machine.addresses().to_vec();
    let components = platform.group("components");
    let parts = Parts {
        config,
        platform: &components,
        pki: &pki,
        advertise: machine.advertise(),
        addresses: &addresses,
    };
    let control_plane = ControlPlane::start(&parts, &platform, machine.connector()).await?;
    progress.done("store and API server");
    control_plane.serve(&parts, listener)?;
    let path = config.kubeconfig_path();
    let server = format!(
        "https://{}",
        SocketAddr::new(reachable(config.bind_address), config.port)
    );
    kubeconfig::write(&path, &config.data_dir, &server, &pki, wall(&platform))
        .map_err(StartError::Kubeconfig)?;
    // The components' roles are among the objects that every cluster has.
    control_plane.server.ready().await;
    progress.done("the API is ready");
    let caches = control_plane.start_controllers(&parts);
    control_plane.start_scheduler(&parts);
    machine
        .start(&parts, &control_plane, &caches, &mut |what| {
            progress.done(what)
        })
        .await
        .map_err(StartError::Machine)?;
    greet(config, &path, progress.total());
    stop.await;
    say(if config.control_plane_only {
        "stopping"
    } else {
        "stopping; pods go on running"
    });
    let seconds = config.shutdown_seconds_max;
    let outcome = drain(
        &platform,
        &components,
        &control_plane,
        Duration::from_secs(seconds),
    )
    .await;
    outcome.map_err(|tasks| StartError::Hung { seconds, tasks })
}

fn greet(config: &Config, kubeconfig: &Path, took: Duration) {
    say(&format!(
        "\nready after {} ms; Ctrl-C stops it. In another terminal:\n",
        took.as_millis()
    ));
    say(&format!("  export KUBECONFIG={}", kubeconfig.display()));
    say("  kubectl get nodes,pods --all-namespaces");
    if config.control_plane_only {
        say("  kubectl api-resources");
    } else {
        say("  kubectl create deployment hello --image=docker.io/library/nginx");
    }
    say("  kubectl events --watch");
}

/// Completes on SIGINT or SIGTERM.
fn stop_signal() -> Result<impl Future<Output = ()>, StartError> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(StartError::Runtime)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(StartError::Runtime)?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => StartError::PortInUse { address },
            _ => StartError::Listen { address, source },
        })
}

/// Where a client on this machine finds a listener.
fn reachable(address: IpAddr) -> IpAddr {
    if address.is_unspecified() {
        IpAddr::from([127, 0, 0, 1])
    } else {
        address
    }
}

/// Components first, then the API server, then the store: nothing loses the ground it stands on.
async fn drain(
    platform: &Platform,
    components: &Platform,
    control_plane: &ControlPlane,
    limit: Duration,
) -> Result<(), String> {
    let part = limit / 3;
    let stopped = components.tasks.drain(&components.clock, part).await;
    let served = control_plane.server.drain(part).await;
    if let Err(error) = control_plane.close().await {
        tracing::error!(%error, "failed to close the store");
    }
    let rest = platform.tasks.drain(&platform.clock, part).await;
    stopped
        .and(served)
        .and(rest)
        .map_err(|hung| hung.tasks.join(", "))
}
