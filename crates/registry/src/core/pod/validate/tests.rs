mod changes;

use super::{create, difference, update};
use api::core::v1::{
    Container, ContainerResizePolicy, ContainerRestartRule, ContainerRestartRuleOnExitCodes, Pod,
    Toleration,
};
use meta::{
    FieldErrors, FieldPath,
    codec::{self, Strictness},
};
use serde_json::Value;

/// Every field of a template filled with nonsense, against everything that upstream said of it.
#[test]
fn everything_wrong_at_once() {
    let root = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/upstream/golden/every-kind"
    );
    let path = format!("{root}/core.v1.PodTemplate.yaml.0.json");
    let Ok(record) = std::fs::read(&path) else {
        let words = format!("skipped: no records at {path}\n");
        let _ = std::io::Write::write_all(&mut std::io::stderr(), words.as_bytes());
        return;
    };
    let record: Value = serde_json::from_slice(&record).unwrap();
    let input = record["input"].to_string();
    let template =
        codec::from_json::<api::core::v1::PodTemplate>(input.as_bytes(), Strictness::Strict);
    let mut template = template.unwrap().object.template;
    crate::core::pod::defaults::spec(&mut template.spec);
    let mut errors = FieldErrors::new();
    crate::apps::template::check_pods(&mut errors, &FieldPath::new("template"), &template);
    let got: Vec<String> = errors
        .iter()
        .map(|error| format!("{} | {}", error.field, error.body()))
        .collect();
    let causes = record["create"]["body"]["details"]["causes"]
        .as_array()
        .unwrap();
    let want = causes
        .iter()
        .filter(|cause| cause["field"].as_str().unwrap().starts_with("template"))
        .map(|cause| {
            format!(
                "{} | {}",
                cause["field"].as_str().unwrap(),
                cause["message"].as_str().unwrap()
            )
        });
    for (index, want) in want.clone().enumerate() {
        assert_eq!(got.get(index), Some(&want), "error {index}");
    }
    assert_eq!(got.len(), want.count(), "{:?}", got.last());
}

#[track_caller]
fn check_difference(old: &str, new: &str, expect: &str) {
    assert_eq!(
        difference::unified(&old.replace(' ', "\n"), &new.replace(' ', "\n")),
        expect
    );
}

#[test]
fn differences_show_three_lines_around() {
    check_difference("a b c", "a b c", "");
    check_difference(
        "a b c d e",
        "a b c d x",
        "@@ -2,4 +2,4 @@\n b\n c\n d\n-e\n+x\n",
    );
    check_difference("a", "b", "@@ -1 +1 @@\n-a\n+b\n");
    check_difference(
        "a 1 2 3 4 5 6 7 8 b",
        "x 1 2 3 4 5 6 7 8 y",
        "@@ -1,4 +1,4 @@\n-a\n+x\n 1\n 2\n 3\n@@ -7,4 +7,4 @@\n 6\n 7\n 8\n-b\n+y\n",
    );
    check_difference("a b", "a a b", "@@ -1,2 +1,3 @@\n+a\n a\n b\n");
}

fn pod() -> Pod {
    let mut pod = Pod::default();
    pod.metadata.name = "web".into();
    pod.spec.containers.push(Container {
        name: "web".into(),
        image: "web:1".into(),
        ..Container::default()
    });
    crate::core::pod::defaults::pod(&mut pod);
    pod
}

/// Why a pod is refused.
#[track_caller]
fn check_create(change: impl FnOnce(&mut Pod), expect: &str) {
    let mut pod = pod();
    change(&mut pod);
    let mut errors = FieldErrors::new();
    create(&mut errors, &pod);
    assert_eq!(errors.aggregate(), expect);
}

fn amounts(list: &[(&str, &str)]) -> meta::Map<meta::Str, meta::Quantity> {
    let amount = |(name, text): &(&str, &str)| {
        (
            meta::Str::from(*name),
            text.parse::<meta::Quantity>().unwrap(),
        )
    };
    list.iter().map(amount).collect()
}

