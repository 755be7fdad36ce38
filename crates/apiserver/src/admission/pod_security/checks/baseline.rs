//! What nearly all pods can do without.
use super::{Part, Set, Subject, Violation, containers, plural, quoted, quoted_set, setters};
use api::core::v1::{LifecycleHandler, Probe, SELinuxOptions};

const CAPABILITIES: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];
/// Kernel settings of a pod's own, and the version since which each is allowed.
const SYSCTLS: &[(&str, u32)] = &[
    ("kernel.shm_rmid_forced", 0),
    ("net.ipv4.ip_local_port_range", 0),
    ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ping_group_range", 0),
    ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ip_local_reserved_ports", 27),
    ("net.ipv4.tcp_keepalive_time", 29),
    ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29),
    ("net.ipv4.tcp_keepalive_probes", 29),
    ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
];
const SE_LINUX_TYPES: &[(&str, u32)] = &[
    ("", 0),
    ("container_t", 0),
    ("container_init_t", 0),
    ("container_kvm_t", 0),
    ("container_engine_t", 31),
];
const APP_ARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";
const SECCOMP_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
pub(super) const PROFILES: &[&str] = &["RuntimeDefault", "Localhost"];

pub(super) fn app_armor(subject: &Subject<'_>) -> Option<Violation> {
    let mut values = Set::new();
    let context = subject.spec.security_context.as_ref();
    let profile = context.and_then(|context| context.app_armor_profile.as_ref());
    let bad = |kind: &str| !PROFILES.contains(&kind);
    let pod = profile.filter(|profile| bad(&profile.type_));
    values.extend(pod.map(|profile| profile.type_.to_string()));
    let mut names = Vec::new();
    for part in &subject.containers {
        let profile = part
            .context
            .and_then(|context| context.app_armor_profile.as_ref());
        if let Some(profile) = profile.filter(|profile| bad(&profile.type_)) {
            names.push(part.name.as_str());
            values.insert(profile.type_.to_string());
        }
    }
    let mut annotations = Vec::new();
    for (key, value) in subject.metadata.annotations.iter() {
        let allowed =
            value.is_empty() || value == "runtime/default" || value.starts_with("localhost/");
        if key.starts_with(APP_ARMOR) && !allowed {
            annotations.push(format!("{key}={:?}", value.as_str()));
        }
    }
    annotations.sort_unstable();
    let mut who: Vec<String> = setters(pod.is_some(), &names).into_iter().collect();
    if !annotations.is_empty() {
        who.push(plural("annotation", "annotations", annotations.len()).to_owned());
    }
    let values: Vec<String> = values.into_iter().chain(annotations).collect();
    (!who.is_empty()).then(|| Violation {
        reason: plural(
            "forbidden AppArmor profile",
            "forbidden AppArmor profiles",
            values.len(),
        ),
        detail: format!(
            "{} must not set AppArmor profile type to {}",
            who.join(" and "),
            quoted(values.iter().map(String::as_str))
        ),
    })
}

pub(super) fn capabilities(subject: &Subject<'_>) -> Option<Violation> {
    let mut found = Set::new();
    let mut names = Vec::new();
    for part in &subject.containers {
        let added = part
            .capabilities()
            .map_or(&[][..], |capabilities| &capabilities.add);
        let bad = added
            .iter()
            .filter(|one| !CAPABILITIES.contains(&one.as_str()));
        let before = names.len();
        for one in bad {
            if names.len() == before {
                names.push(part.name.as_str());
            }
            found.insert(one.to_string());
        }
    }
    (!names.is_empty()).then(|| Violation {
        reason: "non-default capabilities",
        detail: format!(
            "{} must not include {} in securityContext.capabilities.add",
            containers(&names),
            quoted_set(&found)
        ),
    })
}

pub(super) fn host_namespaces(subject: &Subject<'_>) -> Option<Violation> {
    let spec = subject.spec;
    let all = [
        ("hostNetwork=true", spec.host_network),
        ("hostPID=true", spec.host_pid),
        ("hostIPC=true", spec.host_ipc),
    ];
    let set: Vec<&str> = all
        .iter()
        .filter(|(_, on)| *on)
        .map(|(name, _)| *name)
        .collect();
    (!set.is_empty()).then(|| Violation {
        reason: "host namespaces",
        detail: set.join(", "),
    })
}

pub(super) fn host_path_volumes(subject: &Subject<'_>) -> Option<Violation> {
    let volumes = subject.spec.volumes.iter();
    let volumes = volumes.filter(|volume| volume.volume_source.host_path.is_some());
    let names: Vec<&str> = volumes.map(|volume| volume.name.as_str()).collect();
    (!names.is_empty()).then(|| Violation {
        reason: "hostPath volumes",
        detail: format!(
            "{} {}",
            plural("volume", "volumes", names.len()),
            quoted(names.iter().copied())
        ),
    })
}

