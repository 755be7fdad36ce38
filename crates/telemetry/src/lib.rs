//! Logs and metric families.