#[test]
fn resources_fit_their_limits() {
    let resources = |limits: &'static [(&str, &str)], requests: &'static [(&str, &str)]| {
        move |pod: &mut Pod| {
            let resources = &mut pod.spec.containers[0].resources;
            (resources.limits, resources.requests) = (amounts(limits), amounts(requests));
        }
    };
    let path = "spec.containers[0].resources";
    check_create(resources(&[("cpu", "1")], &[("cpu", "500m")]), "[]");
    check_create(
        resources(&[("cpu", "1")], &[("cpu", "1500m")]),
        &format!(
            "{path}.requests: Invalid value: \"1500m\": must be less than or equal to cpu limit of 1"
        ),
    );
    check_create(
        resources(&[("cpu", "-1")], &[]),
        &format!("{path}.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0"),
    );
    check_create(
        resources(&[("example.com/gpu", "2")], &[("example.com/gpu", "1")]),
        &format!(
            "{path}.requests: Invalid value: \"1\": must be equal to example.com/gpu limit of 2"
        ),
    );
    check_create(
        resources(&[("example.com/gpu", "500m")], &[]),
        &format!("{path}.limits[example.com/gpu]: Invalid value: \"500m\": must be an integer"),
    );
    check_create(
        resources(&[], &[("example.com/gpu", "1")]),
        &format!(
            "{path}.limits: Required value: Limit must be set for non overcommitable resources"
        ),
    );
    check_create(
        resources(&[("hugepages-2Mi", "2Mi")], &[("hugepages-2Mi", "2Mi")]),
        &format!("{path}: Forbidden: HugePages require cpu or memory"),
    );
}

#[test]
fn contexts_do_not_contradict_themselves() {
    check_create(
        |pod| {
            let context = pod.spec.containers[0]
                .security_context
                .get_or_insert_default();
            context.run_as_user = Some(-1);
        },
        "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
    );
    check_create(
        |pod| {
            let context = pod.spec.containers[0]
                .security_context
                .get_or_insert_default();
            (context.privileged, context.allow_privilege_escalation) = (Some(true), Some(false));
        },
        "spec.containers[0].securityContext: Invalid value: {\"Capabilities\":null,\"Privileged\":true,\"SELinuxOptions\":null,\"WindowsOptions\":null,\"RunAsUser\":null,\"RunAsGroup\":null,\"RunAsNonRoot\":null,\"ReadOnlyRootFilesystem\":null,\"AllowPrivilegeEscalation\":false,\"ProcMount\":null,\"SeccompProfile\":null,\"AppArmorProfile\":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true",
    );
}

/// Fields of a pod's spec -> why it is refused.
#[track_caller]
fn check_spec(fields: serde_json::Value, expect: &str) {
    let change = |pod: &mut Pod| {
        let mut whole = meta::codec::to_value(&pod.spec);
        for (key, value) in fields.as_object().unwrap() {
            whole[key] = value.clone();
        }
        pod.spec = meta::codec::from_value(&whole).unwrap().object;
        crate::core::pod::defaults::pod(pod);
    };
    check_create(change, expect);
}

#[test]
fn paths_of_devices() {
    use serde_json::json;
    let check = |paths: [&str; 2], expect| {
        let device = |name: &str, path: &str| json!({"name": name, "devicePath": path});
        let devices = [device("a", paths[0]), device("b", paths[1])];
        let volume =
            |name: &str| json!({"name": name, "persistentVolumeClaim": {"claimName": "c"}});
        check_spec(
            json!({
                "volumes": [volume("a"), volume("b")],
                "containers": [{"name": "web", "image": "web:1", "volumeDevices": devices}],
            }),
            expect,
        );
    };
    check(["/x", "/y"], "[]");
    check(
        ["/x", "/x"],
        "spec.containers[0].volumeDevices[1].devicePath: Invalid value: \"/x\": must be unique",
    );
    // None is a path as any.
    check(
        ["", ""],
        "[spec.containers[0].volumeDevices[0].devicePath: Required value, \
         spec.containers[0].volumeDevices[1].devicePath: Required value, \
         spec.containers[0].volumeDevices[1].devicePath: Invalid value: \"\": must be unique]",
    );
    check(
        ["../x", "../x"],
        "[spec.containers[0].volumeDevices[0].devicePath: Invalid value: \"../x\": can not contain backsteps ('..'), \
         spec.containers[0].volumeDevices[1].devicePath: Invalid value: \"../x\": can not contain backsteps ('..')]",
    );
}

#[test]
fn words_of_single_fields() {
    use serde_json::json;
    let volume = |source: serde_json::Value| {
        let mut volume = json!({"name": "v"});
        let source = source.as_object().unwrap().clone();
        volume.as_object_mut().unwrap().extend(source);
        json!({"volumes": [volume]})
    };
    check_spec(
        volume(json!({"gcePersistentDisk": {"pdName": "d", "partition": 256}})),
        "spec.volumes[0].persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive",
    );
    check_spec(
        volume(json!({"gcePersistentDisk": {"pdName": "d", "partition": 0}})),
        "[]",
    );
    check_spec(
        volume(json!({"csi": {"driver": ""}})),
        "spec.volumes[0].csi.driver: Required value",
    );
    check_spec(json!({"os": {"name": ""}}), "spec.os.name: Required value");
    check_spec(
        json!({"tolerations": [{"key": "k", "operator": "Gt", "value": "1"}]}),
        "spec.tolerations[0].operator: Unsupported value: \"Gt\": supported values: \"Equal\", \"Exists\", \"Lt\", \"Gt\"",
    );
}

