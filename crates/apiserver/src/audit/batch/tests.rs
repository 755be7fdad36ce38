use super::*;
use platform::Platform;

#[test]
fn batches_go_when_they_are_full_and_when_their_first_event_has_waited() {
    platform::simulated::run(7, |platform: Platform| async move {
        let clock = platform.clock.clone();
        let (events, waiting) = mpsc::channel(10);
        let batch = Batch {
            events_waiting_max: 10,
            events_max: 3,
            wait: Duration::from_secs(5),
            throttle: Some(Throttle {
                batches_per_second: 0.1,
                burst: 2,
            }),
        };
        let mut batches = Batches::new(batch, clock.clone(), waiting);
        let start = clock.monotonic();
        for event in 0..4 {
            events.send(event).await.unwrap();
        }
        let mut next = async || {
            (
                batches.next().await,
                clock.monotonic().since(start).as_secs(),
            )
        };
        assert_eq!(next().await, (Some(vec![0, 1, 2]), 0));
        assert_eq!(next().await, (Some(vec![3]), 5));
        for event in 4..9 {
            events.send(event).await.unwrap();
        }
        // There were two at once, and half of a third came since.
        let waited = clock.timeout(Duration::from_secs(3), next()).await;
        assert!(waited.is_err());
        assert_eq!(next().await, (Some(vec![4, 5, 6]), 10));
        events.send(9).await.unwrap();
        events.send(10).await.unwrap();
        let rest = batches.rest().await;
        assert_eq!(rest, [vec![7, 8, 9], vec![10]]);
    });
}

#[test]
fn batches_are_throttled_behind_a_burst() {
    platform::simulated::run(7, |platform: Platform| async move {
        let now = platform.clock.monotonic();
        let throttle = Throttle {
            batches_per_second: 10.0,
            burst: 2,
        };
        let mut bucket = Bucket::full(throttle, now);
        let mut take = |after: u64| {
            let wait = bucket.take(now + Duration::from_millis(after));
            wait.as_millis()
        };
        assert_eq!([take(0), take(0), take(0), take(0)], [0, 0, 100, 200]);
        // What was taken ahead is paid for.
        assert_eq!([take(300), take(10_000), take(10_000)], [0, 0, 0]);
        assert_eq!(take(10_000), 100);
    });
}
