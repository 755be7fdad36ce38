//! Logs and metric families.
//!
//! Both are handed down, never global: [`logs::start`] is called once by the binary, and a
//! [`metrics::Registry`] is made by whoever serves `/metrics` and given to those who count.

pub mod logs;
pub mod metrics;
