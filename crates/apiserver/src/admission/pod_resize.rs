//! PodResizeValidator and NodeDeclaredFeatureValidator: what a bound pod becomes must be possible on its node.
//!
//! Source: `plugin/pkg/admission/podresize`, `plugin/pkg/admission/nodedeclaredfeatures`.
use super::{Look, Plugin, forbidden};
use api::core::v1::{Container, Node, Pod};
use meta::{ApiError, Quantity, StatusCause, Str};
use resource::{Object, Operation};
use std::sync::Arc;

const RESIZE: &str = "resize";
const OS_LABEL: &str = "kubernetes.io/os";
const POD_LEVEL: &str = "InPlacePodLevelResourcesVerticalScaling";
const INIT_CONTAINERS: &str = "InPlacePodVerticalScalingInitContainers";

/// In the unit in which it is told.
type Amount = fn(&Quantity) -> i64;

pub(super) struct PodResizeValidator;

impl Plugin for PodResizeValidator {
    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        let change = changed(look, object).filter(|_| look.cx.subresource == RESIZE);
        let Some((_, new)) = change else {
            return Ok(());
        };
        let node = node_of(look, new).map_err(|why| forbidden(look, object, &why))?;
        fits(new, &node).map_err(|(reason, why)| {
            let mut error = forbidden(look, object, &why);
            error.details.get_or_insert_default().causes = vec![StatusCause {
                reason: reason.into(),
                ..StatusCause::default()
            }];
            error
        })
    }
}

pub(super) struct NodeDeclaredFeatureValidator;

impl Plugin for NodeDeclaredFeatureValidator {
    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        let concerned = ["", RESIZE].contains(&look.cx.subresource.as_str());
        let Some((old, new)) = changed(look, object).filter(|_| concerned) else {
            return Ok(());
        };
        let wanted = wanted(old, new);
        if wanted.is_empty() {
            return Ok(());
        }
        let refused = |why: String| forbidden(look, object, &why);
        let node = node_of(look, new).map_err(refused)?;
        let declared = &node.status.declared_features;
        let missing = wanted.into_iter();
        let missing: Vec<&str> = missing
            .filter(|wanted| declared.iter().all(|declared| declared != wanted))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(refused(format!(
            "pod update requires features {} which are not available on node {:?}",
            missing.join(", "),
            node.metadata.name.as_str()
        )))
    }
}

/// A pod that is bound and whose specification changes, before and after.
fn changed<'a>(look: &Look<'a>, object: Option<&'a Object>) -> Option<(&'a Pod, &'a Pod)> {
    if look.request.operation != Operation::Update {
        return None;
    }
    let new = object?.as_any().downcast_ref::<Pod>()?;
    let old = look.request.old?.as_any().downcast_ref::<Pod>()?;
    let changes = old.metadata.generation != new.metadata.generation;
    (changes && !new.spec.node_name.is_empty()).then_some((old, new))
}

fn node_of(look: &Look<'_>, pod: &Pod) -> Result<Arc<Node>, String> {
    let name = &pod.spec.node_name;
    let node = look.cx.get("", name);
    node.ok_or_else(|| format!("node {:?} not found", name.as_str()))
}

/// Why it does not fit, with the cause for programs.
fn fits(pod: &Pod, node: &Node) -> Result<(), (&'static str, String)> {
    let system = node.metadata.labels.get(OS_LABEL);
    if let Some(other) = system.filter(|system| *system != "linux") {
        let name = node.metadata.name.as_str();
        let why = format!(
            "pod resize is only supported on linux nodes, node {name:?} is {:?}",
            other.as_str()
        );
        return Err(("UnsupportedPlatform", why));
    }
    let (requests, _) = quota::of_pod(&pod.spec);
    let allocatable = &node.status.allocatable;
    let units: [(&str, Amount); 2] = [("cpu", Quantity::milli_value), ("memory", Quantity::value)];
    let lacking = units.into_iter().filter_map(|(name, amount)| {
        let of = |amounts: &meta::Map<Str, Quantity>| amounts.get(name).copied();
        let requested = of(&requests).unwrap_or_default();
        let allocatable = of(allocatable).unwrap_or_default();
        (requested > allocatable).then(|| {
            let (requested, allocatable) = (amount(&requested), amount(&allocatable));
            format!("{name}, requested: {requested}, allocatable: {allocatable}")
        })
    });
    let lacking: Vec<String> = lacking.collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let why = format!(
        "node didn't have enough allocatable resources: {}",
        lacking.join("; ")
    );
    Err(("NodeCapacity", why))
}

