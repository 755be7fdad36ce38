//! Quantities, times and durations from anywhere: the canonical form is its own canonical form.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meta::{Duration, MicroTime, Quantity, Time};

fuzz_target!(|text: &str| {
    if let Ok(quantity) = Quantity::parse(text) {
        let canonical = quantity.to_string();
        let again = Quantity::parse(&canonical).expect("what we write can be read");
        assert_eq!(again.to_string(), canonical);
        let _ = (quantity.value(), quantity.milli_value());
    }
    if let Ok(time) = Time::parse(text) {
        let _ = time.to_string();
    }
    let _ = MicroTime::parse(text).map(|time| time.to_string());
    let _ = Duration::parse(text).map(|duration| duration.to_string());
});
