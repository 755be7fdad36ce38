//! Whether a request is one of those that a flow schema is about: as upstream's `util/flowcontrol/rule.go`.
use crate::request_info::RequestInfo;
use api::flowcontrol::v1::{
    FlowSchemaSpec, NonResourcePolicyRule, PolicyRulesWithSubjects, ResourcePolicyRule, Subject,
    SubjectKind,
};
use meta::Str;
use resource::User;

const ALL: &str = "*";

pub(super) fn matches(spec: &FlowSchemaSpec, user: &User, info: &RequestInfo) -> bool {
    spec.rules.iter().any(|rule| is_of(rule, user, info))
}

fn is_of(rule: &PolicyRulesWithSubjects, user: &User, info: &RequestInfo) -> bool {
    rule.subjects.iter().any(|subject| is_user(subject, user))
        && if info.is_resource {
            rule.resource_rules.iter().any(|rule| takes(rule, info))
        } else {
            let mut rules = rule.non_resource_rules.iter();
            rules.any(|rule| takes_path(rule, info))
        }
}

fn is_user(subject: &Subject, user: &User) -> bool {
    match subject.kind.as_str() {
        SubjectKind::USER => subject
            .user
            .as_ref()
            .is_some_and(|wanted| wanted.name == ALL || wanted.name == user.name),
        SubjectKind::GROUP => subject
            .group
            .as_ref()
            .is_some_and(|wanted| wanted.name == ALL || user.in_group(&wanted.name)),
        SubjectKind::SERVICE_ACCOUNT => subject
            .service_account
            .as_ref()
            .is_some_and(|wanted| is_account(&wanted.namespace, &wanted.name, &user.name)),
        _ => false,
    }
}

fn is_account(namespace: &str, name: &str, user: &str) -> bool {
    let rest = user.strip_prefix("system:serviceaccount:");
    let rest = rest.and_then(|rest| rest.strip_prefix(namespace)?.strip_prefix(':'));
    rest.is_some_and(|account| name == ALL || account == name)
}

fn takes(rule: &ResourcePolicyRule, info: &RequestInfo) -> bool {
    has(&rule.verbs, &info.verb)
        && has_resource(&rule.resources, info)
        && has(&rule.api_groups, &info.group)
        && if info.namespace.is_empty() {
            rule.cluster_scope
        } else {
            has(&rule.namespaces, &info.namespace)
        }
}

/// `pods`, or `pods/status`.
fn has_resource(list: &[Str], info: &RequestInfo) -> bool {
    let is = |wanted: &str| match wanted.split_once('/') {
        None => info.subresource.is_empty() && wanted == info.resource,
        Some((resource, subresource)) => {
            resource == info.resource && subresource == info.subresource
        }
    };
    is_all(list) || list.iter().any(|wanted| is(wanted))
}

fn takes_path(rule: &NonResourcePolicyRule, info: &RequestInfo) -> bool {
    let leads = |wanted: &str| {
        let prefix = wanted.strip_suffix('*').unwrap_or(wanted);
        let rest = info.path.strip_prefix(prefix);
        wanted == ALL
            || wanted == info.path
            || rest.is_some_and(|rest| prefix.ends_with('/') || rest.starts_with('/'))
    };
    has(&rule.verbs, &info.verb) && rule.non_resource_urls.iter().any(|wanted| leads(wanted))
}

fn is_all(list: &[Str]) -> bool {
    matches!(list, [only] if only == ALL)
}

fn has(list: &[Str], value: &str) -> bool {
    is_all(list) || list.iter().any(|known| known == value)
}
