//! Records of the store, as a damaged disk could hold them: read or refused, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = store::check_record(bytes);
});
