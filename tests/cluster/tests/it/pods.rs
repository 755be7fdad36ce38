//! What a pod's spec asks of the node, in real containers: environment, volumes, users and confinement, hooks, probes, ends.

use std::time::Duration;
use testkit::{Cluster, Options, Registry, eventually, is_root, output, text};

#[test]
fn pods() {
    if !is_root("pods") {
        return;
    }
    let cluster = Cluster::start(Options {
        name: "pods",
        control_plane_only: false,
    });
    let _registry = Registry::start(&cluster.machine);
    // The image is there before anything is timed.
    cluster.ok(&[
        "run",
        "first",
        "--image=127.0.0.1:5000/guestbook-web:v1",
        "--restart=Never",
        "--command",
        "--",
        "sleep",
        "0",
    ]);
    let dir = cluster.data_dir().with_file_name("shared");
    std::fs::create_dir_all(&dir).expect("the test's directory is writable");
    let manifests = [
        include_str!("pods/good.yaml"),
        include_str!("pods/bad.yaml"),
    ]
    .join("---\n");
    cluster.apply(&manifests.replace("SHARED", &dir.display().to_string()));
    cluster.ok(&[
        "wait",
        "--for=condition=Ready",
        "pod",
        "-l",
        "good",
        "--timeout=60s",
    ]);
    configured(&cluster);
    confined(&cluster);
    shared(&cluster);
    initialized(&cluster);
    waiting(&cluster);
    ended(&cluster);
    unhealthy(&cluster);
    unmounted_until_there_is_what_it_needs(&cluster);
    follows_its_configuration(&cluster);
    begins_anew_without_its_sandbox(&cluster);
    hooked(&cluster, &dir);
    killed_at_once(&cluster);
}

/// A jsonpath of one pod.
fn get(cluster: &Cluster, pod: &str, path: &str) -> String {
    cluster.ok(&["get", "pod", pod, "-o", &format!("jsonpath={path}")])
}

fn shell(cluster: &Cluster, pod: &str, script: &str) -> String {
    cluster.ok(&["exec", pod, "--", "/bin/sh", "-c", script])
}

/// Waits until the events of `pod` have all of these, each as `Type Reason Message`.
fn events(cluster: &Cluster, pod: &str, wanted: &[&str]) {
    let arguments = [
        "get",
        "events",
        "--field-selector",
        &format!("involvedObject.name={pod}"),
        "-o",
        "jsonpath={range .items[*]}{.type} {.reason} {.message}{\"\\n\"}{end}",
    ];
    for event in wanted {
        cluster.until(event, &arguments, |events| events.contains(event));
    }
}

fn configured(cluster: &Cluster) {
    let environment = shell(cluster, "configured", "env");
    let ip = get(cluster, "configured", "{.status.podIP}");
    let node = get(cluster, "configured", "{.spec.nodeName}");
    for line in [
        "EXPANDED=hello-$(x)-$(none)",
        "KEY=two words",
        "PASSWORD=s3cret",
        "POD=configured",
        "LABEL=b",
        &format!("IP={ip}"),
        &format!("NODE={node}"),
        "ACCOUNT=default",
        "CPU=250",
        "MEMORY=67108864",
        "P_greeting=hello",
        "HOSTNAME=my-host",
    ] {
        assert!(
            environment.lines().any(|own| own == line),
            "{line} is not in\n{environment}"
        );
    }
    assert!(!environment.contains("OPTIONAL="), "{environment}");
    mounted(cluster);
}

