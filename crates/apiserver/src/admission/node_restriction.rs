//! NodeRestriction: kubelets write their own Node, Lease, CSINode and ResourceSlices, mirror pods, the status of the pods bound to them and of
//! those pods' claims, tokens for those pods, and of all of these nothing that others rely on.
//!
//! Source: `plugin/pkg/admission/noderestriction/admission.go`.
mod labels;
mod pods;
mod references;
#[cfg(test)]
mod tests;
mod tokens;

use super::{Look, Plugin, Question, certificates, forbidden};
use api::{
    core::v1::{Node, PersistentVolumeClaim},
    resource::v1::ResourceSlice,
};
use meta::{ApiError, Slice, go_quote};
use resource::{Object, Operation, RequestContext, User};
use schema::discovery::ResourceInfo as Row;

pub(super) struct NodeRestriction;

impl Plugin for NodeRestriction {
    /// Before validation, as upstream has it: a kubelet is not told what is wrong with an object that it may not write.
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        check(look, Some(&*object))
    }

    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        match look.request.operation {
            Operation::Delete => check(look, object),
            _ => Ok(()),
        }
    }

    fn ask<'a>(&self, look: Look<'a>, object: Option<&'a Object>) -> Option<Question<'a>> {
        let node = identity(&look.cx.user)?;
        tokens::audience(look, object, node)
    }
}

/// Who is of the nodes' group has to be one, also for what is answered and not kept.
pub(super) fn check_identity(cx: &RequestContext, row: &Row) -> Result<(), ApiError> {
    if identity(&cx.user) != Some("") {
        return Ok(());
    }
    let why = nobody(&cx.user);
    Err(ApiError::forbidden(row.group, row.plural, "Unknown", &why))
}

fn nobody(user: &User) -> String {
    format!(
        "could not determine node from user {}",
        go_quote(&user.name)
    )
}

/// The node that a user is; nothing of others.
fn identity(user: &User) -> Option<&str> {
    let name = user.name.strip_prefix("system:node:")?;
    user.in_group("system:nodes").then_some(name)
}

/// A node's request.
struct Case<'a> {
    look: &'a Look<'a>,
    object: Option<&'a Object>,
    node: &'a str,
}

impl<'a> Case<'a> {
    fn refuse(&self, why: &str) -> Result<(), ApiError> {
        Err(forbidden(self.look, self.object, why))
    }

    /// The refusal begins with the node's name in quotes.
    fn refuse_node(&self, why: &str) -> Result<(), ApiError> {
        self.refuse(&format!("node {} {why}", go_quote(self.node)))
    }

    fn written<K: 'static>(&self) -> Option<&'a K> {
        self.object?.as_any().downcast_ref()
    }

    fn old<K: 'static>(&self) -> Option<&'a K> {
        self.look.request.old?.as_any().downcast_ref()
    }

    fn operation(&self) -> Operation {
        self.look.request.operation
    }

    fn subresource(&self) -> &'a str {
        &self.look.cx.subresource
    }

    fn name(&self) -> &'a str {
        &self.look.cx.name
    }

    fn unexpected(&self) -> Result<(), ApiError> {
        self.refuse(&format!(
            "unexpected operation {}",
            go_quote(shown(self.operation()))
        ))
    }
}

/// An operation as upstream names it.
const fn shown(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => "CREATE",
        Operation::Update => "UPDATE",
        Operation::Delete => "DELETE",
        Operation::Connect => "CONNECT",
    }
}

fn check(look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
    let Some(node) = identity(&look.cx.user) else {
        return Ok(());
    };
    let case = Case { look, object, node };
    if node.is_empty() {
        return case.refuse(&nobody(&look.cx.user));
    }
    let info = look.request.resource;
    match (&*info.group, &*info.plural) {
        ("", "pods") => pods::check(&case),
        ("", "nodes") => node_rules(&case),
        ("", "persistentvolumeclaims") => claim_rules(&case),
        ("", "serviceaccounts") => tokens::check(&case),
        ("coordination.k8s.io", "leases") => lease_rules(&case),
        ("storage.k8s.io", "csinodes") if case.name() != node => {
            case.refuse("can only access CSINode with the same name as the requesting node")
        }
        ("resource.k8s.io", "resourceslices") => slice_rules(&case),
        ("certificates.k8s.io", "certificatesigningrequests") => {
            certificates::check_node_request(node, look, object)
        }
        _ => Ok(()),
    }
}