#[test]
fn the_host_has_each_port_once() {
    check_create(
        |pod| {
            pod.spec.host_network = true;
            pod.spec.containers[0].ports = [Default::default(), Default::default()].into();
            for port in &mut pod.spec.containers[0].ports {
                (port.container_port, port.host_port) = (80, 80);
                port.protocol = "TCP".into();
            }
        },
        "spec.containers[0].ports[1].hostPort: Duplicate value: \"TCP//80\"",
    );
}

#[test]
fn rules_of_restarts_are_counted() {
    let rule = |values: usize| ContainerRestartRule {
        action: "Restart".into(),
        exit_codes: Some(Box::new(ContainerRestartRuleOnExitCodes {
            operator: "In".into(),
            values: vec![1; values].into(),
        })),
    };
    check_create(
        |pod| {
            let container = &mut pod.spec.containers[0];
            container.restart_policy = Some("Never".into());
            container.restart_policy_rules = vec![rule(1); 21].into();
            container.restart_policy_rules[20] = rule(256);
        },
        "[spec.containers[0].restartPolicyRules: Too many: 21: must have at most 20 items, spec.containers[0].restartPolicyRules[20].exitCodes.values: Too many: 256: must have at most 255 items]",
    );
}

#[test]
fn init_containers_say_when_they_restart_before_their_rules_count() {
    check_create(
        |pod| {
            let mut container = pod.spec.containers[0].clone();
            container.name = "init".into();
            container.restart_policy_rules = [ContainerRestartRule::default()].into();
            pod.spec.init_containers.push(container);
        },
        "spec.initContainers[0].restartPolicy: Required value: must specify restartPolicy when restart rules are used",
    );
}

/// A pod with an init container that would restart when it is resized.
fn restarting(policy: Option<&str>) -> Pod {
    let mut pod = pod();
    let mut container = pod.spec.containers[0].clone();
    container.name = "init".into();
    container.restart_policy = policy.map(Into::into);
    container.resize_policy = [ContainerResizePolicy {
        resource_name: "cpu".into(),
        restart_policy: "RestartContainer".into(),
    }]
    .into();
    pod.spec.init_containers.push(container);
    pod
}

#[test]
fn only_sidecars_restart_when_resized() {
    check_create(|pod| *pod = restarting(Some("Always")), "[]");
    check_create(
        |pod| *pod = restarting(None),
        "spec.initContainers[0].resizePolicy[0].restartPolicy: Invalid value: \"RestartContainer\": must not be set to 'RestartContainer' for non-sidecar initContainers",
    );
    // A stored one stays as it is.
    let old = restarting(None);
    let mut new = old.clone();
    new.spec.containers[0].image = "web:2".into();
    let mut errors = FieldErrors::new();
    update(&mut errors, &new, &old);
    assert_eq!(errors.aggregate(), "[]");
}

/// Why a change of a pod is refused: the first line.
#[track_caller]
fn check_change(change: impl FnOnce(&mut Pod), expect: &str) {
    let old = pod();
    let mut new = old.clone();
    change(&mut new);
    let mut errors = FieldErrors::new();
    update(&mut errors, &new, &old);
    let words = errors.aggregate();
    assert_eq!(words.lines().next(), Some(expect));
}

#[test]
fn little_of_a_pod_may_change() {
    check_change(|pod| pod.spec.containers[0].image = "web:2".into(), "[]");
    check_change(|pod| pod.spec.active_deadline_seconds = Some(5), "[]");
    check_change(
        |pod| {
            pod.spec.tolerations.push(Toleration {
                operator: "Exists".into(),
                ..Toleration::default()
            });
        },
        "[]",
    );
    check_change(
        |pod| pod.spec.containers[0].image = Default::default(),
        "spec.containers[0].image: Required value",
    );
    check_change(
        |pod| pod.spec.host_network = true,
        "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
    );
    check_change(
        |pod| {
            pod.spec.scheduling_gates = [api::core::v1::PodSchedulingGate {
                name: "wait".into(),
            }]
            .into()
        },
        "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'wait'",
    );
}

#[test]
fn a_gate_that_is_named_twice_is_told_once() {
    let gate = |name: &str| api::core::v1::PodSchedulingGate { name: name.into() };
    let (mut old, mut new) = (pod(), pod());
    old.spec.scheduling_gates = [gate("a")].into();
    new.spec.scheduling_gates = ["b", "a", "b", "a"].map(gate).into();
    let mut errors = FieldErrors::new();
    super::placement::check_only_opened(&mut errors, &new.spec, &old.spec);
    assert_eq!(
        errors.aggregate(),
        "spec.schedulingGates[2].name: Forbidden: only deletion is allowed, but found new scheduling gate 'b'"
    );
}
