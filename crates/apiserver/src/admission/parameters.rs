//! Who writes an admission policy must be allowed to read what it takes as parameters: else a policy would read for its author. Upstream
//! asks this in the strategies, when nothing else is wrong.
//!
//! Source: `authz.go` beside the strategies in `pkg/registry/admissionregistration`.
use super::{Look, Plugin, Question};
use crate::authz::Attributes;
use api::{
    admissionregistration::v1::{
        MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding, ParamKind, ParamRef,
        ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding,
    },
    apiextensions::v1::CustomResourceDefinition,
};
use meta::{ApiError, FieldErrors, FieldPath, Str};
use resource::{Object, Operation, RequestContext, User};
use std::sync::Arc;

pub(super) struct PolicyParameters;

const ALL: &str = "*";

impl Plugin for PolicyParameters {
    fn ask<'a>(&self, look: Look<'a>, object: Option<&'a Object>) -> Option<Question<'a>> {
        let writes = matches!(
            look.request.operation,
            Operation::Create | Operation::Update
        );
        if !writes || !look.cx.subresource.is_empty() || look.cx.user.in_group("system:masters") {
            return None;
        }
        let new = object?;
        let asked = of_policy(look.cx, new, look.request.old)
            .or_else(|| of_binding(look.cx, new, look.request.old))?;
        Some(Box::pin(async move {
            let attributes = Attributes {
                verb: asked.verb,
                group: &asked.group,
                version: &asked.version,
                resource: &asked.resource,
                namespace: &asked.namespace,
                name: &asked.name,
                ..Attributes::default()
            };
            let verdict = look.authorizer.authorize(&look.cx.user, &attributes).await;
            if verdict.allows() {
                return Ok(());
            }
            Err(refused(&look, new, &asked))
        }))
    }
}

/// What has to be readable, and how it is said that it is not.
struct Asked {
    field: &'static str,
    verb: &'static str,
    group: Str,
    version: Str,
    resource: Str,
    namespace: Str,
    name: Str,
    words: Words,
}

enum Words {
    /// Of a policy: kind and version.
    Kind(Str, Str),
    /// Of a binding to validate: why the kind is not known, if it is not.
    Object(Option<String>),
    /// Of a binding to mutate: upstream has user and verb the wrong way round.
    Swapped,
}

fn refused(look: &Look<'_>, new: &Object, asked: &Asked) -> ApiError {
    let (user, verb) = (shown(&look.cx.user), asked.verb);
    let words = match &asked.words {
        Words::Kind(kind, version) => format!(
            "user {user} must have \"get\" permission on all objects of the referenced paramKind (kind={kind}, apiVersion={version})"
        ),
        Words::Object(None) => {
            format!(
                "user {user} does not have \"{verb}\" permission on the object referenced by paramRef"
            )
        }
        Words::Object(Some(unknown)) => format!(
            "unable to {unknown} to determine minimum required permissions and user {user} does not have \"{verb}\" permission for all groups, versions and resources"
        ),
        Words::Swapped => format!(
            "user {verb} does not have \"{user}\" permission on the object referenced by paramRef"
        ),
    };
    let mut errors = FieldErrors::new();
    errors.forbidden(&FieldPath::new("spec").child(asked.field), words);
    resource::invalid(look.request.resource, &new.metadata().name, &errors)
}

/// As Go prints a pointer to a user.
fn shown(user: &User) -> String {
    let mut extra: Vec<String> = user
        .extra
        .iter()
        .map(|(key, values)| format!("{key}:[{}]", values.join(" ")))
        .collect();
    extra.sort_unstable();
    format!(
        "&{{{} {} [{}] map[{}]}}",
        user.name,
        user.uid,
        user.groups.join(" "),
        extra.join(" ")
    )
}

fn of_policy(cx: &RequestContext, new: &Object, old: Option<&Object>) -> Option<Asked> {
    let kind = param_kind(new)?;
    if old.and_then(param_kind) == Some(kind) {
        return None;
    }
    let mut asked = Asked {
        field: "paramKind",
        verb: "get",
        group: ALL.into(),
        version: ALL.into(),
        resource: ALL.into(),
        namespace: ALL.into(),
        name: ALL.into(),
        words: Words::Kind(kind.kind.clone(), kind.api_version.clone()),
    };
    let definitions: Vec<Arc<CustomResourceDefinition>> = cx.list(None);
    narrow(&mut asked, kind, &definitions);
    Some(asked)
}

