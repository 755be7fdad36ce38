//! Owner references that an object names twice count once, and its sender is told.
use meta::{ObjectMeta, OwnerReference};
use resource::RequestContext;

/// When the repetition was seen: upstream has words for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// In what the client sent.
    Sent,
    /// In what came of a patch and of admission.
    Admitted,
}

/// Leaves the first of equal references.
pub(crate) fn dedup(cx: &RequestContext, metadata: &mut ObjectMeta, when: When) {
    let owners = &mut metadata.owner_references;
    if owners.len() < 2 {
        return;
    }
    let mut kept: Vec<OwnerReference> = Vec::with_capacity(owners.len());
    let mut repeated = Vec::new();
    for owner in owners.drain(..) {
        if kept.contains(&owner) {
            repeated.push(owner.uid.to_string());
        } else {
            kept.push(owner);
        }
    }
    *owners = kept;
    if repeated.is_empty() {
        return;
    }
    let when = match when {
        When::Sent => "",
        When::Admitted => " after mutating admission happens",
    };
    cx.warn(format!(
        ".metadata.ownerReferences contains duplicate entries{when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: {}",
        repeated.join(", ")
    ));
}
