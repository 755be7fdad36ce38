//! When the bundle is published, and when it is put right.

use super::{DESCRIPTION, FILE, Published, Step, plan};
use api::core::v1::{ConfigMap, Namespace};
use client::cache::View;

/// A ConfigMap with these files.
fn map(described: bool, files: &[(&str, &str)]) -> Published {
    let mut map = ConfigMap::default();
    if described {
        map.metadata.annotations.insert(DESCRIPTION, "…".into());
    }
    map.data = files.iter().copied().collect();
    Published::of(map)
}

#[test]
fn published_and_repaired() {
    let check = |phase: &str, there: Option<Published>, expect: Option<Step>| {
        let mut namespace = Namespace::default();
        namespace.status.phase = phase.into();
        assert_eq!(plan(&namespace, there.as_ref(), "PEM"), expect, "{there:?}");
    };
    check("Active", None, Some(Step::Create));
    check("Terminating", None, None);
    check("Active", Some(map(true, &[(FILE, "PEM")])), None);
    check(
        "Active",
        Some(map(false, &[(FILE, "PEM")])),
        Some(Step::Repair),
    );
    check(
        "Active",
        Some(map(true, &[(FILE, "old")])),
        Some(Step::Repair),
    );
    check(
        "Active",
        Some(map(true, &[(FILE, "PEM"), ("more", "")])),
        Some(Step::Repair),
    );
    check("Active", Some(map(true, &[])), Some(Step::Repair));
}
