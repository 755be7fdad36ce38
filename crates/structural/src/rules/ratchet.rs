//! Whether what a rule complains about was there before.

use crate::{Structural, validate::correlation::same};
use serde_json::Value;

/// What the value at hand was. Where it has no counterpart, the nearest one above that has counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ratchet<'a> {
    here: Option<Pair<'a>>,
    above: Option<Pair<'a>>,
}

#[derive(Clone, Copy, Debug)]
struct Pair<'a> {
    schema: &'a Structural,
    new: &'a Value,
    old: &'a Value,
}

impl<'a> Ratchet<'a> {
    pub(super) fn root(schema: &'a Structural, new: &'a Value, old: &'a Value) -> Self {
        Self {
            here: Some(Pair { schema, new, old }),
            above: None,
        }
    }

    /// For a member of the value. The type of the whole cannot be compared: both were converted to the same.
    pub(super) fn member(&self, name: &str) -> Self {
        let Some(here) = self.here else { return *self };
        if self.above.is_none() && matches!(name, "apiVersion" | "kind") {
            return Self::default();
        }
        let pair = here.schema.child(name).zip(here.new.get(name));
        let pair = pair.zip(here.old.get(name));
        Self {
            here: pair.map(|((schema, new), old)| Pair { schema, new, old }),
            above: self.here,
        }
    }

    /// For an item of the value, and the item that it was.
    pub(super) fn item(&self, new: &'a Value, old: Option<&'a Value>) -> Self {
        let Some(here) = self.here else { return *self };
        let pair = here.schema.0.items.as_ref().zip(old);
        Self {
            here: pair.map(|(schema, old)| Pair { schema, new, old }),
            above: self.here,
        }
    }

    pub(super) fn is_unchanged(&self) -> bool {
        let pair = self.here.or(self.above);
        pair.is_some_and(|pair| same(pair.schema, pair.new, pair.old))
    }
}
