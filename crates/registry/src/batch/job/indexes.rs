//! Lists of indexes as statuses and success policies write them: `1,3-5,7`.

/// One part of a list, both ends in it.
type Interval = (i32, i32);

/// How many indexes a list has, all of them below `completions`.
pub(super) fn count(list: &str, completions: i32) -> Result<i32, String> {
    if list.is_empty() {
        return Ok(0);
    }
    let (mut total, mut last) = (0i32, None);
    for part in list.split(',') {
        let (first, end) = interval(part, completions)?;
        if let Some(last) = last.filter(|last| *last >= first) {
            return Err(format!(
                "non-increasing order, previous: {last}, current: {first}"
            ));
        }
        total = total.saturating_add(end - first + 1);
        last = Some(end);
    }
    Ok(total)
}

/// The first index that both lists have. Parts that are no intervals are skipped: they are reported elsewhere.
pub(super) fn overlap(completed: &str, failed: &str, completions: i32) -> Option<i32> {
    let parse = |list: &str| -> Vec<Interval> {
        let parts = list.split(',');
        parts
            .filter_map(|part| interval(part, completions).ok())
            .collect()
    };
    let (completed, failed) = (parse(completed), parse(failed));
    let (mut c, mut f) = (completed.iter().peekable(), failed.iter().peekable());
    while let (Some(one), Some(other)) = (c.peek(), f.peek()) {
        if one.0 <= other.1 && other.0 <= one.1 {
            return Some(one.0.max(other.0));
        }
        if one.0 <= other.0 {
            c.next();
        } else {
            f.next();
        }
    }
    None
}

fn interval(part: &str, completions: i32) -> Result<Interval, String> {
    let ends: Vec<&str> = part.split('-').collect();
    let quoted = meta::go_quote;
    let (first, end) = match ends[..] {
        [one] => (one, None),
        [first, end] => (first, Some(end)),
        _ => {
            return Err(format!(
                "the fragment {} violates the requirement that an index interval can have at most two parts separated by '-'",
                quoted(part)
            ));
        }
    };
    let parse = |text: &str| -> Result<i32, String> {
        let number: i64 = text.parse().map_err(|_| {
            format!(
                "cannot convert string to integer for index: {}",
                quoted(text)
            )
        })?;
        i32::try_from(number)
            .ok()
            .filter(|number| *number < completions)
            .ok_or_else(|| format!("too large index: {}", quoted(text)))
    };
    let first = parse(first)?;
    let Some(end) = end else {
        return Ok((first, first));
    };
    let end = parse(end)?;
    if first >= end {
        return Err(format!(
            "non-increasing order, previous: {first}, current: {end}"
        ));
    }
    Ok((first, end))
}
