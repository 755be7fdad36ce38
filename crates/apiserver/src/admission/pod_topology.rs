//! PodTopologyLabels: a pod that is bound to a node gets the labels that say where the node is.
use super::{Look, Plugin};
use api::core::v1::{Binding, Node, Pod};
use meta::{ApiError, Map, Str};
use resource::{Object, Operation, RequestContext};
use std::sync::Arc;

pub(super) struct PodTopologyLabels;

const LABELS: &[&str] = &[
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
];

impl Plugin for PodTopologyLabels {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        if look.request.operation != Operation::Create {
            return Ok(());
        }
        let any = object.as_any_mut();
        if look.cx.subresource == "binding" {
            if let Some(binding) = any.downcast_mut::<Binding>()
                && binding.target.kind == "Node"
            {
                copy(look.cx, &binding.target.name, &mut binding.metadata.labels);
            }
        } else if look.cx.subresource.is_empty()
            && let Some(pod) = any.downcast_mut::<Pod>()
            && !pod.spec.node_name.is_empty()
        {
            copy(look.cx, &pod.spec.node_name, &mut pod.metadata.labels);
        }
        Ok(())
    }
}

fn copy(cx: &RequestContext, node: &str, labels: &mut Map<Str, Str>) {
    let node: Option<Arc<Node>> = cx.get("", node);
    let Some(node) = node else { return };
    for key in LABELS {
        if let Some(value) = node.metadata.labels.get(*key) {
            labels.insert(*key, value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::copy;
    use crate::admission::testing::{context, decoded};
    use meta::Map;
    use serde_json::json;

    #[test]
    fn where_the_node_is_replaces_what_was_said() {
        let labels = json!({"topology.kubernetes.io/zone": "a", "kubernetes.io/hostname": "n1"});
        let node = json!({"metadata": {"name": "n1", "labels": labels}});
        let cx = context(vec![decoded::<api::core::v1::Node>(&node)]);
        for (name, expect) in [("n1", "a"), ("n2", "b")] {
            let mut labels = Map::default();
            labels.insert("topology.kubernetes.io/zone", "b".into());
            copy(&cx, name, &mut labels);
            assert_eq!(labels.len(), 1);
            assert_eq!(labels.get("topology.kubernetes.io/zone").unwrap(), expect);
        }
    }
}
