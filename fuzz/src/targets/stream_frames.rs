//! SPDY and WebSocket frames as a client of exec, attach or port-forward may send them, cut anywhere: the first two bytes say where.

use node::streaming::spdy;

pub(super) fn run(input: &[u8]) {
    let [high, low, bytes @ ..] = input else {
        return;
    };
    let cut = usize::from(u16::from_be_bytes([*high, *low]));
    spdy::fuzz(bytes, cut);
    websocket::fuzz(bytes, cut);
}
