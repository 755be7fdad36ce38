//! Tests of `field_set`.
