//! How many seats a priority level could use, over time: what borrowing among levels goes by.
use platform::Monotonic;
use std::time::Duration;

/// Levels are given other limits so often.
pub(super) const PERIOD: Duration = Duration::from_secs(10);
/// How much of the smoothed demand is left after a period: half of it after five minutes.
const KEPT_IN_PERIOD: f64 = 0.977;

/// The demand since the last look, as integrals over time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Demand {
    since: Monotonic,
    changed: Monotonic,
    seats: f64,
    highest: f64,
    /// Of the seats and of their squares, over seconds.
    integral: f64,
    squares: f64,
}

/// What a look tells, and what earlier ones leave.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DemandStats {
    pub(crate) average: f64,
    pub(crate) deviation: f64,
    pub(crate) high_watermark: u32,
    pub(crate) smoothed: f64,
}

impl Demand {
    pub(super) fn new(now: Monotonic) -> Self {
        Self {
            since: now,
            changed: now,
            seats: 0.0,
            highest: 0.0,
            integral: 0.0,
            squares: 0.0,
        }
    }

    /// From now on so many are in use or waited for.
    pub(super) fn set(&mut self, now: Monotonic, seats: u32) {
        self.advance(now);
        self.seats = seats.into();
        self.highest = self.highest.max(self.seats);
    }

    fn advance(&mut self, now: Monotonic) {
        let seconds = now.since(self.changed).as_secs_f64();
        self.integral += self.seats * seconds;
        self.squares += self.seats * self.seats * seconds;
        self.changed = self.changed.max(now);
    }

    /// Takes what was since the last look into account, and begins anew.
    pub(super) fn look(&mut self, now: Monotonic, stats: &mut DemandStats) {
        self.advance(now);
        let seconds = now.since(self.since).as_secs_f64();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number of seats"
        )]
        let high_watermark = self.highest as u32;
        stats.high_watermark = high_watermark;
        if seconds > 0.0 {
            stats.average = self.integral / seconds;
            let variance = self.squares / seconds - stats.average * stats.average;
            stats.deviation = variance.max(0.0).sqrt();
            let envelope = stats.average + stats.deviation;
            // Looks are taken when something happens: one may be about many periods.
            let kept = KEPT_IN_PERIOD.powf(seconds / PERIOD.as_secs_f64());
            stats.smoothed = envelope.max(kept * stats.smoothed + (1.0 - kept) * envelope);
        }
        *self = Self {
            seats: self.seats,
            highest: self.seats,
            ..Self::new(now)
        };
    }
}
