//! The pod network and Services on the real kernel. Each test has a machine of its own: a network namespace, a mount
//! namespace, a bpf file system, a cgroup; nothing leaves it. Without root the tests say so and do nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod machine;
mod outside;
mod pods;
mod services;
mod takeover;
