//! [`Quantity`]: a fixed-point number with a suffix, exactly as `k8s.io/apimachinery/pkg/api/resource` has it.

mod parse;
mod print;

use crate::codec::{DecodeError, Mut, ProtobufError, Ref, Scalar, Value, json, protobuf, wire};
use std::{cmp::Ordering, fmt, ops};

pub use self::parse::ParseQuantityError;

/// Which suffixes a quantity is printed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuantityFormat {
    /// `12e6`.
    DecimalExponent,
    /// `12Mi`.
    BinarySi,
    /// `12M`.
    #[default]
    DecimalSi,
}

/// Room for the text that a quantity was given as, where that is also how it is printed; no more than the struct's padding.
type Spelling = [u8; 11];

/// `mantissa × 10^exponent`; precise to a billionth, from which parsing rounds up.
#[derive(Clone, Copy, Default)]
pub struct Quantity {
    mantissa: i128,
    exponent: i32,
    format: QuantityFormat,
    /// Filled up with zeros; nothing where the canonical form is printed.
    spelling: Spelling,
}

const _: () = assert!(size_of::<Quantity>() == 32);

impl Quantity {
    /// `value` units.
    #[must_use]
    pub const fn new(value: i64, format: QuantityFormat) -> Self {
        Self {
            mantissa: value as i128,
            exponent: 0,
            format,
            spelling: [0; 11],
        }
    }
    /// `milli` thousandths.
    #[must_use]
    pub const fn from_milli(milli: i64, format: QuantityFormat) -> Self {
        Self {
            mantissa: milli as i128,
            exponent: -3,
            format,
            spelling: [0; 11],
        }
    }
    /// Parses upstream's grammar.
    ///
    /// # Errors
    /// In upstream's words.
    pub fn parse(text: &str) -> Result<Self, ParseQuantityError> {
        parse::parse(text)
    }
    /// Which suffixes it is printed with.
    #[must_use]
    pub const fn format(&self) -> QuantityFormat {
        self.format
    }
    /// Whole units, rounded up away from zero; what does not fit is cut to the largest `int64`.
    #[must_use]
    pub fn value(&self) -> i64 {
        self.scaled_value(0)
    }
    /// Thousandths, rounded up away from zero; what does not fit is cut to the largest `int64`.
    #[must_use]
    pub fn milli_value(&self) -> i64 {
        self.scaled_value(-3)
    }
    /// Whether it is a whole number, rounded up to thousandths. Upstream counts these in 64 bits: of what does not fit, a number with a
    /// power of ten is whole, and others wrap around.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "it wraps around")]
    pub fn is_whole(&self) -> bool {
        let milli = shift(self.mantissa, i64::from(self.exponent) + 3);
        match i64::try_from(milli) {
            Ok(milli) => milli % 1000 == 0,
            Err(_) => self.exponent > 0 || (self.mantissa as i64).wrapping_mul(1000) % 1000 == 0,
        }
    }
    /// In units of `10^scale`, rounded up away from zero; what does not fit is cut to the largest `int64`.
    #[must_use]
    pub fn scaled_value(&self, scale: i32) -> i64 {
        let res = shift(self.mantissa, i64::from(self.exponent) - i64::from(scale));
        i64::try_from(res).unwrap_or(if res < 0 { i64::MIN } else { i64::MAX })
    }
    /// Rounds up, away from zero, to thousandths: no stored list of resources has finer amounts.
    pub fn round_up_to_milli(&mut self) {
        const MILLI: i32 = -3;
        if self.exponent < MILLI {
            self.mantissa = shift(self.mantissa, i64::from(self.exponent - MILLI));
            self.exponent = MILLI;
            self.spelling = Spelling::default();
        }
    }
    /// As a float, for metrics and scores.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "an approximation by contract")]
    pub fn as_f64(&self) -> f64 {
        self.mantissa as f64 * 10f64.powi(self.exponent)
    }
    /// Whether it is 0.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.mantissa == 0
    }
    /// -1, 0 or 1.
    #[must_use]
    pub const fn sign(&self) -> i32 {
        self.mantissa.signum() as i32
    }
    /// Adds; a zero takes the other's format.
    pub fn add(&mut self, other: &Self) {
        if self.is_zero() {
            self.format = other.format;
        }
        self.spelling = Spelling::default();
        let exponent = self.exponent.min(other.exponent);
        let align = |quantity: &Self| {
            shift(
                quantity.mantissa,
                i64::from(quantity.exponent) - i64::from(exponent),
            )
        };
        self.mantissa = align(self).saturating_add(align(other));
        self.exponent = exponent;
    }
    /// Subtracts; a zero takes the other's format.
    pub fn sub(&mut self, other: &Self) {
        self.add(&-*other);
    }
}

