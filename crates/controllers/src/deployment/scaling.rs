//! How many replicas each ReplicaSet gets: surge and unavailability, rolling steps, proportional scaling.

use super::{
    revision::{desired_of, max_of, set_desired},
    sets::{Member, available_of, replicas_of},
};
use api::apps::v1::Deployment;

pub(super) fn wanted(deployment: &Deployment) -> i32 {
    deployment.spec.replicas.unwrap_or(1)
}

pub(super) fn is_rolling(deployment: &Deployment) -> bool {
    deployment.spec.strategy.type_ == "RollingUpdate"
}

/// Pods above `spec.replicas` during a rollout.
pub(super) fn max_surge(deployment: &Deployment) -> i32 {
    if is_rolling(deployment) {
        fence_posts(deployment).0
    } else {
        0
    }
}

/// Pods below `spec.replicas` during a rollout.
pub(super) fn max_unavailable(deployment: &Deployment) -> i32 {
    if !is_rolling(deployment) || wanted(deployment) == 0 {
        return 0;
    }
    fence_posts(deployment).1.min(wanted(deployment))
}

/// Surge rounds up, unavailability down; both zero would never move, so that one may be unavailable.
fn fence_posts(deployment: &Deployment) -> (i32, i32) {
    let rolling = deployment.spec.strategy.rolling_update.as_ref();
    let surge = rolling.and_then(|rolling| rolling.max_surge.as_ref());
    let unavailable = rolling.and_then(|rolling| rolling.max_unavailable.as_ref());
    let total = wanted(deployment);
    let surge = surge
        .and_then(|value| value.scaled(total, true))
        .unwrap_or(0);
    let unavailable = unavailable
        .and_then(|value| value.scaled(total, false))
        .unwrap_or(0);
    if surge == 0 && unavailable == 0 {
        (0, 1)
    } else {
        (surge, unavailable)
    }
}

/// Scales a member and notes for what size of the Deployment that was.
pub(super) fn scale(member: &mut Member, to: i32, deployment: &Deployment) {
    member.now.spec.replicas = Some(to);
    let wanted = wanted(deployment);
    set_desired(&mut member.now, wanted, wanted + max_surge(deployment));
}

/// [`scale`], where the size changes at all; answers whether it did.
fn rescale(member: &mut Member, to: i32, deployment: &Deployment) -> bool {
    let changes = member.replicas() != to;
    if changes {
        scale(member, to, deployment);
    }
    changes
}

/// The size that the new set may grow to now, given what all sets (it included) have.
pub(super) fn new_set_replicas(deployment: &Deployment, all: i32, new: i32) -> i32 {
    let wanted = wanted(deployment);
    if !is_rolling(deployment) {
        return wanted;
    }
    let room = wanted + max_surge(deployment) - all;
    if room <= 0 {
        new
    } else {
        new + room.min(wanted - new)
    }
}

/// A rolling step of the new set; answers whether it was scaled.
pub(super) fn grow_new(deployment: &Deployment, new: &mut Member, old: &[Member]) -> bool {
    let to = match new.replicas().cmp(&wanted(deployment)) {
        std::cmp::Ordering::Equal => return false,
        std::cmp::Ordering::Greater => wanted(deployment),
        std::cmp::Ordering::Less => new_set_replicas(
            deployment,
            replicas_of(old) + new.replicas(),
            new.replicas(),
        ),
    };
    rescale(new, to, deployment)
}

/// A rolling step of the old sets: pods that are broken anyway first, then as many as availability allows.
/// Answers whether any was scaled.
pub(super) fn shrink_old(deployment: &Deployment, new: &Member, old: &mut [Member]) -> bool {
    if replicas_of(&*old) == 0 {
        return false;
    }
    let min_available = wanted(deployment) - max_unavailable(deployment);
    let new_unavailable = new.replicas() - new.now.status.available_replicas;
    let all = replicas_of(&*old) + new.replicas();
    let room = all - min_available - new_unavailable;
    if room <= 0 {
        return false;
    }
    let available = available_of(&*old) + new.now.status.available_replicas;
    let cleaned = shrink_unhealthy(deployment, old, room);
    let shrunk = shrink_available(deployment, old, available - min_available);
    cleaned || shrunk
}

fn shrink_unhealthy(deployment: &Deployment, old: &mut [Member], room: i32) -> bool {
    let mut left = room;
    for member in by_creation(old) {
        let unhealthy = member.replicas() - member.now.status.available_replicas;
        let count = unhealthy.min(left);
        if member.is_active() && count > 0 {
            left -= count;
            scale(member, member.replicas() - count, deployment);
        }
    }
    left < room
}

fn shrink_available(deployment: &Deployment, old: &mut [Member], surplus: i32) -> bool {
    let mut left = surplus;
    for member in by_creation(old) {
        let count = member.replicas().min(left);
        if count > 0 {
            left -= count;
            scale(member, member.replicas() - count, deployment);
        }
    }
    left < surplus
}

