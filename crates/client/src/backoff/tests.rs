//! Growth, cap and spread.

use super::Backoff;

#[test]
fn grows_to_the_cap() {
    let check = |failures, random, millis| {
        let delay = Backoff::REFLECTOR.delay(failures, random);
        assert_eq!(delay.as_millis(), millis, "{failures} failures");
    };
    check(0, 0.0, 800);
    check(1, 0.0, 1600);
    check(1, 0.5, 2400);
    check(5, 0.0, 25_600);
    check(6, 0.0, 30_000);
    check(u32::MAX, 1.0, 60_000);
}
