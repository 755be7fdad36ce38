//! The store as a whole: against a model, killed at random, on a disk that is full.

#[cfg(test)]
mod crash;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod idle;
#[cfg(test)]
mod model;
#[cfg(test)]
mod power;
