//! How the server's seats are divided among priority levels: by shares, and from time to time anew by what each could use.
use super::demand::DemandStats;

/// What a level's configuration says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shares {
    pub(super) shares: u32,
    /// Of its own seats, those that others may have.
    pub(super) lendable_percent: u32,
    /// Of its own seats' number, how many more it may have; any number without.
    pub(super) borrowing_percent: Option<u32>,
    pub(super) exempt: bool,
}

/// Seats of one level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) nominal: u32,
    pub(super) lower: u32,
    pub(super) upper: u32,
}

/// A level to which seats are allotted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    pub(super) bounds: Bounds,
    pub(super) exempt: bool,
    pub(super) demand: DemandStats,
}

/// What a level gets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Allotted {
    pub(super) seats: u32,
    /// What it asked for.
    pub(super) target: f64,
}

/// By the shares alone, rounded up: the sum may be a little more than `seats`.
pub(super) fn bounds(seats: u32, levels: &[Shares]) -> Vec<Bounds> {
    let all: f64 = levels.iter().map(|level| f64::from(level.shares)).sum();
    let of = |level: &Shares| {
        let nominal = if all > 0.0 {
            whole((f64::from(seats) * f64::from(level.shares) / all).ceil())
        } else {
            0
        };
        let part = |percent: u32| whole((f64::from(nominal) * f64::from(percent) / 100.0).round());
        let lendable = part(level.lendable_percent).min(nominal);
        let borrowed = level.borrowing_percent.map_or(seats, part);
        Bounds {
            nominal,
            lower: nominal - lendable,
            upper: nominal.saturating_add(borrowed),
        }
    };
    levels.iter().map(of).collect()
}

/// By what was in use and waited for. The second is the part of its target that each level without bounds would get.
/// Source: KEP-1040 and upstream's `apf_controller.go`.
pub(super) fn allot(claims: &[Claim]) -> (Vec<Allotted>, f64) {
    let sum = |number: &dyn Fn(&Claim) -> u32| -> i64 {
        claims.iter().map(|claim| i64::from(number(claim))).sum()
    };
    let limited = |number: fn(&Claim) -> u32| {
        move |claim: &Claim| if claim.exempt { 0 } else { number(claim) }
    };
    let all = sum(&|claim| claim.bounds.nominal);
    let exempt = sum(&|claim| if claim.exempt { claim.least() } else { 0 });
    let lower = sum(&limited(|claim| claim.bounds.lower));
    let least = sum(&limited(Claim::least));
    let remaining = all - exempt;
    let give = |seats: &dyn Fn(&Claim) -> f64| {
        let of = |claim: &Claim| Allotted {
            seats: if claim.exempt {
                claim.least()
            } else {
                whole(seats(claim).round())
            },
            target: claim.target(),
        };
        claims.iter().map(of).collect()
    };
    if remaining <= lower {
        return (give(&|claim| claim.bounds.lower.into()), 0.0);
    }
    if remaining <= least {
        let part = real(remaining - lower) / real(least - lower);
        let between = |claim: &Claim| {
            let lower = f64::from(claim.bounds.lower);
            lower + (f64::from(claim.least()) - lower) * part
        };
        return (give(&between), 0.0);
    }
    let fair = fair_part(claims, real(all));
    (give(&|claim| claim.at(fair)), fair)
}

/// The part of its target at which the levels, each within its bounds, get `required` seats together. What they get grows with the
/// part, in straight lines between the parts at which one of them meets a bound.
fn fair_part(claims: &[Claim], required: f64) -> f64 {
    let limited: Vec<&Claim> = claims.iter().filter(|claim| !claim.exempt).collect();
    let total = |part: f64| -> f64 { limited.iter().map(|claim| claim.at(part)).sum() };
    let mut corners: Vec<f64> = limited
        .iter()
        .flat_map(|claim| {
            let bounds = [claim.least(), claim.bounds.upper];
            bounds.map(|bound| f64::from(bound) / claim.target())
        })
        .collect();
    corners.sort_by(f64::total_cmp);
    let (mut before, mut given) = (0.0, total(0.0));
    for corner in corners {
        let there = total(corner);
        if there >= required {
            let step = there - given;
            return if step > 0.0 && required > given {
                before + (corner - before) * (required - given) / step
            } else {
                corner
            };
        }
        (before, given) = (corner, there);
    }
    before
}

impl Claim {
    /// What it keeps: all that it used, within what is its own.
    fn least(&self) -> u32 {
        let used = self.demand.high_watermark;
        let own = if self.exempt {
            used
        } else {
            used.min(self.bounds.nominal)
        };
        own.max(self.bounds.lower)
    }

    /// Never zero, so that it can be divided by.
    fn target(&self) -> f64 {
        const TARGET_MIN: f64 = 0.001;
        self.demand
            .smoothed
            .max(self.least().into())
            .max(TARGET_MIN)
    }

    fn at(&self, part: f64) -> f64 {
        let least = f64::from(self.least());
        let upper = f64::from(self.bounds.upper).max(least);
        (self.target() * part).clamp(least, upper)
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of seats are small")]
fn real(seats: i64) -> f64 {
    seats as f64
}

/// A number of seats; what is too much is as many as there can be.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "conversion saturates"
)]
fn whole(seats: f64) -> u32 {
    seats as u32
}
