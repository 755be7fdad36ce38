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
                "Uses of service-account tokens without audiences.",
            ),
            stale: counter(
                "serviceaccount_stale_tokens_total",
                "Uses of projected service-account tokens after the time that was asked for.",
            ),
            valid: counter(
                "serviceaccount_valid_tokens_total",
                "Uses of projected service-account tokens within the time that was asked for.",
            ),
            automatic: counter(
                "serviceaccount_legacy_auto_token_uses_total",
                "Uses of tokens of Secrets that their service accounts list.",
            ),
            manual: counter(
                "serviceaccount_legacy_manual_token_uses_total",
                "Uses of tokens of Secrets that were made by hand.",
            ),
            invalidated: counter(
                "serviceaccount_invalid_legacy_auto_token_uses_total",
                "Uses of tokens of Secrets that are marked as invalid.",
            ),
        }
    }
}
