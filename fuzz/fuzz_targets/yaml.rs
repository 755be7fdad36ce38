//! YAML from anywhere: what comes out is JSON.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meta::codec::{json, yaml};

fuzz_target!(|text: &str| {
    if let Ok((json, _)) = yaml::to_json(text) {
        let mut reader = json::Reader::new(&json);
        reader.skip_value().and_then(|()| reader.end()).expect("what we write is JSON");
    }
});
