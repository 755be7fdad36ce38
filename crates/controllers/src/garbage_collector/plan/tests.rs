//! What becomes of an object, given how its owners stand.

use super::{Decision, Dependents, Standing, decide};
use client::{Metadata, Propagation};
use meta::Str;

fn check(finalizers: &[&str], owners: &[Standing], dependents: Dependents, expect: &Decision) {
    let mut object = Metadata::default();
    object.metadata.finalizers = finalizers
        .iter()
        .map(|finalizer| Str::from(*finalizer))
        .collect();
    let owners: Vec<_> = owners
        .iter()
        .enumerate()
        .map(|(n, standing)| (Str::from(format!("o{n}")), *standing))
        .collect();
    assert_eq!(
        decide(&object, &owners, dependents),
        *expect,
        "{finalizers:?} {owners:?}"
    );
}

#[test]
fn decisions() {
    use Standing::{Absent, Solid, Waiting};
    let delete = Decision::Delete;
    check(&[], &[], Dependents::None, &Decision::Keep);
    check(&[], &[Solid], Dependents::None, &Decision::Keep);
    check(
        &[],
        &[Solid, Absent, Waiting],
        Dependents::None,
        &Decision::DropOwners(vec!["o1".into(), "o2".into()]),
    );
    check(
        &[],
        &[Absent],
        Dependents::None,
        &delete(Propagation::Background),
    );
    check(
        &[],
        &[Absent],
        Dependents::Some,
        &delete(Propagation::Background),
    );
    check(
        &["orphan"],
        &[Absent],
        Dependents::Some,
        &delete(Propagation::Orphan),
    );
    check(
        &["foregroundDeletion"],
        &[Absent],
        Dependents::Some,
        &delete(Propagation::Foreground),
    );
    check(
        &[],
        &[Waiting],
        Dependents::None,
        &delete(Propagation::Background),
    );
    check(
        &[],
        &[Waiting],
        Dependents::Some,
        &delete(Propagation::Foreground),
    );
    check(
        &[],
        &[Waiting, Absent],
        Dependents::SomeWaiting,
        &Decision::UnblockAndDelete,
    );
}
