//! Lives of pods, step by step: what happens on the left, what is to be done on the right.

use super::*;
use api::core::v1::{Probe, ProbeHandler, TCPSocketAction};
use expect_test::{Expect, expect};

/// A pod under test, with a clock in seconds.
struct Sim {
    machine: Machine,
    seconds: u64,
    ids: u32,
    lines: Vec<String>,
}

fn pod(policy: &str, init: &[(&str, bool)], regular: &[&str]) -> Pod {
    let container = |name: &str, always: bool| Container {
        name: name.into(),
        image: "img".into(),
        restart_policy: always.then(|| "Always".into()),
        ..Container::default()
    };
    let mut pod = Pod::default();
    pod.metadata.name = "p".into();
    pod.metadata.namespace = "ns".into();
    pod.metadata.uid = "u".into();
    pod.spec.restart_policy = policy.into();
    pod.spec.init_containers = init
        .iter()
        .map(|(name, always)| container(name, *always))
        .collect();
    pod.spec.containers = regular.iter().map(|name| container(name, false)).collect();
    pod
}

fn at(seconds: u64) -> Now {
    Now {
        wall: Timestamp::from_second(i64::try_from(seconds).unwrap()).unwrap(),
        at: Monotonic::START + Duration::from_secs(seconds),
    }
}

impl Sim {
    fn new(pod: Pod) -> Self {
        Self {
            machine: Machine::new(Arc::new(pod), at(0)),
            seconds: 0,
            ids: 0,
            lines: Vec::new(),
        }
    }

    fn step(&mut self, event: Event) -> &mut Self {
        let effects = self.machine.step(event, at(self.seconds));
        for effect in effects {
            let line = match effect {
                Effect::Record {
                    container,
                    reason,
                    message,
                    ..
                } => {
                    format!(
                        "event {}{reason}: {message}",
                        container.map(|c| format!("{c} ")).unwrap_or_default()
                    )
                }
                Effect::Start { name, attempt } => format!("start {name}#{attempt}"),
                Effect::Stop {
                    name,
                    id,
                    grace,
                    why,
                } => format!("stop {name} {id} in {}s {why}", grace.as_secs()),
                Effect::Probe { name, kind, .. } => format!("probe {name} {kind:?}"),
                other => format!("{other:?}"),
            };
            self.lines.push(format!("{}s {line}", self.seconds));
        }
        self
    }

    fn setup(&mut self) -> &mut Self {
        let pod = Arc::clone(&self.machine.pod);
        self.step(Event::Updated(pod));
        let info = SandboxInfo {
            id: "box".to_owned(),
            ips: vec!["10.0.0.1".to_owned()],
        };
        self.step(Event::SandboxStarted(Ok(info)))
            .step(Event::VolumesMounted(Ok(())))
    }

    fn started(&mut self, name: &str) -> &mut Self {
        self.ids += 1;
        let started = Started {
            id: format!("c{}", self.ids),
            image_id: "i".to_owned(),
            started_at: at(self.seconds).wall,
        };
        self.step(Event::Started {
            name: name.to_owned(),
            result: Ok(started),
        })
    }

    fn failed(&mut self, name: &str, reason: &'static str, pull: bool) -> &mut Self {
        let error = StartError {
            reason,
            message: "no".to_owned(),
            pull,
            died: None,
        };
        self.step(Event::Started {
            name: name.to_owned(),
            result: Err(error),
        })
    }

    fn exited(&mut self, name: &str, exit_code: i32) -> &mut Self {
        let terminated = self.terminated(name, exit_code);
        self.step(Event::Exited(terminated))
    }

    fn lost(&mut self, id: &str, name: &str) -> &mut Self {
        let exited = vec![self.terminated(name, 137)];
        self.step(Event::SandboxLost {
            id: id.to_owned(),
            exited,
        })
    }

