use super::{Bucket, Throttle, list};
use platform::Platform;
use std::time::Duration;

#[test]
fn events_make_a_list() {
    let text = |events: &[&str]| {
        let events: Vec<Vec<u8>> = events
            .iter()
            .map(|event| event.as_bytes().to_vec())
            .collect();
        String::from_utf8(list(&events).to_vec()).unwrap()
    };
    let head = r#"{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":["#;
    assert_eq!(text(&["{}"]), format!("{head}{{}}]}}"));
    assert_eq!(text(&["{}", "1"]), format!("{head}{{}},1]}}"));
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
