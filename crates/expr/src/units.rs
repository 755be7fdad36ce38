//! What the estimate and the meter both count with: Kubernetes' own units. One place, because they must agree.

/// Units that reading a character, an element or an entry takes.
pub(crate) const TRAVERSAL: f64 = 0.1;
/// Units that a character of a pattern takes.
pub(crate) const REGEX: f64 = 0.25;
/// An answer of an authorizer is asked for at most twice in an expression.
pub(crate) const AUTHORIZATION: u64 = 350_000;
/// What making a list, a map or a message takes.
pub(crate) const LIST: u64 = 10;
pub(crate) const MAP: u64 = 30;
pub(crate) const MESSAGE: u64 = 40;

/// A share of a size, rounded up.
pub(crate) fn share(size: u64, factor: f64) -> u64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "as upstream counts, and casts from floats saturate"
    )]
    let cost = (size as f64 * factor).ceil() as u64;
    cost
}

/// A comparison that reads what it compares.
pub(crate) fn is_comparison(overload: &str) -> bool {
    matches!(
        overload,
        "less_string"
            | "greater_string"
            | "less_equals_string"
            | "greater_equals_string"
            | "less_bytes"
            | "greater_bytes"
            | "less_equals_bytes"
            | "greater_equals_bytes"
            | "equals"
            | "not_equals"
    )
}
