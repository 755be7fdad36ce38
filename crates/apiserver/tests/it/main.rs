//! The whole server in one process, over the real store on a simulated disk, with toy kinds.
#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

mod apply;
mod kit;
mod lists;
mod permissions;
mod watches;
mod writes;
