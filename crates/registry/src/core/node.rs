//! Node: a machine that runs pods.

use crate::rules;
use api::core::v1::{Node, NodeAddress, Taint, TaintEffect};
use meta::{FieldErrors, FieldPath, Str, validation};
use resource::{Column, Connect, Part, RequestContext, Strategy, Subresources};
use std::collections::HashSet;

pub(crate) struct Nodes;

const ROLE_PREFIX: &str = "node-role.kubernetes.io/";
const ROLE_LABEL: &str = "kubernetes.io/role";

impl Strategy for Nodes {
    type Object = Node;
    const SHORT_NAMES: &'static [&'static str] = &["no"];
    const FIELD_LABELS: &'static [&'static str] = &["spec.unschedulable"];
    const RESET_FIELDS: &'static [&'static str] = &["status"];
    const COLUMNS: &'static [Column<Node>] = &[
        Column::NAME,
        Column::text("Status", "The status of the node", |node, _| {
            status(node).into()
        }),
        Column::text("Roles", "The roles of the node", |node, _| {
            roles(node).into()
        }),
        Column::AGE,
        Column::text(
            "Version",
            "Kubelet Version reported by the node.",
            |node, _| node.status.node_info.kubelet_version.as_str().into(),
        ),
        Column::text(
            "Internal-IP",
            "The node's address within the cluster.",
            |node, _| address(node, "InternalIP").into(),
        )
        .wide(),
        Column::text(
            "External-IP",
            "The node's address outside of the cluster.",
            |node, _| address(node, "ExternalIP").into(),
        )
        .wide(),
        Column::text(
            "OS-Image",
            "OS Image reported by the node from /etc/os-release.",
            |node: &Node, _| known(&node.status.node_info.os_image).into(),
        )
        .wide(),
        Column::text(
            "Kernel-Version",
            "Kernel Version reported by the node.",
            |node: &Node, _| known(&node.status.node_info.kernel_version).into(),
        )
        .wide(),
        Column::text(
            "Container-Runtime",
            "ContainerRuntime Version reported by the node.",
            |node: &Node, _| known(&node.status.node_info.container_runtime_version).into(),
        )
        .wide(),
    ];

    fn subresources(&self) -> Subresources<Node> {
        Subresources::none()
            .part("status", StatusPart)
            .connect("proxy", Connect::Proxy)
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut Node, old: &Node) {
        new.status = old.status.clone();
    }

    fn set_defaults(&self, node: &mut Node) {
        one_list_of_cidrs(node);
        if node.status.allocatable.is_empty() {
            node.status.allocatable = node.status.capacity.clone();
        }
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, node: &Node) {
        let spec = FieldPath::new("spec");
        rules::finalizers(errors, &node.metadata);
        // Upstream looks for them there.
        let metadata = FieldPath::new("metadata");
        check_taints(errors, &metadata.child("taints"), &node.spec.taints);
        check_amounts(errors, node);
        check_features(errors, node);
        check_cidrs(errors, &spec.child("podCIDRs"), &node.spec.pod_cidrs);
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Node,
        old: &Node,
    ) {
        self.validate(cx, errors, new);
        check_update(errors, new, old);
    }

    fn warnings_on_create(&self, _cx: &RequestContext, node: &Node) -> Vec<String> {
        let mut warnings = Vec::new();
        if node.spec.config_source.is_some() {
            warnings.push("spec.configSource: the feature is removed".to_owned());
        }
        if !node.spec.external_id.is_empty() {
            let words = "spec.externalID: this field is deprecated, and is unused by Kubernetes";
            warnings.push(words.to_owned());
        }
        warnings
    }

    fn selectable_field(&self, node: &Node, _label: &str) -> Str {
        if node.spec.unschedulable {
            "true".into()
        } else {
            "false".into()
        }
    }
}

/// The status of a node. Unlike most kinds, a node may be created with one: a kubelet registers itself.
struct StatusPart;

impl Part<Node> for StatusPart {
    fn prepare_update(&self, _cx: &RequestContext, new: &mut Node, old: &Node) {
        new.spec = old.spec.clone();
    }

    fn validate_update(
        &self,
        cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Node,
        old: &Node,
    ) {
        Nodes.validate_update(cx, errors, new, old);
    }

    fn reset_fields(&self) -> &'static [&'static str] {
        &["spec"]
    }
}

/// `podCIDR` is the first of `podCIDRs`; older clients know only the first.
fn one_list_of_cidrs(node: &mut Node) {
    let spec = &mut node.spec;
    if spec.pod_cidr.is_empty() {
        spec.pod_cidr = spec.pod_cidrs.first().cloned().unwrap_or_default();
    } else if spec.pod_cidrs.first() != Some(&spec.pod_cidr) {
        spec.pod_cidrs = vec![spec.pod_cidr.clone()];
    }
}

fn check_cidrs(errors: &mut FieldErrors, path: &FieldPath, cidrs: &[Str]) {
    for (index, cidr) in cidrs.iter().enumerate() {
        if !is_cidr(cidr) {
            let words = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
            errors.invalid(&path.index(index), cidr, words);
        }
    }
    let is_v6 = |cidr: &Str| cidr.contains(':');
    let pair = matches!(cidrs, [first, second] if is_v6(first) != is_v6(second));
    if cidrs.len() > 1 && !pair {
        let words = "may specify no more than one CIDR for each IP family";
        errors.invalid(path, cidrs.to_vec(), words);
    }
}

