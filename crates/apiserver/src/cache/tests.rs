//! Placeholder for the tables that follow with the toy kinds.
