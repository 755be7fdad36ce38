//! [`Annotations`]: what the parts of the server have to say in a request's audit event.
use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

/// Bytes that one value keeps: an audit event is one line of a log.
const VALUE_BYTES_MAX: usize = 16 * 1024;
const ANNOTATIONS_MAX: usize = 64;

/// Keys and values of one audit event. The first value of a key stays, as upstream's.
#[derive(Debug, Default)]
pub struct Annotations(Mutex<BTreeMap<Cow<'static, str>, String>>);

impl Annotations {
    /// Adds one, unless the key has a value already or there are too many.
    pub fn add(&self, key: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let (key, mut value) = (key.into(), value.into());
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= ANNOTATIONS_MAX || all.contains_key(&key) {
            return;
        }
        if value.len() > VALUE_BYTES_MAX {
            let end = (0..=VALUE_BYTES_MAX)
                .rev()
                .find(|&end| value.is_char_boundary(end));
            value.truncate(end.unwrap_or(0));
        }
        all.insert(key, value);
    }

    /// A copy of all, by key.
    #[must_use]
    pub fn all(&self) -> BTreeMap<Cow<'static, str>, String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
