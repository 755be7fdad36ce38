//! Counting what a cache has not shown yet.

use super::Expectations;
use meta::ObjectKey;
use platform::simulated;
use std::time::Duration;

#[test]
fn fulfilled_by_what_is_seen() {
    simulated::run(1, |platform| async move {
        let set = ObjectKey::namespaced("a", "set");
        let pods = ["x", "y"].map(|name| ObjectKey::namespaced("a", name));
        let expectations = Expectations::new(platform.clock.clone());
        assert_eq!(expectations.outstanding(&set), None);
        expectations.expect_creations(&set, 2);
        expectations.creation_observed(&set);
        assert!(expectations.outstanding(&set).is_some());
        expectations.creation_observed(&set);
        assert_eq!(expectations.outstanding(&set), None);

        expectations.expect_deletions(&set, pods.clone());
        expectations.deletion_observed(&set, &pods[0]);
        expectations.deletion_observed(&set, &pods[0]);
        assert!(
            expectations.outstanding(&set).is_some(),
            "the same deletion counts once"
        );
        expectations.deletion_observed(&set, &pods[1]);
        assert_eq!(expectations.outstanding(&set), None);
    });
}

#[test]
fn given_up_after_five_minutes() {
    simulated::run(2, |platform| async move {
        let set = ObjectKey::namespaced("a", "set");
        let expectations = Expectations::new(platform.clock.clone());
        expectations.expect_creations(&set, 1);
        platform.clock.sleep(Duration::from_secs(60)).await;
        assert_eq!(
            expectations.outstanding(&set),
            Some(Duration::from_secs(240))
        );
        platform.clock.sleep(Duration::from_secs(240)).await;
        assert_eq!(expectations.outstanding(&set), None);
    });
}
