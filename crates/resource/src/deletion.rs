//! Deletion as a plan: what a DELETE does to one object, without a store. Behaviour of upstream's generic registry: graceful
//! deletion, finalizers, propagation policies.
use crate::{Object, RequestContext, ResourceType};
use meta::{ApiError, DeleteOptions, ObjectMeta, Str, Time};

const ORPHAN: &str = "orphan";
const FOREGROUND: &str = "foregroundDeletion";

/// What [`crate::Strategy::on_delete`] asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// Finalizers and grace decide.
    Default,
    /// Keep it with a deletionTimestamp, and without a word of a period, until asked again.
    Mark,
    /// The strategy has marked the object itself: it is written as it is (CustomResourceDefinition).
    Marked,
}

/// What happens to dependents when the client does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GarbageCollection {
    Background,
    Orphan,
    /// Propagation policies are ignored (Event).
    Unsupported,
}

/// What is to be written.
#[derive(Debug)]
pub enum PlannedDelete {
    /// Deletion is under way already: nothing to write, the answer is the object.
    Pending(Object),
    /// Write the object, which now has a deletionTimestamp.
    Mark(Object),
    /// Write it with its deletionTimestamp, then remove it: of a graceful deletion without a period watchers see both.
    MarkAndRemove(Object),
    /// Remove it. The object is as it was last.
    Remove(Object),
}

/// Decides what deleting `object` means. Preconditions have been checked.
///
/// # Errors
/// What the strategy refuses.
pub fn plan_delete(
    cx: &RequestContext,
    resource: &dyn ResourceType,
    mut object: Object,
    options: &mut DeleteOptions,
) -> Result<PlannedDelete, ApiError> {
    resource.validate_delete(cx, &object)?;
    let asked = resource.on_delete(cx, &mut object);
    if asked == Deletion::Marked {
        return Ok(PlannedDelete::Mark(object));
    }
    if asked == Deletion::Mark {
        return Ok(keep(cx, resource, object, options));
    }
    let grace = grace(cx, resource, &mut object, options);
    if grace == Grace::Pending {
        return Ok(PlannedDelete::Pending(object));
    }
    update_finalizers(
        resource.info().garbage_collection,
        object.metadata_mut(),
        options,
    );
    let keep = !object.metadata().finalizers.is_empty();
    match grace {
        Grace::Seconds(0) if !keep => Ok(PlannedDelete::MarkAndRemove(object)),
        Grace::Seconds(_) => Ok(PlannedDelete::Mark(object)),
        _ if keep => {
            mark(object.metadata_mut(), cx.now);
            if asked == Deletion::Mark {
                // What waits for others (Namespace) has no period.
                object.metadata_mut().deletion_grace_period_seconds = None;
            }
            Ok(PlannedDelete::Mark(object))
        }
        _ => Ok(PlannedDelete::Remove(object)),
    }
}

/// What [`Deletion::Mark`] asks for.
fn keep(
    cx: &RequestContext,
    resource: &dyn ResourceType,
    mut object: Object,
    options: &DeleteOptions,
) -> PlannedDelete {
    if object.metadata().deletion_timestamp.is_some() {
        return PlannedDelete::Pending(object);
    }
    let mut options = options.clone();
    if options.orphan_dependents == Some(false) {
        // Of other kinds it means Background.
        options.orphan_dependents = None;
        options.propagation_policy = Some("Foreground".into());
    }
    let metadata = object.metadata_mut();
    update_finalizers(resource.info().garbage_collection, metadata, &options);
    metadata.deletion_timestamp = Some(cx.now);
    PlannedDelete::Mark(object)
}

