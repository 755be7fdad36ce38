//! Semantic versions, strict, or as they are often written.

use std::{cmp::Ordering, fmt};

/// A version. What stands after `+` is kept, and does not count.
#[derive(Clone, Debug)]
pub struct Semver {
    pub major: u64,
    pub minor: u64,
    pub patch: u64,
    before: Vec<Identifier>,
    build: Vec<String>,
}

/// A part of what stands after `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identifier {
    Number(u64),
    Text(String),
}

impl Semver {
    /// Errors in the words of upstream's library.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("Version string empty".to_owned());
        }
        let parts: Vec<&str> = text.splitn(3, '.').collect();
        let [major, minor, rest] = parts.as_slice() else {
            return Err("No Major.Minor.Patch elements found".to_owned());
        };
        let (rest, build) = match rest.split_once('+') {
            Some((rest, build)) => (rest, build.split('.').collect()),
            None => (*rest, Vec::new()),
        };
        let (patch, before) = match rest.split_once('-') {
            Some((patch, before)) => (patch, before.split('.').collect()),
            None => (rest, Vec::new()),
        };
        Ok(Self {
            major: number("major", "Major", major)?,
            minor: number("minor", "Minor", minor)?,
            patch: number("patch", "Patch", patch)?,
            before: before
                .into_iter()
                .map(identifier)
                .collect::<Result<_, _>>()?,
            build: build.into_iter().map(metadata).collect::<Result<_, _>>()?,
        })
    }

    /// As [`Semver::parse`], after a `v`, leading zeros and missing parts were seen to.
    pub(crate) fn parse_tolerant(text: &str) -> Result<Self, String> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let mut parts: Vec<String> = text.splitn(3, '.').map(trimmed).collect();
        if parts.len() < 3 {
            let last = parts.last().map_or("", String::as_str);
            if last.contains(['+', '-']) {
                return Err("short version cannot contain PreRelease/Build meta data".to_owned());
            }
            parts.resize(3, "0".to_owned());
        }
        Self::parse(&parts.join("."))
    }
}

/// Without leading zeros, but with one digit at least.
fn trimmed(part: &str) -> String {
    if part.len() < 2 {
        return part.to_owned();
    }
    let rest = part.trim_start_matches('0');
    if rest.starts_with(|first: char| first.is_ascii_digit()) {
        rest.to_owned()
    } else {
        format!("0{rest}")
    }
}

fn number(small: &str, large: &str, text: &str) -> Result<u64, String> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!(
            "Invalid character(s) found in {small} number {text:?}"
        ));
    }
    if text.len() > 1 && text.starts_with('0') {
        return Err(format!(
            "{large} number must not contain leading zeroes {text:?}"
        ));
    }
    let range = || format!("strconv.ParseUint: parsing {text:?}: value out of range");
    text.parse().map_err(|_| range())
}

fn is_alphanumeric(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.bytes().all(allowed)
}

fn identifier(text: &str) -> Result<Identifier, String> {
    if text.is_empty() {
        return Err("Prerelease is empty".to_owned());
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        if text.len() > 1 && text.starts_with('0') {
            return Err(format!(
                "Numeric PreRelease version must not contain leading zeroes {text:?}"
            ));
        }
        let range = || format!("strconv.ParseUint: parsing {text:?}: value out of range");
        return text.parse().map(Identifier::Number).map_err(|_| range());
    }
    if !is_alphanumeric(text) {
        return Err(format!("Invalid character(s) found in prerelease {text:?}"));
    }
    Ok(Identifier::Text(text.to_owned()))
}

fn metadata(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("Build meta data is empty".to_owned());
    }
    if !is_alphanumeric(text) {
        return Err(format!(
            "Invalid character(s) found in build meta data {text:?}"
        ));
    }
    Ok(text.to_owned())
}

impl Ord for Semver {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers = |version: &Self| (version.major, version.minor, version.patch);
        // A version before a release comes before it.
        let released = |version: &Self| version.before.is_empty();
        numbers(self)
            .cmp(&numbers(other))
            .then(released(self).cmp(&released(other)))
            .then_with(|| self.before.cmp(&other.before))
    }
}

impl PartialOrd for Semver {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Semver {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Semver {}

impl fmt::Display for Semver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        for (index, part) in self.before.iter().enumerate() {
            f.write_str(if index == 0 { "-" } else { "." })?;
            match part {
                Identifier::Number(number) => write!(f, "{number}")?,
                Identifier::Text(text) => f.write_str(text)?,
            }
        }
        for (index, part) in self.build.iter().enumerate() {
            f.write_str(if index == 0 { "+" } else { "." })?;
            f.write_str(part)?;
        }
        Ok(())
    }
}
