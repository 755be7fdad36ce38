//! From start to end.

use runtime::RuntimeService;
use runtime::cri::v1;

use crate::harness::{World, command, shell, with_context, world};

#[tokio::test(flavor = "multi_thread")]
async fn a_container_runs_logs_and_ends() {
    let Some(world) = world().await else { return };
    let pod = world.pod("life").await;
    let (code, log) = world
        .script(&pod, "echo out; echo err >&2; printf tail; exit 3")
        .await;
    assert_eq!(code, 3);
    let mut log = log;
    log.sort();
    assert_eq!(log, ["stderr F err", "stdout F out", "stdout F tail"]);
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_container_sees() {
    let Some(world) = world().await else { return };
    let pod = world.pod("sees").await;
    let check = async |script: &str, expect: &str| {
        let (code, log) = world.script(&pod, script).await;
        let text: Vec<&str> = log
            .iter()
            .map(|l| l.split_once(" F ").map_or(l.as_str(), |(_, t)| t))
            .collect();
        assert_eq!((code, text.join("\n").as_str()), (0, expect), "{script}");
    };
    check("hostname; cat /etc/hostname", "sees\nsees").await;
    check("echo $FROM $HOSTNAME", "image sees").await;
    check("echo $$", "1").await;
    check("id -u; id -G; pwd", "0\n0\n/").await;
    check(
        "cat /etc/resolv.conf",
        "search default.svc.cluster.local svc.cluster.local\nnameserver 10.0.0.10\noptions ndots:5",
    )
    .await;
    check(
        "touch /x && ls /x; touch /sys/x 2>/dev/null || echo sys is read-only",
        "/x\nsys is read-only",
    )
    .await;
    check("touch /dev/shm/a; ls /dev/shm", "a").await;
    check(
        "ls /dev/shm; ls /x 2>/dev/null || echo own root",
        "a\nown root",
    )
    .await;
    world.remove(&pod).await;
    world.assert_clean();
}

/// Runs a script under a security context and compares its output.
async fn check_context(
    world: &World,
    pod: &str,
    context: v1::LinuxContainerSecurityContext,
    script: &str,
    expect: &str,
) {
    let id = world.run(pod, with_context(shell(script), context)).await;
    world.ended(&id).await;
    let log = world.log(&id).await;
    let text: Vec<&str> = log
        .iter()
        .map(|l| l.split_once(" F ").map_or(l.as_str(), |(_, t)| t))
        .collect();
    assert_eq!(text.join("\n"), expect, "{script}");
}

#[tokio::test(flavor = "multi_thread")]
async fn security_contexts_hold() {
    let Some(world) = world().await else { return };
    let pod = world.pod("secure").await;
    let check = async |context, script: &str, expect: &str| {
        check_context(&world, &pod, context, script, expect).await
    };
    let plain = v1::LinuxContainerSecurityContext::default;
    let uid = |value| Some(v1::Int64Value { value });
    let user = v1::LinuxContainerSecurityContext {
        run_as_username: "redis".to_owned(),
        ..plain()
    };
    check(
        user,
        "id -u; id -g; id -G; echo reopened > /dev/stdout",
        "101\n102\n102 300\nreopened",
    )
    .await;
    let user = v1::LinuxContainerSecurityContext {
        run_as_user: uid(1000),
        run_as_group: uid(2000),
        supplemental_groups: vec![3000],
        ..plain()
    };
    check(user, "id -u; id -g; id -G", "1000\n2000\n2000 3000").await;
    let readonly = v1::LinuxContainerSecurityContext {
        readonly_rootfs: true,
        ..plain()
    };
    check(readonly, "touch /x 2>/dev/null || echo refused", "refused").await;
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_and_masks_hold() {
    let Some(world) = world().await else { return };
    let pod = world.pod("filtered").await;
    let check = async |context, script: &str, expect: &str| {
        check_context(&world, &pod, context, script, expect).await
    };
    let plain = v1::LinuxContainerSecurityContext::default;
    let uid = |value| Some(v1::Int64Value { value });
    let seccomp = v1::SecurityProfile::default();
    let filtered = v1::LinuxContainerSecurityContext {
        seccomp: Some(seccomp.clone()),
        ..plain()
    };
    check(
        filtered,
        "/bin/busybox grep Seccomp: /proc/self/status",
        "Seccomp:\t2",
    )
    .await;
    let strict = v1::LinuxContainerSecurityContext {
        seccomp: Some(seccomp),
        no_new_privs: true,
        run_as_user: uid(1000),
        ..plain()
    };
    check(
        strict,
        "/bin/busybox grep -E '^(Seccomp|NoNewPrivs):' /proc/self/status",
        "NoNewPrivs:\t1\nSeccomp:\t2",
    )
    .await;
    let none = v1::Capability {
        drop_capabilities: vec!["ALL".to_owned()],
        ..Default::default()
    };
    let dropped = v1::LinuxContainerSecurityContext {
        capabilities: Some(none),
        ..plain()
    };
    check(
        dropped,
        "/bin/busybox grep CapEff /proc/self/status",
        "CapEff:\t0000000000000000",
    )
    .await;
    let masked = v1::LinuxContainerSecurityContext {
        masked_paths: vec!["/proc/cmdline".to_owned(), "/proc/acpi".to_owned()],
        readonly_paths: vec!["/proc/sys".to_owned()],
        ..plain()
    };
    check(
        masked,
        "wc -c < /proc/cmdline; echo 1 2>/dev/null > /proc/sys/net/ipv4/ip_forward || echo refused",
        "0\nrefused",
    )
    .await;
    let privileged = v1::LinuxContainerSecurityContext {
        privileged: true,
        ..plain()
    };
    check(privileged, "mount -t tmpfs none /mnt 2>/dev/null || /bin/busybox mkdir /mnt && mount -t tmpfs none /mnt && echo mounted", "mounted").await;
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_is_polite_then_final() {
    let Some(world) = world().await else { return };
    let pod = world.pod("stop").await;
    let polite = world
        .run(
            &pod,
            shell("trap 'echo bye; exit 0' TERM; echo ready; while true; do sleep 0.05; done"),
        )
        .await;
    let stubborn = world
        .run(&pod, shell("trap '' TERM; while true; do sleep 0.05; done"))
        .await;
    while world.log(&polite).await.is_empty() {
        tokio::task::yield_now().await;
    }
    world.stop(&polite, 10).await;
    let status = world.status(&polite).await;
    assert_eq!((status.exit_code, status.reason.as_str()), (0, "Completed"));
    assert_eq!(world.log(&polite).await, ["stdout F ready", "stdout F bye"]);
    world.stop(&stubborn, 1).await;
    let status = world.status(&stubborn).await;
    assert_eq!((status.exit_code, status.reason.as_str()), (137, "Error"));
    for _ in 0..2 {
        world.stop(&stubborn, 1).await;
    }
    world.remove(&pod).await;
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_command_is_an_error_with_words() {
    let Some(world) = world().await else { return };
    let pod = world.pod("missing").await;
    let check = async |name: &str, words: &str| {
        let id = world.create(&pod, command(&[name])).await.unwrap();
        let error = world.start(&id).await.unwrap_err();
        assert!(error.message.contains(words), "{}", error.message);
        let status = world.status(&id).await;
        assert_eq!(
            (status.exit_code, status.reason.as_str()),
            (128, "StartError")
        );
    };
    check(
        "ghost",
        r#"exec: "ghost": executable file not found in $PATH"#,
    )
    .await;
    check(
        "/bin/ghost",
        r#"exec: "/bin/ghost": stat /bin/ghost: no such file or directory"#,
    )
    .await;
    check("/etc/passwd", r#"exec: "/etc/passwd": permission denied"#).await;
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pod_can_share_processes_or_the_hosts_network() {
    let Some(world) = world().await else { return };
    let with = |name: &str, options: v1::NamespaceOption| {
        let mut config = world.pod_config(name);
        config.linux.as_mut().unwrap().security_context = Some(v1::LinuxSandboxSecurityContext {
            namespace_options: Some(options),
            ..Default::default()
        });
        config
    };
    let pod = world
        .pod_with(with(
            "shared",
            v1::NamespaceOption {
                pid: v1::NamespaceMode::Pod as i32,
                ..Default::default()
            },
        ))
        .await;
    let _sleeper = world.run(&pod, command(&["sleep", "1000"])).await;
    let (code, log) = world
        .script(
            &pod,
            "test $$ -ne 1 && cat /proc/[0-9]*/cmdline | /bin/busybox grep -c [s]leep.1000",
        )
        .await;
    assert_eq!((code, log), (0, vec!["stdout F 1".to_owned()]));
    // In the pod's namespace, what a container leaves behind outlives its first process, but not its removal.
    let leaves = world
        .run(&pod, shell("/bin/busybox sleep 2000 >/dev/null 2>&1 &"))
        .await;
    world.ended(&leaves).await;
    let request = v1::RemoveContainerRequest {
        container_id: leaves,
    };
    world.runtime.remove_container(request).await.unwrap();
    let left = "cat /proc/[0-9]*/cmdline | /bin/busybox grep -c [s]leep.2000";
    let (_, log) = world.script(&pod, left).await;
    assert_eq!(log, ["stdout F 0"]);
    world.remove(&pod).await;

    let host = v1::NamespaceMode::Node as i32;
    let pod = world
        .pod_with(with(
            "host",
            v1::NamespaceOption {
                network: host,
                pid: host,
                ipc: host,
                ..Default::default()
            },
        ))
        .await;
    let (_, log) = world
        .script(
            &pod,
            "for kind in net ipc pid; do /bin/busybox readlink /proc/self/ns/$kind; done",
        )
        .await;
    for (line, kind) in log.iter().zip(["net", "ipc", "pid"]) {
        let ours = std::fs::read_link(format!("/proc/self/ns/{kind}")).unwrap();
        assert_eq!(line, &format!("stdout F {}", ours.display()));
    }
    world.remove(&pod).await;
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_filter() {
    let Some(world) = world().await else { return };
    let pod = world.pod("lists").await;
    let id = world.run(&pod, command(&["sleep", "1000"])).await;
    let check = async |filter: v1::ContainerFilter, expect: usize| {
        let request = v1::ListContainersRequest {
            filter: Some(filter.clone()),
        };
        let found = world
            .runtime
            .list_containers(request)
            .await
            .unwrap()
            .containers;
        assert_eq!(found.len(), expect, "{filter:?}");
    };
    let plain = v1::ContainerFilter::default;
    let labels = |value: &str| [("app".to_owned(), value.to_owned())].into();
    check(plain(), 1).await;
    check(
        v1::ContainerFilter {
            id: id[..12].to_owned(),
            ..plain()
        },
        1,
    )
    .await;
    check(
        v1::ContainerFilter {
            id: "nothing".to_owned(),
            ..plain()
        },
        0,
    )
    .await;
    check(
        v1::ContainerFilter {
            label_selector: labels("test"),
            ..plain()
        },
        1,
    )
    .await;
    check(
        v1::ContainerFilter {
            label_selector: labels("other"),
            ..plain()
        },
        0,
    )
    .await;
    let exited = v1::ContainerStateValue {
        state: v1::ContainerState::ContainerExited as i32,
    };
    check(
        v1::ContainerFilter {
            state: Some(exited),
            ..plain()
        },
        0,
    )
    .await;
    world.remove(&pod).await;
    world.assert_clean();
}
