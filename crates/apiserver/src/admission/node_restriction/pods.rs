//! Pods: mirrors of static ones, deletion, status and eviction of those bound to the node.
use super::{Case, references};
use api::core::v1::{Node, Pod, PodStatus};
use meta::{ApiError, go_quote};
use resource::Operation;
use std::sync::Arc;

const MIRROR: &str = "kubernetes.io/config.mirror";

pub(super) fn check(case: &Case<'_>) -> Result<(), ApiError> {
    match case.subresource() {
        "" => pod(case),
        "status" => status(case),
        "eviction" => eviction(case),
        other => {
            let other = go_quote(other);
            case.refuse(&format!(
                "unexpected pod subresource {other}, only 'status' and 'eviction' are allowed"
            ))
        }
    }
}

fn pod(case: &Case<'_>) -> Result<(), ApiError> {
    match case.operation() {
        Operation::Create => case
            .written::<Pod>()
            .map_or(Ok(()), |pod| create(case, pod)),
        Operation::Delete => match case.old::<Pod>() {
            Some(pod) if pod.spec.node_name != case.node => {
                case.refuse_node("can only delete pods with spec.nodeName set to itself")
            }
            _ => Ok(()),
        },
        other => {
            let (other, node) = (go_quote(super::shown(other)), go_quote(case.node));
            case.refuse(&format!(
                "unexpected operation {other}, node {node} can only create and delete mirror pods"
            ))
        }
    }
}

fn create(case: &Case<'_>, pod: &Pod) -> Result<(), ApiError> {
    const OWNER: &str = "can only create pods with an owner reference set to itself";
    let metadata = &pod.metadata;
    if !metadata.annotations.contains_key(MIRROR) {
        let node = go_quote(case.node);
        return case.refuse(&format!(
            "pod does not have {MIRROR:?} annotation, node {node} can only create mirror pods"
        ));
    }
    if pod.spec.node_name != case.node {
        return case.refuse_node("can only create pods with spec.nodeName set to itself");
    }
    let owner = match metadata.owner_references.as_slice() {
        [] => return case.refuse_node(OWNER),
        [one] => one,
        _ => {
            let why = "can only create pods with a single owner reference set to itself";
            return case.refuse_node(why);
        }
    };
    if owner.api_version != "v1" || owner.kind != "Node" || owner.name != case.node {
        return case.refuse_node(OWNER);
    }
    if owner.controller != Some(true) {
        let why = "can only create pods with a controller owner reference set to itself";
        return case.refuse_node(why);
    }
    if owner.block_owner_deletion == Some(true) {
        return case.refuse_node("must not set blockOwnerDeletion on an owner reference");
    }
    let found: Option<Arc<Node>> = case.look.cx.get("", case.node);
    let Some(node) = found else {
        return Err(ApiError::not_found("", "node", case.node));
    };
    let uid = &node.metadata.uid;
    if owner.uid != *uid {
        let (name, given) = (case.node, &owner.uid);
        // Upstream has the two the wrong way round.
        return case.refuse(&format!(
            "node {name} UID mismatch: expected {given} got {uid}"
        ));
    }
    match references::of(pod) {
        Some(what) => case.refuse_node(&format!("can not create pods that reference {what}")),
        None => Ok(()),
    }
}

fn status(case: &Case<'_>) -> Result<(), ApiError> {
    let (Operation::Update, Some(new), Some(old)) =
        (case.operation(), case.written::<Pod>(), case.old::<Pod>())
    else {
        return case.unexpected();
    };
    if old.spec.node_name != case.node {
        let why = "can only update pod status for pods with spec.nodeName set to itself";
        return case.refuse_node(why);
    }
    if new.metadata.labels != old.metadata.labels {
        return case.refuse_node("cannot update labels through pod status");
    }
    let claims = |status: &PodStatus| {
        let all = status.resource_claim_statuses.iter();
        let pairs = all.map(|one| (one.name.clone(), one.resource_claim_name.clone()));
        pairs.collect::<Vec<_>>()
    };
    if claims(&new.status) != claims(&old.status) {
        return case.refuse_node("cannot update resource claim statues");
    }
    if new.status.extended_resource_claim_status != old.status.extended_resource_claim_status {
        return case.refuse_node("cannot update extended resource claim status");
    }
    Ok(())
}

fn eviction(case: &Case<'_>) -> Result<(), ApiError> {
    if case.operation() != Operation::Create {
        let operation = super::shown(case.operation());
        return case.refuse(&format!("unexpected operation {operation}"));
    }
    let cx = case.look.cx;
    let found: Option<Arc<Pod>> = cx.get(&cx.namespace, case.name());
    let Some(pod) = found else {
        return Err(ApiError::not_found("", "pod", case.name()));
    };
    if pod.spec.node_name == case.node {
        return Ok(());
    }
    case.refuse(&format!(
        "node {} can only evict pods with spec.nodeName set to itself",
        case.node
    ))
}
