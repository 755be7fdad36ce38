//! SPDY and WebSocket frames as a client of exec, attach or port-forward may send them, cut anywhere.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: (u16, &[u8])| {
    let (cut, bytes) = input;
    node::streaming::spdy::fuzz(bytes, usize::from(cut));
    node::streaming::websocket::fuzz(bytes, usize::from(cut));
});