    fn terminated(&self, name: &str, exit_code: i32) -> Terminated {
        let slot = self
            .machine
            .slots
            .iter()
            .find(|slot| slot.spec.name == name)
            .unwrap();
        let Run::Running(running) = &slot.run else {
            panic!("{name} does not run")
        };
        let now = at(self.seconds);
        Terminated {
            id: running.id.clone(),
            image_id: String::new(),
            exit_code,
            reason: "Error".to_owned(),
            message: String::new(),
            started_at: now.wall,
            finished_at: now.wall,
            seen_at: now.at,
        }
    }

    /// Lets time pass, waking when the machine asked for it.
    fn pass(&mut self, seconds: u64) -> &mut Self {
        let end = self.seconds + seconds;
        while let Some(wake) = self.machine.next_wake(at(self.seconds)) {
            let wake = wake.since(Monotonic::START).as_secs_f64().ceil();
            let wake = Duration::from_secs_f64(wake).as_secs();
            if wake > end {
                break;
            }
            self.seconds = wake.max(self.seconds);
            let before = self.lines.len();
            self.step(Event::Tick);
            if self.lines.len() == before {
                break;
            }
        }
        self.seconds = end;
        self
    }

    fn delete(&mut self, grace: i64) -> &mut Self {
        let mut pod = (*self.machine.pod).clone();
        pod.metadata.deletion_timestamp = Some(meta::Time::default());
        pod.metadata.deletion_grace_period_seconds = Some(grace);
        self.step(Event::Updated(Arc::new(pod)))
    }

    fn check(&mut self, expected: Expect) -> &mut Self {
        let mut text = std::mem::take(&mut self.lines).join("\n");
        text.push('\n');
        expected.assert_eq(&text);
        self
    }
}

