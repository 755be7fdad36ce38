//! Uses of service-account tokens.
use std::sync::Arc;
use telemetry::metrics::{Counter, Registry};

/// Counted at each use.
pub(crate) struct Tokens {
    /// Of old, without audiences.
    pub(crate) legacy: Arc<Counter>,
    /// Of pods, used longer than was asked for.
    pub(crate) stale: Arc<Counter>,
    /// Of pods, within what was asked for.
    pub(crate) valid: Arc<Counter>,
    /// Of Secrets that the account lists.
    pub(crate) automatic: Arc<Counter>,
    /// Of Secrets that somebody made.
    pub(crate) manual: Arc<Counter>,
    /// Of Secrets that are marked as invalid.
    pub(crate) invalidated: Arc<Counter>,
}

impl Tokens {
    pub(super) fn new(registry: &Registry) -> Self {
        let counter = |name, help| registry.counter(name, help, &[]).with(&[]);
        Self {
            legacy: counter(
                "serviceaccount_legacy_tokens_total",
                "[ALPHA] Cumulative legacy service account tokens used",
            ),
            stale: counter(
                "serviceaccount_stale_tokens_total",
                "[ALPHA] Cumulative stale projected service account tokens used",
            ),
            valid: counter(
                "serviceaccount_valid_tokens_total",
                "[ALPHA] Cumulative valid projected service account tokens used",
            ),
            automatic: counter(
                "serviceaccount_legacy_auto_token_uses_total",
                "[ALPHA] Cumulative auto-generated legacy tokens used",
            ),
            manual: counter(
                "serviceaccount_legacy_manual_token_uses_total",
                "[ALPHA] Cumulative manually created legacy tokens used",
            ),
            invalidated: counter(
                "serviceaccount_invalid_legacy_auto_token_uses_total",
                "[ALPHA] Cumulative invalid auto-generated legacy tokens used",
            ),
        }
    }
}