/// Files, names and users as the container sees them.
fn mounted(cluster: &Cluster) {
    let cases = [
        ("hostname -f", "my-host.sub.default.svc.cluster.local\n"),
        (
            "cat /etc/resolv.conf",
            "search x.example\nnameserver 9.9.9.9\noptions ndots:2 edns0\n",
        ),
        (
            "tail -n 2 /etc/hosts",
            "# Entries added by HostAliases.\n10.1.2.3\tfoo.local\tbar.local\n",
        ),
        (
            "df -k /memory | tail -n 1 | tr -s ' ' | cut -d ' ' -f 1,2",
            "tmpfs 8192\n",
        ),
        (
            "cat /map-key; cat /map/other /projected/deep/greeting",
            "hellotwo wordshello",
        ),
        (
            "stat -L -c '%a %g' /secret/password /projected/deep/greeting",
            "440 2000\n440 2000\n",
        ),
        (
            "grep -x 'a=\"b\"' /down/labels; cat /down/cpu",
            "a=\"b\"\n100",
        ),
        (
            "cat /projected/token | cut -d . -f 2 | tr '_-' '/+' | base64 -d 2>/dev/null | grep -o '\"aud\":\\[\"me\"\\]'",
            "\"aud\":[\"me\"]\n",
        ),
        (
            "echo kept > /named/file; cat /shared-volume/configured-x/file; stat -c '%a %g' /named",
            "kept\n2777 2000\n",
        ),
        ("stat -c '%a' /host", "755\n"),
        ("id", "uid=1000 gid=1001 groups=1001,2000,3000\n"),
        (
            "cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max",
            "67108864\n",
        ),
    ];
    for (script, expected) in cases {
        assert_eq!(shell(cluster, "configured", script), expected, "{script}");
    }
    assert_eq!(
        get(cluster, "configured", "{.status.qosClass}"),
        "Burstable"
    );
    assert_eq!(
        get(cluster, "first", "{.status.phase} {.status.qosClass}"),
        "Succeeded BestEffort"
    );
}

fn confined(cluster: &Cluster) {
    let in_container = |container: &str, script: &str| {
        cluster.ok(&[
            "exec", "confined", "-c", container, "--", "/bin/sh", "-c", script,
        ])
    };
    let status = "busybox grep -E '^(NoNewPrivs|Seccomp|CapEff):' /proc/1/status /proc/self/status | busybox cut -d : -f 2- | busybox tr '\\t\\n' '  '";
    assert_eq!(
        in_container("strict", status),
        "CapEff: 0000000000000400 NoNewPrivs: 1 Seccomp: 2 CapEff: 0000000000000400 NoNewPrivs: 1 Seccomp: 2 "
    );
    let read_only = "echo x > /file || echo refused; echo x > /tmp/file && echo allowed";
    assert_eq!(
        in_container("strict", &format!("({read_only}) 2>/dev/null")),
        "refused\nallowed\n"
    );
    let mounts = "busybox mkdir /mnt && busybox mount -t tmpfs none /mnt 2>/dev/null && echo mounted || echo refused";
    assert_eq!(in_container("plain", mounts), "refused\n");
    assert_eq!(in_container("privileged", mounts), "mounted\n");
}

fn shared(cluster: &Cluster) {
    let processes = cluster.ok(&["exec", "shared", "-c", "one", "--", "/bin/busybox", "ps"]);
    assert!(
        processes.contains("sleep 1111") && processes.contains("sleep 2222"),
        "{processes}"
    );
    let address = get(cluster, "on-host", "{.status.podIP} {.status.hostIP}");
    let (pod, host) = address.split_once(' ').expect("two addresses");
    assert_eq!(pod, host);
    let name = cluster.ok(&[
        "get",
        "nodes",
        "-o",
        "jsonpath={.items[0].metadata.labels.kubernetes\\.io/hostname}",
    ]);
    assert_eq!(shell(cluster, "on-host", "busybox hostname").trim(), name);
}

/// Init containers run in turn, a sidecar goes on beside the others and does not keep a pod from its end.
fn initialized(cluster: &Cluster) {
    cluster.until(
        "the end",
        &[
            "get",
            "pod",
            "with-sidecar",
            "-o",
            "jsonpath={.status.phase}",
        ],
        |phase| phase == "Succeeded",
    );
    let order = cluster.ok(&["logs", "with-sidecar", "-c", "main"]);
    assert_eq!(order, "one\nsidecar\ntwo\n");
    let ends = "{range .status.initContainerStatuses[*]}{.name}={.state.terminated.reason} {end}";
    assert_eq!(
        get(cluster, "with-sidecar", ends),
        "one=Completed sidecar=Completed two=Completed "
    );
    let conditions = "{range .status.conditions[*]}{.type}={.status}({.reason}{.message}) {end}";
    assert_eq!(
        get(cluster, "with-sidecar", conditions),
        "PodReadyToStartContainers=False() Initialized=True(PodCompleted) Ready=False(PodCompleted) ContainersReady=False(PodCompleted) PodScheduled=True() "
    );
    assert_eq!(
        get(cluster, "configured", conditions),
        "PodReadyToStartContainers=True() Initialized=True() Ready=True() ContainersReady=True() PodScheduled=True() "
    );
}

