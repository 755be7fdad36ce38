//! The seams to the world: clock, randomness, disk, tasks. A real and a simulated side.
