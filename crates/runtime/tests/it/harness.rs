//! A runtime in directories of its own, an image made of busybox, and a check that nothing is left.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::future::BoxFuture;
use runtime::cri::v1;
use runtime::{
    CriResult, Embedded, EmbeddedConfig, RuntimeService, SandboxIdentity, SandboxNetwork,
};

pub(crate) const IMAGE: &str = "busybox:test";

/// Pods keep their loopback and get no more.
struct Loopback;

impl SandboxNetwork for Loopback {
    fn attach<'a>(
        &'a self,
        netns: &'a Path,
        _: &'a SandboxIdentity,
    ) -> BoxFuture<'a, CriResult<Vec<IpAddr>>> {
        assert!(
            netns.exists(),
            "the namespace is pinned before the network is asked"
        );
        Box::pin(async { Ok(vec![IpAddr::from([127, 0, 0, 1])]) })
    }

    fn detach<'a>(&'a self, _: &'a Path, _: &'a SandboxIdentity) -> BoxFuture<'a, CriResult<()>> {
        Box::pin(async { Ok(()) })
    }

    fn not_ready(&self) -> Option<String> {
        None
    }

    fn recover<'a>(
        &'a self,
        _: &'a [(SandboxIdentity, Vec<IpAddr>)],
    ) -> BoxFuture<'a, CriResult<()>> {
        Box::pin(async { Ok(()) })
    }
}

/// One test's world. Dropping it takes everything down, also after a panic.
pub(crate) struct World {
    pub(crate) runtime: Embedded,
    directory: tempfile::TempDir,
    cgroup: String,
    before: Leftovers,
}

#[derive(Debug, PartialEq, Eq)]
struct Leftovers {
    mounts: usize,
    cgroups: BTreeSet<PathBuf>,
}

/// A world, or `None` with a line that says why not.
pub(crate) async fn world() -> Option<World> {
    if !nix::unistd::geteuid().is_root()
        || !Path::new("/usr/bin/busybox").exists() && !Path::new("/bin/busybox").exists()
    {
        eprintln!("skipped: needs root and a static busybox");
        return None;
    }
    let directory = tempfile::Builder::new()
        .prefix("sampan-it-")
        .tempdir()
        .unwrap();
    let cgroup = format!("/sampan-it-{}", std::process::id());
    let before = leftovers(directory.path(), &cgroup);
    let runtime = Embedded::open(config(directory.path())).await.unwrap();
    import(&runtime, directory.path());
    Some(World {
        runtime,
        directory,
        cgroup,
        before,
    })
}

fn config(directory: &Path) -> EmbeddedConfig {
    EmbeddedConfig {
        data_dir: directory.join("data"),
        run_dir: directory.join("run"),
        shim_program: env!("CARGO_BIN_EXE_runtime-shim").into(),
        insecure_registries: Vec::new(),
        log_bytes_max: 10 << 20,
        log_files_max: 5,
        network: Arc::new(Loopback),
        platform: platform::Platform::real(),
    }
}

/// What `docker save` would write of an image with busybox and a few accounts.
fn import(runtime: &Embedded, directory: &Path) {
    let busybox = ["/usr/bin/busybox", "/bin/busybox"]
        .into_iter()
        .find_map(|p| std::fs::read(p).ok())
        .unwrap();
    let mut layer = tar::Builder::new(Vec::new());
    let mut add = |path: &str, mode: u32, bytes: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(mode);
        layer.append_data(&mut header, path, bytes).unwrap();
    };
    add("bin/busybox", 0o755, &busybox);
    add(
        "etc/passwd",
        0o644,
        b"root:x:0:0:root:/root:/bin/sh\nredis:x:101:102::/home:/bin/sh\n",
    );
    add(
        "etc/group",
        0o644,
        b"root:x:0:\nredis:x:102:\nextra:x:300:redis\n",
    );
    for applet in [
        "sh", "sleep", "cat", "echo", "id", "env", "pwd", "tail", "touch", "mount", "hostname",
        "stty", "nc", "head", "dd", "ls", "true", "kill", "wc",
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_mode(0o777);
        header.set_size(0);
        layer
            .append_link(&mut header, format!("bin/{applet}"), "busybox")
            .unwrap();
    }
    let layer = layer.into_inner().unwrap();
    let config = format!(
        r#"{{"architecture":"amd64","os":"linux","config":{{"Env":["FROM=image"],"Cmd":["/bin/sh"]}},"rootfs":{{"type":"layers","diff_ids":["{}"]}}}}"#,
        image::Digest::of(&layer)
    );
    let manifest = format!(r#"[{{"Config":"c.json","RepoTags":["{IMAGE}"],"Layers":["l.tar"]}}]"#);
    let mut archive = tar::Builder::new(Vec::new());
    for (path, bytes) in [
        ("c.json", config.as_bytes()),
        ("l.tar", &layer),
        ("manifest.json", manifest.as_bytes()),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, bytes).unwrap();
    }
    let path = directory.join("image.tar");
    std::fs::write(&path, archive.into_inner().unwrap()).unwrap();
    image::import::import(&runtime.image_store(), &path, &image::no_progress()).unwrap();
}

