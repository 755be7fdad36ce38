//! The embedded runtime on a real kernel. Without root every test says so and passes.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests fail and talk"
)]

mod harness;

mod exec;
mod images;
mod life;
mod limits;
mod recovery;
mod speed;
