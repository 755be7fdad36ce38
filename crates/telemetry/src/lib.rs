//! Logs and metric families.

pub mod log;
