//! JSON documents from anywhere: what is read can be written, and read again it is the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meta::codec::{self, Strictness};

fuzz_target!(|text: &[u8]| {
    let Ok(found) = codec::peek_type_meta(text) else {
        return;
    };
    let Some(mut message) = api::new_message(&found.api_version, &found.kind) else {
        return;
    };
    if codec::decode_into(&mut *message, text, Strictness::Strict).is_err() {
        return;
    }
    let json = codec::to_json(&*message);
    let mut again = api::new_message(&found.api_version, &found.kind).expect("the kind is known");
    codec::decode_into(&mut *again, &json, Strictness::Lenient).expect("what we write can be read");
    assert_eq!(codec::to_json(&*again), json);
    let _ = codec::to_protobuf(&*message);
    let _ = codec::to_value(&*message);
});
