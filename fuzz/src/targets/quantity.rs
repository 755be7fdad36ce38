//! Quantities, times and durations from anywhere: the canonical form has the same value.

use meta::{Duration, MicroTime, Quantity, Time};

pub(super) fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    if let Ok(quantity) = Quantity::parse(text) {
        let canonical = quantity.to_string();
        let again = Quantity::parse(&canonical).expect("what we write can be read");
        // `31.25Ki` prints as `32000`, as upstream does it, and that as `32k`.
        assert!(again.to_string() == canonical || again == quantity);
        let _ = (quantity.value(), quantity.milli_value(), quantity.as_f64());
        let mut sum = quantity;
        sum.add(&again);
        sum.sub(&quantity);
        let _ = sum.to_string();
    }
    if let Ok(time) = Time::parse(text) {
        let _ = time.to_string();
    }
    let _ = MicroTime::parse(text).map(|time| time.to_string());
    let _ = Duration::parse(text).map(|duration| duration.to_string());
}
