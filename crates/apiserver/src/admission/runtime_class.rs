//! RuntimeClass: what a pod's runtime takes itself, and where it can run, comes from its class.
use super::{Look, Plugin, forbidden};
use api::{
    core::v1::{Pod, Toleration},
    node::v1::RuntimeClass,
};
use meta::{ApiError, Map, Quantity, Reason, Slice, Str, validation};
use resource::{Object, Operation, RequestContext};
use std::sync::Arc;

pub(super) struct RuntimeClasses;

impl Plugin for RuntimeClasses {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        if look.request.operation != Operation::Create || !look.cx.subresource.is_empty() {
            return Ok(());
        }
        let Some(pod) = object.as_any_mut().downcast_mut::<Pod>() else {
            return Ok(());
        };
        if let Some(why) = pod.spec.runtime_class_name.as_deref().and_then(unaskable) {
            return Err(ApiError::new(Reason::Unknown, why));
        }
        let done = apply(look.cx, pod);
        done.map_err(|why| forbidden(look, Some(object), &why))
    }

    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        if look.request.operation != Operation::Create || !look.cx.subresource.is_empty() {
            return Ok(());
        }
        let Some(pod) = object.and_then(|object| object.as_any().downcast_ref::<Pod>()) else {
            return Ok(());
        };
        let done = class_of(look.cx, pod).and_then(|class| check(class.as_deref(), pod));
        done.map_err(|why| forbidden(look, object, &why))
    }
}

const MISMATCH: &str = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

/// Upstream asks its own API for what its cache lacks: what a client says of names that it cannot ask for.
fn unaskable(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("resource name may not be empty".to_owned());
    }
    let problems = validation::path_segment(name);
    let why = || format!("invalid resource name {name:?}: [{}]", problems.join(" "));
    (!problems.is_empty()).then(why)
}

fn class_of(cx: &RequestContext, pod: &Pod) -> Result<Option<Arc<RuntimeClass>>, String> {
    let Some(name) = &pod.spec.runtime_class_name else {
        return Ok(None);
    };
    let found: Option<Arc<RuntimeClass>> = cx.get("", name);
    let missing = || format!("pod rejected: RuntimeClass {:?} not found", name.as_str());
    found.map(Some).ok_or_else(missing)
}

fn overhead(class: Option<&RuntimeClass>) -> Option<&Map<Str, Quantity>> {
    class.and_then(|class| class.overhead.as_ref().map(|overhead| &overhead.pod_fixed))
}

fn apply(cx: &RequestContext, pod: &mut Pod) -> Result<(), String> {
    let class = class_of(cx, pod)?;
    if let Some(fixed) = overhead(class.as_deref()) {
        if !pod.spec.overhead.is_empty() && pod.spec.overhead != *fixed {
            return Err(MISMATCH.to_owned());
        }
        pod.spec.overhead = fixed.clone();
    }
    let Some(scheduling) = class.as_ref().and_then(|class| class.scheduling.as_ref()) else {
        return Ok(());
    };
    for (key, value) in scheduling.node_selector.iter() {
        if let Some(own) = pod.spec.node_selector.get(key).filter(|own| *own != value) {
            return Err(format!(
                "conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value}; pod.spec.nodeSelector[{key}] = {own}"
            ));
        }
        pod.spec.node_selector.insert(key.clone(), value.clone());
    }
    let own = std::mem::take(&mut pod.spec.tolerations);
    pod.spec.tolerations = merged(own, scheduling.tolerations.clone());
    Ok(())
}

fn check(class: Option<&RuntimeClass>, pod: &Pod) -> Result<(), String> {
    match overhead(class) {
        Some(fixed) if *fixed != pod.spec.overhead => Err(MISMATCH.to_owned()),
        None if !pod.spec.overhead.is_nil() => {
            let why = "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead";
            Err(why.to_owned())
        }
        _ => Ok(()),
    }
}

