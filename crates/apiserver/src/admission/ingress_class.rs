//! DefaultIngressClass: an Ingress that names no class gets the default one, the newest if there are several.
use super::{Look, Plugin, storage_class::newest_default};
use api::networking::v1::{Ingress, IngressClass};
use meta::ApiError;
use resource::{Object, Operation, RequestContext};
use std::sync::Arc;

pub(super) struct DefaultIngressClass;

const OLD_CLASS: &str = "kubernetes.io/ingress.class";
const MARKS: &[&str] = &["ingressclass.kubernetes.io/is-default-class"];

impl Plugin for DefaultIngressClass {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        if look.request.operation != Operation::Create || !look.cx.subresource.is_empty() {
            return Ok(());
        }
        if let Some(ingress) = object.as_any_mut().downcast_mut() {
            fill(look.cx, ingress);
        }
        Ok(())
    }
}

fn fill(cx: &RequestContext, ingress: &mut Ingress) {
    let annotated = ingress.metadata.annotations.contains_key(OLD_CLASS);
    if ingress.spec.ingress_class_name.is_some() || annotated {
        return;
    }
    let classes: Vec<Arc<IngressClass>> = cx.list(None);
    let marked = newest_default(classes.iter().map(|class| &class.metadata), MARKS);
    ingress.spec.ingress_class_name = marked;
}

#[cfg(test)]
mod tests {
    use super::fill;
    use crate::admission::testing::{context, decoded};
    use serde_json::json;

    #[test]
    fn the_default_class_is_taken() {
        let annotations = json!({"ingressclass.kubernetes.io/is-default-class": "true"});
        let class = json!({"metadata": {"name": "c", "annotations": annotations}});
        let cx = context(vec![decoded::<api::networking::v1::IngressClass>(&class)]);
        for (ingress, expect) in [
            (json!({"spec": {}}), Some("c")),
            (json!({"spec": {"ingressClassName": "d"}}), Some("d")),
            (
                json!({"metadata": {"annotations": {"kubernetes.io/ingress.class": "x"}}}),
                None,
            ),
        ] {
            let mut ingress = meta::codec::from_value(&ingress).unwrap().object;
            fill(&cx, &mut ingress);
            assert_eq!(ingress.spec.ingress_class_name.as_deref(), expect);
        }
    }
}
