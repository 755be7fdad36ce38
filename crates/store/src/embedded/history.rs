//! Reading the past: ranges at a revision, and events from the disk.
//!
//! The state at revision R is the current one, but for the keys written since: for those it is what the first
//! event after R says was there before. Recent events are in the window, older ones on disk.

use super::shared::Shared;
use super::state::{Current, State};
use crate::engine::record::RecordRef;
use crate::engine::{Engine, Place};
use crate::{
    Event, EventKind, KeyRange, KeyValue, LeaseId, RangeRequest, RangeResponse, Revision,
    StoreError, Versioned,
};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Bytes of values that one replay reads before it hands over what it has.
const REPLAY_BYTES: usize = 1024 * 1024;

/// Events read from the disk.
pub(crate) struct Replay {
    pub(crate) events: Vec<Event>,
    /// Every event of the range up to here is included.
    pub(crate) through: u64,
}

/// What keys written since the wanted revision held at it.
type Overlay = BTreeMap<Bytes, Past>;

#[derive(Clone)]
enum Past {
    Absent,
    Known(Versioned),
    OnDisk(Place),
}

/// Reads a range now or at a revision.
pub(crate) async fn range(
    shared: &Arc<Shared>,
    request: RangeRequest,
) -> Result<RangeResponse, StoreError> {
    let at = {
        let state = shared.state.read();
        if state.closed {
            return Err(StoreError::Closed);
        }
        let at = request
            .at
            .filter(|at| *at != Revision::NONE)
            .map_or(state.revision, |at| at.0);
        check_at(&state, at)?;
        if at >= state.window.floor() {
            let page = page(&state, &request, at, Overlay::new());
            return Ok(page.into_response(at, |_, _| None));
        }
        at
    };
    range_from_disk(shared, request, at).await
}

async fn range_from_disk(
    shared: &Arc<Shared>,
    request: RangeRequest,
    at: u64,
) -> Result<RangeResponse, StoreError> {
    let mut overlay = Overlay::new();
    let mut through = at;
    let page = loop {
        let floor = match page_if_covered(shared, &request, at, &mut overlay, through)? {
            Covered::Yes(page) => break page,
            Covered::Upto(floor) => floor,
        };
        let (range, from) = (request.range.clone(), through);
        overlay = shared
            .blocking(move |engine| extend_overlay(engine, overlay, &range, from, floor))
            .await?;
        through = floor;
    };
    let response = shared.blocking(move |engine| page.load(engine, at)).await?;
    // What was compacted meanwhile may be missing from what was read.
    check_at(&shared.state.read(), at)?;
    Ok(response)
}

/// Whether memory and the overlay together tell the past.
enum Covered {
    Yes(Page),
    /// The window has moved on: the disk must be read up to here first.
    Upto(u64),
}

fn page_if_covered(
    shared: &Shared,
    request: &RangeRequest,
    at: u64,
    overlay: &mut Overlay,
    through: u64,
) -> Result<Covered, StoreError> {
    let state = shared.state.read();
    check_at(&state, at)?;
    let floor = state.window.floor();
    if floor > through {
        return Ok(Covered::Upto(floor));
    }
    Ok(Covered::Yes(page(
        &state,
        request,
        at,
        std::mem::take(overlay),
    )))
}

