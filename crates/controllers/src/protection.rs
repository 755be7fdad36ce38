//! Storage objects that are in use outlive their deletion: a finalizer of ours is on each, and goes when nobody uses it any more.

pub(crate) mod attributes_class;
pub(crate) mod claim;
pub(crate) mod volume;

use client::{Api, Error};
use meta::{Kind, ObjectMeta, Str};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Admission puts it there; objects older than that plugin lack it.
    Add,
    /// If nobody uses the object.
    Release,
}

fn plan(metadata: &ObjectMeta, finalizer: &str) -> Option<Step> {
    let is_there = metadata.finalizers.iter().any(|one| one == finalizer);
    match (metadata.deletion_timestamp.is_some(), is_there) {
        (false, false) => Some(Step::Add),
        (true, true) => Some(Step::Release),
        _ => None,
    }
}

/// Writes the object back with the finalizer or without it.
///
/// # Errors
/// `Conflict` when it was changed meanwhile.
async fn write<K: Kind>(
    api: &Api<K>,
    object: &K,
    step: Step,
    finalizer: &'static str,
) -> Result<(), Error> {
    let mut object = object.clone();
    let finalizers = &mut Kind::metadata_mut(&mut object).finalizers;
    match step {
        Step::Add => finalizers.push(Str::const_new(finalizer)),
        Step::Release => finalizers.retain(|one| one != finalizer),
    }
    api.replace(&object).await.map(drop)
}

#[cfg(test)]
mod tests {
    //! When the finalizer is written.

    use super::{Step, plan};
    use meta::{ObjectMeta, Time};

    #[test]
    fn the_finalizer_comes_and_goes() {
        let check = |going: bool, finalizers: &[&str], expect: Option<Step>| {
            let metadata = ObjectMeta {
                deletion_timestamp: going.then(|| Time::from_unix_seconds(1)),
                finalizers: finalizers.iter().map(|one| (*one).into()).collect(),
                ..ObjectMeta::default()
            };
            assert_eq!(plan(&metadata, "ours"), expect);
        };
        check(false, &[], Some(Step::Add));
        check(false, &["other"], Some(Step::Add));
        check(false, &["ours"], None);
        check(true, &["other", "ours"], Some(Step::Release));
        check(true, &["other"], None);
    }
}
