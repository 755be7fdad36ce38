//! Node: a machine that runs pods.

mod validate;

use super::resource_names;
use crate::networking::addresses;
use api::core::v1::{Node, NodeAddress, NodeSystemInfo};
use meta::{FieldErrors, FieldPath, Str};
use resource::{
    Column, Connect, MetadataCheck, Part, RequestContext, Strategy, Subresources, Upstream,
};

pub(crate) struct Nodes;

const ROLE_PREFIX: &str = "node-role.kubernetes.io/";
const ROLE_LABEL: &str = "kubernetes.io/role";

impl Strategy for Nodes {
    type Object = Node;
    const METADATA_ON_UPDATE: &'static [MetadataCheck] =
        &[MetadataCheck::Whole, MetadataCheck::Changes];
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
            |node: &Node, _| kernel(&node.status.node_info).into(),
        )
        .wide(),
        Column::text(
            "Container-Runtime",
            "ContainerRuntime Version reported by the node.",
            |node: &Node, _| known(&node.status.node_info.container_runtime_version).into(),
        )
        .wide(),
    ];
    const UPSTREAM: Upstream = Upstream {
        place: "minions",
        ..Upstream::USUAL
    };

    fn subresources(&self) -> Subresources<Node> {
        Subresources::none()
            .part("status", StatusPart)
            .connect("proxy", Connect::Proxy)
    }

    /// Configuration from a ConfigMap is a feature of the past; what has it keeps it.
    fn prepare_create(&self, _cx: &RequestContext, new: &mut Node) {
        new.spec.config_source = None;
        new.status.config = None;
    }

    fn prepare_update(&self, _cx: &RequestContext, new: &mut Node, old: &Node) {
        new.status = old.status.clone();
        if old.spec.config_source.is_none() {
            new.spec.config_source = None;
        }
    }

    fn set_defaults(&self, node: &mut Node) {
        one_list_of_cidrs(node);
        let status = &mut node.status;
        if status.allocatable.is_empty() && !status.capacity.is_empty() {
            status.allocatable = status.capacity.clone();
        }
        resource_names::round_up(&mut status.capacity);
        resource_names::round_up(&mut status.allocatable);
    }

    fn validate(&self, _cx: &RequestContext, errors: &mut FieldErrors, node: &Node) {
        validate::node(errors, node, &[]);
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Node,
        old: &Node,
    ) {
        validate::node(errors, new, &old.spec.pod_cidrs);
        validate::update(errors, new, old);
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
        let path = FieldPath::new("spec.podCIDRs");
        for (index, cidr) in node.spec.pod_cidrs.iter().enumerate() {
            warnings.extend(addresses::range_warnings(&path.index(index), cidr));
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
        if old.status.config.is_none() {
            new.status.config = None;
        }
    }

    fn validate_update(
        &self,
        _cx: &RequestContext,
        errors: &mut FieldErrors,
        new: &Node,
        old: &Node,
    ) {
        validate::update(errors, new, old);
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
        spec.pod_cidrs = [spec.pod_cidr.clone()].into();
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

/// With the architecture, where it is known.
fn kernel(system: &NodeSystemInfo) -> String {
    let version = known(&system.kernel_version);
    if system.architecture.is_empty() {
        return version.to_owned();
    }
    format!("{version} ({})", system.architecture)
}

fn known(text: &Str) -> &str {
    if text.is_empty() { "<unknown>" } else { text }
}
