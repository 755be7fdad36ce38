//! Label and field selectors from anywhere: what is printed means the same.

use meta::{fields, labels};

pub(super) fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    if let Ok(selector) = labels::Selector::parse(text) {
        // The empty value in a set prints as nothing, as upstream does it, and cannot be parsed again.
        let again = labels::Selector::parse(&selector.to_string());
        assert!(again.map_or(true, |again| again.to_string() == selector.to_string()));
    }
    if let Ok(selector) = fields::Selector::parse(text) {
        let again = fields::Selector::parse(&selector.to_string());
        assert!(again.map_or(true, |again| again.to_string() == selector.to_string()));
    }
}
