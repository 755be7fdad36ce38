//! Messages byte by byte; the kernel itself is asked in `podnet`'s tests.

use super::Message;
use super::message::{Attributes, replies};

#[test]
fn attributes_are_padded_and_nested() {
    let message = Message::new(16, 0x400, &[1, 2, 3, 4])
        .text(3, "eth0")
        .nested(18, |info| info.text(1, "veth"));
    let bytes = message.finish(5, 7);
    let reply = replies(&bytes).next().expect("a message");
    assert_eq!((reply.kind, reply.sequence), (16, 7));
    assert_eq!(
        usize::try_from(u32::from_ne_bytes(bytes[..4].try_into().unwrap())).unwrap(),
        bytes.len()
    );
    let attributes = reply.attributes(4);
    assert_eq!(attributes.text(3), Some("eth0"));
    assert_eq!(
        attributes
            .value(18)
            .and_then(|info| Attributes::within(info).text(1)),
        Some("veth")
    );
    assert_eq!(attributes.value(99), None);
}

#[test]
fn truncated_answers_end_the_iteration() {
    let bytes = Message::new(16, 0, &[0; 16]).text(3, "eth0").finish(0, 1);
    for length in 0..bytes.len() {
        let read = replies(&bytes[..length]).count();
        assert_eq!(read, 0, "{length} bytes");
    }
    let lying = [255, 255, 3, 0, 1, 2];
    assert_eq!(Attributes::within(&lying).count(), 0);
}
