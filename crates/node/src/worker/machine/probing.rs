//! Probes of a running container: when each is due, what its results add up to.

use super::{Effect, Machine, Now, Run, record};
use crate::pods;
use crate::probes::Failure;
use api::core::v1::{Container, Probe};
use platform::Monotonic;
use std::sync::Arc;
use std::time::Duration;

/// The three probes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProbeKind {
    Startup,
    Liveness,
    Readiness,
}

impl ProbeKind {
    const ALL: [Self; 3] = [Self::Startup, Self::Liveness, Self::Readiness];

    /// As Events spell it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Startup => "Startup",
            Self::Liveness => "Liveness",
            Self::Readiness => "Readiness",
        }
    }

    /// The probe of `container` of this kind.
    pub(crate) fn of(self, container: &Container) -> Option<&Probe> {
        match self {
            Self::Startup => container.startup_probe.as_deref(),
            Self::Liveness => container.liveness_probe.as_deref(),
            Self::Readiness => container.readiness_probe.as_deref(),
        }
    }
}

/// How soon a container that has only just begun is asked again whether it is ready.
const EARLY_PROBE: Duration = Duration::from_millis(100);

/// What one result amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    /// A failure while the container begins: neither counted nor told.
    Early,
    Undecided,
    /// The threshold is reached.
    Decided(bool),
}

/// One probe's schedule and counts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Track {
    /// When the first probe was due.
    since: Monotonic,
    due: Monotonic,
    under_way: bool,
    successes: i32,
    failures: i32,
    /// What the thresholds say; `None` before either is reached.
    passed: Option<bool>,
}

impl Track {
    /// Upstream asks first at some time within the first period. We ask at once and at growing intervals, so that
    /// what begins fast is ready fast, and count failures only after that period.
    fn is_early(&self, kind: ProbeKind, period: Duration, now: Monotonic) -> bool {
        kind != ProbeKind::Liveness && self.passed.is_none() && now.since(self.since) < period
    }
}

/// All probes of one running container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Probing {
    tracks: [Option<Track>; 3],
}

impl Probing {
    /// The probes of `container`, which has just started.
    pub(crate) fn new(container: &Container, now: Monotonic) -> Self {
        let tracks = ProbeKind::ALL.map(|kind| {
            let probe = kind.of(container)?;
            let (delay, period) = (seconds(probe.initial_delay_seconds), period(probe));
            // A liveness probe never comes before the process had one period to begin.
            let delay = if kind == ProbeKind::Liveness {
                delay.max(period)
            } else {
                delay
            };
            let since = now + delay;
            Some(Track {
                since,
                due: since,
                under_way: false,
                successes: 0,
                failures: 0,
                passed: None,
            })
        });
        Self { tracks }
    }

    fn passed(&self, kind: ProbeKind) -> Option<bool> {
        self.tracks[kind as usize]
            .as_ref()
            .map_or(Some(true), |track| track.passed)
    }

    /// Past the startup probe, or without one.
    pub(crate) fn started(&self) -> bool {
        self.passed(ProbeKind::Startup) == Some(true)
    }

    /// Started, and the readiness probe says so, if there is one.
    pub(crate) fn ready(&self) -> bool {
        self.started() && self.passed(ProbeKind::Readiness) == Some(true)
    }

    /// Marks every probe as passed: a container that was adopted was so before.
    pub(crate) fn assume(&mut self, started: bool, ready: bool) {
        let assumed = [started.then_some(true), None, ready.then_some(true)];
        for (track, passed) in self.tracks.iter_mut().zip(assumed) {
            if let Some(track) = track {
                track.passed = passed;
            }
        }
    }

    /// The startup probe runs until it has passed; the others only then.
    fn wanted(&self) -> impl Iterator<Item = (ProbeKind, &Track)> {
        let started = self.started();
        let wanted = move |kind: ProbeKind| (kind == ProbeKind::Startup) != started;
        let tracks = ProbeKind::ALL.into_iter().zip(&self.tracks);
        tracks
            .filter(move |(kind, _)| wanted(*kind))
            .filter_map(|(kind, track)| Some((kind, track.as_ref()?)))
    }

