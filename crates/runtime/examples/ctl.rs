//! The embedded runtime by hand: `ctl DIR pull NAME`, `import FILE`, `run IMAGE COMMAND…`, `bench IMAGE COUNT`, `reset`.
//! Pods get no network but loopback.
#![expect(clippy::print_stdout, reason = "a command for people")]

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::future::BoxFuture;
use runtime::cri::v1;
use runtime::{
    ContainerEvents, CriResult, Embedded, EmbeddedConfig, RuntimeService, SandboxIdentity,
    SandboxNetwork,
};

struct Loopback;

impl SandboxNetwork for Loopback {
    fn attach<'a>(
        &'a self,
        _: &'a Path,
        _: &'a SandboxIdentity,
    ) -> BoxFuture<'a, CriResult<Vec<IpAddr>>> {
        Box::pin(async { Ok(Vec::new()) })
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

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    runtime::shim::run_if_shim();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [directory, verb, rest @ ..] = words.as_slice() else {
        return Err("usage: ctl DIR VERB …".into());
    };
    let directory = PathBuf::from(directory);
    let (data_dir, run_dir) = (directory.join("data"), directory.join("run"));
    if verb == "reset" {
        return Ok(runtime::reset(&data_dir, &run_dir)?);
    }
    let workers = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    workers.block_on(async {
        let runtime = Embedded::open(EmbeddedConfig {
            data_dir,
            run_dir,
            shim_program: std::env::current_exe()?,
            insecure_registries: Vec::new(),
            log_bytes_max: 10 << 20,
            log_files_max: 5,
            network: Arc::new(Loopback),
            platform: platform::Platform::real(),
        })
        .await?;
        match (verb.as_str(), rest) {
            ("pull", [name]) => pull(&runtime, name).await,
            ("import", [file]) => import(&runtime, Path::new(file)),
            ("run", [image, command @ ..]) => run(&runtime, image, command).await,
            ("bench", [image, count]) => bench(&runtime, image, count.parse()?).await,
            _ => Err("unknown verb".into()),
        }
    })
}

async fn pull(runtime: &Embedded, name: &str) -> Result<(), Failed> {
    let image = runtime
        .pull(name, None, Arc::new(|event| println!("{event:?}")))
        .await?;
    println!("{} {:?} {} bytes", image.id, image.tags, image.bytes());
    Ok(())
}

fn import(runtime: &Embedded, file: &Path) -> Result<(), Failed> {
    for image in image::import::import(&runtime.image_store(), file, &image::no_progress())? {
        println!("{} {:?}", image.id, image.tags);
    }
    Ok(())
}

fn sandbox(name: &str) -> v1::PodSandboxConfig {
    let options = v1::NamespaceOption {
        pid: v1::NamespaceMode::Container as i32,
        ..Default::default()
    };
    let context = v1::LinuxSandboxSecurityContext {
        namespace_options: Some(options),
        ..Default::default()
    };
    v1::PodSandboxConfig {
        metadata: Some(v1::PodSandboxMetadata {
            name: name.to_owned(),
            ..Default::default()
        }),
        hostname: name.to_owned(),
        log_directory: "/tmp/sampan-ctl-logs".to_owned(),
        linux: Some(v1::LinuxPodSandboxConfig {
            cgroup_parent: format!("/sampan-ctl/{name}"),
            security_context: Some(context),
            ..Default::default()
        }),
        ..Default::default()
    }
}

async fn start(
    runtime: &Embedded,
    name: &str,
    image: &str,
    command: &[String],
) -> Result<(String, String), Failed> {
    let request = v1::RunPodSandboxRequest {
        config: Some(sandbox(name)),
        runtime_handler: String::new(),
    };
    let pod = runtime.run_pod_sandbox(request).await?.pod_sandbox_id;
    let config = v1::ContainerConfig {
        metadata: Some(v1::ContainerMetadata {
            name: name.to_owned(),
            attempt: 0,
        }),
        image: Some(v1::ImageSpec {
            image: image.to_owned(),
            ..Default::default()
        }),
        command: command.to_vec(),
        log_path: format!("{name}.log"),
        ..Default::default()
    };
    let request = v1::CreateContainerRequest {
        pod_sandbox_id: pod.clone(),
        config: Some(config),
        sandbox_config: None,
    };
    let id = runtime.create_container(request).await?.container_id;
    runtime
        .start_container(v1::StartContainerRequest {
            container_id: id.clone(),
        })
        .await?;
    Ok((pod, id))
}

async fn run(runtime: &Embedded, image: &str, command: &[String]) -> Result<(), Failed> {
    let mut events = runtime.subscribe();
    let (pod, id) = start(runtime, "run", image, command).await?;
    let status = loop {
        let request = v1::ContainerStatusRequest {
            container_id: id.clone(),
            verbose: false,
        };
        let status = runtime
            .container_status(request)
            .await?
            .status
            .unwrap_or_default();
        if status.state() == v1::ContainerState::ContainerExited {
            break status;
        }
        events.recv().await;
    };
    print!("{}", std::fs::read_to_string(&status.log_path)?);
    println!("exit {} {}", status.exit_code, status.reason);
    std::fs::remove_file(&status.log_path)?;
    runtime
        .remove_pod_sandbox(v1::RemovePodSandboxRequest {
            pod_sandbox_id: pod,
        })
        .await?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a measurement of real time")]
async fn bench(runtime: &Embedded, image: &str, count: usize) -> Result<(), Failed> {
    let command = ["/bin/sleep".to_owned(), "1000".to_owned()];
    let (mut times, mut pods) = (Vec::new(), Vec::new());
    for index in 0..count {
        let begin = std::time::Instant::now();
        pods.push(
            start(runtime, &format!("bench-{index}"), image, &command)
                .await?
                .0,
        );
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    println!(
        "one by one: p50 {:?}, p99 {:?}",
        times[count / 2],
        times[count * 99 / 100]
    );
    let begin = std::time::Instant::now();
    for pod in pods {
        runtime
            .remove_pod_sandbox(v1::RemovePodSandboxRequest {
                pod_sandbox_id: pod,
            })
            .await?;
    }
    println!(
        "removal: {:?} a pod",
        begin.elapsed() / u32::try_from(count)?
    );
    let begin = std::time::Instant::now();
    let names: Vec<String> = (0..count).map(|index| format!("burst-{index}")).collect();
    let all = futures::future::try_join_all(
        names
            .iter()
            .map(|name| start(runtime, name, image, &command)),
    )
    .await?;
    println!("{count} at once: {:?}", begin.elapsed());
    let removals = all.into_iter().map(|(pod, _)| {
        runtime.remove_pod_sandbox(v1::RemovePodSandboxRequest {
            pod_sandbox_id: pod,
        })
    });
    futures::future::try_join_all(removals).await?;
    Ok(())
}
