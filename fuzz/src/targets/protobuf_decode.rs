//! Protobuf documents from anywhere: what is read can be written, and read again it is the same. A document is an envelope, or two bytes
//! that choose a kind before a bare message: the search gets into the messages sooner that way.

use meta::codec::{self, Message, Unknown};

pub(super) fn run(document: &[u8]) {
    if let Ok(envelope) = Unknown::parse(document) {
        let new = || api::new_message(&envelope.api_version, &envelope.kind);
        round_trip(&new, envelope.raw);
    } else if let [high, low, body @ ..] = document {
        let row = usize::from(u16::from_be_bytes([*high, *low]));
        let (api_version, kind, _) = &api::roots::ROOTS[row % api::roots::ROOTS.len()];
        round_trip(&|| api::new_message(api_version, kind), body);
    }
}

fn round_trip(new: &dyn Fn() -> Option<Box<dyn Message>>, body: &[u8]) {
    let (Some(mut message), Some(mut again)) = (new(), new()) else {
        return;
    };
    if codec::from_protobuf_into(&mut *message, body).is_err() {
        return;
    }
    let written = codec::message_to_protobuf(&*message);
    codec::from_protobuf_into(&mut *again, &written).expect("what we write can be read");
    assert_eq!(codec::message_to_protobuf(&*again), written);
    let _ = codec::to_json(&*message);
}