    pub(super) fn next_wake(&self) -> Option<Monotonic> {
        self.wanted()
            .filter(|(_, track)| !track.under_way)
            .map(|(_, track)| track.due)
            .min()
    }

    /// The probes that are due now; they count as under way from here on.
    fn take_due(&mut self, now: Monotonic) -> Vec<ProbeKind> {
        let is_due = |track: &Track| !track.under_way && now >= track.due;
        let due: Vec<_> = self
            .wanted()
            .filter(|(_, track)| is_due(track))
            .map(|(kind, _)| kind)
            .collect();
        for kind in &due {
            if let Some(track) = &mut self.tracks[*kind as usize] {
                track.under_way = true;
            }
        }
        due
    }

    /// Counts one result.
    fn count(
        &mut self,
        kind: ProbeKind,
        probe: &Probe,
        outcome: &Result<(), Failure>,
        now: Monotonic,
    ) -> Counted {
        let success = outcome.is_ok();
        let Some(track) = self.tracks[kind as usize].as_mut() else {
            return Counted::Early;
        };
        track.under_way = false;
        if !success && track.is_early(kind, period(probe), now) {
            track.due = now + now.since(track.since).max(EARLY_PROBE);
            return Counted::Early;
        }
        track.due = now + period(probe);
        if let Err(Failure::Errored(_)) = outcome {
            return Counted::Undecided;
        }
        let (count, threshold) = if success {
            track.failures = 0;
            track.successes = track.successes.saturating_add(1);
            (track.successes, probe.success_threshold)
        } else {
            track.successes = 0;
            track.failures = track.failures.saturating_add(1);
            (track.failures, probe.failure_threshold)
        };
        if count < threshold.max(1) {
            return Counted::Undecided;
        }
        track.passed = Some(success);
        Counted::Decided(success)
    }
}

impl Machine {
    /// Starts the probes that are due.
    pub(super) fn probe(&mut self, now: Now, effects: &mut Vec<Effect>) {
        for slot in &mut self.slots {
            let Run::Running(running) = &mut slot.run else {
                continue;
            };
            if running.stopping.is_some() {
                continue;
            }
            for kind in running.probing.take_due(now.at) {
                let (name, id) = (slot.spec.name.to_string(), running.id.clone());
                effects.push(Effect::Probe { name, id, kind });
            }
        }
    }

    pub(super) fn probed(
        &mut self,
        id: &str,
        kind: ProbeKind,
        outcome: Result<(), Failure>,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let pod_grace = pods::grace(&self.pod);
        let Some(slot) = self.slot_by_id(id) else {
            return;
        };
        let spec = Arc::clone(&slot.spec);
        let (Some(probe), Run::Running(running)) = (kind.of(&spec), &mut slot.run) else {
            return;
        };
        let counted = running.probing.count(kind, probe, &outcome, now.at);
        if counted == Counted::Early {
            return;
        }
        if let Err(failure) = outcome {
            let said = match failure {
                Failure::Failed(output) => format!("failed: {output}"),
                Failure::Errored(error) => {
                    format!("errored and resulted in unknown state: {error}")
                }
            };
            let message = format!("{} probe {said}", kind.as_str());
            effects.push(record(Some(slot), true, "Unhealthy", message));
        }
        if counted == Counted::Decided(false) && kind != ProbeKind::Readiness {
            let grace = probe
                .termination_grace_period_seconds
                .and_then(|s| u64::try_from(s).ok());
            let grace = grace.map_or(pod_grace, Duration::from_secs);
            let why = format!(
                "failed {} probe, will be restarted",
                kind.as_str().to_lowercase()
            );
            slot.stop(grace, &format!("Container {} {why}", spec.name), effects);
        }
    }
}

fn seconds(seconds: i32) -> Duration {
    Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
}

fn period(probe: &Probe) -> Duration {
    seconds(probe.period_seconds.max(1))
}
