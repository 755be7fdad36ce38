//! Tasks are counted, drained, named and never lost.

use super::{Hung, TaskError, Tasks};
use crate::simulated;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn a_drain_waits_for_the_last_task() {
    simulated::run(1, |platform| async move {
        let tasks = platform.tasks.group("store");
        let (draining, clock) = (tasks.draining(), platform.clock.clone());
        let writer = tasks.spawn("writer", async move {
            draining.await;
            clock.sleep(SECOND).await;
            "flushed"
        });
        assert_eq!(platform.tasks.running(), ["simulation/store/writer"]);
        let started = platform.clock.monotonic();
        platform
            .tasks
            .drain(&platform.clock, 10 * SECOND)
            .await
            .unwrap();
        assert_eq!(platform.clock.monotonic().since(started), SECOND);
        assert_eq!(writer.await.unwrap(), "flushed");
        assert!(platform.tasks.running().is_empty());
    });
}

#[test]
fn who_hangs_is_named_and_aborted() {
    simulated::run(1, |platform| async move {
        let stuck = platform
            .tasks
            .group("node")
            .spawn("pod/web", std::future::pending::<()>());
        let group = platform.tasks.group("api");
        let held = group.spawn("accept", std::future::pending::<()>());
        let hung = platform
            .tasks
            .drain(&platform.clock, SECOND)
            .await
            .unwrap_err();
        assert_eq!(
            hung,
            Hung {
                tasks: vec![
                    "simulation/node/pod/web".into(),
                    "simulation/api/accept".into()
                ]
            }
        );
        for handle in [stuck, held] {
            assert!(matches!(handle.await, Err(TaskError::Aborted { .. })));
        }
        assert!(platform.tasks.running().is_empty());
    });
}

#[test]
fn a_panic_is_reported_to_whoever_waits() {
    simulated::run(1, |platform| async move {
        let handle = platform
            .tasks
            .spawn("boom", async { panic!("at the disco") });
        let error: TaskError = handle.await.unwrap_err();
        assert_eq!(
            error,
            TaskError::Panicked {
                name: "boom".into(),
                message: "at the disco".into()
            }
        );
        assert_eq!(platform.tasks.panics(), 1);
        assert!(platform.tasks.running().is_empty());
    });
}

#[test]
fn a_group_made_while_draining_drains() {
    simulated::run(1, |platform| async move {
        platform.tasks.trigger();
        let late = platform.tasks.group("late");
        assert!(late.is_draining());
        late.draining().await;
    });
}

#[test]
fn threads_and_blocking_work_run_for_real() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(async {
        let tasks = Tasks::real("test");
        let name = || std::thread::current().name().unwrap_or_default().to_owned();
        let thread = tasks
            .spawn_thread("store-writer", async move { name() })
            .unwrap();
        assert_eq!(thread.await.unwrap(), "store-writer");
        assert_eq!(tasks.spawn_blocking("read", || 42).await.unwrap(), 42);
        let failed = tasks.spawn_blocking("read", || panic!("no")).await;
        assert!(matches!(failed, Err(TaskError::Panicked { .. })));
        tasks.drain(&crate::Clock::real(), SECOND).await.unwrap();
    });
}

/// The order of turns follows from the seed.
#[test]
fn seeds_repeat_and_differ() {
    let trace = |seed| {
        simulated::run(seed, |platform| async move {
            let (sender, mut receiver) = tokio::sync::mpsc::channel(100);
            for task in 0..5 {
                let sender = sender.clone();
                let clock = platform.clock.clone();
                platform.tasks.spawn("worker", async move {
                    for _ in 0..3 {
                        clock.sleep(SECOND).await;
                        sender.send(task).await.unwrap();
                    }
                });
            }
            drop(sender);
            let mut order = Vec::new();
            while let Some(task) = receiver.recv().await {
                order.push(task);
            }
            order
        })
    };
    assert_eq!(trace(1), trace(1));
    assert!(
        (2..20).any(|seed| trace(seed) != trace(1)),
        "seeds explore different orders"
    );
}

#[test]
fn a_crash_tells_nobody() {
    simulated::run(1, |platform| async move {
        let tasks = platform.tasks.group("store");
        let (draining, inner) = (tasks.draining(), tasks.group("inner"));
        let told = tasks.spawn("told", draining);
        let stuck = inner.spawn("stuck", std::future::pending::<()>());
        tasks.crash().await;
        assert!(tasks.running().is_empty());
        assert!(matches!(told.await, Err(TaskError::Aborted { .. })));
        assert!(matches!(stuck.await, Err(TaskError::Aborted { .. })));
    });
}
