//! The grammar of quantities.

use super::{Quantity, QuantityFormat, Spelling};

/// Why a text is not a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseQuantityError {
    /// Not a sign, digits, a point and a suffix.
    #[error(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
    )]
    Format,
    /// No suffix that is known.
    #[error("unable to parse quantity's suffix")]
    Suffix,
}

/// Digits beyond these cannot matter: more than `int64` above the point and nano below it.
const DIGITS_MAX: usize = 37;
const CAP: i128 = i64::MAX as i128;

struct Parts<'a> {
    negative: bool,
    number: &'a str,
    fraction: &'a str,
    suffix: &'a str,
}

pub(super) fn parse(text: &str) -> Result<Quantity, ParseQuantityError> {
    if text.is_empty() {
        return Err(ParseQuantityError::Format);
    }
    let parts = split(text)?;
    let (base, power, mut format) = interpret(parts.suffix).ok_or(ParseQuantityError::Suffix)?;
    let (mut mantissa, mut exponent) = decimal(parts.number, parts.fraction);
    if base == 2 {
        mantissa = multiply(mantissa, 1i128 << power, &mut exponent);
    } else {
        exponent = exponent.saturating_add(power);
    }
    if mantissa == 0 {
        return Ok(Quantity {
            format,
            ..Quantity::default()
        });
    }
    if exponent < -9 {
        mantissa = super::shift(mantissa, i64::from(exponent) + 9);
        exponent = -9;
    }
    if format == QuantityFormat::BinarySi {
        let cap = Quantity {
            mantissa: CAP,
            ..Quantity::default()
        };
        let one = Quantity {
            mantissa: 1,
            ..Quantity::default()
        };
        let size = Quantity {
            mantissa,
            exponent,
            ..Quantity::default()
        };
        if size > cap {
            (mantissa, exponent) = (CAP, 0);
        } else if size < one {
            format = QuantityFormat::DecimalSi;
        }
    }
    let mantissa = if parts.negative { -mantissa } else { mantissa };
    Ok(Quantity {
        mantissa,
        exponent,
        format,
        spelling: spelling(text, &parts, power, format),
    })
}

/// Upstream prints some texts as they were given, though its canonical form is another: signs, leading zeros, threes of decimals and a
/// capital exponent are kept while the digits are few. Longer texts than there is room for are not.
fn spelling(text: &str, parts: &Parts<'_>, power: i32, format: QuantityFormat) -> Spelling {
    let mut kept = Spelling::default();
    let number = parts.number.trim_start_matches('0');
    let odd = text.contains('.')
        || number.len() < parts.number.len()
        || text.starts_with('+')
        || format == QuantityFormat::DecimalExponent;
    if odd
        && !number.is_empty()
        && is_kept(number, parts.fraction, power, format)
        && let Some(room) = kept.get_mut(..text.len())
    {
        room.copy_from_slice(text.as_bytes());
    }
    kept
}

/// Whether upstream's parser takes its short way and finds nothing to shorten.
fn is_kept(number: &str, fraction: &str, power: i32, format: QuantityFormat) -> bool {
    const DIGITS: usize = 18;
    const BINARY_DIGITS: i32 = 14;
    const NANO: i32 = -9;
    let places = |text: &str| i32::try_from(text.len()).unwrap_or(i32::MAX);
    if format == QuantityFormat::BinarySi {
        let room = BINARY_DIGITS - power * 3 / 10;
        let odd = number.parse::<i64>().is_ok_and(|number| number % 8 != 0);
        return fraction.is_empty() && places(number) <= room && odd;
    }
    let scale = power.saturating_sub(places(fraction));
    let digits = number.bytes().chain(fraction.bytes()).rev();
    let zeros = digits.take_while(|digit| *digit == b'0').count();
    number.len() + fraction.len() <= DIGITS && scale >= NANO && scale % 3 == 0 && zeros < 3
}

fn split(text: &str) -> Result<Parts<'_>, ParseQuantityError> {
    let (negative, rest) = match text.as_bytes()[0] {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = rest.split_at(digits(rest));
    let (fraction, suffix) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(digits(rest)),
        None => ("", rest),
    };
    let letters = suffix
        .bytes()
        .take_while(|byte| b"eEinumkKMGTP".contains(byte))
        .count();
    let power = &suffix[letters..];
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    if power.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(Parts {
            negative,
            number,
            fraction,
            suffix,
        })
    } else {
        Err(ParseQuantityError::Format)
    }
}

fn interpret(suffix: &str) -> Option<(u32, i32, QuantityFormat)> {
    use QuantityFormat::{BinarySi, DecimalExponent, DecimalSi};
    Some(match suffix {
        "" => (10, 0, DecimalSi),
        "n" => (10, -9, DecimalSi),
        "u" => (10, -6, DecimalSi),
        "m" => (10, -3, DecimalSi),
        "k" => (10, 3, DecimalSi),
        "M" => (10, 6, DecimalSi),
        "G" => (10, 9, DecimalSi),
        "T" => (10, 12, DecimalSi),
        "P" => (10, 15, DecimalSi),
        "E" => (10, 18, DecimalSi),
        "Ki" => (2, 10, BinarySi),
        "Mi" => (2, 20, BinarySi),
        "Gi" => (2, 30, BinarySi),
        "Ti" => (2, 40, BinarySi),
        "Pi" => (2, 50, BinarySi),
        "Ei" => (2, 60, BinarySi),
        _ => (
            10,
            suffix.strip_prefix(['e', 'E'])?.parse().ok()?,
            DecimalExponent,
        ),
    })
}

/// Mantissa without trailing zeros and its exponent. Digits that do not fit round up.
fn decimal(number: &str, fraction: &str) -> (i128, i32) {
    let digits: String = [number, fraction].concat();
    let skipped = digits.len() - digits.trim_start_matches('0').len();
    let significant = digits[skipped..].trim_end_matches('0');
    let places = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let exponent = places(number.len()) - places(skipped + significant.len());
    if significant.len() <= DIGITS_MAX {
        return (significant.parse().unwrap_or(0), exponent);
    }
    let (kept, dropped) = significant.split_at(DIGITS_MAX);
    let dropped = i32::try_from(dropped.len()).unwrap_or(i32::MAX);
    (
        kept.parse::<i128>().unwrap_or(0) + 1,
        exponent.saturating_add(dropped),
    )
}

/// Exact while it fits, else rounded up to fewer digits.
fn multiply(mut mantissa: i128, factor: i128, exponent: &mut i32) -> i128 {
    loop {
        if let Some(product) = mantissa.checked_mul(factor) {
            return product;
        }
        mantissa = super::shift(mantissa, -1);
        *exponent = exponent.saturating_add(1);
    }
}