/// Both lists, without tolerations that another one includes.
fn merged(own: Slice<Toleration>, more: Slice<Toleration>) -> Slice<Toleration> {
    let all: Vec<Toleration> = own.into_iter().chain(more).collect();
    let mut merged = Slice::nil();
    for (index, one) in all.iter().enumerate() {
        let before = merged.iter().any(|other| includes(other, one));
        let after = all[index + 1..]
            .iter()
            .any(|other| other != one && includes(other, one));
        if !before && !after {
            merged.push(one.clone());
        }
    }
    merged
}

/// Whether `all` tolerates everything that `one` does.
fn includes(all: &Toleration, one: &Toleration) -> bool {
    if all == one {
        return true;
    }
    let any_key = all.key.is_empty() && all.operator == "Exists";
    if one.key != all.key && !any_key || one.effect != all.effect && !all.effect.is_empty() {
        return false;
    }
    if all.effect == "NoExecute"
        && let Some(seconds) = all.toleration_seconds
        && one.toleration_seconds.is_none_or(|own| own > seconds)
    {
        return false;
    }
    match all.operator.as_str() {
        "" | "Equal" => one.operator == "Equal" && one.value == all.value,
        other => other == "Exists",
    }
}

#[cfg(test)]
mod tests {
    use super::{apply, check, unaskable};
    use crate::admission::testing::{context, decoded};
    use api::{core::v1::Pod, node::v1::RuntimeClass};
    use serde_json::{Value, json};

    fn pod(spec: Value) -> Pod {
        meta::codec::from_value(&json!({"spec": spec}))
            .unwrap()
            .object
    }

    #[test]
    fn overhead_and_placement_come_from_the_class() {
        let scheduling = json!({"nodeSelector": {"vm": "yes"}, "tolerations": [{"key": "vm", "operator": "Exists"}]});
        let class = json!({"metadata": {"name": "kata"}, "handler": "kata", "overhead": {"podFixed": {"cpu": "250m"}}, "scheduling": scheduling});
        let cx = context(vec![decoded::<RuntimeClass>(&class)]);
        let mut good = pod(
            json!({"runtimeClassName": "kata", "tolerations": [{"key": "vm", "operator": "Equal", "value": "a"}]}),
        );
        apply(&cx, &mut good).unwrap();
        assert_eq!(good.spec.overhead.get("cpu").unwrap().to_string(), "250m");
        assert_eq!(good.spec.node_selector.get("vm").unwrap(), "yes");
        assert_eq!(good.spec.tolerations.len(), 1);
        assert_eq!(good.spec.tolerations[0].operator, "Exists");
        for (spec, expect) in [
            (
                json!({"runtimeClassName": "no"}),
                "pod rejected: RuntimeClass \"no\" not found",
            ),
            (
                json!({"runtimeClassName": "kata", "overhead": {"cpu": "1"}}),
                "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
            ),
            (
                json!({"runtimeClassName": "kata", "nodeSelector": {"vm": "no"}}),
                "conflict: runtimeClass.scheduling.nodeSelector[vm] = yes; pod.spec.nodeSelector[vm] = no",
            ),
        ] {
            assert_eq!(apply(&cx, &mut pod(spec)).unwrap_err(), expect);
        }
        for overhead in [json!({"cpu": "1"}), json!({})] {
            assert_eq!(
                check(None, &pod(json!({"overhead": overhead}))).unwrap_err(),
                "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead"
            );
        }
        check(None, &pod(json!({}))).unwrap();
    }

    #[test]
    fn names_that_no_client_asks_for() {
        assert_eq!(unaskable("kata"), None);
        for (name, why) in [
            ("", "resource name may not be empty"),
            (
                "a/b%",
                "invalid resource name \"a/b%\": [may not contain '/' may not contain '%']",
            ),
            ("..", "invalid resource name \"..\": [may not be '..']"),
        ] {
            assert_eq!(unaskable(name).unwrap(), why);
        }
    }
}