/// Why containers wait, word for word.
fn waiting(cluster: &Cluster) {
    let uid = get(cluster, "waiting", "{.metadata.uid}");
    let image = "127.0.0.1:5000/guestbook-web";
    for (container, reason, message) in [
        ("map-key", "CreateContainerConfigError", "couldn't find key missing in ConfigMap default/settings".to_owned()),
        ("secret", "CreateContainerConfigError", "secret \"missing\" not found".to_owned()),
        ("map", "CreateContainerConfigError", "configmap \"missing\" not found".to_owned()),
        ("root", "CreateContainerConfigError", format!("container's runAsUser breaks non-root policy (pod: \"waiting_default({uid})\", container: root)")),
        ("never", "ErrImageNeverPull", format!("Container image \"{image}:never\" is not present with pull policy of Never")),
        ("invalid", "InvalidImageName", "Failed to apply default image tag \"a:b:c\": couldn't parse image name \"a:b:c\": invalid reference format".to_owned()),
    ] {
        waits(cluster, "waiting", container, reason, &message);
    }
    let message = format!(
        "Back-off pulling image \"{image}:absent\": ErrImagePull: failed to pull image \"{image}:absent\": {image}:absent: not found"
    );
    waits(cluster, "absent", "absent", "ImagePullBackOff", &message);
    let uid = get(cluster, "no-command", "{.metadata.uid}");
    let message = format!("restarting failed container=no-command pod=no-command_default({uid})");
    waits(
        cluster,
        "no-command",
        "no-command",
        "CrashLoopBackOff",
        &message,
    );
    let last = "{.status.containerStatuses[0].lastState.terminated.reason} {.status.containerStatuses[0].lastState.terminated.exitCode}";
    assert_eq!(get(cluster, "no-command", last), "StartError 128");
    for pod in ["waiting", "absent"] {
        assert_eq!(get(cluster, pod, "{.status.phase}"), "Pending");
    }
    events(
        cluster,
        "waiting",
        &["Warning Failed Error: secret \"missing\" not found"],
    );
    let pull = [
        "Warning Failed Error: ErrImagePull",
        "Warning Failed Error: ImagePullBackOff",
        "Normal BackOff Back-off pulling image \"127.0.0.1:5000/guestbook-web:absent\"",
    ];
    events(cluster, "absent", &pull);
    let start = "Warning Failed Error: unable to start container process: exec: \"nosuchcommand\": executable file not found in $PATH\n";
    events(cluster, "no-command", &[start]);
    cluster.ok(&[
        "delete",
        "pod",
        "waiting",
        "absent",
        "no-command",
        "--wait=false",
    ]);
}

/// Waits until a container waits for this reason, with a message that ends so.
fn waits(cluster: &Cluster, pod: &str, container: &str, reason: &str, message: &str) {
    let state = format!(
        "jsonpath={{range .status.containerStatuses[?(@.name=='{container}')]}}{{.state.waiting.reason}} {{.state.waiting.message}}{{end}}"
    );
    cluster.until(message, &["get", "pod", pod, "-o", &state], |state| {
        state.starts_with(reason) && state.ends_with(message)
    });
}

/// How pods and containers end by themselves.
fn ended(cluster: &Cluster) {
    let failed = [
        ("out-of-memory", "Failed  ", "OOMKilled 137 "),
        ("message", "Failed  ", "Error 1 bye\n"),
        ("message-from-log", "Failed  ", "Error 1 from the log\n"),
        (
            "message-elsewhere",
            "Succeeded  ",
            "Completed 0 from a file\n",
        ),
        (
            "deadline",
            "Failed DeadlineExceeded Pod was active on the node longer than the specified deadline",
            "Error 137 ",
        ),
        ("bad-hook", "Failed  ", "Error 137 "),
    ];
    for (pod, whole, container) in failed {
        cluster.until(
            "its end",
            &["get", "pod", pod, "-o", "jsonpath={.status.phase}"],
            |phase| phase == "Failed" || phase == "Succeeded",
        );
        assert_eq!(
            get(
                cluster,
                pod,
                "{.status.phase} {.status.reason} {.status.message}"
            ),
            whole,
            "{pod}"
        );
        let state = "{range .status.containerStatuses[0].state.terminated}{.reason} {.exitCode} {.message}{end}";
        assert_eq!(get(cluster, pod, state), container, "{pod}");
    }
    events(
        cluster,
        "deadline",
        &["Normal DeadlineExceeded Pod was active on the node longer than the specified deadline"],
    );
    events(
        cluster,
        "bad-hook",
        &[
            "Warning FailedPostStartHook PostStartHook failed\n",
            "Normal Killing FailedPostStartHook\n",
        ],
    );
    init_fails(cluster);
    let counts = "jsonpath={range .status.containerStatuses[*]}{.name}={.restartCount} {end}";
    cluster.until(
        "a restart",
        &["get", "pod", "on-failure", "-o", counts],
        |counts| !counts.starts_with("fails=0 ") && counts.ends_with(" works=0 "),
    );
    assert_eq!(get(cluster, "on-failure", "{.status.phase}"), "Running");
}

