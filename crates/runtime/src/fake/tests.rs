//! The fake keeps CRI's contract.

use std::net::Ipv4Addr;
use std::time::Duration;

use super::{FakeRuntime, Run, Script};
use crate::cri::v1;
use crate::service::{ContainerEvent, ContainerEvents, ImageService, RuntimeService};

fn runtime() -> FakeRuntime {
    FakeRuntime::new(platform::Platform::real(), Ipv4Addr::new(10, 244, 0, 2))
}

fn config(name: &str, image: &str) -> v1::ContainerConfig {
    v1::ContainerConfig {
        metadata: Some(v1::ContainerMetadata {
            name: name.to_owned(),
            attempt: 0,
        }),
        image: Some(v1::ImageSpec {
            image: image.to_owned(),
            ..Default::default()
        }),
        ..Default::default()
    }
}

async fn started(runtime: &FakeRuntime, name: &str) -> (String, String) {
    let request = v1::PullImageRequest {
        image: Some(v1::ImageSpec {
            image: "demo:1".to_owned(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let image = runtime.pull_image(request).await.unwrap().image_ref;
    let pod = runtime
        .run_pod_sandbox(v1::RunPodSandboxRequest::default())
        .await
        .unwrap()
        .pod_sandbox_id;
    let request = v1::CreateContainerRequest {
        pod_sandbox_id: pod.clone(),
        config: Some(config(name, &image)),
        sandbox_config: None,
    };
    let container_id = runtime
        .create_container(request)
        .await
        .unwrap()
        .container_id;
    let start = v1::StartContainerRequest {
        container_id: container_id.clone(),
    };
    runtime.start_container(start).await.unwrap();
    (pod, container_id)
}

async fn status(runtime: &FakeRuntime, id: &str) -> v1::ContainerStatus {
    let request = v1::ContainerStatusRequest {
        container_id: id.to_owned(),
        verbose: false,
    };
    runtime
        .container_status(request)
        .await
        .unwrap()
        .status
        .unwrap()
}

#[tokio::test]
async fn a_script_decides_how_a_container_ends() {
    let runtime = runtime();
    let exit = Run::Exit {
        after: Duration::from_millis(1),
        code: 3,
    };
    runtime.script(
        "crash",
        Script {
            run: exit,
            ..Default::default()
        },
    );
    let mut events = runtime.subscribe();
    let (_, id) = started(&runtime, "crash").await;
    loop {
        let Some(ContainerEvent::Changed(event)) = events.recv().await else {
            panic!("no event")
        };
        if event.container_event_type() == v1::ContainerEventType::ContainerStoppedEvent {
            assert_eq!(event.containers_statuses[0].exit_code, 3);
            break;
        }
    }
    let status = status(&runtime, &id).await;
    assert_eq!((status.exit_code, status.reason.as_str()), (3, "Error"));
}

#[tokio::test]
async fn stop_gives_zero_and_a_stubborn_one_is_killed() {
    let runtime = runtime();
    runtime.script(
        "stubborn",
        Script {
            stop_delay: Duration::from_secs(60),
            ..Default::default()
        },
    );
    for (name, code) in [("polite", 0), ("stubborn", 137)] {
        let (_, id) = started(&runtime, name).await;
        let stop = v1::StopContainerRequest {
            container_id: id.clone(),
            timeout: 0,
        };
        runtime.stop_container(stop).await.unwrap();
        assert_eq!(status(&runtime, &id).await.exit_code, code, "{name}");
    }
}

#[tokio::test]
async fn removal_is_idempotent_and_takes_containers_along() {
    let runtime = runtime();
    let (pod, id) = started(&runtime, "web").await;
    for _ in 0..2 {
        let request = v1::RemovePodSandboxRequest {
            pod_sandbox_id: pod.clone(),
        };
        runtime.remove_pod_sandbox(request).await.unwrap();
    }
    let request = v1::ContainerStatusRequest {
        container_id: id,
        verbose: false,
    };
    assert!(
        runtime
            .container_status(request)
            .await
            .unwrap_err()
            .is_not_found()
    );
}
