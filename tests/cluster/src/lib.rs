//! Scenarios on a real cluster, driven by kubectl. The scenarios are in `tests/it`; this crate holds nothing else.