pub(super) fn host_ports(subject: &Subject<'_>) -> Option<Violation> {
    let names = subject.names(|part| part.ports.iter().any(|port| port.host_port != 0));
    let ports = subject.containers.iter().flat_map(|part| part.ports);
    let ports = ports.filter(|port| port.host_port != 0);
    let ports: Set = ports.map(|port| port.host_port.to_string()).collect();
    let shown: Vec<&str> = ports.iter().map(String::as_str).collect();
    (!names.is_empty()).then(|| Violation {
        reason: "hostPort",
        detail: format!(
            "{} {} {} {}",
            containers(&names),
            plural("uses", "use", names.len()),
            plural("hostPort", "hostPorts", ports.len()),
            shown.join(", ")
        ),
    })
}

pub(super) fn host_probes(subject: &Subject<'_>) -> Option<Violation> {
    let (mut names, mut hosts) = (Set::new(), Set::new());
    for part in &subject.containers {
        let found = hosts_of(part);
        if !found.is_empty() {
            names.insert(part.name.to_string());
            hosts.extend(found);
        }
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    (!names.is_empty()).then(|| Violation {
        reason: "probe or lifecycle host",
        detail: format!(
            "{} {} {} {}",
            containers(&names),
            plural("uses", "use", names.len()),
            plural(
                "probe or lifecycle host",
                "probe or lifecycle hosts",
                hosts.len()
            ),
            quoted_set(&hosts)
        ),
    })
}

/// Where a container's probes and hooks go, if not to itself.
fn hosts_of(part: &Part<'_>) -> Vec<String> {
    let of_probe = |probe: &Probe| {
        let handler = &probe.probe_handler;
        let http = handler.http_get.as_ref().map(|http| http.host.to_string());
        [
            http,
            handler.tcp_socket.as_ref().map(|tcp| tcp.host.to_string()),
        ]
    };
    let of_hook = |handler: &LifecycleHandler| {
        let http = handler.http_get.as_ref().map(|http| http.host.to_string());
        [
            http,
            handler.tcp_socket.as_ref().map(|tcp| tcp.host.to_string()),
        ]
    };
    let hooks = part
        .lifecycle
        .map(|lifecycle| [&lifecycle.post_start, &lifecycle.pre_stop]);
    let hooks = hooks
        .into_iter()
        .flatten()
        .filter_map(|hook| hook.as_deref());
    let probes = part
        .probes
        .iter()
        .flatten()
        .flat_map(|probe| of_probe(probe));
    let all = probes.chain(hooks.flat_map(of_hook)).flatten();
    all.filter(|host| !host.is_empty()).collect()
}

pub(super) fn privileged(subject: &Subject<'_>) -> Option<Violation> {
    let names = subject.names(|part| {
        part.context
            .is_some_and(|context| context.privileged == Some(true))
    });
    (!names.is_empty()).then(|| Violation {
        reason: "privileged",
        detail: format!(
            "{} must not set securityContext.privileged=true",
            containers(&names)
        ),
    })
}

pub(super) fn proc_mount(subject: &Subject<'_>) -> Option<Violation> {
    if subject.has_own_users() {
        return None;
    }
    unmasked(subject)
}

/// A view of the kernel's files that is not the default.
pub(super) fn unmasked(subject: &Subject<'_>) -> Option<Violation> {
    let mount = |part: &Part<'_>| {
        let mount = part
            .context
            .and_then(|context| context.proc_mount.as_deref());
        mount.filter(|mount| *mount != "Default").map(str::to_owned)
    };
    let names = subject.names(|part| mount(part).is_some());
    let mounts: Set = subject.containers.iter().filter_map(mount).collect();
    (!names.is_empty()).then(|| Violation {
        reason: "procMount",
        detail: format!(
            "{} must not set securityContext.procMount to {}",
            containers(&names),
            quoted_set(&mounts)
        ),
    })
}