/// `mantissa × 10^places`, rounded away from zero, cut to the range of `i128`.
fn shift(mantissa: i128, places: i64) -> i128 {
    let limit = if mantissa < 0 { i128::MIN } else { i128::MAX };
    let power = |places: i64| {
        u32::try_from(places)
            .ok()
            .and_then(|places| 10i128.checked_pow(places))
    };
    match (mantissa, places) {
        (0, _) => 0,
        (_, 0..) => power(places)
            .and_then(|power| mantissa.checked_mul(power))
            .unwrap_or(limit),
        _ => match power(-places) {
            Some(power) if mantissa % power == 0 => mantissa / power,
            Some(power) => mantissa / power + mantissa.signum(),
            None => mantissa.signum(),
        },
    }
}

impl ops::Neg for Quantity {
    type Output = Self;
    fn neg(self) -> Self {
        Self {
            mantissa: self.mantissa.saturating_neg(),
            spelling: Spelling::default(),
            ..self
        }
    }
}
impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_sign = self.mantissa.signum().cmp(&other.mantissa.signum());
        if by_sign.is_ne() || self.is_zero() {
            return by_sign;
        }
        let exponent = self.exponent.min(other.exponent);
        let align = |quantity: &Self| {
            shift(
                quantity.mantissa,
                i64::from(quantity.exponent) - i64::from(exponent),
            )
        };
        align(self).cmp(&align(other))
    }
}
impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
/// By value: `1000m` equals `1`.
impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Quantity {}
impl std::str::FromStr for Quantity {
    type Err = ParseQuantityError;
    fn from_str(text: &str) -> Result<Self, ParseQuantityError> {
        Self::parse(text)
    }
}
/// The canonical form.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&print::canonical(self))
    }
}
impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Value for Quantity {
    fn view(&self) -> Ref<'_> {
        Ref::Scalar(self)
    }
    fn view_mut(&mut self) -> Mut<'_> {
        Mut::Scalar(self)
    }
}
impl Scalar for Quantity {
    fn is_zero(&self) -> bool {
        self.is_zero()
    }
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::put_string(out, &print::canonical(self));
    }
    fn decode_json(&mut self, reader: &mut json::Reader<'_>) -> Result<(), DecodeError> {
        // Upstream parses the text of any value, quotes taken off: `1` is as good as `"1"`.
        *self = match reader.peek()? {
            b'"' => Self::parse(reader.string()?.trim()),
            b'n' => reader.literal().map(|_| Ok(Self::default()))?,
            _ => Self::parse(&String::from_utf8_lossy(reader.raw_value()?)),
        }
        .map_err(|error| DecodeError::value(error.to_string()))?;
        Ok(())
    }
    fn encode_protobuf(&self, out: &mut Vec<u8>) {
        wire::put_bytes_field(out, 1, print::canonical(self).as_bytes());
    }
    fn decode_protobuf(&mut self, body: &[u8]) -> Result<(), ProtobufError> {
        *self = Self::default();
        let mut fields = wire::Fields::new("Quantity", body);
        while let Some((number, wire)) = fields.next_field()? {
            match (number, wire) {
                (1, wire::Wire::Bytes(bytes)) => {
                    *self = Self::parse(&protobuf::text(bytes))
                        .map_err(|error| ProtobufError::Value(error.to_string()))?;
                }
                (_, wire) => fields.skip(wire)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
