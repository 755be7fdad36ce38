//! [`Upstream`]: how upstream keeps a kind, where that shows in answers.

/// What of upstream's ways of keeping a kind its clients see. Most kinds have [`Upstream::USUAL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// Where its store has the kind: what a conflict of UIDs names. Empty where that is the plural.
    pub place: &'static str,
    /// Group and version in which it is stored, of which discovery shows the hash. `None` where that is the one served.
    pub stored_as: Option<(&'static str, &'static str)>,
    /// Deleted by code of the kind's own, which has words of its own for a precondition that fails.
    pub own_delete: bool,
    /// The field label by whose value watches are found without asking each: flow control does not count these. Empty for none.
    pub watched_by: &'static str,
    /// Tables are made of its status as of the object itself.
    pub status_in_tables: bool,
}

impl Upstream {
    /// As most kinds are kept.
    pub const USUAL: Self = Self {
        place: "",
        stored_as: None,
        own_delete: false,
        watched_by: "",
        status_in_tables: true,
    };
}
