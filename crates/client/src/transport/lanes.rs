//! Connections to one server, each for so many exchanges at once as an HTTP/2 server takes.

#[cfg(test)]
mod tests;

use parking_lot::Mutex;
use std::{fmt, sync::Arc};

/// Exchanges at once on one connection: the streams that Go's servers, kube-apiserver most of all, let a connection have. Whatever is
/// asked beyond would wait for one of them to end, which watches do not.
const EXCHANGES_MAX: usize = 100;

/// Holds an exchange's place until it is dropped.
pub(super) type Place = Arc<()>;

/// Opens another connection when all have as many exchanges as they take. The first that has a place is used, so that the
/// later ones become idle first.
pub(super) struct Lanes<C> {
    open: Box<dyn Fn() -> C + Send + Sync>,
    lanes: Mutex<Vec<Lane<C>>>,
}

struct Lane<C> {
    connection: C,
    /// Held once here, and once for each exchange.
    place: Place,
}

impl<C: Clone> Lanes<C> {
    /// `open` connects on first use.
    pub(super) fn new(open: impl Fn() -> C + Send + Sync + 'static) -> Self {
        Self {
            open: Box::new(open),
            lanes: Mutex::default(),
        }
    }

    /// A connection that takes another exchange, and the exchange's place on it.
    pub(super) fn take(&self) -> (C, Place) {
        let mut lanes = self.lanes.lock();
        let index = lanes.iter().position(Lane::has_place);
        let index = index.unwrap_or_else(|| {
            lanes.push(Lane {
                connection: (self.open)(),
                place: Place::default(),
            });
            lanes.len() - 1
        });
        let lane = &lanes[index];
        (lane.connection.clone(), Arc::clone(&lane.place))
    }
}

impl<C> Lane<C> {
    fn has_place(&self) -> bool {
        Arc::strong_count(&self.place) <= EXCHANGES_MAX
    }
}

impl<C> fmt::Debug for Lanes<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lanes").finish_non_exhaustive()
    }
}
