//! Pods leave an unready or unreachable node after five minutes, unless they say otherwise.
use super::{Look, Plugin};
use api::core::v1::{Pod, Toleration};
use meta::ApiError;
use resource::Object;

const SECONDS: i64 = 300;
const TAINTS: &[&str] = &[
    "node.kubernetes.io/not-ready",
    "node.kubernetes.io/unreachable",
];

pub(super) struct DefaultTolerationSeconds;

impl Plugin for DefaultTolerationSeconds {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        if !look.cx.subresource.is_empty() {
            return Ok(());
        }
        let Some(pod) = object.as_any_mut().downcast_mut::<Pod>() else {
            return Ok(());
        };
        for key in TAINTS {
            let tolerates = |toleration: &Toleration| {
                (toleration.key == *key || toleration.key.is_empty())
                    && (toleration.effect == "NoExecute" || toleration.effect.is_empty())
            };
            if !pod.spec.tolerations.iter().any(tolerates) {
                pod.spec.tolerations.push(Toleration {
                    key: (*key).into(),
                    operator: "Exists".into(),
                    effect: "NoExecute".into(),
                    toleration_seconds: Some(SECONDS),
                    ..Toleration::default()
                });
            }
        }
        Ok(())
    }
}
