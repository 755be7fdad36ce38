//! JSON patches and merge patches from anywhere: a line of document, the rest is the patch.

#![no_main]

use libfuzzer_sys::fuzz_target;
use patch::{JsonPatch, merge_patch};
use serde_json::Value;

fuzz_target!(|input: &[u8]| {
    let Some(at) = input.iter().position(|byte| *byte == b'\n') else {
        return;
    };
    let (document, patch) = input.split_at(at);
    let Ok(document) = serde_json::from_slice::<Value>(document) else {
        return;
    };
    if let Ok((patch, _)) = JsonPatch::decode(patch) {
        let _ = patch.apply(document.clone());
    }
    if let Ok((patch, _)) = merge_patch::decode(patch) {
        let mut patched = document;
        merge_patch::apply(&mut patched, patch);
    }
});
