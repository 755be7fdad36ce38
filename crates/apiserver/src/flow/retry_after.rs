//! When those who are refused may come again: the more are refused, the later. As upstream's `dropped_requests_tracker.go`: doubled
//! under load and lowered by one without, as TCP does with its window.
use std::collections::VecDeque;

const SECONDS_MAX: u64 = 32;

/// What was refused of late at one priority level.
#[derive(Debug)]
pub(super) struct RetryAfter {
    /// Of the seconds before this one: when, and how many.
    history: VecDeque<(u64, u64)>,
    second: u64,
    count: u64,
    seconds: u64,
    raised_at: u64,
}

impl RetryAfter {
    pub(super) fn new() -> Self {
        Self {
            history: VecDeque::new(),
            second: 0,
            count: 0,
            seconds: 1,
            raised_at: 0,
        }
    }

    /// Counts one refusal in this second; how many seconds to wait.
    pub(super) fn refused(&mut self, second: u64) -> u64 {
        if second != self.second {
            self.history.push_back((self.second, self.count));
            let reach = (2 * self.seconds).min(SECONDS_MAX);
            self.history
                .retain(|(at, _)| self.second.saturating_sub(*at) <= reach);
            (self.second, self.count) = (second, 0);
            self.adjust();
        }
        self.count += 1;
        self.seconds
    }

    fn adjust(&mut self) {
        let recent = self.history.iter();
        let recent = recent.filter(|(at, _)| self.second.saturating_sub(*at) <= self.seconds);
        let refused: u64 = recent.map(|(_, count)| count).sum();
        let rested = self.second.saturating_sub(self.raised_at) >= self.seconds;
        if rested && refused >= 3 * self.seconds {
            self.seconds = (2 * self.seconds).min(SECONDS_MAX);
            self.raised_at = self.second;
        } else if refused < self.seconds && self.seconds > 1 {
            self.seconds -= 1;
        }
    }
}
