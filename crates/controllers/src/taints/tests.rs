//! Which pods may stay, and how long.

use super::{Stay, stay};
use api::core::v1::{Taint, Toleration};
use std::time::Duration;

/// `key=value` with effect `NoExecute`.
fn taint(text: &str) -> Taint {
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    Taint {
        key: key.into(),
        value: value.into(),
        effect: "NoExecute".into(),
        ..Taint::default()
    }
}

/// `key=value`, `key` (exists), `` (everything), each perhaps with `:seconds`.
fn toleration(text: &str) -> Toleration {
    let (text, seconds) = text
        .split_once(':')
        .map_or((text, None), |(text, s)| (text, s.parse().ok()));
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    let operator = if text.contains('=') {
        "Equal"
    } else {
        "Exists"
    };
    Toleration {
        key: key.into(),
        value: value.into(),
        operator: operator.into(),
        toleration_seconds: seconds,
        ..Toleration::default()
    }
}

#[test]
fn shortest_stay() {
    let check = |taints: &[&str], tolerations: &[&str], expect| {
        let taints: Vec<_> = taints.iter().map(|text| taint(text)).collect();
        let tolerations: Vec<_> = tolerations.iter().map(|text| toleration(text)).collect();
        assert_eq!(
            stay(&taints.iter().collect::<Vec<_>>(), &tolerations),
            expect,
            "{taints:?}"
        );
    };
    let seconds = |seconds| Stay::For(Duration::from_secs(seconds));
    check(&[], &[], Stay::Forever);
    check(&["a"], &[], Stay::No);
    check(&["a"], &["b"], Stay::No);
    check(&["a"], &["a"], Stay::Forever);
    check(&["a"], &[""], Stay::Forever);
    check(&["a=1"], &["a=2"], Stay::No);
    check(&["a=1"], &["a=1:300"], seconds(300));
    check(&["a", "b"], &["a:300", "b:60"], seconds(60));
    check(&["a", "b"], &["a:300", "b"], seconds(300));
    check(&["a"], &["a:0"], Stay::No);
    check(&["a"], &["a:-5"], Stay::No);
}