fn init_fails(cluster: &Cluster) {
    cluster.until(
        "its end",
        &["get", "pod", "init-fails", "-o", "jsonpath={.status.phase}"],
        |phase| phase == "Failed",
    );
    assert_eq!(
        get(
            cluster,
            "init-fails",
            "{.status.initContainerStatuses[0].state.terminated.exitCode} {.status.containerStatuses[0].state.waiting.reason}"
        ),
        "3 PodInitializing"
    );
    assert_eq!(
        get(
            cluster,
            "init-fails",
            "{.status.conditions[?(@.type=='Ready')].reason} {.status.conditions[?(@.type=='Ready')].message}"
        ),
        "PodFailed "
    );
    let table = cluster.ok(&["get", "pod", "init-fails", "out-of-memory", "--no-headers"]);
    assert!(
        table.contains("Init:Error") && table.contains("OOMKilled"),
        "{table}"
    );
}

fn unhealthy(cluster: &Cluster) {
    let live = [
        "Warning Unhealthy Liveness probe failed: sick\n",
        "Normal Killing Container live failed liveness probe, will be restarted",
    ];
    events(cluster, "unhealthy", &live);
    let start = ["Normal Killing Container start failed startup probe, will be restarted"];
    events(cluster, "not-started", &start);
    let ready = [
        "Warning Unhealthy Readiness probe failed: dial tcp ",
        ":9: connect: connection refused",
        "Warning Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 404",
        "Warning Unhealthy Readiness probe failed: command timed out: \"sleep 10\" timed out after 1s",
    ];
    events(cluster, "unready", &ready);
    let errored = "Warning Unhealthy Liveness probe errored and resulted in unknown state: ";
    events(cluster, "unasked", &[errored]);
    let restarts = "jsonpath={.status.containerStatuses[0].restartCount}";
    assert_eq!(cluster.ok(&["get", "pod", "unasked", "-o", restarts]), "0");
    for pod in ["unhealthy", "not-started"] {
        cluster.until("a restart", &["get", "pod", pod, "-o", restarts], |count| {
            count != "0"
        });
    }
    let ready = "{.status.conditions[?(@.type=='Ready')].status} {.status.conditions[?(@.type=='Ready')].reason} {.status.containerStatuses[*].restartCount}";
    assert_eq!(
        get(cluster, "unready", ready),
        "False ContainersNotReady 0 0 0"
    );
    cluster.ok(&[
        "delete",
        "pod",
        "unhealthy",
        "not-started",
        "unready",
        "--wait=false",
    ]);
}

fn unmounted_until_there_is_what_it_needs(cluster: &Cluster) {
    events(
        cluster,
        "unmounted",
        &[
            "Warning FailedMount MountVolume.SetUp failed for volume \"map\" : configmap \"later\" not found",
        ],
    );
    events(
        cluster,
        "wrong-host-path",
        &[
            "Warning FailedMount MountVolume.SetUp failed for volume \"host\" : hostPath type check failed: /etc/passwd is not a directory",
        ],
    );
    assert_eq!(
        get(
            cluster,
            "unmounted",
            "{.status.phase} {.status.containerStatuses[0].state.waiting.reason}"
        ),
        "Pending ContainerCreating"
    );
    cluster.ok(&["create", "configmap", "later", "--from-literal=key=value"]);
    cluster.ok(&[
        "wait",
        "--for=condition=Ready",
        "pod/unmounted",
        "--timeout=10s",
    ]);
    assert_eq!(
        shell(cluster, "unmounted", "cat /map/key; echo $KEY"),
        "valuevalue\n"
    );
}

