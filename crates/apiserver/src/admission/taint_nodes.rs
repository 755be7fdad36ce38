//! A new node is tainted not-ready until the node lifecycle controller has seen it.
use super::{Look, Plugin};
use api::core::v1::{Node, Taint};
use meta::ApiError;
use resource::{Object, Operation};

pub(super) struct TaintNodesByCondition;

impl Plugin for TaintNodesByCondition {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        if look.request.operation != Operation::Create || !look.cx.subresource.is_empty() {
            return Ok(());
        }
        let Some(node) = object.as_any_mut().downcast_mut::<Node>() else {
            return Ok(());
        };
        let not_ready = Taint {
            key: "node.kubernetes.io/not-ready".into(),
            effect: "NoSchedule".into(),
            ..Taint::default()
        };
        if !node
            .spec
            .taints
            .iter()
            .any(|taint| taint.key == not_ready.key && taint.effect == not_ready.effect)
        {
            node.spec.taints.push(not_ready);
        }
        Ok(())
    }
}