#[test]
fn a_simple_pod_runs_and_is_deleted() {
    let mut sim = Sim::new(pod("Always", &[], &["web"]));
    sim.setup().started("web").check(expect![[r"
        0s MountVolumes
        0s RunSandbox { attempt: 0, dead: [] }
        0s start web#0
    "]]);
    sim.delete(7).check(expect![[r"
        0s stop web c1 in 7s 
    "]]);
    sim.delete(1).check(expect![[r"
        0s stop web c1 in 1s 
    "]]);
    sim.exited("web", 137)
        .step(Event::SandboxStopped(Ok(())))
        .step(Event::VolumesUnmounted(Ok(())))
        .check(expect![[r#"
        0s StopSandbox { id: "box" }
        0s UnmountVolumes
        0s DeleteObject
    "#]]);
    sim.step(Event::ObjectDeleted(Err("later".to_owned())))
        .pass(1)
        .check(expect![[r"
        1s DeleteObject
    "]]);
    sim.step(Event::ObjectDeleted(Ok(())))
        .step(Event::Removed)
        .check(expect![[r#"
        1s Remove { sandboxes: ["box"] }
    "#]]);
    assert_eq!(sim.machine.life, Life::Gone);
}

#[test]
fn crashes_back_off() {
    let mut sim = Sim::new(pod("Always", &[], &["web"]));
    sim.setup()
        .started("web")
        .exited("web", 1)
        .started("web")
        .pass(1)
        .exited("web", 1)
        .check(expect![[r"
        0s MountVolumes
        0s RunSandbox { attempt: 0, dead: [] }
        0s start web#0
        0s start web#1
        1s event web BackOff: Back-off restarting failed container web in pod p_ns(u)
    "]]);
    sim.pass(10)
        .started("web")
        .exited("web", 1)
        .pass(20)
        .check(expect![[r#"
        11s start web#2
        11s RemoveContainer { id: "c1", name: "web", attempt: 0 }
        11s event web BackOff: Back-off restarting failed container web in pod p_ns(u)
        31s start web#3
    "#]]);
    // Ten quiet minutes forget it all.
    sim.started("web")
        .pass(1000)
        .exited("web", 1)
        .check(expect![[r#"
        31s RemoveContainer { id: "c2", name: "web", attempt: 1 }
        1031s start web#4
    "#]]);
}

#[test]
fn restart_policies_decide_the_end() {
    for (policy, code, life) in [
        ("Always", 0, Life::Active),
        ("OnFailure", 1, Life::Active),
        ("OnFailure", 0, Life::Ending),
        ("Never", 1, Life::Ending),
    ] {
        let mut sim = Sim::new(pod(policy, &[], &["job"]));
        sim.setup().started("job").exited("job", code);
        assert_eq!(sim.machine.life, life, "{policy} {code}");
    }
}

#[test]
fn init_containers_come_first_and_sidecars_go_last() {
    let mut sim = Sim::new(pod(
        "Never",
        &[("one", false), ("proxy", true), ("two", false)],
        &["web"],
    ));
    sim.setup()
        .started("one")
        .exited("one", 0)
        .started("proxy")
        .started("two")
        .exited("two", 0)
        .started("web")
        .check(expect![[r"
            0s MountVolumes
            0s RunSandbox { attempt: 0, dead: [] }
            0s start one#0
            0s start proxy#0
            0s start two#0
            0s start web#0
        "]]);
    sim.exited("web", 0).check(expect![[r"
        0s stop proxy c2 in 30s 
    "]]);
    sim.exited("proxy", 143)
        .step(Event::SandboxStopped(Ok(())))
        .step(Event::VolumesUnmounted(Ok(())));
    assert_eq!(
        (sim.machine.life.clone(), crate::status::phase(&sim.machine)),
        (Life::Finished, "Succeeded")
    );
}

#[test]
fn a_failed_init_container_fails_the_pod() {
    let mut sim = Sim::new(pod("Never", &[("one", false)], &["web"]));
    sim.setup().started("one").exited("one", 3);
    assert_eq!(
        (sim.machine.life.clone(), crate::status::phase(&sim.machine)),
        (Life::Ending, "Failed")
    );
}

#[test]
fn pulls_back_off() {
    let mut sim = Sim::new(pod("Always", &[], &["web"]));
    sim.setup()
        .failed("web", "ErrImagePull", true)
        .pass(10)
        .check(expect![[r#"
        0s MountVolumes
        0s RunSandbox { attempt: 0, dead: [] }
        0s start web#0
        1s event web BackOff: Back-off pulling image "img"
        1s event web Failed: Error: ImagePullBackOff
    "#]]);
    sim.pass(1)
        .failed("web", "ErrImagePull", true)
        .pass(19)
        .check(expect![[r#"
        11s start web#0
        12s event web BackOff: Back-off pulling image "img"
        12s event web Failed: Error: ImagePullBackOff
    "#]]);
}

#[test]
fn probes_gate_and_restart() {
    let probe = |threshold| {
        let tcp_socket = Some(Box::new(TCPSocketAction {
            port: 80.into(),
            ..TCPSocketAction::default()
        }));
        Some(Box::new(Probe {
            probe_handler: ProbeHandler {
                tcp_socket,
                ..ProbeHandler::default()
            },
            period_seconds: 5,
            success_threshold: 1,
            failure_threshold: threshold,
            ..Probe::default()
        }))
    };
    let mut pod = pod("Always", &[], &["web"]);
    let container = &mut pod.spec.containers[0];
    container.startup_probe = probe(3);
    container.liveness_probe = probe(2);
    container.readiness_probe = probe(1);
    let mut sim = Sim::new(pod);
    let probed = |kind, ok: bool| Event::Probed {
        id: "c1".to_owned(),
        kind,
        outcome: if ok {
            Ok(())
        } else {
            Err(probes::Failure::Failed("refused".to_owned()))
        },
    };
    sim.setup()
        .started("web")
        .step(probed(ProbeKind::Startup, false))
        .pass(5)
        .step(probed(ProbeKind::Startup, false))
        .pass(5)
        .step(probed(ProbeKind::Startup, true))
        .check(expect![[r"
            0s MountVolumes
            0s RunSandbox { attempt: 0, dead: [] }
            0s start web#0
            0s probe web Startup
            1s probe web Startup
            5s event web Unhealthy: Startup probe failed: refused
            10s probe web Startup
            10s probe web Liveness
            10s probe web Readiness
        "]]);
    assert!(!sim.machine.slots[0].is_ready());
    sim.step(probed(ProbeKind::Readiness, true));
    assert!(sim.machine.slots[0].is_ready());
    sim.step(probed(ProbeKind::Liveness, false))
        .pass(5)
        .step(probed(ProbeKind::Liveness, false))
        .check(expect![[r"
        10s event web Unhealthy: Liveness probe failed: refused
        15s probe web Liveness
        15s probe web Readiness
        15s event web Unhealthy: Liveness probe failed: refused
        15s stop web c1 in 30s Container web failed liveness probe, will be restarted
    "]]);
    sim.exited("web", 137).check(expect![[r"
        15s start web#1
    "]]);
}

#[test]
fn a_probe_that_cannot_be_asked_says_nothing() {
    let mut pod = pod("Always", &[], &["web"]);
    let probe = Probe {
        period_seconds: 10,
        failure_threshold: 1,
        ..Probe::default()
    };
    pod.spec.containers = vec![Container {
        liveness_probe: Some(Box::new(probe)),
        ..pod.spec.containers[0].clone()
    }]
    .into();
    let mut sim = Sim::new(pod);
    sim.setup().started("web").pass(10);
    sim.lines.clear();
    let outcome = Err(probes::Failure::Errored("no such command".to_owned()));
    sim.step(Event::Probed {
        id: "c1".to_owned(),
        kind: ProbeKind::Liveness,
        outcome,
    })
    .pass(10)
    .check(expect![[r"
        10s event web Unhealthy: Liveness probe errored and resulted in unknown state: no such command
        20s probe web Liveness
    "]]);
}

#[test]
fn a_deadline_fails_the_pod() {
    let mut pod = pod("Always", &[], &["web"]);
    pod.spec.active_deadline_seconds = Some(60);
    let mut sim = Sim::new(pod);
    sim.setup().started("web").pass(60).check(expect![[r"
        0s MountVolumes
        0s RunSandbox { attempt: 0, dead: [] }
        0s start web#0
        60s event DeadlineExceeded: Pod was active on the node longer than the specified deadline
        60s stop web c1 in 30s 
    "]]);
    sim.exited("web", 137);
    assert_eq!(crate::status::phase(&sim.machine), "Failed");
}

#[test]
fn a_pod_that_vanishes_leaves_nothing() {
    let mut sim = Sim::new(pod("Always", &[], &["web"]));
    sim.setup()
        .started("web")
        .step(Event::Vanished)
        .exited("web", 0);
    sim.step(Event::SandboxStopped(Ok(())))
        .step(Event::VolumesUnmounted(Ok(())))
        .check(expect![[r#"
        0s MountVolumes
        0s RunSandbox { attempt: 0, dead: [] }
        0s start web#0
        0s stop web c1 in 1s 
        0s StopSandbox { id: "box" }
        0s UnmountVolumes
        0s Remove { sandboxes: ["box"] }
    "#]]);
}

#[test]
fn a_lost_sandbox_is_made_again_and_the_pod_begins_anew() {
    let mut sim = Sim::new(pod("Always", &[("init", false)], &["web"]));
    sim.setup().started("init").exited("init", 0).started("web");
    sim.lines.clear();
    sim.lost("box", "web").check(expect![[r#"
        0s event SandboxChanged: Pod sandbox changed, it will be killed and re-created.
        0s RunSandbox { attempt: 1, dead: ["box"] }
    "#]]);
    let info = SandboxInfo {
        id: "box2".to_owned(),
        ips: Vec::new(),
    };
    sim.step(Event::SandboxStarted(Ok(info)))
        .started("init")
        .exited("init", 0)
        .check(expect![[r"
            0s start init#1
            0s start web#1
        "]]);
}

#[test]
fn a_lost_sandbox_ends_a_pod_that_is_not_restarted() {
    let mut sim = Sim::new(pod("Never", &[], &["web"]));
    sim.setup()
        .started("web")
        .lost("box", "web")
        .check(expect![[r#"
            0s MountVolumes
            0s RunSandbox { attempt: 0, dead: [] }
            0s start web#0
            0s StopSandbox { id: "box" }
        "#]]);
    assert_eq!(crate::status::phase(&sim.machine), "Failed");
}
