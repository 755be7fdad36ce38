//! Asking authorizers.

use super::{Context, Implementation, fail, no_overload};
use crate::{
    Value,
    evaluate::Out,
    opaque::{
        Opaque,
        authorization::{Answer, Authorization, ResourceTarget, Target, Who},
    },
};
use meta::validation;
use std::sync::Arc;

pub(super) fn implementation(name: &str) -> Option<Implementation> {
    Some(match name {
        "path" => path,
        "group" => group,
        "serviceAccount" => service_account,
        "resource" => resource,
        "subresource" => |_, a| narrowed(a, "subresource", |target| &mut target.subresource),
        "namespace" => |_, a| narrowed(a, "namespace", |target| &mut target.namespace),
        "name" => |_, a| narrowed(a, "name", |target| &mut target.name),
        "fieldSelector" => |_, a| narrowed(a, "fieldSelector", |target| &mut target.field_selector),
        "labelSelector" => |_, a| narrowed(a, "labelSelector", |target| &mut target.label_selector),
        "check" => check,
        "errored" => |_, a| decided(a, "errored", |answer| answer.error.is_some().into()),
        "error" => |_, a| {
            decided(a, "error", |answer| {
                answer.error.clone().unwrap_or_default().into()
            })
        },
        "allowed" => |_, a| decided(a, "allowed", |answer| answer.allowed.into()),
        "reason" => |_, a| decided(a, "reason", |answer| answer.reason.clone().into()),
        _ => return None,
    })
}

fn made(authorization: Authorization) -> Value<'static> {
    Value::Opaque(Arc::new(Opaque::Authorization(authorization)))
}

impl Value<'_> {
    /// The variable `authorizer`.
    #[must_use]
    pub fn authorizer(asked: Arc<dyn crate::Authorize>) -> Self {
        made(Authorization::Authorizer(Who::new(asked)))
    }

    /// A check of a resource, as `authorizer.requestResource` is one.
    #[must_use]
    pub fn resource_check(asked: Arc<dyn crate::Authorize>, target: ResourceTarget) -> Self {
        made(Authorization::ResourceCheck(Who::new(asked), target.into()))
    }
}

/// Of what the function is called.
fn of<'v>(arguments: &'v [Value<'_>]) -> Option<&'v Authorization> {
    match arguments.first()? {
        Value::Opaque(opaque) => match &**opaque {
            Opaque::Authorization(authorization) => Some(authorization),
            _ => None,
        },
        _ => None,
    }
}

fn path<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (Some(Authorization::Authorizer(who)), [_, Value::String(path)]) =
        (of(arguments), &*arguments)
    else {
        return no_overload("path", arguments);
    };
    if path.as_str().trim().is_empty() {
        return fail("path must not be empty");
    }
    Ok(made(Authorization::PathCheck(
        who.clone(),
        path.as_str().into(),
    )))
}

fn group<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (Some(Authorization::Authorizer(who)), [_, Value::String(group)]) =
        (of(arguments), &*arguments)
    else {
        return no_overload("group", arguments);
    };
    Ok(made(Authorization::GroupCheck(
        who.clone(),
        group.as_str().into(),
    )))
}

fn service_account<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (Some(Authorization::Authorizer(who)), [_, Value::String(namespace), Value::String(name)]) =
        (of(arguments), &*arguments)
    else {
        return no_overload("serviceAccount", arguments);
    };
    let (namespace, name) = (namespace.as_str(), name.as_str());
    if !validation::dns1123_subdomain(name).is_empty() {
        return fail("Invalid service account name");
    }
    if !validation::dns1123_label(namespace).is_empty() {
        return fail("Invalid service account namespace");
    }
    let account = who.account(namespace, name);
    Ok(made(Authorization::Authorizer(account)))
}

fn resource<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let (Some(Authorization::GroupCheck(who, group)), [_, Value::String(resource)]) =
        (of(arguments), &*arguments)
    else {
        return no_overload("resource", arguments);
    };
    if resource.as_str().trim().is_empty() {
        return fail("resource must not be empty");
    }
    let target = ResourceTarget {
        group: (**group).to_owned(),
        resource: resource.as_str().to_owned(),
        ..ResourceTarget::default()
    };
    let check = Authorization::ResourceCheck(who.clone(), target.into());
    Ok(made(check))
}

/// The same check with another of its parts set.
fn narrowed<'a>(
    arguments: &[Value<'a>],
    name: &str,
    part: fn(&mut ResourceTarget) -> &mut String,
) -> Out<'a> {
    let (Some(Authorization::ResourceCheck(who, target)), [_, Value::String(text)]) =
        (of(arguments), arguments)
    else {
        return no_overload(name, arguments);
    };
    let mut target = (**target).clone();
    text.as_str().clone_into(part(&mut target));
    let check = Authorization::ResourceCheck(who.clone(), target.into());
    Ok(made(check))
}

fn check<'a>(_: &mut Context<'_>, arguments: &mut [Value<'a>]) -> Out<'a> {
    let [_, Value::String(verb)] = &*arguments else {
        return no_overload("check", arguments);
    };
    let answer = match of(arguments) {
        Some(Authorization::PathCheck(who, path)) => {
            who.ask(Target::Path(Arc::clone(path)), verb.as_str())
        }
        Some(Authorization::ResourceCheck(who, target)) => {
            who.ask(Target::Resource(Arc::clone(target)), verb.as_str())
        }
        _ => return no_overload("check", arguments),
    };
    Ok(made(Authorization::Decision(answer)))
}

fn decided<'a>(
    arguments: &[Value<'a>],
    name: &str,
    shown: impl Fn(&Answer) -> Value<'static>,
) -> Out<'a> {
    match of(arguments) {
        Some(Authorization::Decision(answer)) => Ok(shown(answer)),
        _ => no_overload(name, arguments),
    }
}
