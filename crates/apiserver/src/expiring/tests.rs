use super::Expiring;
use platform::{Platform, simulated};
use std::time::Duration;

#[test]
fn values_are_forgotten_in_time_and_when_there_are_too_many() {
    simulated::run(1, |platform: Platform| async move {
        let cache = Expiring::new(platform.clock.clone(), 2);
        cache.put("never".into(), 0, Duration::ZERO);
        assert_eq!(cache.get("never"), None);
        cache.put("a".into(), 1, Duration::from_secs(10));
        platform.clock.sleep(Duration::from_secs(9)).await;
        assert_eq!(cache.get("a"), Some(1));
        platform.clock.sleep(Duration::from_secs(1)).await;
        assert_eq!(cache.get("a"), None);
        for (value, key) in ["b", "c", "d"].into_iter().enumerate() {
            cache.put(key.into(), value, Duration::from_secs(60));
        }
        assert_eq!((cache.get("b"), cache.get("d")), (None, Some(2)));
        for value in 0..100 {
            cache.put("d".into(), value, Duration::from_secs(60));
        }
        assert_eq!(cache.get("d"), Some(99));
        assert!(cache.held.lock().order.len() <= 4);
    });
}
