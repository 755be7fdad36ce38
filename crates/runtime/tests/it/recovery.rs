//! Servers come and go, pods stay.

use runtime::RuntimeService;
use runtime::cri::v1;

use crate::harness::{command, shell, world};

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_of_the_server_stops_no_pod() {
    let Some(mut world) = world().await else {
        return;
    };
    let pod = world.pod("restart").await;
    let running = world
        .run(
            &pod,
            shell("echo before; while ! test -e /go; do sleep 0.02; done; echo after; sleep 1000"),
        )
        .await;
    let ends = world
        .run(
            &pod,
            shell("while ! test -e /dev/shm/end; do sleep 0.02; done; exit 9"),
        )
        .await;
    let before = world.status(&running).await;
    world.restart().await;
    let after = world.status(&running).await;
    assert_eq!(after, before);
    assert_eq!(
        world
            .exec(&running, &["sh", "-c", "touch /go; touch /dev/shm/end"])
            .await
            .unwrap()
            .0,
        0
    );
    world.ended(&ends).await;
    assert_eq!(world.status(&ends).await.exit_code, 9);
    while world.log(&running).await.len() < 2 {
        tokio::task::yield_now().await;
    }
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_without_a_server_is_not_missed() {
    let Some(mut world) = world().await else {
        return;
    };
    let pod = world.pod("unseen").await;
    let go = world.directory().join("go");
    std::fs::create_dir(&go).unwrap();
    let mount = v1::Mount {
        container_path: "/go".to_owned(),
        host_path: go.to_string_lossy().into_owned(),
        ..Default::default()
    };
    let config = v1::ContainerConfig {
        mounts: vec![mount],
        ..shell("while ! test -e /go/now; do sleep 0.02; done; exit 6")
    };
    let id = world.run(&pod, config).await;
    let other = world.run(&pod, command(&["sleep", "1000"])).await;
    // Nobody listens between the two: a shim holds the result.
    std::fs::write(go.join("now"), "").unwrap();
    world.restart().await;
    world.ended(&id).await;
    assert_eq!(world.status(&id).await.exit_code, 6);
    assert_eq!(
        world.status(&other).await.state(),
        v1::ContainerState::ContainerRunning
    );
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_shim_makes_its_pod_not_ready() {
    let Some(world) = world().await else { return };
    let pod = world.pod("killed").await;
    let id = world.run(&pod, command(&["sleep", "1000"])).await;
    let shim = std::fs::read_to_string(format!("/proc/{}/stat", pid(&world, &id).await)).unwrap();
    let parent: i32 = shim
        .rsplit_once(')')
        .unwrap()
        .1
        .split_ascii_whitespace()
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    sys::process::signal(parent, 9).unwrap();
    world.ended(&id).await;
    let status = || async {
        let request = v1::PodSandboxStatusRequest {
            pod_sandbox_id: pod.clone(),
            verbose: false,
        };
        world
            .runtime
            .pod_sandbox_status(request)
            .await
            .unwrap()
            .status
            .unwrap()
            .state()
    };
    assert_eq!(status().await, v1::PodSandboxState::SandboxNotready);
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn reset_takes_running_pods_down() {
    let Some(world) = world().await else { return };
    let pod = world.pod("reset").await;
    let id = world.run(&pod, command(&["sleep", "1000"])).await;
    let process = pid(&world, &id).await;
    runtime::reset(
        &world.directory().join("data"),
        &world.directory().join("run"),
    )
    .unwrap();
    assert!(sys::process::start_ticks(process).is_none());
    assert!(
        sys::mount::mounts_below(world.directory())
            .unwrap()
            .is_empty()
    );
    let host = sys::cgroup::HostCgroups::detect().unwrap();
    assert!(!sys::cgroup::Cgroups::exists(&host, world.cgroup()));
}

async fn pid(world: &crate::harness::World, container: &str) -> i32 {
    let request = v1::ContainerStatusRequest {
        container_id: container.to_owned(),
        verbose: true,
    };
    world.runtime.container_status(request).await.unwrap().info["pid"]
        .parse()
        .unwrap()
}
