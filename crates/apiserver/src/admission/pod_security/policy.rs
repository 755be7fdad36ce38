//! Levels and versions, and the labels of a namespace that name them.
use meta::{FieldErrors, FieldPath, Map, Str};
use std::{borrow::Cow, fmt};

/// From the most that is allowed to the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Privileged,
    Baseline,
    Restricted,
}

impl Level {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "privileged" => Some(Self::Privileged),
            "baseline" => Some(Self::Baseline),
            "restricted" => Some(Self::Restricted),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Privileged => "privileged",
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        }
    }
}

/// The rules of a release of Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    Latest,
    /// `v1.N`
    Minor(u32),
}

impl Version {
    fn parse(text: &str) -> Option<Self> {
        if text == "latest" {
            return Some(Self::Latest);
        }
        let minor = text.strip_prefix("v1.")?;
        let plain = minor == "0" || !minor.starts_with('0');
        let digits = minor.bytes().all(|byte| byte.is_ascii_digit());
        (plain && digits).then(|| minor.parse().ok().map(Self::Minor))?
    }

    /// Whether rules since `v1.minor` hold.
    pub(super) fn has(self, minor: u32) -> bool {
        match self {
            Self::Latest => true,
            Self::Minor(own) => own >= minor,
        }
    }
}

/// `baseline:v1.24`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) level: Level,
    pub(super) version: Version,
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            Version::Latest => write!(f, "{}:latest", self.level.name()),
            Version::Minor(minor) => write!(f, "{}:v1.{minor}", self.level.name()),
        }
    }
}

/// The newest rules that there are.
const MINOR_MAX: u32 = 36;

impl Bound {
    /// Level and version as they are counted: versions to come are one.
    pub(super) fn labels(self) -> (&'static str, Cow<'static, str>) {
        let version = match self.version {
            Version::Minor(minor) if self.level != Level::Privileged => match minor {
                0..=MINOR_MAX => format!("v1.{minor}").into(),
                _ => "future".into(),
            },
            _ => "latest".into(),
        };
        (self.level.name(), version)
    }
}

pub(super) const OPEN: Bound = Bound {
    level: Level::Privileged,
    version: Version::Latest,
};

/// What is refused, what the audit log tells, and what is warned of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Policy {
    pub(super) enforce: Bound,
    pub(super) audit: Bound,
    pub(super) warn: Bound,
}

impl Policy {
    /// What the labels say, and what is wrong with them. A wrong level is taken as the strictest where it is enforced.
    pub(super) fn of(labels: &Map<Str, Str>) -> (Self, FieldErrors) {
        let mut errors = FieldErrors::new();
        let (enforce, enforced) = bound(labels, "enforce", Level::Restricted, &mut errors);
        let (audit, _) = bound(labels, "audit", Level::Privileged, &mut errors);
        let (mut warn, _) = bound(labels, "warn", Level::Privileged, &mut errors);
        let has = |name: &str| labels.contains_key(label(name).as_str());
        if !has("warn") && enforced && enforce.level > warn.level {
            warn.level = enforce.level;
            if !has("warn-version") {
                warn.version = enforce.version;
            }
        }
        (
            Self {
                enforce,
                audit,
                warn,
            },
            errors,
        )
    }

    pub(super) fn is_privileged(&self) -> bool {
        let bounds = [self.enforce, self.audit, self.warn];
        bounds.iter().all(|bound| bound.level == Level::Privileged)
    }
}

fn label(name: &str) -> String {
    format!("pod-security.kubernetes.io/{name}")
}

/// What two labels say, and whether the level is named rightly.
fn bound(
    labels: &Map<Str, Str>,
    mode: &str,
    when_wrong: Level,
    errors: &mut FieldErrors,
) -> (Bound, bool) {
    let path = FieldPath::new("metadata.labels");
    let (mut bound, mut named) = (OPEN, false);
    let key = label(mode);
    if let Some(text) = labels.get(key.as_str()) {
        let level = Level::parse(text);
        named = level.is_some();
        bound.level = level.unwrap_or(when_wrong);
        if !named {
            let words = "must be one of privileged, baseline, restricted";
            errors.invalid(&path.key(&key), text, words);
        }
    }
    let key = label(&format!("{mode}-version"));
    if let Some(text) = labels.get(key.as_str()) {
        let version = Version::parse(text);
        if version.is_none() {
            errors.invalid(&path.key(&key), text, "must be \"latest\" or \"v1.x\"");
        }
        bound.version = version.unwrap_or(Version::Latest);
    }
    (bound, named)
}
