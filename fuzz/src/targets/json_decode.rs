//! JSON documents from anywhere: what is read can be written, and read again it is the same, by way of protobuf too.

use meta::codec::{self, Strictness};

pub(super) fn run(text: &[u8]) {
    let Ok(found) = codec::peek_type_meta(text) else {
        return;
    };
    let new = || api::new_message(&found.api_version, &found.kind);
    let (Some(mut message), Some(mut again), Some(mut other)) = (new(), new(), new()) else {
        return;
    };
    if codec::decode_into(&mut *message, text, Strictness::Strict).is_err() {
        return;
    }
    let json = codec::to_json(&*message);
    codec::decode_into(&mut *again, &json, Strictness::Lenient).expect("what we write can be read");
    assert_eq!(codec::to_json(&*again), json);
    let protobuf = codec::message_to_protobuf(&*message);
    codec::from_protobuf_into(&mut *other, &protobuf).expect("what we write can be read");
    let _ = codec::to_value(&*message);
}