/// Features of nodes without which the change cannot be made.
fn wanted(old: &Pod, new: &Pod) -> Vec<&'static str> {
    let mut wanted = Vec::new();
    if old.spec.resources != new.spec.resources {
        wanted.push(POD_LEVEL);
    }
    let is_sidecar = |container: &Container| container.restart_policy.as_deref() == Some("Always");
    let mut pairs = old
        .spec
        .init_containers
        .iter()
        .zip(&new.spec.init_containers);
    if pairs.any(|(old, new)| !is_sidecar(old) && old.resources != new.resources) {
        wanted.push(INIT_CONTAINERS);
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::{NodeDeclaredFeatureValidator, PodResizeValidator};
    use crate::admission::{
        Plugin,
        testing::{context, decoded, look},
    };
    use api::core::v1::{Node, Pod};
    use resource::Operation;
    use serde_json::{Value, json};

    /// What both plugins say to a change of a pod on the node `n1`, which has two CPUs and 1 GiB.
    fn answers(
        subresource: &str,
        labels: Value,
        features: Value,
        old: Value,
        new: Value,
    ) -> [String; 2] {
        let node = json!({
            "metadata": {"name": "n1", "labels": labels},
            "status": {"allocatable": {"cpu": "2", "memory": "1Gi"}, "declaredFeatures": features},
        });
        let pod = |mut spec: Value, generation: u8| {
            if spec.get("nodeName").is_none() {
                spec["nodeName"] = "n1".into();
            }
            let metadata = json!({"name": "p", "generation": generation});
            decoded::<Pod>(&json!({"metadata": metadata, "spec": spec}))
        };
        let changes = u8::from(old != new);
        let (old, new) = (pod(old, 1), pod(new, 1 + changes));
        let mut cx = context(vec![decoded::<Node>(&node)]);
        cx.subresource = subresource.into();
        cx.name = "p".into();
        look::<Pod, _>(&cx, Operation::Update, Some(&old), |look| {
            let plugins: [&dyn Plugin; 2] = [&NodeDeclaredFeatureValidator, &PodResizeValidator];
            plugins.map(|plugin| match plugin.validate(look, Some(&new)) {
                Ok(()) => String::new(),
                Err(error) => {
                    let causes = error.details.iter().flat_map(|details| &details.causes);
                    let causes: String =
                        causes.map(|cause| format!(" [{}]", cause.reason)).collect();
                    let why = error.message.strip_prefix("pods \"p\" is forbidden: ");
                    format!("{}{causes}", why.expect("it names the pod"))
                }
            })
        })
    }

    fn of(cpu: &str, memory: &str) -> Value {
        let requests = json!({"cpu": cpu, "memory": memory});
        json!({"containers": [{"name": "c", "resources": {"requests": requests}}]})
    }

    fn with(mut spec: Value, key: &str, value: Value) -> Value {
        spec[key] = value;
        spec
    }

    fn resized(new: Value) -> String {
        let [features, capacity] = answers(
            "resize",
            json!({"kubernetes.io/os": "linux"}),
            json!([]),
            of("1", "1Mi"),
            new,
        );
        assert_eq!(features, "");
        capacity
    }

    #[test]
    fn a_pod_grows_as_far_as_its_node_goes() {
        assert_eq!(resized(of("2", "1Gi")), "");
        assert_eq!(
            resized(of("2500m", "1Gi")),
            "node didn't have enough allocatable resources: cpu, requested: 2500, allocatable: 2000 [NodeCapacity]"
        );
        assert_eq!(
            resized(of("3", "2Gi")),
            "node didn't have enough allocatable resources: cpu, requested: 3000, allocatable: 2000; memory, requested: 2147483648, allocatable: 1073741824 [NodeCapacity]"
        );
        assert_eq!(
            resized(with(of("1", "2Mi"), "overhead", json!({"cpu": "2"}))),
            "node didn't have enough allocatable resources: cpu, requested: 3000, allocatable: 2000 [NodeCapacity]"
        );
        assert_eq!(resized(with(of("9", "1Mi"), "nodeName", "".into())), "");
        assert_eq!(
            resized(with(of("1", "2Mi"), "nodeName", "n2".into())),
            "node \"n2\" not found"
        );
        assert_eq!(resized(of("1", "1Mi")), "");
    }

    #[test]
    fn only_resizes_are_measured_and_only_on_linux() {
        let labels = json!({"kubernetes.io/os": "windows"});
        let say = |subresource| {
            answers(
                subresource,
                labels.clone(),
                json!([]),
                of("1", "1Mi"),
                of("9", "1Mi"),
            )
        };
        let unsupported = "pod resize is only supported on linux nodes, node \"n1\" is \"windows\" [UnsupportedPlatform]";
        assert_eq!(say("resize"), ["", unsupported]);
        assert_eq!(say(""), ["", ""]);
    }

    #[test]
    fn some_changes_want_features_of_the_node() {
        let init = |cpu: &str, policy: Option<&str>| {
            let resources = json!({"requests": {"cpu": cpu}});
            json!([{"name": "i", "restartPolicy": policy, "resources": resources}])
        };
        let spec = |cpu, policy, whole: Value| {
            let spec = with(of("1", "1Mi"), "initContainers", init(cpu, policy));
            with(spec, "resources", whole)
        };
        let say = |subresource, features, old, new| {
            let [said, _] = answers(subresource, json!({}), features, old, new);
            said
        };
        let whole = || json!({"requests": {"cpu": "1"}});
        let before = || spec("1", None, Value::Null);
        let both = || spec("2", None, whole());
        assert_eq!(
            say("resize", json!(["Other"]), before(), both()),
            "pod update requires features InPlacePodLevelResourcesVerticalScaling, InPlacePodVerticalScalingInitContainers which are not available on node \"n1\""
        );
        let one = json!(["InPlacePodLevelResourcesVerticalScaling"]);
        assert_eq!(
            say("", one, before(), both()),
            "pod update requires features InPlacePodVerticalScalingInitContainers which are not available on node \"n1\""
        );
        let all = json!([
            "InPlacePodVerticalScalingInitContainers",
            "InPlacePodLevelResourcesVerticalScaling"
        ]);
        assert_eq!(say("resize", all, before(), both()), "");
        assert_eq!(say("status", json!([]), before(), both()), "");
        let sidecar = |cpu| spec(cpu, Some("Always"), Value::Null);
        assert_eq!(say("resize", json!([]), sidecar("1"), sidecar("2")), "");
    }
}
