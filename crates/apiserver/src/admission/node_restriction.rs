//! Kubelets write their own Node and the pods bound to it, and nothing of either that scheduling relies on.
use super::{Look, Plugin, certificates};
use api::core::v1::{Node, Pod};
use meta::ApiError;
use resource::{Object, Operation};

pub(super) struct NodeRestriction;

impl Plugin for NodeRestriction {
    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        let user = &look.cx.user;
        let own = if user.in_group("system:nodes") {
            user.name.strip_prefix("system:node:")
        } else {
            None
        };
        let Some(own) = own else { return Ok(()) };
        certificates::check_node_request(own, look, object)?;
        let subject = object.or(look.request.old);
        let Some(any) = subject.map(|subject| subject.as_any()) else {
            return Ok(());
        };
        if let Some(node) = any.downcast_ref::<Node>() {
            return node_rules(own, look, node);
        }
        any.downcast_ref::<Pod>()
            .map_or(Ok(()), |pod| pod_rules(own, look, pod))
    }
}

fn node_rules(own: &str, look: &Look<'_>, node: &Node) -> Result<(), ApiError> {
    let refuse = |why: String| Err(ApiError::forbidden("", "nodes", &node.metadata.name, &why));
    if look.request.operation != Operation::Delete && node.metadata.name != own {
        return refuse(format!(
            "node {own:?} is not allowed to modify node {:?}",
            node.metadata.name.as_str()
        ));
    }
    if look.request.operation == Operation::Delete {
        return refuse(format!(
            "node {own:?} is not allowed to delete node {:?}",
            node.metadata.name.as_str()
        ));
    }
    let Some(old) = look
        .request
        .old
        .and_then(|old| old.as_any().downcast_ref::<Node>())
    else {
        return Ok(());
    };
    if old.spec.taints != node.spec.taints {
        return refuse(format!("node {own:?} is not allowed to modify taints"));
    }
    Ok(())
}

fn pod_rules(own: &str, look: &Look<'_>, pod: &Pod) -> Result<(), ApiError> {
    let refuse = |why: String| Err(ApiError::forbidden("", "pods", &pod.metadata.name, &why));
    match look.request.operation {
        Operation::Create
            if !pod
                .metadata
                .annotations
                .contains_key("kubernetes.io/config.mirror") =>
        {
            refuse(format!(
                "pod does not have \"kubernetes.io/config.mirror\" annotation, node {own:?} can only create mirror pods"
            ))
        }
        _ if pod.spec.node_name != own => refuse(format!(
            "node {own:?} can only modify pods with spec.nodeName set to itself"
        )),
        _ => Ok(()),
    }
}