impl World {
    pub(crate) fn cgroup(&self) -> &str {
        &self.cgroup
    }

    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The server stops and starts again; pods are not asked.
    pub(crate) async fn restart(&mut self) {
        self.runtime = Embedded::open(config(self.directory.path())).await.unwrap();
    }

    pub(crate) fn pod_config(&self, name: &str) -> v1::PodSandboxConfig {
        v1::PodSandboxConfig {
            metadata: Some(v1::PodSandboxMetadata {
                name: name.to_owned(),
                uid: format!("uid-{name}"),
                namespace: "default".to_owned(),
                attempt: 0,
            }),
            hostname: name.to_owned(),
            log_directory: self
                .directory
                .path()
                .join("logs")
                .join(name)
                .to_string_lossy()
                .into_owned(),
            dns_config: Some(v1::DnsConfig {
                servers: vec!["10.0.0.10".to_owned()],
                searches: vec![
                    "default.svc.cluster.local".to_owned(),
                    "svc.cluster.local".to_owned(),
                ],
                options: vec!["ndots:5".to_owned()],
            }),
            linux: Some(v1::LinuxPodSandboxConfig {
                cgroup_parent: format!("{}/{name}", self.cgroup),
                security_context: Some(v1::LinuxSandboxSecurityContext {
                    namespace_options: Some(v1::NamespaceOption {
                        pid: v1::NamespaceMode::Container as i32,
                        ..Default::default()
                    }),
                    ..Default::default()
                }),
                ..Default::default()
            }),
            ..Default::default()
        }
    }

    pub(crate) async fn pod(&self, name: &str) -> String {
        self.pod_with(self.pod_config(name)).await
    }

    pub(crate) async fn pod_with(&self, config: v1::PodSandboxConfig) -> String {
        let request = v1::RunPodSandboxRequest {
            config: Some(config),
            runtime_handler: String::new(),
        };
        self.runtime
            .run_pod_sandbox(request)
            .await
            .unwrap()
            .pod_sandbox_id
    }

    pub(crate) async fn create(&self, pod: &str, config: v1::ContainerConfig) -> CriResult<String> {
        let request = v1::CreateContainerRequest {
            pod_sandbox_id: pod.to_owned(),
            config: Some(config),
            sandbox_config: None,
        };
        Ok(self.runtime.create_container(request).await?.container_id)
    }

    pub(crate) async fn start(&self, container: &str) -> CriResult<()> {
        let request = v1::StartContainerRequest {
            container_id: container.to_owned(),
        };
        self.runtime.start_container(request).await.map(drop)
    }

    /// Creates and starts; answers with the container's id.
    pub(crate) async fn run(&self, pod: &str, config: v1::ContainerConfig) -> String {
        let id = self.create(pod, config).await.unwrap();
        self.start(&id).await.unwrap();
        id
    }

    /// Runs a shell script to its end: exit code and log.
    pub(crate) async fn script(&self, pod: &str, script: &str) -> (i32, Vec<String>) {
        let id = self.run(pod, shell(script)).await;
        self.ended(&id).await;
        (self.status(&id).await.exit_code, self.log(&id).await)
    }

    pub(crate) async fn status(&self, container: &str) -> v1::ContainerStatus {
        let request = v1::ContainerStatusRequest {
            container_id: container.to_owned(),
            verbose: false,
        };
        self.runtime
            .container_status(request)
            .await
            .unwrap()
            .status
            .unwrap()
    }

