//! Which objects belong to a controller object: its own, orphans to adopt, strays to let go.
//!
//! Upstream's `ControllerRefManager`. [`sort`] decides, [`Claim`] carries it out.

use crate::owner::{adopt_patch, controller_of, controller_reference, release_patch};
use client::{Api, Error, Patch, PatchParams};
use meta::{Kind, labels::Selector};
use std::sync::Arc;

/// What to do with each object that is owned or matches.
#[derive(Debug)]
pub(crate) struct Sorted<C> {
    /// Controlled by the owner, and the selector matches.
    pub(crate) mine: Vec<Arc<C>>,
    /// Match, and nobody controls them.
    pub(crate) adopt: Vec<Arc<C>>,
    /// Controlled by the owner, but the selector no longer matches.
    pub(crate) release: Vec<Arc<C>>,
}

/// An owner that is going takes nothing and lets nothing go; so it is with an object that is going.
pub(crate) fn sort<P: Kind, C: Kind>(
    owner: &P,
    selector: &Selector,
    objects: Vec<Arc<C>>,
) -> Sorted<C> {
    let going = Kind::metadata(owner).deletion_timestamp.is_some();
    let uid = &Kind::metadata(owner).uid;
    let mut sorted = Sorted {
        mine: Vec::new(),
        adopt: Vec::new(),
        release: Vec::new(),
    };
    for object in objects {
        let metadata = Kind::metadata(&*object);
        let matches = selector.matches(&metadata.labels);
        match controller_of(metadata) {
            Some(controller) if controller.uid != *uid => {}
            Some(_) if matches => sorted.mine.push(object),
            Some(_) if going => {}
            Some(_) => sorted.release.push(object),
            None if going || !matches || metadata.deletion_timestamp.is_some() => {}
            None => sorted.adopt.push(object),
        }
    }
    sorted
}

/// Adopts and releases with the identity of `objects`' client.
pub(crate) struct Claim<'a, P: Kind, C: Kind> {
    pub(crate) owner: &'a P,
    pub(crate) owners: Api<P>,
    pub(crate) objects: Api<C>,
}

impl<P: Kind, C: Kind> Claim<'_, P, C> {
    /// All objects that are the owner's when this returns. Objects that vanish meanwhile are left out.
    ///
    /// # Errors
    /// The first patch that failed for another reason than that its object is gone.
    pub(crate) async fn claim(&self, sorted: Sorted<C>) -> Result<Vec<Arc<C>>, Error> {
        let mut claimed = sorted.mine;
        if !sorted.adopt.is_empty() && self.may_adopt().await? {
            for object in sorted.adopt {
                claimed.extend(self.adopt(&object).await?);
            }
        }
        for object in sorted.release {
            self.release(&object).await?;
        }
        Ok(claimed)
    }

    /// The cache may be behind: an owner that is going, or was replaced by its namesake, must not adopt.
    async fn may_adopt(&self) -> Result<bool, Error> {
        let Some(fresh) = self.owners.find(&self.owner.key()).await? else {
            return Ok(false);
        };
        let fresh = Kind::metadata(&fresh);
        Ok(fresh.uid == Kind::metadata(self.owner).uid && fresh.deletion_timestamp.is_none())
    }

    async fn adopt(&self, object: &C) -> Result<Option<Arc<C>>, Error> {
        let patch = adopt_patch(
            &controller_reference(self.owner),
            &Kind::metadata(object).uid,
        );
        let patched = self.patch(object, &patch).await?;
        Ok(patched.map(Arc::new))
    }

    async fn release(&self, object: &C) -> Result<(), Error> {
        let patch = release_patch(&Kind::metadata(self.owner).uid, &Kind::metadata(object).uid);
        self.patch(object, &patch).await.map(drop)
    }

    /// Gone, or replaced by its namesake (the uid in the patch no longer fits): nothing to do.
    async fn patch(&self, object: &C, patch: &serde_json::Value) -> Result<Option<C>, Error> {
        let params = PatchParams::default();
        match self
            .objects
            .patch(&object.key(), &Patch::strategic(patch), &params)
            .await
        {
            Ok(patched) => Ok(Some(patched)),
            Err(error) if error.is_not_found() || error.is_invalid() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