fn param_kind(object: &Object) -> Option<&ParamKind> {
    let any = object.as_any();
    if let Some(policy) = any.downcast_ref::<ValidatingAdmissionPolicy>() {
        return policy.spec.param_kind.as_deref();
    }
    let policy = any.downcast_ref::<MutatingAdmissionPolicy>()?;
    policy.spec.param_kind.as_deref()
}

/// The policy's name, the reference, and whether the binding validates.
fn reference(object: &Object) -> Option<(&Str, &ParamRef, bool)> {
    let any = object.as_any();
    if let Some(binding) = any.downcast_ref::<ValidatingAdmissionPolicyBinding>() {
        let spec = &binding.spec;
        return Some((&spec.policy_name, spec.param_ref.as_deref()?, true));
    }
    let spec = &any.downcast_ref::<MutatingAdmissionPolicyBinding>()?.spec;
    Some((&spec.policy_name, spec.param_ref.as_deref()?, false))
}

fn of_binding(cx: &RequestContext, new: &Object, old: Option<&Object>) -> Option<Asked> {
    let (name, param, validates) = reference(new)?;
    if let Some((was, before, _)) = old.and_then(reference)
        && was == name
        && before == param
    {
        return None;
    }
    let mut asked = Asked {
        field: "paramRef",
        verb: if param.name.is_empty() { "list" } else { "get" },
        group: ALL.into(),
        version: ALL.into(),
        resource: ALL.into(),
        namespace: param.namespace.clone(),
        name: param.name.clone(),
        words: Words::Swapped,
    };
    let kind = if validates {
        let policy: Option<Arc<ValidatingAdmissionPolicy>> = cx.get("", name);
        policy.map(|policy| policy.spec.param_kind.clone())
    } else {
        let policy: Option<Arc<MutatingAdmissionPolicy>> = cx.get("", name);
        policy.map(|policy| policy.spec.param_kind.clone())
    };
    let unknown = match &kind {
        None => Some(format!("get policy {name}")),
        Some(None) => None,
        Some(Some(kind)) => {
            let definitions: Vec<Arc<CustomResourceDefinition>> = cx.list(None);
            let known = narrow(&mut asked, kind, &definitions);
            let shown = format!("&{{{} {}}}", kind.api_version, kind.kind);
            (!known).then(|| format!("resolve paramKind {shown}"))
        }
    };
    if validates {
        asked.words = Words::Object(unknown);
    }
    Some(asked)
}

/// From everything to the resource of a kind, as far as it is known; whether it is.
fn narrow(
    asked: &mut Asked,
    kind: &ParamKind,
    definitions: &[Arc<CustomResourceDefinition>],
) -> bool {
    let version = kind.api_version.as_str();
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    asked.group = group.into();
    asked.version = version.into();
    let built_in = schema::discovery::resource_of_kind(group, version, &kind.kind);
    let built_in = built_in.map(|row| Str::from(row.plural));
    let mut defined = definitions.iter().filter(|definition| {
        let spec = &definition.spec;
        spec.group == group
            && spec.names.kind == kind.kind
            && spec.versions.iter().any(|one| one.name == version)
    });
    let plural = built_in.or_else(|| Some(defined.next()?.spec.names.plural.clone()));
    let known = plural.is_some();
    if let Some(plural) = plural {
        asked.resource = plural;
    }
    known
}

#[cfg(test)]
mod tests {
    use super::shown;
    use resource::User;

    #[test]
    fn users_as_go_prints_them() {
        let mut user = User {
            name: "jane".into(),
            groups: vec!["dev".into(), "system:authenticated".into()],
            ..User::default()
        };
        assert_eq!(shown(&user), "&{jane  [dev system:authenticated] map[]}");
        user.uid = "u".into();
        user.extra = vec![
            ("b".into(), vec!["1".into(), "2".into()]),
            ("a".into(), Vec::new()),
        ];
        assert_eq!(
            shown(&user),
            "&{jane u [dev system:authenticated] map[a:[] b:[1 2]]}"
        );
    }
}
