//! What webhooks of both sorts share. Each is seen through [`Webhook`], so that the rules stand once.

use super::{
    client_config, condition, expression::Scope, matching::POLICIES, policy::FAILURE_POLICIES, rule,
};
use crate::{rules, selector};
use api::admissionregistration::v1::{
    FailurePolicyType, MatchCondition, MatchPolicyType, ReinvocationPolicyType, RuleWithOperations,
    SideEffectClass, WebhookClientConfig,
};
use meta::{FieldErrors, FieldPath, LabelSelector, Str, validation};

const REVIEW_VERSIONS: &[&str] = &["v1", "v1beta1"];
const NO_SIDE_EFFECTS: &[&str] = &[SideEffectClass::NONE, SideEffectClass::NONE_ON_DRY_RUN];
const SIDE_EFFECTS: &[&str] = &[
    SideEffectClass::NONE,
    SideEffectClass::NONE_ON_DRY_RUN,
    SideEffectClass::SOME,
    SideEffectClass::UNKNOWN,
];
const REINVOCATION: &[&str] = &[
    ReinvocationPolicyType::IF_NEEDED,
    ReinvocationPolicyType::NEVER,
];
const TIMEOUT_SECONDS_DEFAULT: i32 = 10;
const TIMEOUT_SECONDS_MAX: i32 = 30;

/// The fields of a webhook.
#[derive(PartialEq)]
pub(super) struct Webhook<'a> {
    pub(super) name: &'a Str,
    pub(super) client_config: &'a WebhookClientConfig,
    pub(super) rules: &'a [RuleWithOperations],
    pub(super) failure_policy: Option<&'a Str>,
    pub(super) match_policy: Option<&'a Str>,
    pub(super) namespace_selector: Option<&'a LabelSelector>,
    pub(super) object_selector: Option<&'a LabelSelector>,
    pub(super) side_effects: Option<&'a Str>,
    pub(super) timeout_seconds: Option<i32>,
    pub(super) admission_review_versions: &'a [Str],
    pub(super) reinvocation_policy: Option<&'a Str>,
    pub(super) conditions: &'a [MatchCondition],
}

/// The types have the same fields, but no trait in common.
macro_rules! view {
    ($hook:expr, $reinvocation:expr) => {
        webhook::Webhook {
            name: &$hook.name,
            client_config: &$hook.client_config,
            rules: &$hook.rules,
            failure_policy: $hook.failure_policy.as_ref(),
            match_policy: $hook.match_policy.as_ref(),
            namespace_selector: $hook.namespace_selector.as_deref(),
            object_selector: $hook.object_selector.as_deref(),
            side_effects: $hook.side_effects.as_ref(),
            timeout_seconds: $hook.timeout_seconds,
            admission_review_versions: &$hook.admission_review_versions,
            reinvocation_policy: $reinvocation,
            conditions: &$hook.match_conditions,
        }
    };
}
macro_rules! set_defaults {
    ($hook:expr) => {{
        webhook::set_policies(&mut $hook.failure_policy, &mut $hook.match_policy);
        $hook.namespace_selector.get_or_insert_default();
        $hook.object_selector.get_or_insert_default();
        webhook::set_rest(
            &mut $hook.timeout_seconds,
            &mut $hook.client_config,
            &mut $hook.rules,
        );
    }};
}
pub(super) use {set_defaults, view};

pub(super) fn set_policies(failure: &mut Option<Str>, matching: &mut Option<Str>) {
    failure.get_or_insert_with(|| FailurePolicyType::FAIL.into());
    matching.get_or_insert_with(|| MatchPolicyType::EQUIVALENT.into());
}

pub(super) fn set_rest(
    timeout_seconds: &mut Option<i32>,
    config: &mut WebhookClientConfig,
    rules: &mut [RuleWithOperations],
) {
    timeout_seconds.get_or_insert(TIMEOUT_SECONDS_DEFAULT);
    client_config::set_defaults(config);
    for rule in rules {
        rule::set_defaults(&mut rule.rule);
    }
}

/// What old webhooks have already is tolerated in an update.
struct Tolerance {
    conditions: bool,
    side_effects: bool,
    review_versions: bool,
    names: bool,
    selectors: bool,
}