pub(super) fn se_linux(subject: &Subject<'_>) -> Option<Violation> {
    let allowed = |kind: &str| {
        let mut known = SE_LINUX_TYPES.iter();
        known.any(|(name, since)| *name == kind && subject.version.has(*since))
    };
    let bad = |options: &SELinuxOptions| {
        !allowed(&options.type_) || !options.user.is_empty() || !options.role.is_empty()
    };
    let context = subject.spec.security_context.as_ref();
    let own = context.and_then(|context| context.se_linux_options.as_deref());
    let theirs = subject.containers.iter().filter_map(|part| {
        let options = part
            .context
            .and_then(|context| context.se_linux_options.as_deref());
        options.map(|options| (part.name.as_str(), options))
    });
    let theirs: Vec<(&str, &SELinuxOptions)> = theirs.collect();
    let names = theirs.iter().filter(|(_, options)| bad(options));
    let names: Vec<&str> = names.map(|(name, _)| *name).collect();
    let who = setters(own.is_some_and(bad), &names)?;
    let all = || {
        own.into_iter()
            .chain(theirs.iter().map(|(_, options)| *options))
    };
    let types = all().filter(|options| !allowed(&options.type_));
    let types: Set = types.map(|options| options.type_.to_string()).collect();
    let mut what = Vec::new();
    if !types.is_empty() {
        let word = plural("type", "types", types.len());
        what.push(format!("{word} {}", quoted_set(&types)));
    }
    if all().any(|options| !options.user.is_empty()) {
        what.push("user may not be set".to_owned());
    }
    if all().any(|options| !options.role.is_empty()) {
        what.push("role may not be set".to_owned());
    }
    Some(Violation {
        reason: "seLinuxOptions",
        detail: format!(
            "{who} set forbidden securityContext.seLinuxOptions: {}",
            what.join("; ")
        ),
    })
}

pub(super) fn seccomp(subject: &Subject<'_>) -> Option<Violation> {
    if !subject.version.has(19) {
        return old_seccomp(subject);
    }
    bad_seccomp(subject)
}

/// Profiles that are named, and allow everything.
pub(super) fn bad_seccomp(subject: &Subject<'_>) -> Option<Violation> {
    let bad = |kind: &str| !PROFILES.contains(&kind);
    let context = subject.spec.security_context.as_ref();
    let profile = context.and_then(|context| context.seccomp_profile.as_ref());
    let own = profile.filter(|profile| bad(&profile.type_));
    let mut values: Set = own
        .map(|profile| profile.type_.to_string())
        .into_iter()
        .collect();
    let mut names = Vec::new();
    for part in &subject.containers {
        let profile = part
            .context
            .and_then(|context| context.seccomp_profile.as_ref());
        if let Some(profile) = profile.filter(|profile| bad(&profile.type_)) {
            names.push(part.name.as_str());
            values.insert(profile.type_.to_string());
        }
    }
    let who = setters(own.is_some(), &names)?;
    Some(Violation {
        reason: "seccompProfile",
        detail: format!(
            "{who} must not set securityContext.seccompProfile.type to {}",
            quoted_set(&values)
        ),
    })
}

/// Before v1.19 annotations said it.
fn old_seccomp(subject: &Subject<'_>) -> Option<Violation> {
    let keys = subject.containers.iter();
    let keys = keys.map(|part| format!("{SECCOMP_CONTAINER}{}", part.name));
    let mut found = Set::new();
    for key in std::iter::once(SECCOMP_POD.to_owned()).chain(keys) {
        let Some(value) = subject.metadata.annotations.get(key.as_str()) else {
            continue;
        };
        let named = ["runtime/default", "docker/default"].contains(&value.as_str());
        if !named && !value.starts_with("localhost/") {
            found.insert(format!("{key}={:?}", value.as_str()));
        }
    }
    let shown: Vec<&str> = found.iter().map(String::as_str).collect();
    (!shown.is_empty()).then(|| Violation {
        reason: "seccompProfile",
        detail: format!(
            "forbidden {} {}",
            plural("annotation", "annotations", shown.len()),
            shown.join(", ")
        ),
    })
}

pub(super) fn sysctls(subject: &Subject<'_>) -> Option<Violation> {
    let allowed = |name: &str| {
        let mut known = SYSCTLS.iter();
        known.any(|(safe, since)| *safe == name && subject.version.has(*since))
    };
    let context = subject.spec.security_context.as_ref();
    let set = context.map_or(&[][..], |context| &context.sysctls);
    let bad = set.iter().filter(|sysctl| !allowed(&sysctl.name));
    let bad: Vec<&str> = bad.map(|sysctl| sysctl.name.as_str()).collect();
    (!bad.is_empty()).then(|| Violation {
        reason: "forbidden sysctls",
        detail: bad.join(", "),
    })
}

pub(super) fn windows_host_process(subject: &Subject<'_>) -> Option<Violation> {
    let names = subject.names(|part| {
        let options = part
            .context
            .and_then(|context| context.windows_options.as_ref());
        options.is_some_and(|options| options.host_process == Some(true))
    });
    let context = subject.spec.security_context.as_ref();
    let own = context.and_then(|context| context.windows_options.as_ref());
    let own = own.is_some_and(|options| options.host_process == Some(true));
    setters(own, &names).map(|who| Violation {
        reason: "hostProcess",
        detail: format!("{who} must not set securityContext.windowsOptions.hostProcess=true"),
    })
}
