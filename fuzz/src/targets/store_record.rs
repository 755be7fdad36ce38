//! Records of the store, as a damaged disk could hold them: read or refused, never a panic.

pub(super) fn run(bytes: &[u8]) {
    let _ = store::check_record(bytes);
}
