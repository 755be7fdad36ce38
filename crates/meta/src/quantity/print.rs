//! The canonical form: no fraction, no trailing zeros, the largest suffix. What keeps its spelling is printed as that.

use super::{Quantity, QuantityFormat, shift};

const DECIMAL: &[&str] = &["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const BINARY: &[&str] = &["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

pub(super) fn canonical(quantity: &Quantity) -> String {
    if quantity.is_zero() {
        return "0".to_owned();
    }
    let end = quantity.spelling.iter().position(|byte| *byte == 0);
    let given = &quantity.spelling[..end.unwrap_or(quantity.spelling.len())];
    if !given.is_empty() {
        return String::from_utf8_lossy(given).into_owned();
    }
    match quantity.format {
        QuantityFormat::BinarySi => binary(quantity),
        QuantityFormat::DecimalSi => decimal(quantity, si_suffix),
        QuantityFormat::DecimalExponent => decimal(quantity, exponent_suffix),
    }
}

/// Below 1024, and where a fraction would be needed, binary quantities are printed as decimal ones.
fn binary(quantity: &Quantity) -> String {
    let below = Quantity {
        mantissa: 1024,
        ..Quantity::default()
    };
    let is_whole = quantity.exponent >= 0
        || quantity.mantissa % 10i128.pow(quantity.exponent.unsigned_abs()) == 0;
    if !is_whole || (*quantity < below && *quantity > -below) {
        return decimal(quantity, si_suffix);
    }
    let mut value = shift(quantity.mantissa, i64::from(quantity.exponent));
    let mut power = 0;
    while value % 1024 == 0 && power + 1 < BINARY.len() {
        value /= 1024;
        power += 1;
    }
    format!("{value}{}", BINARY[power])
}

fn decimal(quantity: &Quantity, suffix: fn(i32) -> String) -> String {
    let (mut mantissa, mut exponent) = (quantity.mantissa, quantity.exponent);
    while mantissa % 10 == 0 {
        mantissa /= 10;
        exponent += 1;
    }
    let extra = exponent.rem_euclid(3);
    exponent -= extra;
    let zeros = "0".repeat(usize::try_from(extra).unwrap_or(0));
    // Beyond the largest suffix zeros are written out.
    let over = if suffix(3) == "k" {
        (exponent - 18).max(0)
    } else {
        0
    };
    let more = "0".repeat(usize::try_from(over).unwrap_or(0));
    format!("{mantissa}{zeros}{more}{}", suffix(exponent - over))
}

fn si_suffix(exponent: i32) -> String {
    let index = usize::try_from(exponent / 3 + 3).unwrap_or(0);
    DECIMAL.get(index).copied().unwrap_or_default().to_owned()
}

fn exponent_suffix(exponent: i32) -> String {
    if exponent == 0 {
        String::new()
    } else {
        format!("e{exponent}")
    }
}
