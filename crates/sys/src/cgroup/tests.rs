//! Pure parts; the real hierarchies are tested where root is.

use super::hierarchy::keyed;
use super::*;

#[test]
fn shares_map_to_weights() {
    for (shares, weight) in [
        (0, 1),
        (2, 1),
        (1024, 39),
        (262_144, 10_000),
        (u64::MAX, 10_000),
    ] {
        assert_eq!(weight_from_shares(shares), weight, "{shares}");
    }
}

#[test]
fn keys_match_whole_words() {
    let text = "oom 3\noom_kill 1\noom_group_kill 0\n";
    assert_eq!(keyed(text, "oom_kill"), Some(1));
    assert_eq!(keyed(text, "oom"), Some(3));
    assert_eq!(keyed(text, "oom_k"), None);
}

#[test]
fn the_fake_records() {
    let fake = FakeCgroups::default();
    let limits = Limits {
        pids: Some(10),
        ..Limits::default()
    };
    fake.create("/pod", &limits).unwrap();
    fake.remove("/pod").unwrap();
    assert!(!fake.exists("/pod"));
    let expected = [
        Recorded::Create("/pod".to_owned(), limits),
        Recorded::Remove("/pod".to_owned()),
    ];
    assert_eq!(fake.take(), expected);
}
