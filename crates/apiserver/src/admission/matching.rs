//! Which requests rules and selectors mean. Upstream: `pkg/admission/plugin/webhook/predicates` and `plugin/policy/matching`.
use super::asked::{Asked, Place, operation_name};
use api::admissionregistration::v1::{NamedRuleWithOperations, RuleWithOperations};
use meta::{ApiError, Slice, Str, labels::Selector, v1::LabelSelector};
use resource::{Object, Operation};

/// What of a webhook, a policy or a binding says which requests it is about. Selectors are parsed; what does not parse, which validation
/// does not let through, is told when it is looked at.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    namespaces: Result<Selector, String>,
    objects: Result<Selector, String>,
    rules: Rules,
    /// None of the requests that these match.
    excluded: Rules,
}

/// What are to be rules at all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    rules: Vec<NamedRuleWithOperations>,
    /// Whether a rule for one version of a resource also means the others.
    equivalent: bool,
    /// Whether no rules mean every request.
    none_is_all: bool,
}

/// Where a request matched: its own place, or an equivalent one.
pub(crate) type Matched = Place;

impl Rules {
    /// Of a webhook: without rules nothing matches.
    pub(crate) fn of_webhook(rules: &[RuleWithOperations], match_policy: Option<&Str>) -> Self {
        let named = rules.iter().map(|rule| NamedRuleWithOperations {
            resource_names: Slice::nil(),
            rule_with_operations: rule.clone(),
        });
        Self {
            rules: named.collect(),
            ..Self::excluding(&[], match_policy)
        }
    }

    /// Of a policy or a binding: without rules everything matches.
    pub(crate) fn of_policy(rules: &[NamedRuleWithOperations], match_policy: Option<&Str>) -> Self {
        Self {
            none_is_all: true,
            ..Self::excluding(rules, match_policy)
        }
    }

    /// Those that are excluded: without rules nothing is.
    pub(crate) fn excluding(rules: &[NamedRuleWithOperations], match_policy: Option<&Str>) -> Self {
        Self {
            rules: rules.to_vec(),
            equivalent: match_policy.is_some_and(|policy| policy == "Equivalent"),
            none_is_all: false,
        }
    }

    /// Earlier rules first; a rule for the place itself before any for an equivalent.
    fn matches(&self, asked: &Asked<'_>) -> Option<Matched> {
        if self.none_is_all && self.rules.is_empty() {
            return Some(asked.place.clone());
        }
        let named = |rule: &NamedRuleWithOperations| {
            let names = &rule.resource_names;
            names.is_empty() || names.contains(&asked.name)
        };
        let fits = |rule: &NamedRuleWithOperations, place: &Place| {
            is_match(&rule.rule_with_operations, asked, place) && named(rule)
        };
        if self.rules.iter().any(|rule| fits(rule, &asked.place)) {
            return Some(asked.place.clone());
        }
        if !self.equivalent {
            return None;
        }
        let equivalents = asked.equivalents();
        let mut rules = self.rules.iter();
        rules.find_map(|rule| {
            let mut places = equivalents.iter();
            places.find(|place| fits(rule, place)).cloned()
        })
    }
}

impl Matcher {
    pub(crate) fn new(
        namespaces: Option<&LabelSelector>,
        objects: Option<&LabelSelector>,
        rules: Rules,
        excluded: Rules,
    ) -> Self {
        // No selector is an empty one: everything.
        let parsed = |selector: Option<&LabelSelector>| match selector {
            None => Ok(Selector::everything()),
            some => Selector::from_label_selector(some).map_err(|error| error.to_string()),
        };
        Self {
            namespaces: parsed(namespaces),
            objects: parsed(objects),
            rules,
            excluded,
        }
    }

    /// Where the request matches, if it does. `object` is the new one as it is now.
    ///
    /// # Errors
    /// The rules match, and whether the selectors do cannot be told: the namespace does not exist, or the selector is wrong.
    pub(crate) fn matches(
        &self,
        asked: &Asked<'_>,
        object: Option<&Object>,
    ) -> Result<Option<Matched>, ApiError> {
        let in_namespace = self.selects_namespace(asked, object);
        if matches!(in_namespace, Ok(false)) {
            return Ok(None);
        }
        let selected = self.selects_object(asked, object);
        if matches!(selected, Ok(false)) || self.excluded.matches(asked).is_some() {
            return Ok(None);
        }
        let Some(matched) = self.rules.matches(asked) else {
            return Ok(None);
        };
        in_namespace?;
        selected?;
        Ok(Some(matched))
    }

    /// Objects outside of namespaces are always selected; namespaces are in themselves.
    fn selects_namespace(
        &self,
        asked: &Asked<'_>,
        object: Option<&Object>,
    ) -> Result<bool, ApiError> {
        if asked.namespace().is_empty() && asked.place.resource != "namespaces" {
            return Ok(true);
        }
        let selector = self.namespaces.as_ref().map_err(ApiError::internal)?;
        if selector.is_everything() {
            return Ok(true);
        }
        let labels = asked.namespace_labels(object);
        let labels =
            labels.ok_or_else(|| ApiError::not_found("", "namespaces", asked.namespace()))?;
        Ok(selector.matches(&labels))
    }

    /// By the labels of the new object or of the old one. Connections have none: only who selects everything selects them.
    fn selects_object(&self, asked: &Asked<'_>, object: Option<&Object>) -> Result<bool, ApiError> {
        let selector = self.objects.as_ref().map_err(ApiError::internal)?;
        let mut both = [object, asked.old].into_iter().flatten();
        Ok(selector.is_everything()
            || asked.operation != Operation::Connect
                && both.any(|object| selector.matches(&object.metadata().labels)))
    }
}

/// Whether the rule is about the request as one for `place`.
fn is_match(rule: &RuleWithOperations, asked: &Asked<'_>, place: &Place) -> bool {
    let has = |items: &[Str], wanted: &str| items.iter().any(|item| item == "*" || item == wanted);
    let what = &rule.rule;
    in_scope(what.scope.as_deref(), asked, place)
        && has(&rule.operations, operation_name(asked.operation))
        && has(&what.api_groups, &place.group)
        && has(&what.api_versions, &place.version)
        && what.resources.iter().any(|pattern| {
            let (resource, subresource) = pattern.split_once('/').unwrap_or((pattern, ""));
            (resource == "*" || resource == place.resource)
                && (subresource == "*" || subresource == asked.cx.subresource)
        })
}

/// Namespaces are objects of the cluster.
fn in_scope(scope: Option<&str>, asked: &Asked<'_>, place: &Place) -> bool {
    let is_namespace = place.group.is_empty() && place.resource == "namespaces";
    let of_cluster = is_namespace || asked.namespace().is_empty();
    match scope {
        None | Some("*") => true,
        Some("Namespaced") => !of_cluster,
        Some("Cluster") => of_cluster,
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests;