/// Scales every old set to nothing; answers whether any had replicas.
pub(super) fn shrink_all(deployment: &Deployment, old: &mut [Member]) -> bool {
    let mut shrunk = false;
    for member in old.iter_mut().filter(|member| member.is_active()) {
        shrunk |= rescale(member, 0, deployment);
    }
    shrunk
}

/// Whether `spec.replicas` has changed since the sets were scaled: then sizes follow without a rolling step.
pub(super) fn is_scaling(
    deployment: &Deployment,
    members: &mut dyn Iterator<Item = &Member>,
) -> bool {
    members
        .filter(|member| member.is_active())
        .any(|member| desired_of(&member.now).is_some_and(|desired| desired != wanted(deployment)))
}

/// Follows a change of `spec.replicas`, also in the middle of a rollout.
pub(super) fn follow_size(deployment: &Deployment, new: Option<&mut Member>, old: &mut [Member]) {
    let active = old.iter().filter(|member| member.is_active()).count()
        + new.iter().filter(|member| member.is_active()).count();
    if active <= 1 {
        if let Some(only) = active_or_latest(new, old) {
            rescale(only, wanted(deployment), deployment);
        }
        return;
    }
    if new
        .as_ref()
        .is_some_and(|new| is_saturated(deployment, new))
    {
        shrink_all(deployment, old);
        return;
    }
    if is_rolling(deployment) {
        let members = old
            .iter_mut()
            .chain(new)
            .filter(|member| member.is_active());
        follow_proportionally(deployment, members.collect());
    }
}

/// The one active set, or the newest.
fn active_or_latest<'a>(
    new: Option<&'a mut Member>,
    old: &'a mut [Member],
) -> Option<&'a mut Member> {
    let new_is_active = new.as_ref().is_some_and(|new| new.is_active());
    let active = old
        .iter()
        .position(Member::is_active)
        .filter(|_| !new_is_active);
    match (active, new) {
        (Some(at), _) => Some(&mut old[at]),
        (None, Some(new)) => Some(new),
        (None, None) => by_creation(old).pop(),
    }
}

/// The new set has what the Deployment wants, and all of it is available.
fn is_saturated(deployment: &Deployment, new: &Member) -> bool {
    let wanted = wanted(deployment);
    new.replicas() == wanted
        && desired_of(&new.now) == Some(wanted)
        && new.now.status.available_replicas == wanted
}

/// Spreads the change of size over the active sets in proportion to what they have, rest to the largest.
fn follow_proportionally(deployment: &Deployment, mut members: Vec<&mut Member>) {
    let wanted = wanted(deployment);
    let allowed = if wanted > 0 {
        wanted + max_surge(deployment)
    } else {
        0
    };
    let change = allowed - members.iter().map(|member| member.replicas()).sum::<i32>();
    members.sort_by(|a, b| {
        let by_size = b.replicas().cmp(&a.replicas());
        let by_age = a.created().cmp(&b.created());
        by_size.then(if change > 0 { by_age.reverse() } else { by_age })
    });
    let mut done = 0;
    let mut sizes = Vec::with_capacity(members.len());
    for member in &members {
        let share = proportion(deployment, member, change, done);
        done += share;
        sizes.push(member.replicas() + share);
    }
    if let Some(first) = sizes.first_mut() {
        *first = (*first + change - done).max(0);
    }
    for (member, size) in members.into_iter().zip(sizes) {
        scale(member, size, deployment);
    }
}

/// The part of `change` that falls to this set, of which `done` is already given out.
fn proportion(deployment: &Deployment, member: &Member, change: i32, done: i32) -> i32 {
    if member.replicas() == 0 || change == 0 || change == done {
        return 0;
    }
    let share = fraction(deployment, member);
    let left = change - done;
    if change > 0 {
        share.min(left)
    } else {
        share.max(left)
    }
}

/// What the set's share of the Deployment's old size is in its new size, less what it has.
fn fraction(deployment: &Deployment, member: &Member) -> i32 {
    let wanted = wanted(deployment);
    if wanted == 0 {
        return -member.replicas();
    }
    let max_now = wanted + max_surge(deployment);
    let max_before = max_of(&member.now)
        .filter(|max| *max != 0)
        .unwrap_or(deployment.status.replicas);
    if max_before <= 0 {
        return 0;
    }
    let product = i64::from(member.replicas()) * i64::from(max_now);
    let before = i64::from(max_before);
    let rounded = (2 * product + before).div_euclid(2 * before);
    i32::try_from(rounded).unwrap_or(i32::MAX) - member.replicas()
}

fn by_creation(members: &mut [Member]) -> Vec<&mut Member> {
    let mut sorted: Vec<_> = members.iter_mut().collect();
    sorted.sort_by(|a, b| a.created().cmp(&b.created()));
    sorted
}
