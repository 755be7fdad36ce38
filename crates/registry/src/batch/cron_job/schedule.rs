//! Schedules of five fields, and their short forms, as upstream's cron library reads them; with its words for what it cannot read.

/// One field: its bounds and the names that its numbers may have.
struct Field {
    min: u32,
    max: u32,
    names: &'static [&'static str],
    /// The number of the first name.
    first: u32,
}

const FIELDS: [Field; 5] = [
    Field {
        min: 0,
        max: 59,
        names: &[],
        first: 0,
    },
    Field {
        min: 0,
        max: 23,
        names: &[],
        first: 0,
    },
    Field {
        min: 1,
        max: 31,
        names: &[],
        first: 0,
    },
    Field {
        min: 1,
        max: 12,
        names: &[
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ],
        first: 1,
    },
    Field {
        min: 0,
        max: 6,
        names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
        first: 0,
    },
];
const DESCRIPTORS: &[&str] = &[
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
];

/// # Errors
/// Why it is no schedule.
pub(super) fn check(schedule: &str) -> Result<(), String> {
    let schedule = without_zone(schedule)?;
    if schedule.starts_with('@') {
        return check_descriptor(schedule);
    }
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Err(format!(
            "expected exactly {} fields, found {}: [{}]",
            FIELDS.len(),
            fields.len(),
            fields.join(" ")
        ));
    }
    for (text, field) in fields.iter().zip(&FIELDS) {
        let ranges = text.split(',').filter(|range| !range.is_empty());
        for range in ranges {
            field.check_range(range)?;
        }
    }
    Ok(())
}

/// What follows `TZ=…` or `CRON_TZ=…`.
fn without_zone(schedule: &str) -> Result<&str, String> {
    let rest = schedule
        .strip_prefix("TZ=")
        .or_else(|| schedule.strip_prefix("CRON_TZ="));
    let Some(rest) = rest else {
        return Ok(schedule);
    };
    let Some((zone, rest)) = rest.split_once(' ') else {
        // Upstream's parser panics here, and is caught.
        let why = "runtime error: slice bounds out of range [:-1]";
        return Err(format!("invalid schedule format: {why}"));
    };
    super::time_zone::load(zone).map_err(|why| format!("provided bad location {zone}: {why}"))?;
    Ok(rest.trim())
}

fn check_descriptor(descriptor: &str) -> Result<(), String> {
    if DESCRIPTORS.contains(&descriptor) {
        return Ok(());
    }
    match descriptor.strip_prefix("@every ") {
        None => Err(format!("unrecognized descriptor: {descriptor}")),
        Some(duration) => meta::Duration::parse(duration)
            .map(drop)
            .map_err(|error| format!("failed to parse duration {descriptor}: {error}")),
    }
}

impl Field {
    /// `*`, `n`, `n-m`, each with `/step`.
    fn check_range(&self, range: &str) -> Result<(), String> {
        let parts: Vec<&str> = range.split('/').collect();
        let ends: Vec<&str> = parts[0].split('-').collect();
        let (first, mut last) = if matches!(ends[0], "*" | "?") {
            (self.min, self.max)
        } else {
            let first = self.number(ends[0])?;
            match ends.len() {
                1 => (first, first),
                2 => (first, self.number(ends[1])?),
                _ => return Err(format!("too many hyphens: {range}")),
            }
        };
        let step = match parts.len() {
            1 => 1,
            2 => number(parts[1])?,
            _ => return Err(format!("too many slashes: {range}")),
        };
        if parts.len() == 2 && ends.len() == 1 {
            last = self.max;
        }
        let (min, max) = (self.min, self.max);
        if first < min {
            return Err(format!(
                "beginning of range ({first}) below minimum ({min}): {range}"
            ));
        }
        if last > max {
            return Err(format!(
                "end of range ({last}) above maximum ({max}): {range}"
            ));
        }
        if first > last {
            return Err(format!(
                "beginning of range ({first}) beyond end of range ({last}): {range}"
            ));
        }
        if step == 0 {
            return Err(format!(
                "step of range should be a positive number: {range}"
            ));
        }
        Ok(())
    }

    fn number(&self, text: &str) -> Result<u32, String> {
        let lower = text.to_lowercase();
        match (self.first..)
            .zip(self.names)
            .find(|(_, name)| **name == lower)
        {
            Some((number, _)) => Ok(number),
            None => number(text),
        }
    }
}

fn number(text: &str) -> Result<u32, String> {
    let failed = |why: &str| {
        let quoted = meta::go_quote(text);
        format!("failed to parse int from {text}: strconv.Atoi: parsing {quoted}: {why}")
    };
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(failed("invalid syntax"));
    }
    let number: i64 = text.parse().map_err(|_| failed("value out of range"))?;
    if number < 0 {
        return Err(format!("negative number ({number}) not allowed: {text}"));
    }
    // Whatever is above every field's maximum is refused as that.
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}
