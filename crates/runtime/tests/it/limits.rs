//! Limits, statistics and what happens beyond them.

use runtime::RuntimeService;
use runtime::cri::v1;

use crate::harness::{World, command, shell, world};

fn limited(
    mut config: v1::ContainerConfig,
    resources: v1::LinuxContainerResources,
) -> v1::ContainerConfig {
    config.linux.get_or_insert_default().resources = Some(resources);
    config
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_beyond_the_limit_is_an_oom_kill() {
    let Some(world) = world().await else { return };
    let pod = world.pod("oom").await;
    let resources = v1::LinuxContainerResources {
        memory_limit_in_bytes: 16 << 20,
        oom_score_adj: 500,
        ..Default::default()
    };
    let id = world
        .run(&pod, limited(command(&["tail", "/dev/zero"]), resources))
        .await;
    world.ended(&id).await;
    let status = world.status(&id).await;
    assert_eq!(
        (status.exit_code, status.reason.as_str()),
        (137, "OOMKilled")
    );
    world.remove(&pod).await;
    world.assert_clean();
}

async fn stats(world: &World, id: &str) -> v1::ContainerStats {
    let request = v1::ContainerStatsRequest {
        container_id: id.to_owned(),
    };
    world
        .runtime
        .container_stats(request)
        .await
        .unwrap()
        .stats
        .unwrap()
}

async fn available_bytes(world: &World, id: &str) -> u64 {
    stats(world, id)
        .await
        .memory
        .unwrap()
        .available_bytes
        .unwrap()
        .value
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_are_set_updated_and_measured() {
    let Some(world) = world().await else { return };
    let mut config = world.pod_config("limits");
    let memory = |bytes: i64| v1::LinuxContainerResources {
        memory_limit_in_bytes: bytes,
        ..Default::default()
    };
    config.linux.as_mut().unwrap().resources = Some(memory(256 << 20));
    let pod = world.pod_with(config).await;
    let resources = v1::LinuxContainerResources {
        cpu_shares: 256,
        cpu_quota: 50_000,
        cpu_period: 100_000,
        oom_score_adj: -997,
        ..memory(64 << 20)
    };
    let script = shell("head -c 1000000 /dev/zero > /file; sleep 1000");
    let id = world.run(&pod, limited(script, resources)).await;
    while stats(&world, &id)
        .await
        .writable_layer
        .unwrap()
        .used_bytes
        .unwrap()
        .value
        < 1_000_000
    {
        tokio::task::yield_now().await;
    }
    assert!(available_bytes(&world, &id).await <= 64 << 20);
    assert!(
        stats(&world, &id)
            .await
            .cpu
            .unwrap()
            .usage_core_nano_seconds
            .unwrap()
            .value
            > 0
    );
    let update = v1::UpdateContainerResourcesRequest {
        container_id: id.clone(),
        linux: Some(memory(128 << 20)),
        ..Default::default()
    };
    world
        .runtime
        .update_container_resources(update)
        .await
        .unwrap();
    assert!(available_bytes(&world, &id).await > 64 << 20);

    let request = v1::PodSandboxStatsRequest {
        pod_sandbox_id: pod.clone(),
    };
    let stats = world
        .runtime
        .pod_sandbox_stats(request)
        .await
        .unwrap()
        .stats
        .unwrap()
        .linux
        .unwrap();
    assert_eq!(stats.containers.len(), 1);
    assert!(stats.process.unwrap().process_count.unwrap().value >= 1);
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn mounts_and_sysctls() {
    let Some(world) = world().await else { return };
    let mut config = world.pod_config("mounts");
    config.linux.as_mut().unwrap().sysctls = [(
        "net.ipv4.ip_local_port_range".to_owned(),
        "2000 3000".to_owned(),
    )]
    .into();
    let pod = world.pod_with(config).await;
    let volume = world.directory().join("volume");
    std::fs::create_dir(&volume).unwrap();
    std::fs::write(volume.join("in"), "content").unwrap();
    let mount = |path: &str, readonly| v1::Mount {
        container_path: path.to_owned(),
        host_path: volume.to_string_lossy().into_owned(),
        readonly,
        ..Default::default()
    };
    let script = "cat /ro/in; touch /ro/x 2>/dev/null || echo refused; echo new > /rw/out; cat /proc/sys/net/ipv4/ip_local_port_range | tr '\\t' ' '";
    let id = world
        .run(
            &pod,
            v1::ContainerConfig {
                mounts: vec![mount("/ro", true), mount("/rw", false)],
                ..shell(&script.replace("| tr", "| /bin/busybox tr"))
            },
        )
        .await;
    world.ended(&id).await;
    assert_eq!(
        world.log(&id).await,
        ["stdout F contentrefused", "stdout F 2000 3000"]
    );
    assert_eq!(
        std::fs::read_to_string(volume.join("out")).unwrap(),
        "new\n"
    );

    let mut config = world.pod_config("forbidden");
    config.linux.as_mut().unwrap().sysctls = [("kernel.panic".to_owned(), "1".to_owned())].into();
    let request = v1::RunPodSandboxRequest {
        config: Some(config),
        runtime_handler: String::new(),
    };
    let error = world.runtime.run_pod_sandbox(request).await.unwrap_err();
    assert_eq!(error.code, runtime::Code::InvalidArgument);
    world.remove(&pod).await;
    world.assert_clean();
}
