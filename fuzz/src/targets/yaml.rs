//! YAML from anywhere: what comes out is JSON.

use meta::codec::{json, yaml};

pub(super) fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    if let Ok((json, _)) = yaml::to_json(text) {
        let mut reader = json::Reader::new(&json);
        reader
            .skip_value()
            .and_then(|()| reader.end())
            .expect("what we write is JSON");
    }
}
