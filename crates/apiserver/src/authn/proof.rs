//! What a token proves, and what is to be said of its use.
use resource::User;

/// A user, and the audiences that its token is good for.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    pub(crate) user: User,
    pub(crate) audiences: Vec<String>,
    pub(crate) notes: Notes,
}

/// What is said beside the answer to a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notes {
    /// For the request's audit event.
    pub(crate) annotations: Vec<(&'static str, String)>,
    /// For whoever sent the request.
    pub(crate) warnings: Vec<&'static str>,
}

impl Notes {
    pub(crate) fn annotate(&mut self, key: &'static str, value: impl Into<String>) {
        self.annotations.push((key, value.into()));
    }
}

/// What a token proves, or why it proves nothing.
pub(super) type Verified = Result<Proof, String>;
