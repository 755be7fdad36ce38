//! The simulated world: virtual time, one seed, a disk that fails on request.
//!
//! Use [`run`]: it builds a single-threaded runtime whose clock is paused and jumps to the next timer as soon
//! as every task waits. Tasks spawned through the [`Platform`] are delayed by a random number of turns, so that
//! different seeds explore different orders, and the same seed repeats one. What runs inside must not use
//! unseeded randomness: `tokio::select!` needs `biased;`, no order may come from a `HashMap`, and a `tokio::sync::watch`
//! wakes several who wait in an order of its own, where `Notify` and `SetOnce` keep theirs.

mod disk;

pub use disk::{SimulatedDisk, SimulatedLog};

use crate::{Clock, Disk, Platform, Rng, Tasks};
use jiff::Timestamp;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Wall time at which every simulation begins: 2026-01-01T00:00:00Z.
const START_SECONDS: i64 = 1_767_225_600;

/// One in so many turns of a task is put off.
const DELAY_ONE_IN: u64 = 4;

/// Runs `scenario` to its end in a world made from `seed`.
///
/// # Panics
/// When the runtime cannot be built, or the scenario panics.
pub fn run<T, F: Future<Output = T>>(seed: u64, scenario: impl FnOnce(Platform) -> F) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without I/O needs nothing from the system");
    runtime.block_on(async { scenario(platform(seed)).await })
}

/// A simulated world on the current runtime, which must be single-threaded and paused.
#[must_use]
pub fn platform(seed: u64) -> Platform {
    let rng = Rng::seeded(seed);
    Platform {
        clock: Clock::simulated(
            Timestamp::from_second(START_SECONDS).expect("within the range of timestamps"),
        ),
        disk: Disk::simulated(SimulatedDisk::new(fork(&rng))),
        tasks: Tasks::simulated("simulation".to_owned(), fork(&rng)),
        rng,
    }
}

/// The same clock with new tasks: one process of the simulated cluster, which can crash alone.
#[must_use]
pub fn process(world: &Platform, name: &str, disk: SimulatedDisk) -> Platform {
    Platform {
        clock: world.clock.clone(),
        rng: fork(&world.rng),
        disk: Disk::simulated(disk),
        tasks: Tasks::simulated(name.to_owned(), fork(&world.rng)),
    }
}

/// A generator of its own, so that one component's draws do not shift another's.
#[must_use]
pub fn fork(rng: &Rng) -> Rng {
    Rng::seeded(rng.u64())
}

/// Puts off a random share of the turns of `future`.
pub(crate) fn delayed<F: Future>(rng: Rng, future: F) -> impl Future<Output = F::Output> {
    Delayed {
        rng,
        future: Box::pin(future),
    }
}

struct Delayed<F> {
    rng: Rng,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for Delayed<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.rng.chance(1, DELAY_ONE_IN) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.future.as_mut().poll(context)
    }
}
