//! The conditions of a namespace that is being deleted; pure.

use super::content::Emptied;
use api::core::v1::NamespaceCondition;
use meta::{Slice, Str, Time};
use std::fmt::Display;

/// Sets all five. A condition's time moves with its status alone.
pub(super) fn conditions(conditions: &mut Slice<NamespaceCondition>, emptied: &Emptied, now: Time) {
    let failures = (!emptied.failures.is_empty()).then(|| {
        let mut failures = emptied.failures.clone();
        failures.sort_unstable();
        format!(
            "Failed to delete all resource types, {} remaining: {}",
            failures.len(),
            failures.join(", ")
        )
    });
    let mut set =
        |type_, problem: Option<(&'static str, String)>, fine: (&'static str, &'static str)| {
            let status = if problem.is_some() { "True" } else { "False" };
            let (reason, message) = problem.unwrap_or((fine.0, fine.1.to_owned()));
            put(conditions, condition(type_, status, reason, message, now));
        };
    set(
        "NamespaceDeletionDiscoveryFailure",
        emptied
            .undiscovered
            .clone()
            .map(|why| ("DiscoveryFailed", why)),
        (
            "ResourcesDiscovered",
            "All resources successfully discovered",
        ),
    );
    set(
        "NamespaceDeletionGroupVersionParsingFailure",
        None,
        (
            "ParsedGroupVersions",
            "All legacy kube types successfully parsed",
        ),
    );
    set(
        "NamespaceDeletionContentFailure",
        failures.map(|failures| ("ContentDeletionFailed", failures)),
        (
            "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization",
        ),
    );
    set(
        "NamespaceContentRemaining",
        listed(&emptied.remaining, |resource, count| {
            format!("{resource} has {count} resource instances")
        })
        .map(|left| {
            (
                "SomeResourcesRemain",
                format!("Some resources are remaining: {left}"),
            )
        }),
        ("ContentRemoved", "All content successfully removed"),
    );
    set(
        "NamespaceFinalizersRemaining",
        listed(&emptied.finalizers, |name, count| {
            format!("{name} in {count} resource instances")
        })
        .map(|left| {
            let message = format!("Some content in the namespace has finalizers remaining: {left}");
            ("SomeFinalizersRemain", message)
        }),
        (
            "ContentHasNoFinalizers",
            "All content-preserving finalizers finished",
        ),
    );
}

fn condition(
    type_: &'static str,
    status: &'static str,
    reason: &'static str,
    message: String,
    now: Time,
) -> NamespaceCondition {
    NamespaceCondition {
        type_: Str::const_new(type_),
        status: Str::const_new(status),
        last_transition_time: now,
        reason: Str::const_new(reason),
        message: Str::from(message),
    }
}

fn put(conditions: &mut Slice<NamespaceCondition>, condition: NamespaceCondition) {
    match conditions
        .iter_mut()
        .find(|known| known.type_ == condition.type_)
    {
        None => conditions.push(condition),
        Some(known) => {
            let same = known.status == condition.status
                && known.reason == condition.reason
                && known.message == condition.message;
            if !same {
                let since = if known.status == condition.status {
                    known.last_transition_time
                } else {
                    condition.last_transition_time
                };
                *known = condition;
                known.last_transition_time = since;
            }
        }
    }
}

fn listed<'a, K: Display + 'a>(
    counts: impl IntoIterator<Item = (&'a K, &'a usize)>,
    say: impl Fn(&K, usize) -> String,
) -> Option<String> {
    let said: Vec<_> = counts
        .into_iter()
        .map(|(key, count)| say(key, *count))
        .collect();
    (!said.is_empty()).then(|| said.join(", "))
}

#[cfg(test)]
mod tests;
