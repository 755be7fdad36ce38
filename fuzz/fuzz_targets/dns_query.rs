//! Bytes that claim to be a DNS query: read, answered and written without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| dns::message::fuzz(bytes));
