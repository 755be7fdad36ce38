//! LimitRanger: containers get the default requests and limits of their namespace; pods, containers and claims keep its bounds.
mod bounds;
#[cfg(test)]
mod tests;

use super::{Look, Plugin, forbidden};
use api::core::v1::{Container, LimitRange, LimitRangeItem, PersistentVolumeClaim, Pod};
use meta::{ApiError, Map, Quantity, Str};
use resource::{Object, Operation};
use std::sync::Arc;

pub(super) struct LimitRanger;

/// Says what was filled in.
const ANNOTATION: &str = "kubernetes.io/limit-ranger";

impl Plugin for LimitRanger {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        if !is_concerned(look, object) || look.request.operation != Operation::Create {
            return Ok(());
        }
        let Some(pod) = object.as_any_mut().downcast_mut::<Pod>() else {
            return Ok(());
        };
        for range in ranges(look) {
            fill(&range, pod);
        }
        Ok(())
    }

    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        let Some(object) = object.filter(|object| is_concerned(look, object)) else {
            return Ok(());
        };
        for range in ranges(look) {
            let problems = if let Some(pod) = object.as_any().downcast_ref::<Pod>() {
                check_pod(&range, pod)
            } else if let Some(claim) = object.as_any().downcast_ref::<PersistentVolumeClaim>() {
                check_claim(&range, claim)
            } else {
                return Ok(());
            };
            if let Some(why) = aggregate(problems) {
                return Err(forbidden(look, Some(object), &why));
            }
        }
        Ok(())
    }
}

/// All problems in one sentence, each once.
fn aggregate(problems: Vec<String>) -> Option<String> {
    let mut seen: Vec<String> = Vec::new();
    for problem in problems {
        if !seen.contains(&problem) {
            seen.push(problem);
        }
    }
    match seen.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("[{}]", several.join(", "))),
    }
}

/// Creates, resizes of pods, updates of claims; nothing that is going.
fn is_concerned(look: &Look<'_>, object: &Object) -> bool {
    if object.metadata().deletion_timestamp.is_some() {
        return false;
    }
    let (operation, subresource) = (look.request.operation, look.cx.subresource.as_str());
    if object.as_any().is::<Pod>() {
        return operation == Operation::Create && subresource.is_empty()
            || operation == Operation::Update && subresource == "resize";
    }
    object.as_any().is::<PersistentVolumeClaim>() && subresource.is_empty()
}

fn ranges(look: &Look<'_>) -> Vec<Arc<LimitRange>> {
    look.cx.list(Some(&look.cx.namespace))
}

fn fill(range: &LimitRange, pod: &mut Pod) {
    let (mut requests, mut limits) = (Map::default(), Map::default());
    let items = range.spec.limits.iter();
    for item in items.filter(|item| item.type_ == "Container") {
        for (name, amount) in item.default_request.iter() {
            requests.insert(name.clone(), *amount);
        }
        for (name, amount) in item.default.iter() {
            limits.insert(name.clone(), *amount);
        }
    }
    let mut said = Vec::new();
    for container in pod.spec.containers.iter_mut() {
        fill_container(container, "container", &requests, &limits, &mut said);
    }
    for container in pod.spec.init_containers.iter_mut() {
        fill_container(container, "init container", &requests, &limits, &mut said);
    }
    if !said.is_empty() {
        let words = format!("LimitRanger plugin set: {}", said.join("; "));
        pod.metadata.annotations.insert(ANNOTATION, words.into());
    }
}

fn fill_container(
    container: &mut Container,
    word: &str,
    requests: &Map<Str, Quantity>,
    limits: &Map<Str, Quantity>,
    said: &mut Vec<String>,
) {
    let resources = &mut container.resources;
    let lists = [
        (&mut resources.requests, requests, "request"),
        (&mut resources.limits, limits, "limit"),
    ];
    for (own, defaults, what) in lists {
        let mut set = Vec::new();
        for (name, amount) in defaults.iter() {
            if !own.contains_key(name) {
                own.insert(name.clone(), *amount);
                set.push(name.as_str());
            }
        }
        if !set.is_empty() {
            let names = set.join(", ");
            said.push(format!("{names} {what} for {word} {}", container.name));
        }
    }
}

fn check_pod(range: &LimitRange, pod: &Pod) -> Vec<String> {
    let mut problems = Vec::new();
    for item in range.spec.limits.iter() {
        match item.type_.as_str() {
            "Container" => {
                let containers = pod.spec.containers.iter();
                for container in containers.chain(pod.spec.init_containers.iter()) {
                    let resources = &container.resources;
                    bounds::check(&mut problems, item, &resources.requests, &resources.limits);
                }
            }
            "Pod" => {
                // What the runtime takes does not count here.
                let mut spec = pod.spec.clone();
                spec.overhead.clear();
                let (requests, limits) = quota::of_pod(&spec);
                bounds::check(&mut problems, item, &requests, &limits);
            }
            _ => {}
        }
    }
    problems
}

fn check_claim(range: &LimitRange, claim: &PersistentVolumeClaim) -> Vec<String> {
    let mut problems = Vec::new();
    let of_claims = |item: &&LimitRangeItem| item.type_ == "PersistentVolumeClaim";
    for item in range.spec.limits.iter().filter(of_claims) {
        bounds::check_claim(&mut problems, item, &claim.spec.resources.requests);
    }
    problems
}
