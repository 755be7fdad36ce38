//! One RBAC rule: what it allows, and whether it covers another.
use super::Attributes;
use api::rbac::v1::PolicyRule;
use meta::Str;

/// Whether a rule allows what is asked.
pub(super) fn allows(rule: &PolicyRule, attributes: &Attributes<'_>) -> bool {
    let verb = has(&rule.verbs, attributes.verb);
    if attributes.resource.is_empty() {
        return verb
            && rule
                .non_resource_urls
                .iter()
                .any(|pattern| path_matches(pattern, attributes.path));
    }
    verb && has(&rule.api_groups, attributes.group)
        && resource_matches(&rule.resources, attributes.resource, attributes.subresource)
        && (rule.resource_names.is_empty()
            || rule
                .resource_names
                .iter()
                .any(|name| name == attributes.name))
}

fn has(values: &[Str], wanted: &str) -> bool {
    values.iter().any(|value| value == "*" || value == wanted)
}

fn resource_matches(resources: &[Str], resource: &str, subresource: &str) -> bool {
    resources.iter().any(|pattern| {
        if pattern == "*" {
            return true;
        }
        match pattern.split_once('/') {
            None => subresource.is_empty() && pattern == resource,
            Some((of, sub)) => {
                !subresource.is_empty() && sub == subresource && (of == "*" || of == resource)
            }
        }
    })
}

fn path_matches(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => path.starts_with(prefix),
        None => pattern == path,
    }
}

/// What allows everything: a rule for resources and one for paths.
pub(super) fn everything() -> [PolicyRule; 2] {
    let all = || vec![Str::from("*")];
    [
        PolicyRule {
            verbs: all().into(),
            api_groups: all().into(),
            resources: all().into(),
            ..PolicyRule::default()
        },
        PolicyRule {
            verbs: all().into(),
            non_resource_urls: all().into(),
            ..PolicyRule::default()
        },
    ]
}

/// The parts of `wanted` that none of `owned` covers, each as a rule of single values.
pub(crate) fn covers(owned: &[PolicyRule], wanted: &[PolicyRule]) -> Vec<PolicyRule> {
    wanted
        .iter()
        .flat_map(simple)
        .filter(|part| !owned.iter().any(|rule| covers_one(rule, part)))
        .collect()
}

fn covers_one(owner: &PolicyRule, part: &PolicyRule) -> bool {
    let all = |owned: &[Str], wanted: &[Str]| wanted.iter().all(|value| has(owned, value));
    if !part.non_resource_urls.is_empty() {
        let urls = part.non_resource_urls.iter().all(|url| {
            owner
                .non_resource_urls
                .iter()
                .any(|p| p == url || path_matches(p, url))
        });
        return all(&owner.verbs, &part.verbs) && urls;
    }
    let resources = part.resources.iter().all(|wanted| {
        let (resource, sub) = wanted.split_once('/').unwrap_or((wanted, ""));
        owner.resources.iter().any(|owned| owned == wanted)
            || resource_matches(&owner.resources, resource, sub)
    });
    let names = owner.resource_names.is_empty()
        || (!part.resource_names.is_empty()
            && part
                .resource_names
                .iter()
                .all(|name| owner.resource_names.contains(name)));
    all(&owner.verbs, &part.verbs) && all(&owner.api_groups, &part.api_groups) && resources && names
}

/// A rule as rules of one verb, one group, one resource, one name.
fn simple(rule: &PolicyRule) -> Vec<PolicyRule> {
    let mut out = Vec::new();
    for verb in rule.verbs.iter() {
        for group in &rule.api_groups {
            for resource in &rule.resources {
                let base = PolicyRule {
                    verbs: [verb.clone()].into(),
                    api_groups: [group.clone()].into(),
                    resources: [resource.clone()].into(),
                    ..PolicyRule::default()
                };
                if rule.resource_names.is_empty() {
                    out.push(base);
                } else {
                    let named = rule.resource_names.iter().map(|name| PolicyRule {
                        resource_names: [name.clone()].into(),
                        ..base.clone()
                    });
                    out.extend(named);
                }
            }
        }
        for url in &rule.non_resource_urls {
            out.push(PolicyRule {
                verbs: [verb.clone()].into(),
                non_resource_urls: [url.clone()].into(),
                ..PolicyRule::default()
            });
        }
    }
    out
}

#[cfg(test)]
mod tests;
