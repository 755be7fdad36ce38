//! Following the machine's own addresses: a laptop changes networks, a server gets its address after we start.

use std::io;

use sys::netlink::monitor::Monitor;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// Wakes when the machine's addresses change; then [`crate::survey`] says what they are.
#[derive(Debug)]
pub struct HostWatch(AsyncFd<Monitor>);

impl HostWatch {
    /// For the network namespace of the calling thread, inside a tokio runtime.
    #[expect(
        deprecated,
        reason = "the other one is unsafe; a Monitor owns its descriptor and never gives it away"
    )]
    pub fn new() -> io::Result<HostWatch> {
        AsyncFd::with_interest(Monitor::addresses()?, Interest::READABLE).map(HostWatch)
    }

    /// Completes at the next change since the last call. Dropping the future loses nothing.
    pub async fn changed(&self) -> io::Result<()> {
        self.0.async_io(Interest::READABLE, Monitor::drain).await
    }
}
