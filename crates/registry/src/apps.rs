//! apps/v1.

pub(crate) mod deployment;
pub(crate) mod replica_set;
pub(crate) mod template;