/// `ValidateNodeUpdate`.
fn check_update(errors: &mut FieldErrors, new: &Node, old: &Node) {
    let spec = FieldPath::new("spec");
    let mut addresses = HashSet::new();
    for (index, address) in new.status.addresses.iter().enumerate() {
        if !addresses.insert((&address.type_, &address.address)) {
            let path = FieldPath::new("status").child("addresses").index(index);
            errors.duplicate(&path, meta::Json(address));
        }
    }
    if !old.spec.pod_cidrs.is_empty() && new.spec.pod_cidrs != old.spec.pod_cidrs {
        errors.forbidden(
            &spec.child("podCIDRs"),
            "node updates may not change podCIDR except from \"\" to valid",
        );
    }
    if !old.spec.provider_id.is_empty() && new.spec.provider_id != old.spec.provider_id {
        errors.forbidden(
            &spec.child("providerID"),
            "node updates may not change providerID except from \"\" to valid",
        );
    }
    if new.spec.external_id != old.spec.external_id {
        errors.forbidden(&spec.child("externalID"), "may not be updated");
    }
}

/// Capacity and what can be allocated of it.
fn check_amounts(errors: &mut FieldErrors, node: &Node) {
    for (name, amounts) in [
        ("capacity", &node.status.capacity),
        ("allocatable", &node.status.allocatable),
    ] {
        for (resource, amount) in amounts.iter() {
            if amount.sign() < 0 {
                let path = FieldPath::new("status").child(name).key(resource);
                errors.invalid(&path, amount, "must be greater than or equal to 0");
            }
        }
    }
}

fn check_features(errors: &mut FieldErrors, node: &Node) {
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    for (index, feature) in node.status.declared_features.iter().enumerate() {
        let camel = feature.starts_with(|c: char| c.is_ascii_uppercase());
        if !camel || !feature.split('/').all(word) {
            let path = FieldPath::new("status")
                .child("declaredFeatures")
                .index(index);
            let words = format!(
                "invalid feature name {:?}: must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes",
                feature.as_str()
            );
            errors.invalid(&path, feature, words);
        }
    }
}

pub(crate) fn is_cidr(text: &str) -> bool {
    let Some((ip, prefix)) = text.split_once('/') else {
        return false;
    };
    let bits_max = match ip.parse::<std::net::IpAddr>() {
        Ok(ip) if ip.is_ipv4() => 32,
        Ok(_) => 128,
        Err(_) => return false,
    };
    prefix.parse::<u8>().is_ok_and(|prefix| prefix <= bits_max)
}

fn check_taints(errors: &mut FieldErrors, path: &FieldPath, taints: &[Taint]) {
    let mut seen = HashSet::new();
    for (index, taint) in taints.iter().enumerate() {
        let path = path.index(index);
        for words in validation::qualified_name(&taint.key) {
            errors.invalid(&path.child("key"), &taint.key, words);
        }
        for words in validation::label_value(&taint.value) {
            errors.invalid(&path.child("value"), &taint.value, words);
        }
        check_effect(errors, &path.child("effect"), &taint.effect);
        if !taint.effect.is_empty() && !seen.insert((taint.key.clone(), taint.effect.clone())) {
            errors.duplicate(&path, meta::Json(taint));
        }
    }
}

fn check_effect(errors: &mut FieldErrors, path: &FieldPath, effect: &Str) {
    const KNOWN: &[&str] = &[
        TaintEffect::NO_SCHEDULE,
        TaintEffect::PREFER_NO_SCHEDULE,
        TaintEffect::NO_EXECUTE,
    ];
    if effect.is_empty() {
        errors.required(path, "");
    } else if !KNOWN.contains(&effect.as_str()) {
        errors.not_supported(path, effect, KNOWN);
    }
}

fn status(node: &Node) -> String {
    let ready = node
        .status
        .conditions
        .iter()
        .find(|condition| condition.type_ == "Ready");
    let mut words = match ready {
        Some(condition) if condition.status == "True" => "Ready".to_owned(),
        Some(_) => "NotReady".to_owned(),
        None => "Unknown".to_owned(),
    };
    if node.spec.unschedulable {
        words.push_str(",SchedulingDisabled");
    }
    words
}

fn roles(node: &Node) -> String {
    let mut roles: Vec<&str> = Vec::new();
    for (label, value) in node.metadata.labels.iter() {
        match label.strip_prefix(ROLE_PREFIX) {
            Some(role) if !role.is_empty() => roles.push(role),
            _ if label == ROLE_LABEL && !value.is_empty() => roles.push(value),
            _ => {}
        }
    }
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() {
        "<none>".to_owned()
    } else {
        roles.join(",")
    }
}

fn address<'n>(node: &'n Node, kind: &str) -> &'n str {
    let found = node
        .status
        .addresses
        .iter()
        .find(|address: &&NodeAddress| address.type_ == kind);
    found.map_or("<none>", |address| &address.address)
}

fn known(text: &Str) -> &str {
    if text.is_empty() { "<unknown>" } else { text }
}
