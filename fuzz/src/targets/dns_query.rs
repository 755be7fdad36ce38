//! Bytes that claim to be a DNS query: read, answered and written without a panic.

pub(super) fn run(bytes: &[u8]) {
    dns::message::fuzz(bytes);
}
