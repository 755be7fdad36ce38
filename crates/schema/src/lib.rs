//! The fact tables of every built-in type.
