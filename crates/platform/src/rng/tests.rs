//! Shapes of random values.

use super::{Rng, SUFFIX_ALPHABET};

#[test]
fn uuids_have_version_and_variant() {
    for rng in [Rng::real(), Rng::seeded(1)] {
        let uuid = rng.uuid();
        let parts: Vec<_> = uuid.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!(uuid.as_bytes()[14], b'4');
        assert!(b"89ab".contains(&uuid.as_bytes()[19]));
        assert_ne!(rng.uuid(), uuid);
    }
}

#[test]
fn suffixes_use_the_safe_alphabet() {
    for _ in 0..100 {
        let suffix = Rng::real().suffix();
        assert_eq!(suffix.len(), 5);
        assert!(
            suffix
                .bytes()
                .all(|letter| SUFFIX_ALPHABET.contains(&letter)),
            "{suffix}"
        );
    }
}

#[test]
fn below_covers_its_range() {
    let rng = Rng::seeded(3);
    let mut seen = [0; 7];
    for _ in 0..7000 {
        seen[usize::try_from(rng.below(7)).unwrap()] += 1;
    }
    assert!(
        seen.iter().all(|count| (800..1200).contains(count)),
        "{seen:?}"
    );
    assert_eq!(rng.below(1), 0);
    assert!(rng.below(u64::MAX) < u64::MAX);
}

#[test]
fn seeds_repeat() {
    let draw = |seed| {
        let rng = Rng::seeded(seed);
        (rng.u64(), rng.uuid(), rng.suffix())
    };
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
}
