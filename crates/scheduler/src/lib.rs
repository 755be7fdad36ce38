//! The scheduling framework and one module per plugin.
