//! The embedded runtime on a real kernel. Without root every test says so and passes.

mod harness;

mod exec;
mod images;
mod life;
mod limits;
mod recovery;
mod speed;