/// The events of `range` in the revisions `from..=through`, from the disk; perhaps not all of them.
pub(crate) fn replay(
    engine: &dyn Engine,
    range: &KeyRange,
    from: u64,
    through: u64,
) -> Result<Replay, StoreError> {
    let mut found = Vec::new();
    let mut bytes = 0;
    let mut reached = through;
    let mut failed = None;
    engine.scan(Place::first(from), &mut |place, record| {
        if place.revision > through {
            return ControlFlow::Break(());
        }
        if bytes > REPLAY_BYTES && place.part == 0 {
            reached = place.revision - 1;
            return ControlFlow::Break(());
        }
        match RecordRef::decode(record) {
            Ok(read) if range.contains(read.key) => {
                bytes += record.len();
                found.push((event_of(place, &read), read.previous));
            }
            Ok(_) => {}
            Err(error) => {
                failed = Some(damaged(error));
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    let mut events = Vec::with_capacity(found.len());
    for (mut event, previous) in found {
        if let Some(place) = previous {
            event.previous = read_versioned(engine, place)?;
        }
        events.push(event);
    }
    Ok(Replay {
        events,
        through: reached,
    })
}

fn check_at(state: &State, at: u64) -> Result<(), StoreError> {
    if at > state.revision {
        return Err(StoreError::FutureRevision {
            current: Revision(state.revision),
        });
    }
    if at < state.compacted {
        return Err(StoreError::Compacted {
            compacted: Revision(state.compacted),
        });
    }
    Ok(())
}

/// The keys that a request asks for, with values that are in memory and places of those that are not.
struct Page {
    items: Vec<(Bytes, Past)>,
    count: usize,
}

/// Chooses the page. `overlay` must cover the events after `at` up to the window.
fn page(state: &State, request: &RangeRequest, at: u64, mut overlay: Overlay) -> Page {
    let since = at.max(state.window.floor()) + 1;
    for event in state.window.from(since).flat_map(|events| events.iter()) {
        if event.revision.0 >= since && request.range.contains(&event.key) {
            overlay
                .entry(event.key.clone())
                .or_insert_with(|| event.previous.clone().map_or(Past::Absent, Past::Known));
        }
    }
    overlay.retain(|_, past| !matches!(past, Past::Absent));
    let limit = if request.limit == 0 {
        usize::MAX
    } else {
        request.limit
    };
    let mut count = overlay.len();
    let mut items = Vec::new();
    let mut overlay = overlay.into_iter().peekable();
    for (key, current) in state.range(&request.range) {
        if current.place.revision > at {
            continue;
        }
        count += 1;
        while items.len() < limit && overlay.peek().is_some_and(|(past_key, _)| past_key < key) {
            items.extend(overlay.next());
        }
        if items.len() < limit {
            items.push((key.clone(), Past::Known(Current::versioned(current))));
        }
    }
    let room = limit - items.len();
    items.extend(overlay.take(room));
    Page { items, count }
}

impl Page {
    fn into_response(
        self,
        at: u64,
        mut load: impl FnMut(&Bytes, Place) -> Option<Versioned>,
    ) -> RangeResponse {
        let items = self
            .items
            .into_iter()
            .filter_map(|(key, past)| {
                let versioned = match past {
                    Past::Absent => None,
                    Past::Known(versioned) => Some(versioned),
                    Past::OnDisk(place) => load(&key, place),
                };
                versioned.map(|versioned| KeyValue { key, versioned })
            })
            .collect();
        RangeResponse {
            revision: Revision(at),
            items,
            count: self.count,
        }
    }

    fn load(self, engine: &dyn Engine, at: u64) -> Result<RangeResponse, StoreError> {
        let mut failed = None;
        let response = self.into_response(at, |_, place| match read_versioned(engine, place) {
            Ok(versioned) => versioned,
            Err(error) => {
                failed = Some(error);
                None
            }
        });
        failed.map_or(Ok(response), Err)
    }
}

fn extend_overlay(
    engine: &dyn Engine,
    mut overlay: Overlay,
    range: &KeyRange,
    after: u64,
    through: u64,
) -> Result<Overlay, StoreError> {
    let mut failed = None;
    engine.scan(Place::first(after + 1), &mut |place, record| {
        if place.revision > through {
            return ControlFlow::Break(());
        }
        match RecordRef::decode(record) {
            Ok(read) if range.contains(read.key) => {
                if !overlay.contains_key(read.key) {
                    let past = read.previous.map_or(Past::Absent, Past::OnDisk);
                    overlay.insert(Bytes::copy_from_slice(read.key), past);
                }
            }
            Ok(_) => {}
            Err(error) => {
                failed = Some(damaged(error));
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    failed.map_or(Ok(overlay), Err)
}

fn read_versioned(engine: &dyn Engine, place: Place) -> Result<Option<Versioned>, StoreError> {
    let Some(record) = engine.read(place)? else {
        return Ok(None);
    };
    Ok(versioned_of(
        place,
        &RecordRef::decode(&record).map_err(damaged)?,
    ))
}

fn event_of(place: Place, read: &RecordRef<'_>) -> Event {
    Event {
        key: Bytes::copy_from_slice(read.key),
        revision: Revision(place.revision),
        kind: versioned_of(place, read).map_or(EventKind::Delete, EventKind::Put),
        previous: None,
    }
}

fn versioned_of(place: Place, read: &RecordRef<'_>) -> Option<Versioned> {
    Some(Versioned {
        value: Bytes::copy_from_slice(read.value?),
        create_revision: Revision(read.create_revision),
        mod_revision: Revision(place.revision),
        version: read.version,
        lease: (read.lease != 0).then_some(LeaseId(read.lease)),
    })
}

fn damaged(error: crate::engine::record::RecordError) -> StoreError {
    StoreError::Io {
        action: "read a record of",
        source: Arc::new(error),
    }
}
