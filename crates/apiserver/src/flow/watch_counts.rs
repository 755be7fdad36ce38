//! How many watches a write will wake: as upstream's `watch_tracker.go`, which looks at namespaces and names and at no selector but
//! those by which watches are found without asking each.
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

/// Group and plural of a kind, and the field label by which its watches are found.
pub(super) type LabelOf = (Str, Str, &'static str);

/// The watches that are open.
#[derive(Clone, Debug)]
pub(super) struct WatchCounts {
    counts: Counts,
    labels: Vec<LabelOf>,
}

/// One of them, until it is dropped.
#[derive(Debug)]
pub(super) struct Registered {
    counts: Counts,
    watched: Option<Watched>,
}

impl WatchCounts {
    pub(super) fn new(labels: Vec<LabelOf>) -> Self {
        Self {
            counts: Counts::default(),
            labels,
        }
    }

    pub(super) fn register(&self, info: &RequestInfo) -> Registered {
        let watched = (!self.is_found_by_label(info)).then(|| Watched {
            group: info.group.clone(),
            resource: info.resource.clone(),
            namespace: info.namespace.clone(),
            name: info.name.clone(),
        });
        if let Some(watched) = &watched {
            *self.counts.lock().entry(watched.clone()).or_default() += 1;
        }
        Registered {
            counts: Arc::clone(&self.counts),
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
        let counts = self.counts.lock();
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

    fn is_found_by_label(&self, info: &RequestInfo) -> bool {
        let of_kind =
            |(group, plural, _): &&LabelOf| (group, plural) == (&info.group, &info.resource);
        let Some((_, _, label)) = self.labels.iter().find(of_kind) else {
            return false;
        };
        let selector = info.field_selector.as_deref().unwrap_or("");
        selector.split(',').any(|term| {
            let value = term
                .strip_prefix(label)
                .and_then(|rest| rest.strip_prefix('='));
            let value = value.map(|value| value.strip_prefix('=').unwrap_or(value));
            value.is_some_and(|value| !value.is_empty())
        })
    }
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
