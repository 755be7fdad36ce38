//! The whole server in one process, over the real store on a simulated disk, with toy kinds.
mod apply;
mod kit;
mod lists;
mod permissions;
mod watches;
mod writes;
