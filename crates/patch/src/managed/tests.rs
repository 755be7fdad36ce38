//! Tests of `managed`.
