//! HTML of servers behind the proxy.

pub(super) fn run(bytes: &[u8]) {
    apiserver::fuzzing::proxied_page(bytes);
}
