//! A pod's priority number and preemption policy, from its class, the default class, or zero.
use super::{Look, Plugin};
use api::{core::v1::Pod, scheduling::v1::PriorityClass};
use meta::{ApiError, Kind, Str};
use resource::{Object, Operation, Verb};
use std::sync::Arc;

pub(super) struct Priority;

impl Plugin for Priority {
    fn mutate(&self, look: &Look<'_>, object: &mut Object) -> Result<(), ApiError> {
        if !look.cx.subresource.is_empty() {
            return Ok(());
        }
        let Some(pod) = object.as_any_mut().downcast_mut::<Pod>() else {
            return Ok(());
        };
        if look.request.operation == Operation::Update {
            return keep(look, pod);
        }
        let done = fill(look, pod);
        done.map_err(|why| super::forbidden(look, Some(object), &why))
    }

    fn validate(&self, look: &Look<'_>, object: Option<&Object>) -> Result<(), ApiError> {
        check_delete(look)?;
        let class = object.and_then(|object| object.as_any().downcast_ref::<PriorityClass>());
        class
            .map_or(Ok(()), |class| check_default(look, class))
            .map_err(|why| super::forbidden(look, object, &why))
    }
}

/// The system's classes stay. As upstream, only a delete by name is looked at.
fn check_delete(look: &Look<'_>) -> Result<(), ApiError> {
    let (cx, info) = (look.cx, look.request.resource);
    let one_class = cx.verb == Verb::Delete && info.plural == PriorityClass::PLURAL;
    if one_class && info.group == PriorityClass::GROUP && system(&cx.name).is_some() {
        let why = "this is a system priority class and cannot be deleted";
        return Err(ApiError::forbidden(
            &info.group,
            &info.plural,
            &cx.name,
            why,
        ));
    }
    Ok(())
}

fn fill(look: &Look<'_>, pod: &mut Pod) -> Result<(), String> {
    let class = class_of(look, pod)?;
    let value = class.as_ref().map_or(0, |class| class.value);
    if let Some(given) = pod.spec.priority.filter(|given| *given != value) {
        let why = format!(
            "the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {value} from the given PriorityClass name"
        );
        return Err(why);
    }
    pod.spec.priority = Some(value);
    let policy = class
        .as_ref()
        .and_then(|class| class.preemption_policy.clone())
        .unwrap_or_else(|| "PreemptLowerPriority".into());
    if let Some(given) = pod
        .spec
        .preemption_policy
        .as_ref()
        .filter(|given| **given != policy)
    {
        let why = format!(
            "the string value of PreemptionPolicy ({given}) must not be provided in pod spec; priority admission controller computed {policy} from the given PriorityClass name"
        );
        return Err(why);
    }
    pod.spec.preemption_policy = Some(policy);
    if let Some(class) = class {
        pod.spec.priority_class_name = class.metadata.name.clone();
    }
    Ok(())
}

/// Only one class is the default.
fn check_default(look: &Look<'_>, class: &PriorityClass) -> Result<(), String> {
    if !class.global_default || look.request.operation == Operation::Delete {
        return Ok(());
    }
    let classes: Vec<Arc<PriorityClass>> = look.cx.list(None);
    let mut others = classes.iter().filter(|other| other.global_default);
    let other = others.find(|other| other.metadata.name != class.metadata.name);
    other.map_or(Ok(()), |other| {
        Err(format!(
            "PriorityClass {} is already marked as default. Only one default can exist",
            other.metadata.name
        ))
    })
}

/// An update that leaves the priority out keeps it.
fn keep(look: &Look<'_>, pod: &mut Pod) -> Result<(), ApiError> {
    let old = look
        .request
        .old
        .and_then(|old| old.as_any().downcast_ref::<Pod>());
    if let Some(old) = old {
        if pod.spec.priority.is_none() {
            pod.spec.priority = old.spec.priority;
        }
        if pod.spec.preemption_policy.is_none() {
            pod.spec.preemption_policy = old.spec.preemption_policy.clone();
        }
    }
    Ok(())
}

fn class_of(look: &Look<'_>, pod: &Pod) -> Result<Option<Arc<PriorityClass>>, String> {
    let name = &pod.spec.priority_class_name;
    if name.is_empty() {
        let classes: Vec<Arc<PriorityClass>> = look.cx.list(None);
        return Ok(classes
            .into_iter()
            .filter(|class| class.global_default)
            .min_by_key(|class| class.value));
    }
    let found: Option<Arc<PriorityClass>> =
        look.cx.get("", name).or_else(|| system(name).map(Arc::new));
    let missing = || format!("no PriorityClass with name {name} was found");
    found.map(Some).ok_or_else(missing)
}

/// The two classes that every cluster has, also before they are stored.
fn system(name: &str) -> Option<PriorityClass> {
    let value = match name {
        "system-node-critical" => 2_000_001_000,
        "system-cluster-critical" => 2_000_000_000,
        _ => return None,
    };
    let mut class = PriorityClass {
        value,
        ..PriorityClass::default()
    };
    class.metadata.name = Str::from(name);
    Some(class)
}

#[cfg(test)]
mod tests;
