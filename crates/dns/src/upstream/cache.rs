//! Answers of other name servers, remembered no longer than they allow. Bounded. Pure: time is passed in.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use hickory_proto::op::{Message, ResponseCode};
use hickory_proto::rr::{Name, RData, Record, RecordType};
use platform::Monotonic;

use crate::message::Request;

const ENTRIES_MAX: usize = 1024;
/// kubeadm's `cache 30`.
const TTL_S_MAX: u32 = 30;

/// What makes two questions the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    name: Name,
    kind: RecordType,
    signatures: bool,
}

#[derive(Debug, Default)]
pub(super) struct Cache {
    entries: HashMap<Key, Entry>,
    /// By age.
    order: BTreeMap<u64, Key>,
    next: u64,
}

#[derive(Debug)]
struct Entry {
    answer: Message,
    stored_at: Monotonic,
    ttl_s: u32,
    number: u64,
}

impl Key {
    pub(super) fn of(request: &Request) -> Key {
        let question = request.question();
        Key {
            name: question.name().to_lowercase(),
            kind: question.query_type(),
            signatures: request.wants_signatures(),
        }
    }
}

impl Cache {
    /// The answer with what is left of its records' lives.
    pub(super) fn get(&mut self, key: &Key, now: Monotonic) -> Option<Message> {
        let entry = self.entries.get(key)?;
        let age = now.since(entry.stored_at);
        if age >= Duration::from_secs(u64::from(entry.ttl_s)) {
            self.remove(&key.clone());
            return None;
        }
        let mut answer = entry.answer.clone();
        let age_s = u32::try_from(age.as_secs()).unwrap_or(u32::MAX);
        let younger = |record: &mut Record| {
            record.set_ttl(record.ttl().saturating_sub(age_s));
        };
        answer.answers_mut().iter_mut().for_each(younger);
        answer.name_servers_mut().iter_mut().for_each(younger);
        Some(answer)
    }

    pub(super) fn insert(&mut self, key: Key, answer: &Message, now: Monotonic) {
        let Some(ttl_s) = ttl_s(answer) else { return };
        self.remove(&key);
        if self.entries.len() >= ENTRIES_MAX
            && let Some((_, oldest)) = self.order.pop_first()
        {
            self.entries.remove(&oldest);
        }
        self.next += 1;
        self.order.insert(self.next, key.clone());
        self.entries.insert(
            key,
            Entry {
                answer: answer.clone(),
                stored_at: now,
                ttl_s,
                number: self.next,
            },
        );
    }

    fn remove(&mut self, key: &Key) {
        if let Some(entry) = self.entries.remove(key) {
            self.order.remove(&entry.number);
        }
    }
}

/// How long an answer may be remembered (RFC 2308 for those that say no); `None`: not at all.
fn ttl_s(answer: &Message) -> Option<u32> {
    if answer.truncated()
        || !matches!(
            answer.response_code(),
            ResponseCode::NoError | ResponseCode::NXDomain
        )
    {
        return None;
    }
    let records = answer.answers().iter().map(Record::ttl).min();
    let absence = answer
        .name_servers()
        .iter()
        .find_map(|record| match record.data() {
            RData::SOA(authority) => Some(record.ttl().min(authority.minimum())),
            _ => None,
        });
    records
        .or(absence)
        .map(|ttl_s| ttl_s.min(TTL_S_MAX))
        .filter(|ttl_s| *ttl_s > 0)
}
