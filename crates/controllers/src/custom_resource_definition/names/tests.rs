use super::*;
use expect_test::{Expect, expect};
use serde_json::json;

/// `plural kind` wanted, and the names accepted; a group of its own is written before it.
fn definition(name: &str, wanted: &[&str], accepted: &[&str]) -> CustomResourceDefinition {
    let mut definition = CustomResourceDefinition::default();
    definition.metadata.name = name.into();
    definition.spec.group = "example.com".into();
    definition.spec.names = names(wanted);
    definition.status.accepted_names = names(accepted);
    definition
}

/// Plural, singular, kind, list kind, short names.
fn names(names: &[&str]) -> CustomResourceDefinitionNames {
    let name = |index: usize| Str::from(names.get(index).copied().unwrap_or_default());
    CustomResourceDefinitionNames {
        plural: name(0),
        singular: name(1),
        kind: name(2),
        list_kind: name(3),
        short_names: names.iter().skip(4).map(|name| Str::from(*name)).collect(),
        ..CustomResourceDefinitionNames::default()
    }
}

#[track_caller]
fn check(all: &[CustomResourceDefinition], expect: Expect) {
    let accepted = accept(&all[0], all);
    let names = meta::codec::to_value(&accepted.names);
    let mut lines = vec![names.to_string()];
    lines.extend(accepted.conditions.iter().map(|condition| {
        let Condition {
            type_,
            status,
            reason,
            message,
        } = condition;
        format!("{type_}={status} {reason}: {message}")
    }));
    expect.assert_eq(&lines.join("\n"));
}

const BOAT: &[&str] = &["boats", "boat", "Boat", "BoatList", "bo", "ba"];

#[test]
fn nobody_has_them() {
    check(
        &[definition("boats", BOAT, &[])],
        expect![[r#"
        {"kind":"Boat","listKind":"BoatList","plural":"boats","shortNames":["bo","ba"],"singular":"boat"}
        NamesAccepted=True NoConflicts: no conflicts found
        Established=False Installing: the initial names have been accepted"#]],
    );
    let mut elsewhere = definition("others", BOAT, BOAT);
    elsewhere.spec.group = "example.org".into();
    check(
        &[definition("boats", BOAT, &[]), elsewhere],
        expect![[r#"
        {"kind":"Boat","listKind":"BoatList","plural":"boats","shortNames":["bo","ba"],"singular":"boat"}
        NamesAccepted=True NoConflicts: no conflicts found
        Established=False Installing: the initial names have been accepted"#]],
    );
}

#[test]
fn somebody_has_them() {
    let wanted = definition("boats", BOAT, &[]);
    let others = |accepted: &[&str]| definition("others", accepted, accepted);
    check(
        &[wanted.clone(), others(&["x", "boats"])],
        expect![[r#"
        {"kind":"Boat","listKind":"BoatList","plural":"","shortNames":["bo","ba"],"singular":"boat"}
        NamesAccepted=False PluralConflict: "boats" is already in use
        Established=False NotAccepted: not all names are accepted"#]],
    );
    check(
        &[wanted.clone(), others(&["boat", "x"])],
        expect![[r#"
        {"kind":"Boat","listKind":"BoatList","plural":"boats","shortNames":["bo","ba"]}
        NamesAccepted=False SingularConflict: "boat" is already in use
        Established=False NotAccepted: not all names are accepted"#]],
    );
    check(
        &[wanted.clone(), others(&["a", "b", "C", "D", "bo"])],
        expect![[r#"
        {"kind":"Boat","listKind":"BoatList","plural":"boats","singular":"boat"}
        NamesAccepted=False ShortNamesConflict: "bo" is already in use
        Established=False NotAccepted: not all names are accepted"#]],
    );
    check(
        &[wanted.clone(), others(&["ba", "b", "C", "D", "bo"])],
        expect![[r#"
        {"kind":"Boat","listKind":"BoatList","plural":"boats","singular":"boat"}
        NamesAccepted=False ShortNamesConflict: ["bo" is already in use, "ba" is already in use]
        Established=False NotAccepted: not all names are accepted"#]],
    );
    check(
        &[wanted.clone(), others(&["a", "b", "BoatList", "D"])],
        expect![[r#"
        {"kind":"Boat","plural":"boats","shortNames":["bo","ba"],"singular":"boat"}
        NamesAccepted=False ListKindConflict: "BoatList" is already in use
        Established=False NotAccepted: not all names are accepted"#]],
    );
    check(
        &[wanted.clone(), others(&["a", "b", "C", "Boat"])],
        expect![[r#"
        {"kind":"","listKind":"BoatList","plural":"boats","shortNames":["bo","ba"],"singular":"boat"}
        NamesAccepted=False KindConflict: "Boat" is already in use
        Established=False NotAccepted: not all names are accepted"#]],
    );
    check(
        &[wanted, others(BOAT)],
        expect![[r#"
        {"kind":"","plural":""}
        NamesAccepted=False ListKindConflict: "BoatList" is already in use
        Established=False NotAccepted: not all names are accepted"#]],
    );
}

#[test]
fn an_established_definition_keeps_what_it_has() {
    let mut changed = definition(
        "boats",
        &["boats", "ship", "Boat", "BoatList", "bo", "sh"],
        BOAT,
    );
    changed.status.conditions = meta::codec::from_value::<CustomResourceDefinition>(&json!({
        "status": {"conditions": [{"type": "Established", "status": "True"}]},
    }))
    .unwrap()
    .object
    .status
    .conditions;
    let other = definition(
        "ships",
        &["ships", "ship"],
        &["ships", "ship", "", "", "sh"],
    );
    check(
        &[changed.clone(), other],
        expect![[r#"
        {"kind":"Boat","listKind":"BoatList","plural":"boats","shortNames":["bo","ba"],"singular":"boat"}
        NamesAccepted=False ShortNamesConflict: "sh" is already in use"#]],
    );
    check(
        &[changed],
        expect![[r#"
        {"kind":"Boat","listKind":"BoatList","plural":"boats","shortNames":["bo","sh"],"singular":"ship"}
        NamesAccepted=True NoConflicts: no conflicts found"#]],
    );
}
