//! A real cluster, real containers, real kubectl. Run one after another (see `.config/nextest.toml`): they share the machine's kernel.

#![expect(clippy::disallowed_methods, reason = "scenarios run programs")]

mod commands;
mod guestbook;
mod lifecycle;
mod offline;
mod pods;
mod reaching;
mod reset;
mod streams;
mod verbs;
mod who;
mod wrong;
