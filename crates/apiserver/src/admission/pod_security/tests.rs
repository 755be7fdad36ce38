use super::{Counts, Judged, enforce, existing, policy::Policy, told, violations};
use crate::admission::testing::context;
use api::core::v1::Pod;
use meta::{Map, Str};
use resource::Operation;
use serde_json::{Value, json};
use telemetry::metrics::Registry;

fn labels(pairs: &[(&str, &str)]) -> Map<Str, Str> {
    let all = pairs.iter().map(|(mode, value)| {
        let key = format!("pod-security.kubernetes.io/{mode}");
        (Str::from(key), Str::from(*value))
    });
    all.collect()
}

fn pod(spec: Value) -> Pod {
    let document = json!({"metadata": {"name": "p"}, "spec": spec});
    meta::codec::from_value(&document).unwrap().object
}

/// A level and version, the fields of a pod with one container `c`, those of the container -> what is said.
#[track_caller]
fn check(level: &str, version: &str, spec: Value, container: Value, expect: &str) {
    let (policy, errors) = Policy::of(&labels(&[("enforce", level), ("enforce-version", version)]));
    assert!(errors.is_empty());
    let mut all = spec;
    let mut own = container;
    own["name"] = "c".into();
    all["containers"] = json!([own]);
    let pod = pod(all);
    let found = violations(policy.enforce, &pod.metadata, &pod.spec);
    let said = if found.is_empty() {
        String::new()
    } else {
        told(policy.enforce, &found)
    };
    let start = format!("violate PodSecurity \"{level}:{version}\": ");
    assert_eq!(said.strip_prefix(&start).unwrap_or(&said), expect);
}

#[test]
fn the_baseline() {
    let check = |spec, container, expect| check("baseline", "latest", spec, container, expect);
    check(json!({}), json!({}), "");
    check(
        json!({"hostNetwork": true, "hostPID": true}),
        json!({"ports": [{"containerPort": 80, "hostPort": 80}]}),
        "host namespaces (hostNetwork=true, hostPID=true), hostPort (container \"c\" uses hostPort 80)",
    );
    check(
        json!({"volumes": [{"name": "v", "hostPath": {"path": "/"}}]}),
        json!({"securityContext": {"privileged": true, "capabilities": {"add": ["SYS_ADMIN", "CHOWN"]}}}),
        "non-default capabilities (container \"c\" must not include \"SYS_ADMIN\" in securityContext.capabilities.add), \
         hostPath volumes (volume \"v\"), \
         privileged (container \"c\" must not set securityContext.privileged=true)",
    );
    check(
        json!({"securityContext": {"sysctls": [{"name": "kernel.msgmax", "value": "1"}], "seLinuxOptions": {"type": "x", "user": "u"}}}),
        json!({"securityContext": {"procMount": "Unmasked", "seccompProfile": {"type": "Unconfined"}}}),
        "procMount (container \"c\" must not set securityContext.procMount to \"Unmasked\"), \
         seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"x\"; user may not be set), \
         seccompProfile (container \"c\" must not set securityContext.seccompProfile.type to \"Unconfined\"), \
         forbidden sysctls (kernel.msgmax)",
    );
    check(
        json!({}),
        json!({"livenessProbe": {"httpGet": {"host": "h", "port": 1}}}),
        "probe or lifecycle host (container \"c\" uses probe or lifecycle host \"h\")",
    );
    check(
        json!({}),
        json!({"securityContext": {"appArmorProfile": {"type": "Unconfined"}, "windowsOptions": {"hostProcess": true}}}),
        "forbidden AppArmor profile (container \"c\" must not set AppArmor profile type to \"Unconfined\"), \
         hostProcess (container \"c\" must not set securityContext.windowsOptions.hostProcess=true)",
    );
}

