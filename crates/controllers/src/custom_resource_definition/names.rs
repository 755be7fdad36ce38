//! Which of the wanted names a definition gets: those that no other definition of its group has.

use api::apiextensions::v1::{
    ConditionStatus, CustomResourceDefinition,
    CustomResourceDefinitionConditionType as ConditionType, CustomResourceDefinitionNames,
};
use meta::{Str, go_quote};
use std::{borrow::Borrow, collections::BTreeSet};
use structural::definition::{Condition, condition, is_true};

/// What a definition gets, and how its conditions say so.
pub(super) struct Accepted {
    pub(super) names: CustomResourceDefinitionNames,
    pub(super) conditions: Vec<Condition>,
}

/// Whether the definition has all names that it wants and says so: clients may write its status, too.
pub(super) fn are_settled(definition: &CustomResourceDefinition) -> bool {
    definition.spec.names == definition.status.accepted_names
        && is_true(definition, ConditionType::NAMES_ACCEPTED)
}

/// Upstream `calculateNamesAndConditions`. The last conflict is the one that is told.
pub(super) fn accept(
    definition: &CustomResourceDefinition,
    all: &[impl Borrow<CustomResourceDefinition>],
) -> Accepted {
    let (resources, kinds) = taken(definition, all);
    let wanted = &definition.spec.names;
    let mut names = definition.status.accepted_names.clone();
    let mut conflict = None;
    let mut give = |reason, name: &mut Str, wanted: &Str, taken: &BTreeSet<&Str>| {
        if name == wanted || !taken.contains(wanted) {
            *name = wanted.clone();
        } else {
            conflict = Some((reason, in_use(wanted)));
        }
    };
    give(
        "PluralConflict",
        &mut names.plural,
        &wanted.plural,
        &resources,
    );
    give(
        "SingularConflict",
        &mut names.singular,
        &wanted.singular,
        &resources,
    );
    let mut words = Vec::new();
    for name in &wanted.short_names {
        let known = names.short_names.contains(name);
        if !known && resources.contains(name) && !words.contains(&in_use(name)) {
            words.push(in_use(name));
        }
    }
    if words.is_empty() {
        names.short_names = wanted.short_names.clone();
    }
    let mut short = words.join(", ");
    if words.len() > 1 {
        short = format!("[{short}]");
    }
    let short = (!words.is_empty()).then_some(("ShortNamesConflict", short));
    let mut of_kinds = None;
    let mut give = |reason, name: &mut Str, wanted: &Str| {
        if name == wanted || !kinds.contains(wanted) {
            *name = wanted.clone();
        } else {
            of_kinds = Some((reason, in_use(wanted)));
        }
    };
    give("KindConflict", &mut names.kind, &wanted.kind);
    give("ListKindConflict", &mut names.list_kind, &wanted.list_kind);
    names.categories = wanted.categories.clone();
    let conflict = of_kinds.or(short).or(conflict);
    Accepted {
        names,
        conditions: conditions(definition, conflict),
    }
}

/// Names of resources and of kinds that the group's definitions have, this one's among them.
fn taken<'a>(
    definition: &CustomResourceDefinition,
    all: &'a [impl Borrow<CustomResourceDefinition>],
) -> (BTreeSet<&'a Str>, BTreeSet<&'a Str>) {
    let (mut resources, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    let group = all
        .iter()
        .map(Borrow::borrow)
        .filter(|other: &&CustomResourceDefinition| other.spec.group == definition.spec.group);
    for other in group {
        let names = &other.status.accepted_names;
        resources.extend([&names.plural, &names.singular]);
        resources.extend(&names.short_names);
        kinds.extend([&names.kind, &names.list_kind]);
    }
    (resources, kinds)
}

fn in_use(name: &str) -> String {
    format!("{} is already in use", go_quote(name))
}

fn conditions(
    definition: &CustomResourceDefinition,
    conflict: Option<(&'static str, String)>,
) -> Vec<Condition> {
    let accepted = conflict.is_none();
    let (reason, message) =
        conflict.unwrap_or_else(|| ("NoConflicts", "no conflicts found".to_owned()));
    let status = if accepted {
        ConditionStatus::TRUE
    } else {
        ConditionStatus::FALSE
    };
    let names = Condition {
        type_: ConditionType::NAMES_ACCEPTED,
        status,
        reason,
        message,
    };
    let not_yet = |reason, message: &str| Condition {
        type_: ConditionType::ESTABLISHED,
        status: ConditionStatus::FALSE,
        reason,
        message: message.to_owned(),
    };
    let before = condition(definition, ConditionType::ESTABLISHED);
    let established = match before {
        Some(before) if before.status == ConditionStatus::TRUE => None,
        _ if accepted => Some(not_yet(
            "Installing",
            "the initial names have been accepted",
        )),
        None => Some(not_yet("NotAccepted", "not all names are accepted")),
        Some(_) => None,
    };
    std::iter::once(names).chain(established).collect()
}

#[cfg(test)]
mod tests;
