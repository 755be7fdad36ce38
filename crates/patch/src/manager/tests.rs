//! Tests of `manager`.