impl Tolerance {
    fn of(new: &[Webhook<'_>], old: Option<&[Webhook<'_>]>) -> Self {
        let old_or_none = old.unwrap_or_default();
        let any = |bad: &dyn Fn(&Webhook<'_>) -> bool| old_or_none.iter().any(bad);
        let same_conditions = || {
            let mut pairs = new.iter().zip(old_or_none);
            new.len() == old_or_none.len()
                && pairs.all(|(new, old)| new.conditions == old.conditions)
        };
        Self {
            conditions: old.is_some() && same_conditions(),
            side_effects: any(&|hook| {
                !hook
                    .side_effects
                    .is_some_and(|class| NO_SIDE_EFFECTS.contains(&class.as_str()))
            }),
            review_versions: any(&|hook| {
                let versions = hook.admission_review_versions;
                !versions.is_empty() && !has_known(versions)
            }),
            names: (0..old_or_none.len()).any(|index| repeats(old_or_none, index)),
            selectors: any(&|hook| {
                let mut errors = FieldErrors::new();
                let path = FieldPath::new("");
                let selectors = [hook.namespace_selector, hook.object_selector];
                for selector in selectors.into_iter().flatten() {
                    selector::check(&mut errors, &path, selector);
                }
                !errors.is_empty()
            }),
        }
    }
}

pub(super) fn check(errors: &mut FieldErrors, new: &[Webhook<'_>], old: Option<&[Webhook<'_>]>) {
    let tolerance = Tolerance::of(new, old);
    for (index, hook) in new.iter().enumerate() {
        let path = FieldPath::new("webhooks").index(index);
        check_hook(errors, &path, hook, &tolerance);
        check_versions(
            errors,
            &path.child("admissionReviewVersions"),
            hook,
            &tolerance,
        );
        if !tolerance.names && !hook.name.is_empty() && repeats(new, index) {
            errors.duplicate(&path.child("name"), hook.name);
        }
    }
}

fn check_hook(
    errors: &mut FieldErrors,
    path: &FieldPath,
    hook: &Webhook<'_>,
    tolerance: &Tolerance,
) {
    let field = path.child("name");
    if hook.name.is_empty() {
        errors.required(&field, "");
    } else {
        rules::each(
            errors,
            &field,
            hook.name,
            validation::fully_qualified_name(hook.name),
        );
    }
    for (index, one) in hook.rules.iter().enumerate() {
        rule::check(errors, &path.child("rules").index(index), one);
    }
    let (failure, matching) = (path.child("failurePolicy"), path.child("matchPolicy"));
    rules::optional_one_of(errors, &failure, hook.failure_policy, FAILURE_POLICIES);
    rules::optional_one_of(errors, &matching, hook.match_policy, POLICIES);
    let (field, allowed) = (path.child("sideEffects"), side_effects(tolerance));
    match hook.side_effects {
        None => errors.required(
            &field,
            format!("must specify one of {}", allowed.join(", ")),
        ),
        given => rules::optional_one_of(errors, &field, given, allowed),
    }
    if let Some(seconds) = hook.timeout_seconds
        && !(1..=TIMEOUT_SECONDS_MAX).contains(&seconds)
    {
        let words = "the timeout value must be between 1 and 30 seconds";
        errors.invalid(&path.child("timeoutSeconds"), seconds, words);
    }
    for (name, given) in [
        ("namespaceSelector", hook.namespace_selector),
        ("objectSelector", hook.object_selector),
    ] {
        if let Some(given) = given {
            check_selector(errors, &path.child(name), given, tolerance);
        }
    }
    let field = path.child("reinvocationPolicy");
    rules::optional_one_of(errors, &field, hook.reinvocation_policy, REINVOCATION);
    client_config::check(errors, &path.child("clientConfig"), hook.client_config);
    if !tolerance.conditions {
        let scope = Scope {
            params: false,
            authorizer: true,
            variables: None,
        };
        condition::check(
            errors,
            &path.child("matchConditions"),
            hook.conditions,
            &scope,
        );
    }
}

fn side_effects(tolerance: &Tolerance) -> &'static [&'static str] {
    if tolerance.side_effects {
        SIDE_EFFECTS
    } else {
        NO_SIDE_EFFECTS
    }
}

/// Where values of labels were bad before they may be so again; the rest of the selector is looked at as ever.
fn check_selector(
    errors: &mut FieldErrors,
    path: &FieldPath,
    selector: &LabelSelector,
    tolerance: &Tolerance,
) {
    if !tolerance.selectors {
        return selector::check(errors, path, selector);
    }
    let mut without_values = selector.clone();
    for requirement in &mut without_values.match_expressions {
        let values = requirement.values.iter_mut();
        for value in values.filter(|value| !validation::label_value(value).is_empty()) {
            *value = Str::default();
        }
    }
    selector::check(errors, path, &without_values);
}

fn check_versions(
    errors: &mut FieldErrors,
    path: &FieldPath,
    hook: &Webhook<'_>,
    tolerance: &Tolerance,
) {
    let versions = hook.admission_review_versions;
    let known = REVIEW_VERSIONS.join(", ");
    if versions.is_empty() {
        return errors.required(path, format!("must specify one of {known}"));
    }
    for (index, version) in versions.iter().enumerate() {
        let path = path.index(index);
        if versions[..index].contains(version) {
            errors.invalid(&path, version, "duplicate version");
        } else {
            rules::each(errors, &path, version, validation::dns1035_label(version));
        }
    }
    if !tolerance.review_versions && !has_known(versions) {
        let words = format!("must include at least one of {known}");
        errors.invalid(path, versions.to_vec(), words);
    }
}

fn has_known(versions: &[Str]) -> bool {
    let mut versions = versions.iter();
    versions.any(|version| REVIEW_VERSIONS.contains(&version.as_str()))
}

fn repeats(hooks: &[Webhook<'_>], index: usize) -> bool {
    hooks[..index]
        .iter()
        .any(|hook| hook.name == hooks[index].name)
}

#[cfg(test)]
mod tests;