/// Whether an object that was just updated is to be removed instead of written: its deletion waited for this.
#[must_use]
pub fn should_remove_after_update(resource: &dyn ResourceType, object: &Object) -> bool {
    let meta = object.metadata();
    meta.deletion_timestamp.is_some()
        && meta.finalizers.is_empty()
        && meta
            .deletion_grace_period_seconds
            .is_none_or(|seconds| seconds == 0)
        && resource.may_be_removed(object)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grace {
    /// The kind has none, or its period is over.
    None,
    /// A deletionTimestamp that many seconds ahead has been set.
    Seconds(i64),
    Pending,
}

fn grace(
    cx: &RequestContext,
    resource: &dyn ResourceType,
    object: &mut Object,
    options: &mut DeleteOptions,
) -> Grace {
    // What is less than nothing is a second.
    let at_least = |seconds: &mut i64| {
        if *seconds < 0 {
            *seconds = 1;
        }
    };
    options.grace_period_seconds.iter_mut().for_each(at_least);
    let periods = &mut object.metadata_mut().deletion_grace_period_seconds;
    periods.iter_mut().for_each(at_least);
    let meta = object.metadata();
    if let Some(deleted_at) = meta.deletion_timestamp {
        let before = match meta.deletion_grace_period_seconds {
            None | Some(0) => return Grace::None,
            Some(seconds) => seconds,
        };
        return match options.grace_period_seconds {
            Some(seconds) if seconds < before => {
                shorten(object.metadata_mut(), deleted_at, before, seconds)
            }
            _ => Grace::Pending,
        };
    }
    if !resource.check_graceful_delete(cx, object, options) {
        return Grace::None;
    }
    let seconds = options.grace_period_seconds.unwrap_or(0);
    let meta = object.metadata_mut();
    meta.deletion_timestamp = Some(later(cx.now, seconds));
    meta.deletion_grace_period_seconds = Some(seconds);
    bump_generation(meta);
    Grace::Seconds(seconds)
}

/// Only a shorter period may be given to an object that is being deleted.
fn shorten(meta: &mut ObjectMeta, deleted_at: Time, before: i64, seconds: i64) -> Grace {
    meta.deletion_timestamp = Some(later(deleted_at, seconds - before));
    meta.deletion_grace_period_seconds = Some(seconds);
    Grace::Seconds(seconds)
}

fn mark(meta: &mut ObjectMeta, now: Time) {
    match meta.deletion_timestamp {
        None => {
            meta.deletion_timestamp = Some(now);
            bump_generation(meta);
        }
        Some(at) if at.unix_seconds() > now.unix_seconds() => meta.deletion_timestamp = Some(now),
        Some(_) => {}
    }
    meta.deletion_grace_period_seconds = Some(0);
}

fn bump_generation(meta: &mut ObjectMeta) {
    if meta.generation > 0 {
        meta.generation += 1;
    }
}

fn update_finalizers(default: GarbageCollection, meta: &mut ObjectMeta, options: &DeleteOptions) {
    if default == GarbageCollection::Unsupported {
        return;
    }
    let has = |name: &str| meta.finalizers.iter().any(|f| f == name);
    let policy = options.propagation_policy.as_deref();
    let (orphan, foreground) = match (options.orphan_dependents, policy) {
        (Some(orphan), _) => (orphan, false),
        (None, Some("Orphan")) => (true, false),
        (None, Some("Foreground")) => (false, true),
        (None, Some("Background")) => (false, false),
        _ if has(ORPHAN) => (true, false),
        _ if has(FOREGROUND) => (false, true),
        _ => (default == GarbageCollection::Orphan, false),
    };
    if orphan == has(ORPHAN) && foreground == has(FOREGROUND) {
        return;
    }
    meta.finalizers.retain(|f| f != ORPHAN && f != FOREGROUND);
    if orphan {
        meta.finalizers.push(Str::from(ORPHAN));
    }
    if foreground {
        meta.finalizers.push(Str::from(FOREGROUND));
    }
}

fn later(time: Time, seconds: i64) -> Time {
    Time::from_unix_seconds(time.unix_seconds().saturating_add(seconds))
}
