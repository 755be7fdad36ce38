//! The engine on a disk in memory: one log of checksummed frames, replayed when opened.

use super::{Batch, Engine, Place, Row, Visitor, io_error};
use crate::StoreError;
use parking_lot::Mutex;
use platform::simulated::{SimulatedDisk, SimulatedLog};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Length and checksum.
const FRAME_HEADER_BYTES: usize = 12;

/// A log and what it says.
pub(crate) struct SimulatedEngine {
    log: SimulatedLog,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Bytes of the log that are whole frames.
    length: usize,
    records: BTreeMap<Place, Vec<u8>>,
    rows: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl SimulatedEngine {
    /// Replays the log up to the first frame that is not whole, and cuts off the rest.
    pub(crate) fn open(disk: &SimulatedDisk) -> Self {
        let log = disk.log("store");
        let bytes = log.read();
        let mut state = State::default();
        while let Some(payload) = read_frame(&bytes[state.length..]) {
            state.length += FRAME_HEADER_BYTES + payload.len();
            state.apply(payload);
        }
        log.truncate(state.length);
        Self {
            log,
            state: Mutex::new(state),
        }
    }
}

impl Engine for SimulatedEngine {
    fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        let mut state = self.state.lock();
        let payload = encode_batch(batch);
        let frame = frame(&payload);
        if let Err(error) = self.log.append(&frame).and_then(|()| self.log.sync()) {
            self.log.truncate(state.length);
            return Err(io_error("write to", error));
        }
        state.length += frame.len();
        state.apply(&payload);
        Ok(())
    }

    fn read(&self, place: Place) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.state.lock().records.get(&place).cloned())
    }

    fn scan(&self, from: Place, visit: &mut Visitor<'_>) -> Result<(), StoreError> {
        for (place, record) in self.state.lock().records.range(from..) {
            if let ControlFlow::Break(()) = visit(*place, record) {
                break;
            }
        }
        Ok(())
    }

    fn rows(&self) -> Result<Vec<Row>, StoreError> {
        Ok(self
            .state
            .lock()
            .rows
            .iter()
            .filter_map(|(key, value)| Row::decode(key, value))
            .collect())
    }

    fn close(&self) {}
}

impl State {
    fn apply(&mut self, payload: &[u8]) {
        let mut rest = payload;
        while let Some((kind, key, value)) = take_item(&mut rest) {
            match (kind, Place::decode(key)) {
                (b'+', Some(place)) => drop(self.records.insert(place, value.to_vec())),
                (b'-', Some(place)) => drop(self.records.remove(&place)),
                (b'=', _) => drop(self.rows.insert(key.to_vec(), value.to_vec())),
                _ => drop(self.rows.remove(key)),
            }
        }
    }
}

/// Items of `kind, key length, value length, key, value`: `+` and `-` are records, `=` and `~` rows.
fn encode_batch(batch: &Batch) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut item = |kind: u8, key: &[u8], value: &[u8]| {
        bytes.push(kind);
        for part in [key, value] {
            bytes.extend_from_slice(
                &u32::try_from(part.len())
                    .expect("far smaller than 4 GiB")
                    .to_le_bytes(),
            );
        }
        bytes.extend_from_slice(key);
        bytes.extend_from_slice(value);
    };
    for place in &batch.removed {
        item(b'-', &place.encode(), &[]);
    }
    for (place, record) in &batch.records {
        item(b'+', &place.encode(), record);
    }
    for row in &batch.rows {
        match row.encode() {
            (key, Some(value)) => item(b'=', &key, &value),
            (key, None) => item(b'~', &key, &[]),
        }
    }
    bytes
}

fn take_item<'a>(bytes: &mut &'a [u8]) -> Option<(u8, &'a [u8], &'a [u8])> {
    let (kind, rest) = bytes.split_first()?;
    let (key_length, rest) = rest.split_first_chunk::<4>()?;
    let (value_length, rest) = rest.split_first_chunk::<4>()?;
    let (key, rest) = rest.split_at_checked(u32::from_le_bytes(*key_length) as usize)?;
    let (value, rest) = rest.split_at_checked(u32::from_le_bytes(*value_length) as usize)?;
    *bytes = rest;
    Some((*kind, key, value))
}

fn frame(payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(FRAME_HEADER_BYTES + payload.len());
    bytes.extend_from_slice(
        &u32::try_from(payload.len())
            .expect("far smaller than 4 GiB")
            .to_le_bytes(),
    );
    bytes.extend_from_slice(&checksum(payload).to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

fn read_frame(bytes: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (expected, rest) = rest.split_first_chunk::<8>()?;
    let payload = rest.get(..u32::from_le_bytes(*length) as usize)?;
    (checksum(payload) == u64::from_le_bytes(*expected)).then_some(payload)
}

/// FNV-1a.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}
