//! The contract of client-go's work queue, and delays in virtual time.

use super::{Queue, Queues};
use crate::backoff::Backoff;
use platform::{Platform, simulated};
use std::time::Duration;
use telemetry::metrics::Registry;

const PLAIN: Backoff = Backoff {
    first: Duration::from_millis(100),
    max: Duration::from_secs(1),
    factor: 2.0,
    jitter: 0.0,
};

fn queue(platform: &Platform) -> Queue<&'static str> {
    Queue::new(platform.clone(), PLAIN)
}

fn millis(platform: &Platform, since: platform::Monotonic) -> u128 {
    platform.clock.monotonic().since(since).as_millis()
}

#[test]
fn a_key_comes_once_and_has_one_worker() {
    simulated::run(1, |platform| async move {
        let queue = queue(&platform);
        queue.add("a");
        queue.add("a");
        queue.add("b");
        let a = queue.next().await.unwrap();
        assert_eq!((*a, queue.len()), ("a", 1));
        queue.add("a");
        assert_eq!(queue.len(), 1, "a is being worked on");
        let b = queue.next().await.unwrap();
        assert_eq!(*b, "b");
        drop(a);
        assert_eq!(*queue.next().await.unwrap(), "a", "it was added meanwhile");
        drop(b);
        assert!(queue.is_empty());
    });
}

#[test]
fn the_earliest_deadline_wins() {
    simulated::run(2, |platform| async move {
        let queue = queue(&platform);
        let start = platform.clock.monotonic();
        queue.add_after("late", Duration::from_secs(9));
        queue.add_after("a", Duration::from_secs(3));
        queue.add_after("a", Duration::from_secs(1));
        queue.add_after("a", Duration::from_secs(2));
        assert_eq!(*queue.next().await.unwrap(), "a");
        assert_eq!(millis(&platform, start), 1000);
        assert_eq!(*queue.next().await.unwrap(), "late");
        assert_eq!(millis(&platform, start), 9000);
    });
}

#[test]
fn a_waiting_worker_hears_of_an_earlier_deadline() {
    simulated::run(3, |platform| async move {
        let queue = queue(&platform);
        let start = platform.clock.monotonic();
        queue.add_after("late", Duration::from_secs(60));
        let worker = platform.tasks.spawn("worker", {
            let queue = queue.clone();
            async move { *queue.next().await.unwrap() }
        });
        platform.clock.sleep(Duration::from_secs(1)).await;
        queue.add_after("early", Duration::from_secs(1));
        assert_eq!(worker.await.unwrap(), "early");
        assert_eq!(millis(&platform, start), 2000);
    });
}

#[test]
fn retries_back_off_until_forgotten() {
    simulated::run(4, |platform| async move {
        let queue = queue(&platform);
        let delays: Vec<_> = (0..6).map(|_| queue.retry("a").as_millis()).collect();
        assert_eq!(delays, [100, 200, 400, 800, 1000, 1000]);
        assert_eq!(queue.failures(&"a"), 6);
        queue.forget(&"a");
        assert_eq!(queue.retry("a").as_millis(), 100);
    });
}

#[test]
fn closing_wakes_every_worker() {
    simulated::run(5, |platform| async move {
        let queue = queue(&platform);
        let workers: Vec<_> = (0..3)
            .map(|_| {
                let queue = queue.clone();
                platform
                    .tasks
                    .spawn("worker", async move { queue.next().await.is_none() })
            })
            .collect();
        platform.clock.sleep(Duration::from_secs(1)).await;
        queue.close();
        for worker in workers {
            assert!(worker.await.unwrap());
        }
    });
}

#[test]
fn all_workers_take_part() {
    simulated::run(6, |platform| async move {
        let queue = queue(&platform);
        let start = platform.clock.monotonic();
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let (queue, clock) = (queue.clone(), platform.clock.clone());
                platform.tasks.spawn("worker", async move {
                    let key = queue.next().await.unwrap();
                    clock.sleep(Duration::from_secs(10)).await;
                    drop(key);
                })
            })
            .collect();
        platform.clock.sleep(Duration::from_secs(1)).await;
        ["a", "b", "c", "d"]
            .into_iter()
            .for_each(|key| queue.add(key));
        for worker in workers {
            worker.await.unwrap();
        }
        assert_eq!(millis(&platform, start), 11_000);
    });
}

#[test]
fn what_a_queue_has_done_is_told() {
    simulated::run(1, |platform| async move {
        let registry = Registry::new();
        let queues = Queues::new(&registry);
        let queue = Queue::counted(platform.clone(), PLAIN, &queues, "letters");
        queue.add("a");
        queue.add("a");
        queue.add("b");
        platform.clock.sleep(Duration::from_secs(2)).await;
        let a = queue.next().await.unwrap();
        platform.clock.sleep(Duration::from_secs(3)).await;
        queue.retry("a");
        let told = |registry: &Registry| -> Vec<String> {
            let text = registry.render();
            let lines = text
                .lines()
                .filter_map(|line| line.strip_prefix("workqueue_"));
            let lines = lines.filter(|line| !line.contains("_bucket"));
            lines
                .map(|line| line.replace("{name=\"letters\"}", ""))
                .collect()
        };
        assert_eq!(
            told(&registry),
            [
                "adds_total 2",
                "depth 1",
                "longest_running_processor_seconds 3",
                "queue_duration_seconds_sum 2",
                "queue_duration_seconds_count 1",
                "retries_total 1",
                "unfinished_work_seconds 3",
                "work_duration_seconds_sum 0",
                "work_duration_seconds_count 0",
            ]
        );
        drop(a);
        let told = told(&registry);
        assert!(told.contains(&"work_duration_seconds_sum 3".to_owned()));
        assert!(told.contains(&"unfinished_work_seconds 0".to_owned()));
        drop(queue);
        assert!(!registry.render().contains("workqueue_depth"));
    });
}
