//! Protobuf documents from anywhere: what is read can be written, and read again it is the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meta::codec::{self, Unknown};

fuzz_target!(|document: &[u8]| {
    let Ok(envelope) = Unknown::parse(document) else {
        return;
    };
    let Some(mut message) = api::new_message(&envelope.api_version, &envelope.kind) else {
        return;
    };
    if codec::from_protobuf_into(&mut *message, envelope.raw).is_err() {
        return;
    }
    let written = codec::message_to_protobuf(&*message);
    let mut again = api::new_message(&envelope.api_version, &envelope.kind).expect("the kind is known");
    codec::from_protobuf_into(&mut *again, &written).expect("what we write can be read");
    assert_eq!(codec::message_to_protobuf(&*again), written);
    let _ = codec::to_json(&*message);
});
