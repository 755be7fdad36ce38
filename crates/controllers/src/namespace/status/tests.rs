//! Conditions in upstream's words.

use super::conditions;
use crate::namespace::content::Emptied;
use expect_test::{Expect, expect};
use meta::{Slice, Time};

fn check(emptied: &Emptied, expect: &Expect) {
    let mut list = Slice::nil();
    conditions(&mut list, emptied, Time::from_unix_seconds(1));
    let lines: Vec<_> = list
        .iter()
        .map(|condition| {
            format!(
                "{} {} {}: {}",
                condition.type_, condition.status, condition.reason, condition.message
            )
        })
        .collect();
    expect.assert_eq(&lines.join("\n"));
    let before = list.clone();
    conditions(&mut list, emptied, Time::from_unix_seconds(2));
    assert_eq!(list, before, "what has not changed does not move");
}

#[test]
fn while_it_empties() {
    check(
        &Emptied::default(),
        &expect![[r#"
        NamespaceDeletionDiscoveryFailure False ResourcesDiscovered: All resources successfully discovered
        NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions: All legacy kube types successfully parsed
        NamespaceDeletionContentFailure False ContentDeleted: All content successfully deleted, may be waiting on finalization
        NamespaceContentRemaining False ContentRemoved: All content successfully removed
        NamespaceFinalizersRemaining False ContentHasNoFinalizers: All content-preserving finalizers finished"#]],
    );
    let left = Emptied {
        remaining: [
            ("pods.".to_owned(), 2),
            ("widgets.example.com".to_owned(), 1),
        ]
        .into(),
        finalizers: [("example.com/wait".into(), 1)].into(),
        failures: vec!["no".to_owned(), "more".to_owned()],
        undiscovered: Some("no discovery".to_owned()),
        ..Emptied::default()
    };
    check(
        &left,
        &expect![[r#"
        NamespaceDeletionDiscoveryFailure True DiscoveryFailed: no discovery
        NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions: All legacy kube types successfully parsed
        NamespaceDeletionContentFailure True ContentDeletionFailed: Failed to delete all resource types, 2 remaining: more, no
        NamespaceContentRemaining True SomeResourcesRemain: Some resources are remaining: pods. has 2 resource instances, widgets.example.com has 1 resource instances
        NamespaceFinalizersRemaining True SomeFinalizersRemain: Some content in the namespace has finalizers remaining: example.com/wait in 1 resource instances"#]],
    );
}

#[test]
fn the_time_moves_with_the_status() {
    let with = |pods: usize| Emptied {
        remaining: (pods > 0)
            .then(|| ("pods.".to_owned(), pods))
            .into_iter()
            .collect(),
        ..Emptied::default()
    };
    let mut list = Slice::nil();
    let mut since = |pods, now| {
        conditions(&mut list, &with(pods), Time::from_unix_seconds(now));
        let left = list
            .iter()
            .find(|found| found.type_ == "NamespaceContentRemaining");
        left.unwrap().last_transition_time.unix_seconds()
    };
    assert_eq!(since(2, 1), 1);
    assert_eq!(since(1, 2), 1);
    assert_eq!(since(0, 3), 3);
}
