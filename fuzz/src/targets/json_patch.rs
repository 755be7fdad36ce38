//! JSON patches and merge patches from anywhere: a line of document, the rest is the patch.

use patch::{JsonPatch, merge_patch};
use serde_json::Value;

pub(super) fn run(input: &[u8]) {
    let Some((mut document, patch)) = super::document_and_patch(input) else {
        return;
    };
    if let Ok((patch, _)) = JsonPatch::decode(patch) {
        let _ = patch.apply(document.clone());
    }
    if let Ok((patch, _)) = merge_patch::decode(patch) {
        let text = document.to_string();
        let merged = merge_patch::apply_to_text(text.as_bytes(), &patch);
        let object = document.is_object();
        merge_patch::apply(&mut document, patch.clone());
        if object {
            let merged = merged.expect("the document is an object");
            let merged: Value = serde_json::from_slice(&merged).expect("what we write is JSON");
            assert_eq!(merged, document);
        }
        let once = document.clone();
        merge_patch::apply(&mut document, patch);
        assert_eq!(document, once, "a merge patch changes nothing twice");
    }
}
