use super::*;
use api::apiextensions::v1::CustomResourceDefinitionStatus;
use expect_test::expect;
use serde_json::json;

fn boats() -> CustomResourceDefinition {
    let document = json!({
        "metadata": {"name": "boats.example.com"},
        "spec": {"group": "example.com", "names": {"plural": "boats", "kind": "Boat"}},
    });
    meta::codec::from_value(&document).unwrap().object
}

fn show(status: &CustomResourceDefinitionStatus) -> String {
    let lines = status.conditions.iter().map(|condition| {
        format!(
            "{}={} {} {}",
            condition.type_,
            condition.status,
            condition.reason,
            condition.last_transition_time.unix_seconds()
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn names_first_then_the_word_that_it_is_served() {
    let at = Time::from_unix_seconds;
    let new = boats();
    let accepted = plan(&new, std::slice::from_ref(&new), at(1)).unwrap();
    assert_eq!(accepted.status.accepted_names.plural, "boats");
    expect![[r#"
        NamesAccepted=True NoConflicts 1
        Established=False Installing 1"#]]
    .assert_eq(&show(&accepted.status));
    let established = plan(&accepted, std::slice::from_ref(&accepted), at(2)).unwrap();
    expect![[r#"
        NamesAccepted=True NoConflicts 1
        Established=True InitialNamesAccepted 2"#]]
    .assert_eq(&show(&established.status));
    assert!(plan(&established, std::slice::from_ref(&established), at(3)).is_none());
}

#[test]
fn conditions_that_a_client_took_away_come_back() {
    let at = Time::from_unix_seconds;
    let mut bare = boats();
    bare.status.accepted_names = bare.spec.names.clone();
    let accepted = plan(&bare, std::slice::from_ref(&bare), at(1)).unwrap();
    expect![[r#"
        NamesAccepted=True NoConflicts 1
        Established=False Installing 1"#]]
    .assert_eq(&show(&accepted.status));
    let established = plan(&accepted, std::slice::from_ref(&accepted), at(2)).unwrap();
    expect![[r#"
        NamesAccepted=True NoConflicts 1
        Established=True InitialNamesAccepted 2"#]]
    .assert_eq(&show(&established.status));
}

#[test]
fn a_conflict_is_said_once() {
    let at = Time::from_unix_seconds;
    let mut other = boats();
    other.status.accepted_names = other.spec.names.clone();
    let all = [boats(), other];
    let refused = plan(&all[0], &all, at(1)).unwrap();
    expect![[r#"
        NamesAccepted=False KindConflict 1
        Established=False NotAccepted 1"#]]
    .assert_eq(&show(&refused.status));
    assert!(plan(&refused, &all, at(2)).is_none());
    let freed = plan(&refused, std::slice::from_ref(&refused), at(3)).unwrap();
    expect![[r#"
        NamesAccepted=True NoConflicts 3
        Established=False Installing 1"#]]
    .assert_eq(&show(&freed.status));
}

#[test]
fn what_was_written_counts_until_it_is_seen() {
    let at = |name: &str, version: &str| {
        let mut definition = boats();
        definition.metadata.name = name.into();
        definition.metadata.resource_version = version.into();
        Arc::new(definition)
    };
    let mut written = Written::new();
    for definition in [at("a", "9"), at("b", "5"), at("gone", "10")] {
        written.insert(definition.metadata.name.clone(), definition);
    }
    let cached = vec![at("a", "8"), at("b", "10"), at("c", "7")];
    let latest = latest(cached, &mut written);
    let versions = latest.iter().map(|one| revision(one));
    assert_eq!(versions.collect::<Vec<_>>(), [9, 10, 7]);
    assert_eq!(written.keys().collect::<Vec<_>>(), ["a"]);
}
