//! Statuses of machines in the states that users see.

use super::*;
use crate::worker::machine::{Event, Failure, Now, SandboxInfo, StartError, Started};
use api::core::v1::{Container, Pod, PodReadinessGate};
use expect_test::{Expect, expect};
use platform::Monotonic;
use std::sync::Arc;

fn now() -> Now {
    Now {
        wall: "2026-01-01T00:00:00Z".parse().unwrap(),
        at: Monotonic::START,
    }
}

fn pod() -> Pod {
    let mut pod = Pod::default();
    pod.metadata.uid = "u".into();
    pod.metadata.generation = 1;
    pod.spec.restart_policy = "Always".into();
    pod.spec.containers = vec![Container {
        name: "web".into(),
        image: "img".into(),
        ..Container::default()
    }]
    .into();
    pod
}

/// Phase, conditions as `Name=Status (reason)`, and the container's state.
fn check(machine: &Machine, expected: Expect) {
    let ips = ["10.1.1.1".to_owned()];
    let host = Host {
        ips: &ips,
        runtime_name: "sampan",
    };
    let status = compute(machine, &PodStatus::default(), &host, now().wall);
    let conditions: Vec<String> = status
        .conditions
        .iter()
        .map(|c| format!("{}={} ({})", c.type_, c.status, c.reason))
        .collect();
    let state = meta::codec::to_value(&status.container_statuses[0].state);
    let whole = [&status.reason, &status.message, &status.pod_ip]
        .map(|text| text.as_str())
        .join("|");
    expected.assert_eq(&format!(
        "{} {whole}\n{}\n{state}\n",
        status.phase,
        conditions.join(" ")
    ));
}

fn running(pod: Pod) -> Machine {
    let mut machine = Machine::new(Arc::new(pod), now());
    let events = [
        Event::Tick,
        Event::SandboxStarted(Ok(SandboxInfo {
            id: "s".to_owned(),
            ips: vec!["10.0.0.1".to_owned()],
        })),
        Event::VolumesMounted(Ok(())),
        Event::Started {
            name: "web".to_owned(),
            result: Ok(Started {
                id: "c".to_owned(),
                image_id: "i".to_owned(),
                started_at: now().wall,
            }),
        },
    ];
    for event in events {
        let _ = machine.step(event, now());
    }
    machine
}

#[test]
fn from_nothing_to_ready() {
    check(
        &Machine::new(Arc::new(pod()), now()),
        expect![[r#"
        Pending ||
        PodReadyToStartContainers=False () Initialized=True () Ready=False (ContainersNotReady) ContainersReady=False (ContainersNotReady)
        {"waiting":{"reason":"ContainerCreating"}}
    "#]],
    );
    check(
        &running(pod()),
        expect![[r#"
        Running ||10.0.0.1
        PodReadyToStartContainers=True () Initialized=True () Ready=True () ContainersReady=True ()
        {"running":{"startedAt":"2026-01-01T00:00:00Z"}}
    "#]],
    );
    let mut gated = pod();
    gated.spec.readiness_gates = [PodReadinessGate {
        condition_type: "example.com/ok".into(),
    }]
    .into();
    check(
        &running(gated),
        expect![[r#"
        Running ||10.0.0.1
        PodReadyToStartContainers=True () Initialized=True () Ready=False (ReadinessGatesNotReady) ContainersReady=True ()
        {"running":{"startedAt":"2026-01-01T00:00:00Z"}}
    "#]],
    );
}

#[test]
fn what_goes_wrong_is_said() {
    let mut machine = running(pod());
    machine.slots[0].made = 0;
    machine.slots[0].run = Run::Starting;
    let error = StartError {
        reason: "ErrImagePull",
        message: "no".to_owned(),
        pull: true,
        died: None,
    };
    let _ = machine.step(
        Event::Started {
            name: "web".to_owned(),
            result: Err(error),
        },
        now(),
    );
    check(
        &machine,
        expect![[r#"
        Pending ||10.0.0.1
        PodReadyToStartContainers=True () Initialized=True () Ready=False (ContainersNotReady) ContainersReady=False (ContainersNotReady)
        {"waiting":{"message":"no","reason":"ErrImagePull"}}
    "#]],
    );
    let failure = Failure {
        reason: "OutOfcpu".to_owned(),
        message: "Pod was rejected".to_owned(),
    };
    let mut rejected = Machine::rejected(Arc::new(pod()), failure, now());
    let _ = rejected.step(Event::Tick, now());
    check(
        &rejected,
        expect![[r#"
        Failed OutOfcpu|Pod was rejected|
        PodReadyToStartContainers=False () Initialized=True () Ready=False (PodFailed) ContainersReady=False (PodFailed)
        {"waiting":{"reason":"ContainerCreating"}}
    "#]],
    );
}