    /// Waits for the end of a container by attaching to it.
    pub(crate) async fn ended(&self, container: &str) {
        use runtime::{ContainerEvent, ContainerEvents};
        let mut events = self.runtime.subscribe();
        while self.status(container).await.state() != v1::ContainerState::ContainerExited {
            let next =
                tokio::time::timeout(std::time::Duration::from_secs(20), events.recv()).await;
            match next.unwrap_or_else(|_| panic!("{container} did not end")) {
                Some(ContainerEvent::Changed(_) | ContainerEvent::Lost) => {}
                None => panic!("the runtime is gone"),
            }
        }
    }

    /// `stream tag text` of each line.
    pub(crate) async fn log(&self, container: &str) -> Vec<String> {
        let path = self.status(container).await.log_path;
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.lines()
            .map(|line| line.split_once(' ').unwrap().1.to_owned())
            .collect()
    }

    pub(crate) async fn exec(&self, container: &str, command: &[&str]) -> CriResult<(i32, String)> {
        let request = v1::ExecSyncRequest {
            container_id: container.to_owned(),
            cmd: command.iter().map(|c| (*c).to_owned()).collect(),
            timeout: 10,
        };
        let response = self.runtime.exec_sync(request).await?;
        Ok((
            response.exit_code,
            String::from_utf8_lossy(&response.stdout).trim().to_owned(),
        ))
    }

    pub(crate) async fn stop(&self, container: &str, timeout: i64) {
        let request = v1::StopContainerRequest {
            container_id: container.to_owned(),
            timeout,
        };
        self.runtime.stop_container(request).await.unwrap();
    }

    /// Removes a pod and finds nothing of it on the machine.
    pub(crate) async fn remove(&self, pod: &str) {
        let request = v1::RemovePodSandboxRequest {
            pod_sandbox_id: pod.to_owned(),
        };
        self.runtime.remove_pod_sandbox(request).await.unwrap();
    }

    pub(crate) fn assert_clean(&self) {
        assert_eq!(leftovers(self.directory.path(), &self.cgroup), self.before);
        assert_eq!(
            std::fs::read_dir(self.directory.path().join("run/pods"))
                .unwrap()
                .count(),
            0
        );
        assert_eq!(
            std::fs::read_dir(self.directory.path().join("data/containers"))
                .unwrap()
                .count(),
            0
        );
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let reset = runtime::reset(
            &self.directory.path().join("data"),
            &self.directory.path().join("run"),
        );
        let host = sys::cgroup::HostCgroups::detect().unwrap();
        let removed = sys::cgroup::Cgroups::remove(&host, &self.cgroup);
        if !std::thread::panicking() {
            reset.unwrap();
            removed.unwrap();
        }
    }
}

/// Mounts below the test's directory, and all directories of its cgroup but that of the parent.
fn leftovers(directory: &Path, cgroup: &str) -> Leftovers {
    let mut cgroups = BTreeSet::new();
    for hierarchy in std::fs::read_dir("/sys/fs/cgroup").unwrap().flatten() {
        let path = hierarchy.path().join(cgroup.trim_start_matches('/'));
        let children = std::fs::read_dir(path).into_iter().flatten().flatten();
        cgroups.extend(children.map(|e| e.path()).filter(|p| p.is_dir()));
    }
    Leftovers {
        mounts: sys::mount::mounts_below(directory).unwrap().len(),
        cgroups,
    }
}

/// A container that runs a shell script.
pub(crate) fn shell(script: &str) -> v1::ContainerConfig {
    command(&["/bin/sh", "-c", script])
}

pub(crate) fn command(words: &[&str]) -> v1::ContainerConfig {
    v1::ContainerConfig {
        metadata: Some(v1::ContainerMetadata {
            name: "main".to_owned(),
            attempt: 0,
        }),
        image: Some(v1::ImageSpec {
            image: IMAGE.to_owned(),
            ..Default::default()
        }),
        command: words.iter().map(|w| (*w).to_owned()).collect(),
        log_path: format!("main-{}.log", unique()),
        labels: BTreeMap::from([("app".to_owned(), "test".to_owned())]),
        ..Default::default()
    }
}

fn unique() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

pub(crate) fn with_context(
    mut config: v1::ContainerConfig,
    context: v1::LinuxContainerSecurityContext,
) -> v1::ContainerConfig {
    config.linux.get_or_insert_default().security_context = Some(context);
    config
}
