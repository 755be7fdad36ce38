//! How many watches a write will wake: as upstream's `watch_tracker.go`, which looks at namespaces and names and at no selector but
//! the node of pods, by which watches are found without asking each.
use crate::request_info::RequestInfo;
use meta::Str;
use parking_lot::Mutex;
use std::{collections::HashMap, sync::Arc};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Watched {
    group: Str,
    resource: Str,
    namespace: Str,
    name: Str,
}

type Counts = Arc<Mutex<HashMap<Watched, usize>>>;

/// The watches that are open.
#[derive(Clone, Debug, Default)]
pub(super) struct WatchCounts(Counts);

/// One of them, until it is dropped.
#[derive(Debug)]
pub(super) struct Registered {
    counts: Counts,
    watched: Option<Watched>,
}

impl WatchCounts {
    pub(super) fn register(&self, info: &RequestInfo) -> Registered {
        let watched = (!is_of_one_node(info)).then(|| Watched {
            group: info.group.clone(),
            resource: info.resource.clone(),
            namespace: info.namespace.clone(),
            name: info.name.clone(),
        });
        if let Some(watched) = &watched {
            *self.0.lock().entry(watched.clone()).or_default() += 1;
        }
        Registered {
            counts: Arc::clone(&self.0),
            watched,
        }
    }

    /// Of all objects of the kind, of those of the namespace and of the one that is written.
    pub(super) fn interested(&self, info: &RequestInfo) -> usize {
        let mut watched = Watched {
            group: info.group.clone(),
            resource: info.resource.clone(),
            namespace: Str::default(),
            name: Str::default(),
        };
        let counts = self.0.lock();
        let of = |watched: &Watched| counts.get(watched).copied().unwrap_or(0);
        let mut count = of(&watched);
        if !info.namespace.is_empty() {
            watched.namespace = info.namespace.clone();
            count += of(&watched);
        }
        if !info.name.is_empty() {
            watched.name = info.name.clone();
            count += of(&watched);
        }
        count
    }
}

fn is_of_one_node(info: &RequestInfo) -> bool {
    let selector = info.field_selector.as_deref().unwrap_or("");
    info.resource == "pods"
        && selector.split(',').any(|term| {
            let value = term.strip_prefix("spec.nodeName=");
            let value = value.map(|value| value.strip_prefix('=').unwrap_or(value));
            value.is_some_and(|value| !value.is_empty())
        })
}

impl Drop for Registered {
    fn drop(&mut self) {
        let Some(watched) = self.watched.take() else {
            return;
        };
        let mut counts = self.counts.lock();
        if let Some(count) = counts.get_mut(&watched) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&watched);
            }
        }
    }
}
