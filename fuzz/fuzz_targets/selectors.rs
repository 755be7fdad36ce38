//! Label and field selectors from anywhere: what is printed means the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meta::{fields, labels};

fuzz_target!(|text: &str| {
    if let Ok(selector) = labels::Selector::parse(text) {
        // The empty value in a set prints as nothing, as upstream does it, and cannot be parsed again.
        let again = labels::Selector::parse(&selector.to_string());
        assert!(again.is_err() || again.is_ok_and(|again| again.to_string() == selector.to_string()));
    }
    if let Ok(selector) = fields::Selector::parse(text) {
        let again = fields::Selector::parse(&selector.to_string());
        assert!(again.is_err() || again.is_ok_and(|again| again.to_string() == selector.to_string()));
    }
});