#[test]
fn the_restricted_level() {
    let check = |spec, container, expect| check("restricted", "latest", spec, container, expect);
    check(
        json!({}),
        json!({}),
        "allowPrivilegeEscalation != false (container \"c\" must set securityContext.allowPrivilegeEscalation=false), \
         unrestricted capabilities (container \"c\" must set securityContext.capabilities.drop=[\"ALL\"]), \
         runAsNonRoot != true (pod or container \"c\" must set securityContext.runAsNonRoot=true), \
         seccompProfile (pod or container \"c\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")",
    );
    let hardened = json!({"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}});
    let container = json!({"securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}}});
    check(json!({"securityContext": hardened}), container.clone(), "");
    check(
        json!({"securityContext": {"runAsNonRoot": true, "runAsUser": 0, "seccompProfile": {"type": "Localhost"}}, "volumes": [{"name": "v", "hostPath": {"path": "/"}}, {"name": "w", "nfs": {}}]}),
        container,
        "restricted volume types (volumes \"v\", \"w\" use restricted volume types \"hostPath\", \"nfs\"), \
         runAsUser=0 (pod must not set runAsUser=0)",
    );
}

#[test]
fn versions() {
    let probe = json!({"livenessProbe": {"httpGet": {"host": "h", "port": 1}}});
    check("baseline", "v1.33", json!({}), probe, "");
    let sysctl =
        json!({"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_rmem", "value": "1"}]}});
    check(
        "baseline",
        "v1.31",
        sysctl.clone(),
        json!({}),
        "forbidden sysctls (net.ipv4.tcp_rmem)",
    );
    check("baseline", "v1.32", sysctl, json!({}), "");
    let own_users = json!({"hostUsers": false, "securityContext": {"runAsNonRoot": false, "seccompProfile": {"type": "RuntimeDefault"}}});
    let container = json!({"securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}});
    check(
        "restricted",
        "v1.35",
        own_users.clone(),
        container.clone(),
        "",
    );
    check(
        "restricted",
        "v1.34",
        own_users,
        container,
        "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)",
    );
}

#[test]
fn labels_say_what_is_enforced_and_warned_of() {
    let (policy, errors) = Policy::of(&labels(&[
        ("enforce", "baseline"),
        ("enforce-version", "v1.30"),
    ]));
    assert!(errors.is_empty());
    assert_eq!(policy.enforce.to_string(), "baseline:v1.30");
    assert_eq!(policy.warn.to_string(), "baseline:v1.30");
    let (policy, errors) = Policy::of(&labels(&[
        ("enforce", "strict"),
        ("warn", "none"),
        ("audit-version", "v1.01"),
    ]));
    assert_eq!(policy.enforce.to_string(), "restricted:latest");
    assert_eq!(policy.warn.to_string(), "privileged:latest");
    assert_eq!(
        errors.aggregate(),
        "[metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"strict\": must be one of privileged, baseline, restricted, \
         metadata.labels[pod-security.kubernetes.io/audit-version]: Invalid value: \"v1.01\": must be \"latest\" or \"v1.x\", \
         metadata.labels[pod-security.kubernetes.io/warn]: Invalid value: \"none\": must be one of privileged, baseline, restricted]"
    );
}

#[test]
fn refusals_and_warnings() {
    let cx = context(Vec::new());
    let registry = Registry::new();
    let judged = Judged {
        counts: &Counts::new(&registry),
        operation: Operation::Create,
        resource: "pod",
        subresource: "",
    };
    let pod = pod(json!({"containers": [{"name": "c"}], "hostIPC": true}));
    let (strict, _) = Policy::of(&labels(&[("enforce", "baseline")]));
    assert_eq!(
        enforce(&cx, judged, strict, &pod).unwrap_err(),
        "violates PodSecurity \"baseline:latest\": host namespaces (hostIPC=true)"
    );
    let (soft, _) = Policy::of(&labels(&[("warn", "baseline")]));
    enforce(&cx, judged, soft, &pod).unwrap();
    assert_eq!(
        cx.warnings.take(),
        ["would violate PodSecurity \"baseline:latest\": host namespaces (hostIPC=true)"]
    );
    let text = registry.render();
    for (decision, mode, level) in [
        ("deny", "enforce", "baseline"),
        ("allow", "enforce", "privileged"),
        ("deny", "warn", "baseline"),
    ] {
        let line = format!(
            "pod_security_evaluations_total{{decision=\"{decision}\",mode=\"{mode}\",policy_level=\"{level}\",policy_version=\"latest\",request_operation=\"create\",resource=\"pod\",subresource=\"\"}} 1\n"
        );
        assert!(text.contains(&line), "{line}\n{text}");
    }
}

#[test]
fn versions_are_counted_as_far_as_they_are_known() {
    let version = |level: &str, version: &str| {
        let (policy, _) = Policy::of(&labels(&[("enforce", level), ("enforce-version", version)]));
        policy.enforce.labels().1.into_owned()
    };
    assert_eq!(version("baseline", "latest"), "latest");
    assert_eq!(version("baseline", "v1.36"), "v1.36");
    assert_eq!(version("restricted", "v1.37"), "future");
    assert_eq!(version("privileged", "v1.25"), "latest");
}

#[test]
fn existing_pods_are_told_of() {
    let (policy, _) = Policy::of(&labels(&[("enforce", "baseline")]));
    let mut pods = Vec::new();
    for name in ["b", "a", "c"] {
        let mut one = pod(json!({"containers": [{"name": "c"}], "hostIPC": true}));
        one.metadata.name = name.into();
        pods.push(one.into());
    }
    assert_eq!(
        existing("n", policy.enforce, &pods),
        [
            "existing pods in namespace \"n\" violate the new PodSecurity enforce level \"baseline:latest\"",
            "a (and 2 other pods): host namespaces",
        ]
    );
}
