//! What comes out for what goes in.

use super::*;

fn check_user(
    context: v1::LinuxContainerSecurityContext,
    image_user: &str,
    expect: Option<(u32, u32, &[u32])>,
) {
    let passwd = b"root:x:0:0::/root:/bin/sh\nredis:x:101:102::/:/bin/false\nnobody:x:65534:65534::/:/bin/false\n";
    let group = b"root:x:0:\nredis:x:102:\ndisk:x:6:root,redis\n";
    let user = resolve_user(&context, image_user, passwd, group).ok();
    let expect = expect.map(|(uid, gid, groups)| User {
        uid,
        gid,
        groups: groups.to_vec(),
    });
    assert_eq!(user, expect, "{context:?} {image_user}");
}

#[test]
fn users_are_resolved() {
    let plain = v1::LinuxContainerSecurityContext::default;
    let id = |value| Some(v1::Int64Value { value });
    check_user(plain(), "", Some((0, 0, &[0, 6])));
    check_user(plain(), "redis", Some((101, 102, &[102, 6])));
    check_user(plain(), "redis:disk", Some((101, 6, &[6])));
    check_user(plain(), "101", Some((101, 102, &[102, 6])));
    check_user(plain(), "4242", Some((4242, 0, &[0])));
    check_user(plain(), "4242:7", Some((4242, 7, &[7])));
    check_user(plain(), "ghost", None);
    check_user(plain(), "redis:ghost", None);
    let context = v1::LinuxContainerSecurityContext {
        run_as_user: id(1000),
        ..plain()
    };
    check_user(context.clone(), "redis", Some((1000, 0, &[0])));
    let context = v1::LinuxContainerSecurityContext {
        run_as_group: id(3000),
        ..context
    };
    check_user(context.clone(), "redis", Some((1000, 3000, &[3000])));
    let context = v1::LinuxContainerSecurityContext {
        supplemental_groups: vec![2000, 3000],
        ..context
    };
    check_user(context, "redis", Some((1000, 3000, &[3000, 2000])));
    let strict = v1::SupplementalGroupsPolicy::Strict as i32;
    let context = v1::LinuxContainerSecurityContext {
        supplemental_groups_policy: strict,
        ..plain()
    };
    check_user(context, "redis", Some((101, 102, &[102])));
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

/// The specification of a container in an image with entrypoint `/entry`, command `serve` and `A=image`.
fn generate(container: v1::ContainerConfig) -> Result<Value, SpecError> {
    generate_joined(container, None, &[])
}

/// The same within the processes of `target_pid`, on a machine with these hierarchies.
fn generate_joined(
    container: v1::ContainerConfig,
    target_pid: Option<i32>,
    hierarchies: &[PathBuf],
) -> Result<Value, SpecError> {
    let image = image::ImageConfig {
        entrypoint: strings(&["/entry"]),
        cmd: strings(&["serve"]),
        env: strings(&["A=image", "PATH=/bin"]),
        ..image::ImageConfig::default()
    };
    let paths = Paths {
        rootfs: "/b/rootfs".to_owned(),
        ..Paths::default()
    };
    let input = Input {
        container: &container,
        sandbox: &v1::PodSandboxConfig {
            hostname: "pod".to_owned(),
            ..Default::default()
        },
        image: &image,
        user: &User::default(),
        paths: &paths,
        available: &strings(&["CAP_CHOWN", "CAP_NET_ADMIN", "CAP_NET_RAW"]),
        devices: &[],
        shim_pid: 7,
        pause_pid: None,
        target_pid,
        cgroup: "/pod/c",
        hierarchies,
        swap: false,
    };
    spec(&input)
}

fn check_arguments(command: &[&str], args: &[&str], expect: &[&str]) {
    let container = v1::ContainerConfig {
        command: strings(command),
        args: strings(args),
        ..v1::ContainerConfig::default()
    };
    assert_eq!(
        generate(container).unwrap()["process"]["args"],
        json!(expect)
    );
}

#[test]
fn command_and_arguments_replace_the_images() {
    check_arguments(&[], &[], &["/entry", "serve"]);
    check_arguments(&[], &["x"], &["/entry", "x"]);
    check_arguments(&["sh"], &[], &["sh"]);
    check_arguments(&["sh"], &["-c", "x"], &["sh", "-c", "x"]);
}

#[test]
fn the_containers_environment_counts_before_the_images() {
    let variable = |key: &str, value: &str| v1::KeyValue {
        key: key.to_owned(),
        value: value.as_bytes().to_vec(),
    };
    let container = v1::ContainerConfig {
        envs: vec![
            variable("A", "own"),
            variable("B", "x=y"),
            variable("B", "last"),
        ],
        ..v1::ContainerConfig::default()
    };
    let env = generate(container).unwrap()["process"]["env"].clone();
    assert_eq!(env, json!(["PATH=/bin", "HOSTNAME=pod", "A=own", "B=last"]));
}

fn with_context(context: v1::LinuxContainerSecurityContext) -> v1::ContainerConfig {
    let linux = v1::LinuxContainerConfig {
        security_context: Some(context),
        resources: None,
    };
    v1::ContainerConfig {
        linux: Some(linux),
        ..v1::ContainerConfig::default()
    }
}

fn check_capabilities(add: &[&str], drop: &[&str], privileged: bool, expect: &[&str]) {
    let capabilities = v1::Capability {
        add_capabilities: strings(add),
        drop_capabilities: strings(drop),
        add_ambient_capabilities: Vec::new(),
    };
    let context = v1::LinuxContainerSecurityContext {
        capabilities: Some(capabilities),
        privileged,
        ..Default::default()
    };
    let spec = generate(with_context(context)).unwrap();
    assert_eq!(
        spec["process"]["capabilities"]["effective"],
        json!(expect),
        "{add:?} {drop:?}"
    );
}

#[test]
fn capabilities_are_added_dropped_and_bounded() {
    check_capabilities(&[], &[], false, &["CAP_CHOWN", "CAP_NET_RAW"]);
    check_capabilities(
        &["NET_ADMIN"],
        &["chown"],
        false,
        &["CAP_NET_ADMIN", "CAP_NET_RAW"],
    );
    check_capabilities(&[], &["ALL"], false, &[]);
    check_capabilities(&["CAP_NET_RAW"], &["ALL"], false, &["CAP_NET_RAW"]);
    check_capabilities(
        &["ALL"],
        &[],
        false,
        &["CAP_CHOWN", "CAP_NET_ADMIN", "CAP_NET_RAW"],
    );
    check_capabilities(
        &[],
        &[],
        true,
        &["CAP_CHOWN", "CAP_NET_ADMIN", "CAP_NET_RAW"],
    );
    let context = v1::LinuxContainerSecurityContext {
        capabilities: Some(v1::Capability {
            add_capabilities: strings(&["FLY"]),
            ..Default::default()
        }),
        ..Default::default()
    };
    assert!(matches!(
        generate(with_context(context)),
        Err(SpecError::Capability { .. })
    ));
}

#[test]
fn the_default_filter_lets_no_namespaces_be_made() {
    let profile = v1::SecurityProfile::default();
    let context = v1::LinuxContainerSecurityContext {
        seccomp: Some(profile),
        ..Default::default()
    };
    let spec = generate(with_context(context)).unwrap();
    let rules = spec["linux"]["seccomp"]["syscalls"].as_array().unwrap();
    let allows = |name: &str| {
        rules.iter().any(|r| {
            r["action"] == "SCMP_ACT_ALLOW"
                && r.get("args").is_none()
                && r["names"].as_array().unwrap().contains(&json!(name))
        })
    };
    for name in [
        "read",
        "openat",
        "futex",
        "epoll_wait",
        "capset",
        "execve",
        "accept4",
    ] {
        assert!(allows(name), "{name}");
    }
    for name in [
        "mount",
        "unshare",
        "setns",
        "clone",
        "clone3",
        "bpf",
        "kexec_load",
        "init_module",
        "socket",
    ] {
        assert!(!allows(name), "{name}");
    }
    assert!(
        generate(v1::ContainerConfig::default()).unwrap()["linux"]
            .get("seccomp")
            .is_none()
    );
}

#[test]
fn signals_have_numbers() {
    for (text, expect) in [
        ("SIGQUIT", Some(3)),
        ("quit", Some(3)),
        ("37", Some(37)),
        ("SIGRTMIN+3", Some(37)),
        ("99", None),
        ("", None),
    ] {
        assert_eq!(stop_signal_of_image(text), expect, "{text}");
    }
}

#[test]
fn mounts_below_others_come_later_and_replace_ours() {
    let directory = tempfile::tempdir().unwrap();
    let host_path = directory.path().to_str().unwrap().to_owned();
    let mount = |path: &str, readonly| v1::Mount {
        container_path: path.to_owned(),
        host_path: host_path.clone(),
        readonly,
        ..Default::default()
    };
    let container = v1::ContainerConfig {
        mounts: vec![
            mount("/data/inner", true),
            mount("/data/", false),
            mount("/dev/shm", false),
        ],
        ..v1::ContainerConfig::default()
    };
    let spec = generate(container).unwrap();
    let mounts: Vec<(&str, bool)> = spec["mounts"]
        .as_array()
        .unwrap()
        .iter()
        .skip(6)
        .map(|m| {
            (
                m["destination"].as_str().unwrap(),
                m["options"].as_array().unwrap().contains(&json!("ro")),
            )
        })
        .collect();
    assert_eq!(
        mounts,
        [("/data", false), ("/data/inner", true), ("/dev/shm", false)]
    );
}

#[test]
fn who_joins_others_processes_gets_each_control_group_by_its_path() {
    let hierarchies = ["/sys/fs/cgroup/cpu,cpuacct", "/sys/fs/cgroup/systemd"].map(PathBuf::from);
    let groups = |target, hierarchies: &[PathBuf]| -> Vec<String> {
        let spec = generate_joined(v1::ContainerConfig::default(), target, hierarchies).unwrap();
        let mounts = spec["mounts"].as_array().unwrap().clone();
        let text = |mount: &Value, key: &str| mount[key].as_str().unwrap().to_owned();
        let groups = mounts.iter().map(|mount| {
            [
                text(mount, "destination"),
                text(mount, "type"),
                text(mount, "source"),
            ]
        });
        groups
            .filter(|[to, ..]| to.starts_with("/sys/fs/cgroup"))
            .map(|mount| mount.join(" "))
            .collect()
    };
    let whole = ["/sys/fs/cgroup cgroup cgroup"];
    assert_eq!(groups(None, &hierarchies), whole);
    assert_eq!(groups(Some(8), &[]), whole);
    let each = [
        "/sys/fs/cgroup tmpfs tmpfs",
        "/sys/fs/cgroup/cpu,cpuacct bind /sys/fs/cgroup/cpu,cpuacct/pod/c",
        "/sys/fs/cgroup/systemd bind /sys/fs/cgroup/systemd/pod/c",
    ];
    assert_eq!(groups(Some(8), &hierarchies), each);
}