fn node_rules(case: &Case<'_>) -> Result<(), ApiError> {
    let requested = case.name();
    if requested != case.node {
        let requested = go_quote(requested);
        return case.refuse_node(&format!("is not allowed to modify node {requested}"));
    }
    let Some(new) = case.written::<Node>() else {
        return Ok(());
    };
    let Some(old) = case.old::<Node>() else {
        if new.spec.config_source.is_some() {
            return case.refuse_node("is not allowed to create pods with a non-nil configSource");
        }
        let names = labels::forbidden(&new.metadata.labels, None);
        if names.is_empty() {
            return Ok(());
        }
        let names = names.join(", ");
        let why = format!("is not allowed to set the following labels: {names}");
        return case.refuse_node(&why);
    };
    let config = &new.spec.config_source;
    if config.is_some() && *config != old.spec.config_source {
        let why = "is not allowed to update configSource to a new non-nil configSource";
        return case.refuse_node(why);
    }
    if new.spec.taints != old.spec.taints {
        return case.refuse_node("is not allowed to modify taints");
    }
    if new.metadata.owner_references != old.metadata.owner_references {
        return case.refuse_node("is not allowed to modify ownerReferences");
    }
    let names = labels::forbidden(&new.metadata.labels, Some(&old.metadata.labels));
    if names.is_empty() {
        return Ok(());
    }
    let names = names.join(", ");
    case.refuse(&format!("is not allowed to modify labels: {names}"))
}

/// What a volume's size is becoming, and nothing else.
fn claim_rules(case: &Case<'_>) -> Result<(), ApiError> {
    if case.subresource() != "status" {
        return case.refuse("may only update PVC status");
    }
    let (Operation::Update, Some(new), Some(old)) = (
        case.operation(),
        case.written::<PersistentVolumeClaim>(),
        case.old::<PersistentVolumeClaim>(),
    ) else {
        return case.unexpected();
    };
    let rest = |claim: &PersistentVolumeClaim| {
        let mut rest = claim.clone();
        rest.metadata.resource_version = meta::Str::default();
        rest.metadata.managed_fields = Vec::new();
        rest.status.capacity = meta::Map::default();
        rest.status.conditions = Slice::nil();
        rest.status.allocated_resource_statuses = meta::Map::default();
        rest.status.allocated_resources = meta::Map::default();
        rest
    };
    if rest(new) == rest(old) {
        return Ok(());
    }
    // Upstream shows a difference of Go structs here.
    let why = "is not allowed to update fields other than status.quantity and status.conditions";
    case.refuse_node(why)
}

fn lease_rules(case: &Case<'_>) -> Result<(), ApiError> {
    const LEASES: &str = "kube-node-lease";
    if case.look.cx.namespace != LEASES {
        let words = format!("can only access leases in the {LEASES:?} system namespace");
        return case.refuse(&words);
    }
    if case.name() != case.node {
        return case.refuse("can only access node lease with the same name as the requesting node");
    }
    Ok(())
}

/// What the authorizer cannot know: the content of a create, and of each object that a deletion of a collection takes.
fn slice_rules(case: &Case<'_>) -> Result<(), ApiError> {
    let (slice, verb) = match case.operation() {
        Operation::Create => (case.written::<ResourceSlice>(), "create"),
        Operation::Delete => (case.old::<ResourceSlice>(), "delete"),
        _ => return Ok(()),
    };
    let own = slice.and_then(|slice| slice.spec.node_name.as_deref());
    if own == Some(case.node) {
        return Ok(());
    }
    case.refuse(&format!(
        "can only {verb} ResourceSlice with the same NodeName as the requesting node"
    ))
}