/// Files of ConfigMaps and of the pod's own labels change with them, all at once; subPath and environment stay.
fn follows_its_configuration(cluster: &Cluster) {
    cluster.ok(&[
        "patch",
        "configmap",
        "settings",
        "-p",
        r#"{"data": {"greeting": "changed"}}"#,
    ]);
    cluster.ok(&["label", "pod", "configured", "a=new", "--overwrite"]);
    for (script, expected) in [
        ("cat /map/greeting", "changed"),
        ("cat /projected/deep/greeting", "changed"),
        ("grep -x 'a=\"new\"' /down/labels", "a=\"new\"\n"),
    ] {
        eventually(script, Duration::from_secs(10), || {
            let seen = output(&mut cluster.kubectl(&[
                "exec",
                "configured",
                "--",
                "/bin/sh",
                "-c",
                script,
            ]));
            (text(&seen.stdout) == expected).then_some(())
        });
    }
    assert_eq!(
        shell(cluster, "configured", "cat /map-key; echo $P_greeting"),
        "hellohello\n"
    );
}

/// A pod whose shim dies is begun anew in another sandbox, init containers first.
fn begins_anew_without_its_sandbox(cluster: &Cluster) {
    let of = |path: &str| get(cluster, "shared", path);
    let before = of("{.status.podIP} {.status.containerStatuses[*].containerID}");
    // In a shared PID namespace the first process is a child of the shim.
    let marker = output(
        cluster
            .machine
            .command("pgrep")
            .args(["-f", "^sleep 1111$"]),
    );
    let process = text(&marker.stdout);
    let parent =
        std::fs::read_to_string(format!("/proc/{}/stat", process.trim())).expect("it runs");
    let shim = parent
        .rsplit_once(')')
        .and_then(|(_, rest)| rest.split_whitespace().nth(1))
        .expect("it has a parent");
    testkit::run(cluster.machine.command("kill").args(["-9", shim]));
    events(
        cluster,
        "shared",
        &["Normal SandboxChanged Pod sandbox changed, it will be killed and re-created."],
    );
    let counts = [
        "get",
        "pod",
        "shared",
        "-o",
        "jsonpath={.status.containerStatuses[*].restartCount}",
    ];
    cluster.until("restarts", &counts, |counts| counts == "1 1");
    cluster.ok(&[
        "wait",
        "--for=condition=Ready",
        "pod/shared",
        "--timeout=20s",
    ]);
    assert_ne!(
        of("{.status.podIP} {.status.containerStatuses[*].containerID}"),
        before
    );
    shared(cluster);
}

/// Hooks, signals and the order of things when a pod is deleted.
fn hooked(cluster: &Cluster, dir: &std::path::Path) {
    let log = || std::fs::read_to_string(dir.join("hooks")).expect("the pod writes it");
    let begun = log();
    assert!(
        begun.starts_with("postStart\n")
            && begun.contains("GET /start -\n")
            && begun.contains("GET /ready yes\n"),
        "{begun}"
    );
    cluster.ok(&["delete", "pod", "hooked"]);
    let end = log()[begun.len()..].to_owned();
    let place = |line: &str| {
        end.lines()
            .position(|own| own == line)
            .unwrap_or_else(|| panic!("{line} is not in\n{end}"))
    };
    assert!(place("preStop") < place("TERM of exec"), "{end}");
    assert!(place("GET /preStop -") < place("TERM of http"), "{end}");
    assert!(place("TERM of http") < place("TERM of sleep"), "{end}");
}

/// A forced deletion gives a container that ignores its signal a second, not its own grace.
fn killed_at_once(cluster: &Cluster) {
    let lives = || {
        output(
            cluster
                .machine
                .command("pgrep")
                .args(["-f", "stubborn-marker"]),
        )
        .status
        .success()
    };
    cluster.ok(&["delete", "pod", "stubborn", "--wait=false"]);
    assert!(lives());
    let begun = std::time::Instant::now();
    cluster.ok(&["delete", "pod", "stubborn", "--grace-period=0", "--force"]);
    eventually("its end", Duration::from_secs(10), || {
        (!lives()).then_some(())
    });
    assert!(begun.elapsed() < Duration::from_secs(10));
}
