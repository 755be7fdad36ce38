//! Strategic merge patches of a pod from anywhere: a line of pod, the rest is the patch.

#![no_main]

use libfuzzer_sys::fuzz_target;
use patch::{Node, strategic};
use serde_json::Value;

fuzz_target!(|input: &[u8]| {
    let Some(at) = input.iter().position(|byte| *byte == b'\n') else {
        return;
    };
    let (pod, patch) = input.split_at(at);
    let Ok(pod) = serde_json::from_slice::<Value>(pod) else {
        return;
    };
    let info = schema::lookup("", "v1", "Pod").expect("pods are built in");
    if let Ok((patch, _)) = strategic::decode(patch)
        && let Err(error) = strategic::apply(Node::builtin(info), pod, patch)
    {
        let (code, _, message) = error.status();
        assert!(code >= 400 && !message.is_empty());
    }
});
