//! The seams to the world: clock, randomness, disk, tasks. A real and a simulated side.
//!
//! Everything that Sampan reads from the outside (time, entropy, files of the store) or starts in the
//! background goes through the handles of this crate. They are cheap to clone and are passed down; there are
//! no globals. The simulated side (feature `simulated`) runs on a single-threaded tokio runtime with virtual
//! time and one seed, so that a run repeats exactly. It knows nothing of Kubernetes and nothing of the store.

mod clock;
mod disk;
mod rng;
#[cfg(feature = "simulated")]
pub mod simulated;
mod tasks;

pub use clock::{Clock, Elapsed, Monotonic};
pub use disk::{DataDir, Disk, DiskError};
pub use rng::Rng;
pub use tasks::{Hung, TaskError, TaskHandle, Tasks};

/// The handles that a component needs to reach the world.
#[derive(Clone, Debug)]
pub struct Platform {
    pub clock: Clock,
    pub rng: Rng,
    pub disk: Disk,
    pub tasks: Tasks,
}

impl Platform {
    /// The real world. Must be called inside a tokio runtime, on which `tasks` then spawns.
    #[must_use]
    pub fn real() -> Self {
        Self {
            clock: Clock::real(),
            rng: Rng::real(),
            disk: Disk::real(),
            tasks: Tasks::real("sampan"),
        }
    }

    /// The same world with the tasks in a group of their own, which drains on its own or with its parent.
    #[must_use]
    pub fn group(&self, name: &'static str) -> Self {
        Self {
            tasks: self.tasks.group(name),
            ..self.clone()
        }
    }
}
