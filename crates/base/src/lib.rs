//! Small things that std lacks. Grows reluctantly.

/// Go's `%v` of a float: the fewest digits that tell it from others, with an exponent below 1e-4 and from 1e6
/// on (`2e+06`).
#[must_use]
pub fn go_float(value: f64) -> String {
    if !value.is_finite() {
        return match value {
            f64::INFINITY => "+Inf",
            f64::NEG_INFINITY => "-Inf",
            _ => "NaN",
        }
        .to_owned();
    }
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').expect("`e` prints an exponent");
    let exponent: i32 = exponent.parse().expect("Rust prints exponents as integers");
    if (-4..6).contains(&exponent) {
        return value.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}

#[cfg(test)]
mod tests;
